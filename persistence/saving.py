"""Saving an object's state: what it has, turned into JSON, onto the newest file.

One idea: everything of the object is read and turned into JSON first, in the caller's own thread; only then
is the disk touched, and waited for no longer than the budget. So a share that hangs never holds up an
experiment, and a saved state is always one that the object really had.

Nothing here raises. How bytes get onto the disk is `persistence.store`'s affair.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from persistence import session_folder
from persistence.attributes import state_of
from persistence.codec import encode
from persistence.deadline import TimeIsUp, within
from persistence.document import Document, new_document
from persistence.edits import with_namespace
from persistence.errors import NotConfirmed, NotRepresentable, NotWritten, Refused, StateError, words_for
from persistence.json_text import JSON
from persistence.namespaces import module_of, namespace_of
from persistence.remembered import Handler, Remembered, remembered
from persistence.report import Report
from persistence.save_notes import note_saved, notes
from persistence.store import STATE_FILE, Committed, Snapshot, StateFile
from persistence.switch import off, switched_off
from persistence.whole import encode_attribute

log = logging.getLogger(__name__)

BUDGET = 10.0
"""Seconds that a save may take on the disk in all."""
_LOCK_SHARE = 0.9  # of the budget: "somebody else holds the lock" says more than "it took too long"


@dataclass(frozen=True, slots=True)
class _State:
    """What is to be written, and what is not and why."""

    attributes: dict[str, JSON]
    skipped: dict[str, str]
    excluded: dict[str, str]


def save(
    thing: object, directory: str | os.PathLike[str], *, outcome: str = "", budget: float = BUDGET
) -> Report:
    """Save the state of `thing` as its namespace in `directory`; never raises.

    The namespace is replaced as a whole, on the newest file, inside its lock; all else in the file stays. The
    folder is made when only its last part is missing. `outcome` is one of completed, checkpoint, failed,
    interrupted, or empty. `budget`: seconds.
    """
    if switched_off():
        return Report(error=off(f"Saving {type(thing).__name__} to {directory}"))
    namespace = namespace_of(type(thing))
    memory = remembered(thing)
    if not memory.saving.acquire(timeout=budget):  # so that an older state never lands after a newer one
        memory.report = _not_saved(namespace, NotWritten(f"{directory}: an earlier save has not ended"))
        return memory.report
    try:
        report = _save(thing, memory, directory, outcome, budget)
    except Exception as error:
        log.debug("The traceback of the failed save:", exc_info=error)
        cause = f"{directory}: saving it raised {type(error).__name__}: {error}"
        next_step = "The traceback is in the log, at level DEBUG."
        report = _not_saved(namespace, NotWritten(cause, next_step=next_step))
    finally:
        memory.saving.release()
    memory.report = report
    return report


def _save(
    thing: object, memory: Remembered, directory: str | os.PathLike[str], outcome: str, budget: float
) -> Report:
    namespace = namespace_of(type(thing))
    try:
        folder = directory_of(directory)
    except StateError as error:
        return _not_saved(namespace, error)
    state = _collect(thing, memory, folder)
    try:
        committed = _commit(thing, memory, folder, state, outcome, budget)
    except StateError as error:
        if isinstance(error, NotConfirmed):  # the file was replaced all the same
            note_saved(memory, folder, state.attributes)
        return _not_saved(namespace, error)
    note_saved(memory, folder, state.attributes)
    log.info("Saved %d attributes of %s to %s.", len(state.attributes), namespace, folder)
    return Report(
        ok=True,
        namespace=namespace,
        saved=tuple(state.attributes),
        skipped=state.skipped,
        excluded=state.excluded,
        etag=committed.etag,
        sequence=committed.sequence,
    )


def directory_of(path: str | os.PathLike[str]) -> Path:
    """The session directory, given it or the state file in it.

    Raises Refused for an empty text: a launcher has that before its run, and does not mean the working
    directory.
    """
    if path == "":
        raise Refused("no session directory was given", next_step="Save and load once the run has made it.")
    given = Path(os.path.abspath(path))
    return given.parent if given.name == STATE_FILE else given


def _not_saved(namespace: str, error: StateError) -> Report:
    """Every save that did not reach its file comes by here."""
    log.error("The state of %s was not saved: %s", namespace, error)
    return Report(namespace=namespace, error=str(error))


# --- what the object has ----------------------------------------------------------------------------------


def default_attributes(thing: object) -> dict[str, object]:
    """Raw values of what is saved when nothing is overridden: the public state, and what has a handler."""
    values, _ = state_of(thing, run_attributes_of(thing))
    for name in remembered(thing).handlers:
        with suppress(Exception):  # registered, but not set (yet); or a property that raises, see `_collect`
            values[name] = getattr(thing, name)
    return values


def run_attributes_of(thing: object) -> frozenset[str]:
    """The names that describe one run of `thing` and not its state, and the mixin's own settings.

    Where a run learns its session directory from an attribute, that one is always among them: restored, it
    would take a new run into the directory of the old one.
    """
    names = getattr(thing, "run_attributes", None)
    if names is None:
        return frozenset()
    learnt = {session_folder.NAME} if session_folder.is_installed(type(thing)) else set()
    return frozenset(names) | learnt | {"run_attributes", "save_on_failure"}


def _collect(thing: object, memory: Remembered, folder: Path) -> _State:
    overridable = getattr(thing, "get_persistent_attributes", None)
    values = dict(overridable()) if callable(overridable) else default_attributes(thing)
    _, excluded = state_of(thing, run_attributes_of(thing))
    state = _State({}, {}, {name: why for name, why in excluded.items() if name not in values})
    state.skipped.update(_unreadable(thing, memory.handlers.keys() - values.keys()))
    for name, value in values.items():
        try:
            state.attributes[str(name)] = _encoded(value, memory.handlers.get(name))
        except Exception as error:  # noqa: BLE001 - a serializer may raise anything; it costs its own attribute only
            state.skipped[str(name)] = _reason(error)
    for name, reason in state.skipped.items():
        log.warning(
            "%s: %s of %s is not saved: %s. Register a handler for it, or name it in run_attributes.",
            folder,
            name,
            namespace_of(type(thing)),
            reason,
        )
    return state


def _unreadable(thing: object, names: Collection[str]) -> dict[str, str]:
    """Those of the names that raise when they are asked for, and why; the others are simply not there."""
    found: dict[str, str] = {}
    for name in sorted(names):
        try:
            getattr(thing, name, None)
        except Exception as error:  # noqa: BLE001 - a property is the launcher's own code
            found[name] = _reason(error)
    return found


def _encoded(value: object, handler: Handler | None) -> JSON:
    for _ in range(3):
        try:
            if handler and handler.serializer:
                return encode(handler.serializer(value))
            return encode_attribute(value)
        except RuntimeError as error:  # another thread put a key in meanwhile; a moment later it may be quiet
            if "changed size during iteration" not in str(error):
                raise
            time.sleep(0.001)
    raise NotRepresentable("another thread keeps changing it", type_name=type(value).__name__)


def _reason(error: Exception) -> str:
    if isinstance(error, NotRepresentable):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


# --- onto the disk ----------------------------------------------------------------------------------------


def _commit(
    thing: object, memory: Remembered, folder: Path, state: _State, outcome: str, budget: float
) -> Committed:
    saved_at = datetime.now().isoformat(timespec="microseconds")
    namespace = namespace_of(type(thing))

    def document(newest: Snapshot | None) -> Document:
        return with_namespace(
            newest.document if newest else new_document(),
            module=module_of(type(thing)),
            class_name=type(thing).__name__,
            attributes=state.attributes,
            saved_at=saved_at,
            extra=notes(
                newest,
                namespace=namespace,
                memory=memory,
                folder=folder,
                skipped=state.skipped,
                outcome=outcome,
            ),
        )

    def work(abandoned: threading.Event) -> Committed:
        def change(newest: Snapshot | None) -> Document:
            if abandoned.is_set():  # a later save has what this one wanted to say
                raise NotWritten("given up before it was written", path=folder)
            return document(newest)

        with suppress(FileExistsError):
            os.mkdir(folder)
        return StateFile(folder, program=namespace, budget=budget * _LOCK_SHARE).update(
            change, action="save", note=outcome
        )

    try:
        return within(budget, work, "rigstate-save")
    except TimeIsUp:
        raise NotWritten(
            f"the folder has not answered for {budget:g} s, and whether the state was saved is not known",
            path=folder,
            next_step="Look at the disk or the network; read the file again when it answers.",
        ) from None
    except OSError as error:
        raise NotWritten(words_for(error), path=folder, next_step="Check the folder.") from error

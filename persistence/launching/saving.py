"""Saving an object's state: what it has, onto the newest file, or, where that cannot be, into one of its own.

One idea: the disk is waited for no longer than the budget, whatever happens to it. A share that hangs never
holds up an experiment, and a state that cannot get into its file is not lost: it spills, see
`sessions.spilling`. An older state of an object never lands on a newer one, see `launching.turns`.

Nothing here raises. How bytes get onto the disk is `persistence.store`'s affair, what an object has
`launching.collecting`'s.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from persistence.document import Document, new_document
from persistence.errors import NotConfirmed, NotWritten, Refused, StateError, words_for
from persistence.files import durable
from persistence.launching.collecting import State, collect
from persistence.launching.deadline import TimeIsUp, within
from persistence.launching.namespaces import module_of, namespace_of
from persistence.launching.remembered import Remembered, remembered
from persistence.launching.report import Report
from persistence.launching.save_notes import Find, last_written, note_saved, notes
from persistence.launching.switch import off, switched_off
from persistence.launching.turns import Overtaken, Turn, in_turn
from persistence.sessions import spilling
from persistence.states.edits import with_namespace
from persistence.store import STATE_FILE, Committed, Snapshot, StateFile

Outcome: TypeAlias = str | Callable[[], str]
_Result = TypeVar("_Result")
log = logging.getLogger(__name__)

BUDGET = 10.0
"""Seconds that a save may take on the disk in all."""
# Shares of the budget: for the state file, for a spill beside it, for one in the per-user directory.
_COMMIT, _BESIDE, _LOCALLY = 0.7, 0.1, 0.2
_LOCK = 0.9  # of the commit's: "somebody else holds the lock" says more than "it took too long"


def save(
    thing: object, directory: str | os.PathLike[str], *, outcome: Outcome = "", budget: float = BUDGET
) -> Report:
    """Save the state of `thing` as its namespace in `directory`; never raises.

    The namespace is replaced as a whole, on the newest file, inside its lock; all else in the file stays. The
    folder is made when only its last part is missing. `outcome` is one of completed, checkpoint, failed,
    interrupted, or empty; a function is asked for it when no other save of `thing` is under way. `budget`:
    seconds. What cannot be written there goes into a file of its own, which the report names (`unsaved`).
    """
    if switched_off():
        return Report(error=off(f"Saving {type(thing).__name__} to {directory}"))
    memory = remembered(thing)
    try:
        report = _save(thing, memory, directory, outcome, budget)
    except Exception as error:  # never into an experiment, whatever its own code raised
        log.debug("The traceback of the failed save:", exc_info=error)
        cause = f"{directory}: saving it raised {type(error).__name__}: {error}"
        next_step = "The traceback is in the log, at level DEBUG."
        report = _not_saved(namespace_of(type(thing)), NotWritten(cause, next_step=next_step))
    memory.report = report
    return report


def _save(
    thing: object, memory: Remembered, directory: str | os.PathLike[str], outcome: Outcome, budget: float
) -> Report:
    namespace = namespace_of(type(thing))
    try:
        folder = directory_of(directory)
        with in_turn(memory, folder, budget * _COMMIT) as its_turn:
            ticket = next(memory.tickets)
            noted = outcome if isinstance(outcome, str) else outcome()
            work = _Work(thing, memory, folder, collect(thing, memory, folder), noted, ticket)
            if not its_turn:
                return _spilled(work, NotWritten("an earlier save has not ended", path=folder), budget)
            return _committed(work, budget)
    except StateError as error:
        return _not_saved(namespace, error)


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
    """Every save that did not reach its file, nor one of its own, comes by here."""
    log.error("The state of %s was not saved: %s", namespace, error)
    return Report(namespace=namespace, error=str(error))


def _committed(work: _Work, budget: float) -> Report:
    try:
        committed = work.commit(budget * _COMMIT)
    except Overtaken:
        return work.memory.report
    except NotConfirmed as error:  # the file was replaced all the same
        return _not_saved(work.namespace, error)
    except StateError as error:
        return _spilled(work, error, budget)
    _drop_spills(work, budget)
    log.info("Saved %d attributes of %s to %s.", len(work.state.attributes), work.namespace, work.folder)
    return Report(
        ok=True,
        namespace=work.namespace,
        saved=tuple(work.state.attributes),
        skipped=work.state.skipped,
        excluded=work.state.excluded,
        etag=committed.etag,
        sequence=committed.sequence,
    )


class _Hangs(NotWritten):
    """The folder does not answer: nothing more is to be tried there."""


class _Work:
    """One state on its way to the disk."""

    def __init__(
        self, thing: object, memory: Remembered, folder: Path, state: State, outcome: str, ticket: int
    ) -> None:
        self.memory = memory
        self.folder = folder
        self.state = state
        self.ticket = ticket
        self.namespace = namespace_of(type(thing))
        self._class = type(thing)
        self._outcome = outcome
        self._saved_at = memory.clock().isoformat(timespec="microseconds")

    def document(self, newest: Snapshot | None, find: Find) -> Document:
        """The newest file's document with this state in it."""
        return with_namespace(
            newest.document if newest else new_document(),
            module=module_of(self._class),
            class_name=self._class.__name__,
            attributes=self.state.attributes,
            saved_at=self._saved_at,
            extra=notes(
                newest,
                namespace=self.namespace,
                memory=self.memory,
                folder=self.folder,
                skipped=self.state.skipped,
                outcome=self._outcome,
                find=find,
            ),
        )

    def commit(self, seconds: float) -> Committed:
        """Onto the newest file, in no more than so many seconds. Raises StateError."""
        file = StateFile(self.folder, program=self.namespace, budget=seconds * _LOCK, clock=self.memory.clock)
        turn = Turn(self.memory, self.folder, self.ticket)
        try:
            return within(seconds, partial(self._land, file, turn), "rigstate-save")
        except TimeIsUp:
            raise _Hangs(
                f"the folder has not answered for {seconds:g} s; whether the state was saved is not known",
                path=self.folder,
                next_step="Look at the disk or the network; read the file again when it answers.",
            ) from None
        except OSError as error:
            raise NotWritten(words_for(error), path=self.folder, next_step="Check the folder.") from error

    def _land(self, file: StateFile, turn: Turn, abandoned: threading.Event) -> Committed:
        """On a thread of its own, perhaps when nobody waits any more. Raises StateError, OSError."""

        def change(newest: Snapshot | None) -> Document:
            if abandoned.is_set():  # a later save has what this one wanted to say, or a spill has it
                raise NotWritten("given up before it was written", path=self.folder)
            turn.take()
            return self.document(newest, file.find)

        with suppress(FileExistsError):
            os.mkdir(self.folder)
        last = last_written(self.memory, self.folder)
        try:
            committed = file.update(change, action="save", note=self._outcome, known=last)
        except NotConfirmed as error:
            self._note(error.committed)
            raise
        except BaseException:  # nothing was written, so an older state may still be
            turn.give_back()
            raise
        self._note(committed)
        return committed

    def _note(self, committed: Committed) -> None:
        """Here and not where it is waited for: what lands late is no less this object's own."""
        note_saved(self.memory, self.folder, committed.snapshot, self.namespace, self.ticket)


# --- or beside it -----------------------------------------------------------------------------------------


def _spilled(work: _Work, why: StateError, budget: float) -> Report:
    """Put the state into a file of its own, and tell where and why."""
    name = spilling.new_name()
    data = spilling.contents(work.document(None, lambda _etag: None), work.folder, str(why))
    ways = [
        (budget * _BESIDE, partial(spilling.write_beside, work.folder, name, data)),
        (budget * _LOCALLY, partial(spilling.write_locally, name, data)),
    ]
    for seconds, way in ways[1:] if isinstance(why, _Hangs) else ways:
        try:
            path = _in_time(seconds, way)
        except (OSError, StateError, RuntimeError) as error:
            log.debug("It could not be kept there: %s", error)
            continue
        _drop_spills(work, budget)
        work.memory.spills.setdefault(str(work.folder), {})[work.ticket] = path
        log.error("The state of %s is not in its file: %s", work.namespace, why)
        log.error("It is kept in %s. Bring it in with: rigstate adopt %s", path, work.folder)
        return Report(namespace=work.namespace, error=str(why), unsaved=str(path))
    return _not_saved(work.namespace, why)


def _drop_spills(work: _Work, budget: float) -> None:
    """What is on the disk now is newer than what this object could not save before."""
    spills = work.memory.spills.get(str(work.folder), {})
    for ticket in [known for known in spills if known < work.ticket]:
        with suppress(NotWritten):
            _in_time(budget * _BESIDE, partial(durable.discard, spills.pop(ticket)))


def _in_time(seconds: float, action: Callable[[], _Result]) -> _Result:
    """What `action` returns or raises; NotWritten when it takes longer."""
    try:
        return within(seconds, lambda _abandoned: action(), "rigstate-spill")
    except TimeIsUp:
        raise NotWritten(f"no answer for {seconds:g} s") from None

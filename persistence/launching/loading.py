"""Loading a saved state into an object.

One idea: first the whole namespace is turned into Python values, through handlers and through the object's
own current values; then the object's `set_persistent_attributes` gets them all, may take what it likes, and
passes the rest on to `apply`, which sets what fits. What does not fit stays as the object has it, and the
report says so.

Nothing here raises. Which values fit is ruled in `values.attributes`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Mapping
from pathlib import Path

from persistence.document import Namespace
from persistence.errors import Conflict, Mismatch, NewerVersion, StateError
from persistence.launching.collecting import run_attributes_of
from persistence.launching.namespaces import choose, namespace_of
from persistence.launching.remembered import Handler, Loading, Remembered, Source, remembered
from persistence.launching.report import Report
from persistence.launching.save_notes import note_loaded
from persistence.launching.saving import directory_of
from persistence.launching.switch import off, switched_off
from persistence.store import STATE_FILE, Snapshot, StateFile
from persistence.values.attributes import fit, refusal
from persistence.values.whole import rebuild

log = logging.getLogger(__name__)

PEOPLE = ("subject_id", "user_id")
"""Whom a session is about and who runs it: a launcher that knows them is never told otherwise by a file."""


def load(
    thing: object,
    path: str | os.PathLike[str],
    *,
    namespace: str = "",
    etag: str = "",
    leave_out: Collection[str] = (),
) -> Report:
    """Load the state saved in `path`, a session directory or the state file itself; never raises.

    `namespace`: take this one instead of the object's own. `etag`: only if the file still has it.
    `leave_out`: names that stay as the object has them.
    """
    if switched_off():
        return Report(error=off(f"Loading {type(thing).__name__} from {path}"))
    memory = remembered(thing)
    folder: Path | None = None
    try:
        folder = directory_of(path)
        report = _load(thing, memory, folder, namespace, etag, leave_out)
    except StateError as error:
        report = _not_loaded(thing, error if error.path or not folder else error.at(folder / STATE_FILE))
    except Exception as error:  # foreign code ran (set_persistent_attributes); an experiment goes on
        log.debug("The traceback of the failed load:", exc_info=error)
        cause = f"{path}: loading it raised {type(error).__name__}: {error}"
        report = _not_loaded(thing, StateError(cause))
    finally:
        memory.loading = None
    memory.report = report
    return report


def _not_loaded(thing: object, error: StateError) -> Report:
    namespace = namespace_of(type(thing))
    log.error("No state was loaded into %s: %s", namespace, error)
    return Report(namespace=namespace, error=str(error))


def _load(
    thing: object, memory: Remembered, folder: Path, wanted: str, etag: str, leave_out: Collection[str]
) -> Report:
    snapshot = StateFile(folder).read_values()
    _check(snapshot, folder, etag)
    for problem in snapshot.document.wrong_shapes:
        log.warning("%s: %s.", folder / STATE_FILE, problem)
    name, others = (wanted, ()) if wanted else choose(snapshot.document, type(thing))
    found = snapshot.document.namespace(name or namespace_of(type(thing)))
    if name != namespace_of(type(thing)):
        log.warning("%s: %s takes the state of %s.", folder, namespace_of(type(thing)), name)
    if others:
        log.warning("%s: taken is the newest of several; the others are %s.", folder, ", ".join(others))
    memory.loading = loading = Loading()
    excluded = _excluded(thing, memory, found)
    values = _values(thing, memory, loading, found, {*excluded, *leave_out})
    names = tuple(values)
    _hand_over(thing, values, loading)
    memory.source = Source(str(folder), snapshot.etag)
    note_loaded(memory, folder, snapshot.etag)
    report = _report(loading, found, names, excluded, others, snapshot.etag)
    _tell(report, folder)
    memory.refused = ""
    return report


def _check(snapshot: Snapshot, folder: Path, etag: str) -> None:
    if snapshot.document.newer:
        raise NewerVersion(
            f"it was written in format {snapshot.document.version}, which this Rigstate does not know",
            version=snapshot.document.version,
            path=folder / STATE_FILE,
            next_step="Update Rigstate in the launcher's environment.",
        )
    if etag and etag != snapshot.etag:
        conflict = Conflict(
            expected_etag=etag, found_etag=snapshot.etag, theirs=snapshot.document, path=folder / STATE_FILE
        )
        conflict.next_step = "Look at the state as it is now, then start from that."
        raise conflict


# --- the values that the object is handed ------------------------------------------------------------------


def _excluded(thing: object, memory: Remembered, found: Namespace) -> dict[str, str]:
    """Saved names that describe one run, and neither have a handler nor are saved by an override."""
    run_only = [
        name for name in found.attributes if name in run_attributes_of(thing) and name not in memory.handlers
    ]
    if not run_only:
        return {}
    own = _saved_by_override(thing)
    return {
        name: "describes one run and not the state (run_attributes)" for name in run_only if name not in own
    }


def _saved_by_override(thing: object) -> Collection[str]:
    overridable = getattr(thing, "get_persistent_attributes", None)
    if not callable(overridable):
        return ()
    try:
        return set(overridable())
    except Exception as error:  # noqa: BLE001 - foreign code, asked before the object has its state; it may need it
        log.debug("%s.get_persistent_attributes() raised %s.", type(thing).__name__, error)
        return ()


def _values(
    thing: object, memory: Remembered, loading: Loading, found: Namespace, left_out: Collection[str]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, saved in found.attributes.items():
        if name in left_out:
            continue
        if refusal(type(thing), name):  # an override may want it; nobody else gets to set it
            values[name] = saved
            continue
        try:
            values[name] = _value(getattr(thing, name, None), saved, name, memory.handlers.get(name), loading)
        except Mismatch as error:
            loading.mismatched[name] = error.cause
        except Exception as error:  # noqa: BLE001 - a deserializer or property may raise anything; it costs itself only
            loading.mismatched[name] = f"{type(error).__name__}: {error}"
    return values


def _value(current: object, saved: object, name: str, handler: Handler | None, loading: Loading) -> object:
    if handler is None:
        return rebuild(current, saved, fit)
    if handler.deserializer is None:
        return saved
    loading.made[name] = handler.deserializer(saved)
    return loading.made[name]


# --- into the object --------------------------------------------------------------------------------------


def _hand_over(thing: object, values: dict[str, object], loading: Loading) -> None:
    overridable = getattr(thing, "set_persistent_attributes", None)
    if callable(overridable):
        overridable(values)
    else:
        apply(thing, values, loading)


def apply(thing: object, values: Mapping[str, object], loading: Loading) -> None:
    """Set what may be set and fits, and note in `loading` what became of each."""
    for name, value in values.items():
        try:
            _set(thing, str(name), value, loading)
        except Mismatch as error:
            loading.mismatched[str(name)] = error.cause
        except Exception as error:  # noqa: BLE001 - a setter is foreign code; it costs its own attribute only
            loading.refused[str(name)] = f"the launcher raised {type(error).__name__}: {error}"


def _set(thing: object, name: str, value: object, loading: Loading) -> None:
    reason = refusal(type(thing), name)
    if reason:
        loading.refused[name] = reason
        return
    known, current = hasattr(thing, name), getattr(thing, name, None)
    if name in PEOPLE and current not in (None, ""):
        if value not in (None, "") and str(value) != str(current):
            loading.kept[name] = f"stays {current!r}; the saved state says {value!r}"
        else:
            loading.restored.append(name)
        return
    made_by_handler = name in loading.made and loading.made[name] is value
    setattr(thing, name, value if made_by_handler else fit(current, value))
    (loading.restored if known else loading.added).append(name)


def _report(
    loading: Loading,
    found: Namespace,
    handed: Collection[str],
    excluded: Mapping[str, str],
    others: tuple[str, ...],
    etag: str,
) -> Report:
    told = {*loading.restored, *loading.added, *loading.kept, *loading.mismatched, *loading.refused}
    return Report(
        ok=True,
        namespace=found.name,
        restored=tuple(loading.restored),
        added=tuple(loading.added),
        handed_over=tuple(name for name in handed if name not in told),
        kept=loading.kept,
        skipped=dict(found.skipped),
        mismatched=loading.mismatched,
        refused=loading.refused,
        excluded=excluded,
        others=others,
        etag=etag,
    )


def _tell(report: Report, folder: Path) -> None:
    for reasons, told, next_step in (
        (
            report.mismatched,
            "is left as the launcher has it",
            "Correct the saved value, or convert it on loading",
        ),
        (report.refused, "is not restored", "Rename it, or remove it from the saved state"),
        (report.kept, "is the launcher's own", "Make sure that this is the right one"),
    ):
        for name, reason in reasons.items():
            log.warning("%s: %s of %s %s: %s. %s.", folder, name, report.namespace, told, reason, next_step)
    count = len(report.restored) + len(report.added) + len(report.handed_over)
    log.info("Loaded %d attributes of %s from %s.", count, report.namespace, folder)

"""Reading one session whole, and changing it: the only room of the window that changes a state file.

One idea: a change is a commit over the version that the operator saw, and is read back at once, so that what
is shown afterwards is what stands there. Whatever the disk or the store can raise becomes part of an answer.

Never used on the GUI thread. Not for lists (see `disk`), not for what a session held before (see `reading`),
and not for what to do about an answer (see `desk`).
"""

from collections.abc import Callable
from pathlib import Path

from app.errands import Change, Clear, Commit, Done, NotDone, Restore, Terms
from app.session import Problem, Snapshot, still_running
from persistence.errors import Conflict, NotConfirmed, StateError
from persistence.running import read_running
from persistence.scan import summarize
from persistence.store import ABSENT_ETAG, Committed, StateFile, Version

PROGRAM = "Rigstate"
VIEW_ONLY = "this folder is view-only"
_PLAIN = Terms()
_GIVEN_UP = "Nothing was changed: you did not want to wait. What you edited is still here."


def read_snapshot(directory: str, terms: Terms = _PLAIN) -> Snapshot:
    """Read one session whole. Never raises for what is on the disk: a problem is part of the snapshot."""
    file = StateFile(directory, program=PROGRAM)
    running = read_running(directory)
    history = _history(file)
    try:
        read = file.read()
    except StateError:
        return Snapshot(directory, None, _etag(file), 0, len(history), _problem(directory), running)
    newest = next((one for one in reversed(history) if one.etag == read.etag), None)
    return Snapshot(
        directory,
        read.document,
        read.etag,
        len(read.data),
        len(history),
        None,
        running,
        saved_by=newest.who if newest else "",
        not_writable_because=VIEW_ONLY if terms.view_only else file.not_writable_because(),
        saved_at=newest.time if newest else "",
        version=newest.sequence if newest else 0,
        cleared=_before_clear(history, read.etag),
    )


def _before_clear(history: tuple[Version, ...], etag: str) -> int:
    """The number of the version that this newest one was cleared from, if it was and the bytes are kept."""
    if len(history) < 2 or history[-1].action != "clear" or history[-1].etag != etag:
        return 0
    return history[-2].sequence if history[-2].available else 0


class GivenUp(Exception):
    """The operator does not want to wait any longer for whoever holds the lock."""


Wait = Callable[[str, float], None]
"""Told who holds the lock, and the seconds that are left; raises GivenUp."""


def change(errand: Change, wait: Wait | None = None, terms: Terms = _PLAIN) -> Done | NotDone:
    """Do one change and read the session again. Raises nothing that the disk or the store can raise.

    `terms` say in whose name, and whether at all. `wait` is called about every second while somebody else
    holds the lock.
    """
    if reason := _why_not(errand, terms):
        return NotDone(errand, "refused", reason, read_snapshot(errand.directory, terms))
    doubt = ""
    try:
        committed = _commit(errand, wait, terms)
    except NotConfirmed as error:
        committed, doubt = error.committed, str(error)
    except GivenUp:
        return NotDone(errand, "cancelled", _GIVEN_UP, read_snapshot(errand.directory, terms))
    except Conflict as error:
        return NotDone(errand, "changed", str(error), read_snapshot(errand.directory, terms))
    except StateError as error:
        return NotDone(errand, "refused", str(error), read_snapshot(errand.directory, terms))
    snapshot = read_snapshot(errand.directory, terms)
    return Done(errand, committed.sequence, committed.etag, committed.replaced, snapshot, doubt)


def _why_not(errand: Change, terms: Terms) -> str:
    """Why a change is not even tried: the session runs, or an edit would go over what cannot be edited."""
    if terms.view_only:
        return f"Nothing can be changed here: {VIEW_ONLY}."
    running = read_running(errand.directory)
    if running is not None and not running.finishing:
        return still_running(running)
    now = read_snapshot(errand.directory, terms) if isinstance(errand, Commit) else None
    # A file that changes after this look has another etag, and the commit refuses that by itself.
    return now.not_editable_because if now is not None and now.etag == errand.etag else ""


def _commit(errand: Change, wait: Wait | None, terms: Terms) -> Committed:
    file = StateFile(errand.directory, who=terms.who or None, program=PROGRAM, waiting=wait)
    match errand:
        case Commit():
            return file.commit(errand.document, expected_etag=errand.etag, action="edit", note=errand.note)
        case Clear():
            return file.clear(errand.namespace, expected_etag=errand.etag)
        case Restore():
            return file.restore(errand.sequence, expected_etag=errand.etag)


def _problem(directory: str) -> Problem:
    """Why there is no state to be read, as the list says it."""
    summary = summarize(Path(directory), Path(directory))
    if summary is None:
        return Problem("no_state", "This session is no longer there.")
    return summary.problem or Problem("being_written", "It is being written right now.")


def _etag(file: StateFile) -> str:
    try:
        return file.peek()
    except StateError:
        return ABSENT_ETAG


def _history(file: StateFile) -> tuple[Version, ...]:
    try:
        return file.history()
    except StateError:
        return ()

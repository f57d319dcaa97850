"""Reading one session whole, and changing it: the only room of the window that changes a state file.

One idea: a change is a commit over the version that the operator saw, and is read back at once, so that what
is shown afterwards is what stands there. Whatever the disk or the store can raise becomes part of an answer.

Never used on the GUI thread. Not for lists (see `disk`), not for what a session held before (see `reading`),
and not for what to do about an answer (see `desk`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from app.change_errands import BringIn, ChangeErrand, Clear, Commit, Done, NotDone, Recover, Restore
from app.files import unforeseen
from app.files.apart import NotWanted
from app.files.large import Large
from app.files.reading import size_limit
from app.files.ways import unsaved_in
from app.folder_errands import Terms
from app.session import Problem, last_part, still_running
from app.snapshot import SessionSnapshot
from persistence.document import Document
from persistence.errors import Conflict, NotConfirmed, NotWritten, StateError, TooLarge, words_for
from persistence.files.runner import Running
from persistence.files.running import read_marker, read_running
from persistence.files.version_log import account
from persistence.scan import problem_by
from persistence.sessions import spilling
from persistence.sessions.died import died_in
from persistence.states.slices import bytes_under
from persistence.store import ABSENT_ETAG, Committed, StateFile, Version

PROGRAM = "Rigstate"
_PLAIN = Terms()
_NOT_DONE: dict[type, str] = {
    Commit: "saved",
    Clear: "cleared",
    Restore: "brought back",
    Recover: "recovered",
    BringIn: "brought in",
}


def read_session(
    directory: str,
    terms: Terms = _PLAIN,
    large: Large | None = None,
    shown: Callable[[SessionSnapshot], None] | None = None,
    wanted: Callable[[], bool] = lambda: True,
) -> SessionSnapshot:
    """Read one session whole. Never raises for what is on the disk, nor for what nobody foresaw: a problem is
    part of the snapshot.

    With `large`, a large file is read by it: `shown` is told of it before its bytes are held, and before they
    are judged, and NotWanted is raised when it is not `wanted` any more.
    """
    try:
        return _read(directory, terms, large, shown, wanted)
    except NotWanted:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for the session
        too_large, why = isinstance(error, MemoryError), unforeseen.told(error)
    if too_large:  # as of others that are, nothing more is read of it
        return SessionSnapshot(directory, None, ABSENT_ETAG, 0, 0, Problem("too_large", why))
    etag = _etag(StateFile(directory, size_limit=size_limit(terms)))
    return SessionSnapshot(directory, None, etag, 0, 0, Problem("unreadable", why))


def _read(
    directory: str,
    terms: Terms,
    large: Large | None,
    shown: Callable[[SessionSnapshot], None] | None,
    wanted: Callable[[], bool],
) -> SessionSnapshot:
    file = StateFile(directory, program=PROGRAM, size_limit=size_limit(terms))
    marker = read_marker(directory)
    glimpsed = None if shown is None else lambda *seen: shown(_glimpse(directory, marker.running, *seen))
    try:
        read = (large or Large()).read(file, glimpsed, wanted)
    except StateError as error:
        return _without_state(file, len(_history(file)), error, terms)
    history = _history(file)  # afterwards: nobody is to wait for it who only wants to see the state
    newest = next((one for one in reversed(history) if one.etag == read.etag), None)
    return SessionSnapshot(
        directory,
        read.document,
        read.etag,
        read.size,
        len(history),
        None,
        marker.running,
        saved_by=newest.who if newest else "",
        not_writable_because=terms.refusal or file.not_writable_because(),
        saved_at=newest.time if newest else "",
        version=newest.sequence if newest else 0,
        cleared=_before_clear(history, read.etag),
        unsaved=unsaved_in(directory),
        earlier=frozenset(one.etag for one in history),
        died=died_in(directory, marker.left, _saved_at(read.document)),
    )


def _saved_at(document: Document) -> Mapping[str, str | None]:
    """When each launcher has saved."""
    return {name: document.namespace(name).saved_at for name in document.namespaces}


def _glimpse(
    directory: str, running: Running | None, document: Document, size: int, held: bool
) -> SessionSnapshot:
    return SessionSnapshot(directory, document, "", size, 0, None, running, checked=False, held=held)


def _without_state(file: StateFile, versions: int, error: StateError, terms: Terms) -> SessionSnapshot:
    directory = str(file.directory)
    return SessionSnapshot(
        directory,
        None,
        _etag(file),
        0,
        versions,
        _problem(directory, error),
        read_running(directory),
        not_writable_because=terms.refusal or file.not_writable_because(),
        unsaved=unsaved_in(directory),
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


def change(
    errand: ChangeErrand,
    wait: Wait | None = None,
    terms: Terms = _PLAIN,
    large: Large | None = None,
    clock: Callable[[], datetime] = datetime.now,
) -> Done | NotDone:
    """Do one change and read the session again. Raises nothing that the disk or the store can raise.

    `terms` say in whose name, and whether at all. `wait` is called about every second while somebody else
    holds the lock. `clock` tells the local time of the change.
    """
    large = large or Large()
    now = partial(read_session, errand.directory, terms, large)
    if reason := _why_not(errand, terms, now):
        return NotDone(errand, "refused", reason, now())
    doubt = ""
    try:
        committed = _commit(errand, wait, terms, clock)
    except NotConfirmed as error:
        committed, doubt = error.committed, str(error)
    except GivenUp:
        return NotDone(errand, "cancelled", _given_up(errand), now())
    except Conflict as error:
        return NotDone(errand, "changed", str(error), now())
    except StateError as error:
        return NotDone(errand, "refused", str(error), now())
    large.know(errand.directory, committed.snapshot)
    return Done(errand, committed.sequence, committed.etag, committed.replaced, now(), doubt)


def not_foreseen(
    errand: ChangeErrand, why: str, terms: Terms = _PLAIN, large: Large | None = None
) -> NotDone:
    """A change that ended as nobody foresaw: not done, where the file is the one that was to be changed, and
    else nobody knows. `why` is a sentence. Raises nothing, as `change`.
    """
    now, done = read_session(errand.directory, terms, large), _NOT_DONE[type(errand)]
    unknown = f"Nobody knows whether it was {done}; look at what is there now."
    first = f"Nothing was {done}." if now.etag == errand.etag else unknown
    return NotDone(errand, "refused", f"{first} {why}", now)


def given_up(errand: ChangeErrand, terms: Terms = _PLAIN, large: Large | None = None) -> NotDone:
    """A change that nobody wanted to wait for before it was begun. Raises nothing, as `change`."""
    return NotDone(errand, "cancelled", _given_up(errand), read_session(errand.directory, terms, large))


def _given_up(errand: ChangeErrand) -> str:
    """That nobody wanted to wait. Edits, where there are some, come first: a long line loses its end."""
    kept = "What you edited is still here. " if isinstance(errand, Commit) else ""
    name, done = last_part(errand.directory), _NOT_DONE[type(errand)]
    return f"{kept}{name}: nothing was {done}, because you did not want to wait."


def _why_not(errand: ChangeErrand, terms: Terms, read_now: Callable[[], SessionSnapshot]) -> str:
    """Why a change is not even tried: the session runs, or an edit would go over what cannot be edited."""
    if terms.refusal:
        return f"Nothing can be changed here: {terms.refusal}."
    running = read_running(errand.directory)
    if running is not None and not running.finishing:
        return still_running(running)
    now = read_now() if isinstance(errand, Commit) else None
    # A file that changes after this look has another etag, and the commit refuses that by itself.
    return now.not_editable_because if now is not None and now.etag == errand.etag else ""


def _commit(
    errand: ChangeErrand, wait: Wait | None, terms: Terms, clock: Callable[[], datetime]
) -> Committed:
    limit, who = size_limit(terms), terms.who or account()  # never that of another window around this one
    file = StateFile(errand.directory, who=who, program=PROGRAM, waiting=wait, size_limit=limit, clock=clock)
    match errand:
        case Commit():
            return file.commit(
                errand.document,
                expected_etag=errand.etag,
                action="edit",
                note=errand.note,
                held=bytes_under(errand.document),
            )
        case Clear():
            note = _noted(errand.namespace or "", errand.note)
            return file.clear(errand.namespace, expected_etag=errand.etag, note=note)
        case Restore():
            note = _noted(f"version {errand.sequence}", errand.note)
            return file.restore(
                errand.sequence, expected_etag=errand.etag, expected_sequence=errand.over, note=note
            )
        case Recover():
            note = _noted(errand.origin, errand.note)
            return file.commit(errand.document, expected_etag=errand.etag, action="recover", note=note)
        case BringIn():
            return _bring_in(file, errand)


def _noted(what: str, typed: str) -> str:
    """What history notes of itself, with what somebody typed about it behind that."""
    return ": ".join(filter(None, (what, typed)))


def _bring_in(file: StateFile, errand: BringIn) -> Committed:
    try:
        spill = spilling.read(Path(errand.file))
    except OSError as error:
        path, step = Path(errand.file), "It may have been brought in already."
        raise NotWritten(words_for(error), path=path, next_step=step) from error
    return spilling.adopt(file, spill, expected_etag=errand.etag, note=_noted(spill.path.name, errand.note))


def _problem(directory: str, error: StateError) -> Problem:
    """Why there is no state to be read, as the list says it, but without the path of a damaged file."""
    sentence = f"{error.cause[:1].upper()}{error.cause[1:]}."
    if isinstance(error, TooLarge):
        return Problem("too_large", sentence)
    problem = problem_by(directory, error)
    if problem is None:
        return Problem("no_state", "This session is no longer there.")
    return Problem(problem.kind, sentence) if problem.kind in ("damaged", "unreadable") else problem


def _etag(file: StateFile) -> str:
    try:
        return file.peek()
    except Exception:  # noqa: BLE001 - why it cannot be read is said already, and may be what nobody foresaw
        return ABSENT_ETAG


def _history(file: StateFile) -> tuple[Version, ...]:
    try:
        return file.history()
    except StateError:
        return ()

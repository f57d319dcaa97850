"""The gate to the state file: everything that reads or writes one comes through here.

One idea: reading takes no lock and makes no file; writing is one commit inside the lock, on a file that is
the one the caller saw (or, for launchers, on the newest). What a commit promises stands in
`files.commit`.

Not for: what the bytes mean (`persistence.document`), finding sessions (`persistence.scan`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from persistence.document import Document, parse_document, render, with_texts
from persistence.errors import (
    Conflict,
    Damaged,
    LockTimeout,
    NewerVersion,
    NoStateFile,
    NoSuchVersion,
    NotWritten,
    Refused,
    StateError,
    TooLarge,
    step_for,
    words_for,
)
from persistence.files import reading
from persistence.files.commit import Commits, Committed, Snapshot, Step
from persistence.files.history import ABSENT_ETAG, FOLDER, FOREIGN, History, Version, etag_of, local_time
from persistence.files.live import Live, Parse, judged, look, settled
from persistence.files.lock_holder import holder_of
from persistence.files.retention import Policy
from persistence.files.version_log import Clock
from persistence.lock import FileLock, is_held
from persistence.states.edits import without_namespaces
from persistence.states.outline import Outline, outline_in, outline_of
from persistence.states.slices import LARGE, sliced
from persistence.states.value_reading import parse_values

__all__ = [
    "ABSENT_ETAG",
    "SIZE_LIMIT",
    "STATE_FILE",
    "Committed",
    "Outlined",
    "Snapshot",
    "StateFile",
    "Version",
    "outlined",
    "read_outline",
]

STATE_FILE = "session_state.json"
LOCK_FILE = ".session_state.lock"
SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes beyond which a state file is not read unless the caller says so."""

COMMIT_LOOKS = 10
HEAD = b'{\n    "version": "1.'
"""How a file begins that we wrote."""


@dataclass(frozen=True, slots=True)
class Outlined:
    """What a list needs of a state file: its outline, the etag and size of its bytes, their time in ns."""

    outline: Outline
    etag: str
    size: int
    mtime_ns: int


class StateFile:
    """The state file of one session directory.

    Errors are children of StateError; an OSError of the system stands in their ``__cause__``. One object
    may be used by several threads: it holds nothing but where the file is and whom to name in history.
    """

    def __init__(
        self,
        directory: Path | str,
        *,
        who: str | None = None,
        program: str = "persistence",
        budget: float = 10.0,
        size_limit: int = SIZE_LIMIT,
        policy: Policy | None = None,
        waiting: Callable[[str, float], None] | None = None,
        clock: Clock = datetime.now,
    ) -> None:
        """`directory` is the session directory, `budget` the seconds that a commit waits for others.

        `policy` says which old versions may go (`files.retention`). `waiting(holder, seconds_left)` is
        called about every second while somebody else holds the lock (`holder` "" where it is not known); what
        it raises ends the commit before anything is changed. `clock` tells the local time that history notes.
        """
        self.directory = Path(directory)
        self.path = self.directory / STATE_FILE
        self._budget = budget
        self._waiting = waiting
        self.size_limit = size_limit
        self._history = History(self.directory)
        self._policy = policy or Policy()
        self._commits = Commits(
            self.path,
            self._history,
            who=_user() if who is None else who,
            program=program,
            size_limit=size_limit,
            policy=self._policy,
            clock=clock,
        )

    # --- reading ------------------------------------------------------------------------------------------

    def read(self) -> Snapshot:
        """The file as it is now. Bytes that make no sense are read again until they rest.

        Raises NoStateFile, Damaged, TooLarge, Refused (a link, a device), and StateError for what the
        system says.
        """
        return self._read(parse_document)

    def read_values(self) -> Snapshot:
        """As `read`, for a launcher: the attributes of the document are Python values, to be taken over.

        It is quicker, and for nothing else: such a document is not to be shown, edited or written.
        """
        return self._read(parse_values)

    def _read(self, parse: Parse) -> Snapshot:
        return _snapshot(self.path, self.size_limit, parse)

    def peek(self) -> str:
        """The etag of the bytes now, ``absent`` when there is no file. Raises as `read`, but not Damaged."""
        return self._look().etag

    def raw(self) -> bytes | None:
        """The bytes now, whatever they say; None without a file. Raises as `peek`."""
        live = self._look()
        return None if live.status is None else live.data

    def raw_start(self, limit: int) -> tuple[bytes, int] | None:
        """At most the first `limit` bytes of a file of any size, whatever they say, and its size.

        None without a file. Raises Refused (a link, a device), and StateError for what the system says.
        """
        try:
            return reading.read_start(self.path, limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateError(words_for(error), path=self.path, next_step=step_for(error)) from error

    def history(self) -> tuple[Version, ...]:
        """Every version, oldest first; the last one is the live file, also when somebody else wrote it."""
        with _told(self.path, StateError):
            versions = self._versions()
            for _ in range(COMMIT_LOOKS):  # a commit may just be between its replace and its line
                unexplained = bool(versions) and versions[-1].current and versions[-1].action == FOREIGN
                if not unexplained or not is_held(self.directory / LOCK_FILE):
                    break
                time.sleep(0.02)
                versions = self._versions()
            return versions

    def _versions(self) -> tuple[Version, ...]:
        live = self._look()
        return self._history.versions(live.etag, local_time(live.status.st_mtime if live.status else None))

    def version(self, sequence: int) -> bytes:
        """The exact bytes of a version. Raises NoSuchVersion, and Damaged when they are not what was kept."""
        with _told(self.path, StateError):
            try:
                return self._history.read(sequence)
            except NoSuchVersion:
                live = self._look()
                if live.status is None or self._history.position(live.etag).current != sequence:
                    raise
                return live.data

    def find(self, etag: str) -> bytes | None:
        """The bytes of any version with that etag but the live one; None when they are not to be had."""
        with _told(self.path, StateError):
            return self._history.find(etag)

    def not_writable_because(self) -> str:
        """Why nothing can be saved here, to be said before anybody types; "" when nothing forbids it."""
        if not self.directory.is_dir():
            return "there is no such folder"
        if not os.access(self.directory, os.W_OK | os.X_OK):
            return "the folder is read-only"
        for name in (LOCK_FILE, FOLDER):  # somebody else may have made them for himself alone
            part = self.directory / name
            if os.path.lexists(part) and not os.access(part, os.W_OK):
                return f"{name} in it belongs to somebody else, and may not be written"
        return ""

    # --- writing ------------------------------------------------------------------------------------------

    def commit(
        self, document: Document, *, expected_etag: str, action: str = "edit", note: str = ""
    ) -> Committed:
        """Write `document` if the file still is the one with `expected_etag` (``absent``: if there is none).

        Raises Conflict, Refused (the file or the document is of a newer version), LockTimeout, NotWritten
        (nothing changed), NotConfirmed (replaced, see `files.commit`).
        """
        step = self._step(document, action, note)
        with _told(self.path, NotWritten), self._locked():
            live = self._look()
            if live.etag != expected_etag:
                raise self._commits.conflict(expected_etag, document)
            if not live.data.startswith(HEAD):  # else it is of this version, or damaged
                self._refuse_newer(judged(live, self.path).document)
            return self._commits.replace(self._commits.placed(live), step)

    def update(
        self,
        change: Callable[[Snapshot | None], Document],
        *,
        action: str,
        note: str = "",
        known: Snapshot | None = None,
    ) -> Committed:
        """Write what `change` makes of the newest bytes, inside the lock: what launchers use.

        `known` is what the caller knows of a version that may still be the newest: where it is, its document
        is given to `change` as it is, and the file is not parsed.

        `change` is given None when there is no file or a damaged one (whose bytes history keeps), and may
        be called again when a program without our lock writes meanwhile. Raises as `commit` does, and what
        `change` raises.
        """
        with _told(self.path, NotWritten), self._locked():
            deadline = time.monotonic() + self._budget
            while True:
                live = self._known(known) or self._settled()
                self._refuse_newer(live.document)
                placed = self._commits.placed(live)
                step = self._step(change(placed.snapshot), action, note)
                try:
                    return self._commits.replace(placed, step)
                except Conflict:
                    if time.monotonic() > deadline:
                        raise

    def restore(self, sequence: int, *, expected_etag: str | None = None, note: str = "") -> Committed:
        """Write the exact bytes of an earlier version as a new one.

        Raises as `commit` does (Conflict only where `expected_etag` is given), NoSuchVersion, and Refused
        when that version is damaged itself.
        """
        with _told(self.path, NotWritten), self._locked():
            live = self._expected(expected_etag)
            data = self.version(sequence)
            try:
                document = parse_document(data)
            except Damaged as error:
                raise Refused(
                    f"version {sequence} is damaged itself: {error.cause}",
                    path=self.path,
                    next_step="Choose another one; `rigstate history` lists them.",
                ) from error
            self._refuse_newer(document)
            step = Step(data, document, "restore", note or f"version {sequence}")
            return self._commits.replace(self._commits.placed(live), step)

    def clear(
        self, namespace: str | None = None, *, expected_etag: str | None = None, note: str = ""
    ) -> Committed:
        """Take one launcher's state, or (None) every launcher's, out of the file, which stays.

        Raises as `commit` does, NoStateFile, NoSuchAttribute, and Refused for a damaged file.
        """
        with _told(self.path, NotWritten), self._locked():
            live = self._expected(expected_etag)
            if live.damage is not None:
                step_on = "Restore an earlier version instead."
                raise Refused(f"it is damaged: {live.damage.cause}", path=self.path, next_step=step_on)
            if live.document is None:
                raise NoStateFile("there is no saved state to clear", path=self.path)
            cleared = without_namespaces(live.document, None if namespace is None else [namespace])
            step = self._step(cleared, "clear", note or namespace or "")
            return self._commits.replace(self._commits.placed(live), step)

    def prune(self, policy: Policy | None = None) -> tuple[Version, ...]:
        """Remove the bytes of old versions that the policy (by default this object's) lets go; what went.

        Their lines stay. Commits do this by themselves now and then. Raises LockTimeout, NotWritten.
        """
        if not self._history.folder.is_dir():
            return ()
        with _told(self.path, NotWritten), self._locked():
            return self._history.thin_out(self._look().etag, policy or self._policy)

    # --- checks -------------------------------------------------------------------------------------------

    def _look(self) -> Live:
        return look(self.path, self.size_limit)

    def _settled(self) -> Live:
        return settled(self.path, self.size_limit)

    def _known(self, known: Snapshot | None) -> Live | None:
        """The file with the document that is known of it; None when it is another one."""
        live = self._look() if known else None
        return replace(live, document=known.document) if live and known and live.etag == known.etag else None

    def _expected(self, etag: str | None) -> Live:
        live = self._settled()
        if etag is not None and etag != live.etag:
            raise self._commits.conflict(etag, None)
        self._refuse_newer(live.document)
        return live

    def _refuse_newer(self, document: Document | None) -> None:
        if document is not None and document.newer:
            cause = f"it was saved by a newer version ({document.version}), which may mean other things by it"
            step = "Update Rigstate to change it."
            raise NewerVersion(cause, version=document.version, path=self.path, next_step=step)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(self.directory / LOCK_FILE)
        try:
            lock.acquire(self._budget, waiting=self._tell)
        except LockTimeout as error:  # people know the state file, not its lock
            holder = holder_of(lock.path)
            raise LockTimeout(seconds=error.seconds, holder=holder, path=self.path) from error
        try:
            yield
        finally:
            lock.release()

    def _tell(self, seconds_left: float) -> None:
        if self._waiting is not None:
            self._waiting(holder_of(self.directory / LOCK_FILE), seconds_left)

    def _step(self, document: Document, action: str, note: str) -> Step:
        self._refuse_newer(document)
        document = with_texts(document)
        data = render(document)
        if len(data) > self.size_limit:
            raise TooLarge(size=len(data), limit=self.size_limit, path=self.path)
        return Step(data, document, action, note)


def read_outline(directory: str) -> Outlined:
    """As `StateFile.read`, for lists: what attributes hold is neither read nor judged before it is asked for.

    A file in another layout than ours is read whole. Raises as `StateFile.read`.
    """
    path = f"{directory}{os.sep}{STATE_FILE}"
    with suppress(OSError, StateError):  # whatever it is, the long way says it
        data, status = reading.read_once(path, limit=SIZE_LIMIT)
        document = sliced(data) if len(data) >= LARGE else None
        outline = outline_of(data) if document is None else outline_in(document)
        if outline is not None:
            return Outlined(outline, etag_of(data), len(data), status.st_mtime_ns)
    return outlined(_snapshot(Path(path), SIZE_LIMIT, parse_document))


def outlined(snapshot: Snapshot) -> Outlined:
    """The same of a file that was read whole."""
    return Outlined(outline_in(snapshot.document), snapshot.etag, len(snapshot.data), snapshot.mtime_ns)


def _snapshot(path: Path, limit: int, parse: Parse) -> Snapshot:
    live = settled(path, limit, parse)
    if live.damage is not None:
        live.damage.next_step = "Restore an earlier version, or see what `rigstate recover` can make of it."
        raise live.damage
    if live.document is None or live.status is None:
        step = "A launcher makes it with its first save."
        raise NoStateFile("there is no saved state", path=path, next_step=step)
    return Snapshot(live.document, live.etag, live.data, live.status.st_mtime_ns)


@contextmanager
def _told(path: Path, error_class: type[StateError]) -> Iterator[None]:
    """Errors of the system as errors of ours, and every error with a path."""
    try:
        yield
    except OSError as error:
        raise error_class(words_for(error), path=path, next_step=step_for(error)) from error
    except StateError as error:
        error.at(error.path or path)
        raise


def _user() -> str:
    """The name of the account, for people to read."""
    for name in ("LOGNAME", "USER", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows; an account without a name, as in containers
        return ""

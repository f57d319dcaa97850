"""The gate to the state file: everything that reads or writes one comes through here.

One idea: reading takes no lock and makes no file; writing is one commit inside the lock, on a file that is
the one the caller saw (or, for launchers, on the newest). What a commit promises stands in
`files.commit`.

Not for: what the bytes mean (`persistence.document`), finding sessions (`persistence.scan`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from persistence.document import Document, parse_document, render, with_texts
from persistence.errors import (
    Conflict,
    Damaged,
    NoStateFile,
    NotWritten,
    Refused,
    TooLarge,
)
from persistence.files import standing
from persistence.files.commit import Commits, Committed, Step
from persistence.files.history import ABSENT_ETAG, History, Version
from persistence.files.live import (
    SIZE_LIMIT,
    STATE_FILE,
    Live,
    Parse,
    Snapshot,
    identify,
    judged,
    look,
    look_at_start,
    read_snapshot,
    settled,
)
from persistence.files.locked import LOCK_FILE, locked
from persistence.files.outlined import (
    Outlined,
    outline_before,
    outlined,
    outlines_before,
    read_outline,
)
from persistence.files.past import Past
from persistence.files.reading import Going
from persistence.files.retention import Policy
from persistence.files.told import told
from persistence.files.version_log import Clock, signer
from persistence.states.edits import without_namespaces
from persistence.states.value_reading import parse_values

__all__ = [
    "ABSENT_ETAG",
    "LOCK_FILE",
    "SIZE_LIMIT",
    "STATE_FILE",
    "Committed",
    "Outlined",
    "Snapshot",
    "StateFile",
    "Version",
    "outline_before",
    "outlined",
    "outlines_before",
    "read_outline",
]

HEAD = b'{\n    "version": "1.'
"""How a file begins that we wrote."""


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
        self._past = Past(self.path, self._history, size_limit)
        self._policy = policy or Policy()
        self._commits = Commits(
            self.path,
            self._history,
            who=signer() if who is None else who,
            program=program,
            size_limit=size_limit,
            policy=self._policy,
            clock=clock,
        )

    # --- reading ------------------------------------------------------------------------------------------

    def read(self) -> Snapshot:
        """The file as it is now. Bytes that make no sense are read again until two reads agree.

        Raises NoStateFile, Damaged, TooLarge, Refused (a link, a device), and StateError for what the
        system says.
        """
        return self._read(parse_document)

    def read_values(self) -> Snapshot:
        """As `read`, for a launcher: the attributes of the document are Python values, to be taken over.

        It is quicker. Such a document must not be shown, edited or written.
        """
        return self._read(parse_values)

    def _read(self, parse: Parse) -> Snapshot:
        return read_snapshot(self.path, self.size_limit, parse)

    def peek(self, going: Going = lambda: None) -> str:
        """The etag of the bytes now, ``absent`` when there is no file.

        `going` is called again and again meanwhile; what it raises ends it. Raises as `read` otherwise, but
        neither NoStateFile nor Damaged.
        """
        return identify(self.path, self.size_limit, going).etag

    def raw(self) -> bytes | None:
        """The bytes now, whatever they say; None without a file. Raises as `peek`."""
        live = look(self.path, self.size_limit)
        return None if live.status is None else live.data

    def raw_start(self, limit: int, going: Going = lambda: None) -> tuple[bytes, int] | None:
        """At most the first `limit` bytes of a file of any size, whatever they say, and its size.

        None without a file. `going` is called again and again meanwhile; what it raises ends it. Raises
        Refused (a link, a device), and StateError for what the system says.
        """
        return look_at_start(self.path, limit, going)

    def history(self) -> tuple[Version, ...]:
        """Every version, oldest first; the last one is the live file, also when somebody else wrote it."""
        return self._past.versions()

    def version(self, sequence: int) -> bytes:
        """The exact bytes of a version. Raises NoSuchVersion, and Damaged when they are not what was kept."""
        return self._past.version(sequence)

    def find(self, etag: str) -> bytes | None:
        """The bytes of any version with that etag but the live one; None when they are not to be had."""
        return self._past.find(etag)

    def not_writable_because(self) -> str:
        """Why nothing can be saved here, to be said before anybody types; "" when nothing forbids it."""
        return standing.not_writable_because(self.directory)

    # --- writing ------------------------------------------------------------------------------------------

    def commit(
        self,
        document: Document,
        *,
        expected_etag: str,
        action: str = "edit",
        note: str = "",
        held: bytes = b"",
    ) -> Committed:
        """Write `document` if the file still is the one with `expected_etag` (``absent``: if there is none).

        `action` and `note` are told in history. `held` are bytes that the caller has and that may be those of
        the file; then they are not held twice. Raises Conflict, NewerVersion (the file or the document is of
        a newer format), TooLarge, NotRepresentable (nested too deeply), Damaged (it was only begun),
        LockTimeout and NotWritten: nothing was changed. Raises NotConfirmed when the file was replaced, and
        that may not outlive a power cut.
        """
        step = self._step(document, action, note)
        with told(self.path, NotWritten), self._locked():
            live = standing.seen(self.path, self.size_limit, held)
            if live.etag != expected_etag:
                raise self._commits.conflict(expected_etag, document)
            if not live.data.startswith(HEAD):  # else it is of this version, or damaged
                standing.refuse_newer(judged(live, self.path).document, self.path)
            return self._commits.replace(self._commits.placed(live), step)

    def update(
        self,
        change: Callable[[Snapshot | None], Document],
        *,
        action: str,
        note: str = "",
        known: Snapshot | None = None,
    ) -> Committed:
        """Write what `change` makes of the newest file, inside the lock. This is how launchers save.

        `change` is called with the newest file, or with None when there is none or it is damaged (history
        keeps its bytes). It may be called again when a program that ignores the lock writes meanwhile.

        `known` is a version that the caller has read before. If it still is the newest, the file is not
        parsed again. Raises as `commit` does, and what `change` raises.
        """
        with told(self.path, NotWritten), self._locked():
            deadline = time.monotonic() + self._budget
            while True:
                live = standing.as_known(self.path, self.size_limit, known) or self._settled()
                standing.refuse_newer(live.document, self.path)
                placed = self._commits.placed(live)
                step = self._step(change(placed.snapshot), action, note)
                try:
                    return self._commits.replace(placed, step)
                except Conflict:
                    if time.monotonic() > deadline:
                        raise

    def restore(
        self,
        sequence: int,
        *,
        expected_etag: str | None = None,
        expected_sequence: int | None = None,
        note: str = "",
    ) -> Committed:
        """Write the exact bytes of an earlier version as a new one.

        Raises as `commit` does (Conflict only where `expected_etag` or, of versions with the same bytes, the
        number `expected_sequence` is given), NoSuchVersion, and Refused when that version is damaged itself.
        """
        with told(self.path, NotWritten), self._locked():
            live = self._expected(expected_etag)
            placed = self._commits.placed(live)
            if expected_sequence not in (None, placed.position.current):
                raise self._commits.conflict(live.etag, None)
            data = self.version(sequence)
            try:
                document = parse_document(data)
            except Damaged as error:
                raise Refused(
                    f"version {sequence} is damaged itself: {error.cause}",
                    path=self.path,
                    next_step="Choose another version.",
                ) from error
            standing.refuse_newer(document, self.path)
            step = Step(data, document, "restore", note or f"version {sequence}")
            return self._commits.replace(placed, step)

    def clear(
        self, namespace: str | None = None, *, expected_etag: str | None = None, note: str = ""
    ) -> Committed:
        """Take one launcher's state, or (None) every launcher's, out of the file, which stays.

        Raises as `commit` does, NoStateFile, NoSuchAttribute, and Refused for a damaged file.
        """
        with told(self.path, NotWritten), self._locked():
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
        """Remove the bytes of old versions that the policy (by default this object's) lets go; returns these.

        Their lines in the log stay. Commits do this by themselves now and then. Raises LockTimeout and
        NotWritten.
        """
        if not self._history.folder.is_dir():
            return ()
        with told(self.path, NotWritten), self._locked():
            return self._history.thin_out(self.peek(), policy or self._policy)

    # --- checks -------------------------------------------------------------------------------------------

    def _settled(self) -> Live:
        return settled(self.path, self.size_limit)

    def _expected(self, etag: str | None) -> Live:
        live = self._settled()
        if etag is not None and etag != live.etag:
            raise self._commits.conflict(etag, None)
        standing.refuse_newer(live.document, self.path)
        return live

    def _locked(self) -> AbstractContextManager[None]:
        return locked(self.path, self._budget, self._waiting)

    def _step(self, document: Document, action: str, note: str) -> Step:
        standing.refuse_newer(document, self.path)
        document = with_texts(document)
        data = render(document)
        if len(data) > self.size_limit:
            raise TooLarge(size=len(data), limit=self.size_limit, path=self.path)
        return Step(data, document, action, note)

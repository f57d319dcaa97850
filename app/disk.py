"""The one room of the window that reads and writes sessions, a worker for each watched folder.

One idea: the disk is asked, never remembered. Everything here is read when it is told; a change is a commit
through `persistence.store` over the version that the operator saw, and is read back at once. A long look at a
whole folder is done in pieces between other errands, so that opening and saving never wait for it. The folder
is looked at again every RESCAN_SECONDS, whether events come or not: that look is the truth.

The only importer of `persistence.store`; never used on the GUI thread. Not for comparing (see `catalog`) and
not for what to do about an answer (see `desk`).
"""

import os
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QTimer, Slot

from app.errands import (
    Change,
    Clear,
    Commit,
    Done,
    Look,
    NotDone,
    Open,
    Opened,
    Rescan,
    Restore,
    RootSeen,
    ScanEnded,
    Seen,
)
from app.session import Problem, Snapshot, Summary, holds, still_running
from app.worker import Worker
from persistence.errors import Conflict, NotConfirmed, StateError, words_for
from persistence.running import read_running
from persistence.scan import find_sessions, summarize
from persistence.store import ABSENT_ETAG, Committed, StateFile, Version

RESCAN_SECONDS = 10.0
RESTING_SHARE = 20  # a look at a whole folder may take a twentieth of the time, however large the folder
BATCH = 100
PIECE_SECONDS = 0.1  # after so long, whoever wants to open or save has his turn
HALF_WRITTEN_MS = 1000  # until another look at a file that was met half-written: it will be whole, or damaged
PROGRAM = "Rigstate"


class Disk(Worker):
    """Reads and writes below one folder. Errands and answers are those of `app.errands`."""

    def __init__(self, root: str, rescan_seconds: float = RESCAN_SECONDS) -> None:
        super().__init__(f"disk {root}")
        self._root = root
        self._rescan_seconds = rescan_seconds
        self._closing = False
        self._known: set[str] = set()
        self._scan: Iterator[Path] | None = None
        self._scan_seen: set[str] = set()
        self._scan_began = 0.0
        self._again = False
        self._half_written: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look_at_half_written)
        self._pieces = QTimer(self)
        self._pieces.timeout.connect(self._scan_piece)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._rescan)

    def close(self) -> None:
        """Ask the thread to end: a look at the whole folder is cut short, changes asked before are done."""
        self._closing = True
        super().close()

    def work(self, errand: object) -> None:
        match errand:
            case Rescan():
                self._rescan()
            case Look():
                self._look_at(sorted(errand.directories))
            case Open():
                self.answered.emit(Opened(read_snapshot(errand.directory), errand.stamp))
            case Commit() | Clear() | Restore():
                self.answered.emit(change(errand))
                self._look_at([errand.directory])

    def finish(self) -> None:
        for timer in (self._pieces, self._next, self._soon):
            timer.stop()

    # ---- the whole folder, in pieces

    @Slot()
    def _rescan(self) -> None:
        if self._scan is not None:
            self._again = True
            return
        seen = look_at_root(self._root)
        self.answered.emit(seen)
        if not seen.available:
            self._next.start(round(self._rescan_seconds * 1000))
            return
        self._scan = find_sessions(Path(self._root), cancelled=lambda: self._closing)
        self._scan_seen = set()
        self._scan_began = time.monotonic()
        self._pieces.start(0)

    @Slot()
    def _scan_piece(self) -> None:
        if self._scan is None:
            return
        summaries, ended = self._piece(self._scan)
        self._scan_seen.update(summary.directory for summary in summaries)
        if not ended:
            self._tell(Seen(self._root, self._root, summaries))
        elif not self._closing:
            self._end_scan(summaries)

    def _piece(self, scan: Iterator[Path]) -> tuple[tuple[Summary, ...], bool]:
        """The next sessions of a look, and whether they were its last."""
        until, found = time.monotonic() + PIECE_SECONDS, list[Summary | None]()
        for path in islice(scan, BATCH):
            found.append(summarize(path, Path(self._root)))
            if time.monotonic() > until:
                return _those_that_are(found), False
        return _those_that_are(found), len(found) < BATCH

    def _end_scan(self, summaries: tuple[Summary, ...]) -> None:
        self._scan = None
        self._pieces.stop()
        if look_at_root(self._root).available:
            self._known = set(self._scan_seen)
            self._tell(Seen(self._root, self._root, summaries, all=frozenset(self._known)))
        self.answered.emit(ScanEnded(self._root, _now()))
        rest = max(self._rescan_seconds, RESTING_SHARE * (time.monotonic() - self._scan_began))
        self._next.start(0 if self._again else round(rest * 1000))
        self._again = False

    # ---- single sessions

    def _look_at(self, directories: list[str]) -> None:
        """Look at these, told together; after PIECE_SECONDS the rest goes to the end of the row."""
        until, seen = time.monotonic() + PIECE_SECONDS, list[Seen]()
        for count, directory in enumerate(directories, 1):
            if (found := self._look(directory)) is not None:
                seen.append(found)
            if time.monotonic() > until and count < len(directories):
                self.ask(Look(frozenset(directories[count:])))
                break
        if seen:
            self._tell(seen[0] if len(seen) == 1 else _together(self._root, seen))

    def _look(self, directory: str) -> Seen | None:
        """Look at the session that `directory` is or lies in, else at the sessions below it.

        None when that has to be left to a look at the whole folder, or when nobody waits for it any more.
        """
        target = self._session_around(directory) or directory
        if target == self._root and target not in self._known:
            self._rescan()
            return None
        summaries = self._found(target)
        here = frozenset(summary.directory for summary in summaries)
        gone = self._gone(target, here)
        if self._closing:
            return None
        if gone and not look_at_root(self._root).available:
            self._rescan()  # out of reach is not gone
            return None
        for known in (self._known, self._scan_seen):
            known.difference_update(gone)
            known.update(here)
        return Seen(self._root, target, summaries, all=here, gone=gone)

    def _tell(self, seen: Seen) -> None:
        """Tell what was seen; what was half-written is looked at again soon, because no event may follow."""
        self._half_written.difference_update(summary.directory for summary in seen.summaries)
        self._half_written.update(
            summary.directory
            for summary in seen.summaries
            if summary.problem is not None and summary.problem.kind == "being_written"
        )
        self._half_written.intersection_update(self._known | self._scan_seen)
        if self._half_written and not self._soon.isActive():
            self._soon.start(HALF_WRITTEN_MS)
        self.answered.emit(seen)

    @Slot()
    def _look_at_half_written(self) -> None:
        self._look_at(sorted(self._half_written))

    def _found(self, target: str) -> tuple[Summary, ...]:
        if target in self._known and (summary := summarize(Path(target), Path(self._root))) is not None:
            return (summary,)
        found = find_sessions(Path(target), cancelled=lambda: self._closing)
        return _those_that_are(summarize(path, Path(self._root)) for path in found)

    def _gone(self, target: str, here: frozenset[str]) -> frozenset[str]:
        """Sessions that were at or below `target`, and are not any more."""
        if here == {target}:
            return frozenset()
        if target in self._known:  # below a session there is none
            return frozenset({target}) - here
        return frozenset(path for path in self._known | self._scan_seen if holds(target, path)) - here

    def _session_around(self, directory: str) -> str:
        path = Path(directory)
        return next((str(around) for around in (path, *path.parents) if str(around) in self._known), "")


def _those_that_are(read: Iterable[Summary | None]) -> tuple[Summary, ...]:
    return tuple(summary for summary in read if summary is not None)


def _together(root: str, seen: list[Seen]) -> Seen:
    """Many single looks as one answer: whoever listens sorts his list once, not two thousand times."""
    summaries = {summary.directory: summary for one in seen for summary in one.summaries}
    gone = frozenset().union(*(one.gone for one in seen)) - summaries.keys()
    return Seen(root, root, tuple(summaries.values()), gone=gone)


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


def look_at_root(root: str) -> RootSeen:
    """Try whether a folder can be listed now."""
    try:
        with os.scandir(root):
            status = Path(root).stat()
    except OSError as error:
        return RootSeen(root, available=False, identity=None, at=_now(), reason=words_for(error))
    return RootSeen(root, available=True, identity=(status.st_dev, status.st_ino), at=_now())


def read_snapshot(directory: str) -> Snapshot:
    """Read one session whole. Never raises for what is on the disk: a problem is part of the snapshot."""
    file = StateFile(directory, program=PROGRAM)
    running = read_running(directory)
    try:
        read = file.read()
    except StateError:
        return Snapshot(directory, None, _etag(file), 0, 0, _problem(directory), running)
    history = _history(file)
    return Snapshot(
        directory,
        read.document,
        read.etag,
        len(read.data),
        len(history),
        None,
        running,
        saved_by=next((one.who for one in reversed(history) if one.etag == read.etag), ""),
        not_writable_because=file.not_writable_because(),
    )


def change(errand: Change) -> Done | NotDone:
    """Do one change and read the session again. Raises nothing that the disk or the store can raise."""
    if reason := _why_not(errand):
        return NotDone(errand, "refused", reason, read_snapshot(errand.directory))
    doubt = ""
    try:
        committed = _commit(errand)
    except NotConfirmed as error:
        committed, doubt = error.committed, str(error)
    except Conflict as error:
        return NotDone(errand, "changed", str(error), read_snapshot(errand.directory))
    except StateError as error:
        return NotDone(errand, "refused", str(error), read_snapshot(errand.directory))
    snapshot = read_snapshot(errand.directory)
    return Done(errand, committed.sequence, committed.etag, committed.replaced, snapshot, doubt)


def _why_not(errand: Change) -> str:
    """Why a change is not even tried: the session runs, or an edit would go over what cannot be edited."""
    running = read_running(errand.directory)
    if running is not None and not running.finishing:
        return still_running(running)
    now = read_snapshot(errand.directory) if isinstance(errand, Commit) else None
    # A file that changes after this look has another etag, and the commit refuses that by itself.
    return now.not_editable_because if now is not None and now.etag == errand.etag else ""


def _commit(errand: Change) -> Committed:
    file = StateFile(errand.directory, program=PROGRAM)
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

"""The worker of one watched folder: it finds sessions, reads them, and does what is asked of single ones.

One idea: the disk is asked, never remembered. A long look at a whole folder is done in pieces between other
errands, so that opening and saving never wait for it, and in three steps, each of which makes the list truer:
what was known in earlier times is told at once; the folder is walked, and what changed since is read at a
glance; what was only glanced at is then read wholly, without haste. The folder is walked again and again,
whether events come or not: that walk is the truth. Between two walks it rests for RESCAN_SECONDS, and longer
where a walk takes long.

Never used on the GUI thread. Not for comparing (see `catalog`), not for what has to be read again (see
`ledger`), not for what is asked over values (see `questions`), not for reading and changing a session that
was opened (see `changes`).
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QTimer, Slot

from app.changes import GivenUp, change, read_snapshot
from app.errands import (
    Clear,
    Commit,
    Forget,
    Look,
    Match,
    Open,
    Opened,
    Progress,
    ReadHistory,
    ReadVersion,
    Rescan,
    Restore,
    SaveCopy,
    ScanEnded,
    Seen,
    Trust,
    Waiting,
)
from app.index import Index
from app.index_files import remove_unused
from app.judging import Judging
from app.ledger import Ledger
from app.networks import is_remote
from app.questions import Questions
from app.reach import time_now, tried
from app.reading import read
from app.session import Summary
from app.walk import THREADS, Walk, Walks
from app.worker import Worker
from persistence.scan import site_at

RESCAN_SECONDS = 10.0
RESTING_SHARE = 20  # a walk may take a twentieth of the time, however large the folder
TRUSTING_SHARE = 1000  # and a thousandth where every change is heard, and every loss of one is noticed
BATCH = 500
PIECE_SECONDS = 0.1  # after so long, whoever wants to open or save has his turn
HALF_WRITTEN_MS = 1000  # until another look at a file that was met half-written: it will be whole, or damaged


class Disk(Worker):
    """Reads and writes below one folder. Errands and answers are those of `app.errands`."""

    def __init__(self, root: str, rescan_seconds: float = RESCAN_SECONDS, cache: Path | None = None) -> None:
        """`cache` is the folder for what is to be known at the next start; None for nothing."""
        super().__init__(f"disk {root}")
        self._root = root
        self._rescan_seconds = rescan_seconds
        self._cache = cache
        self._closing = False
        self._forgetting = False
        self._given_up = ""
        self._ledger: Ledger | None = None
        self._remembered: Iterator[Summary] = iter(())
        self._walks = Walks()
        self._threads = 1
        self._trusting = False
        self._half_written: set[str] = set()
        self._questions = Questions(root, self)
        self._questions.answered.connect(self.answered)
        self._questions.searched.connect(self._write)
        self._judging = Judging(lambda: self._known, self._questions, self._tell_judged, self._write, self)
        self._soon = self._timer(self._look_at_half_written)
        self._pieces = self._timer(self._walk_on, again=True)
        self._next = self._timer(self._rescan)

    def close(self) -> None:
        """Ask the thread to end: a walk is cut short, changes asked before are done."""
        self._closing = True
        super().close()

    def give_up(self, directory: str) -> None:
        """Let a change that waits there for somebody else's lock end without being done; from any thread."""
        self._given_up = directory

    def work(self, errand: object) -> None:
        match errand:
            case Rescan():
                self._rescan()
            case Look():
                self._look_at(sorted(errand.directories))
            case Trust():
                self._trusting = errand.events
                if not errand.events and self._next.remainingTime() > self._rescan_seconds * 1000:
                    self._next.start(round(self._rescan_seconds * 1000))
            case Forget():
                self._forgetting = True
            case Match():
                self._questions.ask(errand.conditions, self._known.values())
            case Open():
                self.answered.emit(Opened(read_snapshot(errand.directory), errand.stamp))
            case ReadVersion() | ReadHistory() | SaveCopy():
                self.answered.emit(read(errand))
            case Commit() | Clear() | Restore():
                self._given_up = ""
                self.answered.emit(change(errand, partial(self._wait, errand.directory)))
                self._look_at([errand.directory])

    def _wait(self, directory: str, holder: str, seconds_left: float) -> None:
        if self._given_up == directory:
            raise GivenUp
        self.answered.emit(Waiting(directory, holder, seconds_left))

    def finish(self) -> None:
        self._questions.end()
        self._judging.pause()
        for timer in (self._pieces, self._next, self._soon):
            timer.stop()
        self._walks.end()
        if self._forgetting:
            self._known.discard()
        elif self._ledger is not None:
            self._ledger.close()

    @property
    def _known(self) -> Ledger:
        """The ledger, which is opened here because it belongs to this thread."""
        if self._ledger is None:
            self._ledger = Ledger(Index(self._cache, self._root), self._root)
            if self._cache is not None:
                remove_unused(self._cache)
            self._remembered = self._ledger.remember()
        return self._ledger

    # ---- the whole folder, in pieces

    @Slot()
    def _rescan(self) -> None:
        if self._walks.want(self._root):
            return
        seen = tried(self._root, self._known)
        self.answered.emit(seen)
        if not seen.available:
            self._tell_remembered()
            self._next.start(round(self._rescan_seconds * 1000))
            return
        self._next.stop()
        self._judging.pause()
        self._threads = THREADS if is_remote(self._root) else 1
        self._begin(self._walk_through(self._root))

    def _tell_remembered(self) -> None:
        """Of a folder that is out of reach, what is known is all there is to show."""
        _ = self._known
        while remembered := tuple(islice(self._remembered, BATCH)):
            self.answered.emit(Seen(self._root, self._root, remembered))

    def _walk_through(self, folder: str) -> Walk:
        return Walk(folder, self._known, lambda: self._closing, self._threads)

    def _begin(self, walk: Walk) -> None:
        self._walks.begin(walk)
        self._pieces.start(0)

    @Slot()
    def _walk_on(self) -> None:
        """What is remembered is told first; then the walks go on, in turns."""
        walk = self._walks.next()
        if walk.folder == self._root and (remembered := tuple(islice(self._remembered, BATCH))):
            self.answered.emit(Seen(self._root, self._root, remembered))
            walk.expected = len(self._known.directories)
            return
        summaries, ended = walk.piece(PIECE_SECONDS, BATCH)
        self._walks.note(walk.met)
        if self._closing:
            return
        seen = self._ended(walk, summaries) if ended else self._on_the_way(walk, summaries)
        if seen is not None:
            self._tell(seen)
        if not self._walks:
            self._pieces.stop()

    def _on_the_way(self, walk: Walk, summaries: tuple[Summary, ...]) -> Seen | None:
        if walk.folder == self._root:
            self.answered.emit(Progress(self._root, len(walk.seen), walk.read, walk.expected))
        else:
            self._judge_later(summaries)
        return Seen(self._root, walk.folder, summaries) if summaries else None

    def _ended(self, walk: Walk, summaries: tuple[Summary, ...]) -> Seen | None:
        """What was not met is gone, where all there is could be met. None where there is no more to tell."""
        wanted = self._walks.finish(walk)
        if walk.folder == self._root:
            self._end_whole(walk, summaries, wanted=wanted)
            return None
        missing = self._known.below(walk.folder) - walk.seen
        gone = missing - walk.out_of_reach(missing).keys()
        if walk.failed or (gone and not tried(self._root, self._known).available):
            self._rescan()  # out of reach is not gone
            gone = frozenset()
        elif wanted:
            self._begin(self._walk_through(walk.folder))
        self._forget(gone)
        self._judge_later(summaries)
        return Seen(self._root, walk.folder, summaries, gone=gone) if summaries or gone else None

    def _end_whole(self, walk: Walk, summaries: tuple[Summary, ...], *, wanted: bool) -> None:
        reached = tried(self._root, self._known)
        sure = reached.available and not walk.failed
        missing = self._known.directories - walk.seen
        away = walk.out_of_reach(missing)
        if sure:
            self._forget(missing - away.keys())
        here = frozenset(walk.seen.union(away)) if sure else None
        self._tell(Seen(self._root, self._root, summaries, all=here))
        took = time.monotonic() - walk.began
        rest = self._rest_after(took)
        ended = ScanEnded(self._root, time_now(), tuple(sorted(set(away.values()))), took + rest)
        self.answered.emit(ended if sure else reached)
        self._next.start(0 if wanted else round(rest * 1000))
        self._write()
        self._judging.begin(self._known.not_surveyed()[::-1])

    def _rest_after(self, took: float) -> float:
        """The seconds until the next walk, by how long the last one took."""
        share, longest = (TRUSTING_SHARE, 3600.0) if self._trusting else (RESTING_SHARE, 600.0)
        return max(self._rescan_seconds, min(share * took, longest))

    # ---- what was found

    def _judge_later(self, summaries: Iterable[Summary]) -> None:
        """Read these wholly, unless a look at the whole folder is under way, which lets read all."""
        self._judging.add(one.directory for one in summaries)
        if self._root not in self._walks:
            self._judging.begin()

    def _tell_judged(self, summaries: tuple[Summary, ...]) -> None:
        self._tell(Seen(self._root, self._root, summaries))

    @Slot()
    def _write(self) -> None:
        """Keep what is known now, and tell what follows from it."""
        if self._known.write() and self._root not in self._walks:
            self._judging.begin(self._known.not_surveyed()[::-1])
        self._questions.tell()

    def _forget(self, gone: Collection[str]) -> None:
        self._known.forget(gone)
        self._walks.forget(gone)
        for directory in gone:
            self._questions.note(directory, None)

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
            self._tell(seen[0] if len(seen) == 1 else together(self._root, seen))
        self._write()

    def _look(self, directory: str) -> Seen | None:
        """Look at the session that `directory` is or lies in, else at the sessions below it."""
        target = self._known.session_around(directory) or directory
        site = site_at(target)
        summary = self._judging.read(site) if site is not None else None
        if summary is None:
            return self._look_below(target)
        gone = self._known.below(target) - {target}  # what lies in a session is its own data
        self._forget(gone)
        self._walks.note([target], closed=bool(gone))
        return Seen(self._root, target, (summary,), gone=gone)

    def _look_below(self, folder: str) -> Seen | None:
        """Look at the sessions below a folder at a glance; many in pieces, of which this is the first.

        None when there is nothing to tell yet.
        """
        if folder == self._root:
            self._rescan()
            return None
        if self._walks.want(folder):
            return None
        walk = self._walk_through(folder)
        summaries, ended = walk.piece(PIECE_SECONDS, BATCH)
        self._walks.note(walk.met)
        if self._closing:
            return None
        if ended:
            return self._ended(walk, summaries)
        self._begin(walk)
        return self._on_the_way(walk, summaries)

    def _tell(self, seen: Seen) -> None:
        """Tell what was seen; what was half-written is looked at again soon, because no event may follow."""
        self._half_written.difference_update(summary.directory for summary in seen.summaries)
        self._half_written.update(
            summary.directory
            for summary in seen.summaries
            if summary.problem is not None and summary.problem.kind == "being_written"
        )
        self._half_written.intersection_update(self._known.directories)
        if self._half_written and not self._soon.isActive():
            self._soon.start(HALF_WRITTEN_MS)
        self.answered.emit(seen)

    @Slot()
    def _look_at_half_written(self) -> None:
        self._look_at(sorted(self._half_written))

    def _timer(self, slot: Callable[[], None], *, again: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(not again)
        timer.timeout.connect(slot)
        return timer


def together(root: str, seen: list[Seen]) -> Seen:
    """Many single looks as one answer, of which the later ones count: whoever listens sorts his list once,
    not two thousand times.
    """
    last: dict[str, Summary | None] = {}
    for one in seen:
        last |= dict.fromkeys(one.gone)
        last |= {summary.directory: summary for summary in one.summaries}
    summaries = tuple(summary for summary in last.values() if summary is not None)
    return Seen(root, root, summaries, gone=frozenset(path for path, one in last.items() if one is None))

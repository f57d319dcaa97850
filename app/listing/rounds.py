"""What keeps the list of one watched folder true: rounds through it, and looks at parts of it.

One idea: the disk is asked, never remembered. A round through the whole folder is done in pieces between
other errands, so that opening and saving never wait for it, and in three steps, each of which makes the list
truer: what was known in earlier times is told at once; the folder is walked, and what changed since is read
at a glance; what was only glanced at is then read wholly, without haste. The folder is walked again and
again, whether events come or not: that walk is the truth. Between two walks it rests for RESCAN_SECONDS, and
longer where a walk takes long.

Lives on the thread of its worker (see `disk`). Not for comparing (see `catalog`), not for what has to be read
again (see `ledger`), nor for what is asked over values (see `questions`).
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.files.large import Large
from app.folder_errands import Forget, Look, Progress, Rescan, ScanEnded, Seen, Trust
from app.listing.half_written import HalfWritten
from app.listing.index import Index
from app.listing.index_files import remove_unused
from app.listing.judging import Judging
from app.listing.ledger import Ledger
from app.listing.looks import PIECE_SECONDS, Looks
from app.listing.newest import PAGE
from app.listing.precedents import look_back
from app.listing.questions import Questions
from app.listing.reach import time_text, tried
from app.listing.walk import THREADS, Walk, Walks
from app.session import Summary
from app.session_errands import LookBack
from app.value_errands import CountNames, Match, Question, ShowValues, Trace
from app.watch.networks import is_remote

RESCAN_SECONDS = 10.0
RESTING_SHARE = 20  # a walk may take a twentieth of the time, however large the folder
TRUSTING_SHARE = 1000  # and a thousandth where every change is heard, and every loss of one is noticed
BATCH = 500
WRITTEN_AFTER_MS = 500  # of what single looks found; till then a frame has been painted, and more has come


class Rounds(QObject):
    """The rounds through one folder. `answered` carries the answers of `folder_errands` and `value_errands`.

    `cache` is the folder for what is to be known at the next start, None for nothing; `ask` puts an errand at
    the end of the worker's row, `closing` says whether the worker is to end.
    """

    answered = Signal(object)

    def __init__(
        self,
        root: str,
        rescan_seconds: float,
        cache: Path | None,
        ask: Callable[[object], None],
        closing: Callable[[], bool],
        parent: QObject,
        large: Large | None = None,
        idle: Callable[[], bool] = lambda: True,
        give_way: Callable[[], None] = lambda: None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._give_way = give_way
        self._clock = clock
        self._large = large
        self._root = root
        self._rescan_seconds = rescan_seconds
        self._cache = cache
        self._closing = closing
        self._forgetting = False
        self._ledger: Ledger | None = None
        self._remembered: Iterator[Summary] = iter(())
        self._page = PAGE
        self._walks = Walks()
        self._progress: Progress | None = None
        self._threads = 1
        self._as_network = False
        self._trusting = False
        self._half_written = HalfWritten(self._look_at, self)
        self._questions = Questions(root, self, self._summary)
        self._questions.answered.connect(self.answered)
        self._questions.searched.connect(self._write)
        self._judging = Judging(
            lambda: self._known, self._questions, self._tell_judged, self._write, self, idle, give_way
        )
        self._looks = Looks(
            root, lambda: self._known, self._walks, self._judging,
            below=self._look_below, later=self._judge_later, forget=self._forget, again=ask, idle=idle,
            give_way=give_way,
        )  # fmt: skip
        self._pieces = self._timer(self._walk_on, again=True)
        self._next = self._timer(self._rescan)
        self._writing = self._timer(self._write)

    def do(self, errand: Rescan | Look | Trust | Forget | LookBack | Question) -> None:
        """What is asked about the list."""
        match errand:
            case Rescan():
                self._rescan()
            case Look():
                self._look_at(sorted(errand.directories))
            case Trust():
                self._trusting, self._as_network = errand.events, errand.as_network
                if not errand.events and self._next.remainingTime() > self._rescan_seconds * 1000:
                    self._next.start(round(self._rescan_seconds * 1000))
            case Forget():
                self._forgetting = True
            case Match() | ShowValues() | CountNames():
                self._questions.ask(errand, self._known.values())
            case Trace():
                self._questions.trace(errand, self._known.summaries(), self._known.values_of)
            case LookBack():
                self.answered.emit(look_back(errand, self._known))

    def end(self) -> None:
        """Stop, and let go of threads and files."""
        self._questions.end()
        self._judging.pause()
        self._half_written.end()
        for timer in (self._pieces, self._next, self._writing):
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
            self._ledger = Ledger(Index(self._cache, self._root), self._root, self._large, self._give_way)
            if self._cache is not None:
                remove_unused(self._cache)
            self._ledger.recall()
            self._remembered = self._ledger.remember()
        return self._ledger

    def _summary(self, directory: str) -> Summary | None:
        return self._known.get(directory)

    # ---- the whole folder, in pieces

    @Slot()
    def _rescan(self) -> None:
        if self._walks.want(self._root):
            return
        self._next.start(round(self._rescan_seconds * 1000))  # whatever goes wrong, it is tried again
        seen = tried(self._root, self._known, self._clock)
        self.answered.emit(seen)
        if not seen.available:
            self._tell_remembered()
            return
        self._judging.pause()
        self._threads = THREADS if self._as_network or is_remote(self._root) else 1
        self._progress = None
        self._begin(self._walk_through(self._root))
        self._next.stop()

    def _tell_remembered(self) -> None:
        """Of a folder that is out of reach, what is known is all there is to show."""
        _ = self._known
        while remembered := tuple(islice(self._remembered, BATCH)):
            self.answered.emit(Seen(self._root, self._root, remembered))

    def _walk_through(self, folder: str) -> Walk:
        return Walk(folder, self._known, self._closing, self._threads, self._give_way)

    def _begin(self, walk: Walk) -> None:
        self._walks.begin(walk)
        self._pieces.start(0)

    @Slot()
    def _walk_on(self) -> None:
        """What is remembered is told first; then the walks go on, in turns."""
        if not self._walks:  # an error ended the last one before its end was told
            self._pieces.stop()
            return
        walk = self._walks.next()
        if walk.folder == self._root and (remembered := tuple(islice(self._remembered, self._page))):
            self._page = BATCH
            self.answered.emit(Seen(self._root, self._root, remembered))
            return
        summaries, ended = walk.piece(PIECE_SECONDS, BATCH)
        self._walks.note(walk.met)
        if self._closing():
            return
        seen = self._ended(walk, summaries) if ended else self._on_the_way(walk, summaries)
        if seen is not None:
            self._tell(seen)
        if not self._walks:
            self._pieces.stop()

    def _on_the_way(self, walk: Walk, summaries: tuple[Summary, ...]) -> Seen | None:
        if walk.folder == self._root:
            self._tell_progress(Progress(self._root, len(walk.seen), walk.read, walk.expected))
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
        if walk.failed or (gone and not tried(self._root, self._known, self._clock).available):
            self._rescan()  # out of reach is not gone
            gone = frozenset()
        elif wanted:
            self._begin(self._walk_through(walk.folder))
        self._forget(gone)
        self._judge_later(summaries)
        return Seen(self._root, walk.folder, summaries, gone=gone) if summaries or gone else None

    def _end_whole(self, walk: Walk, summaries: tuple[Summary, ...], *, wanted: bool) -> None:
        reached = tried(self._root, self._known, self._clock)
        sure = reached.available and not walk.failed
        missing = {one for one in self._known.directories if one not in walk.seen}  # no long call into C
        away = walk.out_of_reach(missing)
        self._give_way()
        if sure:
            self._forget(missing - away.keys())
        here = frozenset(walk.seen.union(away) if away else walk.seen) if sure else None
        self._tell(Seen(self._root, self._root, summaries, all=here))
        self._give_way()
        took = time.monotonic() - walk.began
        rest = self._rest_after(took)
        ended = ScanEnded(
            self._root, time_text(self._clock()), tuple(sorted(set(away.values()))), took + rest
        )
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
        self._walks.note([one.directory for one in summaries])
        self._tell(Seen(self._root, self._root, summaries))

    def _tell_progress(self, progress: Progress) -> None:
        if progress != self._progress:  # others may be looking, and have found nothing for a while
            self._progress = progress
            self.answered.emit(progress)

    @Slot()
    def _write(self) -> None:
        """Keep what is known now, in pieces, and tell what follows from it."""
        if not self._known.write(PIECE_SECONDS):
            self._writing.start(0)
        if self._known.take_loss() and self._root not in self._walks:
            self._judging.begin(self._known.not_surveyed()[::-1])
        self._questions.tell()

    def _forget(self, gone: Collection[str]) -> None:
        self._known.forget(gone)
        self._walks.forget(gone)
        for directory in gone:
            self._questions.note(directory, None)

    # ---- single sessions

    def _look_at(self, directories: list[str]) -> None:
        """Look at these, and tell what came of it; what is kept for the next start is kept soon."""
        if (seen := self._looks.at(directories)) is not None:
            self._tell(seen)
        self._questions.tell()
        if not self._writing.isActive():
            self._writing.start(WRITTEN_AFTER_MS)

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
        if self._closing():
            walk.end()
            return None
        if ended:
            return self._ended(walk, summaries)
        self._begin(walk)
        return self._on_the_way(walk, summaries)

    def _tell(self, seen: Seen) -> None:
        self._half_written.take(seen.summaries, self._known.directories)
        self.answered.emit(seen)

    def _timer(self, slot: Callable[[], None], *, again: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(not again)
        timer.timeout.connect(slot)
        return timer

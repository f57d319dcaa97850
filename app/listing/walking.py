"""Walks through one watched folder, and through parts of it, again and again.

One idea: the walk is the truth, whether events come or not. A walk through the whole folder makes the list
truer in three steps: what was known in earlier times is told at once; the folder is walked through, and what
changed since is read at a glance; what was only glanced at is then read wholly, without haste. What a walk
did not meet is gone, where all there is could be met. All of it is done in pieces between other errands, so
that opening and saving never wait for it.

Lives on the thread of its worker. Not for one walk (see `walk`), what follows from what it finds (`tidings`),
when the next begins (`rests`), nor for single sessions (`looks`).
"""

import time
from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.folder_errands import Progress, RootSeen, ScanEnded, Seen, Trust
from app.listing.host import PIECE_SECONDS, Host
from app.listing.ledger import Ledger
from app.listing.newest import PAGE
from app.listing.reach import time_text, tried
from app.listing.rests import Rests
from app.listing.tidings import Tidings
from app.listing.walk import THREADS, Walk, Walks
from app.session import Summary
from app.watch.networks import is_remote

BATCH = 500


class Walking(QObject):
    """The walks through one folder. `answered` carries RootSeen, Progress and ScanEnded, and Seen of what is
    known of earlier times; what is found now is told by `tidings`.
    """

    answered = Signal(object)

    def __init__(
        self,
        root: str,
        rescan_seconds: float,
        ledger: Callable[[], Ledger],
        walks: Walks,
        tidings: Tidings,
        host: Host,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._root = root
        self._ledger = ledger
        self._walks = walks
        self._tidings = tidings
        self._host = host
        self._rests = Rests(rescan_seconds, self.rescan, self)
        self._remembered = self._pages()
        self._progress: Progress | None = None
        self._threads = 1
        self._as_network = False
        self._pieces = QTimer(self)
        self._pieces.timeout.connect(self._walk_on)

    def trust(self, errand: Trust) -> None:
        """Say whether every change is heard, and whether the folder is of another computer in any case."""
        self._as_network = errand.as_network
        self._rests.trust(events=errand.events)

    @Slot()
    def rescan(self) -> None:
        """Walk through the whole folder, after the walk through it that is under way."""
        if self._walks.want(self._root):
            return
        self._rests.begin()  # whatever goes wrong, it is tried again
        seen = self._tried()
        self.answered.emit(seen)
        if not seen.available:
            for page in self._remembered:  # out of reach, it is all there is to show
                self.answered.emit(page)
            return
        self._tidings.judging.pause()
        self._threads = THREADS if self._as_network or is_remote(self._root) else 1
        self._progress = None
        self._begin(self._walk_through(self._root))
        self._rests.stop()

    def below(self, folder: str) -> Seen | None:
        """Look at the sessions below a folder at a glance; many in pieces, of which this is the first.

        None when there is nothing to tell yet.
        """
        if folder == self._root:
            self.rescan()
            return None
        if self._walks.want(folder):
            return None
        walk = self._walk_through(folder)
        summaries, ended = self._piece_of(walk)
        if self._host.is_closing():
            walk.end()
            return None
        if ended:
            return self._ended(walk, summaries)
        self._begin(walk)
        return self._on_the_way(walk, summaries)

    def end(self) -> None:
        """Stop, and let go of threads."""
        self._pieces.stop()
        self._rests.stop()
        self._walks.end()

    # ---- in pieces

    def _walk_through(self, folder: str) -> Walk:
        host = self._host
        return Walk(folder, self._ledger(), host.is_closing, self._threads, host.give_way, host.starts)

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
        if walk.folder == self._root and (page := next(self._remembered, None)) is not None:
            self.answered.emit(page)
            return
        summaries, ended = self._piece_of(walk)
        if self._host.is_closing():
            return
        seen = self._ended(walk, summaries) if ended else self._on_the_way(walk, summaries)
        if seen is not None:
            self._tidings.tell(seen)
        if not self._walks:
            self._pieces.stop()

    def _piece_of(self, walk: Walk) -> tuple[tuple[Summary, ...], bool]:
        summaries, ended = walk.piece(PIECE_SECONDS, BATCH)
        self._walks.note(walk.met)
        return summaries, ended

    def _pages(self) -> Iterator[Seen]:
        """What was known in earlier times: a page for the first picture, then more at once."""
        remembered, most = self._ledger().remember(), PAGE
        while summaries := tuple(islice(remembered, most)):
            yield Seen(self._root, self._root, summaries)
            most = BATCH

    def _on_the_way(self, walk: Walk, summaries: tuple[Summary, ...]) -> Seen | None:
        if walk.folder == self._root:
            self._tell_progress(Progress(self._root, len(walk.seen), walk.read, walk.expected))
        else:
            self._tidings.judge_later(summaries)
        return Seen(self._root, walk.folder, summaries) if summaries else None

    def _tell_progress(self, progress: Progress) -> None:
        if progress != self._progress:  # others may be looking, and have found nothing for a while
            self._progress = progress
            self.answered.emit(progress)

    # ---- at its end

    def _ended(self, walk: Walk, summaries: tuple[Summary, ...]) -> Seen | None:
        """What was not met is gone, where all there is could be met. None where there is no more to tell."""
        wanted = self._walks.finish(walk)
        if walk.folder == self._root:
            self._end_whole(walk, summaries, wanted=wanted)
            return None
        missing = self._ledger().below(walk.folder) - walk.seen
        gone = missing - walk.out_of_reach(missing).keys()
        if walk.failed or (gone and not self._tried().available):
            self.rescan()  # out of reach is not gone
            gone = frozenset()
        elif wanted:
            self._begin(self._walk_through(walk.folder))
        self._tidings.forget(gone)
        self._tidings.judge_later(summaries)
        return Seen(self._root, walk.folder, summaries, gone=gone) if summaries or gone else None

    def _end_whole(self, walk: Walk, summaries: tuple[Summary, ...], *, wanted: bool) -> None:
        reached = self._tried()
        sure = reached.available and not walk.failed
        missing = {one for one in self._ledger().directories if one not in walk.seen}  # no long call into C
        away = walk.out_of_reach(missing)
        self._host.give_way()
        if sure:
            self._tidings.forget(missing - away.keys())
        here = frozenset(walk.seen.union(away) if away else walk.seen) if sure else None
        self._tidings.tell(Seen(self._root, self._root, summaries, all=here))
        self._host.give_way()
        took = time.monotonic() - walk.began
        rest = self._rests.after(took)
        ended = ScanEnded(self._root, self._now(), tuple(sorted(set(away.values()))), took + rest)
        self.answered.emit(ended if sure else reached)
        self._rests.begin(0 if wanted else rest)
        self._tidings.write()
        self._tidings.judge_all(away)

    def _tried(self) -> RootSeen:
        return tried(self._root, self._ledger(), self._host.clock)

    def _now(self) -> str:
        return time_text(self._host.clock())

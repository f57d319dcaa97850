"""Sessions of one folder are read wholly: at once where somebody looks, without haste behind a glance.

One idea: a glance is enough to list a session; only who has read it wholly knows that it is sound, and what
its values are. That takes turns with everything else that the worker does, a little at a time. Many sessions
are read by a program of ours; what it says of one counts where nobody here has learned anything of it since
it was asked, and what it leaves is read here.

Lives on the thread of its worker. Not for what is known (see `ledger`), nor for which sessions there are (see
`walk`).
"""

import time
from collections.abc import Callable, Iterable
from itertools import chain

from PySide6.QtCore import QObject, QTimer, Slot

from app.files.apart import NotWanted
from app.listing.ledger import Ledger
from app.listing.lookers import Unread
from app.listing.questions import Questions
from app.listing.scouts import Scout
from app.listing.starts import Starts
from app.listing.steps import Step
from app.listing.walkers import NobodyWalks, Walkers
from app.session import Summary
from persistence.scan import Site, site_at

UNHURRIED_SECONDS = 0.01  # of reading, and then as long a rest
MANY = 1000
"""Sessions. More than these are left to a program of ours, which needs no rest."""

_AT_ONCE = 50  # sessions that it is told: some ten milliseconds
REST_MS = 250  # where much is to be done otherwise


class Judging(QObject):
    """Reads wholly. `tell` is called with what turned out to be different, `ended` when nothing waits.

    `idle` says whether nobody waits for the worker, so that a large session may take its time.
    """

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        questions: Questions,
        tell: Callable[[tuple[Summary, ...]], None],
        ended: Callable[[], None],
        parent: QObject,
        idle: Callable[[], bool] = lambda: True,
        give_way: Callable[[], None] = lambda: None,
        starts: Starts | None = None,
    ) -> None:
        super().__init__(parent)
        self._give_way = give_way
        self._starts = starts or Starts()
        self._idle = idle
        self._ledger = ledger
        self._questions = questions
        self._tell = tell
        self._ended = ended
        self._waiting: list[str] = []
        self._left: list[str] = []  # by the program, which is not asked for them again
        self._apart: Walkers | None = None
        self._scout: Scout | None = None
        self._asked: dict[str, Summary | None] = {}
        self._may_send = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._read_some)

    @property
    def busy(self) -> bool:
        """Whether sessions are being read."""
        return self._timer.isActive()

    def read(self, site: Site, wanted: Callable[[], bool] = lambda: True) -> Summary | None:
        """Read a session wholly, and see whether it meets the conditions now; None when it is none.

        Raises NotWanted when a large one, which takes its time, is not `wanted` any more.
        """
        known = self._ledger().survey(site, wanted)
        self._questions.note(site.directory, known.attributes if known is not None else None)
        return known.summary if known is not None else None

    def add(self, directories: Iterable[str]) -> None:
        """Read these before all others, as soon as `begin` was called."""
        self._waiting += directories

    def begin(self, directories: Iterable[str] = ()) -> None:
        """Read what waits; where some are given, these instead, the last one first."""
        given = list(directories)
        if given:
            self._leave()
            self._waiting, self._left, self._may_send = given, [], True
        if given or not self._rests:
            self._timer.start(0)

    def rest(self) -> None:
        """Others have much to do: read what waits, but rest for longer before the next of it.

        A rest is not begun anew, or who is asked for one often enough would never read again.
        """
        if self._timer.isActive() and not self._rests:
            self._timer.start(REST_MS)

    def pause(self) -> None:
        """Leave it until `begin` is called."""
        self._timer.stop()
        self._leave()

    @property
    def _rests(self) -> bool:
        return self._timer.isActive() and self._timer.interval() == REST_MS

    @Slot()
    def _read_some(self) -> None:
        until, told = time.monotonic() + UNHURRIED_SECONDS, list[Summary]()
        try:
            while (some := self._some()) is not None:
                told += some
                if time.monotonic() > until:
                    break
                self._give_way()
        finally:  # what is kept is told, whatever came after it
            if told:
                self._tell(tuple(told))
        self._questions.tell_sometimes()
        self._timer.setInterval(round(UNHURRIED_SECONDS * 1000))
        if not (self._waiting or self._left or self._apart):
            self._timer.stop()
            self._ended()

    def _some(self) -> Iterable[Summary] | None:
        """What is different of the next ones; None where there are none now."""
        hang = self._starts.hang  # then what waits for a program is read here
        if len(self._waiting) > MANY and self._may_send and not hang:
            self._send()
        if self._apart is not None:
            if found := self._apart.next(0.0):
                return chain.from_iterable(map(self._taken, found))
            if self._apart.ended or hang:
                self._leave()
        here = self._waiting or self._left
        return self._judged(here.pop()) if here else None

    # ---- in a program of ours

    def _send(self) -> None:
        """Leave what waits to it, unless there are no threads for that."""
        if self._apart is not None and self._apart.add(self._waiting):
            self._waiting = []
            return
        self._leave()
        if not self._may_send:
            return
        waiting, self._waiting = self._waiting, []
        known, asked = self._ledger(), dict[str, Summary | None]()

        def note(directory: str) -> None:
            """What is known of a session when it is asked for, on the thread that asks; of two answers that
            are under way none counts.
            """
            asked[directory] = None if directory in asked else known.get(directory)

        self._scout = Scout(
            known.root, note, Unread(), wholly=True, give_way=self._give_way, starts=self._starts
        )
        self._asked = asked
        try:
            self._apart = Walkers(waiting, [self._scout], _AT_ONCE)
        except NobodyWalks:
            self._waiting, self._may_send = waiting, False

    def _leave(self) -> None:
        """Ask it no more; what it did not tell yet waits here. One that was lost is not started again."""
        if self._apart is not None and self._scout is not None:
            self._waiting = [*self._apart.end(), *self._waiting]
            self._may_send = not self._scout.lost
        self._apart = self._scout = None

    def _taken(self, step: Step) -> Iterable[Summary]:
        """The session, where it is different from what is known."""
        directory, ledger = step.folder, self._ledger()
        before, asked = ledger.get(directory), self._asked.pop(directory, None)
        if before is None or ledger.is_judged(directory):
            return ()
        if step.known is None or before is not asked:
            self._left.append(directory)
            return ()
        ledger.take(step.known)
        self._questions.note(directory, step.known.attributes)
        return () if step.known.summary == before else (step.known.summary,)

    def _judged(self, directory: str) -> Iterable[Summary]:
        """A session that is still to be read, where it is different from what is known."""
        known = self._ledger()
        before = None if known.is_judged(directory) else known.get(directory)
        site = None if before is None else site_at(directory)
        try:
            summary = None if site is None else self.read(site, self._idle)
        except NotWanted:  # somebody waits for something else
            self._waiting.insert(0, directory)
            return ()
        return () if summary is None or summary == before else (summary,)

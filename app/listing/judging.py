"""Sessions of one folder are read wholly: at once where somebody looks, without haste behind a glance.

One idea: a glance is enough to list a session; only who has read it wholly knows that it is sound, and what
its values are. That takes turns with everything else that the worker does, a little at a time.

Lives on the thread of its worker. Not for what is known (see `ledger`), nor for which sessions there are (see
`walk`).
"""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Slot

from app.files.apart import NotWanted
from app.listing.ledger import Ledger
from app.listing.questions import Questions
from app.session import Summary
from persistence.scan import Site, site_at

UNHURRIED_SECONDS = 0.01  # of reading, and then as long a rest
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
    ) -> None:
        super().__init__(parent)
        self._give_way = give_way
        self._idle = idle
        self._ledger = ledger
        self._questions = questions
        self._tell = tell
        self._ended = ended
        self._waiting: list[str] = []
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
        self._waiting = given or self._waiting
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

    @property
    def _rests(self) -> bool:
        return self._timer.isActive() and self._timer.interval() == REST_MS

    @Slot()
    def _read_some(self) -> None:
        until, told = time.monotonic() + UNHURRIED_SECONDS, list[Summary]()
        while self._waiting:
            self._give_way()
            told += self._judged(self._waiting.pop())
            if time.monotonic() > until:
                break
        if told:
            self._tell(tuple(told))
        self._questions.tell_sometimes()
        self._timer.setInterval(round(UNHURRIED_SECONDS * 1000))
        if not self._waiting:
            self._timer.stop()
            self._ended()

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

"""Cells of the columns by choice, taken in without holding up a frame, and followed by the list.

One idea: cells come for a hundred thousand sessions within seconds. They are taken in in slices; what is
shown is shown at once, and an order or a search that looks at them follows a little later, again in slices.
Not for what they are (`extras`).
"""

import time
from collections.abc import Callable, Generator, Sequence

from PySide6.QtCore import QObject, Qt, QTimer

from app.models.pieces import Pieces
from app.models.sessions.arrivals import SESSIONS_TAKEN
from app.models.sessions.known import KnownSessions
from app.models.sessions.shape_work import SHORT_LIST
from app.values.cells import Cell

SHOWN_MS = 100
"""After cells became others, until they are shown; more may come meanwhile."""
FOLLOWED_MS = 500
"""The same, until order and search follow; at the latest after LATEST seconds."""
LATEST = 3.0


class CellArrivals(QObject):
    """What waits to be taken in. `shown` is called when rows look different, `follow` some time later; in a
    short list, both at once.
    """

    def __init__(
        self, known: KnownSessions, shown: Callable[[], None], follow: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._known = known
        self._waiting: dict[str, Sequence[Cell | None]] = {}
        self._pieces = Pieces(self)
        self._pieces.failed.connect(self._tell_others, Qt.ConnectionType.QueuedConnection)
        self._since = 0.0
        self._shown = self._timer(shown)
        self._follow = self._timer(follow)

    @property
    def busy(self) -> bool:
        """Whether anything waits, or is to be followed."""
        return bool(self._waiting) or self._pieces.busy or self._follow.isActive() or self._shown.isActive()

    def take(self, rows: Sequence[tuple[str, Sequence[Cell | None]]]) -> None:
        """Take in what the sessions in these directories have, now or in slices."""
        self._waiting.update(rows)
        if not self._pieces.busy:
            self._pieces.begin(self._taken_in(), self._tell, whole=self._is_short())

    def drop(self) -> None:
        """Nobody wants what waits any more."""
        self._waiting.clear()
        self._pieces.drop()
        self._shown.stop()
        self._follow.stop()

    def later(self) -> None:
        """Let order and search follow, when no more has come for a while."""
        if self._is_short():
            self._follow.start(0)
            return
        if not self._follow.isActive():
            self._since = time.monotonic()
        if not self._follow.isActive() or time.monotonic() - self._since < LATEST:
            self._follow.start(FOLLOWED_MS)

    def _taken_in(self) -> Generator[None, None, bool]:
        different, count = False, 0
        while self._waiting:
            directory, cells = self._waiting.popitem()
            different = self._known.extras.take(directory, cells) or different
            count += 1
            if count % SESSIONS_TAKEN == 0:
                yield
        return different

    def _tell_others(self) -> None:
        """One could not be taken in: that must not keep those after it."""
        if not self._pieces.busy:
            self._tell(different=True)

    def _tell(self, different: bool) -> None:
        if self._waiting:  # since the last slice
            self.take(())
        if different:
            if not self._shown.isActive():
                self._shown.start(0 if self._is_short() else SHOWN_MS)
            self.later()

    def _is_short(self) -> bool:
        return len(self._waiting) + len(self._known.roster) <= SHORT_LIST

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

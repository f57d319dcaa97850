"""What the catalog tells the list, taken in without holding up a frame.

One idea: a short list takes a page at once; what is more is taken in in slices, as it arrives, and shown
together, one batch and then a rest, until that is on the screen. The last word about a session counts, those
before it are never shown. Not for comparing: `known` does.
"""

import time
from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, Qt, QTimer

from app.models.pieces import Pieces
from app.models.sessions.known import KnownSessions
from app.models.sessions.shape_work import SHORT_LIST
from app.session import Delta, Summary

FRAME_MS = 16
_SHOWN_EVERY = 0.05
"""Seconds after which a long backlog is shown as far as it was taken in."""
PAGE = 100
"""Sessions that are taken in at once, in a list that is short: a page."""
SESSIONS_TAKEN = 16
"""Sessions between two looks at the clock."""


class Arrivals(QObject):
    """What waits to be taken in; `settle` is called to show it, and not while the list is `held`."""

    def __init__(
        self, known: KnownSessions, settle: Callable[[], None], held: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._known = known
        self._settle = settle
        self._held = held
        self._waiting: dict[str, Summary | None] = {}
        self._pieces = Pieces(self)
        self._pieces.failed.connect(self._show_others, Qt.ConnectionType.QueuedConnection)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.go_on)

    @property
    def busy(self) -> bool:
        """Whether anything waits, or was just shown."""
        return bool(self._waiting) or self._pieces.busy or self._rest.isActive()

    def take(self, delta: Delta) -> None:
        """Take in a delta, now or with the next batch."""
        for summary in (*delta.added, *delta.changed):
            self._waiting[summary.directory] = summary
        for directory in delta.removed:
            self._waiting[directory] = None
        self.go_on()

    def go_on(self) -> None:
        """Take in what waits, unless it has to wait a little more."""
        few = len(self._waiting) <= PAGE
        short = few and len(self._known.roster) + len(self._waiting) <= SHORT_LIST
        may = short or not (self._rest.isActive() or self._pieces.busy or self._held())
        if self._waiting and may:
            seconds = float("inf") if short else _SHOWN_EVERY
            self._pieces.begin(self._taken_in(seconds), self._show, whole=short)

    def _taken_in(self, seconds: float) -> Generator[None, None, None]:
        until, count = time.monotonic() + seconds, 0
        while self._waiting and time.monotonic() < until:
            directory, summary = self._waiting.popitem()
            if summary is None:
                self._known.remove(directory)
            else:
                self._known.put(summary)
            count += 1
            if count % SESSIONS_TAKEN == 0:
                yield
                if self._held():  # since the last slice: what is on its way knows the rows as they are
                    return

    def _show_others(self) -> None:
        """One could not be taken in, or not be shown: that must not keep those after it."""
        if not self._pieces.busy:
            self._show(None)

    def _show(self, _: object) -> None:
        self._rest.start(FRAME_MS)
        self._settle()

"""The list follows its choices without holding up a frame.

One idea: a long list is shaped in slices between frames. Until all is ready the rows stay as they were, then
they become the others in one go. Whatever is chosen or told meanwhile is followed too, before anything is
shown. Not for what follows (`shape`), nor for searching, which ends in a choice like others (`searching`).
"""

from collections.abc import Callable, Collection
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.models.sessions.groups import Arranged
from app.models.sessions.known import KnownSessions
from app.models.sessions.shape import Shape
from app.models.sessions.shape_work import ShapeWork

Show = Callable[[Arranged, Collection[int], Collection[int]], None]
"""Makes these the lines: rows that came, went or moved, and rows that were written, are named."""


class Shaping(ShapeWork):
    """Follows one shape. `ended`: what is shown is what follows; where it `failed`, the rows stay."""

    ended = Signal()

    def __init__(
        self, known: KnownSessions, shape: Shape, show: Show, today: Callable[[], date], parent: QObject
    ) -> None:  # fmt: skip
        super().__init__(known, shape, parent)
        self._show_lines = show
        self._now_today = today
        self.today = today()

    def begin(self) -> None:
        """Follow what was chosen or told: a short list at once."""
        self.today = self._now_today()
        self._work(self._shape.following(self.today), self._show)

    def finish(self) -> None:
        """Show now what follows, for whoever cannot wait."""
        self._pieces.finish()

    def fold(self) -> None:
        """Groups were folded or opened: show that at once, whatever is on its way."""
        self._show_lines(self._shape.folded(), (), ())
        if self.busy:
            self.begin()

    def _show(self, arranged: Arranged) -> None:
        news = self._shape.shown()
        self._show_lines(arranged, news.placed, news.written)
        if not (self.busy or self._known.changes.gone):
            self._known.roster.release()
        self.ended.emit()

"""A link in a line of words that gives way: in little room it says in fewer words where it leads, if it can.

One idea: how long the name is that a link leads to never says how wide what is around it must be. Not for
buttons with a frame (`widgets`).
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.views.parts.widgets import Button
from app.views.style.theme import Theme
from app.words.plain import tip

_LEAST = 60
_TO_PRESS = 24
_NO_LIMIT = 16777215  # QWIDGETSIZE_MAX


class Link(Button):
    """The whole words stand in the tool tip where they are cut, and are what screen readers say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", kind="inline")
        self._head = self._whole = ""
        self._shorter: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_whole(self, head: str, name: str, *shorter: str) -> None:
        """Show these words, which are never cut, and the name behind them. Where that has no room, the first
        of those that are `shorter` and have it; else both ends of the name.
        """
        self._head, self._whole, self._shorter = head, f"{head}{name}", shorter
        self.updateGeometry()
        self._fit()

    @property
    def widths(self) -> tuple[int, ...]:
        """What the whole words need, and each that are shorter."""
        advance, px = self.fontMetrics().horizontalAdvance, self._theme.px
        return tuple(max(px(_TO_PRESS), advance(one) + px(2)) for one in (self._whole, *self._shorter))

    def set_room(self, width: int | None) -> None:
        """Take no more than this, for the sake of others; None: as much as there is."""
        self.setMaximumWidth(_NO_LIMIT if width is None else width)

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        return QSize(self.widths[0], super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(self._theme.px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, name = self.fontMetrics(), self._whole.removeprefix(self._head)
        room = self.width() - metrics.horizontalAdvance(self._head)
        cut = self._head + metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        words = (self._whole, *self._shorter)
        fitted = next((one for one in words if metrics.horizontalAdvance(one) <= self.width()), cut)
        self.set_words(fitted.replace("&", "&&"))
        self.setAccessibleName(self._whole)
        self.setToolTip(tip(self._whole) if fitted != self._whole else "")

"""Tabs that close up where there is little room, and that stand still when a number comes behind one's name.

One idea: each tab has room for the widest that it may say, and all of them together are as far apart as they
can be in the width that there is, in smaller and lighter letters at last; only where not even these have
room, they scroll: closer, they would read like a sentence. Not for which tabs there are.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QTabBar, QTabWidget

from app.views.parts.widgets import polish
from app.views.style.fonts import Role
from app.views.style.theme import Theme

LEFT = 4  # pixels of the grid before the first tab, as the stylesheet says
_ROUNDED = 1  # pixel, by which Qt makes a tab wider than its words


class Closeness(NamedTuple):
    """How tabs stand: `padding` in pixels of the grid at both sides of their words, as the stylesheet has it
    for each; the font of the words; and whether room is kept for numbers.
    """

    padding: int
    font: Role
    keeps_room: bool = True


CLOSENESS = (
    Closeness(13, "strong"),
    Closeness(7, "strong"),
    Closeness(5, "strong"),
    Closeness(5, "small_strong"),
    Closeness(5, "small_strong", keeps_room=False),
    Closeness(5, "small", keeps_room=False),
    Closeness(5, "pill", keeps_room=False),
)


class FittingTabs(QTabWidget):
    """A tab widget whose bar closes up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bar = _Bar()
        self.setTabBar(self._bar)
        self._stand(CLOSENESS[0])

    def name_tab(self, position: int, text: str, widest: str) -> None:
        """Let a tab say something, in the room of the `widest` that it may say; Qt would lay all of them out
        anew for what it says already.
        """
        if (self.tabText(position), self._bar.tabData(position)) == (text, widest):
            return
        self.setTabText(position, text)
        self._bar.setTabData(position, widest)
        self.fit()

    def fit(self) -> None:
        """Stand as far apart as there is room."""
        fitting = (one for one in CLOSENESS if self._needed(one) <= self.width())
        self._stand(next(fitting, CLOSENESS[-1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width."""
        super().resizeEvent(event)
        self.fit()

    def tabInserted(self, index: int) -> None:
        """The others may have less room now."""
        super().tabInserted(index)
        self.fit()

    def tabRemoved(self, index: int) -> None:
        """The others may have more room now."""
        super().tabRemoved(index)
        self.fit()

    def _needed(self, how: Closeness) -> int:
        px, metrics, places = self._theme.px, QFontMetrics(self._theme.font(how.font)), range(self.count())
        said = ((self._bar.words(place, widest=how.keeps_room), self.tabText(place)) for place in places)
        return px(LEFT) + sum(
            max(map(metrics.horizontalAdvance, words)) + 2 * px(how.padding) + _ROUNDED for words in said
        )

    def _stand(self, how: Closeness) -> None:
        bar, font = self._bar, self._theme.font(how.font)
        if (bar.property("padding"), bar.keeps_room, bar.font()) != (how.padding, how.keeps_room, font):
            bar.setProperty("padding", how.padding)
            bar.keeps_room = how.keeps_room
            bar.setFont(font)
            polish(bar)
            QApplication.sendEvent(
                bar, QEvent(QEvent.Type.StyleChange)
            )  # else they stay as wide as they were


class _Bar(QTabBar):
    def __init__(self) -> None:
        super().__init__()
        self.keeps_room = True
        self.setElideMode(Qt.TextElideMode.ElideNone)

    def words(self, position: int, *, widest: bool) -> str:
        """What a tab says, or the widest that it may say."""
        return str((widest and self.tabData(position)) or self.tabText(position))

    def tabSizeHint(self, index: int) -> QSize:
        """As wide as the widest that it may say."""
        hint, wanted = super().tabSizeHint(index), self.words(index, widest=self.keeps_room)
        return hint + QSize(max(0, self._width(wanted) - self._width(self.tabText(index))), 0)

    def _width(self, words: str) -> int:
        """As Qt itself measures them."""
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, words).width()

"""The legend of a trend: which mark stands for what, of those that are there.

One idea: what is not in the plot is not explained. Not for the marks themselves (`marks`).
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.models.trend.points import Trend
from app.views.parts.widgets import Glyph, Label
from app.views.style.theme import Theme
from app.views.trend.marks import ALL, EDIT, OWN, PointMark, mark_of


class Legend(QWidget):
    """Glyphs with their words, in one line where there is room, else in more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entries: dict[PointMark, QWidget] = {}
        self._there: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._theme = theme
        theme.changed.connect(self._arrange_anew)
        for mark in ALL:
            entry = QWidget(self)
            inside = QHBoxLayout(entry)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(theme.px(7))
            inside.addWidget(Glyph(theme, mark.icon, mark.color, 12))
            inside.addWidget(Label(theme, mark.word, "small", "muted"))
            inside.addStretch(1)
            self._entries[mark] = entry

    @property
    def wanted_width(self) -> int:
        """Pixels in which all stands in one line."""
        gap = self._grid.horizontalSpacing()
        return sum(entry.sizeHint().width() + gap for entry in self._there)

    def show_trend(self, trend: Trend) -> None:
        """Explain the marks of this trend."""
        drawn = [point for point in trend.points if point.value.height is not None]
        there = {mark_of(point.status.kind) for point in drawn if not point.own}
        if any(point.own for point in drawn):
            there.add(OWN)
        if trend.edit is not None and trend.edit.height is not None:
            there.add(EDIT)
        for mark, entry in self._entries.items():
            entry.setVisible(mark in there)
        self._there = [entry for mark, entry in self._entries.items() if mark in there]
        self._arrange_anew()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one of them."""
        return QSize(max((one.sizeHint().width() for one in self._there), default=0), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in as many lines as it takes."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange_anew(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.px(18))
        self._grid.setVerticalSpacing(self._theme.px(4))
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        widest = max((one.sizeHint().width() for one in self._there), default=1)
        fit = max(
            1, (self.width() + self._grid.horizontalSpacing()) // (widest + self._grid.horizontalSpacing())
        )
        columns = len(self._there) if self.wanted_width <= self.width() else fit
        if columns == self._columns:
            return
        for column in range(len(ALL) + 1):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for place, entry in enumerate(self._there):
            self._grid.addWidget(entry, place // columns, place % columns)
        self._grid.setColumnStretch(columns, 1)

"""The page of shortcuts: keys under the titles of their menus, in two columns where there is room.

One idea: all of it can be seen at once, because one looks for a key and does not read. Not for which keys
there are (`app.views.shortcuts`).
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from app.views.parts.nesting import nest
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.shortcuts import Section
from app.views.style.theme import Theme

_WIDTH = 940


class ShortcutsSheet(Sheet):
    """Sections of keys, and a button that closes."""

    def __init__(self, theme: Theme, window: QWidget, sections: Sequence[Section]) -> None:
        super().__init__(theme, window, "keyboard-outline", "Keyboard shortcuts", "", _WIDTH)
        px = theme.px
        self._columns = QHBoxLayout(self.body)
        self._columns.setContentsMargins(px(MARGIN), px(8), px(MARGIN), px(16))
        self._columns.setSpacing(px(32))
        first, second = _halves(sections)
        for half in (first, second):
            nest(self._columns, self._column(half), 1)
        self.close_button = Button(theme, "Close", grand=True)
        self.close_button.clicked.connect(self.close_sheet)
        self.end_with(self.close_button)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.close_button

    def set_one_column(self, narrow: bool) -> None:
        """One column below the other where both do not fit."""
        way = QBoxLayout.Direction
        crowded = narrow and self.width() < self.theme.px(_WIDTH)
        self._columns.setDirection(way.TopToBottom if crowded else way.LeftToRight)

    def _column(self, sections: Sequence[Section]) -> QGridLayout:
        theme, grid, row = self.theme, QGridLayout(), 0
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnMinimumWidth(0, theme.px(176))
        grid.setColumnStretch(1, 1)
        for section in sections:
            grid.setRowMinimumHeight(row, theme.px(30))
            grid.addWidget(Label(theme, section.title, "section"), row, 0, 1, 2)
            for below, (keys, words) in enumerate(section.keys, row + 1):
                grid.addWidget(Label(theme, keys, "strong"), below, 0)
                grid.addWidget(Label(theme, words, wrap=True), below, 1)
            row += len(section.keys) + 1
        grid.setRowStretch(row, 1)
        return grid


def _halves(sections: Sequence[Section]) -> tuple[Sequence[Section], Sequence[Section]]:
    """The sections in two columns that are about as long, the first of all at the left, each in its order."""
    lengths = [len(section.keys) + 2 for section in sections]
    half = sum(lengths) / 2

    def beside(chosen: Iterable[int]) -> float:
        return abs(half - sum(lengths[place] for place in chosen))

    places = range(1, len(sections))
    some = [chosen for count in places for chosen in combinations(places, count)]
    right = set(min(some, key=beside, default=()))
    left = [section for place, section in enumerate(sections) if place not in right]
    return left, [sections[place] for place in sorted(right)]

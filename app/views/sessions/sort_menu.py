"""The menu of orders: what a click on the head of a column does, for the keyboard.

One idea: the columns that are there now, the one that the list is sorted by marked; the same again turns the
order over. Not for sorting.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.models.sessions.session_rows import FIRST_EXTRA
from app.values.fit_text import escaped

_OWN = ("&Session", "S&ubject", "&Launcher", "Sa&ved", "S&tatus")
"""In the order of `Column`."""
NEWEST_FIRST = -1


class SortMenu(QMenu):
    """`chosen` carries the number of a column, or -1 for newest first."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("S&ort sessions", parent)
        self._group = QActionGroup(self)
        self.show_order((), NEWEST_FIRST)

    def show_order(self, extras: Sequence[str], column: int) -> None:
        """Offer the columns, with those by choice by their titles; the list is sorted by `column`."""
        self.clear()
        texts = ["&Newest first", *_OWN, *(escaped(title).replace("&", "&&") for title in extras)]
        for number, text in enumerate(texts, NEWEST_FIRST):
            action = self.addAction(text)
            if number < FIRST_EXTRA:
                action.setObjectName(f"actionSort{number}")
            action.setCheckable(True)
            action.setChecked(number == column)
            action.triggered.connect(lambda _=False, one=number: self.chosen.emit(one))
            self._group.addAction(action)

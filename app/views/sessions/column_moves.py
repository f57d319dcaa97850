"""The menu that moves columns to one side: for who has no mouse to drag their titles with.

One idea: it names the columns as they stand now, without the one that can go no further. Not for moving.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget


class ColumnMoves(QMenu):
    """`wanted` carries the number of a column, and which way it is to go."""

    wanted = Signal(object, object)

    def __init__(self, words: str, by: int, parent: QWidget) -> None:
        """`by`: -1 for a menu that moves columns to the left, 1 for one to the right."""
        super().__init__(words, parent)
        self._by = by

    def offer(self, columns: Sequence[tuple[int, str]]) -> None:
        """Offer these to be moved, by number and words, from left to right."""
        self.clear()
        for column, words in columns[1:] if self._by < 0 else columns[:-1]:
            entry = self.addAction(words)
            entry.triggered.connect(lambda _=False, one=column: self.wanted.emit(one, self._by))
        self.menuAction().setEnabled(len(columns) > 1)

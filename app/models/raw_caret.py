"""Where the caret stands in the rows of a file, what is selected, and where a key leads from there.

One idea: a place is a row and a column in it; moving is a pure function of the rows, the place and the key.
Not for painting, and not for bytes (`values.raw_text`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.values.raw_text import RawText

_WORD = re.compile(r"\w+")


class CaretSpot(NamedTuple):
    """A row and a column, both from 0."""

    row: int = 0
    column: int = 0


class Caret(NamedTuple):
    """The place where selecting began, and the place of the caret."""

    anchor: CaretSpot = CaretSpot()
    spot: CaretSpot = CaretSpot()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.spot

    @property
    def ordered(self) -> tuple[CaretSpot, CaretSpot]:
        """Where the selection begins and ends."""
        return min(self), max(self)

    def within(self, row: int, length: int) -> tuple[int, int] | None:
        """The columns of a row of that length between which it is selected; None where nothing of it is."""
        first, last = self.ordered
        if self.is_empty or not first.row <= row <= last.row:
            return None
        return first.column if row == first.row else 0, last.column if row == last.row else length

    def up(self, rows: int) -> Caret:
        """The caret in the same text, where so many rows above were let go."""
        return Caret(
            *(CaretSpot(one.row - rows, one.column) if one.row >= rows else CaretSpot() for one in self)
        )

    def to(self, spot: CaretSpot, *, extend: bool) -> Caret:
        """The caret at another place, with what lies between selected or not."""
        return Caret(self.anchor if extend else spot, spot)


def moved(text: RawText, spot: CaretSpot, event: QKeyEvent, page: int) -> CaretSpot | None:
    """Where a key leads; None for a key that leads nowhere. `page`: rows that can be seen."""
    last = text.rows - 1
    if last < 0:
        return None
    key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    ends = {Qt.Key.Key_Home: CaretSpot(0, 0), Qt.Key.Key_End: CaretSpot(last, _length(text, last))}
    if control:
        return ends.get(Qt.Key(key))
    rows = {
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageUp: -page,
        Qt.Key.Key_PageDown: page,
    }.get(Qt.Key(key))
    if rows is not None:
        row = min(max(0, spot.row + rows), last)
        return CaretSpot(row, min(spot.column, _length(text, row)))
    if key == Qt.Key.Key_Home:
        return CaretSpot(spot.row, 0)
    if key == Qt.Key.Key_End:
        return CaretSpot(spot.row, _length(text, spot.row))
    if key == Qt.Key.Key_Left:
        return _before(text, spot)
    return _behind(text, spot, last) if key == Qt.Key.Key_Right else None


def word_at(text: str, column: int) -> tuple[int, int]:
    """Where the word at a column begins and ends; a single character where there is no word."""
    words = (found.span() for found in _WORD.finditer(text))
    alone = (column, min(column + 1, len(text)))
    return next(((first, last) for first, last in words if first <= column <= last), alone)


def _length(text: RawText, row: int) -> int:
    return len(text.row(row).text)


def _before(text: RawText, spot: CaretSpot) -> CaretSpot:
    if spot.column:
        return CaretSpot(spot.row, spot.column - 1)
    return CaretSpot(spot.row - 1, _length(text, spot.row - 1)) if spot.row else spot


def _behind(text: RawText, spot: CaretSpot, last: int) -> CaretSpot:
    if spot.column < _length(text, spot.row):
        return CaretSpot(spot.row, spot.column + 1)
    return CaretSpot(spot.row + 1, 0) if spot.row < last else spot

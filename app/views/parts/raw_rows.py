"""How the rows of a raw file look: their measures, and painting one of them.

One idea: what is to be seen in a row (selection, find, caret, damage) is one value, and painting it is a
function of that value and the row. A row that is wrapped is painted as rows that go on with each other. Not
for scrolling, keys or mouse (`raw_view`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.values.raw_text import Row, display
from app.views.style.theme import Theme

PADDING = 8
_GAP = 24
"""Between a damaged row and the sentence behind it."""
_TEXT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_NUMBER = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

Range = tuple[int, int]
"""Two columns of a row: the first one in it, and the first one behind it."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """What is to be seen in a row. `left`: where its first character stands; `sentence` tells the damage."""

    left: int
    gutter: int
    selected: Range | None = None
    found: Range | None = None
    damage: int | None = None
    sentence: str = ""
    caret: int | None = None

    def within(self, first: int, length: int, *, last: bool) -> RowLook:
        """What of it is to be seen in a part of the row; what stands behind the row is of the `last`."""
        end = first + length
        places = (self.damage, self.caret)
        damage, caret = (at - first if at is not None and first <= at < end + last else None for at in places)
        selected, found = (_within(one, first, end) for one in (self.selected, self.found))
        return replace(self, selected=selected, found=found, damage=damage, caret=caret)


def _within(part: Range | None, first: int, end: int) -> Range | None:
    if part is None or part[1] <= first or part[0] >= end:
        return None
    return max(part[0], first) - first, min(part[1], end) - first


class RawRows:
    """Measures and paints rows in one theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def height(self) -> int:
        """Of a row."""
        return round(QFontMetricsF(self._theme.font("mono")).height()) + self._theme.px(4)

    def gutter(self, lines: int) -> int:
        """The width of the line numbers, where there are so many."""
        return round(self._width("0" * max(3, len(str(lines))))) + self._theme.px(2 * PADDING + 4)

    def x(self, row: Row, column: int) -> int:
        """How far a column stands from where its row begins."""
        return round(self._width(display(row.text[:column])))

    def width(self, row: Row) -> int:
        """Of the text of a row."""
        return self.x(row, len(row.text))

    def behind(self, sentence: str) -> int:
        """What a sentence behind a damaged row takes, with the gap before it; 0 for none."""
        if not sentence:
            return 0
        width = QFontMetricsF(self._theme.font("small")).horizontalAdvance(f"◂ {sentence}")
        return round(width) + self._theme.px(_GAP + 4)

    def lines(self, row: Row, room: int) -> tuple[Row, ...]:
        """The row in parts that have room on a line each; whole where `room` is 0, which is endless."""
        if not room:
            return (row,)
        text, first = row.text, 0
        parts: list[Row] = []
        for end in _line_ends(text, room, self._theme.font("mono")):
            start, stop = row.offset_of(first), row.offset_of(end) if end < len(text) else row.stop
            data = row.data[start - row.start : stop - row.start]
            last = end == len(text)
            parts.append(Row(start, data, row.line, row.continued or first > 0, row.ends and last))
            first = end
        return tuple(parts)

    def column_at(self, row: Row, x: int) -> int:
        """The column that is nearest to a distance from where the row begins."""
        text, low, high = row.text, 0, len(row.text)
        while low < high:
            middle = (low + high) // 2
            half = self._width(display(text[middle])) / 2
            if self._width(display(text[:middle])) + half < x:
                low = middle + 1
            else:
                high = middle
        return low

    def paint(self, painter: QPainter, area: QRect, row: Row, look: RowLook, room: int) -> None:
        """Paint a row, wrapped in so much `room`; its first line over the whole of `area`."""
        parts, first = self.lines(row, room), 0
        for place, part in enumerate(parts):
            length, last = len(part.text), place == len(parts) - 1
            line = area.translated(0, place * area.height())
            self._paint_line(painter, line, part, look.within(first, length, last=last))
            first += length

    def _paint_line(self, painter: QPainter, area: QRect, row: Row, look: RowLook) -> None:
        colors, theme = self._theme.colors, self._theme
        if look.damage is not None:
            painter.fillRect(area, colors.hue("vermilion").tint)
        numbers = QRect(area.x(), area.y(), look.gutter - theme.px(PADDING), area.height())
        painter.setFont(theme.font("mono"))
        painter.setPen(colors["muted"])
        painter.drawText(numbers, _NUMBER, "·" if row.continued else f"{row.line}")
        painter.save()
        painter.setClipRect(area.adjusted(look.gutter, 0, 0, 0))
        self._paint_grounds(painter, area, row, look)
        painter.setPen(colors["text"])
        whole = QRect(look.left, area.y(), self.width(row) + theme.px(8), area.height())
        painter.drawText(whole, _TEXT, display(row.text))
        if look.damage is not None:
            self._paint_damage(painter, area, row, look, look.damage)
        if look.caret is not None:
            at = look.left + self.x(row, look.caret)
            painter.fillRect(at, area.y() + 2, max(1, theme.px(1)), area.height() - 4, colors["link"])
        painter.restore()

    def _paint_grounds(self, painter: QPainter, area: QRect, row: Row, look: RowLook) -> None:
        colors = self._theme.colors
        if look.selected is not None:
            painter.fillRect(self._part(area, row, look, look.selected), colors["highlight"])
        if look.found is not None:
            found = self._part(area, row, look, look.found)
            painter.fillRect(found, colors.hue("amber").tint)
            painter.setPen(colors["amber_bar"])
            painter.drawRect(found.adjusted(0, 0, -1, -1))

    def _paint_damage(self, painter: QPainter, area: QRect, row: Row, look: RowLook, column: int) -> None:
        """A box around the place, and the sentence behind the row."""
        hue, px = self._theme.colors.hue("vermilion"), self._theme.px
        box = self._part(area, row, look, (column, column + 1))
        painter.setPen(hue.text)
        painter.drawRect(QRect(box.x(), box.y() + 1, max(box.width(), px(7)), box.height() - 3))
        left = look.left + self.width(row) + px(_GAP)
        painter.setFont(self._theme.font("small"))
        painter.drawText(QRect(left, area.y(), px(2000), area.height()), _TEXT, f"◂ {look.sentence}")

    def _part(self, area: QRect, row: Row, look: RowLook, part: Range) -> QRect:
        left, right = (self.x(row, column) for column in part)
        return QRect(look.left + left, area.y(), max(right - left, self._theme.px(3)), area.height())

    def _width(self, text: str) -> float:
        return QFontMetricsF(self._theme.font("mono")).horizontalAdvance(text)


@lru_cache(maxsize=256)  # rows are asked for their lines with every picture, and measuring takes its time
def _line_ends(text: str, room: int, font: QFont) -> tuple[int, ...]:
    """The columns behind the lines of a text: after a blank, or in a word that has no room on one."""
    measures, ends, first = QFontMetricsF(font), list[int](), 0
    while not ends or first < len(text):
        end = _line_end(measures, text, first, room)
        end += text.startswith(" ", end)  # nobody sees a blank that has no room
        blank = text.rfind(" ", first, end)
        first = end if end == len(text) or blank < 0 else blank + 1
        ends.append(first)
    return tuple(ends)


def _line_end(measures: QFontMetricsF, text: str, first: int, room: int) -> int:
    """Behind the last character that has room on a line from `first` on; behind one at the least."""
    tried = range(first + 1, min(len(text), first + room) + 1)  # no character is less than a pixel
    fits = bisect_right(
        tried, room, key=lambda end: ceil(measures.horizontalAdvance(display(text[first:end])))
    )
    return min(first + max(fits, 1), len(text))

"""The table of what differs between two saved states, for History, Compare and the sheets that ask first.

One idea: a difference is seen at a glance: both values side by side in one font, a glyph and a word for what
it is. Where a column is too narrow, what both values begin with gives way. Not for computing differences.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from app.models.headers import Index
from app.models.history.differences import DifferenceColumn, DifferenceRole, DifferencesModel
from app.values.differences import Comparison, Difference, DifferenceKind
from app.views.parts.row_table import FIRST, PADDING, RowDelegate, RowTable
from app.views.style.beside import in_short
from app.views.style.looks import DIFFERENCE_LOOKS
from app.views.style.painting import draw_icon, draw_text, text_width
from app.views.style.theme import Theme
from app.words.difference_texts import KIND_WORDS

_MEASURED = 200  # rows; those further down are alike


class DifferenceTable(RowTable):
    """Shows one comparison."""

    def __init__(
        self,
        theme: Theme,
        name: str = "differenceView",
        spoken: str = "Differences",
        *,
        several: bool = False,
        words: Mapping[DifferenceKind, str] = KIND_WORDS,
    ) -> None:
        self._words = words
        self.differences = DifferencesModel(words)
        super().__init__(theme, self.differences, name, spoken, several=several)
        self.differences.setParent(self)
        self.setItemDelegate(_DifferenceDelegate(theme, self))
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)  # sessions end differently

    def show_comparison(
        self, comparison: Comparison, left: str, right: str, *, one_side: bool = False
    ) -> None:
        """Show other rows under other titles; the place where one has scrolled to stays.

        `one_side`: only what stands at the right, because there is nothing to be held against it.
        """
        for column in (DifferenceColumn.LEFT, DifferenceColumn.CHANGE):
            self.setColumnHidden(column, one_side)
        place = self.verticalScrollBar().value()
        self.differences.set_comparison(comparison, left, right)
        self.fit_columns(compact=False)
        self.verticalScrollBar().setValue(place)

    @property
    def chosen(self) -> tuple[Difference, ...]:
        """The rows that are selected, top down."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.differences.row_at(row) for row in rows)

    def fit_columns(self, *, compact: bool) -> None:
        """Names as wide as they need, up to two fifths; the two values share the rest."""
        px, header = self._theme.px, self.horizontalHeader()
        width = self.viewport().width()
        names = min(max(self._names_width() + px(FIRST + PADDING + 4), px(110)), width * 2 // 5)
        values = max((width - names - self._kinds_width()) // 2, px(60))
        header.resizeSection(DifferenceColumn.ATTRIBUTE, names)
        header.resizeSection(DifferenceColumn.LEFT, values)
        header.resizeSection(DifferenceColumn.RIGHT, values)

    def _kinds_width(self) -> int:
        widest = max(text_width(word, self._theme.font("body")) for word in self._words.values())
        return widest + self._theme.px(22 + 2 * PADDING + 4)

    def _names_width(self) -> int:
        font = self._theme.font("body")
        rows = range(min(self.differences.rowCount(), _MEASURED))
        column = DifferenceColumn.ATTRIBUTE
        indexes = [self.differences.index(row, column) for row in rows]
        return max([text_width(_name(index), font) for index in indexes], default=0)


def _name(index: Index) -> str:
    launcher = str(index.data(DifferenceRole.LAUNCHER))
    return f"{launcher} › {index.data()}" if launcher else str(index.data())


class _DifferenceDelegate(RowDelegate):
    """Paints names, values and the kind of difference."""

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a cell."""
        if index.column() == DifferenceColumn.ATTRIBUTE:
            self._paint_name(painter, room, index)
        elif index.column() == DifferenceColumn.CHANGE:
            self._paint_kind(painter, room, index)
        else:
            self._paint_value(painter, room, index)

    def _paint_name(self, painter: QPainter, room: QRect, index: Index) -> None:
        theme, launcher = self.theme, str(index.data(DifferenceRole.LAUNCHER))
        if launcher:
            text = f"{launcher} › "
            width = draw_text(painter, room, text, theme.font("body"), theme.colors["muted"])
            room = room.adjusted(width, 0, 0, 0)
        draw_text(painter, room, str(index.data()), theme.font("body"), theme.colors["text"])

    def _paint_value(self, painter: QPainter, room: QRect, index: Index) -> None:
        theme, left = self.theme, index.column() == DifferenceColumn.LEFT
        if index.data(DifferenceRole.ABSENT):  # a word of ours, and no value
            draw_text(painter, room, str(index.data()), theme.font("small"), theme.colors["muted"])
            return
        font = theme.font("mono")
        other = index.sibling(index.row(), DifferenceColumn.RIGHT if left else DifferenceColumn.LEFT)
        text = in_short(str(index.data()), str(other.data()), font, room.width())
        quiet = index.data(DifferenceRole.KIND) == "equal"
        draw_text(painter, room, text, font, theme.colors["muted" if quiet else "text"])

    def _paint_kind(self, painter: QPainter, room: QRect, index: Index) -> None:
        px, theme = self.theme.px, self.theme
        look = DIFFERENCE_LOOKS[str(index.data(DifferenceRole.KIND))]
        square = QRect(room.x(), room.y(), px(16), room.height())
        draw_icon(painter, theme, square, look.icon, look.hue)
        text, color = str(index.data()), theme.colors.hue(look.hue).text
        draw_text(painter, room.adjusted(px(22), 0, 0, 0), text, theme.font("body"), color)

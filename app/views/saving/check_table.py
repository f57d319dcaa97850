"""The table of what a launcher makes of attributes: glyph and word for what happens, reason beside it.

One idea: it is for reading, one line for each attribute, in the looks of the plan of a resume. Not for which
rows there are.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from app.models.headers import Index
from app.models.saving.checked import ROW_ROLE, CheckColumn, CheckedModel
from app.views.parts.fields import is_typing
from app.views.parts.row_table import RowDelegate, RowTable
from app.views.style.looks import Look
from app.views.style.painting import draw_icon, draw_text
from app.views.style.theme import Theme
from app.words.check_texts import WORDS, CheckMark, CheckRow

_HEAD = 30
_LOOKS: dict[CheckMark, Look] = {
    "restored": Look("check-circle", "green"),
    "new": Look("plus-circle", "blue"),
    "changed": Look("swap-horizontal-circle", "amber"),
    "stays": Look("minus-circle-outline", "grey"),
    "left_out": Look("minus-circle-outline", "grey"),
    "type_differs": Look("alert-circle", "amber"),
    "no_handler": Look("alert-circle", "amber"),
    "refused": Look("cancel", "vermilion"),
    "alike": Look("check-circle", "green"),
}


class CheckTable(RowTable):
    """Findings for reading; as high as its rows, up to `most_rows`."""

    def __init__(self, theme: Theme, most_rows: int) -> None:
        self.checked = CheckedModel()
        self._most_rows = most_rows
        super().__init__(theme, self.checked, "checkTable", "What the launcher makes of it")
        self.checked.setParent(self)
        self.setItemDelegate(_CheckDelegate(theme, self))
        self.checked.modelReset.connect(self._fit_height)
        self._fit_height()

    def fit_columns(self, *, compact: bool) -> None:
        """Names and values get what they need, within bounds; the rest is for what happens."""
        width = self.viewport().width()
        names = min(self.wanted(CheckColumn.ATTRIBUTE, "strong"), round(width * 0.34))
        values = min(self.wanted(CheckColumn.VALUE, "mono_strong"), round(width * 0.26))
        self.setColumnWidth(CheckColumn.ATTRIBUTE, names)
        self.setColumnWidth(CheckColumn.VALUE, values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed is the sheet's."""
        if is_typing(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit_height(self) -> None:
        count = min(max(self.checked.rowCount(), 1), self._most_rows)
        self.setFixedHeight(self._theme.px(_HEAD) + count * self.verticalHeader().defaultSectionSize() + 2)
        self.fit_columns(compact=False)


class _CheckDelegate(RowDelegate):
    """Paints name, value, and what happens."""

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a cell."""
        row, theme = index.data(ROW_ROLE), self.theme
        if not isinstance(row, CheckRow):
            return
        if index.column() == CheckColumn.ATTRIBUTE:
            font = theme.font("strong" if row.edited else "body")
            draw_text(painter, room, row.attribute, font, theme.colors["text"], Qt.TextElideMode.ElideMiddle)
        elif index.column() == CheckColumn.VALUE:
            font = theme.font("mono_strong" if row.edited else "mono")
            color = theme.colors.hue("amber").text if row.edited else theme.colors["text"]
            draw_text(painter, room, row.value, font, color)
        else:
            self._paint_outcome(painter, room, row)

    def _paint_outcome(self, painter: QPainter, room: QRect, row: CheckRow) -> None:
        px, theme, look = self.theme.px, self.theme, _LOOKS[row.mark]
        draw_icon(painter, theme, QRect(room.x(), room.y(), px(16), room.height()), look.icon, look.hue)
        room = room.adjusted(px(22), 0, 0, 0)
        word = WORDS[row.mark]
        width = draw_text(painter, room, word, theme.font("body"), theme.colors.hue(look.hue).text)
        room = room.adjusted(width + px(10), 0, 0, 0)
        draw_text(painter, room, row.reason, theme.font("small"), theme.colors["muted"])

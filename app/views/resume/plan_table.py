"""The table of the plan in the Resume sheet: a tick, the attribute, its value, and what happens to it.

One idea: what happens is seen at a glance, by glyph, word and colour; a tick goes by mouse or by key. Not
for what the rows say (`app.models.resume.plan_rows`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter

from app.models.headers import Index
from app.models.resume.plan_rows import PlanColumn, PlanModel, PlanRole
from app.resuming.plan import WORDS, Row
from app.values.fit_text import escaped
from app.views.parts.row_table import PADDING, RowDelegate, RowTable
from app.views.style.looks import FATE_LOOKS
from app.views.style.painting import draw_icon, draw_text, text_width
from app.views.style.theme import Theme

_ROW, _HEAD, _TICK = 27, 30, 26
MOST_ROWS = 12
_LEAST, _MOST, _VALUE = 0.24, 0.46, 0.24  # of the width: for names, and for values at the least
_LOOKED_AT = 40  # of the longest names, and of the first fates
_TICKS = {
    Qt.CheckState.Checked: ("checkbox-marked", "link"),
    Qt.CheckState.Unchecked: ("checkbox-blank-outline", "tick_box"),
    Qt.CheckState.PartiallyChecked: ("minus-box-outline", "tick_box"),
}


class PlanTable(RowTable):
    """As high as its rows, up to twelve."""

    def __init__(self, theme: Theme, model: PlanModel) -> None:
        self._plan = model
        super().__init__(theme, model, "planTable", "What is restored")
        self.setItemDelegate(_PlanDelegate(theme, self))
        model.modelReset.connect(self._fit)
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Rows are of one height here."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        self.fit_columns(compact=compact)

    def fit_columns(self, *, compact: bool) -> None:
        """Names and values get what they need, within bounds, and what happens the rest."""
        room, px = self.viewport().width(), self._theme.px
        metrics = QFontMetrics(self._theme.font("body"))
        longest = sorted((row.name for row in self._plan.plan.rows), key=len)[-_LOOKED_AT:]
        needed = max((metrics.horizontalAdvance(escaped(name)) for name in longest), default=0)
        names = min(max(needed + px(_TICK + 2 * 12 + 4), round(room * _LEAST)), round(room * _MOST))
        self.horizontalHeader().resizeSection(0, names)
        values = min(self.wanted(PlanColumn.VALUE, "mono"), room - names - self._wanted_by_fates())
        self.horizontalHeader().resizeSection(1, max(values, round(room * _VALUE)))

    def _wanted_by_fates(self) -> int:
        """What the first fates take with their reasons, in pixels."""
        word, note = self._theme.font("body"), self._theme.font("small")
        told = [(WORDS[row.fate], escaped(row.note)) for row in self._plan.plan.rows[:_LOOKED_AT]]
        widths = (text_width(fate, word) + text_width(reason, note) for fate, reason in told)
        return max(widths, default=0) + self._theme.px(22 + 8 + 2 * PADDING + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space flips the tick of the current row."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._plan.flip(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a tick flips it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        on_tick = event.position().x() < self._theme.px(12 + _TICK)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and on_tick:
            self._plan.flip(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks."""
        self.mousePressEvent(event)

    def _fit(self) -> None:
        count = min(max(self._plan.rowCount(), 1), MOST_ROWS)
        self.setFixedHeight(self._theme.px(_HEAD) + count * self._theme.px(_ROW))
        self.fit_columns(compact=False)


class _PlanDelegate(RowDelegate):
    """Paints ticks, names, values and fates."""

    def editorEvent(self, event: QEvent, *rest: object) -> bool:
        """Nothing: the view knows what a click on a tick means."""
        return False

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a cell."""
        row = index.data(PlanRole.ROW)
        if not isinstance(row, Row):
            return
        if index.column() == PlanColumn.ATTRIBUTE:
            self._paint_name(painter, room, index, row)
        elif index.column() == PlanColumn.VALUE:
            quiet = not row.taken or bool(index.data(PlanRole.QUIET))
            color = self.theme.colors["muted" if quiet else "text"]
            draw_text(painter, room, str(index.data()), self.theme.font("mono"), color)
        else:
            self._paint_fate(painter, room, row)

    def _paint_name(self, painter: QPainter, room: QRect, index: Index, row: Row) -> None:
        px, theme = self.theme.px, self.theme
        square = QRect(room.x(), room.y(), px(18), room.height())
        draw_icon(painter, theme, square, *_TICKS[index.data(Qt.ItemDataRole.CheckStateRole)], 18)
        color = theme.colors["text" if row.taken else "muted"]
        middle = Qt.TextElideMode.ElideMiddle
        room = room.adjusted(px(_TICK), 0, 0, 0)
        draw_text(painter, room, str(index.data()), theme.font("body"), color, middle)

    def _paint_fate(self, painter: QPainter, room: QRect, row: Row) -> None:
        px, theme, look = self.theme.px, self.theme, FATE_LOOKS[row.fate]
        square = QRect(room.x(), room.y(), px(16), room.height())
        draw_icon(painter, theme, square, look.icon, look.hue)
        room = room.adjusted(px(22), 0, 0, 0)
        width = draw_text(painter, room, WORDS[row.fate], theme.font("body"), theme.colors.hue(look.hue).text)
        rest = room.adjusted(width + px(8), 0, 0, 0)
        draw_text(painter, rest, escaped(row.note), theme.font("small"), theme.colors["muted"])

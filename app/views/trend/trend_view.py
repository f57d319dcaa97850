"""The table of a trend: sessions, newest first, with what each has and by how much that is another.

One idea: what the plot shows can be read, heard and gone through by keys here. Enter or a double click goes
to a session; the current row is marked in the plot. Not for what stands in it (`models.trend.trend_table`).
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from app.models.headers import Index
from app.models.trend.points import Point
from app.models.trend.trend_table import TrendColumn, TrendRole, TrendTable
from app.views.parts.row_table import FIRST, PADDING, RowDelegate, RowTable
from app.views.style.fonts import Role
from app.views.style.looks import MARK_LOOKS, status_look
from app.views.style.painting import draw_icon, draw_pill, draw_text, pill_size, text_width
from app.views.style.theme import Theme

_STATUS, _LEAST = 120, 56
_COLUMNS: tuple[tuple[TrendColumn, Role, int], ...] = (
    (TrendColumn.CHANGE, "mono", 120),
    (TrendColumn.VALUE, "mono", 160),
    (TrendColumn.SESSION, "strong", 260),
)
"""The order in which they get room, the font that is measured, and how wide they are at the most."""
_MEASURED = 60  # sessions; those further down are alike


class TrendView(RowTable):
    """`session_chosen` carries the directory to go to, `session_marked` the one of the current row."""

    session_chosen = Signal(object)
    session_marked = Signal(object)

    def __init__(self, theme: Theme, model: TrendTable) -> None:
        self._rows = model
        super().__init__(theme, model, "trendView", "Sessions of the trend, newest first")
        self.setItemDelegate(_TrendDelegate(theme, self))
        self.selectionModel().currentChanged.connect(lambda now: self._tell(now.row(), self.session_marked))

    def mark(self, directory: str) -> None:
        """Make a session the current row."""
        row = self._rows.row_of(directory)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._rows.index(row, 0))

    def fit_columns(self, *, compact: bool) -> None:
        """As wide as what stands in them; the status has the rest, and names give way."""
        px, header = self._theme.px, self.horizontalHeader()
        room = max(0, self.viewport().width() - px(_STATUS))
        for column, role, widest in _COLUMNS:
            width = min(self._width(column, role), px(widest), max(px(_LEAST), room))
            header.resizeSection(column, width)
            room -= width

    def _width(self, column: TrendColumn, role: Role) -> int:
        """What its title and its first texts take, in pixels."""
        rows = range(min(self._rows.rowCount(), _MEASURED))
        texts = (str(self._rows.index(row, column).data()) for row in rows)
        title = text_width(
            str(self._rows.headerData(column, Qt.Orientation.Horizontal)), self._theme.font("column")
        )
        widest = max(title, *(text_width(text, self._theme.font(role)) for text in texts), 0)
        return widest + self._theme.px((FIRST if column == 0 else PADDING) + PADDING + 10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the session of the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell(self.currentIndex().row(), self.session_chosen)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click goes to the session of that row."""
        self._tell(self.indexAt(event.position().toPoint()).row(), self.session_chosen)

    def _tell(self, row: int, intent: object) -> None:
        point = self._rows.point_at(row)
        if point is not None:
            intent.emit(point.directory)  # type: ignore[attr-defined]


class _TrendDelegate(RowDelegate):
    """Paints names, values in their own font, and the status with its glyph."""

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a cell."""
        point = index.data(TrendRole.POINT)
        if not isinstance(point, Point):
            return
        column, text, theme = index.column(), str(index.data()), self.theme
        colors = theme.colors
        if column == TrendColumn.SESSION:
            font = theme.font("strong" if point.own else "body")
            draw_text(painter, room, text, font, colors["text"], Qt.TextElideMode.ElideLeft)
        elif column == TrendColumn.STATUS:
            self._paint_status(painter, room, point, index.data(TrendRole.EDIT))
        else:
            faint = column == TrendColumn.CHANGE or point.value.height is None
            words = text or ("—" if column == TrendColumn.VALUE else "")
            draw_text(painter, room, words, theme.font("mono"), colors["muted" if faint else "text"])

    def _paint_status(self, painter: QPainter, room: QRect, point: Point, edit: object) -> None:
        px, look = self.theme.px, status_look(point.status.kind)
        draw_icon(painter, self.theme, QRect(room.x(), room.y(), px(16), room.height()), look.icon, look.hue)
        color = self.theme.colors.hue(look.hue).text
        room = room.adjusted(px(22), 0, 0, 0)
        taken = draw_text(painter, room, point.status.word, self.theme.font("body"), color)
        if isinstance(edit, str):
            words = f"Your edit: {edit}"
            size = pill_size(self.theme, words)
            left = room.x() + taken + px(10)
            if left + size.width() <= room.right():
                top = room.y() + (room.height() - size.height()) // 2
                area = QRect(left, top, size.width(), size.height())
                draw_pill(painter, self.theme, area, MARK_LOOKS["unsaved"], words)

"""Paints the cells of the session list: rows with their statuses and marks, and headings of groups.

One idea: the cells of a row tile it completely, so each cell paints its part of the ground, of the
selection and of the frame around the focused row; a heading is painted over the whole row, through each
cell's window. A mark whose words do not fit is its glyph alone; a status is never cut. Not for what the
words are.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.models.sessions.session_rows import Column, Heading, SessionRow
from app.models.sessions.sessions import SessionsModel
from app.session import Mark
from app.views.style.looks import MARK_LOOKS, UNKNOWN_LOOK, status_look
from app.views.style.painting import draw_icon, draw_pill, draw_text, pill_size, text_width
from app.views.style.theme import Theme

Index = QModelIndex | QPersistentModelIndex
INDENT = 26
"""Where the text of the first column begins, headings included; the chevron stands before it."""
PADDING = 8


class SessionDelegate(QStyledItemDelegate):
    """Paints rows and headings for one table. It asks the model itself: by way of Qt, answers cost more."""

    def __init__(self, theme: Theme, sessions: SessionsModel, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._sessions = sessions
        self._view = view
        self.glyphs_only = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        area = option.rect
        line = self._sessions.line(index.row())
        painter.save()
        painter.setClipRect(area)
        self._paint_ground(painter, option, index)
        if isinstance(line, Heading):
            self._paint_heading(painter, self._whole_row(area, index), line)
        else:
            self._paint_cell(painter, area, index.column(), line)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the text, for columns that are fitted by a double click on their edge."""
        text = str(index.data() or "")
        left = INDENT if index.column() == Column.SESSION else PADDING
        return QSize(text_width(text, self._theme.font("body")) + self._theme.px(left + PADDING), 0)

    # --- ground ---------------------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors, area = self._theme.colors, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, colors["highlight"] if selected else colors["base"])
        if selected and index.column() == Column.SESSION:
            painter.fillRect(QRect(area.x(), area.y(), self._theme.px(3), area.height()), colors["accent"])
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._paint_frame(painter, self._whole_row(area, index), colors["link"])

    def _paint_frame(self, painter: QPainter, row: QRect, color: QColor) -> None:
        painter.setPen(color)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(row.adjusted(0, 0, -1, -1))

    def _whole_row(self, area: QRect, index: Index) -> QRect:
        header = self._view.horizontalHeader()
        left = area.x() - header.sectionViewportPosition(index.column()) + header.sectionViewportPosition(0)
        return QRect(left, area.y(), header.length(), area.height())

    # --- rows -----------------------------------------------------------------------------------------------

    def _paint_heading(self, painter: QPainter, area: QRect, heading: Heading) -> None:
        px, theme = self._theme.px, self._theme
        chevron = "chevron-right" if heading.collapsed else "chevron-down"
        draw_icon(painter, theme, QRect(area.x(), area.y(), px(INDENT), area.height()), chevron, "muted")
        room = area.adjusted(px(INDENT), 0, -px(PADDING), 0)
        draw_text(painter, room, heading.text, theme.font("small_strong"), theme.colors["muted"])

    def _paint_cell(self, painter: QPainter, area: QRect, column: int, row: SessionRow) -> None:
        px, colors = self._theme.px, self._theme.colors
        if column == Column.STATUS:
            self._paint_status(painter, area.adjusted(px(PADDING), 0, -1, 0), row)
            return
        first = column == Column.SESSION
        room = area.adjusted(px(INDENT if first else PADDING), 0, -px(4), 0)
        elide = Qt.TextElideMode.ElideMiddle if first else Qt.TextElideMode.ElideRight
        color = colors["text" if first else "muted"]
        draw_text(painter, room, self._sessions.text(row, column), self._theme.font("body"), color, elide)

    def _paint_status(self, painter: QPainter, area: QRect, row: SessionRow) -> None:
        px, theme = self._theme.px, self._theme
        look, font = status_look(row.status.kind), theme.font("body")
        draw_icon(painter, theme, QRect(area.x(), area.y(), px(16), area.height()), look.icon, look.hue)
        left = area.x() + px(22)
        room = QRect(left, area.y(), area.right() - left, area.height())
        color = theme.colors.hue(look.hue).text
        left += draw_text(painter, room, row.status.word, font, color, Qt.TextElideMode.ElideNone) + px(8)
        self._paint_marks(
            painter, QRect(left, area.y(), area.right() - left, area.height()), row.status.marks
        )

    def _paint_marks(self, painter: QPainter, area: QRect, marks: tuple[Mark, ...]) -> None:
        px, left = self._theme.px, area.x()
        for position, mark in enumerate(marks):
            look = MARK_LOOKS.get(mark.kind, UNKNOWN_LOOK)
            size = pill_size(self._theme, mark.text)
            later = len(marks) - position - 1  # each of these needs at least its glyph
            fits = left + size.width() + later * px(22) <= area.right()
            if fits and not self.glyphs_only:
                top = area.y() + (area.height() - size.height()) // 2
                draw_pill(
                    painter, self._theme, QRect(left, top, size.width(), size.height()), look, mark.text
                )
                left += size.width() + px(6)
            else:
                draw_icon(
                    painter,
                    self._theme,
                    QRect(left, area.y(), px(16), area.height()),
                    look.icon,
                    look.hue,
                    14,
                )
                left += px(22)

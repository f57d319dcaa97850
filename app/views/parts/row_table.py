"""A table of rows for reading, one line each: what the tables of History, Compare and their sheets share.

One idea: cells tile their row, so each paints its part of the ground, of the selection and of the frame
around the focused row; what is in a cell is painted by those who make a delegate of their own. Not for
editing, and not for the list of sessions, which has headings.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.models.headers import Index
from app.views.parts.fields import is_typing
from app.views.parts.rows import behave_as_rows
from app.views.style.fonts import Role
from app.views.style.painting import text_width
from app.views.style.theme import Theme

BOXED = "boxed"
"""The property of a table that stands in a box."""
FIRST, PADDING = 12, 8
"""Where the text of the first column begins, and that of the others."""
_GOING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
_BEGINNING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space)
_MEASURED, _MOST_MEASURED = 60, 200
"""Rows, and characters of a text: those further down are alike, and no column gets wider than so many."""


class RowTable(QTableView):
    """A table whose rows are selected whole."""

    def __init__(
        self, theme: Theme, model: QAbstractItemModel, name: str, spoken: str, *, several: bool = False
    ) -> None:
        """`several`: more than one row can be selected, for something to be done with them. Then none is by
        itself: the keyboard has a row, and the first key that goes to one, or Space, selects it.
        """
        super().__init__()
        self._several = several
        self._theme = theme
        self._gone_to = False
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setModel(model)
        self._behave()
        self._shape_headers()
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.set_compact(False)
        theme.changed.connect(self.viewport().update)

    def set_compact(self, compact: bool) -> None:
        """Lower rows, for windows below 1200 pixels."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(26 if compact else 28))
        self.fit_columns(compact=compact)

    def fit_columns(self, *, compact: bool) -> None:
        """Give the columns their widths; the last one takes what is left."""

    def wanted(self, column: int, role: Role = "body") -> int:
        """What a column needs to show its title and the texts of its first rows whole, in pixels."""
        model, font, px = self.model(), self._theme.font(role), self._theme.px
        rows = range(min(model.rowCount(), _MEASURED))
        texts = (str(model.index(row, column).data() or "")[:_MOST_MEASURED] for row in rows)
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        widest = max((text_width(text, font) for text in texts), default=0)
        widest = max(widest, text_width(title, self._theme.font("column")))
        return widest + px((PADDING if column else FIRST) + PADDING) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.fit_columns(compact=self.verticalHeader().defaultSectionSize() < self._theme.px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last row, not to the first and the last column."""
        self._gone_to = self._gone_to or event.key() in _GOING
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.model().rowCount() - 1}
        row = ends.get(Qt.Key(event.key()), -1)
        if self._several and event.key() in _BEGINNING and not self.selectionModel().hasSelection():
            row = self.currentIndex().row()
        if row >= 0:
            self.selectRow(row)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes to a row."""
        super().mousePressEvent(event)
        self._gone_to = self._gone_to or self.indexAt(event.position().toPoint()).isValid()

    def take_keyboard(self) -> None:
        """Have the keyboard without that anybody went to a row; Qt may have given it here already, when a
        button that had it became grey.
        """
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._gone_to = False

    def is_for_sheet(self, event: QKeyEvent) -> bool:
        """Whether a key writes into the field that a sheet has for what is typed: all that writes does, but
        Space on a row that somebody went to, by key or click. The keyboard may have come here by itself.
        """
        meant = event.key() == Qt.Key.Key_Space and self._gone_to and self.currentIndex().isValid()
        return is_typing(event) and not meant

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The frame goes to another row: Qt paints two cells anew, it needs the rows."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the focused row; there is one as soon as there are rows, and it is selected where
        only one can be.
        """
        super().focusInEvent(event)
        self._gone_to = _gone_to_by(event.reason(), before=self._gone_to)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self._begin_at(max(0, self.currentIndex().row()))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the frame of the focused row."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _begin_at(self, row: int) -> None:
        if self._several:
            nothing = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.model().index(row, 0), nothing)
        else:
            self.selectRow(row)

    def _behave(self) -> None:
        behave_as_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _shape_headers(self) -> None:
        px, rows, columns = self._theme.px, self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(px(10))
        columns.setFont(self._theme.font("column"))
        columns.setFixedHeight(px(30))
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(px(24))
        columns.setStretchLastSection(True)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)


def _gone_to_by(reason: Qt.FocusReason, *, before: bool) -> bool:
    """Whether somebody went to a row, now that the keyboard came, or came back with the window."""
    if reason in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
        return before
    return reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class RowDelegate(QStyledItemDelegate):
    """Paints the ground; `paint_cell` paints what stands on it."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        px, first = self.theme.px, index.column() == 0
        painter.save()
        painter.setClipRect(option.rect)
        self._paint_ground(painter, option, index)
        room = option.rect.adjusted(px(FIRST if first else PADDING), 0, -px(PADDING), 0)
        self.paint_cell(painter, room, index)
        painter.restore()

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a cell."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the text, for columns that are fitted by a double click on their edge."""
        width = text_width(str(index.data() or ""), self.theme.font("body"))
        return QSize(width + self.theme.px(FIRST + PADDING), 0)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors, area = self.theme.colors, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, colors["highlight" if selected else "base"])
        if not self._is_on_the_box(area, index):
            painter.fillRect(area.x(), area.bottom(), area.width(), 1, colors["row_line"])
        if selected and index.column() == 0:
            painter.fillRect(area.x(), area.y(), self.theme.px(3), area.height(), colors["accent"])
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            painter.setPen(colors["link"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._whole_row(area, index).adjusted(0, 0, -1, -1))

    def _is_on_the_box(self, area: QRect, index: Index) -> bool:
        """The last row right above the line of its box: a second line beside that would be too many."""
        last, below = index.model().rowCount() - 1, self._view.viewport().height() - area.bottom()
        return index.row() == last and below <= FIRST and bool(self._view.property(BOXED))

    def _whole_row(self, area: QRect, index: Index) -> QRect:
        header = self._view.horizontalHeader()
        left = area.x() - header.sectionViewportPosition(index.column()) + header.sectionViewportPosition(0)
        return QRect(left, area.y(), header.length(), area.height())

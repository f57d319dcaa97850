"""The table of changes: in the Changes tab, in the sheet before saving, wherever two states are compared.

One idea: a row says attribute, from, to and what becomes of the type at a glance, in the colours of an
unsaved edit; what can be done with it (tick, go there, take back) is done by mouse or by key, and told. Not
for what the rows are (`app.models.changes`).
"""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.models.change_texts import ChangeText
from app.models.changes import ChangeColumn, ChangeRole, ChangesModel
from app.views.painting import draw_icon, draw_text
from app.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = 34
_HEAD = 30
_SHARES = {ChangeColumn.ATTRIBUTE: 0.30, ChangeColumn.BEFORE: 0.24, ChangeColumn.AFTER: 0.22}
_TAKE_BACK = 36
_TICK, _ARROW, _PADDING = 26, 28, 8
_MARKS = {
    "other_type": ("alert-circle", "amber"),
    "mine": ("pencil", "amber"),
    "theirs": ("tray-arrow-down", "link"),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChangesTable(QTableView):
    """Rows of a ChangesModel. `opened` carries the row that was asked for by Enter or a double click,
    `take_back_requested` the one whose ⟲ was pressed.
    """

    opened = Signal(object)
    take_back_requested = Signal(object)

    def __init__(self, theme: Theme, model: ChangesModel, name: str, *, most_rows: int = 0) -> None:
        """`name` is for screen readers; with `most_rows` it is as high as its rows, up to so many."""
        super().__init__()
        self._theme = theme
        self._changes = model
        self._most_rows = most_rows
        self.setAccessibleName(name)
        self.setProperty("kind", "rows")
        self.setItemDelegate(_ChangesDelegate(theme, self))
        self.setModel(model)
        self._shape()
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._fit_height)
        theme.changed.connect(self.viewport().update)

    def enter(self) -> None:
        """Take the keyboard, on the first row when none is current."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self._changes.rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter goes there, Delete takes back; Enter in a sheet is the sheet's."""
        row, key = self.currentIndex().row(), event.key()
        if row < 0 or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore() if key in (*_ENTER, Qt.Key.Key_S) else super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._flip(row)
        elif key in _ENTER:
            self._open(row, event)
        elif key == Qt.Key.Key_Delete and self._has_take_back:
            self.take_back_requested.emit(row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a tick flips it, one on ⟲ takes the change back."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if index.column() == ChangeColumn.TAKE_BACK:
            self.take_back_requested.emit(index.row())
        elif self._on_tick(index, round(event.position().x())):
            self._flip(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click goes to the attribute; on a tick it is two clicks."""
        index = self.indexAt(event.position().toPoint())
        if self._on_tick(index, round(event.position().x())) or index.column() == ChangeColumn.TAKE_BACK:
            self.mousePressEvent(event)
        elif index.isValid():
            self.opened.emit(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._fit_columns()

    # --- within ---------------------------------------------------------------------------------------------

    @property
    def _has_take_back(self) -> bool:
        return self._changes.columnCount() > ChangeColumn.TAKE_BACK

    def _open(self, row: int, event: QKeyEvent) -> None:
        if self._most_rows:
            event.ignore()
        else:
            self.opened.emit(row)

    def _flip(self, row: int) -> None:
        self._changes.tick(row, ticked=not self._changes.is_ticked(row))

    def _on_tick(self, index: QModelIndex, x: int) -> bool:
        if not index.isValid() or index.data(ChangeRole.TICKED) is None:
            return False
        return index.column() == ChangeColumn.ATTRIBUTE and x < self._theme.px(12 + _TICK)

    def _shape(self) -> None:
        px, rows, columns = self._theme.px, self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(px(10))
        rows.setDefaultSectionSize(px(ROW))
        columns.setFont(self._theme.font("column"))
        columns.setFixedHeight(px(_HEAD))
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(px(24))
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._fit_height()

    def _fit_columns(self) -> None:
        room = self.viewport().width() - (self._theme.px(_TAKE_BACK) if self._has_take_back else 0)
        widths = {column: round(room * share) for column, share in _SHARES.items()}
        widths[ChangeColumn.TYPE] = room - sum(widths.values())
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        if self._has_take_back:
            self.setColumnWidth(ChangeColumn.TAKE_BACK, self._theme.px(_TAKE_BACK))

    def _fit_height(self) -> None:
        if self._most_rows:
            count = min(max(self._changes.rowCount(), 1), self._most_rows)
            self.setFixedHeight(self._theme.px(_HEAD) + count * self._theme.px(ROW))


class _ChangesDelegate(QStyledItemDelegate):
    """Paints tick, attribute, old and new value, type."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one height."""
        return QSize(self._theme.px(60), self._theme.px(ROW))

    def editorEvent(self, event: QEvent, *rest: object) -> bool:
        """Nothing: the view knows what a click on a tick means."""
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        text, ticked = index.data(ChangeRole.TEXT), index.data(ChangeRole.TICKED)
        if not isinstance(text, ChangeText):
            return
        px, area, colors = self._theme.px, option.rect, self._theme.colors
        selected = self._view.selectionModel().isSelected(index)
        painter.fillRect(area, colors["highlight" if selected and self._view.hasFocus() else "base"])
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, colors["row_line"])
        if selected and index.column() == 0 and self._view.hasFocus():
            painter.fillRect(area.x(), area.y(), px(3), area.height(), colors["accent"])
        room = area.adjusted(px(12 if index.column() == 0 else _PADDING), 0, -px(_PADDING), -1)
        painter.save()
        self._paint_cell(painter, room, index.column(), text, ticked)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, room: QRect, column: int, text: ChangeText, ticked: object
    ) -> None:
        theme, left_out = self._theme, ticked is False
        muted = theme.colors["muted"]
        if column == ChangeColumn.ATTRIBUTE:
            self._paint_attribute(painter, room, text.attribute, ticked)
        elif column == ChangeColumn.BEFORE:
            arrow = theme.px(_ARROW)
            draw_text(painter, room.adjusted(0, 0, -arrow, 0), text.before, theme.font("mono"), muted)
            square = QRect(room.right() - theme.px(16), room.y(), theme.px(16), room.height())
            draw_icon(painter, theme, square, "arrow-right", "muted")
        elif column == ChangeColumn.AFTER:
            font, color = theme.font("mono_strong"), theme.colors.hue("amber").text
            if left_out:
                font, color = theme.font("mono"), muted
            elif text.mark == "theirs":
                font, color = theme.font("mono"), theme.colors["text"]
            draw_text(painter, room, text.after, font, color)
        elif column == ChangeColumn.TYPE:
            self._paint_note(painter, room, text)
        else:
            draw_icon(painter, theme, room, "restore", "link")

    def _paint_attribute(self, painter: QPainter, room: QRect, name: str, ticked: object) -> None:
        px, theme = self._theme.px, self._theme
        if ticked is not None:
            square = QRect(room.x(), room.y(), px(16), room.height())
            icon, ink = ("checkbox-marked", "link") if ticked else ("checkbox-blank-outline", "tick_box")
            draw_icon(painter, theme, square, icon, ink)
            room = room.adjusted(px(_TICK), 0, 0, 0)
        font = theme.font("body" if ticked is False else "strong")
        color = theme.colors["muted" if ticked is False else "text"]
        draw_text(painter, room, name, font, color, Qt.TextElideMode.ElideMiddle)

    def _paint_note(self, painter: QPainter, room: QRect, text: ChangeText) -> None:
        px, theme = self._theme.px, self._theme
        color = theme.colors["muted"]
        if text.mark:
            icon, hue = _MARKS[text.mark]
            color = theme.colors["link"] if hue == "link" else theme.colors.hue(hue).text
            square = QRect(room.x(), room.y(), px(16), room.height())
            draw_icon(painter, theme, square, icon, hue)
            room = room.adjusted(px(22), 0, 0, 0)
        draw_text(painter, room, text.note, theme.font("small"), color)

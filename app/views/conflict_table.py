"""The table of what both sides changed: three named columns, a choice in each row.

One idea: a side is chosen where it stands, by a click on its value or with the arrow keys, and the chosen one
stands out in the row. Not for what was chosen: the model holds that.
"""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.models.conflicts import SIDES, ConflictColumn, ConflictRole, ConflictsModel
from app.views.painting import draw_icon, draw_text
from app.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROW, _HEAD, _PADDING = 44, 30, 8
_SHARES = {ConflictColumn.ATTRIBUTE: 0.24, ConflictColumn.MINE: 0.23, ConflictColumn.THEIRS: 0.28}
_CHOOSES = {
    Qt.Key.Key_Left: ConflictColumn.MINE, Qt.Key.Key_1: ConflictColumn.MINE,
    Qt.Key.Key_Right: ConflictColumn.THEIRS, Qt.Key.Key_2: ConflictColumn.THEIRS,
}  # fmt: skip


class ConflictTable(QTableView):
    """Rows of a ConflictsModel; as high as they are, up to `most_rows`."""

    def __init__(self, theme: Theme, model: ConflictsModel, *, most_rows: int) -> None:
        super().__init__()
        self._theme = theme
        self._conflicts = model
        self._most_rows = most_rows
        self.setObjectName("conflictTable")
        self.setProperty("kind", "rows")
        self.setAccessibleName("Changed by both: left arrow takes yours, right arrow takes the one on disk")
        self.setItemDelegate(_ConflictDelegate(theme, self))
        self.setModel(model)
        self._shape()
        model.modelReset.connect(self._fit_height)
        theme.changed.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left takes mine, Right takes theirs, Space the other one than now; up and down as ever."""
        row, key = self.currentIndex().row(), Qt.Key(event.key())
        if row >= 0 and key in _CHOOSES and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._conflicts.choose(row, SIDES[_CHOOSES[key]])
        elif row >= 0 and key == Qt.Key.Key_Space:
            self._conflicts.choose(row, "theirs" if self._conflicts.choice(row) == "mine" else "mine")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_S):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a side takes it."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() in SIDES:
            self._conflicts.choose(index.row(), SIDES[index.column()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        room = self.viewport().width()
        widths = {column: round(room * share) for column, share in _SHARES.items()}
        widths[ConflictColumn.BASE] = room - sum(widths.values())
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _shape(self) -> None:
        px, rows, columns = self._theme.px, self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(px(_ROW))
        columns.setFont(self._theme.font("column"))
        columns.setFixedHeight(px(_HEAD))
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._fit_height()

    def _fit_height(self) -> None:
        count = min(max(self._conflicts.rowCount(), 1), self._most_rows)
        self.setFixedHeight(self._theme.px(_HEAD) + count * self._theme.px(_ROW))
        if self._conflicts.rowCount() and not self.currentIndex().isValid():
            self.selectRow(0)


class _ConflictDelegate(QStyledItemDelegate):
    """Paints a name, two sides as choices, and what both began with."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one height."""
        return QSize(self._theme.px(60), self._theme.px(_ROW))

    def editorEvent(self, event: QEvent, *rest: object) -> bool:
        """Nothing: the view knows what a click means."""
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        px, theme, area = self._theme.px, self._theme, option.rect
        current = self._view.hasFocus() and index.row() == self._view.currentIndex().row()
        painter.save()
        painter.fillRect(area, theme.colors["base"])
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, theme.colors["row_line"])
        if current and index.column() == ConflictColumn.ATTRIBUTE:
            painter.fillRect(area.x(), area.y(), px(3), area.height(), theme.colors["accent"])
        room = area.adjusted(px(12 if index.column() == 0 else _PADDING), 0, -px(_PADDING), -1)
        if index.column() in SIDES:
            self._paint_side(painter, area.adjusted(px(3), px(4), -px(3), -px(5)), index)
        elif index.column() == ConflictColumn.ATTRIBUTE:
            middle = Qt.TextElideMode.ElideMiddle
            draw_text(painter, room, str(index.data()), theme.font("strong"), theme.colors["text"], middle)
        else:
            draw_text(painter, room, str(index.data()), theme.font("mono"), theme.colors["muted"])
        painter.restore()

    def _paint_side(self, painter: QPainter, box: QRect, index: Index) -> None:
        px, theme = self._theme.px, self._theme
        chosen = bool(index.data(ConflictRole.CHOSEN))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colors["accent_line" if chosen else "pane_line"], 1))
        painter.setBrush(theme.colors["accent_soft" if chosen else "base"])
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        square = QRect(box.x() + px(10), box.y(), px(18), box.height())
        icon, ink = ("radiobox-marked", "link") if chosen else ("radiobox-blank", "tick_box")
        draw_icon(painter, theme, square, icon, ink, 18)
        room = box.adjusted(px(36), 0, -px(6), 0)
        font = theme.font("mono_strong" if chosen else "mono")
        draw_text(painter, room, str(index.data()), font, theme.colors["text" if chosen else "muted"])

"""The table of what both sides changed: three named columns, a choice in each row.

One idea: a side is chosen where it stands, by a click on its value or with the arrow keys, and the chosen one
stands out in the row. Not for what was chosen: the model holds that.
"""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem

from app.models.headers import Index
from app.models.saving.conflicts import SIDES, ConflictColumn, ConflictRole, ConflictsModel
from app.views.parts.row_table import PADDING, RowDelegate, RowTable
from app.views.style.beside import in_short
from app.views.style.painting import draw_icon, draw_text, text_width
from app.views.style.theme import Theme

_ROW, _HEAD = 44, 30
_MOST_NAME, _SIDE = 0.3, 0.36
"""Of the width, what names take at the most; of the rest, what each of the two sides has."""
_CHOOSES = {Qt.Key.Key_Left: ConflictColumn.MINE, Qt.Key.Key_Right: ConflictColumn.THEIRS}


class ConflictTable(RowTable):
    """Rows of a ConflictsModel; as high as they are, up to `most_rows`."""

    def __init__(self, theme: Theme, model: ConflictsModel, *, most_rows: int) -> None:
        self._conflicts = model
        self._most_rows = most_rows
        spoken = "Changed by both: left arrow takes yours, right arrow takes the one on disk"
        super().__init__(theme, model, "conflictTable", spoken)
        self.setItemDelegate(_ConflictDelegate(theme, self))
        columns = self.horizontalHeader()
        columns.setSectionsClickable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self._fit_height)
        self._fit_height()

    def set_compact(self, compact: bool) -> None:
        """Rows of one height, with room for what can be chosen."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        self.fit_columns(compact=compact)

    def fit_columns(self, *, compact: bool) -> None:
        """Names get what they need, the two sides the same, the last column what is left. A heading says when
        and by whom where it has room for that.
        """
        room, font, aside = (
            self.viewport().width(),
            self._theme.font("column"),
            2 * self._theme.px(PADDING) + 2,
        )
        names = min(self.wanted(ConflictColumn.ATTRIBUTE, "strong"), round(room * _MOST_NAME))
        rest, before = room - names, text_width(self._conflicts.titles[-1].partition(" (")[0], font) + aside
        side_width = max(0, min(round(rest * _SIDE), (rest - before) // 2))
        self.setColumnWidth(ConflictColumn.ATTRIBUTE, names)
        for side in SIDES:
            self.setColumnWidth(side, side_width)
        widest = max(text_width(title, font) for title in self._conflicts.titles)
        self._conflicts.put_short(widest + aside > min(side_width, rest - 2 * side_width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left takes mine, Right takes theirs, Space the other one than now, where somebody went to a row; up
        and down as ever. All else that is typed is the sheet's, for its note.
        """
        row, key = self.currentIndex().row(), Qt.Key(event.key())
        if self.is_for_sheet(event):
            event.ignore()
        elif row >= 0 and key in _CHOOSES and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
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

    def _fit_height(self) -> None:
        count = min(max(self._conflicts.rowCount(), 1), self._most_rows)
        self.setFixedHeight(self._theme.px(_HEAD) + count * self._theme.px(_ROW))
        self.fit_columns(compact=False)
        if self._conflicts.rowCount() and not self.currentIndex().isValid():
            self.selectRow(0)


class _ConflictDelegate(RowDelegate):
    """Paints a name, two sides as choices, and what both began with."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one height."""
        return QSize(self.theme.px(60), self.theme.px(_ROW))

    def editorEvent(self, event: QEvent, *rest: object) -> bool:
        """Nothing: the view knows what a click means."""
        return False

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Without the tint of the current row: a tint means here what was chosen. Its frame is enough."""
        plain = QStyleOptionViewItem(option)
        plain.state &= ~QStyle.StateFlag.State_Selected
        super()._paint_ground(painter, plain, index)

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint one cell."""
        px, theme, text = self.theme.px, self.theme, str(index.data())
        if index.column() in SIDES:
            aside = px(PADDING - 3)
            self._paint_side(painter, room.adjusted(-aside, px(4), aside, -px(5)), index)
        elif index.column() == ConflictColumn.ATTRIBUTE:
            middle = Qt.TextElideMode.ElideMiddle
            draw_text(painter, room, text, theme.font("strong"), theme.colors["text"], middle)
        else:
            draw_text(painter, room, text, theme.font("mono"), theme.colors["muted"])

    def _paint_side(self, painter: QPainter, box: QRect, index: Index) -> None:
        px, theme = self.theme.px, self.theme
        chosen = bool(index.data(ConflictRole.CHOSEN))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colors["accent_line" if chosen else "pane_line"], 1))
        painter.setBrush(theme.colors["accent_soft" if chosen else "base"])
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        square = QRect(box.x() + px(10), box.y(), px(18), box.height())
        icon, ink = ("radiobox-marked", "link") if chosen else ("radiobox-blank", "tick_box")
        draw_icon(painter, theme, square, icon, ink, 18)
        room = box.adjusted(px(36), 0, -px(6), 0)
        font, text = theme.font("mono_strong" if chosen else "mono"), str(index.data())
        other = ConflictColumn.MINE + ConflictColumn.THEIRS - index.column()
        text = in_short(text, str(index.sibling(index.row(), other).data()), font, room.width())
        draw_text(painter, room, text, font, theme.colors["text" if chosen else "muted"])

"""The table of changes: in the Changes tab, in the sheet before saving, wherever two states are compared.

One idea: a row says attribute, from, to and what becomes of the type at a glance, in the colours of an
unsaved edit; what can be done with it (tick, go there, take back) is done by mouse or by key, and told. Not
for what the rows are (`app.models.saving.changes`).
"""

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem

from app.models.headers import Index
from app.models.saving.changes import ChangeColumn, ChangeRole, ChangesModel
from app.views.parts.row_table import RowDelegate, RowTable
from app.views.style.beside import in_short
from app.views.style.painting import draw_icon, draw_text, text_width
from app.views.style.theme import Theme
from app.words.change_texts import ChangeText

ROW = 34
_HEAD = 30
_SHARES = {ChangeColumn.ATTRIBUTE: 0.30, ChangeColumn.BEFORE: 0.24, ChangeColumn.AFTER: 0.22}
_TAKE_BACK = 36
_VALUES = (ChangeColumn.BEFORE, ChangeColumn.AFTER)
_LENDERS = (ChangeColumn.TYPE, ChangeColumn.ATTRIBUTE, *_VALUES)
_TICK, _ARROW, _SIGN = 26, 28, 22
_MARKS = {
    "other_type": ("alert-circle", "amber"),
    "mine": ("pencil", "amber"),
    "theirs": ("tray-arrow-down", "link"),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LENT = 0.1
"""Of the width: what the two columns of values lend to long names, also where they have none to spare."""
_ENOUGH = {ChangeColumn.BEFORE: 84 + _ARROW, ChangeColumn.AFTER: 84}
"""What they keep: a word, or a number."""
_MEASURED = 60  # changes


class ChangesTable(RowTable):
    """Rows of a ChangesModel. `opened` carries the row that was asked for by Enter or a double click,
    `take_back_requested` the one whose ⟲ was pressed.
    """

    opened = Signal(object)
    take_back_requested = Signal(object)

    def __init__(self, theme: Theme, model: ChangesModel, name: str, *, most_rows: int = 0) -> None:
        """`name` is for screen readers; with `most_rows` it is as high as its rows, up to so many."""
        self._changes = model
        self._most_rows = most_rows
        super().__init__(theme, model, "changesTable", name)
        self.setItemDelegate(_ChangesDelegate(theme, self))
        columns = self.horizontalHeader()
        columns.setSectionsClickable(False)
        columns.setStretchLastSection(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._fit_height)
        model.dataChanged.connect(self._fit_to_texts)
        self._fit_height()

    def set_compact(self, compact: bool) -> None:
        """Rows of one height, also where others are lower: they are to be read before something is done."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW))
        self.fit_columns(compact=compact)

    def fit_columns(self, *, compact: bool) -> None:
        """Share the width out."""
        room = self.viewport().width() - (self._theme.px(_TAKE_BACK) if self._has_take_back else 0)
        widths = {column: round(room * share) for column, share in _SHARES.items()}
        lacking = min(max(0, self._longest_name() - widths[ChangeColumn.ATTRIBUTE]), round(room * _LENT))
        for column, least in _ENOUGH.items():
            lent = min(lacking // 2, max(0, widths[column] - self._theme.px(least)))
            widths[ChangeColumn.ATTRIBUTE] += lent
            widths[column] -= lent
        widths[ChangeColumn.TYPE] = room - sum(widths.values())
        for takers in ((ChangeColumn.TYPE,), _VALUES, (ChangeColumn.ATTRIBUTE,)):
            self._lend(widths, takers)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        if self._has_take_back:
            self.setColumnWidth(ChangeColumn.TAKE_BACK, self._theme.px(_TAKE_BACK))

    def enter(self) -> None:
        """Take the keyboard, on the first row when none is current."""
        self.take_keyboard()
        if not self.currentIndex().isValid() and self._changes.rowCount():
            self.selectRow(0)

    def showEvent(self, event: QShowEvent) -> None:
        """It may say something else since it was seen."""
        super().showEvent(event)
        self._fit_to_texts()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter goes there, Delete takes back; Enter and what is typed are a sheet's own."""
        row, key = self.currentIndex().row(), event.key()
        if self._most_rows and self.is_for_sheet(event):
            event.ignore()
        elif row < 0 or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
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

    # --- within ---------------------------------------------------------------------------------------------

    @property
    def _has_take_back(self) -> bool:
        return self._changes.columnCount() > ChangeColumn.TAKE_BACK

    def _open(self, row: int, event: QKeyEvent) -> None:
        if self._most_rows:
            event.ignore()
        else:
            self.opened.emit(row)

    def _lend(self, widths: dict[ChangeColumn, int], takers: tuple[ChangeColumn, ...]) -> None:
        """Columns that have no room get what the others do not need."""
        lacking = {one: max(0, self._needed(one) - widths[one]) for one in takers}
        for lender in (one for one in _LENDERS if one not in takers):
            spare, lack = max(0, widths[lender] - self._needed(lender)), sum(lacking.values())
            for column in takers if lack else ():
                lent = min(lacking[column], spare * lacking[column] // lack)
                widths[column] += lent
                widths[lender] -= lent
                lacking[column] -= lent

    def _needed(self, column: ChangeColumn) -> int:
        """What a column needs to show its texts whole."""
        if column == ChangeColumn.ATTRIBUTE:
            return self._longest_name()
        if column == ChangeColumn.TYPE:
            return self.wanted(column, "small") + self._theme.px(_SIGN)
        if column == ChangeColumn.BEFORE:
            return self.wanted(column, "mono") + self._theme.px(_ARROW)
        return self.wanted(column, "mono_strong")

    def _longest_name(self) -> int:
        """What the first column needs to show its texts whole."""
        rows = range(min(self._changes.rowCount(), _MEASURED))
        texts = (self._changes.index(row, ChangeColumn.ATTRIBUTE).data(ChangeRole.TEXT) for row in rows)
        names = (text.attribute for text in texts if isinstance(text, ChangeText))
        width = max((text_width(name, self._theme.font("strong")) for name in names), default=0)
        ticks = self._changes.index(0, 0).data(ChangeRole.TICKED) is not None
        return width + self._theme.px(24 + (_TICK if ticks else 0))

    def _flip(self, row: int) -> None:
        self._changes.tick(row, ticked=not self._changes.is_ticked(row))

    def _on_tick(self, index: QModelIndex, x: int) -> bool:
        if not index.isValid() or index.data(ChangeRole.TICKED) is None:
            return False
        return index.column() == ChangeColumn.ATTRIBUTE and x < self._theme.px(12 + _TICK)

    def _fit_height(self) -> None:
        if self._most_rows:
            count = min(max(self._changes.rowCount(), 1), self._most_rows)
            self.setFixedHeight(self._theme.px(_HEAD) + count * self._theme.px(ROW))
        self._fit_to_texts()

    def _fit_to_texts(self) -> None:
        """Fit the columns to what stands in them, if somebody sees it."""
        if self.isVisible():
            self.fit_columns(compact=False)


class _ChangesDelegate(RowDelegate):
    """Paints tick, attribute, old and new value, type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one height."""
        return QSize(self.theme.px(60), self.theme.px(ROW))

    def editorEvent(self, event: QEvent, *rest: object) -> bool:
        """Nothing: the view knows what a click on a tick means."""
        return False

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint one cell."""
        text, ticked = index.data(ChangeRole.TEXT), index.data(ChangeRole.TICKED)
        if isinstance(text, ChangeText):
            if index.data(ChangeRole.WORD):
                self._paint_word(painter, room, index.column(), str(index.data()))
            else:
                self._paint(painter, room, index.column(), text, ticked)

    def _paint(self, painter: QPainter, room: QRect, column: int, text: ChangeText, ticked: object) -> None:
        theme, left_out = self.theme, ticked is False
        muted = theme.colors["muted"]
        if column == ChangeColumn.ATTRIBUTE:
            self._paint_attribute(painter, room, text, ticked)
        elif column == ChangeColumn.BEFORE:
            room = self._paint_arrow(painter, room)
            self._paint_side(painter, room, text.before, text.after, theme.font("mono"), muted)
        elif column == ChangeColumn.AFTER:
            font, color = theme.font("mono_strong"), theme.colors.hue("amber").text
            if left_out:
                font, color = theme.font("mono"), muted
            elif text.mark == "theirs":
                font, color = theme.font("mono"), theme.colors["text"]
            self._paint_side(painter, room, text.after, text.before, font, color)
        elif column == ChangeColumn.TYPE:
            self._paint_note(painter, room, text)
        else:
            draw_icon(painter, theme, room, "restore", "link")

    def _paint_word(self, painter: QPainter, room: QRect, column: int, word: str) -> None:
        """What stands in the place of a value is none, and does not look like one."""
        room = self._paint_arrow(painter, room) if column == ChangeColumn.BEFORE else room
        draw_text(painter, room, word, self.theme.font("small"), self.theme.colors["muted"])

    def _paint_arrow(self, painter: QPainter, room: QRect) -> QRect:
        """From one value to the other. Returns the room in front of it."""
        px, arrow = self.theme.px, QRect(room)
        arrow.setLeft(room.right() - px(16))
        arrow.setWidth(px(16))
        draw_icon(painter, self.theme, arrow, "arrow-right", "muted")
        return room.adjusted(0, 0, -px(_ARROW), 0)

    def _paint_side(
        self, painter: QPainter, room: QRect, text: str, other: str, font: QFont, color: QColor
    ) -> None:
        """One of two values; where it does not fit, what it shares with the other is left out first."""
        draw_text(painter, room, in_short(text, other, font, room.width()), font, color)

    def _paint_attribute(self, painter: QPainter, room: QRect, text: ChangeText, ticked: object) -> None:
        px, theme = self.theme.px, self.theme
        if ticked is not None:
            square = QRect(room.x(), room.y(), px(18), room.height())
            icon, ink = ("checkbox-marked", "link") if ticked else ("checkbox-blank-outline", "tick_box")
            draw_icon(painter, theme, square, icon, ink, 18)
            room = room.adjusted(px(_TICK), 0, 0, 0)
        font = theme.font("body" if ticked is False else "strong")
        color = theme.colors["muted" if ticked is False else "text"]
        elide = Qt.TextElideMode.ElideRight if text.renamed else Qt.TextElideMode.ElideMiddle
        draw_text(painter, room, text.attribute, font, color, elide)

    def _paint_note(self, painter: QPainter, room: QRect, text: ChangeText) -> None:
        px, theme = self.theme.px, self.theme
        color = theme.colors["muted"]
        if text.mark:
            icon, hue = _MARKS[text.mark]
            color = theme.colors["link"] if hue == "link" else theme.colors.hue(hue).text
            square = QRect(room.x(), room.y(), px(16), room.height())
            draw_icon(painter, theme, square, icon, hue)
            room = room.adjusted(px(_SIGN), 0, 0, 0)
        draw_text(painter, room, text.note, theme.font("small"), color)

"""Paints the cells of the state tree and makes the editor for a value.

One idea: the ground of a row (tint, bar, frame) is painted by the view for the whole row; a cell adds its
icon and its text. Editing starts with the text that gives the same value back, and what was not touched
is not committed. Not for parsing: the editor asks `app.values.edit_text`.
"""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from app.models.headers import Index
from app.models.state.row_edits import seat_of
from app.models.state.state_nodes import Node
from app.models.state.state_texts import (
    Column,
    Marks,
    StateRole,
    cell_text,
    typed_over,
    value_texts,
    was_text,
)
from app.models.state.state_tree import StateTreeModel
from app.models.state.waiting_rows import WaitingRows
from app.views.state.strangers import Strangers
from app.views.state.value_editor import CellEditor, NameEditor, ValueEditor
from app.views.state.yes_no_editor import YesNoEditor
from app.views.style.beside import in_short
from app.views.style.found import draw_found
from app.views.style.kind_icons import KIND_ICONS
from app.views.style.looks import NEW_LOOK, REMOVED_LOOK, THEIRS_LOOK
from app.views.style.painting import draw_icon, draw_pill, draw_text, pill_size, text_width
from app.views.style.theme import Theme
from app.views.trend.usuals import Usuals
from persistence.values.kinds import Kind

LABEL_START = 24
"""Where the name of an attribute begins within its cell; the chevron stands before it."""
SIGN = 12
"""How far the sign of an edited row stands before its cell."""
PADDING = 8
THEIRS = 20
"""What the sign before a saved value takes that somebody else has made."""
TYPE_ICON_WIDTH = 46
"""So narrow, the type is its icon alone; its word stands in the tool tip."""
_ENOUGH = 320
"""Of the row, in pixels at font scale 1: where a field has less behind the type, it begins before that."""
_ENDINGS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_COUNTED = frozenset({Kind.LIST, Kind.MAPPING, Kind.TUPLE, Kind.SET, Kind.FROZEN_SET})


class Cell(NamedTuple):
    """One cell as it is painted. `words` are those that a filter marks."""

    node: Node
    marks: Marks
    column: Column
    words: tuple[str, ...]


class StateDelegate(QStyledItemDelegate):
    """Paints values and edits them in place. `told` carries what became of one that was typed over."""

    told = Signal(object)

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self._theme = theme
        self.row_height = 28
        self.usuals: Usuals | None = None
        self.strangers: Strangers | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height, which the view asks of the first of them."""
        return QSize(self._theme.px(60), self._theme.px(self.row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Nothing: the view paints a row as a whole, cell by cell."""

    def paint_cell(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        """Paint icon and text of one cell of a value."""
        node, marks, column = cell.node, cell.marks, cell.column
        if column is Column.ATTRIBUTE:
            self._paint_name(painter, area, cell)
        elif column is Column.TYPE:
            self._paint_type(painter, area, node)
        elif column is Column.TAKE_BACK:
            if marks.can_take_back or (marks.closed and marks.can_take_inside):
                draw_icon(painter, self._theme, area, "restore", "link")
        elif text := cell_text(node, marks, column):
            self._paint_value(painter, area, text, cell)

    # --- editing --------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A text field that judges what is typed at each keystroke."""
        found = index.data(StateRole.NODE)
        node = found if isinstance(found, Node) else None
        editor = self._make_editor(node, index.column(), parent)
        editor.textEdited.connect(lambda: editor.setGeometry(self._roomy(editor, editor.geometry())))
        editor.node = node
        editor.begun_with = node.text if node is not None else ""
        if isinstance(model := index.model(), StateTreeModel):
            editor.seen = model.draft
            if node is not None:
                editor.wait = partial(
                    _why_wait, model, model.waiting, node, index.column() == Column.ATTRIBUTE
                )
        return editor

    def _make_editor(self, node: Node | None, column: int, parent: QWidget) -> CellEditor:
        if node is not None and column == Column.ATTRIBUTE:
            return self._make_name_editor(node, parent)
        if node is not None and isinstance(node.value, bool):
            return YesNoEditor(self._theme, node.value, parent)
        if self.usuals is None or node is None:
            return ValueEditor(self._theme, None if node is None else node.value, parent)
        editor = ValueEditor(self._theme, node.value, parent, self.usuals.begin(node))
        self.usuals.changed.connect(editor.judge_again)
        return editor

    def _make_name_editor(self, node: Node, parent: QWidget) -> NameEditor:
        strangers = self.strangers
        if strangers is None or seat_of(node) != "attribute":
            return NameEditor(self._theme, node, parent)
        namespace, was = node.namespace, str(node.place[-1])
        editor = NameEditor(self._theme, node, parent, lambda name: strangers.hint(namespace, name, was))
        strangers.changed.connect(editor.judge_again)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor once; a refresh while it is open leaves alone what was typed."""
        if isinstance(editor, CellEditor):
            editor.begin(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.setGeometry(self._roomy(editor, editor.geometry()))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed; opening and closing the editor changes nothing."""
        if isinstance(editor, CellEditor) and editor.touched:
            editor.settled = True
            before = editor.node.text if editor.node is not None else ""
            if isinstance(editor, ValueEditor) and isinstance(model, StateTreeModel):
                model.put_typed(index, editor.text(), editor.seen)
            else:
                model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)
            if editor.over and editor.node is not None and (now := editor.node.text) != before:
                self.told.emit(typed_over(editor.node.path, editor.begun_with, now))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The editor takes the cell, and as much of the row as its text needs: first to the right, never over
        the name.
        """
        area = option.rect.adjusted(0, 1, 0, -2)
        if index.column() == Column.ATTRIBUTE:
            area.setLeft(area.left() + self._theme.px(LABEL_START - PADDING))
        editor.setGeometry(self._roomy(editor, area) if isinstance(editor, CellEditor) else area)

    def _roomy(self, editor: CellEditor, area: QRect) -> QRect:
        """The area, wide enough for the editor's whole text as far as the row has room for it."""
        viewport = editor.parentWidget()
        tree = viewport.parentWidget() if viewport is not None else None
        if viewport is None or not isinstance(tree, QTreeView):
            return area
        first = tree.columnViewportPosition(Column.VALUE)
        if viewport.width() - first < self._theme.px(_ENOUGH):
            first = tree.columnViewportPosition(Column.TYPE)  # the field says the type itself
        first = min(first, area.left())
        width = min(max(area.width(), editor.wanted_width), viewport.width() - first)
        left = max(first, min(area.left(), viewport.width() - width))
        return QRect(left, area.top(), width, area.height())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab wait until the text parses; the editor says in a sentence what is missing."""
        ends = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENDINGS
        )
        if not isinstance(editor, CellEditor):
            return super().eventFilter(editor, event)
        if ends and editor.problem:
            return True
        if _is_save(event) and not editor.problem:  # what is being typed is saved with the rest
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return False
        if event.type() == QEvent.Type.FocusOut and (editor.settled or editor.problem):
            # A renamed row takes its editor along; it would be committed a second time. What cannot stand
            # there is not dropped because somebody looks elsewhere.
            return False
        return super().eventFilter(editor, event)

    # --- painting -------------------------------------------------------------------------------------------

    def _paint_name(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        px, theme, marks = self._theme.px, self._theme, cell.marks
        name = cell_text(cell.node, marks, cell.column)
        left = area.x() + px(LABEL_START)
        if icon := _sign(marks):  # in the indentation: the name stays where it is
            square = QRect(area.x() - px(SIGN), area.y(), px(SIGN + 2), area.height())
            draw_icon(painter, theme, square, icon, "amber", SIGN + 2)
        room = QRect(left, area.y(), area.right() - left - px(4), area.height())
        font = theme.font("body")
        if marks.edited:
            font.setWeight(font.Weight.Medium)
        font.setStrikeOut(marks.removed)
        color = theme.colors["muted" if marks.removed else "text"]
        draw_found(painter, theme, room, name, font, color, cell.words, Qt.TextElideMode.ElideMiddle)

    def _paint_type(self, painter: QPainter, area: QRect, node: Node) -> None:
        px, theme = self._theme.px, self._theme
        left = area.x() + px(PADDING)
        square = QRect(left, area.y(), px(16), area.height())
        draw_icon(painter, theme, square, KIND_ICONS[node.kind], "muted")
        if area.width() > px(TYPE_ICON_WIDTH):
            room = area.adjusted(px(PADDING + 22), 0, -px(4), 0)
            draw_text(painter, room, str(node.kind), theme.font("small"), theme.colors["muted"])

    def _paint_value(self, painter: QPainter, area: QRect, text: str, cell: Cell) -> None:
        node, marks, saved = cell.node, cell.marks, cell.column is Column.SAVED
        if saved and marks.disputed is not None:
            self._paint_theirs(painter, area, text, cell)
            return
        theme, edited = self._theme, (marks.other_value or marks.new) and not saved
        word = NEW_LOOK if marks.new and saved else REMOVED_LOOK if marks.removed and not saved else None
        if word is not None:
            size = pill_size(theme, text)
            top = area.y() + (area.height() - size.height()) // 2
            draw_pill(painter, theme, QRect(QPoint(area.x() + theme.px(PADDING), top), size), word, text)
            return
        if saved and (marks.stands_for_inside or (marks.was is not None and not marks.other_value)):
            room = area.adjusted(theme.px(PADDING), 0, -theme.px(2), 0)
            draw_text(painter, room, text, theme.font("small"), theme.colors["muted"])
            return
        blank = not node.unread and (node.base if saved else node.value) == ""
        faint = blank or node.kind in _COUNTED or node.kind in (Kind.EMPTY, Kind.UNKNOWN)
        font = theme.font("small" if node.kind in _COUNTED else "mono_strong" if edited else "mono")
        color = theme.colors.hue("amber").text if edited else theme.colors["muted" if faint else "text"]
        room = area.adjusted(theme.px(PADDING), 0, -theme.px(4), 0)
        if saved and marks.was is not None and text.endswith(tail := was_text(marks)):
            room = self._paint_saved_name(painter, room, text.removesuffix(tail), tail, font)
            text = text.removesuffix(tail)
        if marks.other_value:
            text = in_short(text, value_texts(node, marks)[0 if saved else 1], font, room.width())
        draw_found(painter, theme, room, text, font, color, () if saved else cell.words)

    def _paint_theirs(self, painter: QPainter, area: QRect, text: str, cell: Cell) -> None:
        """What somebody else has saved in place of what is edited here: nobody has decided between them."""
        px, theme = self._theme.px, self._theme
        square = QRect(area.x() + px(PADDING), area.y(), px(16), area.height())
        draw_icon(painter, theme, square, THEIRS_LOOK.icon, THEIRS_LOOK.hue)
        room, font = area.adjusted(px(PADDING) + px(THEIRS), 0, -px(4), 0), theme.font("mono")
        text = in_short(text, value_texts(cell.node, cell.marks)[0], font, room.width())
        draw_text(painter, room, text, font, theme.colors.hue(THEIRS_LOOK.hue).text)

    def _paint_saved_name(self, painter: QPainter, room: QRect, text: str, tail: str, font: QFont) -> QRect:
        """Behind the saved value the saved name, which has at least half of the room. Returns the rest."""
        small = self._theme.font("small")
        left = max(room.width() // 2, room.width() - text_width(tail, small))
        width = min(text_width(text, font), left)
        name = room.adjusted(width, 0, 0, 0)
        draw_text(painter, name, tail, small, self._theme.colors["muted"])
        return QRect(room.x(), room.y(), width, room.height())


def _sign(marks: Marks) -> str:
    """The icon before the name of a row that is not as it is saved, or holds one."""
    if marks.disputed is not None:
        return "source-merge"
    if marks.removed:
        return "trash-can-outline"
    if marks.new:
        return "plus"
    return "pencil" if marks.edited else "pencil-outline" if marks.inside else ""


def _why_wait(model: StateTreeModel, begun: WaitingRows, node: Node, is_name: bool, text: str) -> str:
    """Why a text has to wait for a decision: when its field was opened, and still."""
    why = begun.why_not_typed(node, text, is_name=is_name)
    if not why or begun is model.waiting:
        return why
    return model.waiting.why_not_typed(node, text, is_name=is_name)


def _is_save(event: QEvent) -> bool:
    """Whether a key is about to be heard as the shortcut that saves."""
    override = event.type() == QEvent.Type.ShortcutOverride
    return override and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Save)

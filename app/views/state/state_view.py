"""The tree of a saved state: rows with their tints and bars, places kept.

One idea: keys and mouse become wishes about the row that they fall on. Not for what the rows are
(`app.models.state.state_tree`), nor for how they are painted (`row_painter`), how wide columns are
(`state_columns`), which rows stand open (`open_rows`) or are selected (`row_selection`), where an edit went
(`edited_row`), or the editors in it (`in_place`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView

from app.models.headers import Index
from app.models.state.several_rows import SEVERAL
from app.models.state.state_nodes import Node
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.views.parts.fields import is_typing
from app.views.state.edited_row import EditedRow
from app.views.state.in_place import InPlace
from app.views.state.open_rows import OpenRows
from app.views.state.row_ground import RowGround
from app.views.state.row_in_sight import was_in_sight
from app.views.state.row_painter import RowPainter
from app.views.state.row_selection import RowSelection
from app.views.state.state_columns import INDENT, StateColumns
from app.views.state.state_delegate import LABEL_START, StateDelegate
from app.views.state.strangers import Strangers
from app.views.style.theme import Theme
from app.views.trend.usuals import Usuals

_FEW = 20
_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
"""Keys that do nothing by themselves."""
_MOVES = {Qt.Key.Key_Up: "MoveUp", Qt.Key.Key_Down: "MoveDown"}
_OPENING = (Qt.Key.Key_Right, Qt.Key.Key_Plus, Qt.Key.Key_Asterisk)


class StateView(QTreeView):
    """The state tree. It edits `in_place`; edits are asked for by the model. `grey_pressed` carries the name
    of a move that is grey, when its key was pressed.
    """

    grey_pressed = Signal(object)

    def __init__(
        self, model: StateTreeModel, theme: Theme, now: Callable[[], datetime] = datetime.now
    ) -> None:
        super().__init__()
        self._theme = theme
        self._state = model
        self._ground = RowGround(theme, now)
        self._delegate = StateDelegate(theme, self)
        self.setObjectName("stateView")
        self.setAccessibleName("Saved state")
        self._behave()
        self.setItemDelegate(self._delegate)
        self.in_place = InPlace(self, model, self._delegate)
        self.setModel(model)
        self.chosen = RowSelection(self, model)
        self._rows = RowPainter(self, model, self._ground, self._delegate)
        self.open_rows = OpenRows(self, model)
        EditedRow(self, model)
        self._columns = StateColumns(self, model, theme)  # which measures rows that are open by then
        self.set_compact(False)
        self.usuals: Usuals | None = None
        self.strangers: Strangers | None = None
        model.refreshed.connect(self.viewport().update)
        theme.changed.connect(self.viewport().update)

    # --- setters --------------------------------------------------------------------------------------------

    def set_compact(self, compact: bool) -> None:
        """Lower rows and narrower columns, for windows below 1200 pixels."""
        self._ground.compact = compact
        self._delegate.row_height = 26 if compact else 28
        self._columns.set_compact(compact)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width. The row that is worked on stays in sight, when a notice takes
        room.
        """
        super().resizeEvent(event)
        self._columns.fit()
        editor = self.in_place.editor
        if was_in_sight(self, event.oldSize().height()) or (editor is not None and editor.hasFocus()):
            self.scrollTo(self.currentIndex())

    @property
    def current_node(self) -> Node | None:
        """What the current row stands for."""
        return self._state.node(self.currentIndex())

    def hint_by(self, usuals: Usuals) -> None:
        """Have numbers that are typed held against these."""
        self.usuals = self._delegate.usuals = usuals

    def name_hints_by(self, strangers: Strangers) -> None:
        """Have names that are typed held against these."""
        self.strangers = self._delegate.strangers = strangers

    def enter(self) -> None:
        """Take the keyboard, on the first attribute when no row is current or a filter has found one."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        current = self._state.node(self.currentIndex())
        if current is None or current.launcher is not None:
            launcher = self._state.index(0, 0)
            first = self._state.index(0, Column.VALUE, launcher)
            self.setCurrentIndex(first if first.isValid() else launcher)

    def go_to(self, index: QModelIndex) -> None:
        """Make a row the current one, with all open that it stands in."""
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def setCurrentIndex(self, index: Index) -> None:
        """Qt would add to what is selected while a key is held, such as that of Undo."""
        self.chosen.take(index)

    def selectAll(self) -> None:
        """All that stands beside the current row; Qt would select all that is open."""
        self.chosen.take_beside()

    def setSelection(self, area: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what the hand or the keyboard has reached."""
        if not self.chosen.reach(area.normalized(), command):
            super().setSelection(area, command)

    def rowsAboutToBeRemoved(self, parent: Index, first: int, last: int) -> None:
        """Where several rows can be selected, Qt leaves none selected in place of the current one."""
        self.chosen.leave(parent, first, last)
        super().rowsAboutToBeRemoved(parent, first, last)

    def edit_value(self) -> None:
        """Edit the one row that is meant, or say that there are several."""
        self.chosen.settle()
        if self.chosen.several:
            self.in_place.refused.emit(SEVERAL)
        else:
            self.in_place.edit_value()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Told of a stretch, Qt looks at each row in it, and at all that is open in between. What a filter
        finds is laid out as a whole (`open_rows`).
        """
        if self._state.found_anew:
            return
        if last.row() - first.row() < _FEW:
            for row in range(first.row(), last.row() + 1):
                super().dataChanged(
                    first.sibling(row, first.column()), last.sibling(row, last.column()), roles
                )
        else:
            QAbstractItemView.dataChanged(self, first, last, roles)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt closes an open field when another row becomes the current one, and drops what cannot stand in
        it: that stays open with its text.
        """
        if self._is_refused():
            self.viewport().update()
        else:
            super().currentChanged(current, previous)

    # --- keys and mouse -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits a value, Space a yes/no, too; what is typed over a value takes its place. F2 comes here
        where its action is grey, to say why. What opens a row opens no more than that row. All keys wait
        until what is typed in an open field is right.
        """
        if event.key() not in _HELD and self._is_refused():
            self.in_place.finish()
            return
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _MOVES:
            self.grey_pressed.emit(_MOVES[Qt.Key(event.key())])
            return  # Qt would go to another row, and select it alone
        index = self.currentIndex()
        if event.key() in _OPENING and self._open(index.siblingAtColumn(0)):
            return
        if event.key() == Qt.Key.Key_Minus and self.isExpanded(index.siblingAtColumn(0)):
            self.collapse(index.siblingAtColumn(0))
            return
        node = self._state.node(index)
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_F2:
            self.edit_value()
            return
        if event.key() == Qt.Key.Key_Space and node is not None and isinstance(node.value, bool):
            enters = not event.modifiers()
        if enters and node is not None and node.is_value:
            self.edit_value()
        elif is_typing(event) and event.key() != Qt.Key.Key_Space:
            self._type_over(event)
        elif event.key() != Qt.Key.Key_Asterisk:  # Qt would open all that is inside, a million rows perhaps
            super().keyPressEvent(event)

    def _type_over(self, event: QKeyEvent) -> None:
        """Qt would search for it, after an edit in the values, and Enter would edit what it found."""
        self.chosen.settle()
        if self.chosen.several:
            self.in_place.refused.emit(SEVERAL)
        else:
            self.in_place.type_over(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a chevron opens or closes; one on ⟲ takes the edit back. Any waits until what is typed
        in an open field is right.
        """
        if self._is_refused():
            self.in_place.finish()
            return
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            if index.column() == Column.TAKE_BACK and self._take_back(index):
                return
            if self._on_chevron(index, round(event.position().x())):
                if not self._open(index.siblingAtColumn(0)):
                    self.collapse(index.siblingAtColumn(0))
                return
        super().mousePressEvent(event)

    def _take_back(self, index: QModelIndex) -> bool:
        """Do what ⟲ is there for; an open row leaves it to the rows inside."""
        node = self._state.node(index)
        seen = node is not None and self.isExpanded(index.siblingAtColumn(0))
        alone = seen and node is not None and not self._state.marks(node).can_take_back
        return not alone and self._state.take_back(index)

    def _is_refused(self) -> bool:
        """Whether something is typed that cannot stand in its row."""
        editor = self.in_place.editor
        return editor is not None and bool(editor.problem)

    def _open(self, index: QModelIndex) -> bool:
        """Open a row; False when it is open, or there is nothing in it."""
        if self.isExpanded(index) or not self._state.hasChildren(index):
            return False
        self.open_rows.open(index)
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click edits, wherever in the row it falls; on a launcher it opens or closes."""
        if self._is_refused():
            return
        index = self.indexAt(event.position().toPoint())
        node = self._state.node(index)
        if (
            node is not None
            and node.launcher is None
            and not self._on_chevron(index, round(event.position().x()))
        ):
            self.setCurrentIndex(index)
            if self.in_place.edit_value():
                return
        super().mouseDoubleClickEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the focused row."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the frame of the focused row."""
        super().focusOutEvent(event)
        self.viewport().update()

    # --- painting -------------------------------------------------------------------------------------------

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Nothing: the chevron is painted with the row."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay out what is to be laid out before, for that may move columns."""
        self.executeDelayedItemsLayout()
        self._rows.look()
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a whole row."""
        node = self._state.node(index)
        if node is not None:
            self._rows.paint(painter, node, self._state.index_of(node), option.rect)

    # --- within ---------------------------------------------------------------------------------------------

    def _behave(self) -> None:
        self.setRootIsDecorated(False)
        self.setIndentation(self._theme.px(INDENT))
        self.setExpandsOnDoubleClick(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)  # else Qt measures each of 100,000 on the way to the last
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)

    def _on_chevron(self, index: QModelIndex, x: int) -> bool:
        if index.column() != Column.ATTRIBUTE or not self._state.hasChildren(index):
            return False
        return x - self.visualRect(index).x() < self._theme.px(LABEL_START)

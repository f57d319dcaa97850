"""Editing in the state tree: the editor of the current row's value or name, opened, committed, dropped.

One idea: there is one editor at a time, and whoever is about to act on the state has it finished first. A
value that is not read yet is read, and edited then. Not for what is typed (`value_editor`), nor for values
that one line is too little for (`value_sheets`).
"""

from functools import partial

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from app.models.state.row_edits import NO_ROW, seat_of
from app.models.state.state_nodes import Node
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.values.box_text import CONTAINERS, wants_box
from app.views.state.state_delegate import StateDelegate
from app.views.state.value_editor import CellEditor

_LONGER = "Enter edits it. Only what stands whole in its row is begun by typing."
_FINDS = "Ctrl+Shift+F finds an attribute."


class InPlace(QObject):
    """Opens and closes the editors of one tree. `box_requested` tells of a value that one line is too little
    for, `refused` says why the current row cannot be edited, or why what is typed does not stand; `over`
    carries the latter when that field is closed, `typed_over` what became of a value by keys alone.
    `stopped`: something was asked for that has to wait until what is typed in the open field is right.
    """

    box_requested = Signal()
    stopped = Signal()
    refused = Signal(object)
    over = Signal(object)
    typed_over = Signal(object)

    def __init__(self, view: QTreeView, state: StateTreeModel, delegate: StateDelegate) -> None:
        super().__init__(view)
        self._view = view
        self._state = state
        self._delegate = delegate
        self._edited_when_read = QPersistentModelIndex()
        delegate.told.connect(self.typed_over)
        state.was_read.connect(self._edit_what_was_read)

    @property
    def editor(self) -> CellEditor | None:
        """What is typed in now."""
        found = self._view.viewport().findChildren(CellEditor)  # one that was closed goes with the next event
        return next((editor for editor in found if not editor.isHidden()), None)

    @property
    def waits(self) -> bool:
        """Whether what is typed waits for a decision: then that goes first."""
        return self.editor is not None and self.editor.waits

    def edit_value(self) -> bool:
        """Open the editor of the current row's value; False, and `refused` says why, when there is none."""
        if self._view.state() == QAbstractItemView.State.EditingState:
            if (editor := self.editor) is not None:
                editor.setFocus(Qt.FocusReason.ShortcutFocusReason)  # it may stand there, refused and left
            return True
        index = self._current(Column.VALUE)
        node = self._state.node(index)
        if self._state.editable and self._state.read_around(index):
            self._edited_when_read = QPersistentModelIndex(index)
            return True
        if node is None or not self._state.can_edit(node):
            why = self._state.waiting.why_fixed(node) if node is not None else NO_ROW
            self.refused.emit(why or "It can only be looked at now.")
            return False
        self._view.setCurrentIndex(index)
        if wants_box(node.value):
            self.box_requested.emit()
        else:
            self._view.edit(index)
        return True

    def type_over(self, event: QKeyEvent) -> None:
        """Open the editor of the current row's value with what a key types, in the place of all that stood
        there. What is more than one line shows is not replaced by a key: `refused` says how it is edited.
        """
        node = self._state.node(self._current(Column.VALUE))
        if node is not None and not node.is_value:
            self.refused.emit(_FINDS)
        elif node is not None and self._state.editable and not self._stands_whole(node):
            self.refused.emit(_LONGER)
        elif self.edit_value() and (editor := self.editor) is not None:
            editor.over = not editor.touched
            QCoreApplication.sendEvent(editor, event)

    def edit_name(self) -> bool:
        """Open the editor of the current row's name; False when it has none."""
        index = self._current(Column.ATTRIBUTE)
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        if not self.finish():
            return True
        self._view.setCurrentIndex(index)
        node, strangers = self._state.node(self._view.currentIndex()), self._delegate.strangers
        if node is not None and strangers is not None and seat_of(node) == "attribute":
            strangers.begin(self._state.directory, node.namespace)
        self._view.edit(index)
        return True

    def finish(self) -> bool:
        """Commit what stands in an open editor. False where it cannot stand there: then the editor stays with
        what was typed, has the keyboard, and says why; whatever was to come next has to wait.
        """
        editor = self.editor
        if editor is None or not editor.problem:
            self.end()
            return True
        self.stopped.emit()  # whoever shows something else in its place brings this in front
        self._view.scrollTo(self._view.currentIndex())
        editor.judge_again()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        what = editor.node.path if editor.node is not None else "It"
        told = f"First correct {what}, or drop it with Esc. {editor.problem}"
        self.refused.emit(told)
        editor.closed.connect(partial(self.over.emit, told))
        return False

    def end(self) -> None:
        """Commit what stands in an open editor, if it parses; else it is dropped, and told. For when what is
        edited goes out of sight.
        """
        if (editor := self.editor) is not None:
            self._view.commitData(editor)
            self._view.closeEditor(editor, self._delegate.EndEditHint.NoHint)

    def drop(self) -> None:
        """Close an open editor without a change."""
        if (editor := self.editor) is not None:
            self._view.closeEditor(editor, self._delegate.EndEditHint.RevertModelCache)

    def _stands_whole(self, node: Node) -> bool:
        """Not what is read first: the next keys would fall into it by themselves."""
        return self._state.is_at_hand(node) and node.kind not in CONTAINERS and not wants_box(node.value)

    def _current(self, column: Column) -> QModelIndex:
        return self._view.currentIndex().siblingAtColumn(column)

    def _edit_what_was_read(self) -> None:
        """Open the editor that waited for a value, unless another row is the current one by now."""
        wanted, self._edited_when_read = self._edited_when_read, QPersistentModelIndex()
        if wanted.isValid() and wanted == QPersistentModelIndex(self._current(Column.VALUE)):
            self.edit_value()

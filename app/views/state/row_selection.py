"""Which rows of the state tree are selected, and so meant by what is done to rows.

One idea: what is selected is meant; where nothing is, it is the row that the keyboard stands on. That may be
another one than the only selected one (`Ctrl` with an arrow): the keyboard goes there as soon as something is
to be done. Not for what can be done to several (`app.models.state.several_rows`).
"""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject
from PySide6.QtWidgets import QTreeView

from app.models.headers import Index
from app.models.state.several_rows import in_order
from app.models.state.state_nodes import Node
from app.models.state.state_tree import StateTreeModel

_Flag = QItemSelectionModel.SelectionFlag


class RowSelection(QObject):
    """The selection of one tree that has its model."""

    def __init__(self, view: QTreeView, state: StateTreeModel) -> None:
        super().__init__(view)
        self._view = view
        self._state = state

    @property
    def model(self) -> QItemSelectionModel:
        """Qt's own, for who is told when it changes."""
        return self._view.selectionModel()

    @property
    def count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self._parts())

    @property
    def several(self) -> bool:
        """Whether more than one row is."""
        return self.count > 1

    def nodes(self) -> list[Node]:
        """The rows that are meant, in the order of the tree. Each is made an object of: ask `count` first."""
        rows = (
            self._state.index(row, 0, part.parent())
            for part in self._parts()
            for row in range(part.top(), part.bottom() + 1)
        )
        found = [node for index in rows if (node := self._state.node(index)) is not None]
        current = self._state.node(self._view.currentIndex())
        return in_order(found) or ([current] if current is not None else [])

    def take(self, index: Index) -> None:
        """Select this row alone, whatever keys are held down meanwhile."""
        self.model.setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)

    def leave(self, parent: Index, first: int, last: int) -> None:
        """These rows go: if the current one is among them, take that below, or that above."""
        current = self._view.currentIndex()
        if current.parent() != parent or not first <= current.row() <= last:
            return
        row = last + 1 if last + 1 < self._state.rowCount(parent) else first - 1
        if row >= 0:
            self.take(self._state.index(row, current.column(), parent))

    def settle(self) -> None:
        """Have the keyboard where the only selected row is."""
        current = self._view.currentIndex()
        if self.count == 1 and not self.model.isSelected(current):
            part = self._parts()[0]
            only = self._state.index(part.top(), current.column(), part.parent())
            self.model.setCurrentIndex(only, _Flag.NoUpdate)

    def take_beside(self) -> None:
        """Select all rows that stand beside the current one."""
        parent = self._view.currentIndex().parent()
        first, last = (self._state.index(row, 0, parent) for row in (0, self._state.rowCount(parent) - 1))
        self.model.select(QItemSelection(first, last), _Flag.ClearAndSelect | _Flag.Rows)

    def _parts(self) -> list[QItemSelectionRange]:
        """What is selected, as ranges: however many rows there are, these are few."""
        selection = self.model.selection()
        return [selection.at(position) for position in range(selection.size())]

"""Which rows of the state tree are selected, and so meant by what is done to rows.

One idea: what is selected is meant; where nothing is, it is the row that the keyboard stands on. That may be
another one than the only selected one (`Ctrl` with an arrow): the keyboard goes there as soon as something is
to be done. Not for what can be done to several (`app.models.state.several_rows`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
)
from PySide6.QtWidgets import QTreeView

from app.models.headers import Index
from app.models.state.several_rows import Way, in_order, way_to
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

    def take_all(self, rows: Sequence[Index]) -> None:
        """Select these rows alone, the first of them being the current one."""
        self.take(rows[0])
        chosen = QItemSelection()
        for first, last in _stretches(rows):
            chosen.select(first, last)
        self.model.select(chosen, _Flag.ClearAndSelect | _Flag.Rows)

    def reach(self, area: QRect, command: _Flag) -> bool:
        """Select what stands in an area, however many rows that are. False where it is no larger than what is
        in sight: that is left to Qt, which asks of each row, one by one, where it stands.
        """
        ends = (QPoint(area.center().x(), y) for y in (area.top(), area.bottom()))
        first, last = (self._state.node(self._view.indexAt(end)) for end in ends)
        if first is None or last is None or area.height() <= self._view.viewport().height():
            return False
        self.model.select(self._between(way_to(first), way_to(last)), command)
        return True

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

    def _between(self, first: Way, last: Way) -> QItemSelection:
        """All rows from one to another: a range for each row that stands open."""
        found = QItemSelection()
        for above in self._open(QModelIndex()):
            rows = self._state.rows_below(above)
            top, end = bisect_left(rows, first, key=way_to), bisect_right(rows, last, key=way_to)
            if top < end:
                found.select(self._state.index_of(rows[top]), self._state.index_of(rows[end - 1]))
        return found

    def _open(self, above: QModelIndex) -> Iterator[QModelIndex]:
        """A row and those below it that stand open."""
        yield above
        for node in self._state.rows_below(above):
            if node.children and self._view.isExpanded(index := self._state.index_of(node)):
                yield from self._open(index)

    def _parts(self) -> list[QItemSelectionRange]:
        """What is selected, as ranges: however many rows there are, these are few."""
        selection = self.model.selection()
        return [selection.at(position) for position in range(selection.size())]


def _stretches(rows: Sequence[Index]) -> Iterator[tuple[Index, Index]]:
    """The first and the last of those that stand behind each other: Qt holds each stretch against all others
    whenever it is asked what is selected.
    """
    first = last = rows[0]
    for row in rows[1:]:
        if row.row() != last.row() + 1 or row.parent() != last.parent():
            yield first, last
            first = row
        last = row
    yield first, last

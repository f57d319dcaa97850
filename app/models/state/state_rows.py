"""The rows of the state tree for Qt: which were made, where they stand, how they come and go.

One idea: children are made where somebody looks, and where there are many, below headings of a thousand each.
A large value that nobody has read is read before it has rows. Not for which values are shown
(`state_layers`), nor for what rows say (`state_tree`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import count

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.models.state.state_nodes import Node, Span
from app.models.state.state_reading import Reading
from app.models.state.state_texts import HEADERS
from app.models.steps import Steps, ranges, steps
from app.values.state_parts import Part
from persistence.document import Namespace, Place
from persistence.values.spelled import Spelled

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_COLUMNS = len(HEADERS)
_MANY = 500
"""Ranges of rows that a refresh tells one by one; beyond, the children of that row are made anew."""


class Rows(QAbstractItemModel):
    """Launchers at the top, their attributes below, then what is inside these; as far as fetched."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idents = count(1)
        self._nodes: dict[int, Node] = {}
        self._root = Node(0, "", None, None, 0)
        self._root.children = []
        self._name_flags: dict[int, Qt.ItemFlag] = {}  # as they were told, until something changes
        self._refreshing = False  # rows that a view fetched half-way would not be those it is told of
        self._asked: list[tuple[Spelled, int]] = []
        self._reading = Reading(self)

    # --- nodes ----------------------------------------------------------------------------------------------

    def node(self, index: Index) -> Node | None:
        """The node of a row; None for no row, which has the number of none."""
        return self._nodes.get(index.internalId())

    def rows_below(self, index: Index) -> Sequence[Node]:
        """The nodes of the rows below one, as far as they were fetched."""
        return self._node_or_root(index).children or ()

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node in the first column."""
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.ident)

    def find(self, namespace: str, place: Place) -> QModelIndex:
        """The index of a value, fetched if need be; the launcher's own for ``()``; invalid if hidden."""
        found = next((node for node in self._root.children or () if node.namespace == namespace), None)
        while found is not None and found.place != place:
            found = self._towards(found, place)
        return QModelIndex() if found is None else self.index_of(found)

    def find_around(self, namespace: str, place: Place) -> QModelIndex:
        """The index of a value, or of the innermost value around it that has a row."""
        while place and not self.find(namespace, place).isValid():
            place = place[:-1]
        return self.find(namespace, place)

    def made(self, namespace: str, place: Place) -> Node | None:
        """The row of a value, if somebody has looked at it by now."""
        found = next((node for node in self._root.children or () if node.namespace == namespace), None)
        while found is not None and found.place != place:
            found = found.child_towards(place) if found.children else None
        return found

    def _towards(self, node: Node, place: Place) -> Node | None:
        """The part of a node that a place leads through, fetched with the headings on the way to it."""
        if node.children is None:
            node.see()
        position = node.towards(place)
        row: Node | None = node if position >= 0 else None
        while row is not None:
            self.fetchMore(self.index_of(row))
            row = row.below(position)
            if row is not None and row.span is None:
                break
        return row

    def _node_or_root(self, index: Index) -> Node:
        return self.node(index) or self._root

    def _new_node(self, namespace: str, parent: Node, under: Node, row: int) -> Node:
        node = Node(next(self._idents), namespace, parent, under, row)
        self._nodes[node.ident] = node
        return node

    def _new(self, above: Node, row: int, held: Part | Span) -> Node:
        """A new row below `above`: a part, or a heading."""
        parent = above.parent if above.span is not None and above.parent is not None else above
        node = self._new_node(parent.namespace, parent, above, row)
        if isinstance(held, Part):
            node.put(held, parent.base_of(held))
            node.kept = parent.kept_of(held.steps)
        else:
            node.put_span(held, _launcher_of(parent))
        return node

    def _forget(self, nodes: Sequence[Node]) -> None:
        """Of rows that are gone nothing is held: they know each other, and so all of a large state."""
        for node in nodes:
            self._nodes.pop(node.ident, None)
            self._forget(node.children or ())
            node.let_go()

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """The index of a child that was fetched."""
        children = self._nodes.get(parent.internalId(), self._root).children
        if not children or not 0 <= row < len(children) or not 0 <= column < _COLUMNS or parent.column() > 0:
            return QModelIndex()
        return self.createIndex(row, column, children[row].ident)

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        """The row above."""
        node = self._nodes.get(index.internalId())
        above = None if node is None else node.under
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above.ident)

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many children were fetched."""
        return 0 if parent.column() > 0 else len(self._node_or_root(parent).children or ())

    def columnCount(self, parent: Index = ROOT) -> int:
        """Attribute, Type, Value, Saved value, and the button that takes an edit back."""
        return _COLUMNS

    def hasChildren(self, parent: Index = ROOT) -> bool:
        """Whether there is anything inside, fetched or not."""
        return self._nodes.get(parent.internalId(), self._root).holds_any and parent.column() <= 0

    def canFetchMore(self, parent: Index) -> bool:
        """Whether children are there that were not fetched."""
        node = self._node_or_root(parent)
        if node is self._root or parent.column() > 0 or self._refreshing or node.children is not None:
            return False
        return node.count > 0 and not self._reading.is_asked(node.unread)

    def fetchMore(self, parent: Index) -> None:
        """Make the children of a row, or the headings over them; a large value is read before."""
        if not self.canFetchMore(parent):
            return
        node = self._node_or_root(parent)
        if node.unread and not node.restricted:
            self._read(node, node.unread)
        else:
            self._make_children(node)

    def _make_children(self, node: Node) -> None:
        rows = node.rows()
        node.children = []
        if rows:
            self.beginInsertRows(self.index_of(node), 0, len(rows) - 1)
            node.children = [self._new(node, row, held) for row, held in enumerate(rows)]
            self.endInsertRows()

    def _read(self, node: Node, held: Spelled) -> None:
        self._asked.append((held, node.ident))
        self._reading.begin(held)
        node.progress = self._reading.progress(held)

    # --- rows that come and go ------------------------------------------------------------------------------

    def _reshape(
        self, node: Node, keys: Sequence[Hashable], old: Sequence[Hashable], make: Callable[[int], Node]
    ) -> None:
        """Remove and insert children so that their keys are `keys`; `make` gives the new child of a row."""
        children = node.children if node.children is not None else []
        anew = Steps(removed=((0, len(old) - 1),), inserted=((0, len(keys) - 1),))
        plan = steps(old, keys, limit=_MANY) or anew
        for first, last in plan.removed:
            self.beginRemoveRows(self.index_of(node), first, last)
            self._forget(children[first : last + 1])
            del children[first : last + 1]
            _number(children, first)
            self.endRemoveRows()
        for first, last in plan.inserted:
            self.beginInsertRows(self.index_of(node), first, last)
            children[first:first] = [make(row) for row in range(first, last + 1)]
            _number(children, first)
            self.endInsertRows()

    def _tell_changed(self, node: Node, rows: Sequence[int]) -> None:
        """Of rows that changed only: a view that is told of a row measures it."""
        above, columns = self.index_of(node), len(HEADERS)
        for first, last in ranges(rows):
            self.dataChanged.emit(self.index(first, 0, above), self.index(last, columns - 1, above))


def _number(children: Sequence[Node], first: int) -> None:
    for row in range(first, len(children)):
        children[row].row = row


def _launcher_of(node: Node) -> Namespace | None:
    while node.launcher is None and node.parent is not None:
        node = node.parent
    return node.launcher

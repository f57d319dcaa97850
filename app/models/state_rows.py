"""The rows of the state tree: which there are, how they are fetched, how a refresh tells a view of them.

One idea: a new document is laid over the rows that were made so far. Rows are recognised by their place; what
came and went is told in ranges (`steps`), what stayed keeps its node, and with it expansion and selection.
Children are made in groups of 1,000, only where somebody looks.

Not for what rows say or how they are edited: `state_tree` adds that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import count

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

from app.models.state_nodes import GROUP, Node
from app.models.state_parts import Part, attribute_parts, kept
from app.models.state_texts import HEADERS
from app.models.steps import Steps, steps
from persistence.document import ABSENT, Absent, Document, Namespace, Place
from persistence.json_text import JSON

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_MANY = 500
"""Ranges of rows that a refresh tells one by one; beyond, the children of that row are made anew."""


class StateRows(QAbstractItemModel):
    """Launchers at the top, their attributes below, then what is inside these; as far as fetched."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idents = count(1)
        self._nodes: dict[int, Node] = {}
        self._root = Node(0, "", None, 0)
        self._root.children = []
        self._words: tuple[str, ...] = ()
        self._refreshing = False  # rows that a view fetched half-way would not be those it is told of
        self._document: Document | None = None
        self._base: Document | None = None

    # --- refreshing -----------------------------------------------------------------------------------------

    def start_anew(self, document: Document | None, base: Document | None) -> None:
        """Show another session: all rows are made again."""
        self.beginResetModel()
        self._document, self._base = document, base
        self._nodes.clear()
        self._root.children = []
        for row, launcher in enumerate(self._launchers()):
            self._root.children.append(self._new_launcher(row, launcher))
        self.endResetModel()

    def refresh(self, document: Document | None, base: Document | None, *, anew: bool = False) -> None:
        """Show another state of the same session; rows that are still there stay as they are.

        What is the very same value as before is not looked into, unless `anew`.
        """
        self._document, self._base = document, base
        self._refreshing = True
        try:
            self._refresh_launchers(anew=anew)
        finally:
            self._refreshing = False

    def _refresh_launchers(self, *, anew: bool) -> None:
        launchers = self._launchers()
        self._reshape(
            self._root,
            [launcher.name for launcher in launchers],
            [node.namespace for node in self._root.children or ()],
            lambda row: self._new_launcher(row, launchers[row]),
        )
        for node, launcher in zip(self._root.children or (), launchers, strict=True):
            node.put_launcher(launcher, self._saved_attributes(launcher.name))
            self._refresh_children(node, anew=anew)
        self._tell_changed(self._root)

    def set_filter(self, text: str) -> None:
        """Keep the attributes in which every word of `text` stands, in name or value, at any depth."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self.refresh(self._document, self._base, anew=True)

    @property
    def filtering(self) -> bool:
        """Whether a filter hides attributes."""
        return bool(self._words)

    def _launchers(self) -> list[Namespace]:
        document = self._document
        found = [document.namespace(name) for name in document.namespaces] if document else []
        return [one for one in found if not self._words or kept(attribute_parts(one.attributes), self._words)]

    def _saved_attributes(self, namespace: str) -> JSON | Absent:
        if self._base is None or namespace not in self._base.namespaces:
            return ABSENT
        return dict(self._base.namespace(namespace).attributes)

    def _refresh_children(self, node: Node, *, anew: bool) -> None:
        """Lay the node's new value over the children that were fetched before."""
        if node.children is None:
            return
        found = node.parts(self._words)
        node.total = len(found)
        wanted = found[: max(GROUP, -(-len(node.children) // GROUP) * GROUP)]
        self._reshape(
            node,
            [part.steps for part in wanted],
            [child.steps for child in node.children],
            lambda row: self._new_child(node, row, wanted[row]),
        )
        for child, part in zip(node.children, wanted, strict=True):
            base = node.base_of(part)
            moved = anew or child.steps != part.steps or child.removed != part.removed
            if moved or child.value is not part.value or child.base is not base:
                child.put(part, base)
                child.match(self._words)
                self._refresh_children(child, anew=moved)
        self._tell_changed(node)

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

    def _tell_changed(self, node: Node) -> None:
        if node.children:
            above, last = self.index_of(node), len(node.children) - 1
            self.dataChanged.emit(self.index(0, 0, above), self.index(last, len(HEADERS) - 1, above))

    # --- nodes ----------------------------------------------------------------------------------------------

    def node(self, index: Index) -> Node | None:
        """The node of a row; None for no row."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node in the first column."""
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.ident)

    def find(self, namespace: str, place: Place) -> QModelIndex:
        """The index of a value, fetched if need be; the launcher's own for ``()``; invalid if hidden."""
        found = self._root
        while found is self._root or found.place != place:
            inner = next((n for n in self._all_children(found) if _leads_to(n, namespace, place)), None)
            if inner is None:
                return QModelIndex()
            found = inner
        return self.index_of(found)

    def _all_children(self, node: Node) -> Iterator[Node]:
        row = 0
        while True:
            if row >= len(node.children or ()) and self.canFetchMore(self.index_of(node)):
                self.fetchMore(self.index_of(node))
            if node.children is None or row >= len(node.children):
                return
            yield node.children[row]
            row += 1

    def _node_or_root(self, index: Index) -> Node:
        return self.node(index) or self._root

    def _new_node(self, namespace: str, parent: Node, row: int) -> Node:
        node = Node(next(self._idents), namespace, parent, row)
        self._nodes[node.ident] = node
        return node

    def _new_child(self, parent: Node, row: int, part: Part) -> Node:
        node = self._new_node(parent.namespace, parent, row)
        node.put(part, parent.base_of(part))
        node.match(self._words)
        return node

    def _new_launcher(self, row: int, launcher: Namespace) -> Node:
        node = self._new_node(launcher.name, self._root, row)
        node.put_launcher(launcher, self._saved_attributes(launcher.name))
        return node

    def _forget(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            self._nodes.pop(node.ident, None)
            self._forget(node.children or ())

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """The index of a child that was fetched."""
        children = self._node_or_root(parent).children or ()
        if parent.column() > 0 or not 0 <= row < len(children) or not 0 <= column < len(HEADERS):
            return QModelIndex()
        return self.createIndex(row, column, children[row].ident)

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        """The row above."""
        node = self.node(index)
        return self.index_of(node.parent) if node and node.parent else QModelIndex()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many children were fetched."""
        return 0 if parent.column() > 0 else len(self._node_or_root(parent).children or ())

    def columnCount(self, parent: Index = ROOT) -> int:
        """Attribute, Type, Value, Saved value, and the button that takes an edit back."""
        return len(HEADERS)

    def hasChildren(self, parent: Index = ROOT) -> bool:
        """Whether there is anything inside, fetched or not."""
        node = self._node_or_root(parent)
        has_any = node.count > 0 if node.children is None else bool(node.children)
        return parent.column() <= 0 and has_any

    def canFetchMore(self, parent: Index) -> bool:
        """Whether children are there that were not fetched."""
        node = self._node_or_root(parent)
        if node is self._root or parent.column() > 0 or self._refreshing:
            return False
        return node.count > 0 if node.children is None else len(node.children) < node.total

    def fetchMore(self, parent: Index) -> None:
        """Make the next group of children."""
        if not self.canFetchMore(parent):
            return
        node = self._node_or_root(parent)
        found = node.parts(self._words)
        node.total = len(found)
        children = node.children = node.children if node.children is not None else []
        wanted = found[len(children) : len(children) + GROUP]
        if wanted:
            first = len(children)
            self.beginInsertRows(self.index_of(node), first, first + len(wanted) - 1)
            children.extend(self._new_child(node, first + i, part) for i, part in enumerate(wanted))
            self.endInsertRows()


def _number(children: Sequence[Node], first: int) -> None:
    for row in range(first, len(children)):
        children[row].row = row


def _leads_to(node: Node, namespace: str, place: Place) -> bool:
    return node.namespace == namespace and node.place == place[: len(node.place)]

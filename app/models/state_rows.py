"""The rows of the state tree: which there are, how they are fetched, how a refresh tells a view of them.

One idea: a new document is laid over the rows that were made so far. Rows are recognised by their place; what
came and went is told in ranges (`steps`), what stayed keeps its node, and with it expansion and selection.
What the old and the new document share is not looked into, so that an edit costs what was edited. Children
are made where somebody looks, and where there are many, below headings of a thousand each.

Not for what rows say or how they are edited: `state_tree` adds that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import count
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

from app.models.state_inside import unlike
from app.models.state_nodes import Node, Span
from app.models.state_parts import Part, attribute_parts, kept
from app.models.state_texts import HEADERS
from app.models.steps import Steps, ranges, steps
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
        self._root = Node(0, "", None, None, 0)
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
            value, base = node.value, node.base
            node.put_launcher(launcher, self._saved_attributes(launcher.name))
            self._refresh_inside(node, value, base, anew=anew)
        self._tell_changed(self._root, range(len(launchers)))

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
        return cast(JSON, self._base.namespace(namespace).attributes.as_in_tree)

    def _refresh_inside(self, node: Node, value: JSON | Absent, base: JSON | Absent, *, anew: bool) -> None:
        """Lay what a node holds now over its children; `value` and `base` are what it held before."""
        if node.children is None:
            return
        here, saved = (
            (None, None) if anew or self._words else (unlike(value, node.value), unlike(base, node.base))
        )
        if here is None or saved is None:
            self._lay_over(node, anew=anew)
            return
        for place in dict.fromkeys((*here, *saved)):
            child, position = node.child(place), node.shown.position(place)
            if child is not None and self._refresh_value(child, node.shown.some(position, position + 1)[0]):
                self._tell_changed(child.under or node, [child.row])

    def _lay_over(self, node: Node, *, anew: bool) -> None:
        """Make, remove and refresh all children of a node that were fetched."""
        if node.children is None:
            return
        rows = node.rows(self._words)
        self._reshape(
            node,
            [*map(_key, rows)],
            [*map(_key_of, node.children)],
            lambda row: self._new(node, row, rows[row]),
        )
        changed = [
            child.row
            for child, row in zip(node.children, rows, strict=True)
            if self._refresh_row(child, row, anew=anew)
        ]
        self._tell_changed(node, changed)

    def _refresh_row(self, child: Node, row: Part | Span, *, anew: bool) -> bool:
        """Whether the row says something else now."""
        if isinstance(row, Part):
            return self._refresh_value(child, row, anew=anew)
        changed = child.put_span(row, child.launcher)
        self._lay_over(child, anew=anew)
        return changed

    def _refresh_value(self, child: Node, part: Part, *, anew: bool = False) -> bool:
        base = child.parent.base_of(part) if child.parent is not None else ABSENT
        if child.holds(part, base) and not anew:
            return False
        anew = anew or child.steps != part.steps or child.removed != part.removed
        value, saved = child.value, child.base
        child.put(part, base)
        child.match(self._words)
        self._refresh_inside(child, value, saved, anew=anew)
        return True

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

    # --- nodes ----------------------------------------------------------------------------------------------

    def node(self, index: Index) -> Node | None:
        """The node of a row; None for no row."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node in the first column."""
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.ident)

    def find(self, namespace: str, place: Place) -> QModelIndex:
        """The index of a value, fetched if need be; the launcher's own for ``()``; invalid if hidden."""
        found = next((node for node in self._root.children or () if node.namespace == namespace), None)
        while found is not None and found.place != place:
            found = self._towards(found, place)
        return QModelIndex() if found is None else self.index_of(found)

    def _towards(self, node: Node, place: Place) -> Node | None:
        """The part of a node that a place leads through, fetched with the headings on the way to it."""
        if node.children is None:
            node.look(self._words)
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
            node.match(self._words)
        else:
            node.put_span(held, _launcher_of(parent))
        return node

    def _new_launcher(self, row: int, launcher: Namespace) -> Node:
        node = self._new_node(launcher.name, self._root, self._root, row)
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
        return self.index_of(node.under) if node and node.under else QModelIndex()

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
        return node.children is None and node.count > 0

    def fetchMore(self, parent: Index) -> None:
        """Make the children of a row, or the headings over them."""
        if not self.canFetchMore(parent):
            return
        node = self._node_or_root(parent)
        rows = node.rows(self._words)
        node.children = []
        if rows:
            self.beginInsertRows(self.index_of(node), 0, len(rows) - 1)
            node.children = [self._new(node, row, held) for row, held in enumerate(rows)]
            self.endInsertRows()


def _number(children: Sequence[Node], first: int) -> None:
    for row in range(first, len(children)):
        children[row].row = row


def _key(row: Part | Span) -> Hashable:
    """What a row is recognised by: the steps to a part, the first position of a heading."""
    return row.steps if isinstance(row, Part) else row[0]


def _key_of(node: Node) -> Hashable:
    return node.steps if node.span is None else node.span[0]


def _launcher_of(node: Node) -> Namespace | None:
    while node.launcher is None and node.parent is not None:
        node = node.parent
    return node.launcher

"""The rows of the state tree as a document comes to lie over them: a newer one, a draft, what a filter keeps.

One idea: rows are recognised by their place; what came and went is told in ranges (`steps`), what stayed
keeps its node, and with it expansion and selection. What the old and the new document share is not looked
into, so that an edit costs what was edited.

Not for what rows say or how they are edited: `state_tree` adds that.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import cast

from PySide6.QtCore import QObject, Signal

from app.models.state.state_filter import Filter
from app.models.state.state_nodes import Node, Span
from app.models.state.state_rows import Index, Rows
from app.values.state_parts import Part
from persistence.document import ABSENT, Absent, Document, Namespace
from persistence.values.json_text import JSON
from persistence.values.spelled import Spelled


class StateRows(Rows):
    """`refreshed`: rows may look different. `was_read`: a large value is at hand, and so are its rows;
    `grown`: more rows of it are, or all.
    `about_to_lay`: many rows go and come now, for a view that needs not look at each of them.
    """

    refreshed = Signal()
    about_to_lay = Signal()
    was_read = Signal()
    grown = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._base: Document | None = None
        self._held = True
        self.filter = Filter(self)
        self.found_anew = False
        self.filter.changed.connect(self._lay_found)
        self._reading.grew.connect(self._show_more)
        self._reading.ended.connect(self._show_read)

    def start_anew(self, document: Document | None, base: Document | None, *, held: bool = True) -> None:
        """Show another session: all rows are made again. What is not `held` can be neither read nor searched
        yet.
        """
        self.beginResetModel()
        self._document, self._base = document, base
        self._held = held
        self._name_flags.clear()
        self._reading.drop()
        self._reading.hold_back(held=held)
        self._asked.clear()
        self.filter.set_document(document, base, held=held, anew=True)
        self._forget(self._root.children or ())
        self._root.children = []
        for row, launcher in enumerate(self._launchers()):
            self._root.children.append(self._new_launcher(row, launcher))
        self.endResetModel()

    def refresh(self, document: Document | None, base: Document | None, *, held: bool = True) -> None:
        """Show another state of the same session; rows that are still there stay as they are.

        What is the very same value as before is not looked into.
        """
        self._document, self._base, self._held = document, base, held
        self.filter.set_document(document, base, held=held)
        self._lay_rows()
        self._reading.hold_back(held=held)

    def _lay_found(self) -> None:
        """What the filter keeps now; meanwhile `found_anew` is set, for a view that lays itself out as a
        whole afterwards.
        """
        self.found_anew = True
        self.about_to_lay.emit()
        try:
            self._lay_rows()
        finally:
            self.found_anew = False

    def _lay_rows(self) -> None:
        self._refreshing = True
        self._name_flags.clear()
        try:
            self._lay_launchers()
        finally:
            self._refreshing = False
            self._name_flags.clear()
        self.refreshed.emit()

    def _lay_launchers(self) -> None:
        launchers = self._launchers()
        self._reshape(
            self._root,
            [launcher.name for launcher in launchers],
            [node.namespace for node in self._root.children or ()],
            lambda row: self._new_launcher(row, launchers[row]),
        )
        for node, launcher in zip(self._root.children or (), launchers, strict=True):
            before = node.holding
            self._put_launcher(node, launcher)
            self._refresh_inside(node, before, anew=False)
        self._tell_changed(self._root, range(len(launchers)))

    def _put_launcher(self, node: Node, launcher: Namespace) -> None:
        node.put_launcher(launcher, self._saved_attributes(launcher.name))
        node.kept = self.filter.kept(launcher.name) if self.filter.active else None

    @property
    def being_laid(self) -> bool:
        """Whether rows go and come just now."""
        return self._refreshing

    def set_filter(self, text: str) -> None:
        """Keep the attributes in which every word of `text` stands, in name or value, at any depth."""
        self.filter.set_text(text)

    @property
    def filtering(self) -> bool:
        """Whether a filter hides attributes."""
        return self.filter.active

    @property
    def has_attributes(self) -> bool:
        """Whether there is a state whose attributes a filter could hide."""
        return self._document is not None and bool(self._document.namespaces)

    def _launchers(self) -> list[Namespace]:
        document = self._document
        found = [document.namespace(name) for name in document.namespaces] if document else []
        return [one for one in found if not self.filter.active or self.filter.kept(one.name)]

    def _saved_attributes(self, namespace: str) -> JSON | Absent:
        if self._base is None or namespace not in self._base.namespaces:
            return ABSENT
        return cast(JSON, self._base.namespace(namespace).attributes.as_in_tree)

    def _refresh_inside(self, node: Node, before: tuple[JSON | Absent, JSON | Absent], *, anew: bool) -> None:
        """Lay what a node holds now over its children; `before` is what it was holding."""
        if node.children is None:
            node.see()
            return
        seen = node.is_seen and not node.restricted
        places = None if anew or not seen else node.unlike(before)
        if places is None:
            self._lay_over(node, anew=anew)
            return
        for place in places:
            child, position = node.child(place), node.shown.position(place)
            if child is not None and self._refresh_value(child, node.shown.some(position, position + 1)[0]):
                self._tell_changed(child.under or node, [child.row])

    def _lay_over(self, node: Node, *, anew: bool) -> None:
        """Make, remove and refresh all children of a node that were fetched."""
        if node.children is None:
            return
        if node.unread and not node.restricted and not node.inside.count:
            self._read(node, node.unread)  # what was read before stays until then
            return
        rows = node.rows()
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
        child.kept = child.parent.kept_of(part.steps) if child.parent is not None else None
        if child.holds(part, base) and child.is_seen and not anew:
            return False
        anew = anew or child.steps != part.steps or child.removed != part.removed
        before, same = child.holding, child.holds(part, base)
        child.put(part, base)
        self._refresh_inside(child, before, anew=anew)
        return not same or anew

    def _new_launcher(self, row: int, launcher: Namespace) -> Node:
        node = self._new_node(launcher.name, self._root, self._root, row)
        self._put_launcher(node, launcher)
        return node

    # --- large values ---------------------------------------------------------------------------------------

    def read_around(self, index: Index) -> bool:
        """Begin to read the large value that a row stands in, if nobody did; False when all is at hand."""
        node = self.node(index)
        while node is not None and not node.unread:
            node = node.parent
        if node is None or node.unread is None:
            return not self._held
        self._read(node, node.unread)
        return True

    def is_at_hand(self, node: Node | None) -> bool:
        """Whether everything around a row has been read, so that it can be edited."""
        while node is not None and not node.unread:
            node = node.parent
        return node is None and self._held

    def _show_more(self, held: Spelled) -> None:
        """Show the rows that were read so far."""
        self._name_flags.clear()
        for node in self._holders(held):
            node.progress = self._reading.progress(held)
            if not node.restricted and node.put_read(self._reading.so_far(held)):
                self._lay_or_make(node)
            self._tell_changed(node.under or self._root, [node.row])
        self.grown.emit()

    def _show_read(self, held: Spelled) -> None:
        self._name_flags.clear()
        for node in self._holders(held):
            node.look_again()
            if not self.is_at_hand(node):
                continue
            self._lay_or_make(node)
            self._tell_changed(node.under or self._root, [node.row])
        self.grown.emit()
        self.was_read.emit()

    def _lay_or_make(self, node: Node) -> None:
        if node.children is None:
            self._make_children(node)
        else:
            self._lay_over(node, anew=False)

    def _holders(self, held: Spelled) -> list[Node]:
        """The attributes that hold this very value."""
        idents = {ident for one, ident in self._asked if one is held}
        return [self._nodes[ident] for ident in idents if ident in self._nodes]


def _key(row: Part | Span) -> Hashable:
    """What a row is recognised by: the steps to a part, the first position of a heading."""
    return row.steps if isinstance(row, Part) else row[0]


def _key_of(node: Node) -> Hashable:
    return node.steps if node.span is None else node.span[0]

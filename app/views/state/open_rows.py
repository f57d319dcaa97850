"""Which rows of the state tree stand open.

One idea: it is remembered by launcher and place, not by row, so that it survives a filter, a refresh and
another session of the same launcher. Launchers stand open unless they were closed. Not for what the rows are.
"""

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QModelIndex, QObject, QTimer
from PySide6.QtWidgets import QTreeView

from app.models.state.state_nodes import Node
from app.models.state.state_tree import StateTreeModel
from app.views.state.row_in_sight import RowInSight
from persistence.document import Place

RowSpot = tuple[str, Place, int]
"""A launcher, a place below it, and the first position of a heading there (-1 for the value itself)."""
_MOST_OPENED, _MOST_SEEN = 40, 3_000
"""Rows that a filter opens by itself, and those it looks at: a word found everywhere opens not everything."""
_LEAST_SEEN = 40
"""Rows that it looks at in the lowest window, too."""


class OpenRows(QObject):
    """Opens the rows of one tree as they were before."""

    def __init__(self, view: QTreeView, model: StateTreeModel) -> None:
        super().__init__(view)
        self._view = view
        self._state = model
        self._open: set[RowSpot] = set()
        self._closed_launchers: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._lay_out)
        model.modelReset.connect(self._open_anew)
        model.rowsInserted.connect(self._open_inserted)
        self._sight = RowInSight(view, model)
        model.about_to_lay.connect(self._sight.note)  # before all is to be laid out
        model.about_to_lay.connect(view.scheduleDelayedItemsLayout)  # one for all of them
        model.grown.connect(view.executeDelayedItemsLayout)  # they are painted in another turn
        view.expanded.connect(self._note_open)
        view.collapsed.connect(self._note_closed)
        self._open_again()

    def open(self, index: QModelIndex) -> None:
        """Open a row, its children first: where Qt has to fetch them, it lays out the whole tree again."""
        self._state.fetchMore(index)
        self._view.expand(index)

    def open_matches(self) -> None:
        """While a filter is set, open what holds its matches; else what was open before. Laid out at once:
        where that is left to the first paint, the scroll bar comes after it, and all is painted again. As a
        filter goes, more rows may come than one turn has time for: in the next one, and painted then.
        """
        if self._state.filtering:
            self._open_found()
            self._view.executeDelayedItemsLayout()
            self._sight.keep()
        else:
            self._open_again()
            self._view.viewport().setUpdatesEnabled(False)
            self._soon.start()

    def _lay_out(self) -> None:
        try:
            self._view.executeDelayedItemsLayout()
        finally:
            self._view.viewport().setUpdatesEnabled(True)

    def _note_open(self, index: QModelIndex) -> None:
        node = self._state.node(index)
        if node and not self._state.filtering:
            self._open.add(_spot(node))
            if _is_launcher(node):
                self._closed_launchers.discard(node.namespace)

    def _note_closed(self, index: QModelIndex) -> None:
        node = self._state.node(index)
        if node and not self._state.filtering:
            self._open.discard(_spot(node))
            if _is_launcher(node):
                self._closed_launchers.add(node.namespace)

    def _open_anew(self) -> None:
        """Of another session: laid out at once, for the same reason. Where nothing is shown, something else
        will be in a moment.
        """
        self._open_again()
        if self._state.rowCount():
            self._view.executeDelayedItemsLayout()

    def _open_again(self) -> None:
        for row in range(self._state.rowCount()):
            node = self._state.node(self._state.index(row, 0))
            if node is not None:
                self._open_below(node)

    def _open_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        """Of a thousand rows that came, those are looked at that stood open."""
        if self._state.filtering:
            return
        for row, node in enumerate(self._state.rows_below(parent)[first : last + 1], first):
            if self._stood_open(node):
                self.open(self._state.index(row, 0, parent))

    def _open_below(self, node: Node) -> None:
        """Open a row that stood open before; its children follow when they are fetched."""
        index = self._state.index_of(node)
        is_open = self._view.isExpanded(index)
        if self._stood_open(node) and not (is_open and node.children):  # one that came as rows were laid anew
            self.open(index)
        elif is_open:
            for child in self._state.rows_below(index):
                if child.children or self._stood_open(child):
                    self._open_below(child)

    def _stood_open(self, node: Node) -> bool:
        """Launchers did unless they were closed."""
        launcher = _is_launcher(node) and node.namespace not in self._closed_launchers
        return launcher or _spot(node) in self._open

    def _open_found(self) -> None:
        """Open what leads to matches, as far as the first of them fill the window: all that is opened is laid
        out in the turn in which it is painted.
        """
        opened, lines = 0, self._view.viewport().height() // self._view.fontMetrics().height()
        for index in islice(self._walk(QModelIndex()), min(_MOST_SEEN, max(_LEAST_SEEN, lines))):
            node = self._state.node(index)
            if node is not None and _leads(node) and self._state.hasChildren(index):
                self.open(index)
                opened += 1
            if opened == _MOST_OPENED:
                return

    def _walk(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        """Every row, in the order shown; those of a row that whoever asks opens meanwhile, too."""
        for row in range(self._state.rowCount(parent)):
            index = self._state.index(row, 0, parent)
            yield index
            if self._view.isExpanded(index):
                yield from self._walk(index)


def _spot(node: Node) -> RowSpot:
    return node.namespace, node.place, node.span[0] if node.span else -1


def _leads(node: Node) -> bool:
    """Whether it is for matches inside that it is kept; a heading as what it stands in."""
    above = node if node.span is None else node.parent
    return above is not None and above.restricted


def _is_launcher(node: Node) -> bool:
    return not node.place and node.span is None

"""Which rows of the state tree stand open.

One idea: it is remembered by launcher and place, not by row, so that it survives a filter, a refresh and
another session of the same launcher. Launchers stand open unless they were closed. Not for what the rows are.
"""

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtWidgets import QTreeView

from app.models.state.state_tree import StateTreeModel
from persistence.document import Place

Spot = tuple[str, Place, int]
"""A launcher, a place below it, and the first position of a heading there (-1 for the value itself)."""
_MOST_OPENED, _MOST_SEEN = 60, 3_000
"""Rows that a filter opens by itself, and those it looks at: a word found everywhere opens not everything."""


class OpenRows(QObject):
    """Opens the rows of one tree as they were before."""

    def __init__(self, view: QTreeView, model: StateTreeModel) -> None:
        super().__init__(view)
        self._view = view
        self._state = model
        self._open: set[Spot] = set()
        self._closed_launchers: set[str] = set()
        model.modelReset.connect(self._open_again)
        model.rowsInserted.connect(self._open_inserted)
        view.expanded.connect(self._note_open)
        view.collapsed.connect(self._note_closed)
        self._open_again()

    def open(self, index: QModelIndex) -> None:
        """Open a row, its children first: where Qt has to fetch them, it lays out the whole tree again."""
        self._state.fetchMore(index)
        self._view.expand(index)

    def open_matches(self) -> None:
        """While a filter is set, open what holds its matches; else what was open before."""
        self._view.scheduleDelayedItemsLayout()  # one for all of them
        if self._state.filtering:
            self._open_found()
        else:
            self._open_again()

    def _spot(self, index: QModelIndex | QPersistentModelIndex) -> Spot | None:
        node = self._state.node(index)
        return (node.namespace, node.place, node.span[0] if node.span else -1) if node else None

    def _note_open(self, index: QModelIndex) -> None:
        spot = self._spot(index)
        if spot and not self._state.filtering:
            self._open.add(spot)
            if _is_launcher(spot):
                self._closed_launchers.discard(spot[0])

    def _note_closed(self, index: QModelIndex) -> None:
        spot = self._spot(index)
        if spot and not self._state.filtering:
            self._open.discard(spot)
            if _is_launcher(spot):
                self._closed_launchers.add(spot[0])

    def _open_again(self) -> None:
        for row in range(self._state.rowCount()):
            self._open_below(self._state.index(row, 0))

    def _open_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        if not self._state.filtering and self._may_be_open_below(parent):
            for row in range(first, last + 1):
                self._open_below(self._state.index(row, 0, parent))

    def _may_be_open_below(self, parent: QModelIndex) -> bool:
        """Whether anything in a row stood open; launchers do without ever having been opened."""
        above = self._spot(parent)
        return above is None or any(spot[0] == above[0] and not _is_launcher(spot) for spot in self._open)

    def _open_below(self, index: QModelIndex) -> None:
        """Open a row that stood open before; its children follow when they are fetched."""
        spot = self._spot(index)
        if spot is None:
            return
        launcher = _is_launcher(spot) and spot[0] not in self._closed_launchers
        if (launcher or spot in self._open) and not self._view.isExpanded(index):
            self.open(index)
        elif self._view.isExpanded(index):
            for row in range(self._state.rowCount(index)):
                self._open_below(self._state.index(row, 0, index))

    def _open_found(self) -> None:
        """Open what leads to matches, as far as the first of them fill the window."""
        opened = 0
        for index in islice(self._walk(QModelIndex()), _MOST_SEEN):
            node = self._state.node(index)
            if node is not None and not node.matched and self._state.hasChildren(index):
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


def _is_launcher(spot: Spot) -> bool:
    return not spot[1] and spot[2] < 0

"""The row of an edit, which is the current one when the edit was done.

One idea: the hand stays where it was at work: at the row itself, which may have moved, else at one beside it,
else at the one around it. Not for rows that go for other reasons (`row_selection`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTreeView

from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from persistence.document import Place


class EditedRow(QObject):
    """Follows the edits of one tree that has its model."""

    def __init__(self, view: QTreeView, state: StateTreeModel) -> None:
        super().__init__(view)
        self._view = view
        self._state = state
        state.followed.connect(self._follow)

    def _follow(self, namespace: str, place: Place) -> None:
        found = self._state.find(namespace, place)
        if not found.isValid() and self._is_beside(namespace, place):
            return
        while place and not found.isValid():
            last = place[-1]
            place = (*place[:-1], last - 1) if isinstance(last, int) and last else place[:-1]
            found = self._state.find(namespace, place)
        if found.isValid():
            self._view.setCurrentIndex(found.siblingAtColumn(Column.VALUE))

    def _is_beside(self, namespace: str, place: Place) -> bool:
        """Whether the current row stands beside this one, which has a name: Qt has gone there as it went. Of
        items in a list, others have its place by now.
        """
        node = self._state.node(self._view.currentIndex())
        if node is None or not node.place or not place or isinstance(place[-1], int):
            return False
        return (node.namespace, node.place[:-1]) == (namespace, place[:-1])

"""The row of an edit, which is the current one when the edit was done.

One idea: the hand stays where it was at work: at the row itself, which may have moved, else at one beside it,
else at the one around it. So it does where all rows around it are made anew, as by an Undo after which they
stand in another order. Not for rows that go for other reasons (`row_selection`).
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtWidgets import QTreeView

from app.models.state.row_edits import whole_place
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from persistence.document import Place


class EditedRow(QObject):
    """Follows the edits of one tree that has its model."""

    def __init__(self, view: QTreeView, state: StateTreeModel) -> None:
        super().__init__(view)
        self._view = view
        self._state = state
        self._last: tuple[str, Place] | None = None
        state.followed.connect(self._follow)
        state.modelReset.connect(self._forget)
        state.refreshed.connect(self._return)
        view.selectionModel().currentChanged.connect(self._note)

    def _note(self, current: QModelIndex) -> None:
        """A row that goes is remembered by where it stood; where Qt goes meanwhile nobody has gone."""
        if not self._state.being_laid and (node := self._state.node(current)) is not None:
            self._last = node.namespace, node.place

    def _forget(self) -> None:
        self._last = None

    def _return(self) -> None:
        """Rows were laid anew: without a current one, Ins would add to the launcher. A filter that hides it
        has it hidden. One that got back its name, or the other one again, is still the same.
        """
        if self._last is None or self._has_renamed(*self._last):
            return
        if self._view.currentIndex().isValid():
            self._note(self._view.currentIndex())
        elif self._state.found_anew:
            self._last = None
        else:
            self._view.setCurrentIndex(self._state.find_around(*self._last).siblingAtColumn(Column.VALUE))

    def _has_renamed(self, namespace: str, place: Place) -> bool:
        """Whether the row at a place has another one by another name; it is the current one then."""
        now = self._state.called_now(namespace, place)
        found = self._state.find(namespace, now) if now != place else QModelIndex()
        if found.isValid():
            self._view.setCurrentIndex(found.siblingAtColumn(Column.VALUE))
        return found.isValid()

    def _follow(self, namespace: str, place: Place) -> None:
        found = self._row(namespace, place)
        if not found.isValid() and place and isinstance(place[-1], int) and place[-1]:
            found = self._row(namespace, (*place[:-1], place[-1] - 1))  # it was the last one
        if not found.isValid() and self._is_beside(namespace, place):
            return
        while place and not found.isValid():
            place = place[:-1]
            found = self._state.find(namespace, place)
        if found.isValid():
            self._view.setCurrentIndex(found.siblingAtColumn(Column.VALUE))

    def _row(self, namespace: str, place: Place) -> QModelIndex:
        """The row of a value; that of a pair, whose key is no text, is the row of what stands there."""
        found = self._state.find(namespace, place)
        is_item = bool(place) and isinstance(place[-1], int)
        return self._state.find(namespace, (*place, 1)) if is_item and not found.isValid() else found

    def _is_beside(self, namespace: str, place: Place) -> bool:
        """Whether the current row stands beside this one: Qt has gone there as it went."""
        node = self._state.node(self._view.currentIndex())
        if node is None or not node.place or not place:
            return False
        return (node.namespace, whole_place(node)[:-1]) == (namespace, place[:-1])

"""The current row of the state tree stays where it is seen, while what a filter finds is found again; and in
sight where the tree gets lower.

One idea: after an edit the search goes on by itself, and what comes and goes above moves nothing under the
hand; who has scrolled away from the row, or types another filter, is left alone. Not for which rows stand
open (`open_rows`).
"""

from __future__ import annotations

from PySide6.QtWidgets import QTreeView

from app.models.state.state_tree import StateTreeModel


def was_in_sight(view: QTreeView, height: int) -> bool:
    """Whether the current row was seen, at least half of it, when the view was so high."""
    row = view.visualRect(view.currentIndex())
    return row.isValid() and 0 <= row.center().y() < height


class RowInSight:
    """The current row of one tree."""

    def __init__(self, view: QTreeView, model: StateTreeModel) -> None:
        self._view = view
        self._state = model
        self._words: tuple[str, ...] = ()
        self._ident, self._top = 0, -1

    def note(self) -> None:
        """The rows are about to be laid anew: note where the current one is seen, if it is."""
        row, filtered = self._view.currentIndex(), self._state.filter.words
        same, self._words = filtered == self._words, filtered
        place = self._view.visualRect(row)
        seen = same and place.isValid() and self._view.viewport().rect().contains(place.center())
        self._ident, self._top = (row.internalId(), place.top()) if seen else (0, -1)

    def keep(self) -> None:
        """They are laid: the same row goes there again."""
        row = self._view.currentIndex()
        place = self._view.visualRect(row)
        if row.internalId() == self._ident and place.height():
            bar = self._view.verticalScrollBar()  # which counts rows
            bar.setValue(bar.value() + (place.top() - self._top) // place.height())

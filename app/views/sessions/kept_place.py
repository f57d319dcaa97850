"""What is seen of the list of sessions stays in its place.

One idea: when rows are made anew, or come and go above, the row at the top is found again by its key, so that
nothing moves under the hand; who is at the very top sees the newest come in. When text gets another size, a
selected session that could be seen can be seen afterwards. Not for what is selected.
"""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPoint, QTimer
from PySide6.QtWidgets import QTableView

from app.models.sessions.sessions import SessionsModel


class KeptPlace(QObject):
    """The place of one table. It is made before the table has its model, to hear of a reset first."""

    def __init__(self, view: QTableView, sessions: SessionsModel) -> None:
        super().__init__(view)
        self._view = view
        self._sessions = sessions
        self._top: tuple[str, int] | None = None
        self._keeps_in_view = self._rows_move = False
        sessions.modelAboutToBeReset.connect(self._note_top)
        for rows in (
            sessions.rowsAboutToBeInserted,
            sessions.rowsAboutToBeRemoved,
            sessions.rowsAboutToBeMoved,
        ):
            rows.connect(self._note_before)

    def scroll_back(self) -> None:
        """Rows were made anew: the one that was at the top goes there again."""
        if self._top is None:
            return
        view, (key, offset) = self._view, self._top
        index = self._sessions.index_of(key)
        if not index.isValid():
            index = self._sessions.index_of_heading(key)
        if index.isValid():
            view.updateGeometries()  # else the scroll bar still has the range of the rows before
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + view.rowViewportPosition(index.row()) - offset)

    def settle(self) -> None:
        """Rows that came and went one by one are in their places: what was seen is where it was."""
        if self._rows_move:
            self._rows_move = False
            self.scroll_back()

    def note_in_view(self, index: QModelIndex) -> None:
        """Text is about to get another size: note whether this row is seen."""
        seen = self._view.viewport().rect()
        self._keeps_in_view = index.isValid() and seen.intersects(self._view.visualRect(index))

    def keep_in_view(self, index: Callable[[], QModelIndex]) -> None:
        """Text has got another size: a row that was seen is brought into view again."""
        if self._keeps_in_view:
            self._keeps_in_view = False
            # all around it has its new size then
            QTimer.singleShot(0, self._view, lambda: self._show(index()))

    def _note_top(self) -> None:
        index = self._view.indexAt(QPoint(0, 0))
        self._top = None
        if index.isValid() and self._sessions.rowCount():
            line = self._sessions.line(index.row())
            self._top = (line.key, self._view.rowViewportPosition(index.row()))

    def _note_before(self) -> None:
        """Before the first of several changes; at the very top there is nothing to keep."""
        if not self._rows_move and self._view.verticalScrollBar().value() > 0:
            self._rows_move = True
            self._note_top()

    def _show(self, index: QModelIndex) -> None:
        if index.isValid():
            self._view.scrollTo(index)

"""A press on the list is for the row that was there when it was aimed at.

One idea: a session that begins stands at the top from one moment to the next, and all others a row lower.
Nobody sees that and presses within `REACTION_MS`: such a press is for what stood at its place before, which
is another animal. Not for what moves the list as a whole (`parts.making_room`), nor for who is looking at
rows further down: they stay in their places (`kept_place`).
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTableView

from app.models.sessions.sessions import SessionsModel

REACTION_MS = 300
"""Between seeing something and pressing on it, of the quickest."""
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class RowMeant(QObject):
    """Watches one table. `pressed` carries the index of a row that was pressed and stands elsewhere now; the
    press is taken then. Where it is gone, nothing is pressed. `reaction` is in milliseconds.
    """

    pressed = Signal(object)

    def __init__(self, view: QTableView, sessions: SessionsModel) -> None:
        super().__init__(view)
        self._view = view
        self._sessions = sessions
        self.reaction = REACTION_MS
        self._since = QElapsedTimer()
        self._seen: list[tuple[int, str]] = []
        self._spent = False
        for about_to in (
            sessions.modelAboutToBeReset,
            sessions.rowsAboutToBeInserted,
            sessions.rowsAboutToBeRemoved,
            sessions.rowsAboutToBeMoved,
        ):
            about_to.connect(self._note)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether it is a press that was meant for another row, or what follows from that one."""
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() in _PRESSES:
            self._spent = _is_plain(event) and self._take(event.position().toPoint().y())
            return self._spent
        return self._spent and bool(event.buttons() | event.button())

    # --- within ---------------------------------------------------------------------------------------------

    @property
    def _is_fresh(self) -> bool:
        return self._since.isValid() and self._since.elapsed() < self.reaction

    def _note(self) -> None:
        """Before the first of several changes: which rows are in sight, and where they end."""
        if self._is_fresh or not self._view.viewport().underMouse():
            return
        view, sessions = self._view, self._sessions
        self._since.start()
        self._seen = []
        row, bottom = view.rowAt(0), view.viewport().height()
        while 0 <= row < sessions.rowCount() and (top := view.rowViewportPosition(row)) < bottom:
            self._seen.append((top + view.rowHeight(row), sessions.line(row).key))
            row += 1

    def _take(self, y: int) -> bool:
        key = next((key for end, key in self._seen if y < end), None) if self._is_fresh else None
        if key is None:
            return False
        index = self._index_of(key)
        if index.isValid() and index.row() == self._view.rowAt(y):
            return False
        if index.isValid():
            self.pressed.emit(index)
        return True

    def _index_of(self, key: str) -> QModelIndex:
        index = self._sessions.index_of(key)
        return index if index.isValid() else self._sessions.index_of_heading(key)


def _is_plain(event: QMouseEvent) -> bool:
    left = event.button() == Qt.MouseButton.LeftButton
    return left and event.modifiers() == Qt.KeyboardModifier.NoModifier

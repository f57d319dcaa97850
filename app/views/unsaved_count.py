"""The number of unsaved edits, and the action that leads to them.

One idea: the number in the status bar is a button, of an action that the menu has too, grey while there are
none. Not for where it leads (`app.editing.unsaved`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.sessions.sessions import SessionsModel
from app.views.frame import Frame

_NONE = "No edit is unsaved."


class UnsavedCount(QObject):
    """Of one window."""

    def __init__(self, frame: Frame, sessions: SessionsModel) -> None:
        super().__init__(frame)
        self._frame = frame
        self._sessions = sessions
        self._count = -1
        frame.status.unsaved.clicked.connect(frame.actions_["actionShowUnsaved"].trigger)
        sessions.unsaved_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        count = self._sessions.unsaved_total()
        if count != self._count:
            self._count = count
            self._frame.status.show_unsaved(count)
            self._frame.actions_.enable(ShowUnsaved=bool(count))
            self._frame.actions_.explain({} if count else {"ShowUnsaved": _NONE}, "unsaved")

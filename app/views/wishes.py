"""What is asked of the window before all of it is there: kept, and granted as soon as it can be.

One idea: the list can be used a moment before whoever carries out menus, keys and buttons is there. What is
pressed meanwhile is noted in its order and pressed again then, if it can be carried out by then. What acts at
once (the filter, the groups, the end of the program) is not noted.

Not for the session that is selected: the list has that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from app.views.frame import Frame

AT_ONCE = frozenset(("actionFindSessions", "actionQuit"))
"""Actions that act without the rest of the window."""


class Wishes(QObject):
    """The wishes of one window."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._noted: list[Callable[[], object]] = []
        self._frame = frame
        frame.actions_.named.connect(self._note_action)
        self._buttons: list[tuple[SignalInstance, Callable[[], None]]] = []
        self.hear(frame.sessions.view.entered_session)

    def hear(self, pressed: SignalInstance) -> None:
        """Note this, too, until wishes are granted."""

        def note() -> None:
            self._noted.append(pressed.emit)

        pressed.connect(note)
        self._buttons.append((pressed, note))

    def grant(self) -> None:
        """All is there: do what was asked for, and note nothing any more."""
        self._frame.actions_.named.disconnect(self._note_action)
        buttons, self._buttons = self._buttons, []  # who keeps a signal keeps its sender for good
        for pressed, note in buttons:
            pressed.disconnect(note)
        noted, self._noted = self._noted, []
        for wish in noted:
            wish()

    def _note_action(self, name: str) -> None:
        if name not in AT_ONCE:
            action = self._frame.actions_[name]
            self._noted.append(lambda: action.trigger() if action.isEnabled() else None)

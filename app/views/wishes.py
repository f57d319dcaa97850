"""What is asked of the window before all of it is there: kept, and granted as soon as it can be.

One idea: the list can be used a moment before whoever carries out menus, keys and buttons is there. What is
pressed meanwhile is noted in its order and pressed again then, if it can be carried out by then. All that may
be pressed stands here: actions, and the choices of menus (`_choices`). What only shapes the list, or ends the
program, acts at once and is not noted.

Not for the session that is selected: the list has that.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from PySide6.QtCore import SignalInstance

    from app.views.frame import Frame

AT_ONCE = frozenset(
    ("actionFindSessions", "actionQuit", "actionFoldGroup", "actionFoldGroups", "actionUnfoldGroups")
)
"""Actions that act without the rest of the window."""
STEPS = frozenset(("actionTextLarger", "actionTextSmaller"))
"""Actions that go on where they are asked for again; all others do nothing more the second time."""


class Wishes(QObject):
    """The wishes of one window."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._noted: dict[Hashable, Callable[[], object]] = {}
        self._frame = frame
        self._heard: list[tuple[SignalInstance, Callable[..., None]]] = []
        self._hear(frame.actions_.named, self._note_action)
        for number, chosen in enumerate(_choices(frame)):
            self._hear(chosen, partial(self._note_choice, number, chosen))

    def grant(self) -> None:
        """All is there: do what was asked for, and note nothing any more."""
        noted = self._noted
        self.forget()
        for wish in noted.values():
            wish()

    def forget(self) -> None:
        """Nobody is there any more who wished for anything: do nothing, and note nothing."""
        heard, self._heard = self._heard, []  # who keeps a signal keeps its sender for good
        for signal, note in heard:
            signal.disconnect(note)
        self._noted = {}

    def _hear(self, signal: SignalInstance, note: Callable[..., None]) -> None:
        signal.connect(note)
        self._heard.append((signal, note))

    def _note(self, key: Hashable, wish: Callable[[], object]) -> None:
        """Once, and in the order in which they were asked for last."""
        self._noted.pop(key, None)
        self._noted[key] = wish

    def _note_action(self, name: str) -> None:
        if name not in AT_ONCE:
            action = self._frame.actions_[name]
            key = (name, len(self._noted)) if name in STEPS else name
            self._note(key, lambda: action.trigger() if action.isEnabled() else None)

    def _note_choice(self, number: int, chosen: SignalInstance, *what: object) -> None:
        self._note((number, what), partial(chosen.emit, *what))


def _choices(frame: Frame) -> tuple[SignalInstance, ...]:
    """What can be chosen beside the actions, and is carried out by the rest of the window."""
    menus = frame.menus
    return (
        frame.sessions.view.entered_session,
        menus.theme_chosen,
        menus.stop_watching_chosen,
        menus.columns.more_requested,
    )

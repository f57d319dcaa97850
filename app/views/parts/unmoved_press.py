"""A press by a pointer that has not moved since the page did: it was aimed at what stood there before.

One idea: where a key was pressed, or nobody has touched the pointer for a minute, all takes its place though
the pointer is there. Whoever presses then without having moved it means the row of before, or that of now:
nobody can know which, and it may be another animal. So that press reaches nothing, and says so; the next
does. What has come over the page since, as a sheet does, is aimed at as it lies there.

Not for when the page moves (`making_room`), nor for a second press (`second_press`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

REFUSED = "The page moved while the pointer lay there: press again"

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class UnmovedPress(QObject):
    """Of one page; `pointer` says where that is. `refused` carries the sentence."""

    refused = Signal(object)

    def __init__(self, page: QWidget, pointer: Callable[[], QPoint]) -> None:
        super().__init__(page)
        self._page = page
        self._pointer = pointer
        self._where = QPoint()
        self._until = 0
        self._window: QWindow | None = None

    def expect(self) -> None:
        """The page moves under the pointer now; one press is refused, however many pages in each other do."""
        for other in self._page.window().findChildren(UnmovedPress):
            other.leave()
        self._where, self._until = self._pointer(), 0
        if (window := self._page.window().windowHandle()) is not None:
            self._window = window
            window.installEventFilter(self)  # all events of the mouse come by there, and few others

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a press; a pointer that moves aims anew."""
        if isinstance(event, QMouseEvent):
            if event.globalPosition().toPoint() != self._where or not self._is_on_page():
                self.leave()
            elif event.type() in _PRESSES and self._is_the_first(event):
                return True
        return super().eventFilter(watched, event)

    def _is_on_page(self) -> bool:
        window = self._page.window()
        pressed = window.childAt(window.mapFromGlobal(self._where))
        return pressed is not None and (pressed is self._page or self._page.isAncestorOf(pressed))

    def _is_the_first(self, event: QMouseEvent) -> bool:
        """Or one that belongs to it: whoever presses twice has not read in between why once was nothing."""
        if not self._until:
            self._until = event.timestamp() + 2 * QApplication.doubleClickInterval()
            self.refused.emit(REFUSED)
        elif event.timestamp() > self._until:
            self.leave()
            return False
        return True

    def leave(self) -> None:
        """Expect nothing any more."""
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = None

"""What is typed while a Resume sheet is on its way reaches nothing.

One idea: the sheet asks for the animal first, so its tag is scanned as soon as Resume was pressed; what a
slow disk keeps of the sheet would leave the scan to the list, where it chooses another session. A hand is
free at any time: by Esc, the mouse, or whatever else opens. Not for a Resume that is refused
(`refused_sheet`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.views.parts.fields import is_typing

TOLD = "Nothing was typed: the Resume sheet is about to open. Esc does not wait for it."

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
"""What a scanner presses behind its letters."""


class HeldKeys(QObject):
    """Of one window. `told` carries a sentence for the status bar, where a key was held."""

    told = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._page = window
        self._window: QWindow | None = None

    @Slot()
    def begin(self) -> None:
        """A sheet was asked for."""
        if self._window is None and (window := self._page.windowHandle()) is not None:
            self._window = window
            window.installEventFilter(self)  # keys and presses come by there, and few other events

    @Slot()
    def end(self) -> None:
        """It is there, or nobody waits for it any more."""
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is typed."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.end()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.end()
                return True
            if is_typing(event) or event.key() in _ENDS:
                self.told.emit(TOLD)
                return True
        return super().eventFilter(watched, event)

"""What Enter and Space do in a sheet has become another thing by itself, and somebody may be about to press.

One idea: a press within a moment of that was meant for what stood there before, and nobody can know how long
a moment is. So these keys reach nothing, and say so, until the operator has done anything that shows that he
looks: gone to another control, typed, or pressed the mouse; and a pointer that has lain still is not aimed,
either (`unmoved_press`). Not for what the sheet says of the change, nor for keys that only lead elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from shiboken6 import isValid

from app.views.parts.unmoved_press import UnmovedPress

NOT_YET = "Nothing was done: what this key does has changed by itself. Go there with Tab, or click."

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ONLY_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class OtherMeaning(QObject):
    """Of one sheet. `step_back` puts the keyboard where it does no harm; `refused` carries the sentence."""

    refused = Signal(object)

    def __init__(self, sheet: QWidget, step_back: Callable[[], object]) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._step_back = step_back
        self._window: QWindow | None = None
        self._unmoved = UnmovedPress(sheet, QCursor.pos)
        self._unmoved.refused.connect(self.refused)

    def begin(self) -> None:
        """It means something else now: the keyboard leaves a button, and is not believed yet."""
        focus = self._sheet.window().focusWidget()  # also while another window has the keyboard
        if isinstance(focus, QAbstractButton) and self._sheet.isAncestorOf(focus):
            self._step_back()
        if self._window is None and (window := self._sheet.window().windowHandle()) is not None:
            self._window = window
            window.installEventFilter(self)  # keys and presses come by there, and few other events
        self._unmoved.expect()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what would confirm; everything else shows that somebody is there."""
        focus: QWidget | None = self._sheet.window().focusWidget()
        if not self._sheet.isVisible():
            self._leave()
        elif focus is not None and not self._sheet.isAncestorOf(focus):
            pass  # another sheet lies above it
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if _confirms(event, focus):
                self.refused.emit(NOT_YET)
                return True
            if event.key() not in _ONLY_HELD and not event.isAutoRepeat():
                self._leave()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._leave()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = None


def _confirms(event: QKeyEvent, focus: QWidget | None) -> bool:
    if event.key() == Qt.Key.Key_Space:
        return not isinstance(focus, QLineEdit)  # there it is a letter
    saves = event.key() == Qt.Key.Key_S and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() in _ENTER or saves

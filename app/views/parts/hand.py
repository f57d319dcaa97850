"""The hand over a part of the window: who has it there aims at something, and nothing may move under it.

One idea: a pointer that was touched is a hand, until it leaves the part, a key is pressed, or it has not
moved for a minute: who types or has gone does not aim. A pointer that nobody has touched since the window was
opened, or since one of these, is no hand. Not for what is held back meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

REST_MS = 60_000
"""Who has not moved the pointer for so long is not there: in a few seconds one reads a row, and aims."""

_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
"""Keys that are held down while the pointer selects."""

_PRESSED = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class Hand(QObject):
    """The hand over one widget. `gone` is told once after `await_`; `rest` is in milliseconds, `pointer` says
    where that is.
    """

    gone = Signal()

    def __init__(
        self, over: QWidget, *, rest: int = REST_MS, pointer: Callable[[], QPoint] = QCursor.pos
    ) -> None:
        super().__init__(over)
        self._over = over
        self._pointer = pointer
        self._where = QPoint()
        self._untouched = QPoint()
        self._keys: QWidget | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rest)
        self._rest.timeout.connect(self._look)
        over.installEventFilter(self)
        if isinstance(application := QApplication.instance(), QApplication):
            application.focusChanged.connect(self._follow_keys)

    @property
    def is_there(self) -> bool:
        """Whether something may be aimed at in the widget."""
        return self._over.underMouse() and self._pointer() != self._untouched

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits until it has gone."""
        return self._rest.isActive()

    def forget(self) -> None:
        """Whoever opens the window has not aimed at anything in it."""
        self._untouched = self._pointer()

    def await_(self) -> None:
        """Tell when it has gone."""
        if not self.is_awaited:
            self._begin()

    def stop(self) -> None:
        """Nobody waits any more."""
        self._rest.stop()
        self._hear_keys_of(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer leaves, or a key is pressed."""
        if self.is_awaited and _is_typed(event):
            self.forget()
            self._go()
        elif self.is_awaited and watched is self._over and event.type() == QEvent.Type.Leave:
            self._go()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        self._where = self._pointer()
        self._rest.start()
        self._hear_keys_of(QApplication.focusWidget())

    def _look(self) -> None:
        if self._pointer() == self._where:
            self.forget()
            self._go()
        else:
            self._begin()

    def _go(self) -> None:
        self.stop()
        self.gone.emit()

    @Slot(QWidget, QWidget)
    def _follow_keys(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.is_awaited:
            self._hear_keys_of(now)

    def _hear_keys_of(self, widget: QWidget | None) -> None:
        if self._keys is not None and self._keys is not self._over and isValid(self._keys):
            self._keys.removeEventFilter(self)
        self._keys = widget
        if widget is not None:
            widget.installEventFilter(self)


def _is_typed(event: QEvent) -> bool:
    """Of a key that an action takes, Qt sends a question before, and no press."""
    if not isinstance(event, QKeyEvent) or event.type() not in _PRESSED:
        return False
    return event.key() not in _HELD

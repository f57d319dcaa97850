"""Where the keyboard goes when what had it cannot have it any more, because it was hidden or greyed.

One idea: it never goes on by itself to whatever comes next in the order of Tab: that may be a button of a
banner, and a thoughtless Space would press it. It stays on the side where it was: in the tree or the table of
the tab that is shown, else in the list.

Shift+F10 opens the menu of what has the keyboard, as the key for menus does, which many keyboards lack: only
Windows sees to that itself. Not for where the keyboard goes because somebody wants it there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QMainWindow,
    QWidget,
)
from shiboken6 import isValid


class KeyboardWindow(QMainWindow):
    """A window that says where the keyboard belongs."""

    def home_of(self, lost: QWidget | None) -> QWidget | None:
        """Where the keyboard goes from a part of the window that cannot have it; None: to the next one."""
        return None

    def bring_home(self) -> bool:
        """Put the keyboard where it belongs, if what has it cannot have it any more. False where it can."""
        lost: QWidget | None = QApplication.focusWidget() or self.focusWidget()
        if lost is None or can_have_it(lost):
            return False
        home = self.home_of(lost)
        if home is not None:
            home.setFocus(Qt.FocusReason.OtherFocusReason)
        return home is not None

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt asks for the next one when Tab was pressed, and when what has the keyboard was hidden or greyed;
        only Tab goes on.
        """
        return self.bring_home() or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody below has taken: Shift+F10."""
        focus = QApplication.focusWidget()
        if _is_menu_key(event) and focus is not None and self.isAncestorOf(focus):
            where = QRectF(focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)).center().toPoint()
            asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, focus.mapToGlobal(where))
            QCoreApplication.sendEvent(focus, asked)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The same when the window is come back to, and what had the keyboard went meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.bring_home()


def _is_menu_key(event: QKeyEvent) -> bool:
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_F10 and shift and sys.platform != "win32"


def can_have_it(widget: QWidget | None) -> bool:
    """Whether the keyboard can be there now."""
    return widget is not None and isValid(widget) and widget.isVisible() and widget.isEnabled()


def home_in(page: QWidget) -> QWidget | None:
    """Where the keyboard belongs in a page: its tree or table, else its text, else its first button."""
    return next((one for one in _homes_in(page) if can_have_it(one) and _is_reached_by_tab(one)), None)


def _homes_in(page: QWidget) -> Iterator[QWidget]:
    yield from page.findChildren(QAbstractItemView)
    yield from page.findChildren(QAbstractScrollArea)
    yield from page.findChildren(QAbstractButton)


def _is_reached_by_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)

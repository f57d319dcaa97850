"""Walks over everything in the window with the keyboard: tabs, focus, Esc, letters of menus, shortcuts.

The one idea: keys are pressed as people press them, at every place of the window, so that what will be added
is walked over, too. Not for what single keys do.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.views.parts.sheet import Sheet
from app.views.style.theme import Theme

_ANYWHERE = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)
_WITHIN = 12  # pixels by which things in one line may stand higher than each other


# --- Tab and focus ------------------------------------------------------------------------------------------


def test_that_tab_reaches_all_in_the_order_in_which_it_is_read_and_shows_where_it_is(
    window: QWidget, theme: Theme
) -> None:
    visited = walk(window)
    assert [spoken(one) for one in controls(window) if one not in visited] == []
    assert [f"{spoken(a)} → {spoken(b)}" for a, b in pairwise(visited) if goes_back(a, b)] == []
    assert [spoken(one) for one in visited if not shows_focus(window, one)] == []
    theme.set_choice("dark")
    assert [spoken(one) for one in visited if not shows_focus(window, one)] == []


def controls(window: QWidget) -> list[QWidget]:
    """What Tab has to reach: of an open sheet, or of the window; of choices that exclude each other one."""
    sheet = window.findChild(Sheet)
    found = (sheet.frame if sheet else window).findChildren(QWidget)
    return [
        one
        for one in found
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if one.focusProxy() is None and not is_choice_beside(one)
    ]


def is_choice_beside(widget: QWidget) -> bool:
    """Whether it excludes others, and another one is chosen: the arrow keys go there."""
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    return widget.autoExclusive() or bool(widget.group())


def walk(window: QWidget) -> list[QWidget]:
    """Everything that has the keyboard while Tab is pressed, from the first above all others on."""
    start = min(controls(window), key=lambda one: (place(one).top() // 40, place(one).left()))
    start.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in visited:
        visited.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return visited


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def goes_back(one: QWidget, other: QWidget) -> bool:
    """Whether the other stands above, or in the same line before; the next column may begin above."""
    a, b = place(one), place(other)
    if b.top() > a.top() + _WITHIN:
        return False
    return b.left() < a.right()


def shows_focus(window: QWidget, widget: QWidget) -> bool:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QCoreApplication.processEvents()
    focused = picture(window, widget)
    widget.clearFocus()
    QCoreApplication.processEvents()
    return focused != picture(window, widget)


def picture(window: QWidget, widget: QWidget) -> QImage:
    return window.grab(place(widget).adjusted(-4, -4, 4, 4)).toImage()


def spoken(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()!r}"

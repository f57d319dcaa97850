"""Walks over everything in the window with the keyboard: tabs, focus, Esc, letters of menus, shortcuts.

The one idea: keys are pressed as people press them, at every place of the window, so that what will be added
is walked over, too. Not for what single keys do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QMenu, QWidget

from app.views.parts.choices import Tick
from app.views.parts.sheet import Sheet
from app.views.parts.widgets import Button
from app.views.style.theme import Theme
from tests.app.views import every_place
from tests.app.views.every_place import PLACES, each_in_turn
from tests.app.views.offers import is_gone
from tests.sample_window import Shown

_ANYWHERE = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)
_ELSEWHERE = {
    "copy": "copy from the raw file", "select all": "select all of the raw file", "compare with": "compare",
}  # fmt: skip
"""What the menu of a text says, or a button beside another one, and how the menu bar says it."""
WAYS = {way.__name__: way for way in PLACES}
_WITHIN = 12  # pixels by which things in one line may stand higher than each other


# --- Tab and focus ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_that_tab_reaches_all_as_it_is_read_and_shows_where_it_is_and_esc_closes_every_sheet(
    shown: Shown, theme: Theme, palette: str
) -> None:
    theme.set_choice(palette)
    for place in each_in_turn(shown):
        settle(shown)
        window, visited = shown.window, walk(shown.window)
        assert [spoken(one) for one in controls(window) if one not in visited] == [], place
        assert [f"{spoken(a)} → {spoken(b)}" for a, b in pairwise(visited) if goes_back(a, b)] == [], place
        assert [spoken(one) for one in visited if not shows_focus(window, one)] == [], place
        if palette == "light" and window.findChild(Sheet) is not None:
            close_by_esc(shown, WAYS[place])


def close_by_esc(shown: Shown, way: Callable[[Shown], None]) -> None:
    """From a control of each kind, the sheet opened anew each time."""
    for kind in {type(one): None for one in controls(shown.window)}:
        if is_gone(shown):
            way(shown)
        control = next((one for one in controls(shown.window) if type(one) is kind), None)
        if control is None:
            continue  # of a page that is not the first
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(control, Qt.Key.Key_Escape)
        assert is_gone(shown), spoken(control)


def settle(shown: Shown) -> None:
    """Everything stands where it will stand: what fits itself does so with the next events."""
    for _ in range(3):
        QCoreApplication.processEvents()
    sheet = shown.window.findChild(Sheet)
    if sheet is not None:
        sheet.fit()
        QCoreApplication.processEvents()


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


# --- menus --------------------------------------------------------------------------------------------------


@pytest.fixture(
    params=[
        "nothing",
        "changes",
        "looking_back",
        "raw",
        "files",
        "comparing",
        "trending",
        "damaged",
        "output",
    ]
)
def somewhere(request: pytest.FixtureRequest, shown: Shown) -> Shown:
    """The window at places with different menus, no sheet open."""
    getattr(every_place, request.param)(shown)
    shown.window.close_sheet()
    assert is_gone(shown)
    return shown


def test_that_menus_hold_everything_with_letters_and_no_key_means_two_things(somewhere: Shown) -> None:
    check_letters(somewhere)
    check_that_all_is_in_a_menu(somewhere)
    check_keys(somewhere)
    check_context_menus(somewhere)


def check_letters(somewhere: Shown) -> None:
    """The entries of every menu have letters of their own."""
    bar = somewhere.window.menuBar()
    for title, entries in menus(bar.actions(), "the menu bar"):
        letters = Counter(letter(one) for one in entries)
        assert [one.text() for one in entries if not letter(one) and not is_told_by_a_file(one)] == [], title
        assert [key for key, count in letters.items() if key and count > 1] == [], title


def menus(actions: list[QAction], title: str) -> Iterator[tuple[str, list[QAction]]]:
    """Each menu with its entries, those of its menus included."""
    entries = [one for one in actions if not one.isSeparator()]
    yield title, entries
    for one in entries:
        menu = one.menu()
        if isinstance(menu, QMenu):
            yield from menus(menu.actions(), one.text())


def letter(action: QAction) -> str:
    """The letter that chooses an entry."""
    _, mark, rest = action.text().replace("&&", "").partition("&")
    return rest[:1].casefold() if mark else ""


def is_told_by_a_file(action: QAction) -> bool:
    """Folders and attributes have whatever name they have."""
    return not action.objectName() and action.menu() is None


def check_that_all_is_in_a_menu(somewhere: Shown) -> None:
    """Every action, and every button of the window."""
    window = somewhere.window
    found = list(menus(window.menuBar().actions(), ""))
    entries = [one for _, some in found for one in some]
    named = [one for one in window.findChildren(QAction) if one.objectName().startswith("action")]
    assert [one.objectName() for one in named if one not in entries] == []
    said = {plain(one.text()) for one in entries}
    said |= {plain(f"{title} {one.text()}") for title, some in found for one in some}
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    own = [one for one in buttons if isinstance(one, Button | Tick) and not window.banners.isAncestorOf(one)]
    assert [one.accessibleName() for one in own if not is_said(one.accessibleName(), said)] == []


@pytest.mark.parametrize("words", ["Erase all", "Run", "Show", "Save it elsewhere", "Files of others", ""])
def test_that_words_of_a_menu_are_told_from_other_words(words: str) -> None:
    assert not is_said(words, {"running", "all", "show sessions", "save", "files", ""} - {words})


def plain(text: str) -> str:
    return text.replace("&", "").strip("…").casefold()


def is_said(words: str, said: set[str]) -> bool:
    """Whether a menu says the same words; it may add what it is about: a number, or more after a sign."""
    asked = head(words)
    return _ELSEWHERE.get(asked, asked) in {head(one) for one in said}


def head(text: str) -> str:
    """The words without those that tell what it is about now: "Restore version 3", "All, 6 sessions"."""
    return re.split(r" ?[\d,:]", re.sub(r"^[\d,]+ ", "", plain(text)))[0]


def check_context_menus(somewhere: Shown) -> None:
    """Nothing is in a context menu alone."""
    window = somewhere.window
    said = {plain(one.text()) for _, some in menus(window.menuBar().actions(), "") for one in some}
    for view in window.findChildren(QAbstractScrollArea):
        for menu in opened_by_right_click(view):
            texts = [one.text().partition("\t")[0] for one in menu.actions() if not one.isSeparator()]
            assert [text for text in texts if not is_said(text, said)] == []
            menu.close()


def opened_by_right_click(view: QAbstractScrollArea) -> list[QMenu]:
    before = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]
    assert not before
    point = QPoint(60, 12)
    target = view.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, target.mapToGlobal(point))
    QCoreApplication.sendEvent(target, event)
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]


# --- shortcuts ----------------------------------------------------------------------------------------------


def check_keys(somewhere: Shown) -> None:
    """No key means two things at the same place."""
    window = somewhere.window
    heard: defaultdict[str, list[QAction]] = defaultdict(list)
    for action in window.findChildren(QAction):
        for keys in action.shortcuts():
            heard[keys.toString()].append(action)
    for key, actions in heard.items():
        for one in [None, *controls(window)]:
            hearing = [action for action in actions if hears(action, one)]
            assert len(hearing) < 2, (key, spoken(one) if one else "", [a.text() for a in hearing])


def hears(action: QAction, focus: QWidget | None) -> bool:
    """Whether the action would hear its keys while that has the keyboard, if it were enabled."""
    return action.shortcutContext() in _ANYWHERE or (focus is not None and action in focus.actions())

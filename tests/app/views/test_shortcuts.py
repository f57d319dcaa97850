"""The page of shortcuts: all keys that are heard anywhere in the window, and room to read them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from app.views.parts.shortcuts_sheet import ShortcutsSheet
from app.views.shortcuts import sections
from tests.app.views.offers import words
from tests.sample_window import Shown

_NATIVE = QKeySequence.SequenceFormat.NativeText


def open_sheet(shown: Shown) -> ShortcutsSheet:
    shown.window.actions_["actionShortcuts"].trigger()
    found = shown.window.findChild(ShortcutsSheet)
    assert found is not None
    return found


def test_that_every_key_of_every_action_stands_on_the_page_once(shown: Shown) -> None:
    pairs = [pair for section in sections(shown.window.menuBar()) for pair in section.keys]
    assert len(pairs) == len(set(pairs))
    told = {words: keys.split(" or ") for keys, words in pairs}
    actions = [one for one in shown.window.findChildren(QAction) if one.shortcuts()]
    assert len(actions) > 30
    for action in actions:
        keys = [key.toString(_NATIVE).replace("Enter", "Return") for key in action.shortcuts()]
        assert told[action.text().replace("&", "")] == list(dict.fromkeys(keys))


def test_that_the_page_shows_them_under_the_titles_of_their_menus(shown: Shown) -> None:
    text = words(open_sheet(shown))
    for section in sections(shown.window.menuBar()):
        assert section.title in text
        assert all(keys in text and what in text for keys, what in section.keys)


def test_that_a_page_that_does_not_fit_scrolls_by_keys(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    sheet = open_sheet(shown)
    area = sheet.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(sheet.first, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(sheet.first, Qt.Key.Key_PageUp)
    assert bar.value() == 0

"""The page of shortcuts: all keys that are heard anywhere in the window, and room to read them."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from app.models.state.state_texts import Column
from app.views.actions import SPECS, usual_words
from app.views.parts.sheet import Sheet
from app.views.parts.shortcuts_sheet import ShortcutsSheet
from app.views.shortcuts import sections
from tests.app.views.offers import words
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import PREDICTIVE

_NATIVE = QKeySequence.SequenceFormat.NativeText


def open_sheet(shown: Shown) -> ShortcutsSheet:
    shown.window.actions_["actionShortcuts"].trigger()
    found = shown.window.findChild(ShortcutsSheet)
    assert found is not None
    return found


@pytest.fixture
def heard(shown: Shown) -> list[str]:
    """The names of the actions that were triggered."""
    found: list[str] = []
    for action in shown.window.findChildren(QAction):
        action.triggered.connect(lambda _=False, one=action: found.append(one.objectName()))
    return found


def test_that_an_open_sheet_leaves_no_key_to_the_window_below(shown: Shown, heard: list[str]) -> None:
    shown.window.actions_["actionClear"].trigger()
    heard.clear()
    sheet = shown.window.findChild(Sheet)
    assert sheet is not None
    for action in shown.window.findChildren(QAction):
        for keys in action.shortcuts():
            if "Return" not in keys.toString() and "Enter" not in keys.toString():  # these press its buttons
                QTest.keySequence(QApplication.focusWidget() or sheet, keys)
                assert sheet.isVisible(), keys.toString()
    assert heard == []


@pytest.mark.parametrize("place", ["cell", "filter"])
def test_that_who_types_has_the_keys_of_text_for_himself(shown: Shown, heard: list[str], place: str) -> None:
    view = shown.window.detail.state.view
    view.setCurrentIndex(shown.state.find(PREDICTIVE, ("experiment_phase",)))
    if place == "cell":
        assert view.in_place.edit_value()
    else:
        shown.window.detail.state.filter.setFocus()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "abc def")
    heard.clear()
    for keys in (
        "Ctrl+A",
        "Ctrl+C",
        "Ctrl+X",
        "Ctrl+V",
        "Ctrl+Z",
        "Ctrl+Y",
        "Ctrl+Shift+Z",
        "Ctrl+Del",
        "Del",
    ):
        QTest.keySequence(field, QKeySequence(keys))
        assert heard == [], keys
        assert QApplication.focusWidget() is field


def test_that_every_key_of_every_action_stands_on_the_page_once(shown: Shown) -> None:
    pairs = [pair for section in sections(shown.window.menuBar()) for pair in section.keys]
    assert len(pairs) == len(set(pairs))
    told = {words: keys.split(" or ") for keys, words in pairs}
    actions = [one for one in shown.window.findChildren(QAction) if one.shortcuts()]
    assert len(actions) > 30
    for action in actions:
        keys = [key.toString(_NATIVE).replace("Return", "Enter") for key in action.shortcuts()]
        assert told[usual_words(action)] == list(dict.fromkeys(keys))


def test_that_the_page_shows_them_under_the_titles_of_their_menus(shown: Shown) -> None:
    text = words(open_sheet(shown))
    for section in sections(shown.window.menuBar()):
        assert section.title in text
        assert all(keys in text and what in text for keys, what in section.keys)


def test_that_the_page_says_the_same_whatever_is_selected(shown: Shown) -> None:
    shown.window.actions_.show_clear_count(1, 1)
    before = words(open_sheet(shown))
    shown.window.sheets.close()
    view, there = shown.window.detail.state.view, shown.state.find(PREDICTIVE, ("custom_settings", "param1"))
    assert shown.state.setData(there.siblingAtColumn(Column.VALUE), "another")
    view.setCurrentIndex(there)
    assert shown.window.actions_["actionRemove"].shortcuts() == []  # Del takes the edit back
    shown.window.actions_.show_clear_count(3, 3)
    shown.window.actions_.show_save_count(2)
    told = {shown.window.actions_[f"action{name}"].text() for name in ("Add", "Clear", "Save")}
    assert told == {"&Add item…", "&Clear 3 saved states…", "&Save (2)"}
    assert words(open_sheet(shown)) == before


def test_that_the_keys_of_lists_and_of_sheets_stand_on_the_page_too(shown: Shown) -> None:
    *_, lists, sheets = sections(shown.window.menuBar())
    assert (lists.title, sheets.title) == ("In lists and trees", "In sheets")
    assert {"Enter", "Space", "Shift+F10", "Esc"} <= {keys for keys, _ in lists.keys}
    assert {"Enter", "Shift+Enter", "Ctrl+Enter", "Esc"} <= {keys for keys, _ in sheets.keys}


@pytest.mark.parametrize("percent", [100, 200])
def test_that_no_word_of_the_page_covers_another_or_is_cut_at_the_side(shown: Shown, percent: int) -> None:
    shown.window.resize(1024, 700)
    shown.theme.set_percent(percent)
    sheet = open_sheet(shown)
    laid_out()
    labels = [one for one in sheet.body.findChildren(QLabel) if one.text()]
    places = [one.rect().translated(one.mapTo(sheet.body, QPoint())) for one in labels]
    covered = [
        (one.text(), other.text())
        for (one, here), (other, there) in combinations(zip(labels, places, strict=True), 2)
        if here.intersects(there)
    ]
    assert covered == []
    assert sheet.body.width() <= sheet.frame.width()


def test_that_the_page_closes_by_its_button(qtbot: QtBot, shown: Shown) -> None:
    open_sheet(shown).close_button.click()
    qtbot.waitUntil(lambda: shown.window.findChild(ShortcutsSheet) is None)


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


USUAL = {
    "F1": "Shortcuts", "F2": "EditValue", "F3": "FindNext", "Shift+F3": "FindPrevious", "F5": "Rescan",
    "Ctrl+F": "FindSessions", "Ctrl+Shift+F": "FindAttributes", "Ctrl+S": "Save", "Ctrl+Z": "Undo",
    "Ctrl+Y": "Redo", "Ctrl+Shift+Z": "Redo", "Ctrl+D": "Compare", "Ctrl+Return": "Resume",
    "Ctrl+Enter": "Resume", "Ctrl+Del": "Clear", "Ctrl+E": "ShowFolder", "Ctrl+O": "WatchFolder",
    "Ctrl+Q": "Quit", "Ctrl+,": "Preferences", "Ctrl+C": "CopyValue", "Ctrl+V": "PasteJson",
    "Ctrl+Shift+C": "CopyPath", "Del": "Remove", "Ins": "Add", "Ctrl++": "TextLarger",
    "Ctrl+-": "TextSmaller", "Ctrl+0": "TextUsual", "Ctrl+PgDown": "NextTab",
}  # fmt: skip
"""What people press without looking it up, and what it does."""


def test_that_the_usual_keys_do_the_usual_things(shown: Shown) -> None:
    actions = shown.window.actions_
    heard = {
        key.toString(QKeySequence.SequenceFormat.PortableText): spec.name.removeprefix("action")
        for spec in SPECS
        for key in actions[spec.name].shortcuts()
    }
    assert {key: heard.get(key) for key in USUAL} == USUAL


def test_that_state_and_changes_have_keys_that_stand_on_the_page(shown: Shown) -> None:
    detail = shown.window.detail
    for keys, page in (("Ctrl+2", detail.changes), ("Ctrl+1", detail.state)):
        QTest.keySequence(shown.window, QKeySequence(keys))
        assert detail.tabs.currentWidget() is page
    assert {"Ctrl+1", "Ctrl+2"} <= {keys for one in sections(shown.window.menuBar()) for keys, _ in one.keys}

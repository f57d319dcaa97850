"""A name that is typed is that name: another one is taken by a key that says so, or from the open list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.parts.fields import ComboBox
from app.views.parts.name_box import NameBox
from app.views.style.theme import Theme

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def names(qtbot: QtBot) -> Iterator[NameBox]:
    """In a window with a control after it, with the keyboard, and nobody chosen."""
    window = QWidget()
    qtbot.addWidget(window)
    box = NameBox(Theme("light"), "User", "Choose or type who resumes")
    box.addItems(["alan", "miamia", "Zoe"])
    box.setCurrentIndex(-1)
    column = QVBoxLayout(window)
    column.addWidget(box)
    column.addWidget(ComboBox(Theme("light"), "Another"))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    box.setFocus()
    yield box
    window.close()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(*keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(focused(), key, modifiers)


def typed(names: NameBox, text: str) -> None:
    for letter in text:
        QTest.keyClicks(focused(), letter)


@pytest.mark.parametrize("name", ["mia", "zoe", "MIAMIA", "a"])
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab, Key.Key_End, Key.Key_Right])
def test_that_a_name_that_was_typed_stays_what_was_typed(names: NameBox, name: str, key: Qt.Key) -> None:
    typed(names, name)
    press(key)
    assert names.currentText() == name


def test_that_down_takes_the_first_name_that_begins_so(names: NameBox) -> None:
    typed(names, "MI")
    press(Key.Key_Down)
    assert names.currentText() == "miamia"
    press(Key.Key_Down)
    assert names.currentText() == "Zoe"


def test_that_down_goes_from_a_name_that_was_typed_in_full_to_the_next(names: NameBox) -> None:
    typed(names, "miamia")
    press(Key.Key_Down)
    assert names.currentText() == "Zoe"


def test_that_down_takes_nobody_where_no_name_begins_so(names: NameBox) -> None:
    typed(names, "bea")
    press(Key.Key_Down)
    assert names.currentText() == "bea"


def test_that_the_first_down_in_the_open_list_is_the_first_name(names: NameBox) -> None:
    press(Key.Key_Down, modifiers=ALT)
    assert names.view().isVisible()
    press(Key.Key_Down)
    assert names.view().currentIndex().data() == "alan"
    press(Key.Key_Down, Key.Key_Return)
    assert names.currentText() == "miamia"


def test_that_down_in_the_open_list_goes_on_from_the_name_that_is_chosen(names: NameBox) -> None:
    names.setCurrentIndex(1)
    press(Key.Key_Down, modifiers=ALT)
    press(Key.Key_Down, Key.Key_Return)
    assert names.currentText() == "Zoe"


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return, Key.Key_F4])
def test_that_an_open_list_in_which_nobody_is_chosen_takes_nobody(names: NameBox, key: Qt.Key) -> None:
    typed(names, "mia")
    press(Key.Key_Down, modifiers=ALT)
    press(key)
    assert not names.view().isVisible()
    assert names.currentText() == "mia"


def test_that_a_letter_with_alt_is_not_typed_into_a_name(
    qtbot: QtBot, names: NameBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alt+T in "dana" made "danat", and that would have been a new person."""
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClicks(names.lineEdit(), "dana")
    for modifiers in (ALT, ALT | Qt.KeyboardModifier.ShiftModifier):
        QTest.keyClick(focused(), Key.Key_T, modifiers)
    assert names.currentText() == "dana"
    qtbot.keyClick(names.lineEdit(), "t", ALT | control)  # AltGr, on Windows
    assert names.currentText() == "danat"
    monkeypatch.setattr("sys.platform", "darwin")
    QTest.keyClick(focused(), Key.Key_T, ALT)
    assert names.currentText() == "danatt"


def test_that_the_rows_of_the_open_list_have_the_room_of_other_lists(names: NameBox) -> None:
    theme = Theme("light")
    names.window().setStyleSheet(theme.stylesheet())
    names.showPopup()
    assert names.view().visualRect(names.model().index(0, 0)).height() == theme.px(28)
    names.hidePopup()

"""A sheet in which Enter has come to mean another thing by itself; keys and presses come from outside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.views.parts.other_meaning import NOT_YET, OtherMeaning
from app.views.parts.sheet import Sheet
from app.views.parts.widgets import Button
from app.views.style.theme import Theme

Key = Qt.Key


class Asked:
    """A sheet with a line to type in and a button, which has the keyboard as it becomes another one."""

    def __init__(self, qtbot: QtBot) -> None:
        theme, self.window, self.line = Theme("light"), QMainWindow(), QLineEdit()
        qtbot.addWidget(self.window)
        self.window.resize(600, 400)
        self.window.show()
        self.window.activateWindow()
        self.sheet = Sheet(theme, self.window, "eraser", "Title", "", 500)
        self.button = Button(theme, "Save")
        self.pressed: list[str] = []
        self.told: list[object] = []
        QVBoxLayout(self.sheet.body).addWidget(self.line)
        self.sheet.foot.addWidget(self.button)
        self.button.clicked.connect(lambda: self.pressed.append("Save"))
        self.meaning = OtherMeaning(self.sheet, self.line.setFocus)
        self.meaning.refused.connect(self.told.append)
        self.sheet.open_over(self.button)
        self.meaning.begin()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.windowHandle(), key)


@pytest.fixture
def asked(qtbot: QtBot) -> Asked:
    return Asked(qtbot)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_that_the_keyboard_leaves_the_button_and_enter_reaches_nothing_however_often(
    asked: Asked, key: Qt.Key
) -> None:
    assert asked.window.focusWidget() is asked.line
    for _ in range(3):
        asked.press(key)
    assert (asked.pressed, asked.told) == ([], [NOT_YET] * 3)


def test_that_space_is_no_press_either_but_a_letter_where_one_types(asked: Asked) -> None:
    asked.button.setFocus()
    asked.press(Key.Key_Space)
    assert (asked.pressed, asked.told) == ([], [NOT_YET])
    asked.line.setFocus()
    asked.press(Key.Key_Space)
    assert asked.line.text() == " "


def test_that_who_goes_to_the_button_with_tab_presses_it(asked: Asked) -> None:
    asked.press(Key.Key_Shift)
    asked.press(Key.Key_Return)
    assert asked.told
    asked.press(Key.Key_Tab)
    assert asked.window.focusWidget() is asked.button
    asked.press(Key.Key_Return)
    assert asked.pressed == ["Save"]


def test_that_a_click_is_believed(asked: Asked) -> None:
    where = asked.button.mapTo(asked.window, asked.button.rect().center())
    QTest.mouseClick(asked.window.windowHandle(), Qt.MouseButton.LeftButton, pos=where)
    assert asked.pressed == ["Save"]
    asked.button.setFocus()
    asked.press(Key.Key_Return)
    assert asked.pressed == ["Save", "Save"]


def test_that_another_sheet_is_not_held_up(asked: Asked) -> None:
    asked.sheet.hide()
    asked.press(Key.Key_Return)
    assert asked.told == []

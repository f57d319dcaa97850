"""The caret: it blinks while somebody types, and an idle field is not painted."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from app.views.parts.caret import RestingCaret


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The times that carets take to blink, 0 for none that do; afterwards as the desktop has it."""
    hints, told = QApplication.styleHints(), list[int]()

    def note(_: int) -> None:
        told.append(hints.cursorFlashTime())

    hints.cursorFlashTimeChanged.connect(note)
    yield told
    hints.cursorFlashTimeChanged.disconnect(note)
    hints.setCursorFlashTime(-1)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit])
def test_that_the_caret_rests_until_somebody_types(
    qtbot: QtBot, told: list[int], kind: type[QLineEdit | QPlainTextEdit | QTextEdit]
) -> None:
    field, usual = kind(), QApplication.cursorFlashTime()
    assert usual > 0
    qtbot.addWidget(field)
    RestingCaret(field, rest=30)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: field.hasFocus() and told[-1:] == [0])
    before = len(told)
    qtbot.keyClick(field, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: told[before:][:2] == [usual, 0])

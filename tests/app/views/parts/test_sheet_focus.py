"""Where the keyboard is in a sheet, and that the window is still whole when the sheet is gone."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.views.parts.sheet import Sheet
from app.views.parts.widgets import Button
from app.views.style.theme import Theme


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    field = QLineEdit()
    window.setCentralWidget(field)
    window.menuBar().addMenu("&View").addAction("Dark")
    window.show()
    window.activateWindow()
    field.setFocus()
    return window


@pytest.fixture
def sheet(window: QMainWindow) -> Sheet:
    """A sheet with two fields in its body and one button in its foot."""
    theme = Theme("light")
    sheet = Sheet(theme, window, "eraser", "Title", "", 600)
    column = QVBoxLayout(sheet.body)
    for name in ("first", "second"):
        field = QLineEdit()
        field.setObjectName(name)
        column.addWidget(field)
    button = Button(theme, "Done")
    button.setObjectName("done")
    sheet.foot.addWidget(button)
    first = sheet.findChild(QLineEdit, "first")
    assert first is not None
    sheet.open_over(first)
    return sheet


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


def test_that_tab_goes_round_among_the_controls_of_the_sheet(qtbot: QtBot, sheet: Sheet) -> None:
    seen = []
    for _ in range(4):
        seen.append(focus())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == ["first", "second", "done", "first"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert focus() == "done"


def test_that_the_window_is_whole_after_a_sheet_was_tabbed_through_and_closed(
    qtbot: QtBot, window: QMainWindow, sheet: Sheet
) -> None:
    bar = window.menuBar()
    kept = [bar, *bar.actions(), window.centralWidget()]
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    sheet.close_sheet()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert not isValid(sheet)
    assert all(isValid(one) for one in kept)
    assert window.findChild(QWidget, "done") is None


def test_that_no_control_is_looked_for_in_a_sheet_that_goes(
    window: QMainWindow, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[QWidget] = []

    def look(inside: QWidget) -> list[QWidget]:
        looked.append(inside)
        return []

    monkeypatch.setattr("app.views.parts.sheet._in_order", look)
    sheet.close_sheet()
    assert (sheet.isHidden(), looked) == (True, [])


@pytest.mark.parametrize("how", ["hidden", "greyed"])
def test_that_the_keyboard_of_a_button_that_goes_never_goes_to_another_button(sheet: Sheet, how: str) -> None:
    goes, save = Button(sheet.theme, "Tell me"), Button(sheet.theme, "Save")
    sheet.foot.addWidget(goes)
    save.setParent(sheet.body)
    save.lower()  # the first of all
    for button in (save, goes):
        button.show()
    goes.setFocus()
    assert goes.hasFocus()
    goes.hide() if how == "hidden" else goes.setEnabled(False)
    assert focus() == "first"

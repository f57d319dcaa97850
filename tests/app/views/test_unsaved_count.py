"""The number of unsaved edits as a button of the status bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.app.views.seen import action
from tests.sample_window import Shown


def test_that_it_is_a_button_that_leaves_the_keyboard_where_it_is(qtbot: QtBot, shown: Shown) -> None:
    button, wanted = shown.window.status.unsaved, action(shown, "ShowUnsaved")
    assert (button.isVisible(), wanted.isEnabled()) == (False, False)
    assert "No edit is unsaved." in wanted.toolTip()
    before = QApplication.focusWidget()
    shown.type_value("150", "trial_count")
    assert (button.isVisible(), wanted.isEnabled()) == (True, True)
    assert "No edit is unsaved." not in wanted.toolTip()
    with qtbot.waitSignal(wanted.triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is before
    row = in_the_row_of_tab(shown)  # whose first has the keyboard when a window opens
    assert [one.objectName() for one in row[: row.index(button)]].count("sessionFilter") == 1


def in_the_row_of_tab(shown: Shown) -> list[QWidget]:
    """All that can have the keyboard, in the order in which Tab gives it."""
    row: list[QWidget] = []
    one = shown.window.nextInFocusChain()
    while one is not None and one is not shown.window:
        row += [one] if one.focusPolicy() != Qt.FocusPolicy.NoFocus else []
        one = one.nextInFocusChain()
    return row


def test_that_edits_of_a_session_that_is_not_listed_are_counted_at_once(shown: Shown) -> None:
    words = shown.window.status.unsaved.text
    shown.sessions.set_unsaved("/data/gone", 2)
    assert "2 unsaved edits" in words()
    shown.sessions.set_unsaved("/data/gone", 0)
    assert not shown.window.status.unsaved.isVisible()

"""The sheet of what a run saved over: what is ticked is asked for, and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.exchange import AgainRequest
from app.session_errands import ReadReplaced, ReplacedRead
from app.views.saving.again_sheet import AgainSheet
from persistence.states.diff import Change
from tests.app.views.saving.test_save_sheet import COUNT, DIRECTORY, PHASE, Key, is_gone, press, words
from tests.sample_window import Shown

OFFER = ReplacedRead(
    ReadReplaced(DIRECTORY, "1"), (Change(*COUNT, 30, 150), Change(*PHASE, "x", "washout")), "ann", ""
)


@pytest.fixture
def asked(shown: Shown) -> list[object]:
    """What was asked for."""
    found: list[object] = []
    shown.window.saving.again_requested.connect(found.append)
    return found


@pytest.fixture
def sheet(shown: Shown, asked: list[object]) -> AgainSheet:
    shown.window.saving.show_overwritten(OFFER)
    found = shown.window.findChild(AgainSheet)
    assert found is not None
    return found


def test_that_it_says_whose_changes_they_were_and_what_comes_of_them(sheet: AgainSheet) -> None:
    assert "The run saved over ann's changes" in words(sheet)
    assert "Nothing is saved before you save it." in words(sheet)
    model = sheet.table.model()
    assert [model.index(0, column).data() for column in range(3)] == ["trial_count", "30", "150"]
    assert QApplication.focusWidget() is sheet.apply


def test_that_what_is_ticked_is_asked_for(
    qtbot: QtBot, shown: Shown, sheet: AgainSheet, asked: list[object]
) -> None:
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Space)
    assert sheet.apply.accessibleName() == "Apply 1 change again"
    qtbot.mouseClick(sheet.apply, Qt.MouseButton.LeftButton)
    assert asked == [AgainRequest(DIRECTORY, "1", frozenset({PHASE}))]
    assert is_gone(shown)


def test_that_escape_and_nothing_ticked_ask_for_nothing(
    qtbot: QtBot, shown: Shown, sheet: AgainSheet, asked: list[object]
) -> None:
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Space)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Space)
    assert not sheet.apply.isEnabled()
    press(qtbot, Key.Key_Escape)
    assert is_gone(shown)
    assert asked == []

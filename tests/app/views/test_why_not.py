"""Why a command cannot be given now: in its tool tip, and in the status bar when its key is pressed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.session import Running
from app.views.allowed import why_not
from app.views.parts.sheet import Sheet
from app.views.resume.held_keys import TOLD
from app.views.resume.refused_sheet import RefusedSheet
from tests.app.views.seen import DIRECTORY, action
from tests.sample_window import Shown
from tests.samples import PREDICTIVE

VIEW_ONLY = "Nothing can be saved here: this folder is view-only."
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
KEYS = {
    "Resume": (Qt.Key.Key_Return, CTRL),
    "Clear": (Qt.Key.Key_Delete, CTRL),
    "EditValue": (Qt.Key.Key_F2, PLAIN),
}


def said(shown: Shown) -> str:
    return shown.window.status.message.accessibleName()


def tip_of(shown: Shown, name: str) -> str:
    return action(shown, name).toolTip()


def make_view_only(shown: Shown) -> None:
    found = replace(shown.snapshots[DIRECTORY], not_writable_because="this folder is view-only")
    shown.window.show_session(found, None)


ON_ROWS = ["Rename", "PasteJson", "Duplicate", "MoveUp", "MoveDown", "Remove"]


def test_that_a_grey_command_says_why_in_its_tool_tip_until_it_is_not_grey(shown: Shown) -> None:
    for name in ["Resume", "Clear", "EditValue", "Add", *ON_ROWS]:
        usual = tip_of(shown, name)
        make_view_only(shown)
        assert tip_of(shown, name) == "\n".join((usual.partition("\n")[0], VIEW_ONLY)), name
        shown.window.show_session(shown.snapshots[DIRECTORY], None)
        assert tip_of(shown, name) == usual, name


def test_that_the_big_resume_says_why_too(shown: Shown) -> None:
    resume = shown.window.detail.header.resume
    assert resume.toolTip() == "Resume… (Ctrl+Enter)"
    make_view_only(shown)
    assert not resume.isEnabled()
    assert resume.toolTip() == VIEW_ONLY


@pytest.mark.parametrize("name", KEYS)
def test_that_the_key_of_a_grey_command_says_why(qtbot: QtBot, shown: Shown, name: str) -> None:
    make_view_only(shown)
    shown.window.show_message("")
    qtbot.keyClick(shown.window.detail.state.view, *KEYS[name])
    assert said(shown) == VIEW_ONLY


def scan(shown: Shown, text: str) -> None:
    """As a scanner does: keys from outside, and Enter right behind them."""
    for letter in text:
        QTest.keyClick(shown.window.windowHandle(), Qt.Key(ord(letter.upper())))
    QTest.keyClick(shown.window.windowHandle(), Qt.Key.Key_Return)


def test_that_what_is_typed_after_a_refused_resume_reaches_nothing(qtbot: QtBot, shown: Shown) -> None:
    """A tag that was scanned chose another session of that animal, and became its subject."""
    shown.window.sessions.view.setFocus()
    make_view_only(shown)
    handle = shown.window.windowHandle()
    QTest.keyClick(handle, *KEYS["Resume"])
    sheet = shown.window.findChild(RefusedSheet)
    assert sheet is not None
    assert sheet.accessibleDescription() == VIEW_ONLY
    for _ in range(2):
        scan(shown, f"{shown.names[2]} ")
    assert sheet.isVisible()
    assert shown.window.selected_directory == DIRECTORY
    drafts = [draft for one in shown.snapshots if (draft := shown.drafts.get(one)) is not None]
    assert not any(draft.count for draft in drafts)
    sheet.guard = 0
    QTest.keyClick(handle, Qt.Key.Key_Return)
    assert not isValid(sheet) or not sheet.isVisible()
    assert QApplication.focusWidget() is shown.window.sessions.view


def test_that_what_is_typed_while_the_resume_sheet_is_on_its_way_reaches_nothing(
    qtbot: QtBot, shown: Shown
) -> None:
    view, handle = shown.window.sessions.view, shown.window.windowHandle()
    view.setFocus()
    QTest.keyClick(handle, *KEYS["Resume"])
    scan(shown, shown.names[2])
    assert shown.window.selected_directory == DIRECTORY
    assert QApplication.focusWidget() is view
    assert said(shown) == TOLD
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    QTest.keyClick(handle, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is shown.window.detail.state.view


def test_that_a_reason_that_is_over_is_not_told_any_more(qtbot: QtBot, shown: Shown) -> None:
    make_view_only(shown)
    qtbot.keyClick(shown.window.detail.state.view, *KEYS["EditValue"])
    shown.window.show_session(replace(shown.snapshots[DIRECTORY], versions=7, not_writable_because="x"), None)
    assert said(shown) == ""
    make_view_only(shown)
    qtbot.keyClick(shown.window.detail.state.view, *KEYS["EditValue"])
    shown.window.show_message("Copied 1 value.")  # which is as true as before
    shown.window.show_session(shown.snapshots[DIRECTORY], None)
    assert said(shown) == "Copied 1 value."


def test_that_the_key_does_what_it_is_for_when_nothing_is_in_the_way(qtbot: QtBot, shown: Shown) -> None:
    make_view_only(shown)
    shown.window.show_session(shown.snapshots[DIRECTORY], None)
    qtbot.keyClick(shown.window.detail.state.view, Qt.Key.Key_Delete, CTRL)
    assert shown.window.findChild(Sheet) is not None
    assert said(shown) == ""


def test_that_a_sheet_keeps_the_key_for_itself(qtbot: QtBot, shown: Shown) -> None:
    make_view_only(shown)
    shown.window.show_message("before")
    action(shown, "Shortcuts").trigger()
    sheet = shown.window.findChild(Sheet)
    assert sheet is not None
    qtbot.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    assert said(shown) == ""


def test_that_saving_nothing_is_told_and_that_a_refused_text_is_told_instead(
    qtbot: QtBot, shown: Shown
) -> None:
    view = shown.window.detail.state.view
    qtbot.keyClick(view, Qt.Key.Key_S, CTRL)
    assert said(shown) == "There is nothing to save."
    view.go_to(shown.state.find(PREDICTIVE, ("trial_count",)))
    view.in_place.edit_value()
    field = view.in_place.editor
    assert field is not None
    qtbot.keyClicks(field, "15o")
    qtbot.keyClick(field, Qt.Key.Key_S, CTRL)
    assert view.in_place.editor is field
    assert field.problem in said(shown)


def test_that_undo_and_redo_that_do_nothing_say_so(qtbot: QtBot, shown: Shown) -> None:
    view = shown.window.detail.state.view
    shown.type_value("150", "trial_count")
    for key, words in (
        (Qt.Key.Key_Z, "Undone"),
        (Qt.Key.Key_Z, "There is nothing to undo. History has every version."),
        (Qt.Key.Key_Y, "Redone"),
        (Qt.Key.Key_Y, "There is nothing to redo."),
    ):
        qtbot.keyClick(view, key, CTRL)
        assert said(shown) == words


def test_that_a_run_is_the_reason_and_so_is_none_selected(shown: Shown) -> None:
    running = Running("rig3", 77, PREDICTIVE, "", False)
    shown.window.show_session(replace(shown.snapshots[DIRECTORY], running=running), None)
    assert "is still running" in tip_of(shown, "Clear")
    finishing = running._replace(finishing=True)
    shown.window.show_session(replace(shown.snapshots[DIRECTORY], running=finishing), None)
    assert tip_of(shown, "Resume").endswith("Its launcher is still finishing.")
    assert why_not(None, None, None)["Resume"] == "No session is selected."


def test_that_ctrl_del_in_a_filter_is_the_menus_where_it_is_empty(qtbot: QtBot, shown: Shown) -> None:
    """The keyboard is in the filter again after a save that was asked for there."""
    field = shown.window.sessions.filter
    field.setFocus()
    field.setText("7645 21")
    field.setCursorPosition(0)
    qtbot.keyClick(field, Qt.Key.Key_Delete, CTRL)
    assert (field.text(), shown.window.findChild(QWidget, "clearSheet")) == ("21", None)
    qtbot.keyClick(field, Qt.Key.Key_Delete, CTRL)
    assert field.text() == ""
    qtbot.keyClick(field, Qt.Key.Key_Delete, CTRL)
    assert shown.window.findChild(QWidget, "clearSheet") is not None

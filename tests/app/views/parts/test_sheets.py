"""The sheets: what they say, what they refuse, and what leaves them."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.exchange import ClearRequest
from app.views.parts.choices import Radio
from app.views.parts.sheet import Sheet
from app.views.parts.shortcuts_sheet import ShortcutsSheet
from app.views.saving.clear_sheet import ClearSheet
from tests.app.views.offers import button, focused, is_gone, open_resume, words
from tests.sample_window import Shown
from tests.samples import ROOT, SLAP2

Key = Qt.Key


def open_clear(shown: Shown) -> ClearSheet:
    shown.window.actions_["actionClear"].trigger()
    found = shown.window.findChild(ClearSheet)
    assert found is not None
    return found


# --- clear --------------------------------------------------------------------------------------------------


def test_that_clear_says_what_goes_and_what_stays_and_cancel_is_the_default(shown: Shown) -> None:
    sheet = open_clear(shown)
    text = words(sheet)
    assert "PredictiveLauncher: 11 attributes, saved 2026-11-23 14:30:00." in text
    assert "All other files of the session: the data of the run, and session.json where there is one." in text
    assert QApplication.focusWidget() is button(sheet, "cancelButton")


def test_that_cancelling_clear_says_that_nothing_was_cleared(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClick(button(open_clear(shown), "cancelButton"), Key.Key_Return)
    assert shown.window.status.message.accessibleName() == "Nothing was cleared."


def test_that_clear_itself_does_not_say_that_nothing_was_cleared(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_clear(shown)
    qtbot.mouseClick(button(sheet, "clearButton"), Qt.MouseButton.LeftButton)
    assert shown.window.status.message.accessibleName() != "Nothing was cleared."


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space, Key.Key_Escape])
def test_that_the_first_key_after_clear_changes_nothing(qtbot: QtBot, shown: Shown, key: Qt.Key) -> None:
    open_clear(shown)
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert is_gone(shown)
    assert shown.asked_for("clear_requested") == []


def tells_that_it_goes(sheet: ClearSheet, launchers: set[str]) -> bool:
    """Of which launchers it is counted what goes."""
    text = words(sheet)
    return {name for name in ("PredictiveLauncher", "Slap2Launcher") if f"{name}: " in text} == launchers


def test_that_clear_asks_for_the_whole_session_or_for_one_launcher_and_says_so(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.open(shown.names[2])
    directory = f"{ROOT}/{shown.names[2]}"
    for chosen, namespace, going in (
        ("All 2 launchers", None, {"PredictiveLauncher", "Slap2Launcher"}),
        ("Slap2Launcher only", SLAP2, {"Slap2Launcher"}),
    ):
        sheet = open_clear(shown)
        radio = next(one for one in sheet.findChildren(Radio) if one.accessibleName() == chosen)
        radio.click()
        qtbot.waitUntil(partial(tells_that_it_goes, sheet, going))
        button(sheet, "clearButton").click()
        assert shown.asked_for("clear_requested")[-1] == (ClearRequest(directory, namespace, "1"),)
        assert is_gone(shown)


def test_that_a_note_goes_with_what_is_cleared_and_enter_in_it_clears_nothing(
    qtbot: QtBot, shown: Shown
) -> None:
    sheet = open_clear(shown)
    note = sheet.note.line
    note.setFocus()
    qtbot.keyClicks(note, " wrong mouse ")
    qtbot.keyClick(note, Key.Key_Return)
    assert shown.asked_for("clear_requested") == []
    assert sheet.isVisible()
    assert 'Enter clears nothing here. Press "Clear saved state".' in words(sheet)
    button(sheet, "clearButton").click()
    directory = f"{ROOT}/{shown.names[0]}"
    assert shown.asked_for("clear_requested") == [(ClearRequest(directory, None, "1", "wrong mouse"),)]


def test_that_unsaved_edits_stand_in_the_way_of_clear(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    sheet = open_clear(shown)
    assert "There is 1 unsaved edit. Save or discard it first, then clear." in words(sheet)
    assert "What is in the way" in words(sheet)
    assert not sheet.note.isVisible()
    assert not button(sheet, "clearButton").isEnabled()


# --- all of them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["actionShortcuts", "actionAbout", "actionClear"])
def test_that_escape_closes_every_sheet_and_gives_the_keyboard_back(
    qtbot: QtBot, shown: Shown, name: str
) -> None:
    shown.window.sessions.filter.setFocus()
    shown.window.actions_[name].trigger()
    assert QApplication.focusWidget() is not shown.window.sessions.filter
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert is_gone(shown)
    assert QApplication.focusWidget() is shown.window.sessions.filter


def test_that_shortcuts_of_the_window_are_not_heard_under_a_sheet(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    sheet = open_resume(shown)
    for focus in (sheet.subject.field, sheet.cancel):
        focus.setFocus()
        qtbot.keyClick(focus, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(focus, Key.Key_F5)
    assert shown.asked_for("save_requested") == shown.asked_for("rescan_requested") == []
    assert not shown.window.menuBar().isEnabled()
    shown.window.close_sheet()
    assert shown.window.menuBar().isEnabled()
    qtbot.keyClick(shown.window, Key.Key_F5)
    assert shown.asked_for("rescan_requested") == [()]


def test_that_a_click_beside_a_sheet_loses_nothing(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    qtbot.keyClicks(sheet.subject.field, "7645")
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.rect().topLeft())
    assert sheet.isVisible()
    assert sheet.subject.field.text() == "7645"


def test_that_there_is_one_sheet_at_a_time(shown: Shown) -> None:
    open_resume(shown)
    shown.window.actions_["actionShortcuts"].trigger()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(shown.window.findChildren(Sheet)) == 1


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (820, 600)])
def test_that_sheets_fit_every_window_and_keep_their_buttons_in_reach(
    qtbot: QtBot, shown: Shown, size: tuple[int, int]
) -> None:
    shown.window.resize(*size)
    sheet = open_resume(shown)
    QApplication.processEvents()
    assert sheet.rect().contains(sheet.frame.geometry())
    for name in ("copyCommandButton", "cancelButton", "resumeButton"):
        one = button(sheet, name)
        assert sheet.frame.rect().contains(
            one.rect().translated(one.mapTo(sheet.frame, one.rect().topLeft()))
        )
    shown.window.resize(1000, 640)
    QApplication.processEvents()
    assert sheet.rect().contains(sheet.frame.geometry())


def test_that_tab_leads_from_the_subject_to_the_main_button_and_round(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    qtbot.keyClicks(sheet.subject.field, "764521")
    sheet.user.setEditText("ann")
    seen = []
    for _ in range(9):
        seen.append(focused())
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert seen == [
        "Subject", "User", "Untick all", "What is restored",
        "Start even if an attribute cannot be restored", "Copy command", "Cancel", "Resume", "Subject",
    ]  # fmt: skip
    for name in ("Subject", "Resume"):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Backtab)
        assert focused() == name
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert len(shown.asked_for("resume_requested")) == 1


@pytest.mark.qt_log_ignore("Keyboard event not accepted")  # of keys that menus take
@pytest.mark.parametrize("way", ["letters", "arrows"])
def test_that_after_a_sheet_from_a_menu_the_keyboard_is_where_it_was(
    qtbot: QtBot, shown: Shown, way: str
) -> None:
    view = shown.window.detail.state.view
    view.setFocus()
    if way == "letters":
        qtbot.keyClick(view, Key.Key_H, Qt.KeyboardModifier.AltModifier)
        qtbot.keyClick(QApplication.activePopupWidget(), Key.Key_K)
    else:
        qtbot.keyPress(view, Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
        qtbot.keyRelease(view, Key.Key_Alt)
        bar = shown.window.menuBar()
        for key in (*(Key.Key_Right,) * (len(bar.actions()) - 1), Key.Key_Down):
            qtbot.keyClick(bar, key)
        qtbot.keyClick(QApplication.activePopupWidget(), Key.Key_Return)
    sheet = shown.window.findChild(Sheet)
    assert sheet is not None
    assert sheet.isAncestorOf(QApplication.focusWidget() or sheet)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert QApplication.focusWidget() is view


def test_that_a_sheet_that_becomes_lower_leaves_nothing_of_its_edge_behind(
    qtbot: QtBot, shown: Shown
) -> None:
    sheet, window = open_clear(shown), shown.window
    qtbot.waitUntil(lambda: on_screen(window) == anew(window))
    before = sheet.frame.geometry()
    for label in sheet.body.findChildren(QLabel)[1:5]:
        label.hide()
    qtbot.waitUntil(lambda: sheet.frame.geometry() != before)
    qtbot.waitUntil(lambda: on_screen(window) == anew(window))


def on_screen(window: QWidget) -> QImage:
    """What can be seen of a window now."""
    return window.screen().grabWindow(window.winId()).toImage()


def anew(window: QWidget) -> QImage:
    """The same, painted from nothing."""
    return window.grab().toImage().convertToFormat(on_screen(window).format())


def test_that_f1_shows_the_keys_over_a_sheet_which_is_there_again_as_it_was(
    qtbot: QtBot, shown: Shown
) -> None:
    sheet = open_clear(shown)
    sheet.note.line.setFocus()
    qtbot.keyClicks(sheet.note.line, "wrong mouse")
    qtbot.keyClick(sheet.note.line, Key.Key_F1)
    keys = shown.window.findChild(ShortcutsSheet)
    assert keys is not None
    assert keys.isVisible()
    assert QApplication.focusWidget() is keys.close_button
    qtbot.keyClick(keys.close_button, Key.Key_F1)
    assert len(shown.window.findChildren(ShortcutsSheet)) == 1
    qtbot.keyClick(keys.close_button, Key.Key_Escape)
    assert sheet.isVisible()
    assert QApplication.focusWidget() is sheet.note.line
    assert sheet.note.text == "wrong mouse"
    assert not shown.window.menuBar().isEnabled()


def test_that_the_keys_go_with_the_sheet_that_they_were_asked_from(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_clear(shown)
    qtbot.keyClick(sheet, Key.Key_F1)
    shown.window.close_sheet()
    assert is_gone(shown)
    assert shown.window.menuBar().isEnabled()

"""Several sessions at once: selected in the list, named in the sheet, cleared as they were seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.exchange import ClearRequest
from app.session import Delta, Mark, Problem, Running, Status
from app.views.saving.clear_several_sheet import ClearSeveralSheet
from app.views.saving.clear_sheet import ClearSheet
from app.views.saving.clearable import not_clearable
from tests.app.views.painted import Painted
from tests.app.views.saving.test_save_sheet import Key, is_gone, press, words
from tests.sample_window import Shown
from tests.samples import ROOT, document, snapshot, summary

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FIRST, SECOND = "764521_2026-11-23_14-05", "764521_2026-11-23_13-00"


@pytest.fixture
def several(qtbot: QtBot, shown: Shown) -> Shown:
    """The first session and the one below it are selected, by keys."""
    second = snapshot(document({"trial_count": 1}), SECOND, etag="2")
    shown.snapshots[second.directory] = second
    shown.sessions.apply(Delta(added=(summary(SECOND, etag="2", attributes=1),)))
    view = shown.window.sessions.view
    for _ in range(2):
        qtbot.keyClick(view, Key.Key_Down, SHIFT)
    return shown


def test_that_the_row_that_is_left_loses_all_of_its_frame(qtbot: QtBot, several: Shown) -> None:
    view = several.window.sessions.view
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    left = view.visualRect(view.currentIndex())
    row = QRect(0, left.y(), view.horizontalHeader().length(), left.height()) & view.viewport().rect()
    painted = Painted(view.viewport())
    qtbot.keyClick(view, Key.Key_Down, SHIFT)
    qtbot.waitUntil(lambda: painted.covers(row))


def sheet(shown: Shown) -> ClearSeveralSheet:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shown.window.actions_["actionClear"].trigger()
    found = shown.window.findChild(ClearSeveralSheet)
    assert found is not None
    return found


def test_that_several_sessions_are_selected_and_the_current_one_is_shown(several: Shown) -> None:
    view = several.window.sessions.view
    assert view.selected_count > 1
    chosen = view.selected_directories(10)
    assert f"{ROOT}/{FIRST}" in chosen
    assert len(chosen) == 3
    assert view.selected_directory in chosen
    assert len(view.selected_directories(2)) == 2


def test_that_a_plain_click_or_key_selects_one_again(qtbot: QtBot, several: Shown) -> None:
    view = several.window.sessions.view
    qtbot.keyClick(view, Key.Key_Up)
    assert view.selected_count <= 1
    assert view.selected_directories(10) == (view.selected_directory,)


def test_that_each_is_named_with_what_goes_and_cancel_is_the_default(several: Shown) -> None:
    text = words(sheet(several))
    assert f"{FIRST}: PredictiveLauncher, 12 attributes." in text
    assert f"{SECOND}: PredictiveLauncher, 1 attribute." in text
    assert "770012_2026-11-23_13-41: " in text
    assert "is still running" in text
    assert "Clear 2 saved states" in text
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Cancel"


def test_that_it_says_of_how_many_undo_is(shown: Shown) -> None:
    running = summary(SECOND)._replace(running=Running("rig3", 7, "a.B", ""))
    three = [summary(name) for name in (FIRST, "a", "b")]
    for sessions, said in (
        ([summary(FIRST), running], "of each saved state. Undo brings it back."),
        (three[:2], "Undo brings both back; Undo clear in the Session menu, one alone."),
        (three, "Undo brings all 3 back; Undo clear in the Session menu, one alone."),
    ):
        made = ClearSeveralSheet(shown.theme, shown.window, [(one, READY) for one in sessions])
        shown.window.sheets.show(made, made.first)
        assert said in words(made)
        assert "this one" not in words(made)
        made.close_sheet()


def test_that_what_was_seen_is_asked_for_and_nothing_else(several: Shown) -> None:
    open_sheet = sheet(several)
    open_sheet._clear.click()
    (asked,) = several.asked_for("clear_requested")
    assert isinstance(asked, tuple)
    wanted = [ClearRequest(f"{ROOT}/{SECOND}", None, "2"), ClearRequest(f"{ROOT}/{FIRST}", None, "1")]
    assert sorted(asked, key=str) == wanted
    assert is_gone(several)


def test_that_a_note_goes_with_each_that_is_cleared(qtbot: QtBot, several: Shown) -> None:
    open_sheet = sheet(several)
    qtbot.keyClicks(open_sheet.note.line, " wrong mouse ")
    open_sheet.note.line.setFocus()
    assert "Enter clears nothing" not in words(open_sheet)
    press(qtbot, Key.Key_Return)
    assert open_sheet.isVisible()
    assert 'Enter clears nothing here. Press "Clear 2 saved states".' in words(open_sheet)
    open_sheet._clear.click()
    (asked,) = several.asked_for("clear_requested")
    assert isinstance(asked, tuple)
    assert [one.note for one in asked] == ["wrong mouse"] * 2


def test_that_what_is_typed_while_the_keyboard_is_on_a_button_goes_into_the_note(
    qtbot: QtBot, several: Shown
) -> None:
    open_sheet = sheet(several)
    for key in "wrong mouse":
        qtbot.keyClicks(QApplication.focusWidget(), key)
    press(qtbot, Key.Key_Return)  # on the harmless side
    assert (open_sheet.isVisible(), open_sheet.note.text) == (True, "wrong mouse")
    assert several.asked_for("clear_requested") == []
    open_sheet._cancel.setFocus()
    press(qtbot, Key.Key_P, Qt.KeyboardModifier.AltModifier)  # asks for something; it says nothing
    assert open_sheet.note.text == "wrong mouse"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space, Key.Key_Escape])
def test_that_the_first_key_clears_nothing(qtbot: QtBot, several: Shown, key: Qt.Key) -> None:
    sheet(several)
    press(qtbot, key)
    assert is_gone(several)
    assert several.asked_for("clear_requested") == []


READY = Status("completed", "Completed")


@pytest.mark.parametrize(
    ("changes", "status", "why"),
    [
        ({}, READY, ""),
        ({}, READY._replace(marks=(Mark("unsaved", "1 unsaved"),)), "something unsaved"),
        ({"running": Running("rig3", 7, "a.B", "")}, READY, "still running"),
        (
            {"problem": Problem("damaged", "It ends.")},
            Status("damaged", "Damaged", (), "/data/x/session_state.json: it ends."),
            "Damaged. Select it alone to see what can be done.",
        ),
        ({}, Status("unavailable", "Unavailable", (), "It is away."), "It is away."),
    ],
)
def test_that_what_cannot_be_cleared_is_left_alone_with_the_reason(
    changes: dict[str, object], status: Status, why: str
) -> None:
    found = not_clearable(summary(**changes), status)  # type: ignore[arg-type]  # names are those of the fields
    assert found == why or (why and why in found)


def test_that_one_in_a_folder_that_is_only_looked_at_is_left_alone_with_the_reason(several: Shown) -> None:
    several.window.clearing.show_refusals({f"{ROOT}/{SECOND}": "this folder is view-only"})
    text = words(sheet(several))
    assert f"{SECOND}: Nothing can be cleared here: this folder is view-only." in text
    assert f"{FIRST}: PredictiveLauncher, 12 attributes." in text
    assert "Clear 1 saved state" in text
    assert "Undo brings it back." in text


def test_that_where_there_is_nothing_to_clear_is_not_said_to_be_refused(shown: Shown) -> None:
    gone = summary("gone", problem=Problem("no_state", "The run failed before it saved: COM3"))
    cleared = summary("cleared", launchers=())
    written = summary("written", problem=Problem("being_written", "It is being written right now."))
    pairs = [
        (summary(FIRST), READY),
        (gone, Status("no_state", "No saved state", (), "The run failed before it saved: COM3")),
        (cleared, Status("cleared", "Cleared")),
        (written, Status("being_written", "Being written")),
    ]
    made = ClearSeveralSheet(shown.theme, shown.window, pairs)
    shown.window.sheets.show(made, made.first)
    refused, nothing = words(made).split("Where there is nothing to clear")
    assert "gone: No saved state." in nothing
    assert "cleared: Cleared." in nothing
    assert "written: Being written. Select it alone" in refused
    assert "COM3" not in refused + nothing
    made.close_sheet()


def test_that_sessions_of_one_name_are_told_apart_by_their_folders(shown: Shown) -> None:
    twin = summary(FIRST)._replace(directory=f"/data/rig2/{FIRST}", root="/data/rig2")
    pairs = [(one, READY) for one in (summary(FIRST), twin, summary(SECOND))]
    made = ClearSeveralSheet(shown.theme, shown.window, pairs)
    shown.window.sheets.show(made, made.first)
    for said in (f"{FIRST} in {ROOT}: Pred", f"{FIRST} in /data/rig2: Pred", f"{SECOND}: Pred"):
        assert said in words(made)


def test_that_the_sheet_for_one_says_which_of_two_of_its_name_it_is(shown: Shown) -> None:
    twin = summary(FIRST)._replace(directory=f"/data/rig2/{FIRST}", root="/data/rig2")
    shown.sessions.apply(Delta(added=(twin,)))
    shown.open(FIRST)
    shown.window.actions_["actionClear"].trigger()
    found = shown.window.findChild(ClearSheet)
    assert found is not None
    assert found.accessibleName() == f"Clear saved state, {FIRST} in {ROOT.rpartition('/')[2]}"


def test_that_where_nothing_can_be_cleared_there_is_no_button_for_it(shown: Shown, qtbot: QtBot) -> None:
    running = Running("rig3", 7, "a.B", "")
    pairs = [(summary(name, running=running), READY) for name in (FIRST, SECOND)]
    made = ClearSeveralSheet(shown.theme, shown.window, pairs)
    shown.window.sheets.show(made, made.first)
    assert not made._clear.isEnabled()
    assert "What goes" not in words(made)


def test_that_a_session_that_is_shown_is_selected_alone_whatever_keys_are_held(
    qtbot: QtBot, several: Shown
) -> None:
    view = several.window.sessions.view
    qtbot.keyPress(view, Key.Key_Control, CONTROL)
    try:
        several.open(several.names[3])
        assert view.selected_count <= 1
        several.open(several.names[2])
        assert view.selected_count <= 1
    finally:
        qtbot.keyRelease(view, Key.Key_Control)
    assert view.selected_directory == f"{ROOT}/{several.names[2]}"

"""The sheet before saving, and what opens it: ticks, note, keys, reasons, a draft that changes under it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.editing.edits import RenameValue, SetValue
from app.exchange import SaveRequest
from app.session import Running
from app.views.parts.sheet import Sheet
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.saving.save_sheet import SaveSheet
from persistence.states.edits import set_value
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"
COUNT, PHASE = (PREDICTIVE, ("trial_count",)), (PREDICTIVE, ("experiment_phase",))


@pytest.fixture
def sheet(shown: Shown) -> SaveSheet:
    """Two changes, about to be saved."""
    shown.type_value("150", "trial_count")
    shown.type_value("washout", "experiment_phase")
    return opened(shown)


def opened(shown: Shown) -> SaveSheet:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shown.window.actions_["actionSave"].trigger()
    found = shown.window.findChild(SaveSheet)
    assert found is not None
    return found


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def is_gone(shown: Shown) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return shown.window.findChild(Sheet) is None


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_that_the_changes_stand_in_it_all_ticked_and_save_has_the_keyboard(sheet: SaveSheet) -> None:
    model = sheet.table.model()
    cells = [[model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert cells == [
        ["experiment_phase", "data_collection", "washout", "text, stays"],
        ["trial_count", "15", "150", "integer, stays"],
    ]
    assert sheet.save.accessibleName() == "Save 2 changes"
    assert QApplication.focusWidget() is sheet.save
    assert "Both changes will be saved together." in words(sheet)
    assert "PredictiveLauncher" in words(sheet)


def test_that_a_rename_is_one_row_with_one_tick(qtbot: QtBot, shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, RenameValue(PREDICTIVE, ("trial_count",), "trials"))
    shown.drafts.stage(DIRECTORY, RenameValue(PREDICTIVE, ("custom_settings", "param1"), "first"))
    assert shown.window.actions_["actionSave"].text() == "&Save (2)"
    sheet = opened(shown)
    model = sheet.table.model()
    assert [[model.index(row, column).data() for column in (0, 3)] for row in range(model.rowCount())] == [
        ["trials (was trial_count)", "integer, renamed"],
        ["custom_settings › first (was param1)", "text, renamed"],
    ]
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Space)
    assert sheet.save.accessibleName() == "Save 1 change"


def test_that_the_changes_tab_takes_a_rename_back(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, RenameValue(PREDICTIVE, ("trial_count",), "trials"))
    pane = shown.window.detail.changes
    shown.window.detail.tabs.setCurrentWidget(pane)
    pane.view.take_back_requested.emit(0)
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    assert draft.count == 0
    assert shown.state.find(PREDICTIVE, ("trial_count",)).isValid()


def test_that_a_note_is_typed_at_once_and_enter_saves_with_it(
    qtbot: QtBot, shown: Shown, sheet: SaveSheet
) -> None:
    assert sheet.save.hasFocus()
    for key in "zero was missing":
        qtbot.keyClicks(QApplication.focusWidget(), key)
    press(qtbot, Key.Key_Return)
    (asked,) = shown.asked_for("save_requested")
    assert isinstance(asked, SaveRequest)
    assert asked.note == "zero was missing"


def test_that_saving_asks_for_what_is_ticked_with_the_note(
    qtbot: QtBot, shown: Shown, sheet: SaveSheet
) -> None:
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Space)
    assert sheet.save.accessibleName() == "Save 1 change"
    assert "The one without a tick stays an unsaved edit." in words(sheet)
    sheet.note.line.setFocus()
    qtbot.keyClicks(sheet.note.line, " zero was missing ")
    press(qtbot, Key.Key_Return)
    assert shown.asked_for("save_requested") == [
        SaveRequest(DIRECTORY, "1", frozenset({COUNT}), "zero was missing")
    ]
    assert is_gone(shown)


@pytest.mark.parametrize("key", [Key.Key_S, Key.Key_Return, Key.Key_Enter])
def test_that_the_keys_of_saving_save_wherever_the_keyboard_is(
    qtbot: QtBot, shown: Shown, sheet: SaveSheet, key: Qt.Key
) -> None:
    for where in ("save", "cancel", "table", "note"):
        getattr(sheet, where).setFocus()
        press(qtbot, key, CONTROL)
        assert is_gone(shown), where
        asked = shown.asked_for("save_requested")
        assert asked == [SaveRequest(DIRECTORY, "1", frozenset({COUNT, PHASE}))], where
        shown.asked.clear()
        sheet = opened(shown)
    shown.window.close_sheet()


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return, Key.Key_Space])
def test_that_cancel_and_escape_save_nothing(
    qtbot: QtBot, shown: Shown, sheet: SaveSheet, key: Qt.Key
) -> None:
    sheet.cancel.setFocus()
    press(qtbot, key)
    assert is_gone(shown)
    assert shown.asked_for("save_requested") == []
    assert shown.drafts.get(DIRECTORY).count == 2  # type: ignore[union-attr]  # it is there


def test_that_nothing_ticked_is_nothing_to_save(qtbot: QtBot, shown: Shown, sheet: SaveSheet) -> None:
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Space)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Space)
    assert not sheet.save.isEnabled()
    press(qtbot, Key.Key_S, CONTROL)
    assert shown.asked_for("save_requested") == []


def test_that_no_button_moves_when_a_tick_is_taken_away(qtbot: QtBot, sheet: SaveSheet) -> None:
    qtbot.waitUntil(lambda: sheet.save.width() >= sheet.save.sizeHint().width())
    before = [(one.x(), one.width()) for one in (sheet.cancel, sheet.save)]
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Space)
    QApplication.processEvents()
    assert sheet.save.accessibleName() == "Save 1 change"
    assert [(one.x(), one.width()) for one in (sheet.cancel, sheet.save)] == before


def test_that_a_click_on_a_tick_leaves_the_change_out(qtbot: QtBot, sheet: SaveSheet) -> None:
    cell = sheet.table.visualRect(sheet.table.model().index(1, 0))
    qtbot.mouseClick(sheet.table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert sheet.save.accessibleName() == "Save 2 changes"
    tick = QPoint(cell.x() + 20, cell.center().y())
    qtbot.mouseClick(sheet.table.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert sheet.save.accessibleName() == "Save 1 change"
    qtbot.mouseDClick(sheet.table.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert sheet.save.accessibleName() == "Save 2 changes"


def test_that_the_first_edit_can_be_saved_while_it_is_being_typed(qtbot: QtBot, shown: Shown) -> None:
    view = shown.window.detail.state.view
    view.setCurrentIndex(shown.state.find(*COUNT))
    view.setFocus()
    assert view.in_place.edit_value()
    qtbot.keyClicks(QApplication.focusWidget(), "15o")
    press(qtbot, Key.Key_S, CONTROL)
    assert is_gone(shown)
    press(qtbot, Key.Key_Backspace)
    press(qtbot, Key.Key_0)
    press(qtbot, Key.Key_S, CONTROL)
    found = shown.window.findChild(SaveSheet)
    assert found is not None
    assert found.table.model().index(0, 2).data() == "150"


def test_that_without_changes_no_sheet_opens(shown: Shown) -> None:
    shown.window.saving.ask(DIRECTORY)
    assert is_gone(shown)


def test_that_the_numbers_of_the_versions_are_told(shown: Shown) -> None:
    shown.snapshots[DIRECTORY] = replace(shown.snapshots[DIRECTORY], version=6)
    shown.type_value("150", "trial_count")
    text = words(opened(shown))
    assert "The change will be saved, as version 7." in text
    assert "Version 6 is kept in History." in text


# --- what stands in the way ---------------------------------------------------------------------------------


def test_that_a_run_is_said_and_the_edits_can_wait_for_its_end(qtbot: QtBot, shown: Shown) -> None:
    later: list[object] = []
    shown.window.saving.later_requested.connect(later.append)
    shown.type_value("150", "trial_count")
    running = Running("rig3", 77, "rig.PredictiveLauncher", "", finishing=False)
    shown.snapshots[DIRECTORY] = replace(shown.snapshots[DIRECTORY], running=running, version=1)
    shown.open(shown.names[0])
    shown.drafts.draft_changed.emit(DIRECTORY)
    sheet = opened(shown)
    assert "PredictiveLauncher on rig3 is still running" in words(sheet)
    assert sheet.later.text().endswith("Tell me when I can save")
    assert "Your edit stays. You are told when it can be saved." in words(sheet)
    assert "The version before is kept in History." in words(sheet)  # the run makes others by then
    assert "ersion 1" not in words(sheet)
    assert not sheet.save.isVisibleTo(sheet)
    assert not sheet.note.line.isEnabled()  # it would go nowhere
    assert QApplication.focusWidget() is sheet.later
    press(qtbot, Key.Key_S, CONTROL)
    assert later == [DIRECTORY]
    assert shown.asked_for("save_requested") == []


def run_ends_under(shown: Shown) -> SaveSheet:
    """It is asked to be told when the run has ended, which it does just then."""
    before = shown.snapshots[DIRECTORY]
    shown.type_value("150", "trial_count")
    running = Running("rig3", 77, "rig.PredictiveLauncher", "", finishing=False)
    shown.snapshots[DIRECTORY] = replace(before, running=running)
    shown.drafts.draft_changed.emit(DIRECTORY)
    sheet = opened(shown)
    assert QApplication.focusWidget() is sheet.later
    shown.snapshots[DIRECTORY] = before
    shown.drafts.draft_changed.emit(DIRECTORY)
    return sheet


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_that_a_key_meant_for_being_told_does_not_save_when_the_run_has_just_ended(
    shown: Shown, key: Qt.Key
) -> None:
    sheet = run_ends_under(shown)
    assert not sheet.save.hasFocus()
    assert "The run has ended. This is what would be saved now." in words(sheet)
    for _ in range(2):
        QTest.keyClick(shown.window.windowHandle(), key)
    assert shown.asked_for("save_requested") == []
    assert "what this key does has changed by itself" in words(sheet)
    assert sheet._model.ticked


def test_that_who_has_gone_to_save_since_the_run_ended_saves(shown: Shown) -> None:
    sheet, window = run_ends_under(shown), shown.window.windowHandle()
    while not sheet.save.hasFocus():
        QTest.keyClick(window, Key.Key_Tab)
    QTest.keyClick(window, Key.Key_Return)
    assert len(shown.asked_for("save_requested")) == 1


def test_that_a_note_that_is_being_typed_when_a_run_begins_stays_for_later(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    sheet = opened(shown)
    sheet.note.line.setFocus()
    sheet.note.line.setText("why")
    before = shown.snapshots[DIRECTORY]
    for running in (Running("rig3", 77, "rig.PredictiveLauncher"), None):
        shown.snapshots[DIRECTORY] = replace(before, running=running)
        shown.drafts.draft_changed.emit(DIRECTORY)
        assert sheet.note.line.isEnabled() is (running is None)
        assert sheet.note.line.text() == "why"
        assert running is None or QApplication.focusWidget() is sheet.table


def test_that_a_folder_nobody_may_write_to_is_said_and_leads_elsewhere(shown: Shown) -> None:
    elsewhere: list[tuple[object, object]] = []
    shown.window.saving.elsewhere_requested.connect(lambda *asked: elsewhere.append(asked))
    shown.type_value("150", "trial_count")
    why = "the folder is read-only"
    shown.snapshots[DIRECTORY] = replace(shown.snapshots[DIRECTORY], not_writable_because=why)
    shown.drafts.draft_changed.emit(DIRECTORY)
    sheet = opened(shown)
    assert "Nothing can be saved here: the folder is read-only." in words(sheet)
    assert "The change is saved" not in words(sheet)
    assert not sheet.save.isEnabled()
    sheet.elsewhere.click()
    dialog = shown.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit("/elsewhere/copy.json")
    dialog.reject()
    assert elsewhere == [(DIRECTORY, "/elsewhere/copy.json")]


# --- while the file changes ---------------------------------------------------------------------------------


def somebody_saves(shown: Shown, etag: str, name: str, value: object) -> None:
    """The file holds another version, and the window is told as the application tells it."""
    before = shown.snapshots[DIRECTORY]
    assert before.document is not None
    document = set_value(before.document, PREDICTIVE, (name,), value)  # type: ignore[arg-type]  # JSON
    shown.snapshots[DIRECTORY] = replace(before, document=document, etag=etag, saved_by="bob")
    shown.drafts.open(shown.snapshots[DIRECTORY])


def test_that_the_sheet_shows_what_would_be_saved_now(shown: Shown, sheet: SaveSheet) -> None:
    somebody_saves(shown, "2", "opto_note", "left")
    assert "It was changed on disk meanwhile." in words(sheet)
    sheet.save.click()
    assert shown.asked_for("save_requested") == [SaveRequest(DIRECTORY, "2", frozenset({COUNT, PHASE}))]


def test_that_a_value_that_becomes_another_under_the_sheet_stands_in_it_as_it_would_be_saved(
    shown: Shown, sheet: SaveSheet
) -> None:
    shown.type_value("151", "trial_count")
    model = sheet.table.model()
    assert [model.index(row, 2).data() for row in range(model.rowCount())] == ["washout", "151"]


def test_that_enter_does_not_save_what_somebody_has_just_saved_something_else_beside(
    shown: Shown, sheet: SaveSheet
) -> None:
    somebody_saves(shown, "2", "opto_note", "left")
    QTest.keyClick(shown.window.windowHandle(), Key.Key_Return)
    assert shown.asked_for("save_requested") == []


def test_that_a_sheet_that_comes_again_by_itself_does_not_save_by_the_next_enter(
    shown: Shown, sheet: SaveSheet
) -> None:
    somebody_saves(shown, "2", "trial_count", 16)
    somebody_saves(shown, "3", "trial_count", 15)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert shown.window.findChild(SaveSheet) is not None
    QTest.keyClick(shown.window.windowHandle(), Key.Key_Return)
    assert shown.asked_for("save_requested") == []


def test_that_a_change_left_out_stays_left_out_when_the_file_changes(
    qtbot: QtBot, shown: Shown, sheet: SaveSheet
) -> None:
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Space)
    somebody_saves(shown, "2", "opto_note", "left")
    assert sheet.save.accessibleName() == "Save 1 change"


def test_that_the_question_takes_the_place_of_the_sheet_when_both_changed_the_same(
    shown: Shown, sheet: SaveSheet
) -> None:
    somebody_saves(shown, "2", "trial_count", 16)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert shown.window.findChild(SaveSheet) is None
    found = shown.window.findChild(ConflictSheet)
    assert found is not None
    assert "It was changed on disk meanwhile." in words(found)


@pytest.mark.parametrize("typing", [True, False])
def test_that_the_note_goes_along_when_the_question_takes_the_place_of_the_sheet(
    qtbot: QtBot, shown: Shown, sheet: SaveSheet, typing: bool
) -> None:
    sheet.note.line.setFocus()
    qtbot.keyClicks(sheet.note.line, "zero was missing")
    if not typing:
        sheet.cancel.setFocus()
    somebody_saves(shown, "2", "trial_count", 16)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    found = shown.window.findChild(ConflictSheet)
    assert found is not None
    assert found.note.text == "zero was missing"
    assert QApplication.focusWidget() is (found.note.line if typing else found.table)
    somebody_saves(shown, "3", "trial_count", 15)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    back = shown.window.findChild(SaveSheet)
    assert back is not None
    assert back.note.text == "zero was missing"


def test_that_the_note_stands_there_again_when_nothing_was_saved(
    qtbot: QtBot, shown: Shown, sheet: SaveSheet
) -> None:
    sheet.note.line.setFocus()
    qtbot.keyClicks(sheet.note.line, "zero was missing")
    press(qtbot, Key.Key_Return)
    assert is_gone(shown)
    shown.window.saving.ask(DIRECTORY, "Nothing is saved yet.")
    again = shown.window.findChild(SaveSheet)
    assert again is not None
    assert again.note.text == "zero was missing"
    press(qtbot, Key.Key_Escape)
    assert opened(shown).note.text == ""


def test_that_a_sheet_with_nothing_left_to_save_goes(shown: Shown, sheet: SaveSheet) -> None:
    shown.drafts.revert(DIRECTORY)
    assert is_gone(shown)


def test_that_a_sheet_goes_with_its_session(shown: Shown, sheet: SaveSheet) -> None:
    shown.window.show_problem(DIRECTORY, "It is gone.")
    assert is_gone(shown)


def test_that_enter_says_why_nothing_is_saved_while_save_is_grey(qtbot: QtBot, sheet: SaveSheet) -> None:
    for row in range(2):
        sheet._model.tick(row, ticked=False)
    assert not sheet.save.isEnabled()
    sheet.note.line.setFocus()
    press(qtbot, Key.Key_Return)
    assert "Nothing was saved: Save is grey" in words(sheet)
    sheet._model.tick(0, ticked=True)
    assert "Nothing was saved" not in words(sheet)


def test_that_another_subject_id_is_told_to_make_no_other_session_of_it(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("subject_id",), "mouse 5"))
    sheet = opened(shown)
    assert "Whose session this is stands in session.json" in words(sheet)
    sheet._model.tick(0, ticked=False)
    assert "Whose session this is stands in session.json" not in words(sheet)

"""The sheets: what they say, what they refuse, and what leaves them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.exchange import ClearRequest, ResumeChoice, ResumeOffer, ResumeRequest
from app.models.change_texts import type_note
from app.views.clear_sheet import ClearSheet
from app.views.resume_parts import command_line
from app.views.resume_sheet import ResumeSheet
from app.views.sheet import Sheet
from app.views.subject_field import Verdict, judge
from app.views.widgets import Button, Radio
from persistence.diff import Change
from persistence.document import ABSENT
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT, SLAP2

Key = Qt.Key
NAME = "764521_2026-11-23_14-05"
DIRECTORY = f"{ROOT}/{NAME}"
COMMAND = ("/envs/rig/python", "-m", "my_project.run", "--param_file", "/tmp/a b.json")
CHOICE = ResumeChoice(
    PREDICTIVE, "PredictiveLauncher", "2026-11-23T14:30:00", "Completed", COMMAND, "/my_project"
)


def offer(*choices: ResumeChoice, **changes: object) -> ResumeOffer:
    """The offer for the sample session."""
    plain = ResumeOffer(
        directory=DIRECTORY,
        name=NAME,
        subject="764521",
        etag="1",
        choices=choices or (CHOICE,),
        users=("ann", "bob"),
        saved_at="2026-11-23T14:30:00",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # names are those of the fields


def open_resume(shown: Shown, given: ResumeOffer | None = None) -> ResumeSheet:
    shown.window.show_resume_sheet(given or offer())
    found = shown.window.findChild(ResumeSheet)
    assert found is not None
    return found


def open_clear(shown: Shown) -> ClearSheet:
    shown.window.actions_["actionClear"].trigger()
    found = shown.window.findChild(ClearSheet)
    assert found is not None
    return found


def button(sheet: QWidget, name: str) -> QPushButton:
    found = sheet.findChild(QPushButton, name)
    assert found is not None
    return found


def words(sheet: QWidget) -> str:
    """All that can be read in a sheet."""
    labels = [label.text() for label in sheet.findChildren(QLabel) if label.isVisibleTo(sheet)]
    fields = [field.toPlainText() for field in sheet.findChildren(QPlainTextEdit)]
    return "\n".join(labels + fields)


def focused() -> str:
    """The name of what has the keyboard."""
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def is_gone(shown: Shown) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return shown.window.findChild(Sheet) is None


# --- resume -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected", "verdict"),
    [
        ("", "764521", Verdict.WAITING),
        ("  ", "764521", Verdict.WAITING),
        ("7645", "764521", Verdict.WAITING),
        ("764521", "764521", Verdict.RIGHT),
        (" 764521 ", "764521", Verdict.RIGHT),
        ("764522", "764521", Verdict.WRONG),
        ("7645210", "764521", Verdict.WRONG),
        ("anything", "", Verdict.UNKNOWN),
        ("", "", Verdict.WAITING),
    ],
)
def test_that_the_subject_is_judged(typed: str, expected: str, verdict: Verdict) -> None:
    assert judge(typed, expected) is verdict


def test_that_nothing_is_filled_in_for_the_operator_and_the_subject_has_the_keyboard(shown: Shown) -> None:
    sheet = open_resume(shown)
    assert sheet.subject.field.text() == ""
    assert sheet.user.currentText() == ""
    assert QApplication.focusWidget() is sheet.subject.field
    assert not sheet.resume.isEnabled()


def test_that_resume_waits_for_the_right_subject_and_a_user(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    qtbot.keyClicks(sheet.subject.field, "764522")
    sheet.user.setEditText("ann")
    assert not sheet.resume.isEnabled()
    assert "Not the subject of this session" in words(sheet)
    sheet.subject.field.clear()
    qtbot.keyClicks(sheet.subject.field, "764521")
    assert "Matches this session" in words(sheet)
    assert sheet.resume.isEnabled()
    sheet.user.setEditText("  ")
    assert not sheet.resume.isEnabled()


def test_that_a_scanner_moves_on_to_the_user_and_starts_nothing(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    sheet.user.setEditText("ann")
    qtbot.keyClicks(sheet.subject.field, "764521")
    qtbot.keyClick(sheet.subject.field, Key.Key_Return)
    assert QApplication.focusWidget() in (sheet.user, sheet.user.lineEdit())
    assert shown.asked_for("resume_requested") == []


def test_that_a_wrong_scan_is_replaced_by_the_next_one(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    qtbot.keyClicks(sheet.subject.field, "770012")
    qtbot.keyClick(sheet.subject.field, Key.Key_Return)
    assert QApplication.focusWidget() is sheet.subject.field
    qtbot.keyClicks(sheet.subject.field, "764521")
    assert sheet.subject.accepted


def test_that_resuming_asks_with_what_was_confirmed(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    qtbot.keyClicks(sheet.subject.field, "764521")
    sheet.user.setEditText("ann")
    assert sheet.resume.accessibleName() == "Resume"
    qtbot.mouseClick(sheet.resume, Qt.MouseButton.LeftButton)
    assert shown.asked_for("resume_requested") == [
        ResumeRequest(DIRECTORY, PREDICTIVE, "764521", "ann", False, "1")
    ]
    assert is_gone(shown)


def test_that_unsaved_edits_are_shown_and_saved_first(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    sheet = open_resume(shown)
    assert sheet.resume.accessibleName() == "Save 1 change and resume"
    assert "Unsaved edits (1)" in words(sheet)
    edits = [widget.accessibleName() for widget in sheet.findChildren(QWidget)]
    assert "trial_count: 15 becomes 150" in edits
    row = next(r for r in range(20) if sheet._given.given.index(r, 0).data() == "trial_count")
    assert sheet._given.given.index(row, 2).data() == "150"
    qtbot.keyClicks(sheet.subject.field, "764521")
    sheet.user.setEditText("ann")
    sheet.resume.click()
    request = shown.asked_for("resume_requested")[0]
    assert isinstance(request, ResumeRequest)
    assert request.save_first


def test_that_the_command_is_shown_as_a_list_and_can_be_copied(shown: Shown) -> None:
    sheet = open_resume(shown)
    assert "in /my_project" in words(sheet)
    assert any(
        widget.accessibleName() == f"Command: {' '.join(COMMAND)}" for widget in sheet.findChildren(QWidget)
    )
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == command_line(COMMAND)


def test_that_a_copied_command_is_quoted_for_the_shell_of_the_system() -> None:
    assert command_line(["a b", "c"], windows=False) == "'a b' c"
    assert command_line(["a b", "c"], windows=True) == '"a b" c'


def test_that_a_launcher_nobody_can_start_is_explained_with_the_lines_that_would(
    qtbot: QtBot, shown: Shown
) -> None:
    problem = "Rigstate does not know how to start PredictiveLauncher."
    lines = f'["{PREDICTIVE}"]\ncommand = ["python", "-m", "my_project.run"]'
    unknown = ResumeChoice(
        PREDICTIVE, "PredictiveLauncher", "", "", (), "", problem, "/home/rig/launchers.toml", lines
    )
    sheet = open_resume(shown, offer(unknown))
    qtbot.keyClicks(sheet.subject.field, "764521")
    sheet.user.setEditText("ann")
    for text in (problem, "/home/rig/launchers.toml", lines):
        assert text in words(sheet)
    assert not sheet.resume.isEnabled()
    assert not sheet.copy.isEnabled()
    next(one for one in sheet.findChildren(Button) if one.accessibleName() == "Copy these lines").click()
    assert QGuiApplication.clipboard().text() == lines


def test_that_with_two_launchers_one_is_chosen(qtbot: QtBot, shown: Shown) -> None:
    shown.open(shown.names[2])
    directory = f"{ROOT}/{shown.names[2]}"
    other = ResumeChoice(SLAP2, "Slap2Launcher", "", "", ("slap2",), "")
    given = offer(CHOICE, other, directory=directory, name=shown.names[2], subject="771830")
    sheet = open_resume(shown, given)
    assert "Resume with a launcher" in words(sheet)
    qtbot.keyClicks(sheet.subject.field, "771830")
    sheet.user.setEditText("ann")
    sheet.launcher.setCurrentIndex(1)
    assert any(widget.accessibleName() == "Command: slap2" for widget in sheet.findChildren(QWidget))
    sheet.resume.click()
    request = shown.asked_for("resume_requested")[0]
    assert isinstance(request, ResumeRequest)
    assert request.namespace == SLAP2


def test_that_age_outcome_warnings_and_an_earlier_resume_are_told(shown: Shown) -> None:
    sheet = open_resume(shown, offer(resumed_as="764521_2026-11-23_14-20", warnings=("Older than a day.",)))
    text = words(sheet)
    assert f"{NAME}  ·  saved 14:30:00, 2 min ago  ·  Completed" in text
    assert "Please check (2)" in text
    assert "This session was already resumed as 764521_2026-11-23_14-20." in text
    assert "Older than a day." in text


def test_that_an_offer_for_another_session_is_dropped(shown: Shown) -> None:
    shown.window.show_resume_sheet(offer(directory="/elsewhere"))
    assert is_gone(shown)


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        (15, 150, "integer, stays"),
        (42, 42.5, "integer becomes decimal"),
        (ABSENT, 1, "integer, added"),
        (1, ABSENT, "integer, removed"),
    ],
)
def test_that_an_edit_says_what_becomes_of_the_type(before: object, after: object, note: str) -> None:
    assert type_note(Change(PREDICTIVE, ("a",), before, after)) == note  # type: ignore[arg-type]


# --- clear --------------------------------------------------------------------------------------------------


def test_that_clear_says_what_goes_and_what_stays_and_cancel_is_the_default(shown: Shown) -> None:
    sheet = open_clear(shown)
    text = words(sheet)
    assert "PredictiveLauncher: 11 attributes, saved 2026-11-23 14:30:00." in text
    assert "The data of the run, session.json and every other file of the session." in text
    assert QApplication.focusWidget() is button(sheet, "cancelButton")


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space, Key.Key_Escape])
def test_that_the_first_key_after_clear_changes_nothing(qtbot: QtBot, shown: Shown, key: Qt.Key) -> None:
    open_clear(shown)
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert is_gone(shown)
    assert shown.asked_for("clear_requested") == []


def test_that_clear_asks_for_the_whole_session_or_for_one_launcher(shown: Shown) -> None:
    shown.open(shown.names[2])
    directory = f"{ROOT}/{shown.names[2]}"
    for chosen, namespace in (("All 2 launchers", None), ("Slap2Launcher only", SLAP2)):
        sheet = open_clear(shown)
        radio = next(one for one in sheet.findChildren(Radio) if one.accessibleName() == chosen)
        radio.click()
        button(sheet, "clearButton").click()
        assert shown.asked_for("clear_requested")[-1] == (ClearRequest(directory, namespace, "1"),)
        assert is_gone(shown)


def test_that_unsaved_edits_stand_in_the_way_of_clear(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    sheet = open_clear(shown)
    assert "There is 1 unsaved edit. Save or discard first, then clear." in words(sheet)
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
    for _ in range(7):
        seen.append(focused())
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert seen == [
        "Subject", "User", "What the launcher is given", "Copy command", "Cancel", "Resume", "Subject",
    ]  # fmt: skip
    for name in ("Subject", "Resume"):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Backtab)
        assert focused() == name
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert len(shown.asked_for("resume_requested")) == 1

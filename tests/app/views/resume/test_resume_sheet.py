"""The Resume sheet: what it says, what it asks, what it refuses, and what leaves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.checks import Checked
from app.launchers.registry import Entry
from app.models.resume.plan_rows import PlanColumn
from app.past_errands import Unsaved
from app.resume_exchange import (
    EntryText,
    Filled,
    Foreseen,
    KnownRun,
    Neighbour,
    ResumeChoice,
    ResumeOffer,
    ResumeRequest,
    ResumeReturn,
    Surroundings,
)
from app.resuming.plan import WORDS, Given
from app.resuming.planning import MakePlan, planned
from app.views.parts.widgets import Button
from app.views.preferences.entry_sheet import EntrySheet
from app.views.resume.plan_table import PlanTable
from app.views.resume.resume_sheet import ResumeSheet
from app.views.resume.subject_field import SubjectStand, stand_of
from app.views.style.looks import FATE_LOOKS
from app.words.change_texts import change_text
from persistence.document import ABSENT
from persistence.files.runner import Running
from persistence.rehearsing.rehearsed import Finding, Rehearsed
from persistence.states.diff import Change
from tests.app.models.large import spelled, unread
from tests.app.views.offers import (
    CHOICE,
    COMMAND,
    DIRECTORY,
    NAME,
    button,
    is_gone,
    offer,
    open_resume,
    words,
)
from tests.sample_window import Shown
from tests.samples import ATTRIBUTES, NOW, PREDICTIVE, ROOT, SLAP2, document, snapshot

Key = Qt.Key
TRACE = [0.25, 0.75] * 10_000
OWN = document().namespace(PREDICTIVE).attributes

# --- resume -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected", "verdict"),
    [
        ("", "764521", SubjectStand.WAITING),
        ("  ", "764521", SubjectStand.WAITING),
        ("7645", "764521", SubjectStand.WAITING),
        ("764521", "764521", SubjectStand.RIGHT),
        (" 764521 ", "764521", SubjectStand.RIGHT),
        ("764522", "764521", SubjectStand.WRONG),
        ("7645210", "764521", SubjectStand.WRONG),
        ("Mouse7", "mouse7", SubjectStand.WRONG),
        ("anything", "", SubjectStand.UNKNOWN),
        ("", "", SubjectStand.WAITING),
    ],
)
def test_that_the_subject_is_judged(typed: str, expected: str, verdict: SubjectStand) -> None:
    assert stand_of(typed, expected) is verdict


def test_that_what_this_launcher_could_not_save_is_told(shown: Shown) -> None:
    mine = Unsaved("/home/u.json", "2026-11-23T14:31:00", (PREDICTIVE,), "no rights")
    other = replace(mine, launchers=(SLAP2,), reason="disk full")
    sheet = open_resume(shown, offer(unsaved=(mine, other)))
    assert "An unsaved state was found: PredictiveLauncher could not save it" in words(sheet)
    assert "disk full" not in words(sheet)


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
        ResumeRequest(DIRECTORY, PREDICTIVE, "764521", "ann", False, "1", started_as=PREDICTIVE)
    ]
    assert is_gone(shown)


def test_that_unsaved_edits_are_shown_and_saved_first(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    sheet = open_resume(shown)
    assert sheet.resume.accessibleName() == "Save 1 change and resume"
    assert "Unsaved edits (1)" in words(sheet)
    edits = [widget.accessibleName() for widget in sheet.findChildren(QWidget)]
    assert "trial_count: 15 becomes 150" in edits
    assert fate(sheet, "trial_count") == ("150", "Edited by hand", "15 before, saved first")
    qtbot.keyClicks(sheet.subject.field, "764521")
    sheet.user.setEditText("ann")
    sheet.resume.click()
    request = shown.asked_for("resume_requested")[0]
    assert isinstance(request, ResumeRequest)
    assert request.save_first


def test_that_the_command_is_shown_as_a_list_with_its_folder(shown: Shown) -> None:
    sheet = open_resume(shown)
    assert "in /my_project" in words(sheet)
    assert any(
        widget.accessibleName() == f"Command: {' '.join(COMMAND)}" for widget in sheet.findChildren(QWidget)
    )


def test_that_what_would_be_started_can_be_copied_when_it_can_be_started(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    assert not sheet.copy.isEnabled()
    assert sheet.copy.toolTip() == "Type or scan the subject first."
    fill_in(qtbot, sheet)
    sheet.plan.rows.tick_all(ticked=False)
    sheet.copy.click()
    (copied,) = shown.asked_for("resuming.copy_requested")
    assert not is_gone(shown)
    sheet.resume.click()
    assert copied == asked(shown)
    shown.window.resuming.put_line("cd / && true")
    assert QGuiApplication.clipboard().text() == "cd / && true"


def test_that_nothing_is_copied_that_would_start_without_the_edits(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    sheet = open_resume(shown)
    fill_in(qtbot, sheet)
    assert sheet.resume.isEnabled()
    assert not sheet.copy.isEnabled()
    assert "Save what is edited first" in sheet.copy.toolTip()


def test_that_a_launcher_nobody_can_start_is_explained_and_can_be_set(qtbot: QtBot, shown: Shown) -> None:
    problem = "Rigstate does not know how to start PredictiveLauncher."
    given = EntryText(PREDICTIVE, "/envs/rig/python", ("{python}", "-m", "my_project.run"), from_record=True)
    unknown = ResumeChoice(
        PREDICTIVE, "PredictiveLauncher", "", "", (), "", problem, "/home/rig/launchers.toml", given
    )
    sheet = open_resume(shown, offer(unknown))
    fill_in(qtbot, sheet)
    assert problem in words(sheet)
    assert not sheet.resume.isEnabled()
    assert not sheet.copy.isEnabled()
    button(sheet, "setHowToStartButton").click()
    form = shown.window.findChild(EntrySheet)
    assert form is not None
    assert form.command.toPlainText() == "{python}\n-m\nmy_project.run"
    form.save.click()
    entry = Entry(PREDICTIVE, ("{python}", "-m", "my_project.run"), "/envs/rig/python")
    filled = Filled("764521", "ann", namespace=PREDICTIVE)
    assert shown.asked_for("preferring.entry_confirmed") == [(entry, ResumeReturn(DIRECTORY, filled))]


def test_that_what_was_filled_in_is_there_when_the_sheet_comes_back_from_setting_how_to_start(
    qtbot: QtBot, shown: Shown
) -> None:
    """It was typed for this very resume. One that is opened anew begins empty."""
    shown.type_value("150", "trial_count")
    unknown = replace(CHOICE, problem="Nobody knows.", entry=EntryText(PREDICTIVE))
    other = ResumeChoice(SLAP2, "Slap2Launcher", "", "", ("slap2",), "")
    sheet = open_resume(shown, offer(other, unknown))
    sheet.start.launcher.setCurrentIndex(1)
    qtbot.keyClicks(sheet.subject.field, "764521")
    sheet.user.setEditText("ann")
    qtbot.keyClicks(sheet.note.line, "after the break")
    sheet.plan.rows.tick_all(ticked=False)
    left_out = sheet.plan.plan.leave_out
    came: list[ResumeReturn] = []
    shown.window.resuming.set_requested.connect(lambda _, back: came.append(back))
    button(sheet, "setHowToStartButton").click()
    filled = Filled("764521", "ann", "after the break", PREDICTIVE, left_out, PREDICTIVE)
    assert came == [ResumeReturn(DIRECTORY, filled)]
    assert not is_gone(shown)  # the form is there, and what was deleted is not
    again = open_resume(shown, offer(other, CHOICE, filled=came[0].filled, left_out=left_out))
    assert (again.subject.subject, again.people.user_name, again.note.text) == (
        "764521", "ann", "after the break",
    )  # fmt: skip
    assert (again.choice, again.plan.plan.leave_out) == (CHOICE, left_out)
    assert left_out


def test_that_with_two_launchers_one_is_chosen(qtbot: QtBot, shown: Shown) -> None:
    shown.open(shown.names[2])
    directory = f"{ROOT}/{shown.names[2]}"
    other = ResumeChoice(SLAP2, "Slap2Launcher", "", "", ("slap2",), "")
    given = offer(CHOICE, other, directory=directory, name=shown.names[2], subject="771830")
    sheet = open_resume(shown, given)
    assert "Resume with 1 of 2 launchers" in words(sheet)
    qtbot.keyClicks(sheet.subject.field, "771830")
    sheet.user.setEditText("ann")
    sheet.start.launcher.setCurrentIndex(1)
    assert any(widget.accessibleName() == "Command: slap2" for widget in sheet.findChildren(QWidget))
    qtbot.waitUntil(sheet.resume.isEnabled)  # when it was seen that nobody knows how old its state is
    sheet.resume.click()
    request = shown.asked_for("resume_requested")[0]
    assert isinstance(request, ResumeRequest)
    assert request.namespace == SLAP2


def test_that_of_several_launchers_the_one_that_saved_last_is_chosen_and_it_is_told(shown: Shown) -> None:
    last = ResumeChoice(SLAP2, "Slap2Launcher", "2026-11-23T14:31:00", "", ("slap2",), "")
    older = replace(CHOICE, namespace="c.Third", class_name="Third", saved_at="2026-11-23T14:00:00")
    given = offer(CHOICE, last, older)
    sheet = open_resume(shown, given)
    assert sheet.choice == last
    assert "It saved last, 14:31:00." in words(sheet)
    sheet.start.launcher.setCurrentIndex(2)
    assert "It saved 14:00:00; Slap2Launcher saved last, 14:31:00." in words(sheet)
    sheet.close_sheet()
    assert is_gone(shown)
    sheet = open_resume(shown, replace(given, filled=Filled(namespace=PREDICTIVE)))
    assert sheet.choice == CHOICE
    sheet.close_sheet()
    assert is_gone(shown)
    sheet = open_resume(shown, offer(replace(CHOICE, saved_at=""), replace(last, saved_at="")))
    assert "When each of them saved is not known." in words(sheet)


BOX = replace(CHOICE, namespace="c.BoxLauncher", class_name="BoxLauncher", saved_at="2026-11-23T14:00:00")
SAVED_LAST = ResumeChoice(SLAP2, "Slap2Launcher", "2026-11-23T14:02:00", "", ("slap2",), "")


def test_that_the_launcher_that_was_edited_last_is_chosen_and_its_edit_is_told_for_it_alone(
    qtbot: QtBot, shown: Shown
) -> None:
    zeds = KnownRun(edited_by="zed", deed="edit", edited_at="2026-11-23T14:05:00")
    sheet = open_resume(shown, offer(SAVED_LAST, replace(BOX, known=zeds)))
    assert sheet.start.launcher.currentText() == "BoxLauncher"
    assert "It was edited last, 14:05:00. It saved 14:00:00; Slap2Launcher saved last" in words(sheet)
    assert "It was edited by zed since the launcher saved it." in words(sheet)
    sheet.start.launcher.setCurrentIndex(0)
    qtbot.waitUntil(
        lambda: "What zed edited is BoxLauncher's, not what is resumed here." in words(sheet)
    )  # lines are shown when they have been laid out
    assert "It was edited by zed" not in words(sheet)
    assert "It saved last, 14:02:00. BoxLauncher was edited since, 14:05:00." in words(sheet)


def test_that_the_launcher_whose_run_was_the_last_is_chosen_though_that_did_not_save(
    qtbot: QtBot, shown: Shown
) -> None:
    died = Running("rig3", 7, "c.BoxLauncher", "2026-11-23T14:12:00")
    shown.window.resuming.show(snapshot(document(), died=died), None)
    sheet = open_resume(shown, offer(SAVED_LAST, BOX))
    assert sheet.start.launcher.currentText() == "BoxLauncher"
    assert "Its run was the last, begun 14:12:00." in words(sheet)
    assert "(BoxLauncher, 14:12) ended without saving: what is resumed is the state of" in words(sheet)
    sheet.start.launcher.setCurrentIndex(0)
    another = "(BoxLauncher, 14:12) ended without saving; what is resumed here is of another launcher."
    qtbot.waitUntil(lambda: another in words(sheet))
    assert "what is resumed is the state of" not in words(sheet)
    assert "It saved last, 14:02:00. BoxLauncher's run was the last, begun 14:12:00." in words(sheet)


def test_that_age_outcome_warnings_and_an_earlier_resume_are_told(shown: Shown) -> None:
    sheet = open_resume(shown, offer(resumed_as="/data/764521_2026-11-23_14-20", warnings=("It is broken.",)))
    text = words(sheet)
    assert f"{NAME}  ·  saved 14:30:00  ·  Completed" in text
    assert "Please check (2)" in text
    assert "This session was already resumed as 764521_2026-11-23_14-20." in text
    assert "It is broken." in text


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
    assert change_text(Change(PREDICTIVE, ("a",), before, after)).note == note  # type: ignore[arg-type]


# --- the plan -----------------------------------------------------------------------------------------------


def fate(sheet: ResumeSheet, name: str) -> tuple[str, str, str]:
    """The value of an attribute, what happens to it, and the note."""
    position = place(sheet, name)
    row = sheet.plan.rows.row_at(position)
    return sheet.plan.rows.index(position, PlanColumn.VALUE).data(), WORDS[row.fate], row.note


def place(sheet: ResumeSheet, name: str) -> int:
    """The row of an attribute."""
    rows = range(sheet.plan.rows.rowCount())
    return next(row for row in rows if sheet.plan.rows.row_at(row).name == name)


def fill_in(qtbot: QtBot, sheet: ResumeSheet) -> None:
    qtbot.keyClicks(sheet.subject.field, "764521")
    sheet.user.setEditText("ann")


def asked(shown: Shown) -> ResumeRequest:
    request = shown.asked_for("resume_requested")[-1]
    assert isinstance(request, ResumeRequest)
    return request


def test_that_every_fate_has_a_word_and_a_look() -> None:
    assert set(FATE_LOOKS) == set(WORDS)


def test_that_the_plan_says_what_happens_to_each_attribute(shown: Shown) -> None:
    known = KnownRun(OWN, parameters={"reward_volume_ul": 6.0})
    sheet = open_resume(shown, offer(replace(CHOICE, known=known)))
    assert fate(sheet, "trial_count") == ("15", "Restored", "")
    assert fate(sheet, "reward_volume_ul") == ("5.5", "Overrides parameter", "file says 6.0")
    assert "11 of 11 attributes" in words(sheet)
    assert "1 overrides parameter" in words(sheet)
    assert "By the saved state alone: the list of launchers does not say how" in words(sheet)


def test_that_what_is_unticked_is_left_out_of_the_request(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    fill_in(qtbot, sheet)
    sheet.plan.table.setFocus()
    sheet.plan.table.selectRow(place(sheet, "photodiode_on"))
    qtbot.keyClick(sheet.plan.table, Key.Key_Space)
    assert fate(sheet, "photodiode_on") == ("yes", "Left out", "by you")
    assert "10 of 11 attributes" in words(sheet)
    click_tick(qtbot, sheet.plan.table, place(sheet, "gains"))
    click_tick(qtbot, sheet.plan.table, place(sheet, "photodiode_on"))
    sheet.plan.partial.click()
    sheet.resume.click()
    assert (asked(shown).leave_out, asked(shown).partial) == (("gains",), True)


def click_tick(qtbot: QtBot, table: PlanTable, row: int) -> None:
    index = table.model().index(row, 0)
    table.scrollTo(index)
    area = table.visualRect(index)
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(area.x() + 18, area.center().y())
    )


def test_that_all_ticks_go_and_come_back_at_once(shown: Shown) -> None:
    sheet = open_resume(shown)
    button = next(one for one in sheet.findChildren(Button) if one.accessibleName() == "Untick all")
    button.click()
    assert "0 of 11 attributes" in words(sheet)
    assert button.accessibleName() == "Tick all"
    button.click()
    assert "11 of 11 attributes" in words(sheet)


def test_that_many_attributes_can_be_filtered_and_stay_counted(qtbot: QtBot, shown: Shown) -> None:
    many = {**ATTRIBUTES, **{f"channel_{number}": number for number in range(1500)}, "_odd": 1}
    shown.window.show_session(snapshot(document(many)), None)
    sheet = open_resume(shown)
    assert sheet.plan.filter.isVisibleTo(sheet)
    assert "1,511 of 1,512 attributes" in words(sheet)
    qtbot.keyClicks(sheet.plan.filter, "channel_7")
    assert sheet.plan.rows.rowCount() == 111
    sheet.plan.filter.clear()
    qtbot.keyClicks(sheet.plan.filter, "refused")
    assert [sheet.plan.rows.row_at(row).name for row in range(sheet.plan.rows.rowCount())] == ["_odd"]
    sheet.plan.rows.flip(0)
    assert "1,511 of 1,512 attributes" in words(sheet)


def with_large(shown: Shown, *, held: bool = True) -> tuple[ResumeOffer, list[MakePlan]]:
    """An offer for a session of which one large value is not as its launcher saved it, and what is asked."""
    wanted: list[MakePlan] = []
    shown.window.resuming.plan_wanted.connect(wanted.append)
    now, own = unread({"trace": TRACE, "gain": 1}), unread({"trace": TRACE[1:], "gain": 1})
    shown.snapshots[DIRECTORY] = snapshot(now, etag="2", held=held)
    shown.window.session_selected.emit(DIRECTORY)
    known = KnownRun(own=own.namespace(PREDICTIVE).attributes)
    return offer(replace(CHOICE, known=known), etag="2", left_out=("gain",)), wanted


def is_read(shown: Shown) -> bool:
    found = shown.snapshots[DIRECTORY].document
    return found is not None and spelled(found, "trace").known


def test_that_large_values_are_compared_elsewhere_and_nothing_starts_before(
    qtbot: QtBot, shown: Shown
) -> None:
    given, wanted = with_large(shown)
    sheet = open_resume(shown, given)
    qtbot.keyClicks(sheet.subject.field, "764521")
    sheet.user.setEditText("ann")
    assert sheet.plan.rows.rowCount() == 0
    assert not is_read(shown)
    assert not sheet.resume.isEnabled()
    assert words(sheet).count("What is restored is still being compared.") == 2
    sheet.take_planned(planned(MakePlan(Given({"another": 1}))))
    assert not sheet.resume.isEnabled()
    (asked,) = wanted
    sheet.take_planned(planned(asked))
    assert [row.fate for row in sheet.plan.plan.rows] == ["edited", "left_out"]
    assert sheet.resume.isEnabled()


def test_that_a_large_value_that_nobody_has_read_is_told_by_its_size(shown: Shown) -> None:
    given, wanted = with_large(shown)
    as_saved = replace(given.choices[0], known=KnownRun())
    sheet = open_resume(shown, replace(given, choices=(as_saved,)))
    sheet.take_planned(planned(wanted[0]))
    assert sheet.plan.rows.index(0, PlanColumn.VALUE).data() == "120 kB"
    sheet.grab()
    assert not is_read(shown)


def test_that_values_of_which_there_are_only_the_beginnings_are_waited_for(shown: Shown) -> None:
    given, wanted = with_large(shown, held=False)
    sheet = open_resume(shown, given)
    assert wanted == []
    sheet.take_session(replace(shown.snapshots[DIRECTORY], held=True))
    assert len(wanted) == 1


def test_that_what_cannot_be_restored_is_left_out_by_itself(qtbot: QtBot, shown: Shown) -> None:
    shown.window.show_session(snapshot(document({"trial_count": 1, "checkpoint": 2})), None)
    sheet = open_resume(shown)
    fill_in(qtbot, sheet)
    sheet.resume.click()
    assert asked(shown).leave_out == ("checkpoint",)


def test_that_another_user_than_the_saved_one_is_not_overwritten_by_the_saved_one(
    qtbot: QtBot, shown: Shown
) -> None:
    saved = document({"trial_count": 1, "subject_id": "764521", "user_id": "bob"})
    shown.window.show_session(snapshot(saved), None)
    sheet = open_resume(shown)
    assert "1 of 1 attribute beside subject and user" in words(sheet)
    assert sheet.plan.rows.rowCount() == 1
    fill_in(qtbot, sheet)
    sheet.resume.click()
    assert asked(shown).leave_out == ("user_id",)


def test_that_a_user_who_does_not_reach_the_launcher_is_told_before_the_start(
    qtbot: QtBot, shown: Shown
) -> None:
    saved = document({"trial_count": 1, "subject_id": "764521", "user_id": "eve"})
    shown.window.show_session(snapshot(saved), None)
    without = replace(CHOICE, command=COMMAND[:3], tells_people=False)
    sheet = open_resume(shown, offer(without))
    fill_in(qtbot, sheet)  # ann
    assert "The user typed here does not reach the launcher" in words(sheet)
    sheet.user.setEditText("eve")
    assert "does not reach" not in words(sheet)  # by the saved state it does


def test_that_a_saved_state_that_names_another_subject_is_to_be_checked(shown: Shown) -> None:
    saved = document({"trial_count": 1, "subject_id": "mouse 5"})
    shown.window.show_session(snapshot(saved), None)
    assert "names the subject mouse 5" in words(open_resume(shown))


def test_that_a_row_is_spoken_whole(shown: Shown) -> None:
    sheet = open_resume(shown)
    sheet.plan.rows.flip(place(sheet, "trial_count"))
    index = sheet.plan.rows.index(place(sheet, "trial_count"), 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "trial_count, 15, Left out: by you, not ticked"


def test_that_what_the_launcher_itself_says_takes_the_place_of_what_the_file_tells(shown: Shown) -> None:
    sheet = open_resume(shown, offer(replace(CHOICE, asks=True)))
    assert "Asking the launcher itself." in words(sheet)
    sheet.plan.rows.flip(place(sheet, "gains"))
    found = Rehearsed(
        "m:C",
        findings=(
            Finding("trial_count", "type_differs", "text does not fit an integer"),
            Finding("opto_note", "new"),
            Finding("gains", "restored"),
        ),
    )
    checked = Checked(PREDICTIVE, "asked", found=found)
    shown.window.resuming.show_foreseen(Foreseen("/elsewhere", (checked,)))
    assert "Asking the launcher itself." in words(sheet)
    shown.window.resuming.show_foreseen(Foreseen(DIRECTORY, (checked,)))
    assert "PredictiveLauncher does not take 1 of 3 attributes." in words(sheet)
    assert fate(sheet, "trial_count")[1:] == ("Type differs", "text does not fit an integer")
    assert fate(sheet, "opto_note")[1:] == ("New", "the launcher lacks it, is added")
    assert fate(sheet, "gains")[1:] == ("Left out", "by you")
    assert sheet.plan.plan.leave_out == ("trial_count", "gains")


def test_that_a_name_that_the_launcher_does_not_know_is_to_be_checked(shown: Shown) -> None:
    own = document({**ATTRIBUTES, "experiment_stage": "x"}).namespace(PREDICTIVE).attributes
    sheet = open_resume(shown, offer(replace(CHOICE, asks=True, known=KnownRun(own=own))))
    assert "not known to this launcher" not in words(sheet)
    gone = Finding("experiment_stage", "own")
    found = Rehearsed("m:C", findings=(Finding("trial_count", "restored"), Finding("opto_note", "new"), gone))
    shown.window.resuming.show_foreseen(Foreseen(DIRECTORY, (Checked(PREDICTIVE, "asked", found=found),)))
    assert "experiment_stage will start at the launcher's own value." in words(sheet)
    assert "opto_note is not known" not in words(sheet)  # the launcher saved it itself


def test_that_a_launcher_that_could_not_be_asked_is_told(shown: Shown) -> None:
    sheet = open_resume(shown, offer(replace(CHOICE, asks=True)))
    checked = Checked(PREDICTIVE, "failed", "It did not answer in time, and was stopped.")
    shown.window.resuming.show_foreseen(Foreseen(DIRECTORY, (checked,)))
    assert "the launcher could not be asked. It did not answer in time" in words(sheet)
    assert fate(sheet, "trial_count")[1] == "Restored"


# --- what stands in the way ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "user", "reason"),
    [
        ("", "", "Type or scan the subject first."),
        ("770012", "ann", "The subject is not the one of this session."),
        ("764521", "", "Choose or type who resumes."),
        ("764521", "ann", ""),
    ],
)
def test_that_the_reason_stands_beside_a_button_that_is_grey(
    shown: Shown, subject: str, user: str, reason: str
) -> None:
    sheet = open_resume(shown)
    sheet.subject.field.setText(subject)
    sheet.user.setEditText(user)
    assert sheet.resume.isEnabled() == (not reason)
    assert (reason or "Closing Rigstate leaves the launcher running.") in words(sheet)
    assert sheet.resume.toolTip() == (reason or "Start the launcher as it stands here")


def test_that_enter_leads_from_the_subject_to_the_user_to_resume_and_starts_only_there(
    qtbot: QtBot, shown: Shown
) -> None:
    sheet = open_resume(shown)
    qtbot.keyClicks(sheet.subject.field, "764521")
    qtbot.keyClick(sheet.subject.field, Key.Key_Return)
    field = QApplication.focusWidget()
    assert field in (sheet.user, sheet.user.lineEdit())
    qtbot.keyClick(field, Key.Key_Return)  # nobody was named
    assert QApplication.focusWidget() is field
    qtbot.keyClicks(field, "ann")
    qtbot.keyClick(field, Key.Key_Return)
    assert QApplication.focusWidget() is sheet.resume
    assert shown.asked_for("resume_requested") == []
    qtbot.keyClick(sheet.resume, Key.Key_Return)
    assert asked(shown).user == "ann"


def test_that_nothing_starts_on_what_was_changed_under_the_sheet(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown)
    fill_in(qtbot, sheet)
    assert sheet.resume.isEnabled()
    shown.window.show_session(snapshot(document({"trial_count": 16}), etag="2"), None)
    assert not sheet.resume.isEnabled()
    assert "The saved state was changed meanwhile." in words(sheet)
    back: list[ResumeReturn] = []
    shown.window.resuming.again_requested.connect(back.append)
    button(sheet, "againButton").click()
    assert is_gone(shown)
    assert back == [ResumeReturn(DIRECTORY, Filled("764521", "ann", "", PREDICTIVE, (), PREDICTIVE))]


def test_that_what_was_left_out_is_so_when_the_sheet_is_back(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown, offer(left_out=("trial_count",), filled=Filled("764521", "ann")))
    assert (sheet.subject.subject, sheet.people.user_name) == ("764521", "ann")
    assert sheet.plan.plan.leave_out == ("trial_count",)
    assert not button(sheet, "againButton").isVisibleTo(sheet)


def test_that_nothing_starts_in_a_session_in_which_a_launcher_runs(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown, offer(host="rig3"))
    fill_in(qtbot, sheet)
    shown.window.show_session(snapshot(document(), running=Running("rig9", 5, SLAP2)), None)
    assert not sheet.resume.isEnabled()
    assert "Slap2Launcher is running in this very session, on rig9." in words(sheet)
    shown.window.show_session(snapshot(document()), None)
    assert sheet.resume.isEnabled()


def test_that_cautions_are_sentences_and_lead_to_the_session_that_they_name(shown: Shown) -> None:
    there = Neighbour(f"{ROOT}/{shown.names[1]}", "770012", Running("rig3", 5, SLAP2))
    then, now = Surroundings(launcher_version="2.3.0"), Surroundings(launcher_version="2.4.1")
    known = KnownRun(then=then, now=now)
    old = (NOW - timedelta(days=3)).isoformat()
    choice = replace(CHOICE, known=known, saved_at=old, started_as=PREDICTIVE)
    sheet = open_resume(shown, offer(choice, host="rig3", neighbours=(there,)))
    text = words(sheet)
    assert "Please check (3)" in text
    for sentence in (
        "The saved state is 3 days old.",
        "Launcher version differs: saved with 2.3.0, this computer has 2.4.1.",
        f"Another launcher is running on this computer: {shown.names[1]}, Slap2Launcher.",
    ):
        assert sentence in text
    name = f"Show {shown.names[1]}"
    next(one for one in sheet.findChildren(QPushButton) if one.accessibleName() == name).click()
    assert is_gone(shown)
    assert shown.window.selected_directory == there.directory


def test_that_a_launcher_of_another_module_is_offered_and_never_taken_alone(
    qtbot: QtBot, shown: Shown
) -> None:
    moved = "my_project.v2.predictive.PredictiveLauncher"
    like = replace(CHOICE, started_as=moved, command=("/envs/v2/python",))
    unknown = replace(CHOICE, command=(), started_as="", problem="It has no entry.", alike=(like,))
    sheet = open_resume(shown, offer(unknown))
    fill_in(qtbot, sheet)
    assert not sheet.resume.isEnabled()
    assert [sheet.start.way.itemText(at) for at in range(2)] == [f"{PREDICTIVE} (no entry)", moved]
    sheet.start.way.setCurrentIndex(1)
    assert "one of my_project.v2.predictive is started." in words(sheet)
    qtbot.waitUntil(sheet.resume.isEnabled)  # when that was painted
    sheet.resume.click()
    assert (asked(shown).namespace, asked(shown).started_as) == (PREDICTIVE, moved)


def test_that_a_launcher_of_another_module_is_asked_when_it_is_chosen(shown: Shown) -> None:
    like = replace(CHOICE, started_as="new.PredictiveLauncher", asks=True)
    unknown = replace(CHOICE, command=(), started_as="", problem="It has no entry.", alike=(like,))
    sheet = open_resume(shown, offer(unknown))
    chosen: list[object] = []
    shown.window.resuming.launcher_chosen.connect(chosen.append)
    sheet.start.way.setCurrentIndex(1)
    assert chosen == [like]
    assert "Asking the launcher itself." in words(sheet)
    found = Rehearsed("m:C", findings=(Finding("trial_count", "type_differs", "text does not fit"),))
    own = Checked(PREDICTIVE, "failed", "It is gone.")
    said = Checked(PREDICTIVE, "asked", found=found, started_as="new.PredictiveLauncher")
    shown.window.resuming.show_foreseen(Foreseen(DIRECTORY, (own, said)))
    assert fate(sheet, "trial_count")[1] == "Type differs"
    sheet.start.way.setCurrentIndex(0)
    assert fate(sheet, "trial_count")[1] == "Restored"


def test_that_the_way_to_start_that_was_chosen_is_chosen_when_the_sheet_is_back(shown: Shown) -> None:
    """It was set how this one is started, and not how another one of the same name is."""
    like = replace(CHOICE, started_as="a.PredictiveLauncher")
    lame = replace(like, started_as="b.PredictiveLauncher", problem="No script.", entry=EntryText("b.P"))
    unknown = replace(CHOICE, command=(), problem="It has no entry.", alike=(like, lame))
    sheet = open_resume(shown, offer(unknown))
    sheet.start.way.setCurrentIndex(2)
    back: list[ResumeReturn] = []
    shown.window.resuming.set_requested.connect(lambda _, came: back.append(came))
    button(sheet, "setHowToStartButton").click()
    assert not is_gone(shown)  # the form is there, and what was deleted is not
    mended = replace(lame, problem="")
    again = open_resume(shown, offer(replace(unknown, alike=(like, mended)), filled=back[0].filled))
    assert again.choice == mended
    again.close_sheet()
    assert is_gone(shown)
    gone = open_resume(shown, offer(replace(unknown, alike=(like,)), filled=back[0].filled))
    assert gone.choice is not None
    assert gone.choice.namespace == PREDICTIVE
    assert gone.start.way.currentIndex() == 0


def test_that_it_is_told_which_launcher_of_the_same_name_can_be_started(shown: Shown) -> None:
    like = replace(CHOICE, started_as="new.PredictiveLauncher")
    unknown = replace(CHOICE, command=(), started_as="", problem="It has no entry.", alike=(like,))
    sheet = open_resume(shown, offer(unknown))
    other = "Same name, another module"
    assert "new.PredictiveLauncher has the same name and can be started: choose it above." in words(sheet)
    assert other not in words(sheet)
    sheet.start.way.setCurrentIndex(1)
    assert other in words(sheet)
    assert "choose it above" not in words(sheet)
    sheet.close_sheet()
    assert is_gone(shown)
    sheet = open_resume(shown, offer(replace(unknown, alike=(like, replace(like, started_as="c.D")))))
    assert "2 launchers of the same name can be started: choose one above." in words(sheet)
    sheet.close_sheet()
    assert is_gone(shown)
    sheet = open_resume(shown, offer(replace(unknown, alike=(replace(like, problem="It is not there."),))))
    assert "above" not in words(sheet)
    assert other not in words(sheet)


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_that_how_to_start_has_room_for_what_it_says(shown: Shown, size: tuple[int, int], at: int) -> None:
    like = replace(CHOICE, started_as="new.PredictiveLauncher")
    unknown = replace(CHOICE, command=(), started_as="", problem="It has no entry. " * 4, alike=(like,))
    shown.window.resize(*size)
    sheet = open_resume(shown, offer(unknown, replace(CHOICE, namespace="c.D", saved_at="")))
    QTest.qWait(0)
    sheet.start.way.setCurrentIndex(at)
    QTest.qWait(0)
    parts = [one for one in sheet.start.findChildren(QWidget) if one.isVisible()]
    labels = [one for one in parts if isinstance(one, QLabel) and one.wordWrap()]
    assert labels
    assert all(one.height() >= one.heightForWidth(one.width()) for one in labels)
    assert all(one.height() >= one.minimumSizeHint().height() for one in parts)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_that_nothing_in_the_sheet_is_squeezed(qtbot: QtBot, shown: Shown, size: tuple[int, int]) -> None:
    shown.window.resize(*size)
    sheet = open_resume(shown)
    fill_in(qtbot, sheet)
    QTest.qWait(0)
    for widget in (sheet.subject.field, sheet.user, sheet.plan.table, sheet.resume):
        assert widget.height() >= widget.sizeHint().height() or widget.height() == widget.maximumHeight()
        assert widget.width() >= widget.minimumSizeHint().width()
    header, rows = sheet.plan.table.horizontalHeader().height(), sheet.plan.rows.rowCount()
    assert sheet.plan.table.height() >= header + rows * sheet.plan.table.rowHeight(0)


@pytest.mark.parametrize(("name", "new"), [("mai", True), ("ann", False), ("", False)])
def test_that_a_name_that_nobody_had_yet_is_told_before_anything_starts(
    qtbot: QtBot, shown: Shown, name: str, new: bool
) -> None:
    sheet = open_resume(shown)
    qtbot.keyClicks(sheet.subject.field, "764521")
    qtbot.keyClick(sheet.subject.field, Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), name)
    assert "is a new name here" not in words(sheet)
    assert sheet.resume.isEnabled() is (name == "ann")  # else a click on it would be sooner than what is told
    assert ("Press Enter after the user's name." in words(sheet)) is new
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return if name else Key.Key_Tab)
    assert (f"{name} is a new name here." in words(sheet)) is new
    assert not (new and sheet.resume.isEnabled())  # that has to be painted first
    qtbot.waitUntil(lambda: sheet.resume.isEnabled() is bool(name))
    sheet.user.setEditText("bob")
    assert "is a new name here" not in words(sheet)


def test_that_a_new_name_is_told_again_where_it_stands_filled_in(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown, offer(filled=Filled("764521", "danat")))
    assert "danat is a new name here." in words(sheet)
    qtbot.waitUntil(sheet.resume.isEnabled)


def test_that_on_a_computer_where_nobody_is_known_no_name_is_new(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown, offer(users=()))
    sheet.user.setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "ann")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert "is a new name here" not in words(sheet)


def test_that_who_is_named_by_saved_states_is_known_and_offered(qtbot: QtBot, shown: Shown) -> None:
    sheet = open_resume(shown, offer(filled=Filled("764521", "danat")))
    assert "danat is a new name here." in words(sheet)
    before = [sheet.user.itemText(one) for one in range(sheet.user.count())]
    shown.window.resuming.take_users(("ann", "danat", "eve"))
    assert "is a new name here" not in words(sheet)
    assert [sheet.user.itemText(one) for one in range(sheet.user.count())] == [*before, "danat", "eve"]
    assert sheet.people.user_name == "danat"


def test_that_names_that_come_while_one_is_typed_or_none_is_leave_the_field_alone(
    qtbot: QtBot, shown: Shown
) -> None:
    sheet = open_resume(shown, offer(users=()))
    shown.window.resuming.take_users(("eve",))
    assert sheet.people.user_name == ""
    sheet.user.setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "ev")
    shown.window.resuming.take_users(("eve", "evelyn"))
    assert (sheet.people.user_name, sheet.user.count()) == ("ev", 2)


def test_that_an_enter_meant_for_resume_does_nothing_else_when_the_state_has_just_become_another(
    qtbot: QtBot, shown: Shown
) -> None:
    sheet = open_resume(shown)
    fill_in(qtbot, sheet)
    qtbot.waitUntil(sheet.resume.isEnabled)
    sheet.resume.setFocus()
    before = shown.snapshots[sheet.directory]
    for etag in ("2", before.etag):  # and back, as a run that ended without a save
        sheet.take_session(replace(before, etag=etag))
        assert not isinstance(QApplication.focusWidget(), QAbstractButton)
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert sheet.isVisible()
    assert shown.asked_for("resume_requested") == []

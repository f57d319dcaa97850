"""The sheet for what both sides changed: decided row by row, by mouse or keys, about what was seen alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.checks import Checked, CheckRequest, Checks, Precedents
from app.editing.edits import RenameValue
from app.exchange import Decision
from app.models.saving.conflicts import ConflictColumn
from app.views.parts.widgets import Button
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.style.painting import text_width
from persistence.rehearsing.rehearsed import Finding, Rehearsed
from persistence.states.edits import remove_value, set_value
from tests.app.views.saving.test_save_sheet import (
    CONTROL,
    COUNT,
    DIRECTORY,
    PHASE,
    Key,
    is_gone,
    press,
    words,
)
from tests.sample_window import Shown
from tests.samples import PREDICTIVE


@pytest.fixture
def decisions(shown: Shown) -> list[object]:
    """What was decided."""
    found: list[object] = []
    shown.window.saving.decided.connect(found.append)
    return found


@pytest.fixture
def sheet(shown: Shown, decisions: list[object]) -> ConflictSheet:
    """Two places that both changed, one that only they and one that only I changed."""
    shown.type_value("150", "trial_count")
    shown.type_value("washout", "experiment_phase")
    shown.type_value("left fibre cleaned", "opto_note") or shown.type_value("6.5", "reward_volume_ul")
    they_save(shown, "2", trial_count=16, experiment_phase=None, photodiode_on=False)
    shown.window.actions_["actionSave"].trigger()
    found = shown.window.findChild(ConflictSheet)
    assert found is not None
    return found


def they_save(shown: Shown, etag: str, **changes: object) -> None:
    """Attributes set by bob; None removes one."""
    before = shown.snapshots[DIRECTORY]
    document = before.document
    assert document is not None
    for name, value in changes.items():
        if value is None:
            document = remove_value(document, PREDICTIVE, (name,))
        else:
            document = set_value(document, PREDICTIVE, (name,), value)  # type: ignore[arg-type]  # JSON
    shown.snapshots[DIRECTORY] = replace(
        before, document=document, etag=etag, saved_by="bob", saved_at="2026-11-23T14:32:08"
    )
    shown.drafts.open(shown.snapshots[DIRECTORY])


def settled(sheet: ConflictSheet) -> list[list[object]]:
    """What is no question there, in all columns."""
    model = sheet.settled.model()
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def cells(sheet: ConflictSheet) -> list[list[object]]:
    model = sheet.table.model()
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def titles(sheet: ConflictSheet) -> list[object]:
    model = sheet.table.model()
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]


@pytest.mark.parametrize(("percent", "whole"), [(100, True), (175, False)])
def test_that_no_heading_is_cut(
    qtbot: QtBot, shown: Shown, sheet: ConflictSheet, percent: int, whole: bool
) -> None:
    """Where there is no room for when and by whom, the sides have their names alone."""
    shown.window.resize(1024, 700)
    shown.theme.set_percent(percent)
    qtbot.waitUntil(lambda: ("by bob" in str(titles(sheet)[2])) == whole)
    assert ("Enter saves" in words(sheet)) == whole
    header, font = sheet.table.horizontalHeader(), shown.theme.font("column")
    for column, title in enumerate(titles(sheet)):
        assert text_width(str(title), font) <= header.sectionSize(column)


def test_that_the_three_sides_stand_side_by_side_with_time_and_name(sheet: ConflictSheet) -> None:
    assert titles(sheet) == ["Attribute", "Yours", "On disk (saved 14:32 by bob)", "Before"]
    assert cells(sheet) == [
        ["experiment_phase", "washout", "removed", "data_collection"],
        ["trial_count", "150", "16", "15"],
    ]
    text = words(sheet)
    assert "You both changed these (2)" in text
    assert "bob's version stays in History" in text


def test_that_of_sides_of_which_little_is_known_no_more_is_said(shown: Shown) -> None:
    before = replace(shown.snapshots[DIRECTORY], etag="1b", saved_at="2026-11-23T14:05:00")
    shown.drafts.open(before)
    shown.type_value("150", "trial_count")
    assert before.document is not None
    document = set_value(before.document, PREDICTIVE, ("trial_count",), 16)
    shown.snapshots[DIRECTORY] = replace(before, document=document, etag="2", saved_by="", saved_at="")
    shown.drafts.open(shown.snapshots[DIRECTORY])
    shown.window.actions_["actionSave"].trigger()
    sheet = shown.window.findChild(ConflictSheet)
    assert sheet is not None
    assert titles(sheet)[2:] == ["On disk (as it is now)", "Before (saved 14:05)"]
    text = words(sheet)
    assert "You both changed this" in text
    assert "the version on disk stays in History" in text
    assert "No question here" not in text
    assert not sheet.settled.isVisible()


def test_that_what_only_one_side_changed_is_listed_and_no_question(sheet: ConflictSheet) -> None:
    model = sheet.settled.model()
    found = [[model.index(row, column).data() for column in (0, 3)] for row in range(model.rowCount())]
    assert ["photodiode_on", "Taken from disk"] in found
    assert [name for name, what in found if what == "Your edit stays"] in (
        ["opto_note"],
        ["reward_volume_ul"],
    )


@pytest.mark.parametrize("volume", [None, 6.5])
def test_that_a_rename_is_one_change_in_the_words_of_the_sheet_before_saving(
    shown: Shown, volume: float | None
) -> None:
    """Also where both changed the value: its new name, and what it is, are one thing that is saved."""
    shown.type_value("150", "trial_count")
    shown.drafts.stage(DIRECTORY, RenameValue(PREDICTIVE, ("reward_volume_ul",), "volume"))
    if volume is not None:
        shown.type_value(str(volume), "volume")
    assert shown.window.actions_["actionSave"].text() == "&Save (2)"
    they_save(shown, "2", trial_count=16, reward_volume_ul=5.5 if volume is None else 7.5)
    shown.window.actions_["actionSave"].trigger()
    sheet = shown.window.findChild(ConflictSheet)
    assert sheet is not None
    both = volume is not None
    now = "7.5" if both else "5.5"
    assert settled(sheet) == [["volume (was reward_volume_ul)", now, now, "Your edit stays, renamed"]]
    assert [row[0] for row in cells(sheet)] == ["trial_count", *(["volume"] if both else [])]
    sheet.table.model().choose_all("mine")  # type: ignore[attr-defined]
    assert sheet.save.accessibleName() == "Save 2 changes"
    sheet.table.model().choose_all("theirs")  # type: ignore[attr-defined]
    assert sheet.save.accessibleName() == "Save 1 change"


def test_that_what_they_changed_of_a_renamed_value_is_listed_beside_its_name(shown: Shown) -> None:
    shown.type_value("washout", "experiment_phase")
    shown.drafts.stage(DIRECTORY, RenameValue(PREDICTIVE, ("trial_count",), "count"))
    they_save(shown, "2", trial_count=19, experiment_phase="test")
    shown.window.actions_["actionSave"].trigger()
    sheet = shown.window.findChild(ConflictSheet)
    assert sheet is not None
    assert settled(sheet) == [
        ["count", "15", "19", "Taken from disk"],
        ["count (was trial_count)", "19", "19", "Your edit stays, renamed"],
    ]


def test_that_nothing_can_be_taken_over_before_each_row_is_decided(
    qtbot: QtBot, sheet: ConflictSheet, decisions: list[object]
) -> None:
    assert not sheet.use.isEnabled()
    assert not sheet.save.isEnabled()
    assert "2 still to decide" in words(sheet)
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_S, CONTROL)
    press(qtbot, Key.Key_Return)
    assert "1 still to decide" in words(sheet)
    assert decisions == []
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Left)
    assert "1 of yours, 1 from disk" in words(sheet)
    assert sheet.save.accessibleName() == "Save 2 changes"
    press(qtbot, Key.Key_Return, CONTROL)
    assert decisions == [Decision(DIRECTORY, "2", frozenset({COUNT}), save=True)]


def test_that_a_click_on_a_value_takes_it(
    qtbot: QtBot, sheet: ConflictSheet, decisions: list[object]
) -> None:
    model, viewport = sheet.table.model(), sheet.table.viewport()
    for row, column in ((0, ConflictColumn.MINE), (1, ConflictColumn.THEIRS), (1, ConflictColumn.BASE)):
        spot = sheet.table.visualRect(model.index(row, column)).center()
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    sheet.use.click()
    assert decisions == [Decision(DIRECTORY, "2", frozenset({PHASE}))]


@pytest.mark.parametrize("chosen", [False, True])
def test_that_a_note_is_typed_at_once_and_chooses_nothing(
    qtbot: QtBot, sheet: ConflictSheet, decisions: list[object], chosen: bool
) -> None:
    if chosen:
        for key in (Key.Key_Left, Key.Key_Down, Key.Key_Right):
            press(qtbot, key)
    for letter in "2 of 3, by hand":
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    assert sheet.note.text == "2 of 3, by hand"
    assert ("1 of yours, 1 from disk" if chosen else "2 still to decide") in words(sheet)
    press(qtbot, Key.Key_Return)
    both = [Decision(DIRECTORY, "2", frozenset({PHASE}), save=True, note="2 of 3, by hand")]
    assert decisions == (both if chosen else [])


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_S])
def test_that_where_all_is_as_on_disk_enter_uses_that_and_a_note_has_no_place(
    qtbot: QtBot, shown: Shown, decisions: list[object], key: Qt.Key
) -> None:
    shown.type_value("150", "trial_count")
    they_save(shown, "2", trial_count=16)
    shown.window.actions_["actionSave"].trigger()
    sheet = shown.window.findChild(ConflictSheet)
    assert sheet is not None
    qtbot.keyClicks(QApplication.focusWidget(), "why")
    sheet.note.line.setFocus()
    buttons = {one.accessibleName(): one for one in sheet.findChildren(Button)}
    buttons["Take all from disk"].click()
    assert "Nothing will be saved: these are the values on disk. A note has no place." in words(sheet)
    assert "Enter uses these values" in words(sheet)
    assert not sheet.note.line.isEnabled()
    assert sheet.table.hasFocus()
    qtbot.keyClicks(sheet.table, "x")
    press(qtbot, Key.Key_Left)
    assert (sheet.note.line.isEnabled(), sheet.note.text) == (True, "why")
    assert "Enter saves" in words(sheet)
    assert "Nothing is written before you save." in words(sheet)
    press(qtbot, Key.Key_Right)
    press(qtbot, key, CONTROL if key == Key.Key_S else Qt.KeyboardModifier.NoModifier)
    assert decisions == [Decision(DIRECTORY, "2", frozenset())]


def test_that_space_by_itself_chooses_nothing(qtbot: QtBot, sheet: ConflictSheet) -> None:
    press(qtbot, Key.Key_Space)
    assert "2 still to decide" in words(sheet)


def test_that_space_chooses_too_on_a_row_that_one_went_to(
    qtbot: QtBot, sheet: ConflictSheet, decisions: list[object]
) -> None:
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Space)
    sheet.use.click()
    assert decisions == [Decision(DIRECTORY, "2", frozenset({COUNT}))]


def test_that_all_can_be_taken_from_one_side(sheet: ConflictSheet, decisions: list[object]) -> None:
    buttons = {one.accessibleName(): one for one in sheet.findChildren(Button)}
    buttons["Take all of mine"].click()
    assert "2 of yours, 0 from disk" in words(sheet)
    buttons["Take all from disk"].click()
    assert "0 of yours, 2 from disk" in words(sheet)
    sheet.save.click()
    assert decisions == [Decision(DIRECTORY, "2", frozenset(), save=True)]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return])
def test_that_it_can_be_decided_later(
    qtbot: QtBot, shown: Shown, sheet: ConflictSheet, decisions: list[object], key: Qt.Key
) -> None:
    sheet.later.setFocus()
    press(qtbot, key)
    assert is_gone(shown)
    assert decisions == []
    assert shown.drafts.get(DIRECTORY).outdated  # type: ignore[union-attr]  # it is there


def test_that_a_file_that_changes_again_is_shown_and_opens_what_became_different(
    qtbot: QtBot, shown: Shown, sheet: ConflictSheet, decisions: list[object]
) -> None:
    for key in (Key.Key_Left, Key.Key_Down, Key.Key_Left):
        press(qtbot, key)
    they_save(shown, "3", trial_count=17)
    assert "It was changed on disk again (saved 14:32 by bob)." in words(sheet)
    assert "1 still to decide" in words(sheet)
    assert cells(sheet)[1][2] == "17"
    sheet.table.selectRow(1)
    press(qtbot, Key.Key_Right)
    sheet.use.click()
    assert decisions == [Decision(DIRECTORY, "3", frozenset({PHASE}))]


def test_that_the_sheet_before_saving_takes_its_place_when_nothing_is_left_to_decide(
    shown: Shown, sheet: ConflictSheet
) -> None:
    they_save(shown, "4", trial_count=15, experiment_phase="data_collection")
    QApplication.sendPostedEvents(None, 52)
    assert shown.window.findChild(ConflictSheet) is None
    assert not shown.drafts.get(DIRECTORY).outdated  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("enter", [Key.Key_Return, Key.Key_Enter])
def test_that_enter_saves_what_is_decided_with_its_note(
    qtbot: QtBot, sheet: ConflictSheet, decisions: list[object], enter: Qt.Key
) -> None:
    assert "Enter saves" in words(sheet)
    press(qtbot, enter)
    assert decisions == []
    sheet.table.model().choose_all("mine")  # type: ignore[attr-defined]
    sheet.note.line.setText(" mine was right ")
    press(qtbot, enter)
    both = frozenset({COUNT, PHASE})
    assert decisions == [Decision(DIRECTORY, "2", both, save=True, note="mine was right")]


class Asked:
    """All of mine is taken, and a launcher is asked what it makes of that."""

    def __init__(self, qtbot: QtBot, shown: Shown, sheet: ConflictSheet) -> None:
        self.requests: list[CheckRequest] = []
        self.shown = shown
        shown.window.checkup.check_requested.connect(self.requests.append)
        sheet.table.model().choose_all("mine")  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: bool(self.requests))
        self.answer(asking=True)

    def answer(self, fate: str = "", *, asking: bool = False) -> None:
        """Nothing yet, or what becomes of the count."""
        draft = self.shown.drafts.get(DIRECTORY)
        assert draft is not None
        would_be = draft.decided({COUNT, PHASE})
        found = Rehearsed("a:B", PREDICTIVE, findings=(Finding("trial_count", fate, "at most 100"),))  # type: ignore[arg-type]
        told = () if asking else (Checked(PREDICTIVE, "asked", "", found),)
        self.shown.window.checkup.show_checks(
            Checks(
                self.requests[-1], would_be.document, would_be.changes, told, PREDICTIVE if asking else "",
                precedents=Precedents(),
            )
        )  # fmt: skip


def test_that_who_saves_before_the_answer_saves_when_all_is_well(
    qtbot: QtBot, shown: Shown, sheet: ConflictSheet, decisions: list[object]
) -> None:
    asked = Asked(qtbot, shown, sheet)
    assert asked.requests[-1].mine == frozenset({COUNT, PHASE})
    press(qtbot, Key.Key_S, CONTROL)
    assert (decisions, sheet.save.accessibleName()) == ([], "Saving when checked …")
    asked.answer("restored")
    assert decisions == [Decision(DIRECTORY, "2", frozenset({COUNT, PHASE}), save=True)]


def test_that_who_decides_and_saves_in_one_go_has_the_launcher_asked_before(
    qtbot: QtBot, shown: Shown, sheet: ConflictSheet
) -> None:
    requests: list[CheckRequest] = []
    shown.window.checkup.check_requested.connect(requests.append)
    sheet.table.model().choose_all("mine")  # type: ignore[attr-defined]
    press(qtbot, Key.Key_S, CONTROL)
    assert len(requests) == 1


def test_that_what_a_launcher_refuses_is_saved_by_a_tick_alone(
    qtbot: QtBot, shown: Shown, sheet: ConflictSheet, decisions: list[object]
) -> None:
    asked = Asked(qtbot, shown, sheet)
    sheet.save.setFocus()
    sheet.save.click()
    asked.answer("refused")
    assert not sheet.save.isEnabled()
    assert sheet.table.hasFocus()
    press(qtbot, Key.Key_Return)
    assert decisions == []
    sheet.check.tick.click()
    sheet.save.click()
    assert len(decisions) == 1


def test_that_a_save_that_was_asked_for_is_not_done_when_something_is_to_be_decided_anew(
    qtbot: QtBot, shown: Shown, sheet: ConflictSheet, decisions: list[object]
) -> None:
    asked = Asked(qtbot, shown, sheet)
    sheet.save.click()
    they_save(shown, "3", trial_count=17)
    assert "1 still to decide" in words(sheet)
    sheet.table.model().choose_all("mine")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(asked.requests) > 1)
    asked.answer("restored")
    assert decisions == []
    assert sheet.save.isEnabled()


def test_that_there_is_nothing_to_save_where_all_is_as_it_is_on_disk(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    they_save(shown, "2", trial_count=16)
    shown.window.actions_["actionSave"].trigger()
    sheet = shown.window.findChild(ConflictSheet)
    assert sheet is not None
    sheet.table.model().choose_all("theirs")  # type: ignore[attr-defined]
    assert (sheet.use.isEnabled(), sheet.save.isEnabled()) == (True, False)


def test_that_enter_on_decide_later_saves_nothing(
    qtbot: QtBot, sheet: ConflictSheet, decisions: list[object]
) -> None:
    sheet.table.model().choose_all("mine")  # type: ignore[attr-defined]
    sheet.later.setFocus()
    press(qtbot, Key.Key_Return)
    assert decisions == []


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_S])
def test_that_enter_saves_nothing_by_itself_where_another_version_came_and_all_is_decided(
    shown: Shown, sheet: ConflictSheet, decisions: list[object], key: Qt.Key
) -> None:
    """What nobody edited became another value: each choice stays, and so does Save."""
    sheet._model.choose_all("mine")
    sheet.save.setFocus()
    they_save(shown, "3", photodiode_on=True)
    assert sheet.save.isEnabled()
    held = CONTROL if key == Key.Key_S else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(shown.window.windowHandle(), key, held)
    assert decisions == []
    assert "what this key does has changed by itself" in words(sheet)

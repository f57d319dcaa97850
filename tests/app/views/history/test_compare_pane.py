"""The Compare tab in the window: choosing what to compare, looking, copying across; by keys alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.past_errands import HistoryRead, ReadHistory
from app.past_exchange import CopyAcross, Side, SidesAnswer, SidesQuestion
from app.session import Delta
from app.values.differences import compare
from app.views.history.compare_pane import ComparePane
from app.views.history.pick_sheet import PickSheet
from persistence.document import ABSENT, Document
from persistence.states.diff import Change
from tests.app.models.history.test_versions import version
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT, SLAP2, document, documents, summary

HERE = f"{ROOT}/764521_2026-11-23_14-05"
OTHER = f"{ROOT}/771830_2026-11-22_08-55"
EDITS, THERE = Side(HERE, "edits"), Side(OTHER, "now")


class Looked:
    """A window; `asked` are the comparisons that were asked for, `copied` what was to be copied."""

    def __init__(self, shown: Shown, qtbot: QtBot) -> None:
        self.shown = shown
        self.qtbot = qtbot
        self.window = shown.window
        self.pane: ComparePane = shown.window.sides.pane
        self.asked: list[SidesQuestion] = []
        self.copied: list[CopyAcross] = []
        self.histories: list[object] = []
        self.pane.comparison_wanted.connect(self.asked.append)
        self.pane.copy_requested.connect(self.copied.append)
        self.window.sides.history_wanted.connect(self.histories.append)

    def open(self) -> PickSheet:
        self.window.actions_["actionCompare"].trigger()
        return self.sheet

    @property
    def sheet(self) -> PickSheet:
        found = [one for one in self.window.findChildren(PickSheet) if one.isVisible()]
        return found[-1]

    def pick(self, words: str) -> None:
        sheet = self.sheet
        self.qtbot.keyClicks(sheet.field, words)
        self.qtbot.keyClick(sheet.field, Qt.Key.Key_Return)

    def answer(self, left: Document, right: Document) -> None:
        question = self.asked[-1]
        self.pane.show_comparison(SidesAnswer(question, compare(left, right, equal=question.equal)))

    def choose_rows(self, *rows: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.pane.table.clearSelection()
        for row in rows:
            self.pane.table.selectionModel().select(self.pane.table.differences.index(row, 0), flags)

    def says(self, words: str) -> bool:
        labels = self.pane.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())

    def titles(self) -> tuple[str, str]:
        left, right = self.pane.left.accessibleName(), self.pane.right.accessibleName()
        return left.removeprefix("Compare from: "), right.removeprefix("Compare with: ")


@pytest.fixture
def looked(shown: Shown, qtbot: QtBot) -> Looked:
    return Looked(shown, qtbot)


def test_that_a_session_of_a_name_that_another_has_is_called_by_its_folder(looked: Looked) -> None:
    name = "764521_2026-11-23_14-05"
    twin = summary(name)._replace(directory=f"/data/rig2/{name}", root="/data/rig2")
    looked.shown.sessions.apply(Delta(added=(twin,)))
    looked.open()
    looked.pick(name)
    assert looked.asked == [SidesQuestion(EDITS, Side(twin.directory, "now"))]
    assert looked.titles() == ("This session", "764521_2026-11-23_14-05 in rig2")


def test_that_compare_asks_with_what_and_then_compares(looked: Looked) -> None:
    sheet = looked.open()
    assert sheet.first.hasFocus()
    assert looked.histories == [HERE]
    assert looked.asked == []
    looked.pick("08-55")
    assert looked.asked == [SidesQuestion(EDITS, THERE)]
    assert looked.window.detail.tabs.currentWidget() is looked.pane
    looked.answer(document({"a": 1, "b": 1}), document({"a": 2, "b": 1}))
    assert looked.says("1 attribute differs from each other, 1 is equal.")
    assert looked.titles() == ("This session", "771830_2026-11-22_08-55")


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_that_nothing_above_the_rows_is_squeezed(looked: Looked, qtbot: QtBot, percent: int) -> None:
    """In the largest text in a small window the filter stood over the names of the sides."""
    pane = looked.pane
    looked.open()
    looked.pick("08-55")
    looked.answer(document({"a": 1, "b": 1}), document({"a": 2, "b": 1}))
    looked.window.theme.set_percent(percent)
    looked.window.resize(1024, 700)
    looked.window.one_pane.show_detail()
    looked.window.show_banner(Banner("x", "green", "It is back. Every version before it is kept."))
    qtbot.waitUntil(pane.table.isVisible)
    laid_out()
    rows = [pane.left, pane.filter, pane.table]
    for above, below in pairwise(rows):
        assert above.height() >= above.minimumSizeHint().height()
        assert above.mapTo(pane, above.rect().bottomLeft()).y() < below.mapTo(pane, QPoint()).y()


def test_that_two_selected_sessions_are_compared_and_three_are_not(looked: Looked) -> None:
    view, sessions = looked.window.sessions.view, looked.shown.sessions
    add = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().select(sessions.index_of(OTHER), add)
    looked.window.actions_["actionCompare"].trigger()
    assert looked.window.findChild(PickSheet) is None
    assert looked.asked == [SidesQuestion(EDITS, THERE)]
    assert looked.window.detail.tabs.currentWidget() is looked.pane
    view.selectionModel().select(sessions.index_of(f"{ROOT}/{looked.shown.names[1]}"), add)
    assert looked.open().first.hasFocus()


def test_that_two_others_are_compared_when_they_are_selected_while_compare_is_shown(looked: Looked) -> None:
    view, sessions = looked.window.sessions.view, looked.shown.sessions
    add = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().select(sessions.index_of(OTHER), add)
    looked.window.actions_["actionCompare"].trigger()
    looked.pane.swap.click()
    assert looked.asked[-1] == SidesQuestion(THERE, EDITS)  # what was chosen of these two stays
    third, fourth = (f"{ROOT}/{looked.shown.names[number]}" for number in (1, 2))
    looked.shown.open(looked.shown.names[1])
    view.selectionModel().select(sessions.index_of(fourth), add)
    assert looked.asked[-1] == SidesQuestion(Side(third, "edits"), Side(fourth, "now"))


def selected(sheet: PickSheet) -> Side | None:
    """The side that Enter would choose."""
    choice = sheet._model.choice_at(sheet.table.currentIndex().row())
    return choice.side if choice is not None else None


def test_that_the_session_before_of_the_subject_is_chosen_already_and_the_disk_where_there_are_edits(
    looked: Looked,
) -> None:
    before = summary("764521_2026-11-22_14-05")
    looked.shown.sessions.apply(Delta(added=(before,)))
    sheet = looked.open()
    assert selected(sheet) == Side(before.directory, "now")
    looked.qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    assert looked.asked[-1] == SidesQuestion(EDITS, Side(before.directory, "now"))
    looked.shown.type_value("150", "trial_count")
    assert selected(looked.open()) == Side(HERE, "now")


def test_that_the_version_that_is_looked_at_is_chosen_already_until_another_one_is(looked: Looked) -> None:
    versions = (version(1), version(2, "edit"), version(3, "edit", current=True))
    told = HistoryRead(ReadHistory(HERE), versions)
    back = looked.window.back
    back.go_to_history()
    back.history.show_history(told)
    looked.window.sides.show_history(told)
    back.history.table.choose(1)
    sheet = looked.open()
    assert selected(sheet) == Side(HERE, 1)
    looked.qtbot.keyClick(sheet.table, Qt.Key.Key_Up)
    looked.window.sides.show_history(told)  # which is asked for as the sheet opens
    assert selected(sheet) == Side(HERE, 2)
    looked.qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    back.go_to_history()
    back.history.table.choose(3)
    assert selected(looked.open()) == Side(HERE, 2)


def test_that_what_is_known_late_is_chosen_then(looked: Looked) -> None:
    sheet = looked.open()
    assert selected(sheet) == Side(HERE, "now")
    versions = (version(1), version(2, "edit"), version(3, "edit", current=True))
    looked.window.sides.show_history(HistoryRead(ReadHistory(HERE), versions))
    assert selected(sheet) == Side(HERE, 2)


def test_that_escape_compares_nothing_and_leads_back_to_where_one_was(looked: Looked) -> None:
    tabs, state = looked.window.detail.tabs, looked.window.detail.state
    state.view.setFocus()
    looked.qtbot.keyClick(looked.open(), Qt.Key.Key_Escape)
    assert looked.asked == []
    assert tabs.currentWidget() is state
    assert state.view.hasFocus()
    looked.open()
    looked.pick("771830")
    assert tabs.currentWidget() is looked.pane


def test_that_the_tab_says_how_to_begin_and_escape_leaves_one_there(looked: Looked) -> None:
    tabs = looked.window.detail.tabs
    tabs.setCurrentWidget(looked.pane)
    assert looked.says("What is to be compared with this session?")
    looked.qtbot.keyClick(looked.open(), Qt.Key.Key_Escape)
    assert tabs.currentWidget() is looked.pane


def test_that_versions_are_offered_as_soon_as_they_are_known(looked: Looked) -> None:
    looked.open()
    versions = (version(1), version(2, current=True))
    looked.window.sides.show_history(HistoryRead(ReadHistory(f"{ROOT}/other"), (version(9),)))
    looked.window.sides.show_history(HistoryRead(ReadHistory(HERE), versions))
    names = [str(looked.sheet.table.model().index(row, 1).data()) for row in range(3)]
    assert names[:2] == ["As it is on disk", "Version 1"]
    looked.pick("version 1")
    assert looked.asked == [SidesQuestion(EDITS, Side(HERE, 1))]


def test_that_the_keyboard_is_in_the_table_once_there_is_a_comparison(looked: Looked) -> None:
    looked.open()
    looked.pick("08-55")
    looked.answer(document({"a": 1, "b": 1}), document({"a": 2, "b": 1}))
    assert looked.pane.table.hasFocus()
    looked.pane.filter.setFocus()
    looked.pane.ask()
    looked.answer(document({"a": 1, "b": 1}), document({"a": 2, "b": 1}))
    assert looked.pane.filter.hasFocus()


def test_that_versions_are_asked_for_each_time_because_there_may_be_more(looked: Looked) -> None:
    sheet = looked.open()
    looked.window.sides.show_history(HistoryRead(ReadHistory(HERE), (version(1), version(2, current=True))))
    looked.qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    looked.open()
    assert looked.histories == [HERE, HERE]
    more = HistoryRead(ReadHistory(HERE), (version(1), version(2), version(3, current=True)))
    looked.window.sides.show_history(more)
    assert str(looked.sheet.table.model().index(1, 1).data()) == "Version 2"


def test_that_nothing_that_is_found_cannot_be_chosen(looked: Looked) -> None:
    sheet = looked.open()
    looked.pick("nonsense")
    assert sheet.isVisible()
    assert not sheet._choose.isEnabled()
    sheet.field.clear()
    looked.qtbot.keyClick(sheet.field, Qt.Key.Key_Down)
    assert sheet.table.hasFocus()
    looked.qtbot.keyClick(sheet.table, Qt.Key.Key_Down)
    sheet._choose.click()
    assert len(looked.asked) == 1


def test_that_sides_are_exchanged_and_chosen_anew(looked: Looked) -> None:
    looked.open()
    looked.pick("08-55")
    looked.qtbot.mouseClick(looked.pane.swap, Qt.MouseButton.LeftButton)
    assert looked.asked[-1] == SidesQuestion(THERE, EDITS)
    looked.qtbot.mouseClick(looked.pane.left, Qt.MouseButton.LeftButton)
    looked.pick("on disk")
    assert looked.asked[-1] == SidesQuestion(Side(HERE, "now"), EDITS)


def test_that_equal_rows_and_a_filter_are_asked_for(looked: Looked) -> None:
    looked.open()
    looked.pick("08-55")
    assert looked.pane.equal.isChecked()
    looked.answer(document({"a": 1}), document({"a": 2}))
    looked.qtbot.keyClick(looked.pane.equal, Qt.Key.Key_Space)
    looked.qtbot.keyClicks(looked.pane.filter, "x")
    assert looked.asked[-1] == SidesQuestion(EDITS, THERE, equal=True, words="x")
    early = SidesAnswer(looked.asked[0], compare(document({}), document({"late": 1})))
    looked.pane.show_comparison(early)
    assert str(looked.pane.table.differences.index(0, 0).data()) == "a"


def test_that_the_selected_rows_are_copied_into_this_session(looked: Looked) -> None:
    looked.open()
    looked.pick("08-55")
    looked.answer(document({"a": 1, "b": 2, "c": 3}), document({"a": 9, "b": 8}))
    looked.choose_rows()
    assert not looked.window.actions_["actionCopyAcross"].isEnabled()
    looked.choose_rows(0, 2)
    assert looked.window.actions_["actionCopyAcross"].isEnabled()
    looked.window.actions_["actionCopyAcross"].trigger()
    looked.qtbot.keyClick(looked.pane.copy, Qt.Key.Key_Return)
    changes = (Change(PREDICTIVE, ("a",), 1, 9), Change(PREDICTIVE, ("c",), 3, ABSENT))
    assert looked.copied == [CopyAcross(HERE, changes)] * 2


def test_that_no_row_is_selected_before_somebody_does(looked: Looked) -> None:
    looked.open()
    looked.pick("08-55")
    looked.answer(document({"subject_id": "m1", "b": 2}), document({"subject_id": "m2", "b": 8}))
    table = looked.pane.table
    assert table.hasFocus()
    looked.pane.copy.click()
    looked.pane.copy_across()
    looked.qtbot.keyClick(table, Qt.Key.Key_Tab)
    looked.qtbot.keyClick(table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert (looked.copied, table.chosen, looked.pane.can_copy) == ([], (), False)
    assert not looked.says("subject_id is taken over")


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Home])
def test_that_the_first_key_selects_the_first_row_and_that_it_is_the_subject_is_said(
    looked: Looked, key: Qt.Key
) -> None:
    looked.open()
    looked.pick("08-55")
    looked.answer(document({"subject_id": "m1", "b": 2}), document({"subject_id": "m2", "b": 8}))
    looked.qtbot.keyClick(looked.pane.table, key)
    told = (
        "subject_id is taken over: m2 instead of m1. "
        "Whose session this is stands in session.json, where that names a subject."
    )
    assert looked.says(told)
    looked.qtbot.keyClick(looked.pane.table, Qt.Key.Key_Down)
    assert [row.place for row in looked.pane.table.chosen] == [("b",)]
    assert not looked.says("subject_id is taken over")


def test_that_copying_goes_the_other_way_when_the_sides_are_exchanged(looked: Looked) -> None:
    looked.open()
    looked.pick("08-55")
    looked.pane.swap.click()
    looked.answer(document({"a": 9}), document({"a": 1}))
    looked.choose_rows(0)
    looked.pane.copy.click()
    assert looked.copied == [CopyAcross(HERE, (Change(PREDICTIVE, ("a",), 1, 9),))]


def test_that_nothing_is_copied_where_there_is_no_place_or_no_leave(looked: Looked, shown: Shown) -> None:
    looked.open()
    looked.pick("08-55")
    two = documents({name: {"attributes": {"a": 1}} for name in (PREDICTIVE, SLAP2)})
    looked.answer(document({"a": 1}), two)
    looked.choose_rows(0)
    assert not looked.pane.can_copy  # the launcher is not in this session
    shown.open(shown.names[1])  # running
    looked.answer(document({"a": 1}), document({"a": 2}))
    looked.choose_rows(0)
    assert not looked.pane.can_copy


def test_that_two_versions_are_only_looked_at(looked: Looked) -> None:
    looked.open()
    looked.window.sides.show_history(
        HistoryRead(ReadHistory(HERE), (version(1), version(2), version(3, current=True)))
    )
    looked.pick("version 1")
    looked.pane.left.click()
    looked.pick("version 2")
    looked.answer(document({"a": 1}), document({"a": 2}))
    looked.choose_rows(0)
    assert looked.titles() == ("Version 2", "Version 1")
    assert not looked.pane.copy.isVisible()
    assert not looked.window.actions_["actionCopyAcross"].isEnabled()


def test_that_launchers_of_other_classes_are_said_to_be_compared_by_name(looked: Looked) -> None:
    looked.open()
    looked.pick("08-55")
    looked.answer(document({"a": 1}), documents({SLAP2: {"attributes": {"a": 2}}}))
    assert looked.says("Compared by attribute name: PredictiveLauncher with Slap2Launcher.")


def test_that_the_other_session_stays_while_one_goes_from_session_to_session(
    looked: Looked, shown: Shown
) -> None:
    looked.open()
    looked.pick("08-55")
    shown.open(shown.names[1])
    here = Side(f"{ROOT}/{shown.names[1]}", "edits")
    assert looked.asked[-1] == SidesQuestion(here, THERE)
    shown.open(shown.names[2])  # which is the other one itself
    assert looked.says("What is to be compared with this session?")


def test_that_edits_are_compared_anew_and_named(looked: Looked, shown: Shown) -> None:
    looked.open()
    looked.pick("on disk")
    before = len(looked.asked)
    assert shown.type_value("150", "trial_count")
    assert len(looked.asked) == before + 1
    assert looked.titles() == ("This session, with 1 unsaved edit", "This session, on disk")


def test_that_a_side_that_cannot_be_read_is_told_with_a_way_on(looked: Looked) -> None:
    looked.open()
    looked.pick("08-55")
    looked.pane.show_comparison(SidesAnswer(looked.asked[-1], problem="It is <b>gone</b>."))
    assert looked.says("It is <b>gone</b>.")
    looked.pane._message.chosen.emit("choose")
    assert looked.sheet.isVisible()

"""The History tab in the window: what is asked for, what is shown, what is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSplitter
from pytestqt.qtbot import QtBot

from app.change_errands import Restore
from app.past_errands import HistoryRead, ReadHistory
from app.past_exchange import VersionAnswer, VersionQuestion
from app.session import Problem
from app.values.differences import compare
from app.views.history.bring_back_sheet import BringBackSheet
from app.views.history.history_pane import HistoryPane
from persistence.files.version_log import Version
from tests.app.models.history.test_versions import version
from tests.app.views.seen import laid_out, texts
from tests.sample_window import Shown
from tests.samples import ROOT, document

DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"
MANY = tuple(version(number, current=number == 13) for number in range(1, 14))
THREE = (version(1), version(2, "edit"), version(3, current=True))


class Looked:
    """The pane of a window, looked at; `asked` is what it asked for."""

    def __init__(self, shown: Shown) -> None:
        self.window = shown.window
        self.pane: HistoryPane = shown.window.back.history
        self.asked: list[object] = []
        self.restores: list[object] = []
        self.pane.history_wanted.connect(self.asked.append)
        self.pane.difference_wanted.connect(self.asked.append)
        self.window.back.bring_back_requested.connect(self.restores.append)
        self.window.actions_["actionHistory"].trigger()

    def tell(self, *versions: Version, directory: str = DIRECTORY) -> None:
        self.pane.show_history(HistoryRead(ReadHistory(directory), versions))

    def answer(self, sequence: int, *, equal: bool = False) -> None:
        comparison = compare(document({"a": 1, "b": 1}), document({"a": 2, "b": 1}), equal=True)
        self.pane.show_difference(VersionAnswer(VersionQuestion(DIRECTORY, sequence, equal), comparison))

    def says(self, words: str) -> bool:
        labels = self.pane.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())

    def allowed(self, name: str) -> bool:
        return self.window.actions_[f"action{name}"].isEnabled()


@pytest.fixture
def looked(shown: Shown) -> Looked:
    return Looked(shown)


def test_that_history_is_asked_for_when_somebody_looks_and_not_before(shown: Shown) -> None:
    asked: list[object] = []
    pane = shown.window.back.history
    pane.history_wanted.connect(asked.append)
    shown.open(shown.names[0])
    assert asked == []
    shown.window.actions_["actionHistory"].trigger()
    assert asked == [DIRECTORY]
    shown.open(shown.names[0])
    assert asked == [DIRECTORY]


def test_that_the_version_before_now_is_looked_at_first(looked: Looked) -> None:
    looked.tell(*THREE)
    assert looked.asked[-1] == VersionQuestion(DIRECTORY, 2)
    looked.answer(2)
    assert looked.says("1 attribute differs from now, 1 is equal.")
    assert looked.pane.differences.differences.rowCount() == 2


@pytest.mark.parametrize(
    ("size", "percent"), [((1024, 700), 100), ((1024, 700), 150), ((1440, 900), 150), ((1440, 900), 175)]
)
def test_that_nothing_between_the_two_tables_is_squeezed(
    looked: Looked, qtbot: QtBot, size: tuple[int, int], percent: int
) -> None:
    """In large text in a small window the buttons stood over the sentence below them."""
    pane = looked.pane
    looked.window.theme.set_percent(percent)
    looked.window.resize(*size)
    looked.window.one_pane.show_detail()
    looked.tell(*(version(number) for number in range(1, 9)), version(9, current=True))
    looked.answer(8)
    qtbot.waitUntil(lambda: pane.restore.isVisible() and pane.differences.isVisible())
    laid_out()
    sentence = next(one for one in pane.findChildren(QLabel) if "differs from now" in one.text())
    for button in (pane.copy, pane.restore):
        assert button.height() >= button.sizeHint().height()
        assert button.mapTo(pane, button.rect().bottomLeft()).y() < sentence.mapTo(pane, QPoint()).y()


def test_that_a_note_that_is_cut_in_its_row_is_told_whole_below_it(looked: Looked, qtbot: QtBot) -> None:
    note = "The pump gave 5.2 and not 6.0 since the morning; corrected by hand after block three."
    looked.tell(version(1, note=note, action="edit"), version(2, note="short", action="edit"), *THREE[2:])
    label, table = looked.pane.findChild(QLabel, "versionNote"), looked.pane.table
    assert label is not None
    for width, sequence, told in ((1024, 1, note), (1024, 2, ""), (2400, 1, "")):
        looked.window.resize(width, 700)
        looked.window.one_pane.show_detail()
        laid_out()
        table.choose(sequence)
        qtbot.waitUntil(lambda told=told: label.isVisible() == bool(told))  # type: ignore[misc]
        assert label.text() == f"Note: {told}"
    table.choose(1)
    looked.window.resize(1024, 700)
    qtbot.waitUntil(label.isVisible)
    assert label.height() >= label.heightForWidth(label.width())


def test_that_answers_about_other_versions_or_sessions_are_dropped(looked: Looked) -> None:
    looked.tell(*THREE)
    looked.answer(1)
    assert looked.pane.comparison is None
    looked.tell(version(9), directory=f"{ROOT}/other")
    assert looked.pane.model.rowCount() == 3


@pytest.mark.parametrize(
    ("problem", "too_large", "title"),
    [
        ("", False, "No versions yet"),
        ("log.jsonl: it is a folder, not a file.", False, "The history cannot be read"),
        ("3,000 bytes are more than the limit of 2,000.", True, "The history is not read yet"),
    ],
)
def test_that_a_history_that_is_not_there_says_why(
    looked: Looked, problem: str, too_large: bool, title: str
) -> None:
    looked.pane.show_history(HistoryRead(ReadHistory(DIRECTORY), (), problem, too_large))
    assert looked.says(title)
    assert looked.says(problem)


def test_that_newer_versions_leave_the_choice_alone(looked: Looked) -> None:
    looked.tell(*THREE)
    looked.pane.table.choose(1)
    looked.tell(version(1), version(2), version(3), version(4, current=True))
    assert looked.pane.chosen == version(1)


def test_that_equal_attributes_are_asked_for_with_the_tick(looked: Looked, qtbot: QtBot) -> None:
    looked.tell(*THREE)
    looked.answer(2)
    tick = looked.pane.equal
    assert tick.isVisible()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert looked.asked[-1] == VersionQuestion(DIRECTORY, 2, equal=True)


@pytest.mark.parametrize(
    ("sequence", "restore", "copy", "words"),
    [
        (3, False, True, "This is what the session holds now."),
        (2, True, True, "1 attribute differs from now"),
        (1, False, False, "not kept any more"),
    ],
)
def test_that_what_cannot_be_done_with_a_version_is_not_offered(
    looked: Looked, sequence: int, restore: bool, copy: bool, words: str
) -> None:
    looked.tell(version(1, available=False), *THREE[1:])
    looked.pane.table.choose(sequence)
    if restore:
        looked.answer(sequence)
    offered = (
        looked.pane.restore.isEnabled() and looked.pane.restore.isVisible(),
        looked.pane.copy.isEnabled(),
    )
    assert offered == (restore, copy)
    assert (looked.allowed("RestoreVersion"), looked.allowed("SaveCopy")) == (restore, copy)
    assert looked.says(words)


@pytest.mark.parametrize("damaged", [False, True])
def test_that_from_another_tab_one_comes_to_the_versions_before_one_is_restored(
    looked: Looked, shown: Shown, damaged: bool
) -> None:
    directory, tabs = shown.window.selected_directory or "", shown.window.detail.tabs
    problem = Problem("damaged", "damaged") if damaged else None
    tabs.setCurrentWidget(shown.window.detail.state)
    for versions, offered in ((0, False), (1, damaged), (3, True)):
        now = replace(shown.snapshots[directory], versions=versions, problem=problem)
        shown.window.show_session(replace(now, document=None) if damaged else now, None)
        assert looked.allowed("RestoreVersion") == offered
    shown.window.actions_["actionRestoreVersion"].trigger()
    assert tabs.currentWidget() is looked.pane
    assert QApplication.focusWidget() is looked.pane.table
    assert shown.window.findChild(BringBackSheet) is None
    assert not looked.allowed("RestoreVersion")  # nobody has seen yet what it changes


def sheet(looked: Looked) -> BringBackSheet:
    found = looked.window.findChild(BringBackSheet)
    assert found is not None
    return found


def test_that_restoring_asks_first_shows_the_difference_and_carries_what_was_seen(
    looked: Looked, qtbot: QtBot
) -> None:
    looked.tell(*THREE)
    looked.answer(2, equal=False)
    looked.window.actions_["actionRestoreVersion"].trigger()
    opened = sheet(looked)
    cells = [str(opened.table.differences.index(0, column).data()) for column in range(4)]
    assert cells == ["a", "2", "1", "Changed"]
    assert opened._do.hasFocus()
    qtbot.keyClick(opened._do, Qt.Key.Key_Return)
    assert looked.restores == [Restore(DIRECTORY, 2, "1")]


def test_that_restore_stays_where_it_is_whichever_version_is_chosen(looked: Looked) -> None:
    looked.window.resize(1024, 700)
    looked.window.one_pane.show_detail()
    noted = [replace(one, note="a long note " * 12) if one.sequence == 4 else one for one in MANY]
    looked.tell(*noted)
    places = set()
    for sequence in (5, 4, 3):
        looked.pane.table.choose(sequence)
        looked.answer(sequence)
        laid_out()
        places.add(looked.pane.restore.mapTo(looked.window, QPoint(0, 0)).y())
    assert looked.pane.restore.isVisible()
    assert len(places) == 1


def test_that_a_note_goes_with_what_is_restored(looked: Looked, qtbot: QtBot) -> None:
    looked.tell(*THREE)
    looked.answer(2, equal=False)
    looked.window.actions_["actionRestoreVersion"].trigger()
    opened = sheet(looked)
    assert opened.note.isVisible()
    assert opened._do.hasFocus()
    for letter in "wrong fibre ":
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert looked.restores == [Restore(DIRECTORY, 2, "1", "wrong fibre")]


def test_that_ages_follow_the_clock_of_the_list(looked: Looked, monkeypatch: pytest.MonkeyPatch) -> None:
    """They stood still for as long as the sheet, or the tab, was open."""
    looked.tell(*THREE)
    looked.answer(2)
    looked.window.actions_["actionRestoreVersion"].trigger()
    opened, clock = sheet(looked), looked.window.sessions.ticked
    then = datetime(2026, 11, 23, 14, 5, 10)
    for later, told in ((timedelta(minutes=3), ", 3 min ago."), (timedelta(minutes=5), ", 5 min ago.")):
        monkeypatch.setattr("tests.sample_window.NOW", then + later)
        clock.emit()
        assert f"It was saved 2026-11-23 14:05:10{told}" in texts(opened)
    opened.close_sheet()
    monkeypatch.setattr("tests.sample_window.NOW", then + timedelta(days=1))
    painted: list[QModelIndex] = []
    looked.pane.model.dataChanged.connect(lambda first, last: painted.extend((first, last)))
    for _ in range(2):
        clock.emit()
    assert [(one.row(), one.column()) for one in painted] == [(0, 1), (2, 1)]
    assert looked.pane._made.accessibleName() == "edited yesterday 14:05:10 by rig3"


def test_that_escape_restores_nothing(looked: Looked, qtbot: QtBot) -> None:
    looked.tell(*THREE)
    looked.answer(2)
    looked.window.actions_["actionRestoreVersion"].trigger()
    opened = sheet(looked)
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    assert not opened.isVisible()
    assert looked.restores == []


def test_that_nothing_is_restored_before_one_can_see_what_it_changes(looked: Looked) -> None:
    looked.tell(*THREE)
    assert not looked.allowed("RestoreVersion")
    assert not looked.pane.restore.isEnabled()
    looked.answer(2)
    assert looked.allowed("RestoreVersion")
    assert looked.pane.restore.isEnabled()


@pytest.mark.parametrize("why", ["running", "edited"])
def test_that_restoring_is_refused_while_the_session_runs_and_goes_below_edits(
    looked: Looked, shown: Shown, why: str
) -> None:
    if why == "running":
        shown.open(shown.names[1])
        looked.tell(*THREE, directory=f"{ROOT}/{shown.names[1]}")
    else:
        shown.type_value("16", "trial_count")
        looked.tell(*THREE)
    directory = shown.window.selected_directory or ""
    comparison = compare(document({"a": 1}), document({"a": 2}))
    looked.pane.show_difference(VersionAnswer(VersionQuestion(directory, 2), comparison))
    looked.window.actions_["actionRestoreVersion"].trigger()
    opened = sheet(looked)
    assert opened._do.isEnabled() == (why == "edited")
    texts = " ".join(label.text() for label in opened.findChildren(QLabel))
    assert ("still running" if why == "running" else "Your unsaved edit is kept") in texts
    opened.close_sheet()


def test_that_the_tab_counts_versions_also_where_there_is_no_state(shown: Shown) -> None:
    tabs = shown.window.detail.tabs
    for name in (shown.names[0], shown.names[3], shown.names[5]):  # sound, damaged, cleared
        shown.open(name)
        assert tabs.tabText(tabs.indexOf(shown.window.back.history)) == "History (3)"


def test_that_a_session_without_versions_says_so(looked: Looked) -> None:
    looked.tell()
    assert looked.says("No versions yet")
    looked.tell(version(1, current=True))
    assert not looked.says("No versions yet")


def test_that_all_versions_are_in_sight_also_when_one_more_comes(looked: Looked, qtbot: QtBot) -> None:
    """Up to half of the pane; then the table scrolls, with the chosen version in sight."""
    table, bar = looked.pane.table, looked.pane.table.verticalScrollBar()
    looked.tell(version(1), version(2, current=True))
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    for newest in (3, 6):
        looked.tell(*(version(number) for number in range(1, newest)), version(newest, current=True))
        qtbot.waitUntil(lambda: bar.maximum() == 0)
    looked.tell(*(version(number) for number in range(1, 80)), version(80, current=True))
    qtbot.waitUntil(lambda: abs(table.height() - looked.pane.height() // 2) < 4)
    row = table.visualRect(table.model().index(table.currentIndex().row(), 0))
    assert table.viewport().rect().contains(row)


def test_that_a_height_that_was_pulled_is_kept(looked: Looked, qtbot: QtBot) -> None:
    looked.tell(*THREE)
    splitter = looked.pane.table.parentWidget()
    assert isinstance(splitter, QSplitter)
    splitter.moveSplitter(200, 1)
    qtbot.waitUntil(lambda: looked.pane.table.height() > 190)
    looked.tell(version(1), version(2), version(3), version(4, current=True))
    assert looked.pane.table.height() > 190


def test_that_versions_and_differences_are_all_reached_in_large_text_in_a_small_window(
    looked: Looked, qtbot: QtBot
) -> None:
    """At 200 % there were one row and a half, and below them no difference."""
    pane = looked.pane
    looked.window.theme.set_percent(200)
    looked.window.resize(1024, 700)
    looked.window.one_pane.show_detail()
    looked.tell(*(version(number) for number in range(1, 6)), version(6, current=True))
    looked.answer(5)
    qtbot.waitUntil(pane.differences.isVisible)
    laid_out()
    for table in (pane.table, pane.differences):
        row = table.verticalHeader().defaultSectionSize()
        assert table.viewport().height() >= 2 * row
        table.setFocus()
        assert table.visibleRegion().boundingRect().height() == table.height()
    QTest.keyClick(pane.differences, Qt.Key.Key_Tab)
    assert pane.equal.hasFocus()
    assert pane.equal.visibleRegion().boundingRect().height() == pane.equal.height()


def test_that_versions_have_their_room_again_when_the_text_is_small_again(
    looked: Looked, qtbot: QtBot
) -> None:
    looked.window.theme.set_percent(200)
    looked.window.resize(1024, 700)
    looked.window.one_pane.show_detail()
    looked.tell(*(version(number) for number in range(1, 6)), version(6, current=True))
    laid_out()
    bar = looked.pane.table.verticalScrollBar()
    assert bar.maximum() > 0
    looked.window.theme.set_percent(100)
    looked.window.resize(1440, 900)
    qtbot.waitUntil(lambda: bar.maximum() == 0)

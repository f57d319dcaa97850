"""The Trend tab: what it asks, when, and what it shows of the answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.editing.edits import SetValue
from app.exchange import Banner
from app.models.trend.points import MOST
from app.session import Delta, Problem
from app.value_errands import Trace, Traced
from app.values.cells import Cell
from app.views.trend.trend_view import TrendView
from tests.app.views.trend.conftest import OTHER, OWN, VALUES, Looked, directory
from tests.samples import PREDICTIVE, ROOT, SLAP2, summary

COUNT = Trace("trend", "trial_count", "PredictiveLauncher", "764521", MOST)


def test_that_nothing_is_asked_and_nothing_loaded_before_somebody_looks(looked: Looked) -> None:
    looked.shown.open(looked.shown.names[0])
    assert (looked.asked, looked.wanted) == ([], [])
    looked.look()
    assert (looked.asked, looked.wanted) == ([COUNT], ["plot"])
    looked.window.detail.tabs.setCurrentIndex(0)
    looked.look()
    assert (looked.asked, looked.wanted) == ([COUNT], ["plot"])


def test_that_sessions_are_listed_newest_first_also_without_a_plot(looked: Looked) -> None:
    looked.look()
    looked.tell()
    assert looked.rows() == ["15", "142", "", "64", "124", "109", "104"]
    assert looked.says("Sessions of subject 764521, oldest to newest  ·  1 without a number")
    assert looked.says("The plot is being loaded")
    looked.trends.show_plot("No module named 'numpy'.")
    assert looked.says("The plot cannot be drawn: No module named 'numpy'.")


def test_that_a_number_is_chosen_also_a_nested_one_and_stays_chosen(looked: Looked) -> None:
    looked.look()
    looked.choose("custom_settings.param2")
    assert looked.asked[-1].name == "custom_settings.param2"
    looked.tell({})
    assert looked.rows() == ["42"]
    looked.window.detail.tabs.setCurrentIndex(0)
    looked.look()
    assert looked.pane.attribute.currentText() == "custom_settings.param2"


def test_that_the_number_of_the_current_row_is_shown(looked: Looked) -> None:
    view = looked.window.detail.state.view
    view.setCurrentIndex(looked.shown.state.find(PREDICTIVE, ("reward_volume_ul",)))
    looked.look()
    assert looked.asked[-1].name == "reward_volume_ul"


def test_that_of_two_launchers_with_one_name_the_one_that_was_chosen_is_followed(looked: Looked) -> None:
    looked.shown.open(looked.shown.names[2])
    looked.look()
    looked.choose("trial_count (Slap2Launcher)")
    assert looked.pane.attribute.currentText() == "trial_count (Slap2Launcher)"
    assert looked.asked[-1].launcher == "Slap2Launcher"
    looked.shown.open(looked.shown.names[0])
    assert looked.asked[-1].launcher == "PredictiveLauncher"
    looked.shown.open(looked.shown.names[2])
    assert looked.asked[-1].launcher == "Slap2Launcher"


def test_that_each_launcher_has_the_number_back_that_was_chosen_last_for_it(looked: Looked) -> None:
    looked.look()
    assert looked.pane.attribute.currentText() == "trial_count"
    looked.choose("reward_volume_ul")
    looked.shown.open(looked.shown.names[2])
    looked.choose("trial_count (Slap2Launcher)")
    looked.shown.open(looked.shown.names[0])
    assert looked.pane.attribute.currentText() == "reward_volume_ul"


def test_that_sessions_without_a_readable_state_are_told(looked: Looked) -> None:
    looked.look()
    damaged = summary("764521_2026-11-19_09-00", launchers=(), problem=Problem("damaged", "why"))
    looked.shown.sessions.apply(Delta(added=(damaged,)))
    looked.tell()
    traced = Traced(ROOT, looked.asked[-1], (), 7, all=True, unread=(damaged.directory,))
    looked.trends.take(traced)
    looked.wait()
    assert looked.says("1 without a number  ·  1 without a readable state")


def test_that_the_current_row_says_which_of_two_launchers(looked: Looked) -> None:
    looked.shown.open(looked.shown.names[2])
    view = looked.window.detail.state.view
    view.setCurrentIndex(looked.shown.state.find(SLAP2, ("trial_count",)))
    looked.look()
    assert looked.asked[-1].launcher == "Slap2Launcher"


def test_that_all_sessions_of_the_launcher_can_be_looked_at(looked: Looked) -> None:
    looked.look()
    looked.pane.over.setCurrentIndex(1)
    looked.pane.over.activated.emit(1)
    assert looked.asked[-1] == Trace("trend", "trial_count", "PredictiveLauncher", None, MOST)
    assert looked.pane.over.currentText() == "All of PredictiveLauncher"


def test_that_late_answers_to_another_question_are_dropped(looked: Looked) -> None:
    looked.look()
    looked.choose("reward_volume_ul")
    looked.tell(errand=COUNT)
    assert looked.rows() == ["5.5"]


def test_that_a_number_that_nobody_has_is_told_in_one_sentence(looked: Looked) -> None:
    looked.shown.drafts.stage(OWN, SetValue(PREDICTIVE, ("huge",), 10**400))
    looked.look()
    looked.choose("huge")
    assert looked.says("Reading the values …")
    looked.tell({})
    assert looked.says("No session of subject 764521 has a number in huge that can be drawn.")


def test_that_values_are_being_read_until_every_watched_folder_has_answered(looked: Looked) -> None:
    looked.look()
    looked.answer(OTHER, COUNT)
    assert looked.says("Reading the values …")
    looked.answer(ROOT, COUNT, ended=False)
    assert looked.says("Reading the values …")
    looked.answer(ROOT, COUNT)
    assert looked.says("Only 764521_2026-11-23_14-05 has a number in trial_count")
    looked.watch(ROOT, OTHER, "/new")
    assert looked.says("Reading the values …")


def test_that_a_folder_that_is_watched_no_longer_does_not_count(looked: Looked) -> None:
    looked.look()
    looked.answer(ROOT, COUNT, [(directory("14_09-52"), Cell("104", 104))], 2)
    looked.answer(OTHER, COUNT, alike=40)
    assert looked.says("The newest 2 of 42 sessions")
    looked.watch(ROOT)
    looked.answer(OTHER, COUNT, alike=40)
    assert not looked.says("The newest")
    assert not looked.says("Reading the values …")


def test_that_a_single_session_is_told_in_one_sentence(looked: Looked) -> None:
    looked.look()
    looked.tell({})
    assert looked.says("Only 764521_2026-11-23_14-05 has a number in trial_count, 15: there is nothing to")


@pytest.mark.parametrize(
    ("session", "words"),
    [(3, "The file ends too early, at line 7."), (5, "This saved state has no attribute that is a number.")],
)
def test_that_a_session_without_numbers_says_why(looked: Looked, session: int, words: str) -> None:
    looked.shown.open(looked.shown.names[session])
    looked.look()
    assert looked.says(words)
    assert not looked.window.actions_["actionCopyTrend"].isEnabled()
    looked.shown.open(looked.shown.names[0])
    assert looked.rows() == ["15"]


def test_that_an_edit_shows_at_once_and_goes_with_undo(looked: Looked) -> None:
    looked.look()
    looked.tell()
    assert looked.shown.type_value("150", "trial_count")
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert looked.pane.model.index(0, 3).data(spoken) == "Completed, your edit: 150"
    assert looked.rows()[0] == "15"
    looked.window.actions_["actionUndo"].trigger()
    assert looked.pane.model.index(0, 3).data(spoken) == "Completed"


def gone_on_from(looked: Looked) -> TrendView:
    """The table, from which somebody went to the second session by the keyboard."""
    looked.look()
    looked.tell()
    table = looked.pane.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert looked.window.selected_directory == directory("22_15-12")
    return table


def test_that_a_session_is_gone_to_by_enter_and_by_a_double_click(looked: Looked) -> None:
    table = gone_on_from(looked)
    where = table.visualRect(
        looked.pane.model.index(looked.pane.model.row_of(directory("20_11-02")), 0)
    ).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert looked.window.selected_directory == directory("20_11-02")


def test_that_sessions_that_come_become_others_or_go_are_followed(looked: Looked) -> None:
    looked.look()
    looked.tell()
    looked.tell({"22_15-12": 7})
    assert looked.rows()[1] == "7"
    looked.shown.sessions.apply(Delta(removed=(directory("22_15-12"),)))
    looked.qtbot.waitUntil(lambda: len(looked.rows()) == len(VALUES))


def test_that_the_table_is_copied(looked: Looked) -> None:
    looked.look()
    looked.tell()
    looked.window.actions_["actionCopyTrend"].trigger()
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert copied[0] == ["Session", "trial_count", "Change", "Status"]
    assert copied[1] == ["764521_2026-11-23_14-05", "15", "-127", "Completed"]
    assert len(copied) == 1 + len(VALUES) + 1


def test_that_nothing_of_the_session_before_stays_while_the_next_is_read(looked: Looked) -> None:
    looked.look()
    looked.tell()
    looked.trends.forget()
    assert (looked.rows(), looked.pane.drawing.said, looked.pane.table.isVisible()) == ([], "", False)
    looked.window.show_problem(looked.shown.window.selected_directory or "", "It cannot be reached now.")
    assert looked.says("This session cannot be shown")
    assert looked.says("It cannot be reached now.")
    QGuiApplication.clipboard().setText("before")
    looked.pane.copy.click()
    assert QGuiApplication.clipboard().text() == "before"
    looked.trends.show_session(looked.shown.snapshots[OWN], None)
    assert looked.rows()[0] == "15"


def test_that_who_goes_to_a_session_by_the_table_stays_in_it(looked: Looked) -> None:
    table = gone_on_from(looked)
    assert table.hasFocus()


def test_that_equal_answers_draw_nothing_anew(looked: Looked) -> None:
    looked.look()
    looked.tell()
    drawn = looked.trends._drawn
    looked.tell()
    assert looked.trends._drawn is drawn


def test_that_the_plot_has_the_room_that_a_short_table_does_not_need(looked: Looked) -> None:
    splitter = looked.pane.drawing.splitter
    looked.look()
    looked.tell()
    looked.qtbot.waitUntil(lambda: splitter.sizes()[0] * 2 >= sum(splitter.sizes()))
    many, few = splitter.sizes()[1], ["14_09-52"]
    looked.choose("reward_volume_ul")
    looked.tell(dict.fromkeys(few, 3))
    looked.qtbot.waitUntil(lambda: splitter.sizes()[1] < many)
    assert looked.pane.table.verticalScrollBar().maximum() == 0
    splitter.moveSplitter(220, 1)
    pulled = splitter.sizes()
    looked.tell()
    assert splitter.sizes() == pulled


def test_that_whose_sessions_are_looked_at_is_read_in_full(looked: Looked) -> None:
    looked.window.resize(1440, 900)
    looked.look()
    looked.tell()
    box = looked.pane.over
    looked.qtbot.waitUntil(lambda: box.width() >= box.sizeHint().width())
    assert box.sizeHint().width() > box.fontMetrics().horizontalAdvance("All of PredictiveLauncher")


@pytest.mark.parametrize("by", ["filter", "chip"])
def test_that_a_session_that_the_list_hides_is_gone_to_and_that_is_said(looked: Looked, by: str) -> None:
    sessions, there = looked.window.sessions, directory("17_10-44")
    looked.look()
    looked.tell()
    if by == "filter":
        sessions.filter.setText("764521_2026-11-23")
    else:
        sessions.set_chip("problems")
    looked.qtbot.waitUntil(lambda: not looked.shown.sessions.index_of(there).isValid())
    looked.trends.session_chosen.emit(there)
    looked.qtbot.waitUntil(lambda: looked.window.selected_directory == there)
    assert (sessions.filter.text(), sessions.chip) == ("", "all")
    said = looked.window.status.message.accessibleName()
    assert said == "764521_2026-11-17_10-44 was hidden by the filter: all sessions are shown now."


def test_that_going_to_a_session_that_is_listed_leaves_the_filter_alone(looked: Looked) -> None:
    looked.look()
    looked.tell()
    looked.window.sessions.filter.setText("764521")
    looked.trends.session_chosen.emit(directory("17_10-44"))
    looked.qtbot.waitUntil(lambda: looked.window.selected_directory == directory("17_10-44"))
    assert looked.window.sessions.filter.text() == "764521"


def test_that_the_mark_goes_to_the_session_that_was_gone_to(looked: Looked) -> None:
    looked.look()
    looked.tell()
    view = looked.pane.table
    assert looked.pane.model.row_of(OWN) == view.currentIndex().row()
    looked.trends.session_chosen.emit(directory("17_10-44"))
    looked.shown.open("764521_2026-11-17_10-44")
    looked.tell()
    row = looked.pane.model.row_of(directory("17_10-44"))
    assert [index.row() for index in view.selectionModel().selectedRows()] == [row]


def test_that_no_line_lies_over_the_table_where_there_is_little_room(looked: Looked) -> None:
    looked.look()
    looked.tell()
    assert looked.says("Sessions of subject 764521")
    looked.window.resize(1024, 600)
    for number in range(4):
        looked.window.show_banner(Banner(str(number), "blue", f"notice {number}"))
    looked.qtbot.waitUntil(lambda: not looked.says("Sessions of subject 764521"))
    drawing, table = looked.pane.drawing.place, looked.pane.table
    looked.qtbot.waitUntil(lambda: not drawing.geometry().intersects(table.geometry()))
    for number in range(4):
        looked.window.remove_banner(str(number))
    looked.window.resize(1440, 900)
    looked.qtbot.waitUntil(lambda: looked.says("Sessions of subject 764521"))

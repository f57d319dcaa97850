"""The Changes tab: what is not saved, line by line, and the ways from there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.editing.edits import RemoveValue, SetValue
from app.models.saving.changes import ChangeColumn
from app.views.parts.message_page import Notice
from app.views.saving.changes_pane import ChangesPane
from app.views.style.painting import text_width
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT, SLAP2

Key = Qt.Key
DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"


def pane(shown: Shown) -> ChangesPane:
    """The tab, shown."""
    shown.window.detail.tabs.setCurrentWidget(shown.window.detail.changes)
    return shown.window.detail.changes


def tab_text(shown: Shown) -> str:
    tabs = shown.window.detail.tabs
    return tabs.tabText(tabs.indexOf(shown.window.detail.changes))


def rows(shown: Shown) -> list[list[object]]:
    model = shown.window.detail.changes.view.model()
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def test_that_an_empty_tab_says_what_will_stand_there(shown: Shown) -> None:
    said = [label.text() for label in pane(shown).findChildren(QLabel) if label.isVisible()]
    assert said == ["No unsaved edits", "What you edit in the State tab is listed here until it is saved."]
    assert tab_text(shown) == "Changes"


def test_that_each_change_is_a_line_and_the_tab_says_how_many(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    shown.type_value("0.5", "custom_settings", "thresholds", "lick")
    assert tab_text(shown) == "Changes (2)"
    assert rows(shown) == [
        ["trial_count", "15", "150", "integer, stays"],
        ["custom_settings › thresholds › lick", "0.35", "0.5", "decimal, stays"],
    ]
    shown.drafts.undo(DIRECTORY)
    assert tab_text(shown) == "Changes (1)"


def test_that_a_value_that_has_no_room_gets_what_types_do_not_need(shown: Shown) -> None:
    shown.window.resize(1440, 900)
    table = pane(shown).view
    shown.type_value("a much longer phase", "experiment_phase")
    laid_out()
    mono = shown.theme.font("mono_strong")
    assert text_width("a much longer phase", mono) < table.columnWidth(ChangeColumn.AFTER) - 16
    shown.type_value("data", "experiment_phase")
    laid_out()
    assert table.columnWidth(ChangeColumn.TYPE) > text_width("text, stays", mono)


def test_that_long_names_leave_values_their_share(shown: Shown) -> None:
    """Values were cut where the names had half of the width."""
    shown.window.resize(1440, 900)
    table = pane(shown).view
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("custom_settings", "thresholds"), {"x" * 60: 1}))
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "a phase of many words " * 9))
    laid_out()
    assert table.columnWidth(ChangeColumn.ATTRIBUTE) <= table.viewport().width() * 2 // 5
    columns = range(table.model().columnCount())
    assert sum(map(table.columnWidth, columns)) <= table.viewport().width()


def test_that_a_name_takes_what_values_have_to_spare(shown: Shown) -> None:
    shown.window.resize(1440, 900)
    table = pane(shown).view
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("custom_settings", "thresholds"), {"x" * 6: 1}))
    laid_out()
    name = f"custom_settings › thresholds › {'x' * 6}"
    assert text_width(name, shown.theme.font("strong")) < table.columnWidth(ChangeColumn.ATTRIBUTE) - 16


def test_that_a_word_in_the_place_of_a_value_is_grey(shown: Shown) -> None:
    """ "removed" looked like a text that was typed."""
    table, amber = pane(shown).view, shown.theme.colors.hue("amber").text
    shown.drafts.stage(DIRECTORY, RemoveValue(PREDICTIVE, ("trial_count",)))
    shown.type_value("removed", "experiment_phase")
    laid_out()
    drawn, model = table.viewport().grab().toImage(), table.model()
    inks = dict[object, set[str]]()
    for row in range(model.rowCount()):
        cell = table.visualRect(model.index(row, ChangeColumn.AFTER))
        spots = [(x, y) for x in range(cell.left(), cell.right()) for y in range(cell.top(), cell.bottom())]
        inks[model.index(row, 0).data()] = {drawn.pixelColor(*spot).name() for spot in spots}
    assert amber.name() in inks["experiment_phase"]
    assert amber.name() not in inks["trial_count"]


def test_that_what_becomes_of_the_type_is_read_whole_where_values_leave_room(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    table = pane(shown).view
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("trial_count",), 15.5))
    laid_out()
    note, small = "integer becomes decimal", shown.theme.font("small")
    assert rows(shown)[0][3] == note
    assert text_width(note, small) < table.columnWidth(ChangeColumn.TYPE) - 22 - 16
    columns = range(table.model().columnCount())
    assert sum(map(table.columnWidth, columns)) <= table.viewport().width()


def test_that_with_several_launchers_each_line_names_its_own(shown: Shown) -> None:
    shown.open(shown.names[2])
    shown.type_value("2", "trial_count", namespace=SLAP2)
    assert rows(shown)[0][0] == "Slap2Launcher › trial_count"


def test_that_enter_and_a_double_click_go_to_the_attribute(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("0.5", "custom_settings", "thresholds", "lick")
    state = shown.window.detail.state
    for way in ("enter", "click"):
        view = pane(shown).view
        view.enter()
        state.filter.setText("trial_count")
        if way == "enter":
            qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
        else:
            spot = view.visualRect(view.model().index(0, 1)).center()
            qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert shown.window.detail.tabs.currentWidget() is state
        node = shown.state.node(state.view.currentIndex())
        assert node is not None
        assert node.place == ("custom_settings", "thresholds", "lick")
        assert QApplication.focusWidget() is state.view
        assert state.filter.text() == ""


def test_that_going_to_what_was_removed_leads_to_its_row(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("{}", "custom_settings", "thresholds")
    view = pane(shown).view
    view.enter()
    qtbot.keyClick(view, Key.Key_Return)
    node = shown.state.node(shown.window.detail.state.view.currentIndex())
    assert node is not None
    assert node.place == ("custom_settings", "thresholds", "lick")


def test_that_the_sign_and_delete_take_one_change_back(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    shown.type_value("washout", "experiment_phase")
    view = pane(shown).view
    sign = view.visualRect(view.model().index(0, ChangeColumn.TAKE_BACK)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert [row[0] for row in rows(shown)] == ["trial_count"]
    view.enter()
    qtbot.keyClick(view, Key.Key_Delete)
    assert tab_text(shown) == "Changes"
    shown.drafts.undo(DIRECTORY)
    assert tab_text(shown) == "Changes (1)"


def test_that_a_click_beside_the_rows_does_nothing(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    view = pane(shown).view
    below = QPoint(30, view.viewport().height() - 5)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert shown.window.detail.tabs.currentWidget() is shown.window.detail.changes
    assert tab_text(shown) == "Changes (1)"


def test_that_another_session_has_its_own_changes(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    shown.open(shown.names[2])
    assert tab_text(shown) == "Changes"
    shown.open(shown.names[0])
    assert tab_text(shown) == "Changes (1)"
    assert rows(shown)[0][0] == "trial_count"


def test_that_it_is_said_above_the_edits_that_their_folder_is_away(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    shown.window.detail.tabs.setCurrentWidget(pane(shown))
    for away, said in (("It is away since 14:00.", True), ("", False)):
        shown.window.detail.show_away(away)
        (notice,) = pane(shown).findChildren(Notice)
        assert notice.isVisible() is said
        assert notice.text == (f"{away} What you edit is kept until it can be saved." if said else "")

"""Which session is selected, whatever becomes of its row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from app.session import Delta
from tests.app.views.sessions.listed import Listed
from tests.samples import ROOT

Key = Qt.Key


def test_that_a_click_selects_a_session_once(qtbot: QtBot, listed: Listed) -> None:
    listed.click(listed.names[3], qtbot)
    listed.click(listed.names[3], qtbot)
    assert listed.selected == [f"{ROOT}/{listed.names[3]}"]


def test_that_a_filter_that_hides_the_selected_session_selects_no_other(qtbot: QtBot, listed: Listed) -> None:
    listed.click(listed.names[3], qtbot)
    listed.pane.filter.setFocus()
    qtbot.keyClicks(listed.pane.filter, "2026-11-10")
    assert listed.selected == [f"{ROOT}/{listed.names[3]}"]
    assert listed.view.selected_directory == f"{ROOT}/{listed.names[3]}"
    qtbot.keyClick(listed.pane.filter, Key.Key_Escape)
    assert listed.pane.filter.text() == ""
    assert listed.view.selectionModel().isSelected(listed.model.index_of(f"{ROOT}/{listed.names[3]}"))
    assert listed.heights_are_right()


@pytest.mark.parametrize("found", ["2026-11-23", "2026-11-10"])
def test_that_the_selected_session_is_in_sight_with_the_keyboard_when_esc_empties_the_filter(
    qtbot: QtBot, listed: Listed, found: str
) -> None:
    name = listed.names[65]  # of the last day
    listed.click(name, qtbot)
    listed.pane.filter.setFocus()
    qtbot.keyClicks(listed.pane.filter, found)
    listed.view.verticalScrollBar().setValue(0)
    qtbot.keyClick(listed.pane.filter, Key.Key_Escape)
    view, index = listed.view, listed.model.index_of(f"{ROOT}/{name}")
    qtbot.waitUntil(lambda: view.viewport().rect().intersects(view.visualRect(index)), timeout=3000)
    assert view.hasFocus()
    assert view.currentIndex().row() == index.row()


def test_that_esc_in_the_filter_leaves_the_keyboard_there_where_nothing_is_selected(
    qtbot: QtBot, listed: Listed
) -> None:
    listed.pane.filter.setFocus()
    qtbot.keyClicks(listed.pane.filter, "2026")
    qtbot.keyClick(listed.pane.filter, Key.Key_Escape)
    assert listed.pane.filter.hasFocus()


def test_that_a_session_that_is_gone_is_told_and_no_other_is_selected(qtbot: QtBot, listed: Listed) -> None:
    listed.click(listed.names[3], qtbot)
    listed.model.apply(Delta(removed=(f"{ROOT}/{listed.names[3]}",)))
    assert listed.selected == [f"{ROOT}/{listed.names[3]}", None]


def test_that_of_several_that_are_selected_the_current_one_is_shown(qtbot: QtBot, listed: Listed) -> None:
    listed.click(listed.names[3], qtbot)
    one, two = (listed.model.index_of(f"{ROOT}/{listed.names[n]}") for n in (3, 5))
    range_of = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    listed.view.selectionModel().setCurrentIndex(two, range_of)
    assert listed.view.selected_count > 1
    assert listed.selected == [f"{ROOT}/{listed.names[n]}" for n in (3, 5)]
    shown = tuple(sorted((one.row(), two.row())))
    assert listed.view.selected_directories(9) == tuple(listed.model.line(row).key for row in shown)
    assert len(listed.view.selected_directories(1)) == 1

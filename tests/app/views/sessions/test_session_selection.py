"""Which session is selected, whatever becomes of its row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import Column
from app.session import Delta
from app.views.sessions import session_selection
from tests.app.views.sessions.listed import Listed
from tests.samples import ROOT, summary

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


def select_three(listed: Listed, qtbot: QtBot) -> set[str]:
    """As a click on one and Shift with a click two rows below do; the one below is shown then."""
    listed.click(listed.names[15], qtbot)
    point = listed.view.visualRect(listed.model.index_of(f"{ROOT}/{listed.names[13]}")).center()
    qtbot.mouseClick(
        listed.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, point
    )
    listed.selected.clear()
    return {f"{ROOT}/{listed.names[n]}" for n in (13, 14, 15)}


def chosen(listed: Listed) -> set[str]:
    return set(listed.view.selected_directories(99))


def swapped(listed: Listed, one: int, other: int) -> Delta:
    """Two sessions began anew, each when the other one had."""
    names = listed.names[one], listed.names[other]
    starts = [summary(name).started for name in reversed(names)]
    return Delta(changed=tuple(summary(name, started=at) for name, at in zip(names, starts, strict=True)))


@pytest.mark.parametrize("pair", [(0, 29), (0, 14), (13, 15), (13, 29), (14, 65)])
def test_that_all_that_are_selected_stay_so_when_sessions_change_places(
    qtbot: QtBot, listed: Listed, pair: tuple[int, int]
) -> None:
    """Clear asked about one, where three had been selected."""
    three = select_three(listed, qtbot)
    told: list[int] = []
    listed.view.selection_changed.connect(lambda: told.append(listed.view.selected_count))
    listed.model.apply(swapped(listed, *pair))
    assert chosen(listed) == three
    assert listed.view.selected_directory == f"{ROOT}/{listed.names[13]}"
    assert listed.view.currentIndex().row() == listed.model.index_of(f"{ROOT}/{listed.names[13]}").row()
    assert (listed.selected, told) == ([], [])  # nothing was selected, so nobody is told


def test_that_all_that_are_selected_stay_so_when_they_are_sorted_and_grouped(
    qtbot: QtBot, listed: Listed
) -> None:
    three = select_three(listed, qtbot)
    for column in (Column.SESSION, Column.SUBJECT, Column.SAVED, Column.STATUS, -1):
        listed.view.sort_by(column)
        assert chosen(listed) == three
    for grouping in ("subject", "launcher", "none", "folder", "date"):
        listed.model.set_grouping(grouping)
        assert chosen(listed) == three
    assert listed.selected == []


def test_that_what_a_filter_or_a_folded_group_hides_is_selected_again_when_it_is_shown(
    qtbot: QtBot, listed: Listed
) -> None:
    three = select_three(listed, qtbot)
    listed.pane.filter.setText(listed.names[14])
    assert chosen(listed) == {f"{ROOT}/{listed.names[14]}"}
    listed.pane.filter.setText("")
    assert chosen(listed) == three
    listed.model.fold_all(folded=True)
    assert listed.view.selected_count == 0
    listed.model.fold_all(folded=False)
    assert chosen(listed) == three


def test_that_what_is_hidden_is_not_selected_any_more_when_others_are(qtbot: QtBot, listed: Listed) -> None:
    select_three(listed, qtbot)
    listed.pane.filter.setText("2026-11-22")
    listed.click(listed.names[40], qtbot)
    listed.pane.filter.setText("")
    assert chosen(listed) == {f"{ROOT}/{listed.names[40]}"}


def test_that_of_several_a_session_that_goes_is_not_selected_when_it_comes_back(
    qtbot: QtBot, listed: Listed
) -> None:
    three = select_three(listed, qtbot)
    gone = f"{ROOT}/{listed.names[13]}"
    listed.model.apply(Delta(removed=(gone,)))
    assert chosen(listed) == three - {gone}
    assert listed.view.selected_directory in three - {gone}
    listed.model.apply(Delta(added=(summary(listed.names[13]),)))
    assert chosen(listed) == three - {gone}


def test_that_of_more_than_are_kept_only_the_one_that_is_shown_stays_selected_and_that_is_told(
    qtbot: QtBot, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_selection, "MOST_KEPT", 2)
    select_three(listed, qtbot)
    told: list[int] = []
    listed.view.selection_changed.connect(lambda: told.append(listed.view.selected_count))
    listed.view.sort_by(Column.SESSION)
    assert told == [1]
    assert chosen(listed) == {f"{ROOT}/{listed.names[13]}"}

"""The window laid out as it was: order, chip, columns, tab, and the session that was selected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import Column, Extra
from app.session import Delta
from app.views.layout import read_layout
from app.views.style.theme import Theme
from tests.sample_window import Shown
from tests.samples import ROOT, summary

COUNT = Extra("trial_count")


@pytest.fixture
def empty(qtbot: QtBot, theme: Theme) -> Iterator[Shown]:
    """A window that has just been opened: nothing is listed yet."""
    made = Shown(theme, watching=False)
    qtbot.addWidget(made.window)
    made.window.resize(1440, 900)
    made.window.show()
    yield made
    made.window.close()


def arrive(shown: Shown, *names: str) -> None:
    shown.sessions.apply(Delta(added=tuple(summary(name) for name in names)))


def test_that_all_of_a_layout_comes_back(shown: Shown, empty: Shown) -> None:
    pane, header = shown.window.sessions, shown.window.sessions.view.horizontalHeader()
    pane.set_columns((COUNT,))
    header.setSortIndicator(5, Qt.SortOrder.DescendingOrder)
    header.resizeSection(Column.SESSION, 250)
    pane.chips.buttons["problems"].click()
    pane.put_away({Column.LAUNCHER})
    pane.scroll_sideways(True)
    shown.window.detail.show_tab("Raw")
    kept = shown.window.layout_state()
    empty.window.restore_layout({**kept, "geometry": ""})
    other = empty.window.sessions
    assert (other.columns, other.chip, other.grouping) == ((COUNT,), "problems", "date")
    assert empty.sessions.order == (5, Qt.SortOrder.DescendingOrder)
    assert other.view.horizontalHeader().sortIndicatorSection() == 5
    assert other.view.columnWidth(Column.SESSION) == 250
    assert (other.view.columns.put_away, other.view.columns.sideways) == (frozenset({Column.LAUNCHER}), True)
    assert other.view.isColumnHidden(Column.LAUNCHER)
    assert empty.window.detail.tab == "Raw"
    again = read_layout(empty.window.layout_state())
    assert again.selected == shown.window.selected_directory  # not there yet, and not forgotten


def test_that_the_session_that_was_selected_is_selected_as_soon_as_it_is_listed(empty: Shown) -> None:
    one, two, *_ = empty.names
    empty.window.restore_layout({"selected": f"{ROOT}/{two}"})
    arrive(empty, one)
    assert empty.asked_for("session_selected") == []
    arrive(empty, two)
    assert empty.window.selected_directory == f"{ROOT}/{two}"
    assert empty.asked_for("session_selected") == [f"{ROOT}/{two}"]


def test_that_a_selection_made_meanwhile_is_not_taken_away(empty: Shown) -> None:
    one, two, three, *_ = empty.names
    empty.window.restore_layout({"selected": f"{ROOT}/{two}"})
    arrive(empty, one, three)
    empty.window.select_session(f"{ROOT}/{one}")
    arrive(empty, two)
    assert empty.window.selected_directory == f"{ROOT}/{one}"
    assert empty.asked_for("session_selected") == [f"{ROOT}/{one}"]


def test_that_a_layout_read_late_leaves_what_is_selected(shown: Shown) -> None:
    now = shown.window.selected_directory
    shown.window.restore_layout({"selected": f"{ROOT}/{shown.names[1]}"})
    assert shown.window.selected_directory == now


def test_that_widths_are_kept_for_every_size_of_text(shown: Shown) -> None:
    shown.window.sessions.view.horizontalHeader().resizeSection(Column.SESSION, 250)
    shown.theme.set_percent(125)
    kept = read_layout(shown.window.layout_state()).widths
    assert kept is not None
    assert kept[Column.SESSION] * 1.25 == pytest.approx(
        shown.window.sessions.view.columnWidth(Column.SESSION), abs=2
    )


def test_that_the_layout_is_reset_from_the_menu_and_the_selection_stays(shown: Shown) -> None:
    pane, selected = shown.window.sessions, shown.window.selected_directory
    usual = {name: pane.view.columnWidth(name) for name in Column if name != Column.STATUS}
    pane.set_columns((COUNT,))
    pane.set_grouping("none")
    pane.put_away({Column.SAVED})
    pane.scroll_sideways(True)
    pane.chips.buttons["completed"].click()
    header = pane.view.horizontalHeader()
    header.setSortIndicator(Column.SUBJECT, Qt.SortOrder.AscendingOrder)
    header.resizeSection(Column.SESSION, 300)
    shown.window.detail.show_tab("History")
    shown.window.splitter.setSizes([400, 1000])
    shown.window.actions_["actionResetLayout"].trigger()
    assert (pane.columns, pane.chip, pane.grouping) == ((), "all", "date")
    assert (pane.view.columns.put_away, pane.view.columns.sideways) == (frozenset(), False)
    assert shown.sessions.order[0] == -1
    assert shown.window.detail.tab == "State"
    assert shown.window.selected_directory == selected
    shown.window.resize(1440, 900)  # the screen of tests is a small one
    assert {name: pane.view.columnWidth(name) for name in usual} == usual

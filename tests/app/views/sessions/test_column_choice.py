"""Columns by choice in the window: chosen below View and at the header, kept in their place, remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QMenu,
    QToolTip,
)
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import OUTCOME, RIG, Column, Extra
from app.session import Delta
from app.values.cells import Cell
from app.views.layout import read_layout
from app.views.sessions.column_sheet import ColumnSheet
from tests.app.views.offers import words
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import ROOT, summary

COUNT = Extra("trial_count")


def menu(shown: Shown) -> QMenu:
    return shown.window.menus.columns


def pick(shown: Shown, text: str) -> None:
    (action,) = (one for one in menu(shown).actions() if one.text().replace("&", "").split("\t")[0] == text)
    action.trigger()


def ticked(shown: Shown) -> list[str]:
    """What is ticked, whether it has room or not."""
    return [one.partition("\t")[0] for one in entries(shown)]


def entries(shown: Shown) -> list[str]:
    return [one.text().replace("&", "") for one in menu(shown).actions() if one.isChecked()]


OWN = ["Session", "Subject", "Launcher", "Saved", "Status"]


def header(shown: Shown) -> QHeaderView:
    return shown.window.sessions.view.horizontalHeader()


def titles(shown: Shown) -> list[str]:
    """The titles of the columns that are shown, from left to right."""
    order = [header(shown).logicalIndex(place) for place in range(header(shown).count())]
    seen = [column for column in order if not header(shown).isSectionHidden(column)]
    return [str(shown.sessions.headerData(one, Qt.Orientation.Horizontal)) for one in seen]


def sheet(shown: Shown) -> ColumnSheet:
    pick(shown, "Attribute…")
    found = shown.window.findChild(ColumnSheet)
    assert isinstance(found, ColumnSheet)
    return found


def test_that_columns_are_chosen_in_the_menu_and_stand_before_the_status(shown: Shown) -> None:
    assert titles(shown) == ["Session", "Subject", "Launcher", "Saved", "Status"]
    pick(shown, "Rig")
    pick(shown, "Outcome")
    assert titles(shown)[-3:] == ["Rig", "Outcome", "Status"]
    assert header(shown).stretchLastSection()
    assert ticked(shown) == [*OWN, "Rig", "Outcome"]
    pick(shown, "Rig")
    assert titles(shown)[-2:] == ["Outcome", "Status"]
    shown.sessions.set_grouping("none")  # rows are made anew
    shown.sessions.apply(Delta(added=tuple(summary(f"9_2026-11-22_10-{n:02}") for n in range(60))))
    assert titles(shown)[-2:] == ["Outcome", "Status"]


def test_that_the_header_opens_the_same_menu(qtbot: QtBot, shown: Shown) -> None:
    bars = [bar.menu() for bar in shown.window.menuBar().actions()]
    assert any(one.menu() is menu(shown) for bar in bars if isinstance(bar, QMenu) for one in bar.actions())
    header(shown).customContextMenuRequested.emit(QPoint(20, 10))
    qtbot.waitUntil(menu(shown).isVisible)
    menu(shown).close()


def test_that_the_selected_row_is_selected_in_new_columns_too(shown: Shown) -> None:
    pick(shown, "Outcome")
    view = shown.window.sessions.view
    row = view.currentIndex().row()
    selected = {index.column() for index in view.selectionModel().selectedIndexes() if index.row() == row}
    assert selected == set(range(shown.sessions.columnCount()))
    assert shown.asked_for("session_selected") == [f"{ROOT}/{shown.names[0]}"]


def test_that_an_attribute_is_picked_from_those_that_there_are(qtbot: QtBot, shown: Shown) -> None:
    with qtbot.waitSignal(shown.window.columns.names_requested):
        asked = sheet(shown)
    shown.window.columns.show_names({"trial_count": 3, "trial_type": 6, "phase": 9, "rig": 1})
    names, field = asked.findChild(QListWidget, "columnNames"), asked.findChild(QLineEdit, "columnName")
    assert isinstance(names, QListWidget)
    assert isinstance(field, QLineEdit)
    assert [names.item(i).text() for i in range(names.count())] == [
        "phase  ·  9 sessions",
        "trial_type  ·  6 sessions",
        "trial_count  ·  3 sessions",
        "rig  ·  1 session",
    ]
    qtbot.keyClicks(field, "TRIAL_C")
    assert [names.item(i).text() for i in range(names.count())] == ["trial_count  ·  3 sessions"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert shown.sessions.columns == (COUNT,)
    assert not asked.isVisible()
    assert "trial_count" in [one.text() for one in menu(shown).actions()]


def test_that_enter_takes_the_best_of_what_fits(qtbot: QtBot, shown: Shown) -> None:
    """What is typed is seldom the whole name: no column of the half of it comes, that no session has."""
    asked = sheet(shown)
    shown.window.columns.show_names({"trial_count": 3, "trial_type": 6, "phase": 9})
    qtbot.keyClicks(asked.first, "trial_c")
    qtbot.keyClick(asked.first, Qt.Key.Key_Return)
    assert shown.sessions.columns == (COUNT,)


@pytest.mark.parametrize("names", [None, {"phase": 9}])
def test_that_a_name_that_nobody_has_is_asked_about(
    qtbot: QtBot, shown: Shown, names: dict[str, int] | None
) -> None:
    asked = sheet(shown)
    if names is not None:
        shown.window.columns.show_names(names)
    qtbot.keyClicks(asked.first, "trail_count")
    qtbot.keyClick(asked.first, Qt.Key.Key_Return)
    assert "trail_count: the column would be empty. Enter shows it all the same." in words(asked)
    assert not shown.sessions.columns
    qtbot.keyClicks(asked.first, "s")
    qtbot.keyClick(asked.first, Qt.Key.Key_Return)
    assert not shown.sessions.columns
    qtbot.keyClick(asked.first, Qt.Key.Key_Return)
    assert shown.sessions.columns == (Extra("trail_counts"),)


def test_that_a_column_that_has_no_room_says_so(qtbot: QtBot, shown: Shown) -> None:
    shown.window.resize(1024, 700)
    pick(shown, "Outcome")
    said = shown.window.status.message.accessibleName
    assert said() == "No room now for Saved. View → Columns has a way to scroll sideways."
    assert [one for one in entries(shown) if "no room" in one] == [
        "Launcher\tno room now", "Saved\tno room now",
    ]  # fmt: skip
    pick(shown, "Outcome")
    shown.window.show_message("")
    shown.window.resize(1440, 900)
    pick(shown, "Outcome")
    assert said() == ""
    assert entries(shown) == [*OWN, "Outcome"]


def test_that_a_column_that_takes_the_room_of_another_says_so(shown: Shown) -> None:
    shown.window.resize(1440, 900)
    shown.window.sessions.choose_columns([Extra(f"attribute_{number}") for number in range(2)])
    gone = [title for title in OWN if title not in titles(shown)]
    assert "Launcher" in gone
    said = shown.window.status.message.accessibleName()
    assert said.startswith("No room now for ")
    assert all(title in said for title in gone)


def test_that_the_own_columns_are_put_away_and_brought_back_in_the_same_menu(shown: Shown) -> None:
    for title in ("Subject", "Launcher", "Saved"):
        pick(shown, title)
        assert title not in titles(shown)
        assert title not in ticked(shown)
    assert titles(shown) == ["Session", "Status"]
    for title in ("Subject", "Launcher", "Saved"):
        pick(shown, title)
    assert titles(shown) == OWN
    always = [one for one in menu(shown).actions() if not one.isEnabled() and not one.isSeparator()]
    assert [one.text().replace("&", "") for one in always] == ["Session", "Status"]
    assert all("always shown" in one.toolTip() for one in always)


def test_that_what_is_put_away_leaves_its_room_to_others(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    assert titles(shown) == ["Session", "Saved", "Status"]
    pick(shown, "Saved")
    assert titles(shown) == ["Session", "Subject", "Launcher", "Status"]


def test_that_all_columns_are_there_by_scrolling_sideways(shown: Shown, qtbot: QtBot) -> None:
    shown.window.resize(1024, 700)
    pick(shown, "Outcome")
    pick(shown, "All of them, scrolling sideways")
    view = shown.window.sessions.view
    assert titles(shown) == [*OWN[:-1], "Outcome", "Status"]
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert view.columnWidth(Column.STATUS) >= view.fontMetrics().horizontalAdvance("No saved state")
    assert not any("no room" in one for one in entries(shown))
    shown.window.resize(1920, 900)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
    assert header(shown).length() == view.viewport().width()
    shown.window.resize(1024, 700)
    pick(shown, "All of them, scrolling sideways")
    assert titles(shown) == ["Session", "Subject", "Outcome", "Status"]
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)


def test_that_an_attribute_can_be_typed_that_nobody_has(qtbot: QtBot, shown: Shown) -> None:
    asked = sheet(shown)
    shown.window.columns.show_names({"phase": 9})
    button = asked.findChild(QAbstractButton, "showColumn")
    assert isinstance(button, QAbstractButton)
    assert not button.isEnabled()
    qtbot.keyClicks(asked.first, "a & <b>")
    assert button.isEnabled()
    button.click()
    assert button.text() == "Show all the same"
    button.click()
    assert shown.sessions.columns == (Extra("a & <b>"),)
    assert titles(shown)[-2:] == ["a & <b>", "Status"]
    pick(shown, "a  <b>")  # the mark of a mnemonic is doubled, and taken off here
    assert not shown.sessions.columns


def test_that_one_that_was_chosen_stays_where_the_window_is_small_and_the_usual_ones_go(shown: Shown) -> None:
    pick(shown, "Outcome")
    shown.window.resize(1024, 700)
    assert titles(shown) == ["Session", "Subject", "Outcome", "Status"]
    pick(shown, "Outcome")
    assert titles(shown) == ["Session", "Saved", "Status"]


def test_that_those_that_have_no_room_are_folded_away_where_the_window_is_small(shown: Shown) -> None:
    shown.window.sessions.choose_columns([Extra("an_attribute"), Extra("outcome", field=True)])
    shown.window.resize(1024, 700)
    assert "Outcome" not in titles(shown)
    shown.window.resize(1440, 900)
    assert "Outcome" in titles(shown)


@pytest.mark.parametrize("count", [1, 2, 6])
def test_that_they_take_room_from_others_and_never_from_names_and_statuses(shown: Shown, count: int) -> None:
    chosen = [Extra(f"attribute_{number}") for number in range(count)]
    shown.sessions.set_columns(chosen)
    shown.sessions.take_values(
        tuple(extra.name for extra in chosen),
        tuple((f"{ROOT}/{name}", tuple(Cell("x" * 30) for _ in chosen)) for name in shown.names),
    )
    view = shown.window.sessions.view
    metrics = view.fontMetrics()
    assert view.columnWidth(0) >= metrics.horizontalAdvance(max(shown.names, key=len))
    assert view.columnWidth(Column.STATUS) >= metrics.horizontalAdvance("Needs newer") + 30
    assert titles(shown)[0] == "Session"
    assert titles(shown)[-1] == "Status"
    assert "attribute_0" in titles(shown)


def test_that_a_new_column_is_as_wide_as_its_title_and_what_is_in_it(qtbot: QtBot, shown: Shown) -> None:
    view = shown.window.sessions.view
    pick(shown, "Rig")
    narrow = view.columnWidth(5)
    shown.sessions.take_values(("rig",), ((f"{ROOT}/{shown.names[0]}", (Cell("a longer name"),)),))
    qtbot.waitUntil(lambda: view.columnWidth(5) > narrow)
    assert view.columnWidth(5) >= view.fontMetrics().horizontalAdvance("a longer name")


def test_that_a_click_on_one_sorts_and_the_sign_stays_with_it(qtbot: QtBot, shown: Shown) -> None:
    shown.sessions.set_columns((RIG, OUTCOME))
    point = QPoint(header(shown).sectionViewportPosition(6) + 10, 10)
    qtbot.mouseClick(header(shown).viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert (shown.sessions.order[0], header(shown).sortIndicatorSection()) == (6, 6)
    pick(shown, "Rig")
    assert (shown.sessions.order[0], header(shown).sortIndicatorSection()) == (5, 5)
    pick(shown, "Outcome")
    assert (shown.sessions.order[0], header(shown).sortIndicatorSection()) == (-1, -1)


def test_that_they_are_remembered_with_the_layout(shown: Shown) -> None:
    shown.sessions.set_columns((COUNT, OUTCOME, Extra("outcome")))
    layout = shown.window.layout_state()
    shown.sessions.set_columns(())
    shown.window.restore_layout(layout)
    assert shown.sessions.columns == (COUNT, OUTCOME, Extra("outcome"))


@pytest.mark.parametrize(
    "odd", [[], ["rig"], [{"field": "size"}, {"attribute": ""}, {"attribute": 5}, {}, None]]
)
def test_that_columns_that_make_no_sense_are_left_out(odd: object) -> None:
    assert read_layout({"columns": odd}).columns == ()
    assert len(read_layout({"columns": [{"attribute": f"a{n}"} for n in range(99)]}).columns or ()) == 20


@pytest.mark.parametrize("odd", [None, 5, "rig", {}])
def test_that_what_is_no_list_of_columns_says_nothing_of_them(odd: object) -> None:
    assert read_layout({"columns": odd}).columns is None


def test_that_what_is_pulled_wider_takes_its_room_from_the_status_first(shown: Shown, qtbot: QtBot) -> None:
    view = shown.window.sessions.view
    before = view.columnWidth(Column.STATUS)
    header(shown).resizeSection(Column.SESSION, view.columnWidth(Column.SESSION) + 60)
    shown.sessions.apply(Delta(added=(summary("9_2026-11-22_10-00"),)))  # all is fitted anew
    laid_out()
    assert view.horizontalScrollBar().maximum() == 0
    assert view.columnWidth(Column.STATUS) == before - 60
    header(shown).resizeSection(Column.SESSION, 600)
    shown.sessions.apply(Delta(added=(summary("9_2026-11-22_10-01"),)))
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert view.columnWidth(Column.STATUS) >= view.fontMetrics().horizontalAdvance("Needs newer") + 30


def test_that_names_stay_at_the_left_where_the_list_is_scrolled_sideways(shown: Shown, qtbot: QtBot) -> None:
    """Nobody is to guess whose row it is; and what is done to their title is not done to the column below."""
    shown.window.resize(1024, 700)
    pick(shown, "All of them, scrolling sideways")
    view = shown.window.sessions.view
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 100)
    names = QRect(0, 0, view.columnWidth(Column.SESSION) - 2, view.viewport().height())
    before = [part.grab(names).toImage() for part in (view.viewport(), header(shown).viewport())]
    view.horizontalScrollBar().setValue(100)
    laid_out()
    after = [part.grab(names).toImage() for part in (view.viewport(), header(shown).viewport())]
    assert after == before
    qtbot.mouseClick(header(shown).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(names.width() - 9, 9))
    assert [*shown.sessions.order] == [Column.SESSION, Qt.SortOrder.AscendingOrder]
    assert view.horizontalScrollBar().value() == 100
    beyond = QPoint(names.width() + 30, 9)
    assert header(shown).logicalIndexAt(beyond) == Column.LAUNCHER
    qtbot.mouseClick(header(shown).viewport(), Qt.MouseButton.LeftButton, pos=beyond)
    assert shown.sessions.order[0] == Column.LAUNCHER
    assert view.horizontalScrollBar().value() == 100


@pytest.fixture
def scrolled(shown: Shown, qtbot: QtBot) -> Shown:
    """Scrolled sideways, so that the title of Saved lies below the end of that of the names."""
    shown.window.resize(1024, 700)
    for text in ("Outcome", "Rig", "All of them, scrolling sideways"):
        pick(shown, text)
    view = shown.window.sessions.view
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 100)
    names = view.columnWidth(Column.SESSION)
    view.horizontalScrollBar().setValue(header(shown).sectionPosition(Column.SAVED) - names + 40)
    laid_out()
    assert header(shown).logicalIndexAt(names - 20) == Column.SAVED
    return shown


def test_that_names_that_stay_at_the_left_are_pulled_there(scrolled: Shown, qtbot: QtBot) -> None:
    """A double click pulled the column that lies below."""
    view, head, left = scrolled.window.sessions.view, header(scrolled), Qt.MouseButton.LeftButton
    names, others = view.columnWidth(Column.SESSION), range(1, head.count() - 1)
    before = [view.columnWidth(column) for column in others]
    for x in (20, head.sectionViewportPosition(Column.SAVED), names - 20):
        qtbot.mouseDClick(head.viewport(), left, pos=QPoint(x, 9))
        assert [view.columnWidth(column) for column in others] == before
    qtbot.mousePress(head.viewport(), left, pos=QPoint(names - 2, 9))
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(names + 18, 9), QPointF(), left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(head.viewport(), move)
    qtbot.mouseRelease(head.viewport(), left, pos=QPoint(names + 18, 9))
    assert view.columnWidth(Column.SESSION) == names + 20
    qtbot.mouseDClick(head.viewport(), left, pos=QPoint(names + 18, 9))
    assert view.columnWidth(Column.SESSION) == view.sizeHintForColumn(Column.SESSION) < names + 20
    assert scrolled.sessions.order[0] == -1
    assert [view.columnWidth(column) for column in others] == before


def test_that_the_tool_tip_of_names_that_stay_at_the_left_is_theirs(scrolled: Shown) -> None:
    """It was that of the column below."""
    view, tips = scrolled.window.sessions.view, list[str]()
    row = view.rowViewportPosition(scrolled.sessions.index_of(f"{ROOT}/{scrolled.names[0]}").row())
    for widget, y in ((header(scrolled).viewport(), 9), (view.viewport(), row + 5)):
        QToolTip.hideText()
        point = QPoint(view.columnWidth(Column.SESSION) - 20, y)
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point)))
        tips.append(QToolTip.text() if QToolTip.isVisible() else "")
    QToolTip.hideText()
    assert tips[0] == ""
    assert scrolled.names[0] in tips[1]

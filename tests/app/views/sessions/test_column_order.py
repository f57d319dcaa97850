"""The columns of the list in another order: by mouse, by the menu, remembered, and as before again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHeaderView, QMenu

from app.models.sessions.session_rows import OUTCOME, RIG, Column, Extra
from app.session import Delta, Problem
from app.views.layout import USUAL, read_layout
from tests.app.views.sessions.listed import Listed
from tests.sample_window import Shown
from tests.samples import summary

TRIALS = Extra("trial_count")


def header(shown: Shown) -> QHeaderView:
    return shown.window.sessions.view.horizontalHeader()


def titles(shown: Shown) -> list[str]:
    """The columns in sight, from left to right."""
    head = header(shown)
    seen = (head.logicalIndex(place) for place in range(head.count()))
    across = Qt.Orientation.Horizontal
    return [str(shown.sessions.headerData(one, across)) for one in seen if not head.isSectionHidden(one)]


def drag(shown: Shown, column: int, to: int) -> None:
    """Take a title by its middle, and let it go over another one, near the far side of that."""
    head = header(shown)

    def middle(one: int) -> QPoint:
        return QPoint(head.sectionViewportPosition(one) + head.sectionSize(one) // 2, head.height() // 2)

    far = 4 if head.visualIndex(to) > head.visualIndex(column) else -4
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=middle(column))
    for point in (middle(column) + QPoint(far * 6, 0), middle(to) + QPoint(far, 0)):
        QTest.mouseMove(head.viewport(), point)
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=middle(to) + QPoint(far, 0))


def entries(shown: Shown, way: str) -> dict[str, QAction]:
    """What the menu of columns offers to move that way."""
    menus = (one.menu() for one in shown.window.menus.columns.actions())
    found = [one for one in menus if isinstance(one, QMenu) and one.title().replace("&", "") == way]
    return {one.text().replace("&", ""): one for one in found[0].actions()}


def test_that_a_title_is_dragged_to_another_place(shown: Shown) -> None:
    assert titles(shown) == ["Session", "Subject", "Launcher", "Saved", "Status"]
    drag(shown, Column.SAVED, Column.SUBJECT)
    assert titles(shown) == ["Session", "Saved", "Subject", "Launcher", "Status"]
    assert shown.sessions.order[0] == -1  # it was no click


def test_that_the_names_stay_first(shown: Shown) -> None:
    drag(shown, Column.SESSION, Column.SAVED)
    drag(shown, Column.SAVED, Column.SESSION)
    assert titles(shown) == ["Session", "Subject", "Launcher", "Saved", "Status"]


def test_that_the_menu_moves_columns_too(shown: Shown) -> None:
    assert list(entries(shown, "Move left")) == ["Launcher", "Saved", "Status"]
    assert list(entries(shown, "Move right")) == ["Subject", "Launcher", "Saved"]
    entries(shown, "Move left")["Saved"].trigger()
    assert titles(shown) == ["Session", "Subject", "Saved", "Launcher", "Status"]
    entries(shown, "Move right")["Subject"].trigger()
    assert titles(shown) == ["Session", "Saved", "Subject", "Launcher", "Status"]
    assert list(entries(shown, "Move left")) == ["Subject", "Launcher", "Status"]


def test_that_a_column_passes_those_that_are_not_in_sight(shown: Shown) -> None:
    shown.window.sessions.put_away([Column.LAUNCHER])
    entries(shown, "Move left")["Saved"].trigger()
    assert titles(shown) == ["Session", "Saved", "Subject", "Status"]


def test_that_the_last_column_takes_the_rest_whichever_it_is(shown: Shown) -> None:
    entries(shown, "Move left")["Status"].trigger()
    head = header(shown)
    assert titles(shown)[-1] == "Saved"
    assert head.length() == shown.window.sessions.view.viewport().width()
    assert head.sectionSize(Column.STATUS) >= 100
    head.resizeSection(Column.STATUS, 150)
    shown.window.sessions.view.columns.fit()
    assert head.sectionSize(Column.STATUS) == 150
    assert shown.window.sessions.view.columns.pulled == {Column.STATUS: 150}


def test_that_nothing_is_left_free_beside_the_last_column(listed: Listed) -> None:
    listed.view.columns.order.move(Column.STATUS, -1)
    newer = summary(listed.names[0], problem=Problem("newer", "Version 2.0.0 is newer."))
    listed.model.apply(Delta(changed=(newer,)))
    listed.model.set_unsaved(newer.directory, 3)  # behind so long a word its mark wants room of its own
    head, widths = listed.view.horizontalHeader(), range(600, 760, 3)
    for width in widths:
        listed.view.resize(width, 400)
        listed.view.columns.fit()
        assert head.stretchLastSection(), width


def test_that_a_new_column_stands_before_the_status_where_that_is_last_else_last(shown: Shown) -> None:
    shown.window.resize(1800, 900)
    shown.window.sessions.view.columns.choose((), sideways=True)
    shown.window.sessions.choose_columns([OUTCOME])
    assert titles(shown)[-2:] == ["Outcome", "Status"]
    for _ in range(2):
        entries(shown, "Move left")["Status"].trigger()
    shown.window.sessions.choose_columns([OUTCOME, RIG])
    assert titles(shown) == ["Session", "Subject", "Launcher", "Status", "Saved", "Outcome", "Rig"]


def test_that_the_order_is_laid_out_again_and_reset(shown: Shown) -> None:
    placing = shown.window.placing
    shown.window.sessions.view.columns.choose((), sideways=True)
    shown.window.sessions.choose_columns([OUTCOME, TRIALS])
    for _ in range(4):
        entries(shown, "Move left")["trial_count"].trigger()
    wanted = ["Session", "trial_count", "Subject", "Launcher", "Saved", "Outcome", "Status"]
    layout = read_layout(placing.now("").as_json())
    assert layout.places == (
        TRIALS, Column.SUBJECT, Column.LAUNCHER, Column.SAVED, OUTCOME, Column.STATUS,
    )  # fmt: skip
    size = shown.window.size()
    shown.window.actions_["actionResetLayout"].trigger()
    shown.window.resize(size)
    assert titles(shown) == ["Session", "Subject", "Launcher", "Saved", "Status"]
    assert placing.now("").places == USUAL.places == ()
    placing.lay_out_list(layout)
    assert titles(shown) == wanted


def test_that_an_order_of_another_window_places_what_it_knows(shown: Shown) -> None:
    said = {"places": ["status", "nothing", {"attribute": "gone"}, "status", 7, "session", "subject"]}
    shown.window.placing.lay_out_list(read_layout(said))
    assert titles(shown) == ["Session", "Status", "Subject", "Launcher", "Saved"]
    assert read_layout({"places": "saved"}).places is None


def test_that_rows_selected_over_moved_columns_are_counted_once(shown: Shown) -> None:
    drag(shown, Column.SAVED, Column.SUBJECT)
    view = shown.window.sessions.view
    first, last = (shown.sessions.index_of(f"{one.directory}") for one in list(shown.snapshots.values())[:2])
    points = [view.visualRect(one.siblingAtColumn(place)).center() for one, place in ((first, 0), (last, 3))]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=points[0])
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, shift, points[1])
    rows = abs(first.row() - last.row()) + 1
    headings = [one for one in shown.sessions.heading_positions() if first.row() < one < last.row()]
    assert view.selected_count == rows - len(headings)

"""The arrow at the head of the list, as it is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import FIRST_EXTRA, RIG, Column, Extra
from app.values.cells import Cell
from tests.sample_window import Shown
from tests.samples import ROOT

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def columns(shown: Shown, column: int) -> tuple[int, int, int]:
    """Where the arrow begins and ends in its section, and how wide that is."""
    header = shown.window.sessions.view.horizontalHeader()
    left, width = header.sectionViewportPosition(column), header.sectionSize(column)
    area = QRect(left, 0, width, header.height() - 2)
    header.setSortIndicator(-1, UP)
    without = header.grab(area).toImage()
    header.setSortIndicator(column, UP)
    within = header.grab(area).toImage()
    pixels = [(x, y) for x in range(width) for y in range(within.height())]
    found = [x for x, y in pixels if within.pixel(x, y) != without.pixel(x, y)]
    return min(found), max(found), width


def test_that_the_arrow_stands_by_its_word(shown: Shown) -> None:
    metrics = shown.window.sessions.view.horizontalHeader().fontMetrics()
    for column, indent in ((Column.SESSION, 26), (Column.SAVED, 8)):
        word = indent + metrics.horizontalAdvance(column.name.title())
        first, last, _ = columns(shown, column)
        assert word < first < last <= word + 15


def test_that_numbers_stand_right_and_so_does_their_title_behind_its_arrow(
    qtbot: QtBot, shown: Shown
) -> None:
    sessions, right = shown.sessions, Qt.AlignmentFlag.AlignRight
    sessions.set_columns((Extra("trial_count"), RIG))
    place = f"{ROOT}/{shown.names[0]}"
    sessions.take_values(("trial_count", "rig"), ((place, (Cell("150", 150), Cell("b3"))),))
    index = sessions.index_of(place).siblingAtColumn(FIRST_EXTRA)
    qtbot.waitUntil(lambda: index.data() == "150")
    role, across = Qt.ItemDataRole.TextAlignmentRole, Qt.Orientation.Horizontal
    sides = [sessions.headerData(FIRST_EXTRA + place, across, role) for place in (0, 1)]
    assert [isinstance(side, Qt.AlignmentFlag) and bool(side & right) for side in sides] == [True, False]
    header = shown.window.sessions.view.horizontalHeader()
    word = header.fontMetrics().horizontalAdvance("trial_count")
    first, last, width = columns(shown, FIRST_EXTRA)
    assert width - 8 - word - 15 <= first < last < width - 8 - word
    view = shown.window.sessions.view
    cell = view.visualRect(sessions.index_of(place).siblingAtColumn(FIRST_EXTRA))
    drawn = view.viewport().grab(cell).toImage()
    ground = drawn.pixel(2, 3)
    inked = [
        x for x in range(cell.width()) for y in range(2, cell.height() - 2) if drawn.pixel(x, y) != ground
    ]
    assert cell.width() - 8 - view.fontMetrics().horizontalAdvance("150") - 2 <= min(inked)
    assert max(inked) < cell.width() - 7
    sessions.take_values(("trial_count", "rig"), ((place, (Cell("many"), Cell("b3"))),))
    qtbot.waitUntil(lambda: not sessions.is_numeric(FIRST_EXTRA))


def widths(shown: Shown, order: Qt.SortOrder) -> list[int]:
    """How many pixels of the arrow there are, from its top to its bottom."""
    header = shown.window.sessions.view.horizontalHeader()
    left, width = header.sectionViewportPosition(Column.SAVED), header.sectionSize(Column.SAVED)
    area = QRect(QPoint(left, 0), header.size()).intersected(QRect(left, 0, width, header.height() - 2))
    header.setSortIndicator(Column.STATUS, order)
    without = header.grab(area).toImage()
    header.setSortIndicator(Column.SAVED, order)
    within = header.grab(area).toImage()
    differing = [
        sum(within.pixel(x, y) != without.pixel(x, y) for x in range(within.width()))
        for y in range(within.height())
    ]
    return [count for count in differing if count]


@pytest.mark.parametrize("order", [UP, DOWN], ids=["rising", "falling"])
def test_that_the_arrow_points_up_where_values_rise_downwards(shown: Shown, order: Qt.SortOrder) -> None:
    found = widths(shown, order)
    assert len(found) > 2
    tip, base = (found[0], found[-1]) if order is UP else (found[-1], found[0])
    assert tip < base

"""The arrow at the head of the list, as it is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from app.models.sessions.session_rows import Column
from tests.sample_window import Shown

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


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

"""The tip of a point hides no other point where it can stand elsewhere."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from app.views.trend.tip_places import OFFSET, place_for

AT, SIZE = QPoint(200, 200), QSize(100, 40)
BELOW_RIGHT, BELOW_LEFT = QPoint(260, 250), QPoint(140, 250)
ABOVE_RIGHT, ABOVE_LEFT = QPoint(260, 160), QPoint(140, 160)


@pytest.mark.parametrize(
    ("others", "free"),
    [
        ([], BELOW_RIGHT),
        ([QPoint(300, 200), ABOVE_RIGHT, ABOVE_LEFT], BELOW_RIGHT),
        ([BELOW_RIGHT], BELOW_LEFT),
        ([BELOW_RIGHT, BELOW_LEFT], ABOVE_RIGHT),
        ([BELOW_RIGHT, BELOW_LEFT, ABOVE_RIGHT], ABOVE_LEFT),
        ([BELOW_RIGHT, BELOW_RIGHT, BELOW_LEFT, ABOVE_RIGHT, ABOVE_LEFT], BELOW_LEFT),
    ],
)
def test_that_a_tip_stands_where_it_hides_the_fewest_points(others: list[QPoint], free: QPoint) -> None:
    """It stood below at the right, whatever was there."""
    area = QRect(place_for(SIZE, AT, others, 1) + OFFSET, SIZE)
    assert area.contains(free)
    assert not area.contains(AT)

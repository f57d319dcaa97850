"""Labels at the sides of a plot: as many as there is room for, evenly; the date of this session always."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.trend.points import Trend
from app.views.trend.ticks import OWN, dates, thinned
from tests.app.views.trend.conftest import Looked

NOW = datetime(2026, 11, 27, 12, 0)


@pytest.fixture
def trend(looked: Looked) -> Trend:
    looked.look()
    plot = looked.draw()
    looked.tell()
    assert plot._trend is not None
    return plot._trend


@given(count=st.integers(0, 300), most=st.floats(0.01, 400))
def test_that_ticks_are_even_from_the_lowest_on_and_no_more_than_have_room(count: int, most: float) -> None:
    kept = list(thinned(range(count), most))
    assert kept[:1] == list(range(count))[:1]
    assert len(kept) <= most + 1
    assert len({later - earlier for earlier, later in pairwise(kept)}) <= 1
    assert kept == list(range(count)) or count > most


def test_that_the_date_of_this_session_stands_there_however_little_room_there_is(trend: Trend) -> None:
    for most in (0.0, 1.0, 2.5, 3.0, 100.0):
        found = dates(trend, most, NOW)
        assert found[trend.own].endswith(OWN)
        assert sum(text.endswith(OWN) for text in found.values()) == 1
    assert len(dates(trend, 100.0, NOW)) == len(trend.points)
    assert list(dates(trend, 0.0, NOW)) == [trend.own]


def test_that_sessions_of_one_minute_are_told_apart_by_the_second(trend: Trend) -> None:
    began = datetime(2026, 11, 27, 0, 40, 17)
    points = tuple(replace(one, began=began.replace(second=place)) for place, one in enumerate(trend.points))
    found = dates(replace(trend, points=points), 100.0, NOW)
    assert found[0] == "27 Nov\n00:40:00"
    assert len({text.removesuffix(OWN) for text in found.values()}) == len(points)
    assert all(text.count(":") == 1 for text in dates(trend, 100.0, NOW).values())


def test_that_the_newest_date_stands_there_where_this_session_has_no_point(trend: Trend) -> None:
    points = tuple(replace(one, own=False) for one in trend.points)
    found = dates(replace(trend, points=points), 2.0, NOW)
    assert max(found) == len(points) - 1
    assert not any(text.endswith(OWN) for text in found.values())

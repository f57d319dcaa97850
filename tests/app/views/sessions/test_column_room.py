"""Columns share a room: who matters more comes first, and gets narrower before another one goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.views.sessions.column_room import Wanted, shared

WANTED = (Wanted(1, 100, 100), Wanted(2, 80, 50), Wanted(3, 200, 120))
widths = st.tuples(st.integers(1, 300), st.integers(1, 300)).map(sorted)


def test_that_a_column_gets_narrower_before_another_one_goes() -> None:
    assert shared(380, WANTED) == {1: 100, 2: 80, 3: 200}
    assert shared(300, WANTED) == {1: 100, 2: 80, 3: 120}
    assert shared(270, WANTED) == {1: 100, 2: 50, 3: 120}


def test_that_what_has_no_room_goes_alone() -> None:
    assert shared(269, WANTED) == {1: 100, 2: 80}
    assert shared(130, WANTED) == {1: 100}
    assert shared(90, WANTED) == {2: 80}
    assert shared(-5, WANTED) == {}


@given(st.integers(-50, 1_000), st.lists(widths, max_size=6))
def test_that_nobody_gets_less_than_it_needs_or_more_than_there_is(room: int, sizes: list[list[int]]) -> None:
    wanted = [Wanted(number, full, least) for number, (least, full) in enumerate(sizes)]
    given_ = shared(room, wanted)
    assert sum(given_.values()) <= max(room, 0)
    for one in wanted:
        if one.column in given_:
            assert one.least <= given_[one.column] <= one.full
    left = room - sum(given_.values())
    assert all(one.least > left for one in wanted if one.column not in given_)

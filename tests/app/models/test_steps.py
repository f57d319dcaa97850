"""From one list of rows to the next, in ranges."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.models.steps import Steps, steps

KEYS = st.lists(st.integers(0, 12), unique=True)


def followed(old: list[int], new: list[int], plan: Steps) -> list[int]:
    """What comes of a list when the steps are taken one by one."""
    rows = list(old)
    for first, last in plan.removed:
        del rows[first : last + 1]
    for first, last in plan.inserted:
        rows[first:first] = new[first : last + 1]
    return rows


@given(KEYS, KEYS)
def test_that_following_the_steps_gives_the_new_rows_or_there_are_none(
    old: list[int], new: list[int]
) -> None:
    plan = steps(old, new)
    if plan is not None:
        assert followed(old, new, plan) == new
    else:
        assert [key for key in old if key in new] != [key for key in new if key in old]


@given(KEYS, st.sets(st.integers(0, 12)))
def test_that_rows_which_only_go_or_come_never_start_anew(old: list[int], gone: set[int]) -> None:
    kept = [key for key in old if key not in gone]
    assert steps(old, kept) is not None
    assert steps(kept, old) is not None


def test_that_equal_rows_need_no_step() -> None:
    assert steps([1, 2], [1, 2]) == Steps((), ())


def test_that_neighbours_are_told_as_one_range() -> None:
    assert steps([1, 2, 3, 4], [1, 4]) == Steps(((1, 2),), ())
    assert steps([1, 4], [1, 2, 3, 4]) == Steps((), ((1, 2),))


def test_that_too_many_ranges_are_not_told_one_by_one() -> None:
    assert steps(range(100), range(0, 100, 2), limit=49) is None
    assert steps(range(100), range(0, 100, 2), limit=50) is not None

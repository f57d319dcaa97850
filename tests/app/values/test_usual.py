"""What is usual: Tukey's fences, and what must hold of them whatever the numbers are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.numbers import HIGHEST
from app.values.usual import LEAST, hinges, usual

FINITE = st.floats(-HIGHEST, HIGHEST)
MANY = st.lists(FINITE, min_size=LEAST, max_size=40)


@pytest.mark.parametrize(
    ("ordered", "lower", "upper"),
    [
        # The example of the book: hinges of 9 numbers are the 3rd and the 7th, of 8 between two.
        ((1, 2, 3, 4, 5, 6, 7, 8, 9), 3, 7),
        ((1, 2, 3, 4, 5, 6, 7, 8), 2.5, 6.5),
        ((1, 2, 3, 4, 5), 2, 4),
        ((7,), 7, 7),
    ],
)
def test_that_hinges_are_those_of_the_book(ordered: Sequence[float], lower: float, upper: float) -> None:
    assert hinges(ordered) == (lower, upper)


def test_that_far_out_is_three_times_the_distance_of_the_hinges() -> None:
    found = usual([9, 1, 2, 3, 8, 5, 6, 7, 4])
    assert found is not None
    assert (found.low, found.high, found.least, found.greatest, found.count) == (3 - 12, 7 + 12, 1, 9, 9)
    assert (found.has(19), found.has(19.01), found.has(-9), found.has(-9.01)) == (True, False, True, False)


def test_that_few_numbers_say_nothing() -> None:
    assert usual([5.0] * (LEAST - 1)) is None


def test_that_where_all_are_alike_a_little_more_is_not_unusual_and_ten_times_more_is() -> None:
    found = usual([5.5] * 8)
    assert found is not None
    assert found.has(5.6)
    assert not found.has(55)
    assert not found.has(-5.5)


@given(MANY)
def test_that_nothing_that_was_there_is_unusual(numbers: list[float]) -> None:
    found = usual(numbers)
    assert found is not None
    assert all(found.has(number) for number in numbers)
    assert found.low <= found.least <= found.greatest <= found.high


@given(MANY, st.randoms())
def test_that_the_order_does_not_matter(numbers: list[float], random: object) -> None:
    mixed = list(numbers)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert usual(mixed) == usual(numbers)


@given(MANY, FINITE, FINITE)
def test_that_what_is_farther_out_is_unusual_too(numbers: list[float], one: float, other: float) -> None:
    found = usual(numbers)
    assert found is not None
    near, far = sorted((one, other))
    if not found.has(near) and near > found.greatest:
        assert not found.has(far)
    if not found.has(far) and far < found.least:
        assert not found.has(near)


@given(st.lists(st.floats(-1e9, 1e9).filter(lambda one: one == 0 or abs(one) > 1e-9), min_size=LEAST), FINITE)
def test_that_another_unit_changes_nothing(numbers: list[float], number: float) -> None:
    """Milliseconds instead of 1024ths of a second: all stands to each other as before."""
    found, other = usual(numbers), usual([1024 * one for one in numbers])
    assert found is not None
    assert other is not None
    assert (other.low, other.high) == (1024 * found.low, 1024 * found.high)


@given(MANY, FINITE)
def test_that_what_is_mirrored_is_judged_alike(numbers: list[float], number: float) -> None:
    found, mirrored = usual(numbers), usual([-one for one in numbers])
    assert found is not None
    assert mirrored is not None
    assert found.has(number) == mirrored.has(-number)

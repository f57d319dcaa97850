"""Sorting in slices: what `sorted` gives, and no slice is a long one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.sessions import in_order as room
from app.models.sessions.in_order import in_order
from app.models.sessions.slices import Work, finished

VALUES = st.lists(st.integers(0, 5) | st.floats(allow_nan=False))


@pytest.fixture(autouse=True, scope="module")
def _short_runs() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "RUN", 4)
        yield


@given(VALUES, st.booleans())
def test_that_rows_stand_as_sorted_puts_them_equal_ones_as_they_came(
    values: list[float], falling: bool
) -> None:
    rows = range(len(values))
    ordered = finished(in_order(rows, values.__getitem__, falling=falling))
    assert ordered == sorted(rows, key=values.__getitem__, reverse=falling)


def rising(count: int) -> list[int]:
    return [*range(count)]


def one_in_ten(count: int) -> list[int]:
    return [number % 10 for number in range(count)]


def any_how(count: int) -> list[int]:
    return random.Random(count).sample(range(count), count)


def all_equal(count: int) -> list[int]:
    return [7] * count


def two_far_apart(count: int) -> list[int]:
    return [0 if number % 97 else -number for number in range(count)]


@pytest.mark.parametrize("make", [rising, one_in_ten, any_how, all_equal, two_far_apart])
@pytest.mark.parametrize("falling", [False, True])
def test_that_between_two_pauses_few_rows_are_looked_at(
    make: object, falling: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "RUN", 400)
    values: Sequence[int] = make(8_000)  # type: ignore[operator]  # one of those above
    looks = 0

    def key(row: int) -> int:
        nonlocal looks
        looks += 1
        return values[row]

    counts = [0]

    def watched() -> Work[list[int]]:
        work = in_order(range(8_000), key, falling=falling)
        while True:
            try:
                yield next(work)
            except StopIteration as ended:
                return ended.value  # type: ignore[no-any-return]  # the type of a generator's end
            finally:
                counts.append(looks)

    assert finished(watched()) == sorted(range(8_000), key=values.__getitem__, reverse=falling)
    assert max(after - before for before, after in pairwise(counts)) < 2_000

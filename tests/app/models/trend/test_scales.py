"""The scale at the side: round numbers at equal distances that hold everything, whatever the heights are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.trend.scales import label, scale, unit
from app.values.numbers import HIGHEST

HEIGHTS = st.lists(st.floats(-HIGHEST, HIGHEST), min_size=1, max_size=20)


def labels(*heights: float) -> list[str]:
    return [text for _, text in scale(heights).ticks]


def test_that_numbers_are_round_with_zero_where_it_is_near_and_air_above() -> None:
    assert labels(15, 147, 150) == ["0", "50", "100", "150", "200"]
    assert labels(100, 104, 101) == ["100", "101", "102", "103", "104", "105"]
    assert labels(0.1, 0.3) == ["0", "0.1", "0.2", "0.3", "0.4"]
    assert labels(-2, -9) == ["-10", "-5", "0", "5"]


@pytest.mark.parametrize("heights", [(15,), (0,), (-3,), (5.5, 5.5)])
def test_that_one_height_has_room_above_and_below(heights: tuple[float, ...]) -> None:
    made = scale(heights)
    assert made.low < heights[0] < made.high
    assert len(made.ticks) >= 3


def test_that_nothing_has_a_scale_too() -> None:
    assert scale(()).low < scale(()).high


@pytest.mark.parametrize(
    ("number", "text"),
    [("0", "0"), ("1500000", "1500000"), ("1E+7", "1e7"), ("2.5E-9", "2.5e-9"), ("-0.05", "-0.05")],
)
def test_that_long_numbers_are_told_by_powers(number: str, text: str) -> None:
    assert label(Decimal(number)) == text


@given(HEIGHTS)
def test_that_every_height_is_held_and_no_label_comes_twice(heights: list[float]) -> None:
    made = scale(heights)
    assert made.low <= min(heights)
    assert max(heights) <= made.high
    positions = [height for height, _ in made.ticks]
    assert positions == sorted(set(positions))
    assert len({text for _, text in made.ticks}) == len(made.ticks)
    assert 2 <= len(made.ticks) <= 20
    assert all(float(text) == pytest.approx(height) for height, text in made.ticks)


@given(st.floats(-1e15, 1e15), st.integers(1, 5))
def test_that_heights_that_are_almost_one_have_a_scale(height: float, more: int) -> None:
    made = scale([height, height + more * 1e-9])
    assert len({position for position, _ in made.ticks}) == len(made.ticks)


@pytest.mark.parametrize(
    ("heights", "found"),
    [((), 1.0), ((0.0,), 1.0), ((5.0, -7e49), 1.0), ((1.0, -3e299), 1e299), ((2e-300,), 1e-300)],
)
def test_that_only_heights_far_out_are_drawn_by_another_unit(
    heights: tuple[float, ...], found: float
) -> None:
    assert unit(heights) == pytest.approx(found)

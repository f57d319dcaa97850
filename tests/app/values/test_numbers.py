"""Numbers exactly, and as heights of a plot."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.edit_text import parse_as
from app.values.numbers import HIGHEST, Number, change, height, is_nan, number_in
from persistence.values.json_text import JSON
from persistence.values.json_text import Number as Spelled
from persistence.values.kinds import Kind


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (15, 15),
        (-0.5, -0.5),
        (True, None),
        (None, None),
        ("15", None),
        ([1], None),
        ({"value": "1"}, None),
        (math.nan, None),
        (math.inf, math.inf),
        (Spelled("1e2"), Decimal(100)),
        (Spelled("9" * 5000), Decimal("9" * 5000)),
        ({"__type__": "Decimal", "value": "1.50"}, Decimal("1.50")),
        ({"__type__": "Decimal", "value": "sNaN"}, None),
        ({"__type__": "Decimal", "value": ["1"]}, None),
        ({"__type__": "float", "value": "-inf"}, Decimal("-Infinity")),
        ({"__type__": "datetime", "value": "1"}, None),
    ],
)
def test_that_a_saved_value_is_the_number_it_is(value: JSON, number: Number | None) -> None:
    assert number_in(value) == number
    assert type(number_in(value)) is type(number)


@pytest.mark.parametrize("number", [10**400, -(10**400), Decimal("1e999999999"), math.inf, 1e301, None])
def test_that_what_is_beyond_a_plot_has_no_height(number: Number | None) -> None:
    assert height(number) is None


@given(st.integers() | st.floats(-HIGHEST, HIGHEST) | st.decimals(allow_nan=False, allow_infinity=False))
def test_that_every_other_number_has_the_nearest_height(number: Number) -> None:
    assert height(number) == float(number)


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (150, 15, "+135"),
        (15, 147, "-132"),
        (0.3, 0.1, "+0.2"),
        (100, 200.5, "-100.5"),
        (5, 5, "+0"),
        (10**30, 1, "+1E+30"),
        (Decimal("1.50"), 1, "+0.5"),
        (1e22, 0, "+1E+22"),
        (10**30 + 1, 10**30, "+1"),
        (10**28 - 1, 0, "+9999999999999999999999999999"),
        (10**29 - 1, 0, "+1E+29"),
        (math.inf, math.inf, ""),
        (math.inf, 1, ""),
        (1, math.inf, ""),
        (Decimal("-Infinity"), 1, ""),
        (math.nan, 1, ""),
        (2000, 1000, "+1000"),
    ],
)
def test_that_a_change_is_told_with_its_sign_and_no_digits_of_floats(
    now: Number, before: Number, text: str
) -> None:
    assert change(now, before) == text


def test_that_a_typed_number_is_one() -> None:
    assert number_in(parse_as("1e2", Kind.DECIMAL).value) == 100


@pytest.mark.parametrize("text", ["nan", "NaN"])
@pytest.mark.parametrize("kind", [Kind.DECIMAL, Kind.EXACT_DECIMAL])
def test_that_what_is_not_a_number_is_known_for_that(text: str, kind: Kind) -> None:
    assert is_nan(parse_as(text, kind).value)


@pytest.mark.parametrize("value", [1, 1.5, True, None, "nan", {"__type__": "float", "value": "inf"}])
def test_that_all_others_are_not(value: JSON) -> None:
    assert not is_nan(value)

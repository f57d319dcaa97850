"""How saved values stand to what was typed: exact numbers, whole texts, parts of dates."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.sessions.query_order import order, order_in_time, shown, typed

HUGE = "1" + "0" * 5000


def number(text: str) -> dict[str, str]:
    return {"number": text}


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        (150, "100", 1),
        (9, "10", -1),
        (100, "1e2", 0),
        (0.1, "0.1", 0),
        (0.1, "0.1000000000000000055511151231257827", -1),
        (2**53 + 1, "9007199254740992", 1),
        (5, "+5.0", 0),
        (5, ".5", 1),
        (number(HUGE), HUGE, 0),
        (number(HUGE), HUGE[:-1] + "1", -1),
        (number("1e400"), "1e399", 1),
        (number("0.10"), "0.1", 0),
        (number("-inf"), "-1e400", -1),
        (number("Infinity"), "inf", 0),
        (number("nan"), "nan", 0),
        (number("nan"), "1", None),
        (number("1e9999999999999999999"), "1e9999999999999999999", 0),
        (number("1e9999999999999999999"), "1", None),
        (5, "five", None),
        (1.5, "", None),
        (number("1e400"), "many", None),
        (True, "yes", 0),
        (True, "TRUE", 0),
        (False, "no", 0),
        (False, "false", 0),
        (True, "1", None),
        (True, "no", None),
        (1, "yes", None),
        (1, "true", None),
        (None, "none", 0),
        (None, "Empty", 0),
        (None, "", None),
        (0, "none", None),
        ("none", "none", 0),
        ("Data", "dATA", 0),
        ("Straße", "STRASSE", 0),
        ("b", "A", 1),
        ("99", "100", 1),
        ("", "", 0),
    ],
)
def test_that_what_was_saved_decides_how_it_is_compared(value: Any, text: str, expected: int | None) -> None:
    assert order(value, typed(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", 0),
        ("2026-11", 0),
        ("2026-11-23", 0),
        ("2026-11-23T14", 0),
        ("2026-11-23 14:29", 0),
        ("2026-11-23t14:29:51", 0),
        ("2026-11-23T14:29:51.2", 0),
        ("2026-11-23T14:29:51.204618+01:00", 0),
        ("2025-12-31", 1),
        ("2026-10", 1),
        ("2026-12", -1),
        ("2026-11-23T14:30", -1),
        ("2026-1", None),
        ("20", None),
        ("14:29", None),
        ("yesterday", None),
        ("none", None),
    ],
)
def test_that_a_moment_is_compared_as_far_as_it_was_typed(text: str, expected: int | None) -> None:
    moment = "2026-11-23T14:29:51.204618+01:00"
    assert order({"time": moment}, typed(text)) == expected
    assert order_in_time(moment, typed(text)) == expected


def test_that_a_time_of_the_day_and_a_date_are_compared_likewise() -> None:
    assert order({"clock": "14:05:00"}, typed("14")) == 0
    assert order({"clock": "14:05:00"}, typed("14:06")) == -1
    assert order({"clock": "14:05:00"}, typed("2026")) is None
    assert order({"time": "2026-11-23"}, typed("2026-11")) == 0
    assert order({"time": "2026-11-23"}, typed("2026-11-23T00:00")) == -1


def test_that_what_was_never_saved_is_empty_and_at_no_time() -> None:
    assert order_in_time(None, typed("none")) == 0
    assert order_in_time(None, typed("2026")) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ab", "Ab"),
        (True, "yes"),
        (False, "no"),
        (None, ""),
        (150, "150"),
        (5.5, "5.5"),
        (number("1e400"), "1e400"),
        ({"time": "2026-11-23"}, "2026-11-23"),
    ],
)
def test_that_every_value_has_a_text_to_look_into(value: Any, text: str) -> None:
    assert shown(value) == text


@given(st.integers() | st.floats(allow_nan=False), st.integers() | st.floats(allow_nan=False))
def test_that_numbers_are_compared_by_all_their_digits(value: float, other: float) -> None:
    one, two = Decimal(repr(value)), Decimal(repr(other))
    saved: Any = value if abs(one) != Decimal("inf") else number(repr(value))
    assert order(saved, typed(repr(other))) == (one > two) - (one < two)


@given(st.text())
def test_that_any_text_can_be_typed(text: str) -> None:
    meant = typed(text)
    for value in (1, 1.5, True, None, "x", number("1"), number("nan"), {"time": "2026"}, {"clock": "14"}):
        assert order(value, meant) in (-1, 0, 1, None)

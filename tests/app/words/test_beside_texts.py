"""A value by itself and beside another one: what differs is seen, however long the two are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.words.beside_texts import (
    beside,
    first_difference,
    from_where_they_differ,
    until_where_they_differ,
    value_text,
    where_they_differ,
)
from persistence.document import ABSENT, Absent
from persistence.values.json_text import JSON


def test_that_a_long_list_is_told_by_its_length_and_a_long_text_is_cut() -> None:
    assert value_text(list(range(51))) == "51 items"
    assert value_text(["x" * 400]).endswith("…")
    assert len(value_text("y\n" * 400)) <= 700
    assert "\n" not in value_text("y\n" * 400)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2026-11-26 10:00:00+01:00", "2026-11-23 15:20:00+01:00", "2026-11-26 10:00…"),
        ("2026-11-26 10:00:00+01:00", "2026-11-23 15:20:00.25+01:00", "2026-11-26 10:00:00…"),
        ("2026-11-26", "2026-11-23", "2026-11-26"),
        ("a", "a", "a"),
    ],
)
def test_that_a_day_keeps_its_month_and_year_as_long_as_only_the_end_is_left_out(
    one: str, other: str, expected: str
) -> None:
    assert until_where_they_differ(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "2026-11-22 15:30:00.000250+01:00",
            "2026-11-22 15:37:00+01:00",
            ("…15:30:00.000250…", "…15:37:00…"),
        ),
        ("2026-11-22 15:30:00+01:00", "2026-11-22 15:30:00+02:00", ("…15:30:00+01:00", "…15:30:00+02:00")),
        (
            "2025-01-01 15:30:00-05:00",
            "2026-11-22 15:37:00-05:00",
            ("2025-01-01 15:30…", "2026-11-22 15:37…"),
        ),
        ("123.500", "124.500", ("123.500", "124.500")),
        ("a to b", "c to b", ("a to b", "c to b")),
        ("2026-11-22 15:30:00+01:00", "2026-11-22 15:30:00+01:00", ("2026-11-22 15:30:00+01:00",) * 2),
    ],
)
def test_that_two_values_are_told_by_what_stands_between_what_they_share(
    one: str, other: str, expected: tuple[str, str]
) -> None:
    assert (where_they_differ(one, other), where_they_differ(other, one)) == expected


def test_that_two_long_values_are_told_from_where_they_differ() -> None:
    before, after = "2026-11-27 07:27:48.204618+01:00", "2026-11-27 09:00:00+01:00"
    assert from_where_they_differ(before, after) == "…07:27:48.204618+01:00"
    assert from_where_they_differ(after, before) == "…09:00:00+01:00"
    assert from_where_they_differ("2026-11-23 14:29", "2026-11-27 14:29") == "…23 14:29"
    assert from_where_they_differ("baseline_a", "baseline_b") == "baseline_a"
    alike = "a" * 40
    assert from_where_they_differ(f"{alike}1", f"{alike}2") == f"…{'a' * 12}1"
    assert from_where_they_differ("5.5", "5.75") == "5.5"
    assert from_where_they_differ(alike, alike) == alike


@pytest.mark.parametrize(
    ("value", "other", "told"),
    [
        ([1, 2, 3], [1, 5, 3], "2: 2"),
        (["a"] * 60 + ["b"], ["a"] * 60 + ["c"], "61: b"),
        ([1], [1.0], "1: 1"),
        ({"a": 1, "b": {"c": 2}}, {"a": 1, "b": {"c": 3}}, 'b: {"c": 2}'),
        ({"a": 1}, {"b": 1}, "a: 1"),
        ({"__type__": "tuple", "value": [1, 2]}, {"__type__": "tuple", "value": [1, 3]}, "2: 2"),
        ({"<b>": 1}, {}, "<b>: 1"),
        ([1, 2], [1, 2], ""),
        ([1], {"a": 1}, ""),
        (1, 2, ""),
        ([1], ABSENT, ""),
    ],
)
def test_that_two_values_that_look_alike_are_told_apart_by_the_first_difference(
    value: JSON | Absent, other: JSON | Absent, told: str
) -> None:
    assert first_difference(value, other) == told


def test_that_what_a_text_goes_on_from_is_told_by_its_end() -> None:
    assert from_where_they_differ("word " * 10, "word " * 10 + "more") == "…word "
    assert from_where_they_differ("word " * 10 + "more", "word " * 10) == "…more"
    assert beside("a" * 300, ABSENT, 20) == f"{'a' * 19}…"
    assert beside("a" * 300 + "b", "a" * 300, 20) == f"…{'a' * 10}b"


_TEXTS = st.text(alphabet="ab\n\u202e…", max_size=200)


@given(_TEXTS, _TEXTS, _TEXTS, st.sampled_from([24, 60, 300]))
@example("line\n" * 55, "end A", "end B", 300)
def test_that_two_texts_never_look_alike_beside_each_other(
    start: str, one: str, two: str, limit: int
) -> None:
    one, two = start + one, start + two
    shown = [beside(one, two, limit), beside(two, one, limit)]
    assert (shown[0] == shown[1]) is (one == two)
    assert max(map(len, shown)) <= limit

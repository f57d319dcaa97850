"""A value by itself and beside another one: what differs is seen, however long the two are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.words.beside_texts import (
    beside,
    from_where_they_differ,
    until_where_they_differ,
    value_text,
    where_they_differ,
)
from persistence.document import ABSENT
from persistence.values.json_text import Number


@pytest.mark.parametrize("sign", ["\\n", "\\t", "\\u202e"])
def test_that_a_sign_that_is_shown_as_an_escape_is_never_cut_through(sign: str) -> None:
    """Of the last line of a text n was left, before it."""
    text, other = (f"a long beginning of it all{sign}{end}" for end in ("x", "y"))
    assert from_where_they_differ(text, other) == f"…{sign}x"
    text, other = (f"a long beginning of it all\\n\\t{end}" for end in ("x", "\\y"))
    assert from_where_they_differ(text, other) == "…\\tx"


def test_that_a_long_list_is_told_by_its_length_and_a_long_text_is_cut() -> None:
    assert value_text(list(range(51))) == "51 items"
    assert value_text({"__type__": "set", "value": []}) == "[]"
    assert value_text({"__type__": "bytes", "value": ""}) != "[]"
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


def test_that_a_long_number_is_told_from_where_it_differs() -> None:
    one, other = Number("7" * 900 + "1"), Number("7" * 900 + "2")
    assert beside(one, other, 40) == f"…{'7' * 20}1"
    assert beside(other, one, 40, in_short=True) == f"…{'7' * 12}2"
    assert beside(Number("1"), other, 40) == "1"


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
    for in_short in (False, True):
        shown = [beside(one, two, limit, in_short=in_short), beside(two, one, limit, in_short=in_short)]
        assert (shown[0] == shown[1]) is (one == two)
        assert max(map(len, shown)) <= limit

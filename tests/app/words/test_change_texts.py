"""Changes in words: the same ones wherever a change is shown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.values.renamed import Renamed
from app.words.change_texts import (
    beside,
    change_text,
    first_difference,
    from_where_they_differ,
    place_text,
    until_where_they_differ,
    value_text,
    where_they_differ,
)
from persistence.document import ABSENT, Absent
from persistence.states.diff import Change
from persistence.values.json_text import JSON

NS = "rig.launchers.Counting"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (15, 150, ("15", "150", "integer, stays", "")),
        (42, 42.5, ("42", "42.5", "integer becomes decimal", "other_type")),
        (1, True, ("1", "yes", "integer becomes yes/no", "other_type")),
        (ABSENT, None, ("not there", "empty (None)", "empty, added", "")),
        ("a", ABSENT, ("a", "removed", "text, removed", "")),
        ([0.5, 1.0], [0.5], ("[0.5, 1.0]", "[0.5]", "list, stays", "")),
        ({"a": 1}, [], ('{"a": 1}', "0 items", "mapping becomes list", "other_type")),
    ],
)
def test_that_a_change_says_from_what_to_what_and_what_becomes_of_the_type(
    before: JSON | Absent, after: JSON | Absent, words: tuple[str, str, str, str]
) -> None:
    text = change_text(Change(NS, ("settings", "gains", 0), before, after))
    assert text == ("settings › gains › 1", *words)


@pytest.mark.parametrize(
    ("after", "note"), [(15, "integer, renamed"), (1.5, "integer becomes decimal, renamed")]
)
def test_that_a_renamed_value_is_told_with_both_names(after: JSON, note: str) -> None:
    text = change_text(Renamed(NS, ("settings", "trials"), 15, after, ("settings", "trial_count")))
    assert text[:4] == ("settings › trials (was trial_count)", "15", str(after), note)


def test_that_a_whole_launcher_and_one_of_several_are_named() -> None:
    assert place_text(NS, ()) == "all of Counting"
    assert place_text(NS, ("a",), with_launcher=True) == "Counting › a"
    assert change_text(Change(NS, (), ABSENT, {"a": 1})).note == "launcher, added"


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


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ("word " * 400, "word " * 400 + "and more", ("word ", "and more")),
        ("word " * 400 + "one" + " x" * 900, "word " * 400 + "two" + " x" * 900, ("one x", "two x")),
        ([0.5, "word " * 400 + "a"], [0.5, "word " * 400 + "b"], ('word a"]', 'word b"]')),
    ],
)
def test_that_a_change_far_inside_a_long_text_is_seen(
    before: JSON, after: JSON, ends: tuple[str, str]
) -> None:
    text = change_text(Change(NS, ("long",), before, after))
    assert text.before.startswith("…")
    assert text.after.startswith("…")
    assert text.before != text.after
    assert (ends[0] in text.before[50:], ends[1] in text.after[50:]) == (True, True)
    assert max(map(len, text[1:3])) <= 300


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

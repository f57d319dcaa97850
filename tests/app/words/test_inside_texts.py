"""What differs inside lists and mappings: the first that does, and how many more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words import inside_texts
from app.words.inside_texts import first_difference, what_differs
from persistence.document import ABSENT, Absent
from persistence.values.json_text import JSON
from persistence.values.sameness import same

_FLAT = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0, "a", "b"])


def _tagged(kind: str, *items: JSON) -> JSON:
    return {"__type__": kind, "value": list(items)}


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ([0.5, 1.0, 2.0], [0.5, 1.5, 2.0], "item 2: 1.0 → 1.5"),
        ([1, 2, 3], [9, 1, 2, 3], "item 1: 1 → 9; 3 more differ"),
        ([1, 2], [1], "item 2 is gone"),
        ([1], [True], "item 1: 1 → yes"),
        ({"a": [1, 2]}, {"a": [1, 3]}, "a: [1, 2] → [1, 3]"),
        ({"a": 1}, {"a": 1, "b\u202e": 2}, "b\\u202e is new"),
        (_tagged("tuple", 1, 2), _tagged("tuple", 1, 3), "item 2: 2 → 3"),
        (_tagged("set", "a", "b"), _tagged("set", "b", "c"), "c is new; 1 more differs"),
        (_tagged("set", 1, 5), _tagged("set", "1", 5), "1 (text) is new; 1 more differs"),
        (_tagged("dict", [1, 2]), {"1": 2}, "1 is new; 1 more differs"),
        (["a" * 99 + "x"], ["a" * 99 + "y"], f"item 1: …{'a' * 12}x → …{'a' * 12}y"),
        (_tagged("set", "a" * 99 + "x"), _tagged("set"), f"{'a' * 23}… is gone"),
        (
            _tagged("set", "a" * 99 + "x"),
            _tagged("set", "a" * 99 + "y"),
            f"{'a' * 23}… is new; 1 more differs",
        ),
        (_tagged("dict", [1, "x"]), _tagged("dict", [1, "y"]), "1: x → y"),
        ([1], {"a": 1}, ""),
        (1, 2, ""),
        ([1], [1], ""),
    ],
)
def test_that_the_first_difference_is_told_and_the_others_are_counted(
    before: JSON, now: JSON, words: str
) -> None:
    assert what_differs(before, now, 24) == words


@pytest.mark.parametrize(
    ("value", "other", "told"),
    [
        ([1, 2, 3], [1, 5, 3], "item 2: 2"),
        (["a"] * 60 + ["b"], ["a"] * 60 + ["c"], "item 61: b"),
        ([1], [1.0], "item 1: 1"),
        (["a" * 99 + "x"], ["a" * 99 + "y"], f"item 1: …{'a' * 12}x"),
        ({"a": 1, "b": {"c": 2}}, {"a": 1, "b": {"c": 3}}, 'b: {"c": 2}'),
        ({"a": 1}, {"b": 1}, "a: 1"),
        ({}, {"b": 1}, "without b"),
        (_tagged("tuple", 1, 2), _tagged("tuple", 1, 3), "item 2: 2"),
        (_tagged("set", 1, 2), _tagged("set", 1, 3), "with 2"),
        (_tagged("dict", [1, "x"]), _tagged("dict", [1, "y"]), "1: x"),
        ({"<b>": 1}, {}, "<b>: 1"),
        ([1, 2], [1, 2], ""),
        ([1], {"a": 1}, ""),
        (1, 2, ""),
        ([1], ABSENT, ""),
    ],
)
def test_that_two_values_that_look_alike_are_told_apart_by_the_first_difference(
    value: JSON, other: JSON | Absent, told: str
) -> None:
    assert first_difference(value, other, 24) == told


def test_that_the_first_difference_is_found_without_looking_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []

    def look(one: JSON, other: JSON) -> bool:
        looked.append(one)
        return one == other

    monkeypatch.setattr(inside_texts, "same", look)
    named: dict[str, JSON] = {str(place): place for place in range(1000)}
    assert first_difference([1, *range(1000)], [2, *range(1000)], 24) == "item 1: 1"
    assert first_difference(named, {**named, "0": 9}, 24) == "0: 0"
    assert len(looked) == 2


def test_that_a_long_value_is_cut() -> None:
    assert what_differs(["x" * 99], ["y"], 10) == f"item 1: {'x' * 9}… → y"


@given(st.lists(_FLAT, max_size=5), st.lists(_FLAT, max_size=5))
def test_that_something_is_told_exactly_where_two_lists_differ(before: list[JSON], now: list[JSON]) -> None:
    assert bool(what_differs(before, now, 24)) is not same(before, now)


def test_that_nobody_waits_until_large_values_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[JSON] = []

    def counted(one: JSON, other: JSON) -> bool:
        looked.append(one)
        return same(one, other)

    monkeypatch.setattr(inside_texts, "same", counted)
    many: list[JSON] = [f"frame {number}" for number in range(30_000)]
    others: list[JSON] = [f"frame {number}" for number in range(29_999)]
    assert first_difference(many, [*others, "another"], 300) == ""
    names, more = dict.fromkeys(map(str, many), 1.5), dict.fromkeys(map(str, others), 1.25 + 0.25)
    assert first_difference({**names, "z": 1}, {**more, "z": 2}, 300) == ""
    assert len(looked) <= 20_000
    assert first_difference(many, ["another", *others], 300) == "item 1: frame 0"

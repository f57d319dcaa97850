"""A filter finds what it should, and quick ways of finding find the same as slow ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.state import filter_words, state_search, unread
from app.models.state.filter_words import Words, text_of
from app.models.state.state_search import Found, Tally, search
from app.values.edit_text import shown
from app.values.state_parts import Part
from persistence.document import Place
from persistence.values.json_text import JSON, Number, parse_text
from persistence.values.json_writing import write
from persistence.values.sameness import same
from persistence.values.spelled import Spelled
from tests.app.values.written_out import parts

STRANGE = ["\u200e", "\x07", "\b", "\x7f", "ſ", "ß", "é", "\n", '"', "\\", "C:\\bin", "\ud800"]
TEXTS = st.text(alphabet="abxyzrw 0179.:-", max_size=6) | st.sampled_from(STRANGE)
NAMES = st.sampled_from(["trial", "reward", "Lick rate", "x", "7", "ﬁx", "__type__"])
TAGS: list[JSON] = [
    {"__type__": "datetime", "value": "2026-03-09T14:05:30.123456+01:00"},
    {"__type__": "timedelta", "value": [3, 7, 0]},
    {"__type__": "tuple", "value": [1, "reward", [True]]},
    {"__type__": "dict", "value": [[1, "x"], [[2], None]]},
    {"__type__": "bytes", "value": "AQID"},
    {"__type__": "quaternion", "value": {"reward": 1}},
    {"__type__": "float", "value": "nan"},
]
SCALARS: st.SearchStrategy[Any] = (
    TEXTS | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none()
)
VALUES: st.SearchStrategy[JSON] = st.recursive(
    SCALARS | st.sampled_from([Number("1e2"), *TAGS]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)
WORDS = (
    *(
        "re",
        "reward",
        "lick",
        "x",
        "17",
        "7",
        "1.5",
        "yes",
        "item",
        "kept",
        "empty",
        "2026",
        "14:05",
        "u200e",
    ),
    *("u0007", "u0008", "ss", "s", "fi", "nan", "01", "rate", "e", "zzz", "bin"),
)
TYPED = st.lists(st.sampled_from(WORDS) | TEXTS, min_size=1, max_size=2).map(" ".join)


def expected(part: Part, words: Words, above: Place = ()) -> Iterator[Place]:
    """What is to be found, without any haste."""
    here = (*above, *part.steps)
    row = f"{part.label} {shown(part.value)}".casefold()
    if all(word in row for word in words.words):
        yield here
    for inner in parts(part.value):
        yield from expected(inner, words, here)


def places(found: Found) -> list[Place]:
    """Those that match, as they stand below each other."""
    return [found.kept.place_of(position) for position in range(found.kept.size)]


def found_in(part: Part, text: str) -> list[Place]:
    """What is found."""
    found = Found(part, part.value)
    for _ in search(found, Words(text), Tally()):
        pass
    return places(found)


@given(SCALARS | st.sampled_from([*TAGS, [], [1], {}, {"a": 1}, Number("1e2"), 10**40, "x" * 600]))
def test_that_the_quick_text_of_a_value_is_the_one_that_is_shown(value: JSON) -> None:
    assert text_of(value) == shown(value)


@given(NAMES, VALUES, TYPED)
def test_that_a_search_finds_all_that_match_in_their_order(name: str, value: JSON, typed: str) -> None:
    part = Part((name,), name, value)
    if Words(typed):
        assert found_in(part, typed) == list(expected(part, Words(typed)))


@given(NAMES, VALUES, TYPED, st.booleans())
def test_that_what_was_never_read_is_found_in_its_text_as_in_its_value(
    name: str, value: JSON, typed: str, as_bytes: bool
) -> None:
    text = write(value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unread, "AT_ONCE", 0)
        patch.setattr(unread, "_STEP", 7)
        patch.setattr(state_search, "_PIECE", 9)
        spelled = Spelled(memoryview(text.encode()) if as_bytes else text)
        part = Part((name,), name, spelled)  # type: ignore[arg-type]  # as in a tree
        if Words(typed):
            read = Part((name,), name, parse_text(text))
            assert found_in(part, typed) == list(expected(read, Words(typed)))
            assert not spelled.known  # and is not read now


@given(VALUES, TYPED)
def test_that_no_text_is_passed_over_in_which_a_row_matches(value: JSON, typed: str) -> None:
    words = Words(typed)
    for text in (write(value), json.dumps(json.loads(write(value)))):
        if any(True for inner in parts(value) for _ in expected(inner, words)):
            assert words.may_stand_in(text)


def test_that_many_rows_are_looked_at_as_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    real = Words.match

    def seen(self: Words, label: str, value: JSON) -> bool:
        looked.append(label)
        return real(self, label, value)

    monkeypatch.setattr(Words, "match", seen)
    value: JSON = [{"a": index, "b": [index, "x"]} for index in range(5_000)]
    part = Part(("long",), "long", value)
    assert found_in(part, "4999 nothing") == []
    assert looked == ["long"]
    assert found_in(part, "4777") == [("long", 4776), ("long", 4777, "a"), ("long", 4777, "b", 0)]
    assert len(looked) < 2_000


def test_that_text_without_the_word_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = write([{"name": "lick", "n": index} for index in range(5_000)])
    monkeypatch.setattr(state_search, "runs", None)
    part = Part(("long",), "long", Spelled(memoryview(text.encode())))  # type: ignore[arg-type]  # as in a tree
    assert found_in(part, "reward") == []


def test_that_a_search_pauses_often() -> None:
    value: JSON = [{"a": index, "b": "reward"} for index in range(20_000)]
    for held in (value, Spelled(write(value))):
        found = Found(Part(("long",), "long", held), held)  # type: ignore[arg-type]  # as in a tree
        tally = Tally()
        steps, most, before = 0, 0, 0
        for _ in search(found, Words("7 reward"), tally):
            steps += 1
            most, before = max(most, tally._looked - before), tally._looked
        assert steps >= 100
        assert most <= 3 * state_search._STRETCH


def test_that_a_search_ends_where_more_was_found_than_anybody_would_look_at() -> None:
    value: JSON = [0] * 50_000
    found = Found(Part(("long",), "long", value), value)
    tally = Tally()
    for _ in search(found, Words("0"), tally):
        pass
    assert tally.enough
    assert state_search.MOST_FOUND <= found.kept.size < state_search.MOST_FOUND + 10


@pytest.mark.parametrize("text", ["[1, 2", '{"a": 1, "a": 2}', "[" * 300 + "]" * 300])
def test_that_damage_ends_a_search_quietly(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "AT_ONCE", 0)
    part = Part(("torn",), "torn", Spelled(text))  # type: ignore[arg-type]  # as in a tree
    assert found_in(part, "zzz") == []
    monkeypatch.setattr(unread, "AT_ONCE", 1 << 14)
    part = Part(("torn",), "torn", Spelled(memoryview(b'"\xff"')))  # type: ignore[arg-type]  # as in a tree
    assert found_in(part, "1") == []


def test_that_what_was_removed_inside_is_found_too() -> None:
    saved: JSON = {"a": {"gone": "reward", "here": 1}, "b": 2}
    now: JSON = {"a": {"here": 1}, "b": 2}
    found = Found(Part(("m",), "m", now), saved)
    for _ in search(found, Words("reward"), Tally()):
        pass
    assert places(found) == [("m", "a", "gone")]
    (inner,) = found.kept.inner.values()
    assert [kept.part.removed for kept in inner.inner.values()] == [True]


def test_that_words_have_to_stand_in_one_row() -> None:
    part = Part(("m",), "m", {"lick": "left", "reward": 5.5})
    assert found_in(part, "lick left") == [("m", "lick")]
    assert found_in(part, "lick 5.5") == []
    assert Words("a  B") == Words("A b")
    assert not Words("  ")
    assert same(filter_words._OUR_WORDS[0], "yes")

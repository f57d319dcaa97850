"""Texts of a box: what it opens with gives the same value back, and what it could change is an escape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.box_text import Boxed, boxed, parse_box, wants_box
from app.values.edit_text import can_edit
from persistence.codec import encode
from persistence.values.json_text import JSON, Number
from persistence.values.kinds import Kind, kind_of
from persistence.values.sameness import same
from tests.app.values.test_edit_text import VALUES

ANY_TEXT = st.text(alphabet=st.characters() | st.sampled_from("\\\r\n\t\u2028\u2029\ud83d\ude00\ufdd0"))


def again(value: JSON) -> JSON:
    """What becomes of a value in a box that nobody touches."""
    box = boxed(value)
    parsed = parse_box(box.text, kind_of(value), escapes=box.escapes)
    assert parsed.problem == ""
    return parsed.value


@given(VALUES)
def test_that_what_a_box_opens_with_gives_the_same_value_back(value: object) -> None:
    encoded = encode(value)
    assert can_edit(encoded)
    assert same(again(encoded), encoded)


@given(ANY_TEXT)
def test_that_any_text_comes_back_to_the_character(text: str) -> None:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # as a file gives it
    assert again(whole) == whole


@given(ANY_TEXT)
def test_that_nothing_in_a_box_is_what_a_box_would_change(text: str) -> None:
    assert not set(boxed(text).text) & set("\r\x00\u2028\u2029\ufdd0\ufdd1\u202e\ufeff")
    assert not set(boxed([text, {text: None}]).text) & set("\r\x00\u2028\u2029\ufdd0\ufdd1\u202e\ufeff")
    assert boxed(text).text.encode("utf-8") is not None  # or a half character is in it


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("one\ntwo\n", Boxed("one\ntwo\n")),
        ("a\tb \\ c", Boxed("a\tb \\ c")),
        ("one\r\ntwo \\", Boxed("one\\r\ntwo \\\\", escapes=True)),
        ("a\u202eb", Boxed("a\\u202eb", escapes=True)),
        ("\ud800", Boxed("\\ud800", escapes=True)),
    ],
)
def test_that_text_is_shown_as_it_is_unless_a_box_would_change_it(text: str, box: Boxed) -> None:
    assert boxed(text) == box


def test_that_escapes_can_be_typed_where_there_are_escapes() -> None:
    assert parse_box(r"a\tb\n\u00e9\ud83d\ude00", Kind.TEXT, escapes=True).value == "a\tb\n\u00e9\U0001f600"
    assert parse_box(r"a\tb", Kind.TEXT).value == r"a\tb"


@pytest.mark.parametrize("text", ["\\", "a\\x", "\\u12", "\\\n", "\\u12g4"])
def test_that_a_backslash_that_means_nothing_is_told(text: str) -> None:
    assert "backslash" in parse_box(text, Kind.TEXT, escapes=True).problem


def test_that_containers_have_an_item_on_each_line_where_one_line_is_too_long() -> None:
    value: JSON = {"gains": [Number("1e2"), 2.50], "note": "x" * 60}
    assert boxed(value).text.split("\n") == ["{", '  "gains": [1e2, 2.5],', f'  "note": "{"x" * 60}"', "}"]
    assert boxed([1, 2]).text == "[1, 2]"
    assert boxed({"__type__": "tuple", "value": [1, "two"]}).text == '[1, "two"]'
    assert boxed({}).text == "{}"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("short", False),
        ("x" * 201, True),
        ("two\nlines", True),
        ({"__type__": "Path", "value": "a/b"}, False),
        ([1, 2], False),
        (list(range(100)), True),
        (Number("9" * 300), False),
    ],
)
def test_that_long_and_many_line_values_want_a_box(value: JSON, wanted: bool) -> None:
    assert wants_box(value) is wanted

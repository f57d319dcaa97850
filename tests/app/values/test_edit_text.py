"""Values as shown, edited and read back: nothing changes that nobody typed, least of all its kind."""

import base64
import datetime as dt
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.edit_text import (
    SHOWN_LIMIT,
    Parsed,
    can_edit,
    editable_text,
    parse,
    parse_any,
    parse_as,
    shown,
)
from app.values.fit_text import escaped
from persistence.codec import encode
from persistence.values.json_text import JSON, Number
from persistence.values.kinds import Kind, kind_of
from persistence.values.sameness import same

ZONES = st.sampled_from([None, dt.UTC, dt.timezone(dt.timedelta(hours=-5, minutes=-30))])
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
SCALARS: st.SearchStrategy[object] = st.one_of(
    TEXTS,
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.datetimes(timezones=ZONES),
    st.dates(),
    st.times(timezones=ZONES),
    st.timedeltas(),
    st.binary(max_size=20),
    st.complex_numbers(),
    st.decimals(),
    st.uuids(),
    st.sampled_from([Path("a/b"), Path("/data/x y")]),
)
HASHABLE = st.one_of(st.integers(), st.text(max_size=5), st.dates(), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=5), inner, max_size=3),
        st.dictionaries(st.integers(), inner, max_size=3),
        st.tuples(inner, inner),
        st.sets(HASHABLE, max_size=3),
        st.frozensets(HASHABLE, max_size=3),
    ),
    max_leaves=6,
)


LOOKS_LIKE_ANOTHER = (
    "", "150", "007", "-1", "1.5", "1e5", "nan", "yes", "true", "None", "null", "empty (None)", "[1]", "{}",
    '"a"', "2026-11-23", "2026-11-23 14:29:51", "14:29:51", "0:48:12", "00 ff", "1+2j",
    '{"__type__": "tuple", "value": []}',
)  # fmt: skip
ONE_OF_EACH = (
    1, 1.5, True, None, dt.datetime(2026, 11, 23), dt.date(2026, 11, 23), dt.time(14, 29), dt.timedelta(1),
    b"a", 1j, Decimal(1), UUID(int=7), Path("a"), [1], {"a": 1}, (1,), {1}, frozenset({1}), "two\nlines",
)  # fmt: skip


def value_of(text: str, like: object) -> JSON:
    """The value that typed text means in place of a Python value; fails when it means none."""
    parsed = parse(text, encode(like))
    assert parsed.problem == ""
    return parsed.value


def problem_of(text: str, like: object) -> str:
    """The sentence for text that means nothing in place of a Python value."""
    parsed = parse(text, encode(like))
    assert parsed.value is None
    return parsed.problem


@given(VALUES)
def test_that_unchanged_text_gives_back_the_very_value(value: object) -> None:
    saved = encode(value)
    parsed = parse(editable_text(saved), saved)
    assert parsed.value is saved
    assert parsed == Parsed(saved, kind_of(saved))


@given(VALUES)
def test_that_the_text_alone_says_the_whole_value(value: object) -> None:
    saved = encode(value)
    text, kind = editable_text(saved), kind_of(saved)
    if kind in (Kind.TEXT, Kind.PATH) and text.startswith('"'):
        return  # read as JSON only in place of a text that needs it: tested below
    parsed = parse_as(text, kind)
    assert parsed.problem == ""
    assert same(parsed.value, saved)


@given(st.text())
def test_that_any_text_survives_an_editor_of_one_line(text: str) -> None:
    edited = editable_text(text)
    assert edited.isprintable() or edited == escaped(edited)
    assert "\n" not in edited
    # A blank typed and taken away again: the round trip without the shortcut for equal text.
    again = parse(f"{edited} ", text) if edited != text else parse(edited, text)
    assert again.value == text


@given(VALUES, st.integers(1, 40))
def test_that_what_is_shown_is_one_short_line(value: object, limit: int) -> None:
    line = shown(encode(value), limit + 20)
    assert len(line) <= limit + 20
    assert line == escaped(line)


@given(st.text(max_size=12), SCALARS)
def test_that_typed_text_never_changes_the_kind(text: str, value: object) -> None:
    saved = encode(value)
    parsed = parse(text, saved)
    assert parsed.problem or kind_of(parsed.value) is kind_of(saved)


@pytest.mark.parametrize("text", LOOKS_LIKE_ANOTHER)
def test_that_what_looks_like_another_type_stays_of_the_type_that_was_saved(text: str) -> None:
    assert value_of(text, "plain") == text
    for value in ONE_OF_EACH:
        saved = encode(value)
        parsed = parse(text, saved)
        assert parsed.problem or kind_of(parsed.value) is parsed.kind is kind_of(saved)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("data_collection", "data_collection"),
        (150, "150"),
        (2**70, "1180591620717411303424"),
        (1.23456789, "1.23456789"),
        (True, "yes"),
        (None, "empty (None)"),
        (float("-inf"), "-inf"),
        (
            dt.datetime(2026, 11, 23, 14, 29, 51, 204618, dt.timezone(dt.timedelta(hours=1))),
            "2026-11-23 14:29:51.204618+01:00",
        ),
        (dt.datetime(2026, 10, 25, 2, 30, fold=1), "2026-10-25 02:30:00 fold=1"),
        (dt.date(2026, 11, 23), "2026-11-23"),
        (dt.time(14, 29, 51, 7), "14:29:51.000007"),
        (dt.timedelta(minutes=48, seconds=12, milliseconds=500), "0:48:12.500"),
        (dt.timedelta(days=2, microseconds=1), "2 days 0:00:00.000001"),
        (-dt.timedelta(seconds=1), "-0:00:01"),
        (1.5 - 2j, "1.5-2.0j"),
        (Decimal("0.10"), "0.10"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (Path("a/b"), "a/b"),
        ([1, "b"], '[1, "b"]'),
        ((1, 2.5), "[1, 2.5]"),
        ({"param1": 1}, '{"param1": 1}'),
        (b"\x00\xff", "00 ff"),
    ],
)
def test_that_each_kind_is_edited_as(value: object, text: str) -> None:
    assert editable_text(encode(value)) == text


def test_that_containers_and_bytes_are_shown_by_their_size() -> None:
    assert shown([]) == "0 items"
    assert shown([1]) == "1 item"
    assert shown(encode({1: "a", 2: "b", 3: "c"})) == "3 items"
    assert shown(encode((1, 2))) == "2 items"
    assert shown(encode(b"\x01\x02")) == "2 bytes: 01 02"


def test_that_a_huge_text_is_shown_short_and_edited_whole() -> None:
    huge = "x" * 10_000_000
    assert len(shown(huge)) == SHOWN_LIMIT
    assert shown(huge).endswith("…")
    assert editable_text(huge) == huge


def test_that_line_breaks_and_turning_marks_are_shown_as_escapes() -> None:
    assert shown("a\nb\t\u202ec\x00") == "a\\nb\\t\\u202ec\\u0000"
    assert editable_text('two\nlines "quoted"') == '"two\\nlines \\"quoted\\""'


def test_that_quotes_typed_into_ordinary_text_stay_quotes() -> None:
    assert value_of('"hello"', "plain") == '"hello"'


def test_that_a_text_in_quotes_can_be_edited_as_such() -> None:
    assert value_of('"one\\ntwo\\nthree"', "one\ntwo") == "one\ntwo\nthree"
    assert value_of("plain now", "one\ntwo") == "plain now"
    assert "quotation mark" in problem_of('"not closed', "one\ntwo")


@pytest.mark.parametrize(
    ("text", "like", "value"),
    [
        ("151", 150, 151),
        (" +0151 ", 150, 151),
        ("-0", 150, 0),
        ("6", 5.5, 6.0),
        (".5", 5.5, 0.5),
        ("1e2", 5.5, Number("1e2")),
        ("0.1000000000000000055511151231257827", 5.5, Number("0.1000000000000000055511151231257827")),
        ("NO", True, False),
        ("true", False, True),
        ("", "a", ""),
        ("  kept  ", "a", "  kept  "),
        ("none", None, None),
    ],
)
def test_that_typed_values_are_read(text: str, like: object, value: JSON) -> None:
    assert same(value_of(text, like), value)


def test_that_an_integer_of_any_size_is_read() -> None:
    digits = "9" * 6000
    assert value_of(digits, 1) == Number(digits)


def test_that_times_are_read_with_all_their_parts() -> None:
    moment = dt.datetime(2026, 1, 1)
    typed = "2026-11-23T14:29:51.204618+01:00"
    zoned = moment.replace(tzinfo=dt.UTC)
    assert same(value_of(typed, zoned), encode(dt.datetime.fromisoformat(typed)))
    assert same(value_of("2026-10-25 02:30 fold=1", moment), encode(dt.datetime(2026, 10, 25, 2, 30, fold=1)))
    assert same(value_of("1 day 1:00:00.5", dt.timedelta()), encode(dt.timedelta(days=1, seconds=3600.5)))
    assert same(value_of("1 day, 2:00:00", dt.timedelta()), encode(dt.timedelta(days=1, hours=2)))
    assert same(value_of("14:29", dt.time()), encode(dt.time(14, 29)))


@pytest.mark.parametrize("typed", ["inf", "Infinity", "+infinity", "INF"])
def test_that_infinity_is_taken_however_it_is_spelled(typed: str) -> None:
    assert same(value_of(typed, 5.5), encode(float("inf")))
    assert same(value_of("-infinity", 5.5), encode(float("-inf")))


def test_that_containers_take_json_with_tags() -> None:
    tagged = '{"when": {"__type__": "date", "value": "2026-11-23"}, "n": 1e2}'
    assert same(
        value_of(tagged, {}),
        {"when": {"__type__": "date", "value": "2026-11-23"}, "n": Number("1e2")},
    )
    assert same(value_of("[3, 4]", (1, 2)), encode((3, 4)))
    assert same(value_of('{"__type__": "tuple", "value": [3]}', (1, 2)), encode((3,)))
    assert same(value_of("[2, 1]", {5}), encode({1, 2}))


@pytest.mark.parametrize(
    ("text", "like", "hint"),
    [
        ("5,5", 5.0, "Use a point: 5.5"),
        ("5,5", Decimal(1), "Use a point: 5.5"),
        ("6.5 ul", 5.0, "Without the unit: 6.5"),
        ("6.5µl", Decimal(1), "Without the unit: 6.5"),
        ("150 ms", 15, "Without the unit: 150"),
        ("50%", 5.0, "Without the unit: 50"),
        ("3 mW/mm", 5.0, "Without the unit: 3"),
        ("3x7", 5.0, "Type a number, such as 5.5."),
        ("3x7", 5, "Type a whole number, such as 150."),
        ("3x", 5.0, "Type a number, such as 5.5."),
        ("six ul", 5.0, "Type a number"),
        ("0x10", 5, "Use digits only: 16"),
        ("-0X1f", 5.5, "Use digits only: -31"),
        ("0b101", 5, "Use digits only: 5"),
        ("0o17", Decimal(1), "Use digits only: 15"),
        ("0x", 5, "Type a whole number, such as 150."),
        ("0b2", 5, "Type a whole number, such as 150."),
        ("0 bar", 5, "Without the unit: 0"),
        ("31.12.2026", dt.datetime(2026, 1, 1), "Year first: 2026-12-31, then the time, such as 14:29:51"),
        ("1,000", 5, "Use digits only: 1000"),
        ("1e3", 5, "Use digits only: 1000"),
        ("1e9", 5, "Use digits only: 1000000000"),
        ("-1.5E+3", 5, "Use digits only: -1500"),
        ("1,000", 5.5, "Type 1000, or 1.000 if the comma is a decimal point."),
        ("0,125", 5.5, "Use a point: 0.125"),
        ("0,125", 5, "A whole number has no decimal point."),
        ("1e", 5, "Type a whole number, such as 150."),
        ("1e", 5.5, "Type a number, such as 5.5."),
        ("1e999", 5, "Type a whole number, such as 150."),
        ("1e-3", 5, "Type a whole number, such as 150."),
        ("1.5e0", 5, "no decimal point"),
        ("1,000.5", 5.5, "Digits and a point only: 1000.5"),
        ("-1'000'000", 5.5, "Digits and a point only: -1000000"),
        ("1.000,5", Decimal(1), "Digits and a point only: 1000.5"),
        ("5.5", 5, "no decimal point"),
        ("abc", 5, "whole number"),
        ("", 5, "whole number"),
        ("٣", 5, "whole number"),
        ("1_000", 5.5, "Digits and a point only: 1000"),
        ("1e999", 5.5, "too large"),
        ("1e-999", 5.5, "too small"),
        ("maybe", True, "yes or no"),
        ("1", True, "yes or no"),
        ("text", None, "This is empty (None). Ctrl+T gives it another type."),
        ("2026-11-23", dt.datetime(2026, 1, 1), "date and time"),
        ("2026-11-23 14:29:51.2046181", dt.datetime(2026, 1, 1), "six digits"),
        ("2026-13-01", dt.date(2026, 1, 1), "no month 13"),
        ("soon", dt.datetime(2026, 1, 1, 9), "Type date and time: 2026-01-01 09:00:00"),
        ("soon", dt.time(9, 30, 0, 5), "Type a time: 09:30:00.000005"),
        ("soon", dt.date(2026, 1, 2), "Type a date: 2026-01-02"),
        ("27.11.2026 9:15", dt.datetime(2026, 1, 1), "Year first: 2026-11-27 09:15"),
        ("1:30", dt.timedelta(), "Type hours:minutes:seconds: 1:30:00 or 0:01:30"),
        ("90 s", dt.timedelta(), "Type hours:minutes:seconds: 0:01:30"),
        ("-1 day, 2:00:00", dt.timedelta(), "Type hours:minutes:seconds: 0:00:00"),
        ("48:12", dt.timedelta(), "hours:minutes:seconds"),
        ("0:48:12,5", dt.timedelta(), "Use a point: 0:48:12.5"),
        ("99999999999 days 0:00:00", dt.timedelta(), "too long"),
        ("zz", b"", "hexadecimal"),
        ("xyz", UUID(int=0), "UUID"),
        ("", Path("a"), "path"),
        ("1,5+2j", 1j, "point"),
        ("[1, 2", [1], "Not valid JSON"),
        ("1, 2, 3", [1], "Write the items in brackets, such as [0.5, 1.0]."),
        ("a: 1", {"a": 1}, 'Write names and values in braces, such as {"lick": 0.35}.'),
        ('{"a": 1, "a": 2}', {"b": 1}, '"a"'),
        ("{}", [1], "This is a mapping, not a list."),
        ("56", [1], "This is an integer, not a list."),
        ("[[1]]", {1}, "set"),
        ("[1, 1]", {1}, "set"),
        ('[{"__type__": "date", "value": "soon"}]', [1], "date"),
    ],
)
def test_that_what_does_not_parse_is_refused_with_a_hint(text: str, like: object, hint: str) -> None:
    assert hint in problem_of(text, like)


def test_that_a_type_nobody_knows_is_kept_as_it_is() -> None:
    array: JSON = {
        "__type__": "quaternion",
        "dtype": "<f8",
        "shape": [1],
        "data": base64.b64encode(b"12345678").decode(),
    }
    assert not can_edit(array)
    assert shown(array) == "quaternion (kept as it is)"
    assert parse(editable_text(array), array).value is array
    assert "does not know" in parse("{}", array).problem
    assert same(parse(editable_text([array, 1]), [array]).value, [array, 1])


def test_that_another_type_is_a_call_of_its_own() -> None:
    assert parse("5.5", 5).problem
    assert parse_as("5.5", Kind.DECIMAL).value == 5.5
    assert parse_as("text", Kind.TEXT).value == "text"
    assert parse_as("", Kind.EMPTY) == Parsed(None, Kind.EMPTY)


def test_that_numbers_nobody_edited_keep_their_spelling() -> None:
    for spelled in (Number("1e2"), Number("-0"), Number("9" * 5000), Number("1.10")):
        assert editable_text(spelled) == spelled.text
        assert parse(spelled.text, spelled).value is spelled


@pytest.mark.parametrize(
    ("before", "typed", "hint"),
    [
        ("2026-11-23T23:30:08.497604+01:00", "2026-11-23 23:30:08", "+01:00"),
        ("2026-11-23T23:30:08", "2026-11-23 23:30:08+01:00", "no zone"),
        ("2026-11-23T23:30:08+01:00", "2026-11-23 23:30:08 CET", "Write the zone as"),
        ("2026-11-23T23:30:08+01:00", "2026-11-23 23:30:08+25:00", "Write the zone as"),
        ("2026-11-23T23:30:08+01:00", "2026-11-23 23:30:08+1:00", "Write the zone as"),
    ],
)
def test_that_a_moment_neither_gains_nor_loses_its_zone(before: str, typed: str, hint: str) -> None:
    parsed = parse(typed, {"__type__": "datetime", "value": before})
    assert hint in parsed.problem
    assert parsed.value is None


def test_that_a_moment_may_be_given_in_another_zone() -> None:
    parsed = parse(
        "2026-11-23 22:30:08-08:00", {"__type__": "datetime", "value": "2026-11-23T23:30:08+01:00"}
    )
    assert parsed.problem == ""


def test_that_an_array_is_shown_by_its_shape_and_never_typed() -> None:
    array: JSON = {"__type__": "ndarray", "value": {"dtype": "<f8", "shape": [2, 3], "data": ""}}
    scalar: JSON = {"__type__": "ndarray", "value": {"dtype": "<f8", "shape": [], "data": ""}}
    assert (shown(array), shown(scalar)) == ("2 × 3 decimals (float64)", "1 decimal (float64)")
    assert not can_edit(array)
    assert parse(editable_text(array), array).value is array
    assert parse_as("[1]", Kind.ARRAY).problem == "An array cannot be typed; it is kept as it is."


@pytest.mark.parametrize("value", [{"__type__": 0}, {"__type__": None, "value": [1, 2]}])
def test_that_a_key_that_looks_like_a_tag_and_is_none_is_a_key(value: JSON) -> None:
    assert shown(value) == ("1 item" if isinstance(value, dict) and len(value) == 1 else "2 items")


@pytest.mark.parametrize("text", ["[1.0, 2e831]", "[" + "9" * 400 + ".5]", '{"a": [-1E999]}'])
def test_that_digits_inside_a_list_never_become_infinite(text: str) -> None:
    found = parse_any(text)
    assert (found.value, found.problem) == (None, "A number in it is too large for a decimal.")


@pytest.mark.parametrize("text", ["[1e5]", "[Infinity, 1e5]", "[" + "9" * 400 + "]", '["1e999"]'])
def test_that_what_is_large_or_is_called_infinite_is_taken(text: str) -> None:
    assert parse_any(text).problem == ""

"""A change of type begins with what is meant beyond doubt, and never with less than there is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.box_text import parse_box
from app.values.edit_text import can_edit
from app.values.retyping import CHOICES, could_be, looks_like, offered
from persistence.codec import decode, encode
from persistence.values.json_text import JSON, Number
from persistence.values.kinds import Kind, kind_of
from persistence.values.sameness import same
from tests.app.values.test_edit_text import VALUES

MOMENT: JSON = {"__type__": "datetime", "value": "2026-11-23T14:29:51.204618+01:00"}
TUPLE: JSON = {"__type__": "tuple", "value": [1, 2]}


def become(value: JSON, kind: Kind) -> JSON:
    """What comes of a change of type where nothing is typed."""
    box = offered(value, kind)
    parsed = parse_box(box.text, kind, escapes=box.escapes)
    assert parsed.problem == ""
    return parsed.value


@pytest.mark.parametrize(
    ("value", "kind", "outcome"),
    [
        (150, Kind.DECIMAL, 150.0),
        (150, Kind.TEXT, "150"),
        ("150", Kind.INTEGER, 150),
        (" 150 ", Kind.INTEGER, 150),
        ("5.5", Kind.DECIMAL, 5.5),
        ("yes", Kind.YES_NO, True),
        (True, Kind.TEXT, "yes"),
        (5.0, Kind.INTEGER, 5),
        (Number("1e2"), Kind.INTEGER, 100),
        (-0.0, Kind.INTEGER, 0),
        (None, Kind.TEXT, ""),
        (7, Kind.EMPTY, None),
        ([1, 2], Kind.TUPLE, TUPLE),
        (TUPLE, Kind.LIST, [1, 2]),
        ([2, 1], Kind.SET, {"__type__": "set", "value": [1, 2]}),
        ({"a": 1}, Kind.TEXT, '{"a": 1}'),
        ('{"a": 1}', Kind.MAPPING, {"a": 1}),
        ("a/b", Kind.PATH, {"__type__": "Path", "value": "a/b"}),
        ("two\r\nlines", Kind.PATH, {"__type__": "Path", "value": "two\r\nlines"}),
        (0.1, Kind.EXACT_DECIMAL, {"__type__": "Decimal", "value": "0.1"}),
        (MOMENT, Kind.TEXT, "2026-11-23 14:29:51.204618+01:00"),
        ("2026-11-23 14:29", Kind.DATE_TIME, {"__type__": "datetime", "value": "2026-11-23T14:29:00"}),
    ],
)
def test_that_a_value_is_converted_where_there_is_one_way(value: JSON, kind: Kind, outcome: JSON) -> None:
    assert same(become(value, kind), outcome)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (5.5, Kind.INTEGER), (True, Kind.INTEGER), (1, Kind.YES_NO), (MOMENT, Kind.DATE), ([1, 1], Kind.SET),
        ([1], Kind.MAPPING), ({"a": 1}, Kind.LIST), ("soon", Kind.DATE), (None, Kind.INTEGER), (3, Kind.LIST),
    ],
)  # fmt: skip
def test_that_where_there_is_no_way_the_text_stays_and_is_refused(value: JSON, kind: Kind) -> None:
    box = offered(value, kind)
    assert parse_box(box.text, kind, escapes=box.escapes).problem
    if value is not None:
        assert box.text == offered(value, kind_of(value)).text


@given(VALUES)
def test_that_the_same_type_is_the_same_value(value: object) -> None:
    encoded = encode(value)
    assert same(become(encoded, kind_of(encoded)), encoded)


@given(VALUES, st.sampled_from(CHOICES))
def test_that_every_offer_is_a_value_of_the_type_or_is_told_why_not(value: object, kind: Kind) -> None:
    box = offered(encode(value), kind)
    parsed = parse_box(box.text, kind, escapes=box.escapes)
    assert parsed.problem or kind_of(parsed.value) is kind


def test_that_every_type_that_can_be_typed_is_offered() -> None:
    assert set(CHOICES) == set(Kind) - {Kind.ARRAY, Kind.UNKNOWN}
    assert can_edit(None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12", Kind.INTEGER), (" -3 ", Kind.INTEGER), ("1.50", Kind.DECIMAL), ("yes", Kind.YES_NO),
        ("2026-11-27", Kind.DATE), ("[1, 2]", Kind.LIST), ('{"a": 1}', Kind.MAPPING),
        ("", None), ("baseline", None), ("12 ul", None), ("m764521", None), ("764521", Kind.INTEGER),
        ("0", Kind.INTEGER), ("0.5", Kind.DECIMAL), (".5", Kind.DECIMAL), ("-0.25", Kind.DECIMAL),
        ("123456789012345", Kind.INTEGER), ("No", Kind.YES_NO), ("14:05", Kind.TIME),
    ],
)  # fmt: skip
def test_that_a_text_looks_like_what_people_take_it_for(text: str, kind: Kind | None) -> None:
    assert looks_like(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("007", Kind.INTEGER), ("-0", Kind.INTEGER), ("+5", Kind.INTEGER), ("1234567890123456", Kind.INTEGER),
        ("00.5", Kind.DECIMAL), ("1e5", Kind.DECIMAL), ("+.5", Kind.DECIMAL),
        ("0.1234567890123456", Kind.DECIMAL),
        ("nan", Kind.DECIMAL), ("inf", Kind.DECIMAL), ("on", Kind.YES_NO), ("n", Kind.YES_NO),
    ],
)  # fmt: skip
def test_that_what_would_become_another_text_is_a_text_that_could_be_more(text: str, kind: Kind) -> None:
    assert looks_like(text) is None
    assert could_be(text) is kind


@given(st.text("0123456789+-.eE", min_size=1, max_size=24))
def test_that_a_number_that_is_taken_for_one_says_what_was_typed(text: str) -> None:
    kind = looks_like(text)
    if kind in (Kind.INTEGER, Kind.DECIMAL):
        number = decode(parse_box(text, kind).value)
        assert number == (int(text) if kind is Kind.INTEGER else float(text))
        assert Decimal(repr(number)) == Decimal(text)

"""The words for types, from the saved value alone and from a Python value."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import OrderedDict
from decimal import Decimal
from pathlib import Path

import pytest

from persistence.codec import decode, encode
from persistence.values.json_text import JSON, Number
from persistence.values.kinds import Kind, kind_of, word_for_type


@pytest.mark.parametrize(
    ("value", "kind", "word"),
    [
        ("a", Kind.TEXT, "text"),
        (1, Kind.INTEGER, "an integer"),
        pytest.param(10**5000, Kind.INTEGER, "an integer", id="huge"),
        (1.5, Kind.DECIMAL, "a decimal"),
        (float("nan"), Kind.DECIMAL, "a decimal"),
        (True, Kind.YES_NO, "yes/no"),
        (None, Kind.EMPTY, "empty (None)"),
        ([1], Kind.LIST, "a list"),
        ({"a": 1}, Kind.MAPPING, "a mapping"),
        ({1: "a"}, Kind.MAPPING, "a mapping"),
        ({"__type__": "rose", "colour": "red"}, Kind.MAPPING, "a mapping"),
        (dt.datetime(2025, 1, 1, fold=1), Kind.DATE_TIME, "a date-time"),
        (dt.date(2025, 1, 1), Kind.DATE, "a date"),
        (dt.time(1), Kind.TIME, "a time"),
        (dt.timedelta(1), Kind.DURATION, "a duration"),
        ((1,), Kind.TUPLE, "a tuple"),
        ({1}, Kind.SET, "a set"),
        (frozenset({1}), Kind.FROZEN_SET, "a frozen set"),
        (b"x", Kind.BYTES, "bytes"),
        (1j, Kind.COMPLEX, "a complex number"),
        (Decimal(1), Kind.EXACT_DECIMAL, "an exact decimal"),
        (uuid.UUID(int=1), Kind.UUID, "a UUID"),
        (Path("a"), Kind.PATH, "a path"),
    ],
)
def test_that_each_type_has_its_word(value: object, kind: Kind, word: str) -> None:
    assert kind_of(encode(value)) is kind
    assert word_for_type(value) == word


@pytest.mark.parametrize(
    "value",
    [
        {"__type__": "ndarray", "value": {}},
        {"__type__": "datetime", "value": "yesterday"},
        {"__type__": "tuple", "value": 5},
        {"__type__": "tuple", "value": [], "more": 1},
        {"__type__": "float", "value": "fast"},
    ],
)
def test_that_unknown_and_broken_tags_are_unknown(value: JSON) -> None:
    assert kind_of(value) is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("text", "kind"), [("-0", Kind.INTEGER), ("1e2", Kind.DECIMAL), ("0.10", Kind.DECIMAL)]
)
def test_that_number_tokens_have_the_kind_of_their_spelling(text: str, kind: Kind) -> None:
    assert kind_of(Number(text)) is kind


def test_that_a_mapping_whose_type_key_is_no_text_is_a_mapping() -> None:
    assert kind_of({"__type__": 5, "value": 1}) is Kind.MAPPING


def test_that_a_path_of_another_system_is_still_a_path() -> None:
    assert kind_of({"__type__": "Path", "value": "C:\\data"}) is Kind.PATH
    assert kind_of({"__type__": "Path", "value": "/data"}) is Kind.PATH


def test_that_other_classes_are_named_with_their_article() -> None:
    assert word_for_type(decode({"__type__": "mystery"})) == "a value of an unknown type"
    assert word_for_type(OrderedDict()) == "an OrderedDict"
    assert word_for_type(range(3)) == "a range"

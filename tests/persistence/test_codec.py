"""Every type of the table comes back equal and of the same type; what cannot, says so with its place."""

from __future__ import annotations

import datetime as dt
import math
import sys
import uuid
from collections import OrderedDict
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.codec import MAX_VALUE_DEPTH, UnknownTag, decode, encode, is_exact
from persistence.errors import NotRepresentable
from persistence.values.json_text import JSON, Number, parse
from persistence.values.json_writing import write
from persistence.values.sameness import same

# --- every type, nested -----------------------------------------------------------------------------------

texts = st.text(st.characters(codec=None, exclude_categories=[]), max_size=12).filter(
    lambda text: not any("\ud800" <= a <= "\udbff" and "\udc00" <= b <= "\udfff" for a, b in pairwise(text))
)


def whole_seconds(offset: dt.timedelta) -> dt.timezone:
    """A zone; offsets below a second cannot be written, see below."""
    return dt.timezone(offset if abs(offset) >= dt.timedelta(seconds=1) else dt.timedelta(0))


offsets = st.timedeltas(min_value=dt.timedelta(hours=-23), max_value=dt.timedelta(hours=23)).map(
    whole_seconds
)
folds = st.integers(0, 1)
datetimes = st.builds(
    lambda moment, zone, fold: moment.replace(tzinfo=zone, fold=fold),
    st.datetimes(),
    st.none() | offsets,
    folds,
)
times = st.builds(
    lambda moment, zone, fold: moment.replace(tzinfo=zone, fold=fold), st.times(), st.none() | offsets, folds
)
paths = st.lists(st.text("abcé .-~$;&", min_size=1, max_size=6), max_size=3).map(lambda parts: Path(*parts))
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([4299, 4300, 4301, 5000]).map(lambda digits: -(10**digits))
    | st.floats()
    | texts
    | datetimes
    | times
    | st.dates()
    | st.timedeltas()
    | st.binary(max_size=20)
    | st.complex_numbers()
    | st.decimals().filter(lambda number: not number.is_snan())  # cannot be hashed
    | st.uuids()
    | paths
)
hashables = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3),
    max_leaves=4,
)
everything = st.recursive(
    hashables,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.sets(hashables, max_size=3)
        | st.dictionaries(texts, inner, max_size=3)
        | st.dictionaries(hashables, inner, max_size=3)
        | st.dictionaries(st.sampled_from(["__type__", "value", "fold"]), inner, max_size=3)
        | st.fixed_dictionaries(
            {
                "__type__": st.sampled_from(
                    ["tuple", "datetime", "float", "dict", "set", "unknown", "ndarray"]
                ),
                "value": inner,
            }
        )
    ),
    max_leaves=10,
)


def spelled(value: object) -> object:
    """A value with all its types, for comparing: nan is nan, -0.0 is not 0.0, True is not 1."""
    if isinstance(value, dict):
        return (type(value), [(spelled(key), spelled(item)) for key, item in value.items()])
    if isinstance(value, list | tuple):
        return (type(value), [spelled(item) for item in value])
    if isinstance(value, set | frozenset):
        return (type(value), sorted(repr(spelled(item)) for item in value))
    if isinstance(value, int) and not isinstance(value, bool):
        return (int, hex(value))
    if isinstance(value, dt.datetime | dt.time):
        return (type(value), value.isoformat(), value.fold)
    return (type(value), repr(value))


def through_text(value: object) -> object:
    """As a state file would bring it back."""
    return decode(parse(write(encode(value)).encode("utf-8")))


@given(everything)
def test_that_every_value_comes_back_equal_and_of_the_same_type(value: object) -> None:
    assert spelled(through_text(value)) == spelled(value)


@given(everything)
def test_that_encoding_again_what_came_back_changes_nothing(value: object) -> None:
    once = encode(value)
    assert same(encode(decode(once)), once)


@pytest.mark.parametrize(
    ("value", "saved"),
    [
        (
            dt.datetime(2025, 6, 23, 10, 30, 0, 123456),
            {"__type__": "datetime", "value": "2025-06-23T10:30:00.123456"},
        ),
        (dt.date(2025, 6, 23), {"__type__": "date", "value": "2025-06-23"}),
        (dt.time(1, 2, fold=1), {"__type__": "time", "value": "01:02:00", "fold": 1}),
        (dt.timedelta(-1, 5, 7), {"__type__": "timedelta", "value": [-1, 5, 7]}),
        ((1, "a"), {"__type__": "tuple", "value": [1, "a"]}),
        ({3, 1, 2}, {"__type__": "set", "value": [1, 2, 3]}),
        (frozenset({"b", "a"}), {"__type__": "frozenset", "value": ["a", "b"]}),
        (b"\x00\xff", {"__type__": "bytes", "value": "AP8="}),
        (1.5 - 2j, {"__type__": "complex", "value": [1.5, -2.0]}),
        (Decimal("1.10"), {"__type__": "Decimal", "value": "1.10"}),
        (Decimal("-sNaN5"), {"__type__": "Decimal", "value": "-sNaN5"}),
        (uuid.UUID(int=1), {"__type__": "UUID", "value": "00000000-0000-0000-0000-000000000001"}),
        (Path("a/b"), {"__type__": "Path", "value": "a/b"}),
        (math.inf, {"__type__": "float", "value": "inf"}),
        ({1: "a", "1": "b"}, {"__type__": "dict", "value": [[1, "a"], ["1", "b"]]}),
        ({"a": 1}, {"a": 1}),
        ([None, True, 1, 1.0, "x"], [None, True, 1, 1.0, "x"]),
    ],
)
def test_that_values_are_saved_as_the_format_says(value: object, saved: JSON) -> None:
    assert same(encode(value), saved)
    assert spelled(decode(saved)) == spelled(value)


def test_that_a_named_zone_is_kept_as_its_offset() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for month, fold in ((1, 0), (7, 0), (7, 1)):
        moment = dt.datetime(2025, month, 1, 12, tzinfo=berlin, fold=fold)
        back = through_text(moment)
        assert isinstance(back, dt.datetime)
        assert (back.replace(tzinfo=None), back.utcoffset(), back.fold) == (
            moment.replace(tzinfo=None),
            moment.utcoffset(),
            fold,
        )
    twice = dt.datetime(2025, 10, 26, 2, 30, tzinfo=berlin, fold=1)
    back = through_text(twice)
    assert isinstance(back, dt.datetime)
    assert back.utcoffset() == dt.timedelta(hours=1)


def test_that_several_nans_stay_several_items_and_several_keys() -> None:
    nans = [float("nan") for _ in range(3)]
    for value in ({*nans}, frozenset(nans), {(nan, 1) for nan in nans}, dict.fromkeys(nans, "text")):
        back = through_text(value)
        assert type(back) is type(value)
        assert spelled(back) == spelled(value)


def test_that_what_is_decoded_shares_nothing_with_the_document() -> None:
    saved: JSON = {"a": [1, {"b": []}], "t": {"__type__": "mystery", "value": [1]}}
    value = decode(saved)
    assert isinstance(value, dict)
    value["a"][1]["b"].append(5)
    value["t"]["value"].append(5)
    assert same(saved, {"a": [1, {"b": []}], "t": {"__type__": "mystery", "value": [1]}})


def test_that_what_is_encoded_shares_nothing_with_the_launcher() -> None:
    mine = decode({"a": [1, {"b": []}], "t": {"__type__": "mystery", "value": [1]}})
    assert isinstance(mine, dict)
    saved = encode(mine)
    mine["a"].append(2)
    mine["t"]["value"].append(2)
    assert same(saved, {"a": [1, {"b": []}], "t": {"__type__": "mystery", "value": [1]}})


# --- tags that are not ours, or broken ------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        {"__type__": "ndarray", "value": {"dtype": "<f8", "shape": [1], "data": "AAAA"}},
        {"__type__": "of.the.future", "value": [{"__type__": "tuple", "value": [1]}], "more": 1},
        {"__type__": "datetime", "value": "yesterday"},
        {"__type__": "datetime", "value": 5},
        {"__type__": "datetime"},
        {"__type__": "datetime", "value": "2025-06-23T10:30:00", "fold": 2},
        {"__type__": "date", "value": "2025-06-23", "fold": 1},
        {"__type__": "tuple", "value": [1], "note": "kept"},
        {"__type__": "tuple", "value": "abc"},
        {"__type__": "timedelta", "value": [1, 2]},
        {"__type__": "timedelta", "value": [True, 0, 0]},
        {"__type__": "timedelta", "value": [10**12, 0, 0]},
        {"__type__": "set", "value": [[1]]},
        {"__type__": "bytes", "value": "not base64"},
        {"__type__": "bytes", "value": "é"},
        {"__type__": "complex", "value": [1, True]},
        {"__type__": "Decimal", "value": "ten"},
        {"__type__": "UUID", "value": "1234"},
        {"__type__": "float", "value": "fast"},
        {"__type__": "dict", "value": [["a", 1], ["a", 2]]},
        {"__type__": "dict", "value": [[1, "a"], [True, "b"]]},
        {"__type__": "dict", "value": [["a"]]},
        {"__type__": "dict", "value": {"a": 1}},
        {"__type__": "dict", "value": [[["unhashable"], 1]]},
        {"__type__": None, "value": 1},
        {"__type__": ["x"], "value": 1},
    ],
)
def test_that_an_unknown_or_broken_tag_stays_the_mapping_it_is_both_ways(tag: dict[str, JSON]) -> None:
    assert decode(tag) == tag
    assert same(encode(decode(tag)), tag)
    assert decode([tag, {"in": tag}]) == [tag, {"in": tag}]


@pytest.mark.parametrize("name", ["tuple", "ndarray", "rose", 5])
def test_that_a_mapping_of_the_users_with_a_type_key_is_no_tag(name: object) -> None:
    mine = {"__type__": name, "value": [1, 2]}
    assert encode(mine) == {"__type__": "dict", "value": [["__type__", name], ["value", [1, 2]]]}
    back = through_text(mine)
    assert type(back) is dict
    assert back == mine


def test_that_an_unknown_tag_that_a_launcher_changed_is_saved_as_what_it_became() -> None:
    tag = decode({"__type__": "mystery", "value": [1]})
    assert isinstance(tag, UnknownTag)
    tag["value"] = (1, 2)
    assert through_text(tag) == {"__type__": "mystery", "value": (1, 2)}
    tag["__type__"], tag["value"] = "tuple", [1]
    back = through_text(tag)
    assert type(back) is dict
    assert back == {"__type__": "tuple", "value": [1]}


def test_that_numbers_in_an_unknown_tag_reach_python_as_numbers() -> None:
    assert decode(parse(b'{"__type__": "mystery", "value": [1e2, -0]}')) == {
        "__type__": "mystery",
        "value": [100.0, 0],
    }


def test_that_an_unknown_tag_with_numbers_json_lacks_stays_that_tag() -> None:
    tag = decode(parse(b'{"__type__": "mystery", "value": [NaN, {"a": -Infinity, "b": 1e999}]}'))
    assert isinstance(tag, UnknownTag)
    assert write(encode(tag)) == (
        '{"__type__": "mystery", "value": [{"__type__": "float", "value": "nan"},'
        ' {"a": {"__type__": "float", "value": "-inf"}, "b": {"__type__": "float", "value": "inf"}}]}'
    )
    assert type(through_text(tag)) is UnknownTag


@pytest.mark.parametrize(
    ("text", "value"),
    [("1e2", 100.0), ("-0", 0), ("1e999", math.inf), ("0.10", 0.1), ("9" * 4200, 10**4200 - 1)],
)
def test_that_number_tokens_become_numbers(text: str, value: object) -> None:
    found = decode(Number(text))
    assert type(found) is type(value)
    assert found == value


def test_that_huge_integers_go_both_ways_whatever_limit_the_process_has_set() -> None:
    limit = sys.get_int_max_str_digits()
    huge = -(7**30_000)
    sys.set_int_max_str_digits(640)
    try:
        assert through_text([huge, 10**1000]) == [huge, 10**1000]
    finally:
        sys.set_int_max_str_digits(limit)


# --- paths of another system ------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="the other way round there")
def test_that_a_path_of_another_system_comes_back_as_text() -> None:
    for text in ("C:\\data\\mouse 1", "\\\\nas\\share"):
        assert decode({"__type__": "Path", "value": text}) == text
        with pytest.raises(NotRepresentable, match="another system"):
            encode(Path(text))
    assert decode({"__type__": "Path", "value": "/data"}) == Path("/data")


# --- what cannot be saved ---------------------------------------------------------------------------------


class Colour(Enum):
    """An enum for the tests below."""

    RED = 1


class Loud(str):
    """A subclass of text."""

    __slots__ = ()


class Vague(dt.tzinfo):
    """A zone that has no offset."""

    def utcoffset(self, _when: dt.datetime | None) -> dt.timedelta | None:
        """Say nothing."""
        return None

    def dst(self, _when: dt.datetime | None) -> dt.timedelta | None:
        """Say nothing."""
        return None

    def tzname(self, _when: dt.datetime | None) -> str | None:
        """Say nothing."""
        return None


class Strange(Vague):
    """A zone whose code fails."""

    def utcoffset(self, _when: dt.datetime | None) -> dt.timedelta | None:
        """Fail."""
        raise RuntimeError("no such zone")


@pytest.mark.parametrize(
    "value",
    [
        object(),
        Colour.RED,
        Loud("x"),
        OrderedDict(a=1),
        bytearray(b"x"),
        range(3),
        PurePosixPath("a"),
        print,
        int,
        dt.time(12, tzinfo=ZoneInfo("Europe/Berlin")),
        dt.datetime(2025, 1, 1, tzinfo=Strange()),
        dt.datetime(2025, 1, 1, tzinfo=dt.timezone(dt.timedelta(microseconds=1))),
        dt.datetime(2025, 1, 1, tzinfo=Vague()),
        "\ud83d\ude00",
    ],
)
def test_that_other_types_are_refused_at_any_depth_with_their_place(value: object) -> None:
    for held, pointer in (
        (value, ""),
        ([0, value], "1"),
        ({"a/b": (1, {"c": value})}, "a~1b/1/c"),
        ({1: [value]}, "1/0"),
    ):
        with pytest.raises(NotRepresentable) as caught:
            encode(held)
        assert caught.value.pointer == pointer
        assert str(caught.value).endswith(f", at {pointer}") is bool(pointer)


def test_that_only_the_exact_types_count_as_such() -> None:
    assert is_exact(1)
    assert is_exact(Decimal(1))
    assert is_exact(uuid.UUID(int=1))
    assert not is_exact(Loud("x"))
    assert not is_exact(object())


def test_that_a_cycle_and_an_endless_nesting_are_refused() -> None:
    circle: list[object] = []
    circle.append({"again": circle})
    with pytest.raises(NotRepresentable, match="containing itself"):
        encode(circle)


@pytest.mark.parametrize(
    "wrap",
    [lambda value: [value], lambda value: (value,), lambda value: {"k": value}, lambda value: {1: value}],
)
def test_that_whatever_is_encoded_can_be_read_again_however_deep(wrap: object) -> None:
    value: object = 1
    for depth in range(MAX_VALUE_DEPTH + 5):
        try:
            saved = encode(value)
        except NotRepresentable:
            assert depth > 50
            return
        assert decode(parse(write(saved).encode())) == value
        value = wrap(value)  # type: ignore[operator]
    pytest.fail("never refused")


def test_that_a_refused_value_below_a_huge_integer_is_refused_like_any_other() -> None:
    with pytest.raises(NotRepresentable, match="without a handler"):
        encode({10**5000: object()})

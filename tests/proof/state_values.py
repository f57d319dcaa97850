"""Values of every type that a state file knows, nested and mixed, as hypothesis draws them.

One idea: what is likely to be lost is drawn often. Ordinary numbers and texts are no danger; the edge of a
type, a key that looks like another, data that looks like a tag, a nan among items of a set are.

Not for: values of a launcher's own classes (`tests.proof.own_classes`), what must be refused
(`tests.proof.refusals`).
"""

from __future__ import annotations

import datetime as dt
import math
import re
import sys
import uuid
from collections.abc import Callable, Hashable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from persistence.codec import decode
from tests.proof.arrays import arrays

# --- texts and numbers ------------------------------------------------------------------------------------


def is_whole(text: str) -> bool:
    """Whether no two surrogates stand side by side that would be one character once they are written."""
    return not any("\ud800" <= a <= "\udbff" and "\udc00" <= b <= "\udfff" for a, b in pairwise(text))


odd_texts = [
    "",
    "\0",
    "\ufeff",
    "\u2028",
    "\ud800",
    "x\udfff",
    "\udfff\ud800",
    "e\u0301",
    "\U0001f600",
    "NaN",
    "-0",
    "'\"\\/",
]
texts = st.sampled_from(odd_texts) | st.text(
    st.characters(codec=None, exclude_categories=[]), max_size=9
).filter(is_whole)

digits = st.sampled_from([19, 309, 600, 639, 640, 641, 4298, 4299, 4300, 4301, 5000])
integers = (
    st.integers()
    | st.sampled_from([2**53, 2**53 + 1, 2**63 - 1, -(2**63), 2**64])
    | st.builds(lambda count, tail: 10**count + tail, digits, st.integers(-2, 2))
    | st.builds(lambda count, tail: -(10**count) + tail, digits, st.integers(-2, 2))
)
odd_floats = [-0.0, 5e-324, sys.float_info.max, math.inf, -math.inf, 1e16, 1e22, 1e-5, 0.1 + 0.2]
# Each nan is an object of its own, as those of a computation are: only so can two of them be in one set.
floats = st.floats() | st.sampled_from(odd_floats) | st.builds(float, st.just("nan"))
complexes = st.builds(complex, floats, floats)
odd_decimals = [
    "-0",
    "0E+3",
    "-0.00",
    "1E+999999",
    "1E-999999",
    "NaN",
    "-NaN123",
    "Infinity",
    "-Infinity",
    "1.10",
]
decimals = (st.decimals() | st.sampled_from([*odd_decimals, "9" * 60]).map(Decimal)).filter(
    lambda number: not number.is_snan()
)
signalling = st.sampled_from(["sNaN", "-sNaN5"]).map(Decimal)
"""These have no hash, so they are neither keys nor items of sets."""

# --- dates and times --------------------------------------------------------------------------------------

folds = st.integers(0, 1)


def _offset(offset: dt.timedelta) -> dt.timezone:
    """A zone; an offset of less than a second cannot be written and is refused."""
    return dt.timezone(offset if abs(offset) >= dt.timedelta(seconds=1) else dt.timedelta(0))


day = dt.timedelta(hours=23, minutes=59)
offsets = st.sampled_from([dt.timedelta(hours=5, minutes=45), -day, day]) | st.timedeltas(-day, day)
zones = offsets.map(_offset) | st.just(dt.UTC)
# Ends of summer time, half an hour of it, and offsets with seconds before standard time.
names = ["Europe/Berlin", "Australia/Lord_Howe", "Africa/Monrovia", "Europe/Dublin", "Asia/Kathmandu"]
named_zones = st.sampled_from(sorted(available_timezones().intersection(names))).map(ZoneInfo)
twice = st.builds(dt.datetime, st.just(2025), st.just(10), st.just(26), st.just(2), st.integers(0, 59))
datetimes = st.builds(
    lambda moment, zone, fold: moment.replace(tzinfo=zone, fold=fold),
    st.datetimes() | st.datetimes(dt.datetime(1860, 1, 1), dt.datetime(2037, 1, 1)) | twice,
    st.none() | zones | named_zones,
    folds,
)
times = st.builds(
    lambda time, zone, fold: time.replace(tzinfo=zone, fold=fold), st.times(), st.none() | zones, folds
)

# --- the rest that holds nothing --------------------------------------------------------------------------

OTHER_SYSTEMS_PATH = re.compile(r"/" if sys.platform == "win32" else r"[A-Za-z]:\\|\\")
parts = st.text("abcé .-~$;&\n\udc80", min_size=1, max_size=6) | st.sampled_from(
    ["..", "C:", "a\\b", "NUL", "~"]
)
roots = st.sampled_from(["", str(Path(sys.executable).anchor)])
paths = st.builds(lambda root, names: Path(root, *names), roots, st.lists(parts, max_size=3)).filter(
    lambda path: not OTHER_SYSTEMS_PATH.match(str(path))
)
uuids = st.uuids() | st.sampled_from([uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)])

_scalars = (
    st.none()
    | st.booleans()
    | st.sampled_from([0, 1, 0.0, 1.0])
    | integers
    | floats
    | complexes
    | texts
    | datetimes
    | times
    | st.dates()
    | st.timedeltas()
    | st.binary(max_size=20)
    | decimals
    | uuids
    | paths
)


@st.composite
def scalars(draw: st.DrawFn) -> Hashable:
    """What holds nothing.

    A function, as the two below: hypothesis would name what is made of it by all that it is made of.
    """
    return draw(_scalars)


# --- containers -------------------------------------------------------------------------------------------

_hashables: st.SearchStrategy[Hashable] = st.recursive(
    scalars(),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3),
    max_leaves=4,
)


@st.composite
def hashables(draw: st.DrawFn) -> Hashable:
    """What can be a key or an item of a set."""
    return draw(_hashables)


several_nans = st.integers(2, 3).map(lambda count: [float("nan") for _ in range(count)])
sets = st.sets(hashables(), max_size=3) | several_nans.map(set) | several_nans.map(frozenset)
alike = st.sampled_from(
    [1, "1", 0, "0", 1.5, "1.5", None, "None", "null", "True", (1,), "(1,)", b"1", "\ud800"]
)
tag_words = st.sampled_from(["__type__", "value", "fold"])
known_tags = ["tuple", "set", "datetime", "float", "dict", "bytes", "ndarray", "UnknownTag", "mystery"]


def dictionaries(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """With keys of text, of any type, keys that look alike, and a user's own data that looks like a tag."""
    return (
        st.dictionaries(texts, inner, max_size=3)
        | st.dictionaries(hashables(), inner, max_size=3)
        | st.dictionaries(alike, inner, max_size=4)
        | st.dictionaries(tag_words | texts, inner, max_size=3)
        | st.fixed_dictionaries({"__type__": st.sampled_from(known_tags) | inner, "value": inner})
        | several_nans.map(lambda keys: {key: index for index, key in enumerate(keys)})
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
# As a load makes them of what a later version, or a broken one, had written.
unknown_tags = st.builds(
    lambda name, value, more: decode({"__type__": name, "value": value, **more}),
    st.sampled_from(["mystery", "of.the.future", "datetime", "tuple"]),
    json_values,
    st.dictionaries(st.sampled_from(["note", "unit"]), json_values, min_size=1, max_size=1),
)

_values: st.SearchStrategy[object] = st.recursive(
    hashables() | signalling | arrays() | unknown_tags,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=3).map(tuple) | sets | dictionaries(inner)
    ),
    max_leaves=8,
)


@st.composite
def values(draw: st.DrawFn) -> object:
    """Everything that can stand anywhere in a state."""
    return draw(_values)


# --- deep ones --------------------------------------------------------------------------------------------

Wrap = Callable[[object], object]
wraps: list[tuple[int, Wrap]] = [
    (1, lambda value: [value]),
    (1, lambda value: {"k": value}),
    (2, lambda value: (value,)),
    (3, lambda value: {1: value}),
    (3, lambda value: {"__type__": value}),
]
"""A container around a value, and the levels of JSON that it takes."""


def wrapped(levels: int, seeds: list[tuple[int, Wrap]], core: object) -> object:
    """A core inside of as many containers as so many levels have room for."""
    for taken, wrap in seeds * levels:
        levels -= taken
        if levels < 0:
            break
        core = wrap(core)
    return core


def deep(levels: st.SearchStrategy[int]) -> st.SearchStrategy[object]:
    """Values of so many levels or few less, around one that has none."""
    return st.builds(
        wrapped, levels, st.lists(st.sampled_from(wraps), min_size=1, max_size=4), st.integers(0, 1)
    )

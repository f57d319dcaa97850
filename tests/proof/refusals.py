"""Values that a state file cannot hold, and handlers that fail.

One idea: each comes with words that its reason must have; where it stands, deep inside of sound values or
alone, must not matter.

Not for: values that can be saved (`tests.proof.state_values`).
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from persistence.codec import MAX_VALUE_DEPTH
from tests.proof.arrays import objects
from tests.proof.own_classes import Label, Level, Names, Pair, Phase, Point
from tests.proof.state_values import deep, values

NO_HANDLER = "without a handler"
Refused = tuple[Any, str]
"""A value, and words of the reason for which it is refused."""


class Zone(dt.tzinfo):
    """A zone whose code fails, or says nothing."""

    def __init__(self, *, fails: bool) -> None:
        self.fails = fails

    def utcoffset(self, _when: dt.datetime | None) -> dt.timedelta | None:
        """Fail, or say nothing."""
        if self.fails:
            raise LookupError("no such zone")
        return None

    def dst(self, _when: dt.datetime | None) -> dt.timedelta | None:
        """Say nothing."""
        return None

    def tzname(self, _when: dt.datetime | None) -> str | None:
        """Say nothing."""
        return None


class Held(dict[str, int]):
    """A mapping that carries something beside its content."""

    def __init__(self, unit: str) -> None:
        super().__init__(a=1)
        self.unit = unit


def _circle(turns: int, through: str) -> Any:
    start: list[Any] = []
    inner: Any = start
    for _ in range(turns):
        inner = {"list": [inner], "tuple": (inner,), "dict": {"again": inner}, "keyed": {1: inner}}[through]
    start.append(inner)
    return start


HALVES = "\ud83d\ude00"
alone: list[Callable[[], Refused]] = [
    lambda: (object(), NO_HANDLER),
    lambda: (bytearray(b"x"), NO_HANDLER),
    lambda: (range(3), NO_HANDLER),
    lambda: (iter([1]), NO_HANDLER),
    lambda: (memoryview(b"x"), NO_HANDLER),
    lambda: (Held("ml"), NO_HANDLER),
    lambda: (HALVES, "two halves"),
    lambda: (f"more {HALVES} text", "two halves"),
    lambda: ({HALVES: 1}, "two halves"),
    lambda: ({HALVES, "x"}, "two halves"),
    lambda: (Path(HALVES), "two halves"),
    lambda: (dt.datetime(2025, 1, 1, tzinfo=Zone(fails=True)), "its time zone fails"),
    lambda: (dt.time(1, tzinfo=Zone(fails=True)), "its time zone fails"),
    lambda: (dt.datetime(2025, 1, 1, tzinfo=Zone(fails=False)), "no fixed offset"),
    lambda: (dt.time(12, tzinfo=ZoneInfo("Europe/Berlin")), "no fixed offset"),
    lambda: (dt.datetime(2025, 1, 1, tzinfo=dt.timezone(dt.timedelta(microseconds=1))), "cannot be written"),
    lambda: (dt.time(1, tzinfo=dt.timezone(-dt.timedelta(microseconds=7))), "cannot be written"),
    lambda: (Path("C:\\data" if sys.platform != "win32" else "/data"), "another system"),
]
whole: list[Callable[[], Refused]] = [
    lambda: (Label(HALVES), "two halves"),
    lambda: (Point(x=HALVES), "two halves"),
    lambda: (Point(x=[Phase.BASELINE]), NO_HANDLER),
]
"""These are refused for another reason where they are not the whole attribute."""
inside: list[Callable[[], Refused]] = [
    lambda: (Phase.TRAINING, NO_HANDLER),
    lambda: (Level.LOW, NO_HANDLER),
    lambda: (Label("x"), NO_HANDLER),
    lambda: (Pair(1, 2), NO_HANDLER),
    lambda: (Point(x=1), NO_HANDLER),
    lambda: (Names(), NO_HANDLER),
    lambda: (OrderedDict(a=1), NO_HANDLER),
    lambda: (len, NO_HANDLER),
    lambda: (dict, NO_HANDLER),
]
"""These are refused only where they are not the whole attribute."""


def _beside(refused: Refused, before: object, place: str) -> Refused:
    """It, with a sound value before it."""
    value, words = refused
    held: dict[str, Callable[[], object]] = {
        "list": lambda: [before, value],
        "tuple": lambda: (before, [value]),
        "dict": lambda: {"before": before, "a/b~": value},
        "keyed": lambda: {1: before, None: {"x": value}},
    }
    return held[place](), words


_drawn_alone = st.sampled_from(alone).map(lambda make: make())
_drawn_whole = st.sampled_from(whole).map(lambda make: make())
_drawn_inside = st.sampled_from(inside).map(lambda make: make())
_places = st.sampled_from(["list", "tuple", "dict", "keyed"])
_circles = st.builds(_circle, st.integers(0, 3), _places).map(lambda value: (value, "containing itself"))
_too_deep = deep(st.integers(MAX_VALUE_DEPTH + 10, 2 * MAX_VALUE_DEPTH)).map(
    lambda value: (value, "levels deep")
)

refused: st.SearchStrategy[Refused] = (
    _drawn_alone
    | _drawn_whole
    | st.builds(_beside, _drawn_alone | _drawn_inside | _circles, values(), _places)
    | _circles
    | _too_deep
    | objects().map(lambda value: (value, ""))
)

# --- handlers ---------------------------------------------------------------------------------------------


def _raising(error: Exception) -> Callable[[Any], object]:
    def serializer(_value: Any) -> object:
        raise error

    return serializer


failing_handlers: st.SearchStrategy[tuple[Callable[[Any], object], str]] = st.sampled_from(
    [
        (_raising(ValueError("no such unit")), "ValueError: no such unit"),
        (_raising(KeyError()), "KeyError"),
        (_raising(RecursionError("too much")), "RecursionError"),
        (_raising(OSError(5, "the disk")), "the disk"),
        (_raising(MemoryError()), "MemoryError"),
        (lambda _value: object(), NO_HANDLER),
        (lambda _value: {"again": _circle(1, "dict")}, "containing itself"),
        (lambda value: value.no_such_attribute, "no_such_attribute"),
    ]
)
"""A serializer that fails, or whose answer cannot be saved, and words of the reason."""

"""Python value to JSON value and back: every type rule of a state file in one place.

One idea: a value is saved only when it comes back equal and of the same type; whatever cannot, says so by
name. Types are judged by `type(value) is ...`, never by `isinstance`: a subclass that came back as its base
would be a silent change.

================================ ==========================================================================
a value of exactly the type      is saved as
================================ ==========================================================================
str, bool, None, list            itself. A text with the two halves of one character as two is refused
int                              itself; beyond 4,300 digits a `Number`
float                            itself; ``{"__type__": "float", "value": "nan"}``, ``"inf"``, ``"-inf"``
dict                             itself when all keys are str and none is ``__type__``; else tag ``dict``
                                 with ``[[key, value], ...]``
UnknownTag                       as it came: what `decode` makes of an unknown tag, or of a broken one
datetime, date, time             tag with `isoformat()`; ``"fold": 1`` as a third key when set. A time zone
                                 is kept as its offset from UTC, not by name; one without offset is refused
timedelta                        tag with ``[days, seconds, microseconds]``
tuple, set, frozenset            tag with a list; sets sorted by the JSON text of their items
bytes                            tag with base64
complex                          tag with ``[real, imag]``
Decimal, UUID                    tag with `str()`
ndarray, numpy's scalars         tag, see `values.arrays`
Path                             tag with `str()`, relative ones with forward slashes. One of another system
                                 (``C:\\...`` on Linux, ``/...`` on Windows) comes back as text
================================ ==========================================================================

Nothing here ever imports, evaluates or constructs a class that a file names.

Not for: reading (`decode` is handed on from `values.tags`); dataclasses, enums and subclasses, which
may be a whole attribute only (`values.whole`); what a launcher saves (`values.attributes`); words
for types (`values.kinds`).
"""

from __future__ import annotations

import base64
import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from persistence.errors import NotRepresentable
from persistence.values.arrays import TAG, encode_array, is_numpys
from persistence.values.depth import MAX_DEPTH
from persistence.values.digits import digits_of
from persistence.values.json_text import JSON, MAX_DIGITS, Number
from persistence.values.json_writing import tagged_float, write
from persistence.values.tags import OTHER_SYSTEMS_PATH, UnknownTag, decode, untagged

__all__ = ["MAX_VALUE_DEPTH", "UnknownTag", "decode", "encode", "is_exact"]

MAX_VALUE_DEPTH = MAX_DEPTH - 10
"""Levels of JSON that one value may have; the rest is for the file around it."""

_PATH: type = type(Path())
_HUGE = 10**MAX_DIGITS
_TWO_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def encode(value: object) -> JSON:
    """The JSON of a value, sharing nothing with it.

    Raises NotRepresentable, with the place inside the value, for a type of which the table says nothing,
    for a cycle, and for more than MAX_VALUE_DEPTH levels.
    """
    return _encode(value, MAX_VALUE_DEPTH)


def _encode(value: object, levels: int) -> JSON:
    """As `encode`; `levels` is how many levels of containers the JSON may still have."""
    kind = type(value)
    encoder = _ENCODERS.get(kind) or _LAZY_ENCODERS.get((kind.__module__, kind.__qualname__))
    if encoder is None and is_numpys(kind):
        return _tagged(TAG, encode_array(value))
    if encoder is None:
        name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
        raise NotRepresentable(f"{kind.__name__} cannot be saved without a handler", type_name=name)
    if levels < 0:
        cause = f"nested more than {MAX_VALUE_DEPTH} levels deep, or containing itself"
        raise NotRepresentable(cause, type_name=kind.__name__)
    return encoder(value, levels)


def _itself(value: Any, _levels: int) -> JSON:
    return cast("bool | None", value)


def _str(value: str, _levels: int = 0) -> str:
    if not value.isascii() and _TWO_HALVES.search(value):
        raise NotRepresentable("a text that holds two halves of one character apart", type_name="str")
    return value


def _int(value: int, _levels: int) -> JSON:
    return value if -_HUGE < value < _HUGE else Number(digits_of(value))


def _float(value: float, _levels: int) -> JSON:
    return value if math.isfinite(value) else tagged_float(value)


def _items(values: Iterable[object], levels: int) -> list[JSON]:
    made: list[JSON] = []
    try:
        for item in values:
            made.append(_encode(item, levels))  # noqa: PERF401 - its length tells where it failed
    except NotRepresentable as error:
        error.inside(len(made))
        raise
    return made


def _list(value: list[object], levels: int) -> JSON:
    return _items(value, levels - 1)


def _tagged(name: str, value: JSON) -> dict[str, JSON]:
    return {"__type__": name, "value": value}


def _tuple(value: tuple[object, ...], levels: int) -> JSON:
    return _tagged("tuple", _items(value, levels - 2))


def _set(value: set[object] | frozenset[object], levels: int) -> JSON:
    return _tagged(type(value).__name__, sorted(_items(value, levels - 2), key=write))


def _dict(value: dict[object, object], levels: int) -> JSON:
    if "__type__" not in value and all(type(key) is str for key in value):
        return _mapping(cast("dict[str, object]", value), levels)
    pairs: list[JSON] = []
    for key, item in value.items():
        try:
            pairs.append(_items((key, item), levels - 3))
        except NotRepresentable as error:
            error.pointer = error.pointer.partition("/")[2]  # which half of the pair says nothing to people
            error.inside(key)
            raise
    return _tagged("dict", pairs)


def _mapping(value: Mapping[str, object], levels: int) -> JSON:
    made: dict[str, JSON] = {}
    key = ""
    try:
        for key, item in value.items():
            made[_str(key)] = _encode(item, levels - 1)
    except NotRepresentable as error:
        error.inside(key)
        raise
    return made


def _unknown_tag(value: UnknownTag, levels: int) -> JSON:
    """As it came, unless somebody changed it to what is no tag to be kept."""
    content = dict(value)
    try:
        plain = _plain(content, levels)
    except _NotPlain:
        return _dict(content, levels)
    return plain if untagged(plain) is plain else _dict(content, levels)


class _NotPlain(Exception):
    """A value that is not its own JSON."""


def _plain(value: object, levels: int) -> JSON:
    kind = type(value)
    if kind is dict and levels > 0:
        mapping = cast("dict[object, object]", value)
        if all(type(key) is str for key in mapping):
            return {_str(str(key)): _plain(item, levels - 1) for key, item in mapping.items()}
    elif kind is list and levels > 0:
        return [_plain(item, levels - 1) for item in cast("list[object]", value)]
    elif kind in (str, int, bool, type(None)) or (kind is float and math.isfinite(cast(float, value))):
        return _encode(value, levels)
    raise _NotPlain


def _moment(value: dt.datetime | dt.time, _levels: int) -> JSON:
    try:
        offset, text = value.utcoffset(), value.isoformat()
    except Exception as error:  # a tzinfo is code of the launcher's and may raise anything
        cause = f"its time zone fails: {error}"
        raise NotRepresentable(cause, type_name=type(value).__name__) from error
    if value.tzinfo is not None and type(value).fromisoformat(text).utcoffset() != offset:
        # An offset of less than a second: Python reads back as UTC what it wrote.
        cause = f"a {type(value).__name__} whose offset from UTC cannot be written"
        raise NotRepresentable(cause, type_name=type(value).__name__)
    if value.tzinfo is not None and offset is None:
        cause = f"a {type(value).__name__} with a zone that has no fixed offset from UTC"
        raise NotRepresentable(cause, type_name=type(value).__name__)
    tag = _tagged(type(value).__name__, text)
    return {**tag, "fold": 1} if value.fold else tag


def _date(value: dt.date, _levels: int) -> JSON:
    return _tagged("date", value.isoformat())


def _timedelta(value: dt.timedelta, _levels: int) -> JSON:
    return _tagged("timedelta", [value.days, value.seconds, value.microseconds])


def _bytes(value: bytes, _levels: int) -> JSON:
    return _tagged("bytes", base64.b64encode(value).decode("ascii"))


def _complex(value: complex, levels: int) -> JSON:
    return _tagged("complex", [_float(value.real, levels), _float(value.imag, levels)])


def _path(value: Path, _levels: int) -> JSON:
    text = str(value) if value.is_absolute() else value.as_posix()
    if OTHER_SYSTEMS_PATH.match(text):
        raise NotRepresentable("a path that reads as one of another system", type_name="Path")
    return _tagged("Path", _str(text))


def _by_text(value: object, _levels: int) -> JSON:
    return _tagged(type(value).__name__, str(value))


_Encoder: TypeAlias = Callable[[Any, int], JSON]
_ENCODERS: Mapping[type, _Encoder] = {
    str: _str,
    int: _int,
    float: _float,
    bool: _itself,
    type(None): _itself,
    list: _list,
    dict: _dict,
    UnknownTag: _unknown_tag,
    tuple: _tuple,
    set: _set,
    frozenset: _set,
    dt.datetime: _moment,
    dt.time: _moment,
    dt.date: _date,
    dt.timedelta: _timedelta,
    bytes: _bytes,
    complex: _complex,
    _PATH: _path,
}
# By name, so that neither module is imported before a launcher has done it.
_LAZY_ENCODERS: Mapping[tuple[str, str], _Encoder] = {
    ("decimal", "Decimal"): _by_text,
    ("uuid", "UUID"): _by_text,
}


def is_exact(value: object) -> bool:
    """Whether a value's own type stands in the table."""
    kind = type(value)
    known = kind in _ENCODERS or (kind.__module__, kind.__qualname__) in _LAZY_ENCODERS
    return known or is_numpys(kind)

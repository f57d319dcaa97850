"""JSON to Python value: the half of the codec that reads; the table of types stands in `persistence.codec`.

One idea: reading never fails. A tag that nobody here knows, or whose value it cannot have, is a mapping
like any other, and goes back into the file as it came.

Not for: anything that a file could name. Only the built-in types of the table are ever made.
"""

from __future__ import annotations

import base64
import datetime as dt
import math
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from persistence.values.arrays import decode_array
from persistence.values.json_text import JSON, Number
from persistence.values.json_writing import tagged_float
from persistence.values.sameness import same

OTHER_SYSTEMS_PATH = re.compile(r"/" if sys.platform == "win32" else r"[A-Za-z]:\\|\\")
"""How a path of another system begins: one of POSIX on Windows, one of Windows elsewhere."""


class UnknownTag(dict[object, object]):
    """A tag that nobody here knows, or a broken one, as the mapping it is; `encode` puts it back."""

    __slots__ = ()


def decode(value: JSON) -> object:
    """The Python value that a JSON value says, sharing nothing with it. Never raises.

    An unknown tag, and a known one whose value it cannot have, stays the mapping it is, an `UnknownTag`.
    """
    kind = type(value)
    if kind is dict:
        mapping = cast("dict[str, JSON]", value)
        if "__type__" in mapping:
            found = untagged(mapping)
            return UnknownTag(_numbers_made(mapping)) if found is mapping else found
        return {key: decode(item) for key, item in mapping.items()}
    if kind is list:
        return [decode(item) for item in cast("list[JSON]", value)]
    return _number(value) if isinstance(value, Number) else value


def untagged(value: JSON) -> object:
    """The Python value of a sound tag; any other value itself, the very object."""
    if not isinstance(value, dict):
        return value
    tag = value.get("__type__")
    decoder = _DECODERS.get(tag) if isinstance(tag, str) else None
    if decoder is None or "value" not in value:
        return value
    fold = len(value) == 3 and same(value.get("fold"), 1) and tag in ("datetime", "time")
    if len(value) != 2 and not fold:
        return value
    try:
        made = decoder(value["value"])
    except (ValueError, TypeError, LookupError, ArithmeticError):  # as constructors do for a wrong value
        return value
    return made.replace(fold=1) if fold and isinstance(made, dt.datetime | dt.time) else made


def _numbers_made(value: JSON) -> Any:
    """The content of a tag that is kept; a float that JSON lacks is a tag in it, as in the next file."""
    if isinstance(value, dict):
        return {key: _numbers_made(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers_made(item) for item in value]
    made = _number(value) if isinstance(value, Number) else value
    return tagged_float(made) if isinstance(made, float) and not math.isfinite(made) else made


def _number(number: Number) -> int | float:
    if any(sign in number.text for sign in ".eE"):
        return float(number.text)
    sign = -1 if number.text.startswith("-") else 1
    return sign * _from_digits(number.text.lstrip("-"))


def _from_digits(digits: str) -> int:
    if len(digits) <= 600:  # below any limit that a process can set
        return int(digits)
    half = len(digits) // 2
    power: int = 10**half
    return _from_digits(digits[:-half]) * power + _from_digits(digits[-half:])


def _as_text(value: JSON) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


def _as_list(value: JSON) -> list[object]:
    if isinstance(value, list):
        return [decode(item) for item in value]
    raise TypeError


def _to_timedelta(value: JSON) -> dt.timedelta:
    days, seconds, microseconds = _as_list(value)
    if type(days) is type(seconds) is type(microseconds) is int:
        return dt.timedelta(days, seconds, microseconds)
    raise TypeError


def _to_complex(value: JSON) -> complex:
    real, imag = _as_list(value)
    if (
        isinstance(real, int | float)
        and isinstance(imag, int | float)
        and bool not in (type(real), type(imag))
    ):
        return complex(real, imag)
    raise TypeError


def _to_decimal(value: JSON) -> object:
    from decimal import Decimal

    return Decimal(_as_text(value))


def _to_uuid(value: JSON) -> object:
    from uuid import UUID

    return UUID(_as_text(value))


def _to_path(value: JSON) -> object:
    text = _as_text(value)
    return text if OTHER_SYSTEMS_PATH.match(text) else Path(text)


def _to_float(value: JSON) -> float:
    text = _as_text(value)
    if text in ("nan", "inf", "-inf"):
        return float(text)  # each nan an object of its own: the same one twice would be one item of a set
    raise ValueError


def _to_dict(value: JSON) -> object:
    made: dict[object, object] = {}
    for pair in _as_list(value):
        if not isinstance(pair, list) or len(pair) != 2 or pair[0] in made:
            raise ValueError
        made[pair[0]] = pair[1]
    return made


_DECODERS: Mapping[str, Callable[[JSON], object]] = {
    "datetime": lambda value: dt.datetime.fromisoformat(_as_text(value)),
    "date": lambda value: dt.date.fromisoformat(_as_text(value)),
    "time": lambda value: dt.time.fromisoformat(_as_text(value)),
    "timedelta": _to_timedelta,
    "tuple": lambda value: tuple(_as_list(value)),
    "set": lambda value: set(_as_list(value)),
    "frozenset": lambda value: frozenset(_as_list(value)),
    "bytes": lambda value: base64.b64decode(_as_text(value), validate=True),
    "complex": _to_complex,
    "Decimal": _to_decimal,
    "UUID": _to_uuid,
    "Path": _to_path,
    "float": _to_float,
    "dict": _to_dict,
    "ndarray": lambda value: decode_array(_numbers_made(value)),
}

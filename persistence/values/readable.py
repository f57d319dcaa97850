"""Single saved values as people read them: the same text in the window and on the command line.

One idea: a text for each kind, from the saved JSON, that says all of the value; the kind stands beside it or
in front. Dates keep microseconds and zone, numbers their spelling. Only of bytes and arrays is there a short
form, too.

Not for what is typed (`typed_times`, and the window), nor for what holds other values: whoever shows those
knows how much of them.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from math import copysign

from persistence.codec import decode
from persistence.values.json_text import JSON, Number
from persistence.values.json_writing import write
from persistence.values.kinds import Kind
from persistence.values.typed_times import FOLDED, NotThisKind

EMPTY_TEXT = "empty (None)"


def _inner(value: JSON) -> str:
    """The text inside a tag whose value is text."""
    return str(value["value"]) if isinstance(value, dict) else str(value)


def _number_text(value: JSON) -> str:
    if isinstance(value, Number):
        return value.text
    return _inner(value) if isinstance(value, dict) else repr(value)


def _complex_text(value: JSON) -> str:
    number = decode(value)
    if not isinstance(number, complex):
        raise NotThisKind("not a complex number")
    sign = "-" if copysign(1, number.imag) < 0 else "+"
    return f"{number.real!r}{sign}{abs(number.imag)!r}j"


def _date_time_text(value: JSON) -> str:
    moment = decode(value)
    if isinstance(moment, datetime):
        return moment.isoformat(sep=" ") + FOLDED * moment.fold
    if isinstance(moment, time):
        return moment.isoformat() + FOLDED * moment.fold
    raise NotThisKind("not a date-time")


def _duration_text(value: JSON) -> str:
    duration = decode(value)
    if not isinstance(duration, timedelta):
        raise NotThisKind("not a duration")
    size = abs(duration)
    minutes, seconds = divmod(size.seconds, 60)
    days = f"{size.days} day{'s' * (size.days != 1)} " if size.days else ""
    part = f".{size.microseconds:06d}" if size.microseconds else ""
    short = part.removesuffix("000")
    return f"{'-' * (duration < timedelta())}{days}{minutes // 60}:{minutes % 60:02d}:{seconds:02d}{short}"


def _bytes_text(value: JSON) -> str:
    return base64.b64decode(_inner(value)).hex(" ")


TO_TEXT: Mapping[Kind, Callable[[JSON], str]] = {
    Kind.TEXT: str,
    Kind.INTEGER: _number_text,
    Kind.DECIMAL: _number_text,
    Kind.YES_NO: lambda value: "yes" if value else "no",
    Kind.EMPTY: lambda _: EMPTY_TEXT,
    Kind.DATE_TIME: _date_time_text,
    Kind.DATE: _inner,
    Kind.TIME: _date_time_text,
    Kind.DURATION: _duration_text,
    Kind.BYTES: _bytes_text,
    Kind.COMPLEX: _complex_text,
    Kind.EXACT_DECIMAL: _inner,
    Kind.UUID: _inner,
    Kind.PATH: _inner,
}
"""The text of a value of each kind that holds no others."""


def bytes_shown(value: JSON, limit: int) -> str:
    """How many bytes, and the first of them, in at most `limit` characters."""
    held = base64.b64decode(_inner(value))
    count, text = len(held), held[:limit].hex(" ")
    start = f"{count} byte{'s' * (count != 1)}: "
    return start + text if len(start + text) <= limit else f"{start}{text[: limit - len(start) - 1]}…"


_ITEMS: Mapping[str, tuple[str, str, str]] = {
    "f": ("decimal", "decimals", "float"),
    "i": ("integer", "integers", "int"),
    "u": ("integer", "integers", "uint"),
    "c": ("complex number", "complex numbers", "complex"),
    "b": ("yes/no", "yes/no", ""),
    "M": ("date-time", "date-times", ""),
    "m": ("duration", "durations", ""),
    "U": ("text", "texts", ""),
    "S": ("byte string", "byte strings", ""),
}
"""What the items of an array are, by the letter of their type: one, several, the program's word."""
_DTYPE = re.compile(r"[<>|=]([a-zA-Z])(\d+)(?:\[.*\])?")


def array_shown(value: JSON) -> str:
    """The lengths of an array and what its items are: ``2 × 3 decimals (float64)``."""
    inner = value["value"] if isinstance(value, dict) else None
    if not isinstance(inner, dict):
        raise NotThisKind("not an array")
    shape = inner["shape"] if isinstance(inner["shape"], list) else []
    lengths = " × ".join(write(length) for length in shape) or "1"
    return f"{lengths} {_items_of(inner['dtype'], one=lengths == '1')}"


_PACKED: Mapping[str, str] = {
    "f2": "e", "f4": "f", "f8": "d", "i1": "b", "i2": "h", "i4": "i", "i8": "q",
    "u1": "B", "u2": "H", "u4": "I", "u8": "Q", "b1": "?",
}  # fmt: skip
"""Items of arrays as `struct` calls them, which needs no numpy."""


def array_numbers(value: JSON, most: int) -> str:
    """The numbers of a small array, one after the other; empty for one of more than `most`, or of others."""
    inner = value["value"] if isinstance(value, dict) else None
    dtype = inner["dtype"] if isinstance(inner, dict) else None
    if not isinstance(inner, dict) or not isinstance(dtype, str) or dtype[1:] not in _PACKED:
        return ""
    data, order, code = base64.b64decode(str(inner["data"])), dtype[0], _PACKED[dtype[1:]]
    count = len(data) // int(dtype[2:])
    if not count or count > most or len(data) % int(dtype[2:]):
        return ""
    numbers = struct.unpack(f"{'>' if order == '>' else '<'}{count}{code}", data)
    return ", ".join(f"{one:.9g}" if code in "ef" else _plain(one) for one in numbers)


def _plain(number: float | bool) -> str:
    return TO_TEXT[Kind.YES_NO](number) if isinstance(number, bool) else repr(number)


def _items_of(dtype: JSON, *, one: bool) -> str:
    found = _DTYPE.fullmatch(dtype) if isinstance(dtype, str) else None
    if found is None or found[1] not in _ITEMS:
        return "record" if one else "records"
    single, several, called = _ITEMS[found[1]]
    program = f" ({called}{8 * int(found[2])})" if called else ""
    return f"{single if one else several}{program}"

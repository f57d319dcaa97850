"""Single saved values as people read them: the same text in the window and on the command line.

One idea: a text for each kind, from the saved JSON, that says all of the value; the kind stands beside it or
in front. Dates keep microseconds and zone, numbers their spelling. Only of bytes and arrays is there a short
form, too.

Not for what is typed (`typed_times`, and the window), nor for what holds other values: whoever shows those
knows how much of them.
"""

from __future__ import annotations

import base64
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


def array_shown(value: JSON) -> str:
    """The lengths of an array and the type of its items: ``2 × 3 of <f8``."""
    inner = value["value"] if isinstance(value, dict) else None
    if not isinstance(inner, dict):
        raise NotThisKind("not an array")
    shape = inner["shape"] if isinstance(inner["shape"], list) else []
    lengths = " × ".join(write(length) for length in shape)
    items = write(inner["dtype"]).strip('"')
    return f"{lengths} of {items}" if shape else f"one of {items}"

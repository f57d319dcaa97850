"""A JSON value as text, as it is written into a state file.

One idea: a number that nobody edited is written as it was spelled, and nothing is written that strict JSON
lacks: other programs' ``NaN`` and ``Infinity`` get the tag that `persistence.codec` reads. Not for: how a
whole file is laid out (`layout`), nor for Python values (`persistence.codec`, `value_text`).
"""

from __future__ import annotations

import json
import math
import re
from json.encoder import encode_basestring

from persistence.errors import NotRepresentable
from persistence.values.depth import MAX_DEPTH
from persistence.values.digits import digits_of
from persistence.values.json_text import JSON, Number
from persistence.values.spelled import Spelled

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)
_SURROGATE = re.compile("[\ud800-\udfff]")


def write(value: JSON) -> str:
    """The value as JSON on one line, encodable as UTF-8, with ``", "`` and ``": "`` between.

    Other scripts are written as themselves. Lone surrogates become escapes, floats that JSON lacks become
    tagged floats. Raises NotRepresentable when the value is nested without end; whether `parse` would take
    it, `too_deep` says.
    """
    try:
        text = _encoded(value)
    except RecursionError:
        cause = f"nested more than {MAX_DEPTH} levels deep"
        raise NotRepresentable(cause, type_name=type(value).__name__) from None
    return text if text.isascii() else _escaped(text)


def quoted(text: str) -> str:
    """As `write`, of a text: for keys, of which there are many."""
    found = encode_basestring(text)
    return found if found.isascii() else _escaped(found)


def _escaped(text: str) -> str:
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _encoded(value: JSON) -> str:
    try:
        return _ENCODER.encode(value)
    except (TypeError, ValueError):  # a Number, a NaN, or an integer of more digits than Python writes
        return _spelled(value)


def _spelled(value: JSON | Spelled) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_ENCODER.encode(key)}: {_spelled(item)}" for key, item in value.items())
        return "{" + inner + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_spelled, value)) + "]"
    if isinstance(value, Number | Spelled):
        return value.text
    if isinstance(value, float) and not math.isfinite(value):
        return _ENCODER.encode(tagged_float(value))
    if type(value) is int:
        return digits_of(value)
    return _ENCODER.encode(value)


def tagged_float(value: float) -> dict[str, JSON]:
    """The tag for a float that JSON lacks: not a number or an infinity."""
    return {"__type__": "float", "value": str(value)}

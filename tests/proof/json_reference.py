"""What Python's own `json` says of the same bytes: the second opinion on ours.

One idea: `json` is asked for the spelling of every number and the order of every key, so that its answer can
be held against ours sign by sign; where it is laxer than our rule (a key twice, too many levels, other
encodings), the rule is applied to its answer.

Not for: speed, or places of errors.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from persistence.values.depth import MAX_DEPTH
from persistence.values.json_text import JSON, MAX_DIGITS, Number


@dataclass(frozen=True)
class Token:
    """A number, or a word like ``NaN``, as it stands in the text."""

    text: str


class Refuses(Exception):
    """Why these bytes are no strict JSON."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Refuses("a key is there twice")
    return made


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=Token, parse_float=Token, parse_constant=Token
)


def reference(data: bytes) -> Any:
    """The value with a Token for each number. Raises Refuses."""
    if not data or b"\0" in data[:2]:
        raise Refuses("it is empty, or begins as UTF-16 does")
    try:
        value = _DECODER.decode(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refuses(str(error)) from None
    except RecursionError:
        raise Refuses("too many levels") from None
    if _levels(value) > MAX_DEPTH:
        raise Refuses("too many levels")
    return value


def _levels(value: Any) -> int:
    level, count = [value], 0
    while True:
        level = [item for item in level if isinstance(item, dict | list)]
        if not level:
            return count
        level = [child for item in level for child in (item.values() if isinstance(item, dict) else item)]
        count += 1


def is_said_by(value: JSON, said: Any) -> bool:
    """Whether a value is exactly what the reference says: types, spelling of numbers, order of keys."""
    if isinstance(said, Token):
        return _is_spelled(value, said.text)
    if isinstance(value, dict) and isinstance(said, dict):
        return list(value) == list(said) and all(is_said_by(item, said[key]) for key, item in value.items())
    if isinstance(value, list) and isinstance(said, list):
        return len(value) == len(said) and all(map(is_said_by, value, said))
    return type(value) is type(said) and bool(value == said)


def _is_spelled(value: JSON, text: str) -> bool:
    """A number is plain where that keeps its spelling, else its text; what no float holds is infinite."""
    digits = text.lstrip("-")
    if digits.isdigit():
        if len(digits) > MAX_DIGITS or text == "-0":
            return value == Number(text)
        return type(value) is int and str(value) == text
    number = float(text)
    if repr(number) == text or not math.isfinite(number):
        return type(value) is float and repr(value) == repr(number)
    return value == Number(text)

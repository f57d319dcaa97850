"""JSON text and nothing above it: bytes to value, strictly.

One idea: what nobody edited keeps its spelling. Python's `json` turns ``1e2`` into ``100.0``, drops digits
of long decimals, cannot read integers of more than 4,300 digits and takes the last of two equal keys; here
such a number is a `Number` that remembers its text, and what is not strict JSON is refused with its line
and column (`json_damage`). Other programs' ``NaN`` and ``Infinity`` are read (as floats).

Not for: the way back (`json_writing`), nor what a value means. Tags and Python types live in
`persistence.codec`, the shape of a state in `persistence.document`.
"""

from __future__ import annotations

import codecs
import json
import math
from dataclasses import dataclass
from typing import NamedTuple, NoReturn, TypeAlias, cast

from persistence.errors import Damaged
from persistence.values.depth import MAX_DEPTH, has_more_levels, is_shallow
from persistence.values.json_damage import damaged, line_and_column, raise_duplicate, raise_too_deep

MAX_DIGITS = 4300
"""Longest integer that becomes an `int`, Python's own limit; longer ones stay `Number`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number whose spelling Python would change: ``1e2``, ``-0``, a 30-digit decimal, a long integer."""

    text: str


JSON: TypeAlias = "bool | int | float | str | Number | list[JSON] | dict[str, JSON] | None"
"""A JSON value. An int or float is plain where its `repr` is its spelling, else a `Number`."""


class _Duplicate(Exception):
    """Two equal keys in one object: raised by the hook, which does not know where it is."""


def parse(data: bytes) -> JSON:
    """The value that UTF-8 JSON bytes spell (a byte order mark is accepted).

    Raises Damaged, with line and column where there is one, for everything that is not one strict JSON
    value: no bytes, only zero bytes, another encoding, text that ends too early, a key twice in one object,
    more than MAX_DEPTH levels.
    """
    return parse_text(decoded(data))


class ForeignNumber(Exception):
    """A number that JSON does not have, such as NaN or 1e999."""


def parse_text(text: str, *, foreign_numbers: bool = True) -> JSON:
    """As `parse`, of text that `decoded` gave. Raises ForeignNumber for one, where they are not wanted."""
    return parse_piece(text, MAX_DEPTH, foreign_numbers=foreign_numbers)


def parse_piece(text: str, levels: int, *, foreign_numbers: bool = True) -> JSON:
    """As `parse_text`, of a text that may have so many levels only, being part of another one."""
    try:
        value = _read(text, _LENIENT if foreign_numbers else _STRICT)
    except _Duplicate:
        raise_duplicate(text)
    except RecursionError:
        raise_too_deep(text)
    except json.JSONDecodeError as error:
        raise damaged(error, text) from None
    if too_deep(value, text, levels):
        raise_too_deep(text)
    return value


def decoded(data: bytes) -> str:
    """The text of UTF-8 bytes, without a byte order mark. Raises Damaged for no bytes or other encodings."""
    if not data:
        raise Damaged("the file is empty", line=1, column=1, ends_early=True)
    if not data.strip(b"\0"):
        raise Damaged(f"the file holds nothing but {len(data):,} zero bytes", line=1, column=1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        raise Damaged("the file is not UTF-8 (it begins as UTF-16 or UTF-32 does)", line=1, column=1)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = line_and_column(before, len(before))
        cause = f"the file is not UTF-8 at line {line}, column {column}"
        raise Damaged(cause, line=line, column=column, ends_early=error.end == len(data)) from None


class _Decoders(NamedTuple):
    """Two decoders for the same texts: `careful` is for integers that Python's own reading would change."""

    quick: json.JSONDecoder
    careful: json.JSONDecoder


def _read(text: str, decoders: _Decoders) -> JSON:
    if "-0" in text:  # may be the integer -0, which int() cannot keep
        return cast(JSON, decoders.careful.decode(text))
    try:
        return cast(JSON, decoders.quick.decode(text))
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer beyond Python's limit of digits, whatever this process has set it to
        return cast(JSON, decoders.careful.decode(text))


def _object(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Duplicate
    return made


def _decimal(text: str) -> float | Number:
    value = float(text)
    return value if repr(value) == text or math.isinf(value) else Number(text)


def _finite_decimal(text: str) -> float | Number:
    value = _decimal(text)
    if type(value) is float and math.isinf(value):
        raise ForeignNumber
    return value


def _refuse_constant(_name: str) -> NoReturn:
    raise ForeignNumber


def _integer(text: str) -> int | Number:
    if len(text.lstrip("-")) > MAX_DIGITS or text == "-0":
        return Number(text)
    try:
        return int(text)
    except ValueError:  # this process has set a lower limit
        return Number(text)


_LENIENT = _Decoders(
    json.JSONDecoder(object_pairs_hook=_object, parse_float=_decimal),
    json.JSONDecoder(object_pairs_hook=_object, parse_float=_decimal, parse_int=_integer),
)
_STRICT = _Decoders(
    json.JSONDecoder(object_pairs_hook=_object, parse_float=_finite_decimal, parse_constant=_refuse_constant),
    json.JSONDecoder(
        object_pairs_hook=_object,
        parse_float=_finite_decimal,
        parse_int=_integer,
        parse_constant=_refuse_constant,
    ),
)


def too_deep(value: JSON, text: str, levels: int = MAX_DEPTH) -> bool:
    """Whether the JSON `text` of a value has more than so many levels."""
    if is_shallow(text, levels):
        return False
    if _FLOAT_TAG in text:  # a float that JSON lacks may be a mapping in its text, which is one level more
        value = _read(text, _LENIENT)
    return has_more_levels(value, levels)


_FLOAT_TAG = '{"__type__": "float"'

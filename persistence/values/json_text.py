"""JSON text and nothing above it: bytes to value and back, strictly.

One idea: what nobody edited keeps its spelling. Python's `json` turns ``1e2`` into ``100.0``, drops digits
of long decimals, cannot read integers of more than 4,300 digits and takes the last of two equal keys; here
such a number is a `Number` that remembers its text, and what is not strict JSON is refused with its line
and column. Other programs' ``NaN`` and ``Infinity`` are read (as floats) and never written: `write` gives
them the tag that `persistence.codec` reads.

Not for: what a value means. Tags and Python types live in `persistence.codec`, the shape of a state in
`persistence.document`.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from dataclasses import dataclass
from json.encoder import encode_basestring
from types import EllipsisType
from typing import NamedTuple, NoReturn, TypeAlias, cast

from persistence.errors import Damaged, NotRepresentable

MAX_DEPTH = 200
"""Containers inside containers that a text may have; Python's own recursion limit is five times that."""

_SHALLOW = 20  # levels that states usually do not have
MAX_DIGITS = 4300
"""Longest integer that becomes an `int`, Python's own limit; longer ones stay `Number`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number whose spelling Python would change: ``1e2``, ``-0``, a 30-digit decimal, a long integer."""

    text: str


class Spelled:
    """A value that stands in a text: the text, and the value, parsed from it when it is first asked for.

    The text may be a view of the UTF-8 bytes that it is part of, so that a large one is held once.
    """

    __slots__ = ("_value", "as_given")

    def __init__(self, text: str | memoryview, value: JSON | EllipsisType = ...) -> None:
        """`value` is what the text says, where that is known."""
        self.as_given = text
        self._value = value

    @property
    def text(self) -> str:
        """The text. Raises Damaged for bytes that are no UTF-8."""
        given = self.as_given
        return given if isinstance(given, str) else _text_in(given)

    @property
    def value(self) -> JSON:
        """The same object each time. Raises Damaged."""
        if isinstance(self._value, EllipsisType):
            self._value = parse_text(self.text)
        return self._value

    @property
    def known(self) -> bool:
        """Whether the value is at hand."""
        return not isinstance(self._value, EllipsisType)

    def know(self, value: JSON) -> None:
        """Take what the text says from somebody who has read it; whoever comes second is too late."""
        if isinstance(self._value, EllipsisType):
            self._value = value

    def __len__(self) -> int:
        """How long the text is: characters, or bytes of a view."""
        return len(self.as_given)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        """As the values are; whoever means more than that asks `same`."""
        return self.value == (other.value if isinstance(other, Spelled) else other)

    __hash__ = None  # type: ignore[assignment]  # like the lists and mappings that it may be

    def __repr__(self) -> str:
        return f"Spelled({self.text!r})"


def _text_in(view: memoryview) -> str:
    try:
        return str(view, "utf-8")
    except UnicodeDecodeError:
        raise Damaged("the file is not UTF-8") from None


def plain(value: JSON | Spelled) -> JSON:
    """The value itself."""
    return value.value if isinstance(value, Spelled) else value


JSON: TypeAlias = "bool | int | float | str | Number | list[JSON] | dict[str, JSON] | None"
"""A JSON value. An int or float is plain where its `repr` is its spelling, else a `Number`."""


# --- reading ----------------------------------------------------------------------------------------------


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
        _raise_duplicate(text)
    except RecursionError:
        _raise_too_deep(text)
    except json.JSONDecodeError as error:
        raise _damaged(error, text) from None
    if too_deep(value, text, levels):
        _raise_too_deep(text)
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
        line, column = _line_and_column(before, len(before))
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
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(levels):
        level = [
            child
            for item in level
            for child in (item.values() if type(item) is dict else cast("list[JSON]", item))
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True


_FLOAT_TAG = '{"__type__": "float"'
_ONE_KIND = bytes.maketrans(b"[]", b"{}")
_ALL_BUT_BRACKETS = bytes({*range(256)} - {*b'{}[]"\\'})


def is_shallow(text: str, levels: int) -> bool:
    """Whether brackets alone show that there are no more levels; quick, and False where they do not."""
    if text.count("[") + text.count("{") <= levels:
        return True
    return levels >= _SHALLOW and has_matching_brackets(text)


def has_matching_brackets(text: str) -> bool:
    """Whether as many brackets close as open, in no more than a few levels, and none stands in a string.

    Quick, and False where that is not certain.
    """
    if "{" not in text and "[" not in text:
        return "}" not in text and "]" not in text
    brackets = text.encode("utf-8", "surrogatepass").translate(_ONE_KIND, _ALL_BUT_BRACKETS)
    brackets = brackets.replace(b'""', b"")  # all that is left of a string without brackets
    for _ in range(_SHALLOW):
        brackets = brackets.replace(b"{}", b"")
        if not brackets:
            return True
    return False


# --- naming the place of an error; slow, and only walked when there is one --------------------------------

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]', re.DOTALL)
_KEY_FOLLOWS = re.compile(r"[ \t\n\r]*:")


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _damaged(error: json.JSONDecodeError, text: str) -> Damaged:
    unclosed = error.msg.startswith("Unterminated string")
    if unclosed or not text[error.pos :].strip(" \t\r\n"):
        line, column = _line_and_column(text, len(text.rstrip(" \t\r\n")))
        cause = f"the file ends too early, at line {line}, column {column}"
        return Damaged(cause, line=line, column=column, ends_early=True)
    what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
    cause = f"not valid JSON at line {error.lineno}, column {error.colno} ({what})"
    return Damaged(cause, line=error.lineno, column=error.colno)


def _raise_duplicate(text: str) -> NoReturn:
    keys: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "{[":
            keys.append(set())
        elif mark in "}]":
            keys.pop()
        elif mark[0] == '"' and _KEY_FOLLOWS.match(text, token.end()):
            key = json.loads(mark)
            if key in keys[-1]:
                line, column = _line_and_column(text, token.start())
                cause = f"the key {mark[:80]} is there twice, again at line {line}, column {column}"
                raise Damaged(cause, line=line, column=column)
            keys[-1].add(key)
    raise Damaged("a key is there twice")  # pragma: no cover - the reader saw one, so the walk meets it


def _raise_too_deep(text: str) -> NoReturn:
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "{[") - (token[0] in "}]")
        if depth > MAX_DEPTH:
            line, column = _line_and_column(text, token.start())
            cause = f"too deeply nested: more than {MAX_DEPTH} levels at line {line}, column {column}"
            raise Damaged(cause, line=line, column=column)
    raise Damaged("too deeply nested")  # pragma: no cover - the reader counted more levels


# --- writing ----------------------------------------------------------------------------------------------

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


def digits_of(value: int) -> str:
    """An integer as text, of any size and whatever limit this process has set."""
    try:
        return str(value)
    except ValueError:
        from decimal import Decimal

        return str(Decimal(value))


def tagged_float(value: float) -> dict[str, JSON]:
    """The tag for a float that JSON lacks: not a number or an infinity."""
    return {"__type__": "float", "value": str(value)}


# --- comparing --------------------------------------------------------------------------------------------


def same(a: JSON | Spelled, b: JSON | Spelled) -> bool:
    """Whether two values are equal and of the same types throughout: True is not 1, 1 is not 1.0, nan is nan.

    The order of keys does not count, the spelling of a Number does, that of all else does not.
    """
    if type(a) is Spelled or type(b) is Spelled:
        return same(plain(a), plain(b))
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        other = cast("dict[str, JSON]", b)
        if len(a) != len(other):
            return False
        return all(key in other and same(item, other[key]) for key, item in a.items())
    if isinstance(a, list):
        items = cast("list[JSON]", b)
        return len(a) == len(items) and all(map(same, a, items))
    if isinstance(a, float):
        return repr(a) == repr(b)  # nan is nan, and -0.0 is not 0.0
    return a == b

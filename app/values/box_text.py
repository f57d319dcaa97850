"""Values as a text box of many lines holds them, and back again.

One idea: a box shows text as it is, line by line; whatever a box would change in passing (the line ends of
Windows, half characters) or could not show (control characters, marks that turn the direction of writing) is
written as an escape, in the whole text, and then a backslash is one, too. Lists and mappings are JSON with an
item on each line, as far as a line would get too long. All else is the one line that an editor in place has.

Not for widgets, not for single lines (see `edit_text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.values.edit_text import Parsed, editable_text, parse_as
from persistence.values import json_writing
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.readable import TO_TEXT

MAX_CHARACTERS = 200_000
"""Longer texts are not edited by hand: a box of Qt's would hold up every keystroke."""
TEXTS = frozenset({Kind.TEXT, Kind.PATH})
CONTAINERS = frozenset({Kind.LIST, Kind.MAPPING, Kind.TUPLE, Kind.SET, Kind.FROZEN_SET})
MANY_LINES = TEXTS | CONTAINERS
"""The kinds whose text may have several lines."""
_LONG = 200
_NARROW = 72
_CHANGED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0\ufdd1\ufeff]"
)
_SHORT = {"\\": "\\\\", "\r": "\\r"}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.?)", re.DOTALL)
_MEANT = {"\\": "\\", "r": "\r", "n": "\n", "t": "\t"}
_HINT = r"A backslash begins an escape here: \\ is a backslash, \r a carriage return, \u0007 a character."


@dataclass(frozen=True, slots=True)
class Boxed:
    """The text that a box opens with; `escapes` says whether it was written with escapes."""

    text: str
    escapes: bool = False


def boxed(value: JSON) -> Boxed:
    """The text of a value; `parse_box` of it, unchanged, gives an equal value of the same kind."""
    kind = kind_of(value)
    if kind in TEXTS:
        text = TO_TEXT[kind](value)
        return Boxed(_escaped(text), escapes=True) if _CHANGED.search(text) else Boxed(text)
    if kind in CONTAINERS:
        inner = value["value"] if isinstance(value, dict) and kind is not Kind.MAPPING else value
        return Boxed(_CHANGED.sub(_escape, "\n".join(_lines(inner))))  # within quotes, that is JSON as well
    return Boxed(editable_text(value))


def parse_box(text: str, kind: Kind, *, escapes: bool = False) -> Parsed:
    """What the text of a box means as a value of `kind`."""
    if kind in TEXTS and escapes:
        try:
            text = _ESCAPE.sub(_unescaped, text)
        except ValueError:
            return Parsed(None, kind, _HINT)
        # Two escapes may be the halves of one character.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return parse_as(text, kind)


def wants_box(value: JSON) -> bool:
    """Whether one line is too little for a value: it has line breaks, or is long."""
    kind = kind_of(value)
    if kind in TEXTS:
        text = TO_TEXT[kind](value)
        return "\n" in text or len(text) > _LONG
    return kind in CONTAINERS and len(editable_text(value)) > _LONG


def _escaped(text: str) -> str:
    return _CHANGED.sub(_escape, text.replace("\\", "\\\\"))


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0], f"\\u{ord(match[0]):04x}")


def _unescaped(match: re.Match[str]) -> str:
    if match[1][:1] == "u" and len(match[1]) == 5:
        return chr(int(match[1][1:], 16))
    if match[1] not in _MEANT:
        raise ValueError(match[0])
    return _MEANT[match[1]]


def _lines(value: JSON, indent: str = "", before: str = "", behind: str = "") -> Iterator[str]:
    """JSON with what would be too long for a line taken apart."""
    whole = json_writing.write(value)
    if not isinstance(value, dict | list) or not value or len(indent + before + whole) <= _NARROW:
        yield f"{indent}{before}{whole}{behind}"
        return
    if isinstance(value, dict):
        opening, closing = "{}"
        items = [(f"{json_writing.quoted(key)}: ", item) for key, item in value.items()]
    else:
        opening, closing = "[]"
        items = [("", item) for item in value]
    yield f"{indent}{before}{opening}"
    for number, (name, item) in enumerate(items):
        yield from _lines(item, f"{indent}  ", name, "," if number < len(items) - 1 else "")
    yield f"{indent}{closing}{behind}"

"""Attributes of a large state that nobody has read yet: what their texts say without being read. Pure.

One idea: a list of fifteen megabytes is known to be a list by its first sign, and that it is large by its
length; to read it takes a second, and is done when somebody opens it. What is small is read when it is shown.

Not for reading (`state_reading`) nor for searching (`state_search`).
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterable

from persistence.values.json_text import JSON
from persistence.values.kinds import TAGS, Kind
from persistence.values.spelled import Spelled

AT_ONCE = 1 << 14
"""Characters that are read without anybody noticing."""

FEW = 5_000
"""Rows to which something is done without a pause."""

_CHARACTERS = 50  # of a text, to a row
_STEP = 1 << 18
_HEAD = 200
_TAG = re.compile(r'\{\s*"__type__"\s*:\s*"([^"\\]*)"')
_HOLDERS = {"tuple": Kind.TUPLE, "set": Kind.SET, "frozenset": Kind.FROZEN_SET, "dict": Kind.MAPPING}


def is_unread(held: object) -> bool:
    """Whether a value as it stands in a document's tree is known by its text only, and large."""
    if not isinstance(held, Spelled) or held.known:
        return False
    if len(held) <= AT_ONCE and held.at_hand:  # behind a very long name a small value waits, too
        return False
    return kind_unread(held) is not None


def kind_unread(held: Spelled) -> Kind | None:
    """The kind of a value by the beginning of its text; None for what is read at once, however long it is."""
    head = _head(held)
    if head.startswith("["):
        return Kind.LIST
    if not head.startswith("{"):
        return None
    tag = _TAG.match(head)
    if tag is None:
        return Kind.MAPPING
    return _HOLDERS.get(tag[1]) or (None if tag[1] in TAGS else Kind.UNKNOWN)


def is_tagged_unread(held: Spelled) -> bool:
    """Whether the items stand inside a tag."""
    return _TAG.match(_head(held)) is not None


def text_unread(held: Spelled) -> str:
    """What the value column shows of it: how large it is, or the name of a type that nobody knows."""
    tag = _TAG.match(_head(held))
    if tag is not None and kind_unread(held) is Kind.UNKNOWN:
        return f"{tag[1]} (kept as it is)"
    size = len(held)
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def text_in_steps(held: Spelled) -> Generator[None, None, str]:
    """The text, with pauses while it is made of bytes. Raises UnicodeDecodeError."""
    given = held.as_given
    if isinstance(given, str):
        return given
    decoder, text = getincrementaldecoder("utf-8")(), ""
    for first in range(0, len(given), _STEP):
        text += decoder.decode(given[first : first + _STEP])  # in its place; parts would be held twice
        yield
    return text + decoder.decode(b"", final=True)


def are_few(values: Iterable[JSON | Spelled], most: int = FEW) -> bool:
    """Whether there are about so few rows in some values that nobody notices what is done to all of them."""
    count, waiting = 0, [*values]
    while waiting and count < most:
        value = waiting.pop()
        count += 1 + (len(value) // _CHARACTERS if isinstance(value, Spelled | str) else 0)
        if isinstance(value, list | dict):
            count += len(value)
            waiting += (value.values() if isinstance(value, dict) else value) if count < most else ()
    return count < most


def _head(held: Spelled) -> str:
    given = held.as_given[:_HEAD]
    return (given if isinstance(given, str) else str(given, "utf-8", "replace")).lstrip()

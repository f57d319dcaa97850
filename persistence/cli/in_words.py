"""A saved value as people read it on the command line: what JSON can say as VALUE is typed, all else as in
the window.

One idea: the type of a value stands beside it, as in a table; inside others, where nothing stands beside it,
in front: ``[1, date 2026-11-23]``. No more is written than somebody looks at, however large the value is.

Not for programs, which get the saved form, and not for a terminal as it stands (`plain`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from persistence.document import is_tagged
from persistence.values.json_text import JSON
from persistence.values.json_writing import write
from persistence.values.kinds import Kind, kind_of
from persistence.values.readable import TO_TEXT, array_shown, bytes_shown

_AS_TYPED = frozenset({Kind.TEXT, Kind.INTEGER, Kind.YES_NO, Kind.EMPTY, Kind.UNKNOWN})
"""What JSON can say by itself, and what no words of ours stand for."""
_LISTS = frozenset({Kind.LIST, Kind.TUPLE, Kind.SET, Kind.FROZEN_SET})
_SEEN_BY_ITSELF = _AS_TYPED | {Kind.DECIMAL, Kind.LIST, Kind.MAPPING}
"""Kinds that the text tells: nothing stands in front of these."""


def in_words(value: JSON, limit: int) -> str:
    """The text of a value; of one that is longer, somewhat more than its first `limit` characters."""
    found, size = [], 0
    for piece in _pieces(value, limit):
        found.append(piece)
        size += len(piece)
        if size > limit:
            break
    return "".join(found)


def _pieces(value: JSON, limit: int) -> Iterator[str]:
    kind = kind_of(value)
    if kind in _LISTS:
        yield from _between("[", ([item] for item in _items(value)), "]", limit)
    elif kind is Kind.MAPPING and isinstance(value, dict):
        yield from _between("{", _pairs(value), "}", limit)
    elif kind is Kind.BYTES:
        yield bytes_shown(value, limit)
    elif kind is Kind.ARRAY:
        yield array_shown(value)
    else:
        yield write(value) if kind in _AS_TYPED else TO_TEXT[kind](value)


def _items(value: JSON) -> list[JSON]:
    """Of a list, or of what is tagged as holding one."""
    inner = value["value"] if isinstance(value, dict) else value
    return inner if isinstance(inner, list) else []


def _pairs(value: dict[str, JSON]) -> Iterable[Sequence[JSON]]:
    """Each key with its value; of a mapping whose keys are no texts, what stands in the place of a pair."""
    if not is_tagged(value):
        return value.items()
    return (pair if isinstance(pair, list) else [pair] for pair in _items(value))


def _between(start: str, entries: Iterable[Sequence[JSON]], end: str, limit: int) -> Iterator[str]:
    """What is held, each entry an item, or a key and its value."""
    yield start
    for number, entry in enumerate(entries):
        yield ", " if number else ""
        for place, part in enumerate(entry):
            yield ": " if place else ""
            kind = kind_of(part)
            yield "" if kind in _SEEN_BY_ITSELF else f"{kind} "
            yield from _pieces(part, limit)
    yield end

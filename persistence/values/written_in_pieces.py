"""Large JSON values that are written a piece at a time: the same text, without one long call that nobody can
interrupt.

One idea: a piece is a few items of one list or mapping, and one that has many inside is written in pieces
itself; so other threads have their turn in between. What is written is what `values.json_writing` writes at
once. Not for reading (`in_pieces`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice

from persistence.errors import NotRepresentable
from persistence.values.depth import MAX_DEPTH
from persistence.values.in_pieces import Items
from persistence.values.json_text import JSON, too_deep
from persistence.values.json_writing import quoted, write

GROUP = 256
"""Items that are written at once."""

_MANY_BYTES = 1 << 20


def written(value: JSON, levels: int) -> Iterator[str]:
    """The text of a value, as `values.json_writing.write` gives it, in parts.

    Raises NotRepresentable where it has more than so many `levels`.
    """
    if isinstance(value, dict):
        yield "{"
        yield from _separated(_members(value, levels))
        yield "}"
    elif isinstance(value, list):
        yield "["
        yield from _separated(_items(value, levels))
        yield "]"
    else:
        yield write(value)


def joined(parts: Sequence[bytes | memoryview]) -> bytes:
    """All bytes in one, which takes the interpreter for no long time at once where they are many."""
    size = sum(map(len, parts))
    if size < _MANY_BYTES:
        return b"".join(parts)
    whole = BytesIO(bytes(size))  # no other way to fill bytes bit by bit
    for part in parts:
        for first in range(0, len(part), _MANY_BYTES):
            whole.write(part[first : first + _MANY_BYTES])
    return whole.getvalue()


def _separated(parts: Iterable[Iterable[str]]) -> Iterator[str]:
    start = ""
    for part in parts:
        yield start
        yield from part
        start = ", "


def _items(value: list[JSON], levels: int) -> Iterator[Iterable[str]]:
    for first in range(0, len(value), GROUP):
        group = value[first : first + GROUP]
        if any(map(_is_many, group)):
            yield from (written(item, levels - 1) for item in group)
        else:
            yield [_inside(group, levels)]


def _members(value: dict[str, JSON], levels: int) -> Iterator[Iterable[str]]:
    members = iter(value.items())
    while group := dict(islice(members, GROUP)):
        if any(map(_is_many, group.values())):
            for key, item in group.items():
                yield (f"{quoted(key)}: ", *written(item, levels - 1))
        else:
            yield [_inside(group, levels)]


def _inside(group: Items, levels: int) -> str:
    """The text of a few items, without the brackets."""
    text = write(group)
    if too_deep(group, text, levels):
        cause = f"nested so deeply that the file would have more than {MAX_DEPTH} levels"
        raise NotRepresentable(cause, type_name=type(group).__name__)
    return text[1:-1]


def _is_many(value: JSON) -> bool:
    return isinstance(value, list | dict) and len(value) > GROUP

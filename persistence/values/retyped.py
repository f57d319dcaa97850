"""What becomes another type inside a value that keeps its own: an item of a list, a value of a mapping.

One idea: 1 in the place of 1.0 is a slip as much inside a list as outside of one, so values are held against
those that stood in their place, or beside them where all were of one type. Where another type may well be
meant, there is none: in a list of mixed types and another length, in the place of None, or of a new name.

Not for the type of the value itself (`kinds`), and not for all that differs (`states.diff`).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.spelled import plain

_ROWS = (Kind.LIST, Kind.TUPLE)
_HEAPS = (Kind.SET, Kind.FROZEN_SET)


Steps = tuple[str | int, ...]


class Retyped(NamedTuple):
    """One value inside another: the steps to it as people see them, and as the JSON has them, through the tag
    of a tuple, too; of which types it was and is; and what it is.
    """

    seen: Steps
    place: Steps
    before: Kind
    after: Kind
    value: JSON


def retyped(before: JSON, after: JSON, most: float = inf) -> Retyped | None:
    """The first value inside that becomes another type; None where the whole does, that being told itself.

    `most`: values that are looked at, for who is waited for; nothing is said of what lies behind them.
    """
    if kind_of(before) is not kind_of(after):
        return None
    for found in _within(before, after, (), ()):
        if isinstance(found, Retyped):
            return found
        most -= found
        if most < 0:
            return None
    return None


def _within(before: JSON, after: JSON, seen: Steps, place: Steps) -> Iterator[Retyped | int]:
    """What becomes another type, and how many values are looked at next, before they are."""
    kind, now = kind_of(before), kind_of(after)
    if Kind.EMPTY in (kind, now):
        return
    if now is not kind:
        yield Retyped(seen, place, kind, now, after)
    elif kind in _ROWS or kind in _HEAPS:
        yield len(_items(before)) + len(_items(after))
        through = place if isinstance(after, list) else (*place, "value")
        for number, (old, new) in _pairs(_held(before), _held(after), in_order=kind in _ROWS):
            yield from _within(old, new, (*seen, number), (*through, number))
    elif kind is Kind.MAPPING and isinstance(before, dict) and isinstance(after, dict):
        yield len(before) + len(after)
        for key in filter(after.__contains__, before):
            yield from _within(plain(before[key]), plain(after[key]), (*seen, key), (*place, key))


def _pairs(old: list[JSON], new: list[JSON], *, in_order: bool) -> Iterator[tuple[int, tuple[JSON, JSON]]]:
    """Each item with what it is held against, by its number."""
    if in_order and len(old) == len(new):
        yield from enumerate(zip(old, new, strict=True))
        return
    kinds = {kind_of(item): item for item in old if item is not None}
    if len(kinds) == 1:
        ((only, one),) = kinds.items()
        for number, item in enumerate(new):
            yield number, (item if kind_of(item) is only else one, item)


def _held(value: JSON) -> list[JSON]:
    return [plain(item) for item in _items(value)]


def _items(value: JSON) -> list[JSON]:
    inner = value["value"] if isinstance(value, dict) else value
    return inner if isinstance(inner, list) else []

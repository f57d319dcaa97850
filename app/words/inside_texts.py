"""What differs inside two lists or mappings, as a clause: "item 3: 2.0 → 2.5; 1 more differs". Pure.

One idea: that both have four items tells nobody anything, so the first item that differs is told, with how
many others do. Not for all of them side by side (`difference_texts`), nor for a single value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from app.values.fit_text import escaped
from app.values.state_parts import items_of, pair_part
from app.words.beside_texts import beside, value_text
from persistence.document import is_tagged
from persistence.values.json_text import JSON
from persistence.values.json_writing import write
from persistence.values.kinds import Kind, kind_of
from persistence.values.sameness import same

_SETS = frozenset({Kind.SET, Kind.FROZEN_SET})
_LISTS = frozenset({Kind.LIST, Kind.TUPLE})
_OF_NUMBERS = "0123456789.-+e"


class _Part(NamedTuple):
    """Something that a value holds, under the name that people see."""

    label: str
    value: JSON


_Parts: TypeAlias = Mapping[str, _Part]
"""By what no two parts of one value have in common, spelled so that 1, 1.0 and "1" are three."""


def what_differs(before: JSON, now: JSON, limit: int) -> str:
    """The first difference in what both hold, each value in at most `limit` characters, and how many there
    are beside it; empty for what holds nothing, or is of two kinds.
    """
    if kind_of(before) is not kind_of(now):
        return ""
    was, found = _parts(before, limit), _parts(now, limit)
    keys = [*found, *(key for key in was if key not in found)]
    differing = (key for key in keys if not _alike(was.get(key), found.get(key)))
    first = next(differing, None)
    if first is None:
        return ""
    more = sum(1 for _ in differing)
    told = _told(was.get(first), found.get(first), limit)
    return f"{told}; {more:,} more {'differs' if more == 1 else 'differ'}" if more else told


def _told(was: _Part | None, now: _Part | None, limit: int) -> str:
    if was is not None and now is not None:
        before, after = beside(was.value, now.value, limit), beside(now.value, was.value, limit)
        return f"{now.label}: {before} → {after}"
    return f"{now.label} is new" if now is not None else f"{was.label} is gone" if was is not None else ""


def _alike(a: _Part | None, b: _Part | None) -> bool:
    return a is not None and b is not None and same(a.value, b.value)


def _parts(value: JSON, limit: int) -> _Parts:
    """What a value holds; of a set the items are their own names, of at most `limit` characters."""
    kind = kind_of(value)
    if kind in _SETS and isinstance(value, dict):
        return {write(one): _Part(_named(one, limit), one) for one in items_of(value)}
    if kind in _LISTS:
        items = value if isinstance(value, list) else items_of(value) if isinstance(value, dict) else ()
        return {str(place): _Part(f"item {place:,}", one) for place, one in enumerate(items, 1)}
    if kind is not Kind.MAPPING or not isinstance(value, dict):
        return {}
    if is_tagged(value):
        return dict(_pairs(value))
    return {write(key): _Part(escaped(key), one) for key, one in value.items()}


def _named(item: JSON, limit: int) -> str:
    """An item of a set; a text that looks like something else is told as one."""
    name = value_text(item, limit)
    return f"{name} (text)" if isinstance(item, str) and not item.strip(_OF_NUMBERS) else name


def _pairs(value: Mapping[str, JSON]) -> Iterator[tuple[str, _Part]]:
    """Those of a mapping whose keys are no texts."""
    for place, pair in enumerate(items_of(value)):
        if (part := pair_part(place, pair)) is not None and isinstance(pair, list):
            yield write(pair[0]), _Part(part.label, part.value)

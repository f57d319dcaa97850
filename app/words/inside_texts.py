"""What differs inside two lists or mappings, as a clause: "item 3: 2.0 → 2.5; 1 more differs". Pure.

One idea: that both have four items tells nobody anything, so the first item that differs is told, with how
many others do. Not for all of them side by side (`difference_texts`), nor for a single value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.values.fit_text import escaped
from app.values.state_parts import items_of, pair_part
from app.words.change_texts import value_text
from persistence.document import ABSENT, Absent, is_tagged
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.sameness import same

_SETS = frozenset({Kind.SET, Kind.FROZEN_SET})
_LISTS = frozenset({Kind.LIST, Kind.TUPLE})


def what_differs(before: JSON, now: JSON, limit: int) -> str:
    """The first difference in what both hold, each value in at most `limit` characters, and how many there
    are beside it; empty for what holds nothing, or is of two kinds.
    """
    if kind_of(before) is not kind_of(now):
        return ""
    was, found = _parts(before), _parts(now)
    names = [*found, *(name for name in was if name not in found)]
    differing = (name for name in names if not _alike(was.get(name, ABSENT), found.get(name, ABSENT)))
    first = next(differing, None)
    if first is None:
        return ""
    more = sum(1 for _ in differing)
    told = _told(first, was.get(first, ABSENT), found.get(first, ABSENT), limit)
    return f"{told}; {more:,} more {'differs' if more == 1 else 'differ'}" if more else told


def _told(name: str, was: JSON | Absent, now: JSON | Absent, limit: int) -> str:
    if isinstance(was, Absent):
        return f"{name} is new"
    if isinstance(now, Absent):
        return f"{name} is gone"
    return f"{name}: {value_text(was, limit)} → {value_text(now, limit)}"


def _alike(a: JSON | Absent, b: JSON | Absent) -> bool:
    return not isinstance(a, Absent) and not isinstance(b, Absent) and same(a, b)


def _parts(value: JSON) -> Mapping[str, JSON]:
    """What a value holds, by the names that people see; of a set the items are their own names."""
    kind = kind_of(value)
    if kind in _SETS and isinstance(value, dict):
        return {value_text(one): one for one in items_of(value)}
    if kind in _LISTS:
        items = value if isinstance(value, list) else items_of(value) if isinstance(value, dict) else ()
        return {f"item {place:,}": one for place, one in enumerate(items, 1)}
    if kind is not Kind.MAPPING or not isinstance(value, dict):
        return {}
    return dict(_pairs(value)) if is_tagged(value) else {escaped(key): one for key, one in value.items()}


def _pairs(value: Mapping[str, JSON]) -> Iterator[tuple[str, JSON]]:
    """Those of a mapping whose keys are no texts."""
    for place, pair in enumerate(items_of(value)):
        if (part := pair_part(place, pair)) is not None:
            yield part.label, part.value

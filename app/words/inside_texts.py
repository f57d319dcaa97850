"""What differs inside two lists or mappings, as a clause: "item 3: 2.0 → 2.5; 1 more differs". Pure.

One idea: that both have four items tells nobody anything, so the first item that differs is told, of both
with how many others do, or of one alone. Not for all of them side by side (`difference_texts`), nor for a
single value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest
from typing import NamedTuple, TypeAlias

from app.values.fit_text import escaped
from app.values.state_parts import items_of, pair_part
from app.words.beside_texts import beside, value_text
from persistence.document import ABSENT, Absent, is_tagged
from persistence.values.json_text import JSON
from persistence.values.json_writing import write
from persistence.values.kinds import Kind, kind_of
from persistence.values.sameness import same

_SETS = frozenset({Kind.SET, Kind.FROZEN_SET})
_LISTS = frozenset({Kind.LIST, Kind.TUPLE})
_OF_NUMBERS = "0123456789.-+e"
_MOST_SEEN = 10_000
"""Items, in some milliseconds: it is asked for whenever a cell is painted."""


class _Part(NamedTuple):
    """Something that a value holds, under the name that people see."""

    label: str
    value: JSON


_Parts: TypeAlias = Mapping[str, _Part]
"""By what no two parts of one value have in common, spelled so that 1, 1.0 and "1" are three."""
_Pair: TypeAlias = "tuple[_Part | None, _Part | None]"
"""What two values have of the same name; None where one has nothing."""


def what_differs(before: JSON, now: JSON, limit: int) -> str:
    """The first difference in what both hold, each value in at most `limit` characters, and how many there
    are beside it; empty for what holds nothing, or is of two kinds.
    """
    differing = _differing(before, now, limit)
    first = next(differing, None)
    if first is None:
        return ""
    more = sum(1 for _ in differing)
    told = _told(*first, limit)
    return f"{told}; {more:,} more {'differs' if more == 1 else 'differ'}" if more else told


def first_difference(value: JSON | Absent, other: JSON | Absent, limit: int) -> str:
    """What a value has where it is the first time something else than another one that looks like it:
    "item 61: grating_15"; empty where that cannot be said.
    """
    if isinstance(value, Absent) or isinstance(other, Absent):
        return ""
    theirs, mine = next(_differing(other, value, limit, _MOST_SEEN), (None, None))
    if mine is None:
        return "" if theirs is None else f"without {theirs.label}"
    if theirs is None and kind_of(value) in _SETS:
        return f"with {mine.label}"
    return f"{mine.label}: {beside(mine.value, ABSENT if theirs is None else theirs.value, limit)}"


def _told(was: _Part | None, now: _Part | None, limit: int) -> str:
    if was is not None and now is not None:
        before, after = beside(was.value, now.value, limit), beside(now.value, was.value, limit)
        return f"{now.label}: {before} → {after}"
    return f"{now.label} is new" if now is not None else f"{was.label} is gone" if was is not None else ""


def _differing(before: JSON, now: JSON, limit: int, most: int | None = None) -> Iterator[_Pair]:
    """What is not the same in both; it is only looked for as far as it is asked for, and among so many."""
    if kind_of(before) is kind_of(now):
        yield from filter(None, islice(_compared(before, now, limit), most))


def _compared(before: JSON, now: JSON, limit: int) -> Iterator[_Pair | None]:
    """What both hold, in turn; None for what is the same."""
    if kind_of(now) in _LISTS:
        return _in_order(before, now)
    if isinstance(before, dict) and isinstance(now, dict) and not (is_tagged(before) or is_tagged(now)):
        return _by_key(before, now)
    return _by_name(_parts(before, limit), _parts(now, limit))


def _in_order(before: JSON, now: JSON) -> Iterator[_Pair | None]:
    for place, (was, found) in enumerate(zip_longest(_items(before), _items(now), fillvalue=ABSENT), 1):
        yield None if _alike(was, found) else _pair(f"item {place:,}", was, found)


def _by_key(before: Mapping[str, JSON], now: Mapping[str, JSON]) -> Iterator[_Pair | None]:
    for key in chain(now, (key for key in before if key not in now)):
        was, found = before.get(key, ABSENT), now.get(key, ABSENT)
        yield None if _alike(was, found) else _pair(escaped(key), was, found)


def _by_name(before: _Parts, now: _Parts) -> Iterator[_Pair | None]:
    for name in chain(now, (name for name in before if name not in now)):
        was, found = before.get(name), now.get(name)
        yield None if was and found and _alike(was.value, found.value) else (was, found)


def _alike(was: JSON | Absent, found: JSON | Absent) -> bool:
    if isinstance(was, Absent) or isinstance(found, Absent):
        return False
    return was is found or same(was, found)


def _pair(label: str, was: JSON | Absent, found: JSON | Absent) -> _Pair:
    """Made of what differs alone: of a million items that would take seconds."""
    before, now = (None if isinstance(one, Absent) else _Part(label, one) for one in (was, found))
    return before, now


def _items(value: JSON) -> Sequence[JSON]:
    return value if isinstance(value, list) else items_of(value) if isinstance(value, dict) else ()


def _parts(value: JSON, limit: int) -> _Parts:
    """What a value holds that is no list; of a set the items are their own names, of at most `limit`
    characters.
    """
    kind = kind_of(value)
    if kind in _SETS and isinstance(value, dict):
        return {write(one): _Part(_named(one, limit), one) for one in items_of(value)}
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

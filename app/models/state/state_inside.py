"""What stands inside a value, as rows that are made only where somebody looks. Pure.

One idea: a list of 100,000 is a number and a way to any stretch of it. More rows than a person scrolls
through stand under headings of a thousand each, in as many levels as it takes, so that no row ever has more
than a thousand below it. Not for which value is shown (`state_nodes`), nor for Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress, count, islice
from operator import is_not
from typing import Any, Protocol, TypeAlias, cast

from app.values.state_parts import TAGGED_ITEMS, Part, items_of, pair_part, removed_part, with_removed
from persistence.document import ABSENT, Absent, Place, is_tagged
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of

GROUP = 1000
"""The most rows that stand below one."""

Choice: TypeAlias = Any
"""What a part is made of; this room need not know."""

MANY = 100
"""Places that are worth being refreshed one by one."""


class Inside(Protocol):
    """The parts of a container."""

    @property
    def count(self) -> int:
        """How many there are."""

    def some(self, first: int, last: int) -> list[Part]:
        """Those from the position `first` to the one before `last`."""

    def position(self, steps: Place) -> int:
        """Where the part with these steps stands; -1 for none."""

    def name(self, position: int) -> str:
        """What the part at a position is called."""

    def names(self, first: int, last: int) -> Sequence[str]:
        """What those of a stretch are called."""

    def values(self, first: int, last: int) -> Sequence[JSON]:
        """The values of a stretch, without making parts of them."""


class Items:
    """The items of a list, a tuple, a set: counted from 1. `way` leads from the value to the list."""

    def __init__(self, items: Sequence[JSON], way: Place = ()) -> None:
        self._items = items
        self._way = way
        self.count = len(items)

    def some(self, first: int, last: int) -> list[Part]:
        """Items are found by their index."""
        found = enumerate(self._items[first:last], first)
        return [Part((*self._way, index), str(index + 1), item) for index, item in found]

    def position(self, steps: Place) -> int:
        """The index itself."""
        index = steps[-1] if steps[:-1] == self._way else -1
        return index if isinstance(index, int) and 0 <= index < self.count else -1

    def name(self, position: int) -> str:
        """The number of the item."""
        return str(position + 1)

    def names(self, first: int, last: int) -> Sequence[str]:
        """The numbers."""
        return [str(number) for number in range(first + 1, min(last, self.count) + 1)]

    def values(self, first: int, last: int) -> Sequence[JSON]:
        """The items."""
        return self._items[first:last]


class Members:
    """The members of a plain mapping, and those that were removed from it since it was saved. These stay
    where they `stood`, if that is known, else where they are saved.
    """

    def __init__(
        self,
        members: Mapping[str, JSON],
        gone: Sequence[str] = (),
        saved: JSON | Absent = ABSENT,
        stood: Sequence[str] = (),
    ) -> None:
        self._members = members
        self._saved = cast("Mapping[str, JSON]", saved if isinstance(saved, dict) else {})
        order = stood if gone and frozenset(stood).issuperset(gone) else self._saved
        self.keys: Sequence[str] = with_removed(members, gone, order) if gone else [*members]
        self.count = len(self.keys)

    def some(self, first: int, last: int) -> list[Part]:
        """Members are found by their keys, whose order is kept for that."""
        return [self._part(key) for key in self.keys[first:last]]

    def position(self, steps: Place) -> int:
        """Looked up: thousands may be asked for, one by one."""
        return self._rows.get(steps[0], -1) if len(steps) == 1 else -1

    @cached_property
    def _rows(self) -> Mapping[Hashable, int]:
        return _numbered(self.keys)

    def name(self, position: int) -> str:
        """The key."""
        return self.keys[position]

    def names(self, first: int, last: int) -> Sequence[str]:
        """The keys."""
        return self.keys[first:last]

    def values(self, first: int, last: int) -> Sequence[JSON]:
        """Of those that were removed, what is saved."""
        both = self._members, self._saved
        return [next(found[key] for found in both if key in found) for key in self.keys[first:last]]

    def _part(self, key: str) -> Part:
        if key in self._members:
            return Part((key,), key, self._members[key])
        return removed_part(key, self._saved)


class Listed:
    """Parts that are there already."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = [*parts]
        self.count = len(self._parts)

    def some(self, first: int, last: int) -> list[Part]:
        """Just these."""
        return self._parts[first:last]

    def position(self, steps: Place) -> int:
        """Looked up: thousands may be asked for, one by one."""
        return self._rows.get(steps, -1)

    @cached_property
    def _rows(self) -> Mapping[Hashable, int]:
        return _numbered(part.steps for part in self._parts)

    def name(self, position: int) -> str:
        """The name of the part."""
        return self._parts[position].label

    def names(self, first: int, last: int) -> Sequence[str]:
        """Those of the parts."""
        return [part.label for part in self._parts[first:last]]

    def values(self, first: int, last: int) -> Sequence[JSON]:
        """Those of the parts."""
        return [part.value for part in self._parts[first:last]]


class Chosen:
    """Some parts of a value, which are made only where somebody looks: `part` gives the one of a choice."""

    def __init__(self, choices: Mapping[Place, Choice], part: Callable[[Choice], Part]) -> None:
        self._steps = [*choices]
        self._choices = [*choices.values()]
        self._part = part
        self.count = len(self._steps)

    def some(self, first: int, last: int) -> list[Part]:
        """Made of the choices."""
        return [self._part(choice) for choice in self._choices[first:last]]

    def position(self, steps: Place) -> int:
        """Looked up: thousands may be asked for, one by one."""
        return self._rows.get(steps, -1)

    @cached_property
    def _rows(self) -> Mapping[Hashable, int]:
        return _numbered(self._steps)

    def name(self, position: int) -> str:
        """The name of the part."""
        return self._part(self._choices[position]).label

    def names(self, first: int, last: int) -> Sequence[str]:
        """Those of the parts."""
        return [part.label for part in self.some(first, last)]

    def values(self, first: int, last: int) -> Sequence[JSON]:
        """Those of the parts."""
        return [part.value for part in self.some(first, last)]


def _numbered(names: Iterable[Hashable]) -> Mapping[Hashable, int]:
    """Where each of them stands; made where somebody asks for the first."""
    return {name: row for row, name in enumerate(names)}


def inside(
    value: JSON, gone: Sequence[str] = (), saved: JSON | Absent = ABSENT, stood: Sequence[str] = ()
) -> Inside:
    """The parts of a value; none for everything that is no container.

    `gone` are keys that a plain mapping has where it is `saved`, and not any more; `stood` is how its keys
    did before.
    """
    if isinstance(value, list):
        return Items(value)
    kind = kind_of(value)
    if isinstance(value, dict) and kind in TAGGED_ITEMS:
        return Items(items_of(value), ("value",))
    if isinstance(value, dict) and kind is Kind.MAPPING:
        if not is_tagged(value):
            return Members(value, gone, saved, stood)
        pairs = (pair_part(index, pair) for index, pair in enumerate(items_of(value)))
        return Listed(part for part in pairs if part is not None)
    return Listed(())


# --- headings -----------------------------------------------------------------------------------------------


def spans(first: int, last: int) -> list[tuple[int, int]]:
    """The stretches under whose headings the rows from `first` to `last` stand; none where they are few."""
    if last - first <= GROUP:
        return []
    size = GROUP
    while last - first > size * GROUP:
        size *= GROUP
    return [(start, min(start + size, last)) for start in range(first, last, size)]


# --- what differs -------------------------------------------------------------------------------------------


def unlike(old: JSON | Absent, new: JSON | Absent) -> list[Place] | None:
    """The steps to the parts of two values that are not the very same object in both, where the values have
    the same parts otherwise, and not more than MANY differ; None where that is not so.
    """
    if old is new:
        return []
    way, a, b = _alike(old, new)
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        differ: Iterable[Place] = ((*way, index) for index in compress(count(), map(is_not, a, b)))
    elif isinstance(a, dict) and isinstance(b, dict) and [*a] == [*b]:
        differ = ((key,) for key in compress(a, map(is_not, a.values(), b.values())))
    else:
        return None
    found = [*islice(differ, MANY + 1)]
    return found if len(found) <= MANY else None


def _alike(old: JSON | Absent, new: JSON | Absent) -> tuple[Place, JSON | Absent, JSON | Absent]:
    """The two lists or plain mappings to be compared, and the way to them; ABSENT where there are none."""
    if isinstance(old, list) and isinstance(new, list):
        return (), old, new
    if not isinstance(old, dict) or not isinstance(new, dict):
        return (), ABSENT, ABSENT
    kind = kind_of(old)
    if kind is not kind_of(new) or is_tagged(old) is not is_tagged(new):
        return (), ABSENT, ABSENT
    if kind in TAGGED_ITEMS:
        return ("value",), [*items_of(old)], [*items_of(new)]
    return ((), old, new) if kind is Kind.MAPPING and not is_tagged(old) else ((), ABSENT, ABSENT)

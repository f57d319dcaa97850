"""What stands inside a saved value: its parts, named as people see them, placed as the raw JSON has them.
Pure.

One idea: a tagged container (tuple, set, mapping with keys that are no text) shows its items as if the
tag were not there, while the place of each item goes through the tag, so that an edit lands where the
file wants it. Not for Qt: `state_tree` makes rows of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.values.edit_text import shown
from persistence.document import ABSENT, Absent, Place, is_tagged
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of

TAGGED_ITEMS = frozenset({Kind.TUPLE, Kind.SET, Kind.FROZEN_SET})
"""What holds a list of items inside its tag."""

_TAGGED_HOLDERS = TAGGED_ITEMS | {Kind.MAPPING}


class Part(NamedTuple):
    """One item of a container: the steps to it from the container, its name, its value."""

    steps: Place
    label: str
    value: JSON
    removed: bool = False
    """It is saved, with this value, and not there any more."""


def part_count(value: JSON) -> int:
    """How many items a container has, without making them; 0 for everything else."""
    if isinstance(value, list):
        return len(value)
    if not isinstance(value, dict):
        return 0
    if not is_tagged(value):
        return len(value)
    return len(items_of(value)) if holds_parts(value) else 0


def holds_parts(value: JSON) -> bool:
    """Whether a value is a container, be it an empty one."""
    if not isinstance(value, dict) or not is_tagged(value):
        return isinstance(value, list | dict)
    return kind_of(value) in _TAGGED_HOLDERS


def removed_keys(saved: JSON | Absent, now: Mapping[str, JSON]) -> list[str]:
    """The keys that a plain mapping has where it is saved and does not have now."""
    return [key for key in saved if key not in now] if isinstance(saved, dict) and saved is not now else []


def removed_part(key: str, saved: Mapping[str, JSON]) -> Part:
    """What a mapping has where it is saved, and not any more."""
    return Part((key,), key, saved[key], removed=True)


def with_removed(keys: Iterable[str], removed: Sequence[str], stood: Iterable[str]) -> list[str]:
    """The keys of a mapping with those that were removed, each behind what `stood` before it; where that is
    not there any more, in front of what stood behind it.
    """
    here, gone = [*keys], frozenset(removed)
    behind: dict[str | None, list[str]] = {}
    ahead: dict[str, list[str]] = {}
    adrift: list[str] = []
    last: str | None = None
    lost, now = False, frozenset(here)
    for key in stood:
        if key in gone:
            (adrift if lost else behind.setdefault(last, [])).append(key)
        elif key in now:
            ahead[key] = adrift
            last, lost, adrift = key, False, []
        else:
            lost = True
    beside = (one for key in here for one in (*ahead.get(key, ()), key, *behind.get(key, ())))
    return [*behind.get(None, ()), *beside, *adrift]


def key_behind(keys: Sequence[str], now: Mapping[str, JSON], key: str) -> str | None:
    """The first of the keys behind `key` that is still there; None when it was the last of them."""
    return next((one for one in keys[keys.index(key) + 1 :] if one in now), None) if key in keys else None


def part_at(value: JSON | Absent, steps: Place) -> JSON | Absent:
    """The value that stands `steps` below `value`; ABSENT when there is none."""
    for step in steps:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step, ABSENT)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return ABSENT
    return value


def items_of(value: Mapping[str, JSON]) -> Sequence[JSON]:
    """The list inside a tag; an empty one where there is none."""
    inner = value.get("value")
    return inner if isinstance(inner, list) else []


def pair_part(index: int, pair: JSON) -> Part | None:
    """The part that a pair of a mapping without text keys is; None for what is no pair."""
    if not isinstance(pair, list) or len(pair) != 2:
        return None
    return Part(("value", index, 1), shown(pair[0]), pair[1])

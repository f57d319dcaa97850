"""Edits told anew: what leads from one document to another, with what only the edits before them know. Pure.

One idea: a comparison of two documents finds values that differ; that one of them was renamed, or that a
list is in another order, the edits know that led there. So that goes along wherever edits are made of a
comparison: put onto another version, left by a save, decided. Each change is a step of its own, and what
holds more of them than anybody looks at one by one is set as a whole: an edit costs a copy of it. Not for
edits of what is typed, nor for finding out what edits know (`renames`, `reordered`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from app.editing.edits import (
    Edit,
    Edits,
    InsertValue,
    MoveValue,
    PutLauncher,
    RemoveValue,
    RenameValue,
    SetValue,
    shifts_items,
)
from app.editing.renames import has, renamed_base, renames
from app.editing.reordered import reordered
from persistence.document import Absent, Document, Place, is_tagged, mapping_of
from persistence.states.diff import Change, diff
from persistence.states.edits import get_value, state_of
from persistence.states.merge import Spot
from persistence.values.json_text import JSON

MOST_EDITS = 100
"""Changes that are told one by one within an attribute, and steps that are undone one by one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What edits know of where they lead: the last step that the place of a renamed value had before, and the
    lists with other items, or in another order.
    """

    names: Mapping[Spot, str] = field(default_factory=dict)
    lists: frozenset[Spot] = frozenset()


def known(base: Document, edits: Edits, document: Document) -> Known:
    """What the edits know that led from `base` to `document`."""
    return Known(renames(base, edits, document).names, reordered(edits, document))


def knows(edits: Iterable[Edit]) -> bool:
    """Whether they may know anything at all: to find out what costs a copy of the state."""
    return any(isinstance(edit, RenameValue) or shifts_items(edit) for edit in edits)


def only_says(edit: Edit) -> bool:
    """Whether an edit changes nothing, and says of the list that was set before it that it is reordered."""
    return isinstance(edit, MoveValue) and edit.place[-1] == edit.to


def said(namespace: str, place: Place, value: JSON) -> Edits:
    """That a list is in another order: its first item is moved to where it stands."""
    if isinstance(value, dict) and is_tagged(value):
        place, value = (*place, "value"), value.get("value")
    return (MoveValue(namespace, (*place, 0), 0),) if isinstance(value, list) and value else ()


def edits_between(before: Document, after: Document, by: Known | None = None) -> Edits:
    """The fewest edits that make of `before` what `after` says, whatever way led there; renames first, and
    all else in file order.

    A list that became longer or shorter is set as a whole; a key whose rename nobody knows of goes and comes,
    and what comes stands where `after` has it. Otherwise the order of keys counts for nothing, nor does a
    launcher that `before` alone has: no edit takes one out.
    """
    return tuple(chain.from_iterable(steps_between(before, after, by)))


def steps_between(before: Document, after: Document, by: Known | None = None) -> Sequence[Edits]:
    """The same, with all edits of one change together."""
    by = by or Known()
    before, steps = _renamed(before, after, by.names)
    names, changes = frozenset(steps), diff(before, after)
    lists = frozenset(spot for spot in by.lists if has(before, spot) and has(after, spot))
    wholes = lists | _crowded(changes, names)
    in_front = _in_front(after, changes)
    parts: dict[Spot, Edits] = {}
    for change in changes:
        spot = change.namespace, change.place
        whole = _around(spot, wholes)
        if whole is None:
            parts[spot] = _single(after, change, in_front.get(spot))
        elif whole not in parts:
            parts[whole] = _whole(after, whole, lists)
    for spot, edits in parts.items():
        steps.setdefault(_around(spot, names) or spot, []).extend(edits)
    return [tuple(step) for step in steps.values() if step]


# --- within -------------------------------------------------------------------------------------------------


def _renamed(
    before: Document, after: Document, names: Mapping[Spot, str]
) -> tuple[Document, dict[Spot, list[Edit]]]:
    """The document with the names of `after`, and the edits that do that, for each outermost place."""
    steps: dict[Spot, list[Edit]] = {}
    for (namespace, place), old in sorted(names.items(), key=lambda found: len(found[0][1])):
        was = (*place[:-1], old)
        if has(after, (namespace, place)) and not has(after, (namespace, was)):
            renamed = renamed_base(before, (namespace, place), old)
            if renamed is not None:
                before = renamed
                step = steps.setdefault(_around((namespace, place), steps) or (namespace, place), [])
                step.append(RenameValue(namespace, was, str(place[-1])))
    return before, steps


def _around(spot: Spot, spots: Collection[Spot]) -> Spot | None:
    """The outermost of some places that a place lies in, or is itself."""
    namespace, place = spot
    ways = ((namespace, place[:length]) for length in range(1, len(place) + 1))
    return next((way for way in ways if way in spots), None)


def _crowded(changes: Sequence[Change], names: Collection[Spot]) -> frozenset[Spot]:
    """The values with more changes inside them than are told one by one: attributes, or what lies inside of
    those in which something was renamed, and would be forgotten to have been.
    """
    if len(changes) <= MOST_EDITS:
        return frozenset()
    around = {(space, place[:length]) for space, place in names for length in range(1, len(place))}
    inside: Counter[Spot] = Counter()
    for one in changes:
        ways = ((one.namespace, one.place[:length]) for length in range(1, len(one.place)))
        inside.update(islice((way for way in ways if way not in around), 1))
    return frozenset(spot for spot, count in inside.items() if count > MOST_EDITS)


def _in_front(after: Document, changes: Iterable[Change]) -> Mapping[Spot, str]:
    """For each key that is new, and not the last of its mapping, the old one that it comes in front of; none
    where they are too many to be put there one by one.
    """
    new: dict[Spot, set[str | int]] = {}
    for one in changes:
        if one.place and isinstance(one.before, Absent):
            new.setdefault((one.namespace, one.place[:-1]), set()).add(one.place[-1])
    found: dict[Spot, str] = {}
    for (namespace, holder), keys in new.items():
        behind: str | None = None
        for key in reversed([*_keys(after, namespace, holder)]):
            if key not in keys:
                behind = key
            elif behind is not None:
                found[namespace, (*holder, key)] = behind
    return found if len(found) <= MOST_EDITS else {}


def _keys(document: Document, namespace: str, holder: Place) -> Iterable[str]:
    """The keys of a mapping; the names of the attributes without reading these."""
    if not holder:
        return document.namespace(namespace).attributes
    return mapping_of(get_value(document, namespace, holder))


def _single(after: Document, change: Change, before: str | None) -> Edits:
    if not change.place:
        if isinstance(change.after, Absent):
            return ()
        return (PutLauncher(change.namespace, state_of(after, change.namespace)),)
    if isinstance(change.after, Absent):
        return (RemoveValue(change.namespace, change.place),)
    if before is not None:
        return (InsertValue(change.namespace, change.place, change.after, before),)
    return (SetValue(change.namespace, change.place, change.after),)


def _whole(after: Document, spot: Spot, lists: Collection[Spot]) -> Edits:
    """A value set as a whole, with what is known of the lists in it: of one that is only set, each item that
    is another one counts.
    """
    namespace, place = spot
    inside = (way for name, way in lists if name == namespace and way[: len(place)] == place)
    also = (edit for way in inside for edit in said(namespace, way, get_value(after, namespace, way)))
    return (SetValue(namespace, place, get_value(after, namespace, place)), *also)

"""Which lists a draft has other items in, or in another order. Pure; no Qt.

One idea: a comparison of two lists sees that the third item is another one; the edits know that an item was
moved, put in or taken out before it. In such a list no item has a saved value of its own any more: the list
as a whole has one; but which items are none of the saved ones can be told. Not for lists that were typed anew
as a whole, and not for making edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.editing.edits import Edit, InsertValue, MoveValue, RemoveValue, RenameValue, SetValue, shifts_items
from app.values.state_parts import items_of
from persistence.document import Absent, Document, Place, is_tagged
from persistence.errors import StateError
from persistence.states.diff import Change
from persistence.states.edits import get_value
from persistence.states.merge import Spot
from persistence.values.json_text import JSON
from persistence.values.sameness import same

_MOST = 100
"""Items between the first and the last that differ."""


def reordered(edits: Iterable[Edit], document: Document) -> frozenset[Spot]:
    """The lists, by the places they have in `document`; a tuple or other tagged value by its own place."""
    found: set[Spot] = set()
    for edit in edits:
        match edit:
            case RenameValue():
                found = {_renamed(spot, edit) for spot in found}
            case SetValue():
                found = {spot for spot in found if not _is_in(spot, edit.namespace, edit.place)}
            case RemoveValue() | InsertValue() | MoveValue() if shifts_items(edit):
                found.add((edit.namespace, edit.place[:-1]))
    return frozenset(
        (namespace, place[:-1] if _holds_tag(document, namespace, place) else place)
        for namespace, place in found
    )


def as_wholes(
    changes: Iterable[Change], lists: frozenset[Spot], base: Document, document: Document
) -> tuple[Change, ...]:
    """The changes, with all that lie in one of these lists as one of the list: an item that was moved is no
    edit of all those that it passed.
    """
    if not lists:
        return tuple(changes)
    found: dict[Spot, Change] = {}
    for change in changes:
        spot = _list_around(change, lists) or (change.namespace, change.place)
        if spot[1] == change.place:
            found[spot] = change
        elif spot not in found:
            found[spot] = Change(*spot, _value(base, *spot), _value(document, *spot))
    return tuple(found.values())


def other_items(before: JSON | Absent, now: JSON | Absent) -> tuple[Place, ...]:
    """The steps from such a list to its items that it does not have where it is saved, wherever they stand:
    what was typed over or added. None where too many differ for that to be told item by item.
    """
    way: Place = () if isinstance(now, list) else ("value",)
    old, new = _items(before), _items(now)
    first, last = 0, 0
    shorter = min(len(old), len(new))
    while first < shorter and _same(old[first], new[first]):
        first += 1
    while last < shorter - first and _same(old[-1 - last], new[-1 - last]):
        last += 1
    gone, come = list(old[first : len(old) - last]), new[first : len(new) - last]
    if len(gone) > _MOST or len(come) > _MOST:
        return ()
    return tuple((*way, first + row) for row, item in enumerate(come) if not _taken(gone, item))


def _list_around(change: Change, lists: frozenset[Spot]) -> Spot | None:
    ways = ((change.namespace, change.place[:length]) for length in range(1, len(change.place)))
    return next((spot for spot in ways if spot in lists), None)


def _taken(gone: list[JSON], item: JSON) -> bool:
    """Whether an item is one of those, which is taken away then."""
    found = next((row for row, one in enumerate(gone) if _same(one, item)), None)
    if found is not None:
        del gone[found]
    return found is not None


def _items(value: JSON | Absent) -> Sequence[JSON]:
    if isinstance(value, list):
        return value
    return items_of(value) if isinstance(value, dict) else ()


def _same(one: JSON, other: JSON) -> bool:
    return one is other or same(one, other)


def _renamed(spot: Spot, edit: RenameValue) -> Spot:
    if not _is_in(spot, edit.namespace, edit.place):
        return spot
    return spot[0], (*edit.new_place, *spot[1][len(edit.place) :])


def _is_in(spot: Spot, namespace: str, place: Place) -> bool:
    return spot[0] == namespace and spot[1][: len(place)] == place


def _holds_tag(document: Document, namespace: str, place: Place) -> bool:
    """Whether the place is that of the list inside a tag."""
    return len(place) > 1 and place[-1] == "value" and is_tagged(_value(document, namespace, place[:-1]))


def _value(document: Document, namespace: str, place: Place) -> JSON:
    try:
        return get_value(document, namespace, place)
    except StateError:
        return None

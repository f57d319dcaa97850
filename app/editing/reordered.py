"""Which lists a draft has other items in, or in another order. Pure; no Qt.

One idea: a comparison of two lists sees that the third item is another one; the edits know that an item was
moved, put in or taken out before it. In such a list no item has a saved value of its own any more: the list
as a whole has one. Not for lists that were typed anew as a whole, and not for making edits.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.editing.edits import Edit, InsertValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.editing.renames import Spot
from persistence.document import Document, Place, is_tagged
from persistence.errors import StateError
from persistence.states.edits import get_value
from persistence.values.json_text import JSON


def reordered(edits: Iterable[Edit], document: Document) -> frozenset[Spot]:
    """The lists, by the places they have in `document`; a tuple or other tagged value by its own place."""
    found: set[Spot] = set()
    for edit in edits:
        match edit:
            case RenameValue():
                found = {_renamed(spot, edit) for spot in found}
            case SetValue():
                found = {spot for spot in found if not _is_in(spot, edit.namespace, edit.place)}
            case RemoveValue() | InsertValue() | MoveValue() if isinstance(edit.place[-1], int):
                found.add((edit.namespace, edit.place[:-1]))
    return frozenset(
        (namespace, place[:-1] if _holds_tag(document, namespace, place) else place)
        for namespace, place in found
    )


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

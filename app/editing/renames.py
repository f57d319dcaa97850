"""Which attributes and keys a draft calls by another name than the saved state does. Pure; no Qt.

One idea: a comparison of two states sees a name that went and one that came; the edits know that it is the
same value. So the saved state is told in the names of now, and compared with that: what was renamed differs
in its name alone, and what was changed inside it is found. Not for what stands in lists, whose items have no
names to go by, and not for making edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.editing.edits import (
    Edit,
    RemoveValue,
    RenameValue,
    SetValue,
    shifts_items,
)
from app.values.renamed import Renamed
from persistence.document import Absent, Document
from persistence.errors import StateError
from persistence.states.diff import Change
from persistence.states.edits import get_value, rename_value
from persistence.states.merge import Spot


@dataclass(frozen=True, slots=True)
class Renames:
    """The saved state with its attributes called as they are now, and for each place of now that was renamed,
    the last step that the saved state has in its stead.
    """

    base: Document
    names: Mapping[Spot, str]


def folded(changes: Iterable[Change], names: Mapping[Spot, str]) -> tuple[Change, ...]:
    """The changes, with each name that went and the one that came for it as one, where the first one was."""
    changes = tuple(changes)
    if not names:
        return changes
    there = {(one.namespace, one.place): one for one in changes}
    renamed: dict[Spot, Renamed] = {}
    for spot, old in names.items():
        namespace, place = spot
        was = (*place[:-1], old)
        gone, come = there.get((namespace, was)), there.get(spot)
        if gone and come and isinstance(gone.after, Absent) and isinstance(come.before, Absent):
            renamed[namespace, was] = Renamed(namespace, place, gone.before, come.after, was)
    new = {(one.namespace, one.place) for one in renamed.values()}
    spots = ((one, (one.namespace, one.place)) for one in changes)
    return tuple(renamed.get(spot, one) for one, spot in spots if spot not in new)


def renames(base: Document, edits: Iterable[Edit], document: Document) -> Renames:
    """What the edits that led from `base` to `document` renamed, as far as both have it."""
    names: dict[Spot, str] = {}
    left = sorted(_traced(edits).items(), key=lambda found: len(found[0][1]))  # outer places first
    while left:
        waiting = []
        for spot, old in left:
            renamed = renamed_base(base, spot, old) if has(document, spot) else None
            if renamed is None:
                waiting.append((spot, old))  # its name may still be that of another one
            else:
                base, names[spot] = renamed, old
        if len(waiting) == len(left):
            break  # what was new, or swapped: each is one that went or came, or another value
        left = waiting
    return Renames(base, names)


def renamed_base(base: Document, spot: Spot, old: str) -> Document | None:
    """The document with another name for a value; None where it has none to give it, or has that name."""
    namespace, place = spot
    try:
        return rename_value(base, namespace, (*place[:-1], old), str(place[-1]))
    except StateError:
        return None


def has(document: Document, spot: Spot) -> bool:
    """Whether there is a value at a place."""
    try:
        get_value(document, *spot)
    except StateError:
        return False
    return True


def _traced(edits: Iterable[Edit]) -> dict[Spot, str]:
    """For each place of now that was renamed, its first name; outer places have their names of now."""
    found: dict[Spot, str] = {}
    edits = tuple(edits)
    shifted = {edit.namespace for edit in edits if shifts_items(edit)}
    for edit in edits:
        if isinstance(edit, RenameValue):
            old = found.pop((edit.namespace, edit.place), str(edit.place[-1]))
            found = {_moved(spot, edit): name for spot, name in found.items()}
            in_list = any(isinstance(step, int) for step in edit.place)
            if old != edit.name and not (in_list and edit.namespace in shifted):
                found[edit.namespace, edit.new_place] = old
        elif isinstance(edit, SetValue | RemoveValue):
            gone = isinstance(edit, RemoveValue)
            found = {spot: name for spot, name in found.items() if not _within(spot, edit, itself=gone)}
    return found


def _moved(spot: Spot, edit: RenameValue) -> Spot:
    if not _within(spot, edit, itself=False):
        return spot
    return spot[0], (*edit.new_place, *spot[1][len(edit.place) :])


def _within(spot: Spot, edit: Edit, *, itself: bool) -> bool:
    """Whether a place lies inside the one of the edit, or is it `itself`."""
    namespace, place = spot
    depth = len(edit.place)
    return namespace == edit.namespace and place[:depth] == edit.place and (itself or len(place) > depth)

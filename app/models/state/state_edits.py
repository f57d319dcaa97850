"""Where a draft differs from what is saved, as the rows of the state tree ask it. Pure; no Qt.

One idea: the saved state in the names of now, and what differs from it, are the only source; from these
follow the rows that are marked as edited, new or renamed, and the rows that only hold an edit somewhere
inside. A mapping that gained or lost keys is edited itself, so that it can be taken back as a whole; so is a
list whose items were moved: of its items, those are marked then that it did not have at all. Not for making
edits.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.editing.draft import Draft, value_at
from app.editing.renames import Renames, renames
from app.editing.reordered import other_items, reordered
from persistence.document import Absent, Document, Place
from persistence.states.diff import Change, diff
from persistence.states.merge import MergeConflict, Spot

_NONE: Mapping[Spot, MergeConflict] = MappingProxyType({})


class EditedPlaces:
    """The places of one draft, by (namespace, place). `base` is the saved state in the names of now."""

    def __init__(
        self, draft: Draft | None, read: Document | None, disputes: Mapping[Spot, MergeConflict] = _NONE
    ) -> None:
        """Without a draft nothing is edited, and what was `read` is what is saved. `disputes`: what both
        sides changed, and is to be decided.
        """
        self._disputes = disputes
        self.base = read
        self._names: dict[Spot, str] = {}
        self._edited: set[Spot] = set()
        self._inside: set[Spot] = set()
        self._reordered: frozenset[Spot] = frozenset()
        self._other_items: set[Spot] = set()
        if draft is not None:
            self._take(renames(draft.base, draft.edits, draft.document), draft)

    def _take(self, found: Renames, draft: Draft) -> None:
        self.base = found.base
        self._names |= found.names
        self._reordered = reordered(draft.edits, draft.document)
        for name, place in self._reordered:
            before, now = value_at(found.base, name, place), value_at(draft.document, name, place)
            self._other_items |= {(name, (*place, *steps)) for steps in other_items(before, now)}
        for change in diff(found.base, draft.document) if found.names else draft.changes:
            self._note(change)
        for namespace, place in found.names:
            self._note_inside(namespace, place)

    def _note(self, change: Change) -> None:
        if (whole := self._list_around(change)) is not None:
            self._edited.add((change.namespace, whole))
            self._note_inside(change.namespace, whole)
            return
        self._edited.add((change.namespace, change.place))
        if isinstance(change.before, Absent) or isinstance(change.after, Absent):
            self._edited.add((change.namespace, change.place[:-1]))
        self._note_inside(change.namespace, change.place)

    def _list_around(self, change: Change) -> Place | None:
        """The list in another order that a change lies in."""
        if not self._reordered:
            return None
        ways = (change.place[:length] for length in range(1, len(change.place)))
        return next((way for way in ways if (change.namespace, way) in self._reordered), None)

    def _note_inside(self, namespace: str, place: Place) -> None:
        """All that is around a place; mostly one beside it has noted that before."""
        while place and (namespace, place := place[:-1]) not in self._inside:
            self._inside.add((namespace, place))

    def is_edited(self, namespace: str, place: Place) -> bool:
        """Whether the value itself differs from what is saved."""
        return (namespace, place) in self._edited

    def is_reordered(self, namespace: str, place: Place) -> bool:
        """Whether the items of a list are no longer those that are saved at their numbers."""
        return (namespace, place) in self._reordered

    def is_other_item(self, namespace: str, place: Place) -> bool:
        """Whether an item of such a list is one that the saved list does not have."""
        return (namespace, place) in self._other_items

    def saved_name(self, namespace: str, place: Place) -> str | None:
        """What it is called where it is saved, when that is another name."""
        return self._names.get((namespace, place))

    def saved_place(self, namespace: str, place: Place) -> Place:
        """The place of a value in the names that are saved."""
        ways = ((namespace, place[:length]) for length in range(1, len(place) + 1))
        return tuple(self._names.get(way, way[1][-1]) for way in ways)

    def place_now(self, namespace: str, saved: Place) -> Place:
        """The place of now of a value that is saved at another one."""
        place: Place = ()
        for step in saved:
            beside = (spot for spot, was in self._names.items() if was == step and spot[0] == namespace)
            name = next((way[-1] for _, way in beside if way[:-1] == place), step)
            place = (*place, name)
        return place

    def has_saved_name(self, namespace: str, place: Place) -> bool:
        """Whether the saved state has this very place, with no name on the way to it changed."""
        return not any((namespace, place[:length]) in self._names for length in range(1, len(place) + 1))

    def dispute(self, namespace: str, place: Place) -> MergeConflict | None:
        """What is to be decided about a value that both sides changed."""
        return self._disputes.get((namespace, place))

    def is_inside(self, namespace: str, place: Place) -> bool:
        """Whether something below the value differs."""
        return (namespace, place) in self._inside

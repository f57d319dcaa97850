"""Where a draft differs from what is saved, as the rows of the state tree ask it. Pure; no Qt.

One idea: the draft's own list of changes is the only source; from it follow the rows that are marked as
edited and the rows that only hold an edit somewhere inside. A mapping that gained or lost keys is edited
itself, because the key that is gone has no row to be marked. Not for making edits.
"""

from collections.abc import Iterable

from persistence.diff import Change
from persistence.document import Absent, Place

Spot = tuple[str, Place]


class EditedPlaces:
    """The places of one draft, by (namespace, place)."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._edited: set[Spot] = set()
        self._inside: set[Spot] = set()
        for change in changes:
            self._note(change)

    def _note(self, change: Change) -> None:
        self._edited.add((change.namespace, change.place))
        if isinstance(change.before, Absent) or isinstance(change.after, Absent):
            self._edited.add((change.namespace, change.place[:-1]))
        for length in range(len(change.place)):
            self._inside.add((change.namespace, change.place[:length]))

    def is_edited(self, namespace: str, place: Place) -> bool:
        """Whether the value itself differs from what is saved."""
        return (namespace, place) in self._edited

    def is_inside(self, namespace: str, place: Place) -> bool:
        """Whether something below the value differs."""
        return (namespace, place) in self._inside

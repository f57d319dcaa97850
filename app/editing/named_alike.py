"""Two versions of a document under the names that edits of one of them gave. Pure; no Qt.

One idea: who gives a value another name has changed nothing else of it, and what somebody else makes of it
meanwhile is made of the same value. So a renamed value is merged under its new name, in both versions; where
the other one cannot have that name it stays one that went and one that came. Not for finding out what was
renamed (`renames`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.editing.edits import Edits
from app.editing.renames import has, renamed_base, renames
from app.values.renamed import Renamed
from persistence.document import ABSENT, Absent, Document
from persistence.errors import NoSuchAttribute
from persistence.states.diff import Change
from persistence.states.edits import get_value
from persistence.states.merge import Spot
from persistence.values.json_text import JSON


@dataclass(frozen=True, slots=True)
class NamedAlike:
    """Both versions under these names, and for each place of now the last step that they had there before."""

    base: Document
    theirs: Document
    names: Mapping[Spot, str]

    def was(self, spot: Spot) -> Spot:
        """Where a place of now is in the versions as they are."""
        namespace, place = spot
        ways = ((step, (namespace, place[: length + 1])) for length, step in enumerate(place))
        return namespace, tuple(self.names.get(way, step) for step, way in ways)

    def told(self, changes: Iterable[Change], document: Document) -> tuple[Change, ...]:
        """What leads from theirs to `document`: each renamed value as one change, with all that is changed
        inside it; then these changes, but for those.
        """
        renamed = [spot for spot in self.names if not _lies_in(spot, self.names)]
        return (
            *(self._renamed(spot, document) for spot in renamed),
            *(one for one in changes if not _lies_in((one.namespace, (*one.place, "")), renamed)),
        )

    def _renamed(self, spot: Spot, document: Document) -> Renamed:
        namespace, place = spot
        was = (*place[:-1], self.names[spot])
        return Renamed(namespace, place, _value(self.theirs, spot), _value(document, spot), was)


def named_alike(base: Document, edits: Edits, mine: Document, theirs: Document) -> NamedAlike:
    """Both with the names that the edits, which lead to `mine`, gave, as far as both can have them."""
    names: dict[Spot, str] = {}
    for spot, old in renames(base, edits, mine).names.items():
        sides = [renamed_base(side, spot, old) for side in (base, theirs)]
        if sides[0] is None or sides[1] is None or has(mine, (spot[0], (*spot[1][:-1], old))):
            continue
        base, theirs = sides[0], sides[1]
        names[spot] = old
    return NamedAlike(base, theirs, names)


def _lies_in(spot: Spot, spots: Collection[Spot]) -> bool:
    """Whether a place lies inside of one of these; it does not lie in itself."""
    namespace, place = spot
    return any((namespace, place[:length]) in spots for length in range(1, len(place)))


def _value(document: Document, spot: Spot) -> JSON | Absent:
    try:
        return get_value(document, *spot)
    except NoSuchAttribute:
        return ABSENT

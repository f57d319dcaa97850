"""What was typed and is met by the disk: no change any more, and not forgotten. Pure; no Qt.

One idea: a running launcher counts up to just the value that was typed, and on past it. As long as the disk
has that value there is nothing to save; it stays among the edits as one that changes nothing and knows what
it was typed over (`MetValue`). When the disk goes on to something else, it is put over that old value again,
and so both sides have changed it. What is done at its place afterwards takes its place. A whole launcher that
both sides have is not remembered: nobody has typed one. In a step that can be undone or done again it may be
met no more: what the disk has gone on to meanwhile is to be decided when that step is taken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

from app.editing.edits import Edit, Edits, MetValue, RemoveValue, SetValue
from app.editing.told_anew import said
from persistence.document import Absent, Document
from persistence.errors import NoSuchAttribute
from persistence.states.diff import Change
from persistence.states.edits import get_value
from persistence.states.merge import MergeConflict, Spot, with_changes
from persistence.values.json_text import JSON
from persistence.values.sameness import same


def met_in(edits: Iterable[Edit]) -> tuple[MetValue, ...]:
    """Those of the edits that the disk has by now."""
    return tuple(edit for edit in edits if isinstance(edit, MetValue))


def met_by(agreed: Iterable[Change], lists: Collection[Spot]) -> Edits:
    """What both sides changed to the same, to be remembered; `lists` are those in another order."""
    return tuple(
        MetValue(one.namespace, one.place, one.after, one.before, (one.namespace, one.place) in lists)
        for one in agreed
        if one.place
    )


def recalled(base: Document, edits: Edits) -> tuple[Document, Edits]:
    """The same over what was typed over: the base with that in it, and what was typed as edits of it, which
    lead to the same document.
    """
    found = met_in(edits)
    if not found:
        return base, edits
    back = [Change(one.namespace, one.place, one.value, one.over) for one in found]
    again = (edit for one in found for edit in _again(one))
    rest = (edit for edit in edits if not isinstance(edit, MetValue))
    return with_changes(base, back, base), (*again, *rest)


def is_met(base: Document, one: MetValue) -> bool:
    """Whether the base still has what was typed."""
    try:
        there = get_value(base, one.namespace, one.place)
    except NoSuchAttribute:
        return isinstance(one.value, Absent)
    return not isinstance(one.value, Absent) and same(there, one.value)


def are_alike(some: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """Whether the same was typed at the same places."""
    one, other = ({spot_of(each): each.value for each in met_in(edits)} for edits in (some, others))
    return one.keys() == other.keys() and all(_same(value, other[spot]) for spot, value in one.items())


def recalled_etag(etag: str, found: Sequence[MetValue]) -> str:
    """What stands for the base that `recalled` makes of the version `etag`: no version on disk has it."""
    over = repr([(one.namespace, one.place, one.over) for one in found])
    return f"{etag}~{hashlib.sha256(over.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def without_overtyped(edits: Edits, changes: Sequence[Change]) -> Edits:
    """The edits without what is remembered of places where something was changed since."""
    spots = [spot_of(change) for change in changes]
    return tuple(
        edit
        for edit in edits
        if not (isinstance(edit, MetValue) and any(meets(spot_of(edit), spot) for spot in spots))
    )


def spot_of(one: MetValue | Change | MergeConflict) -> Spot:
    """Where it stands."""
    return one.namespace, one.place


def meets(one: Spot, other: Spot) -> bool:
    """Whether one of the two places lies in the other, or is it."""
    shared = min(len(one[1]), len(other[1]))
    return one[0] == other[0] and one[1][:shared] == other[1][:shared]


def _same(one: JSON | Absent, other: JSON | Absent) -> bool:
    if isinstance(one, Absent) or isinstance(other, Absent):
        return one is other
    return same(one, other)


def _again(one: MetValue) -> Edits:
    if isinstance(one.value, Absent):
        return (RemoveValue(one.namespace, one.place),)
    known = said(one.namespace, one.place, one.value) if one.reordered else ()
    return (SetValue(one.namespace, one.place, one.value), *known)

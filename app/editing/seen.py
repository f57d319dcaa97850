"""Edits of what is shown while something is to be decided: whether each lands on what was seen. Pure; no Qt.

One idea: until a decision the edits stand on an old version and are shown over the disk's. An edit is made of
what is shown, so it is staged only where what is shown then is the very same with the edit in it. What stands
on the disk alone, in a list above all, has no place that the old version has, too: there it waits for the
decision, and a sentence says so. Not for edits where nothing waits: these are what is shown (`draft`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from app.editing.draft import Draft, value_at
from app.editing.edits import Edit, Edits, MoveValue, PutLauncher, RemoveValue, RenameValue, SetValue
from app.editing.rebasing import narrowed, only, with_edits
from app.editing.taken_back import edits_back, taken_back
from app.values.renamed import Renamed
from persistence.document import Absent, Document, Place
from persistence.errors import NoSuchAttribute, Refused, StateError
from persistence.states.diff import Change, diff
from persistence.states.merge import Spot, with_changes
from persistence.values.json_text import JSON
from persistence.values.sameness import same

_CAUSE = "it was changed on disk while you were editing: decide first what is to be kept"
WAITS = f"{_CAUSE[0].upper()}{_CAUSE[1:]}."
"""Why something is not edited now, for the operator."""


def apart(draft: Draft | None) -> frozenset[Spot]:
    """What is shown as the disk has it, and of which the edits stand on something else: no item inside one of
    these has the place that it is shown at. Nothing where nothing waits.
    """
    if draft is None or draft.shown is draft or draft.merged is None:
        return frozenset()
    touched: dict[str, set[str | int]] = {one.namespace: set() for one in draft.merged.theirs}
    for one in draft.merged.theirs:
        touched[one.namespace].update(one.place[:1])
    changes = diff(only(draft.document, touched), only(draft.shown.document, touched))
    return frozenset((change.namespace, _to_list(change.place)) for change in changes)


def is_apart(found: Collection[Spot], namespace: str, place: Place) -> bool:
    """Whether a row stands inside one of what `apart` found: it is not edited until there is a decision."""
    return bool(found) and any((namespace, place[:length]) in found for length in range(len(place)))


def stepped(draft: Draft, edit: Edit) -> Draft:
    """The draft with one edit more, one step further. Raises StateError where it does not fit, and Refused
    where it would land on something else than what is shown.
    """
    if _takes_back(draft, edit):
        edit.apply(draft.shown.document)
        return _step(draft, (edit,))
    return stepped_together(draft, (edit,))


def stepped_together(draft: Draft, edits: Edits) -> Draft:
    """The draft with several edits more, each of what is shown with those before it, as one step. Raises so,
    too.
    """
    if draft.shown is draft:
        return draft.step((*draft.edits, *edits))
    if any(_takes_back(draft, edit) for edit in edits):
        made = draft
        for edit in edits:
            made = stepped(made, edit)
        return draft.step(made.edits)
    expected = with_edits(draft.shown.document, edits)
    made = _step(draft, edits)
    _check(made, expected, {spot for edit in edits for spot in _touched(edit)})
    return made


def stepped_by(draft: Draft, changes: Sequence[Change]) -> Draft:
    """The draft with changes of what is shown that were made elsewhere, as one step. Raises so, too."""
    if draft.shown is draft:
        return draft.stepped_to(with_changes(draft.document, changes, draft.document))
    expected = with_changes(draft.shown.document, changes, draft.shown.document)
    try:
        made = draft.stepped_to(with_changes(draft.document, changes, draft.document))
    except StateError:
        raise Refused(_CAUSE) from None
    _check(made, expected, ((one.namespace, one.place[:1]) for one in changes))
    return made


def stepped_back(draft: Draft, namespace: str, place: Place) -> Draft:
    """The draft with what is saved at one place, and under the name that it has there, one step further.
    Raises like `stepped`.
    """
    made = taken_back(draft, namespace, place)
    if draft.shown is draft:
        return made
    edits, expected = _back(draft.shown, namespace, place)
    now = made.settled().shown.document
    names = {place, _was(draft, namespace, place), _was(draft.shown, namespace, place)}
    if all(
        _alike(value_at(now, namespace, one), value_at(expected, namespace, one))
        for one in map(_to_list, names)
    ):
        return made
    return stepped_together(draft, edits)


def why_not(draft: Draft | None, edit: Edit) -> str:
    """Why an edit of what is shown has to wait, as a sentence; empty where it has not to."""
    if draft is None or draft.shown is draft:
        return ""
    draft = _around(draft, edit)
    saved = value_at(draft.shown.base, edit.namespace, edit.place)
    try:
        if isinstance(edit, SetValue) and _alike(edit.value, saved):
            stepped_back(draft, edit.namespace, edit.place)
        else:
            stepped(draft, edit)
    except Refused as refused:
        return WAITS if refused.cause == _CAUSE else ""
    except StateError:
        return ""  # whoever stages it says more
    return ""


# --- within -------------------------------------------------------------------------------------------------


def _around(draft: Draft, edit: Edit) -> Draft:
    """The draft with nothing but the attributes that an edit touches: it is asked at each keystroke."""
    newer = draft.newer
    if newer is None or newer.document is None:
        return draft
    edits = _of_the_same(draft.edits, edit)
    base, theirs = narrowed([edits, (edit,)], draft.base, newer.document)
    return replace(draft, base=base, edits=edits, newer=replace(newer, document=theirs), past=(), future=())


def _of_the_same(edits: Edits, edit: Edit) -> Edits:
    """Those of the edits that touch the attributes of this one, whatever they are called in between."""
    if any(isinstance(one, PutLauncher) for one in edits):
        return edits
    renames = [{*_touched(one)} for one in edits if isinstance(one, RenameValue)]
    found, before = {*_touched(edit)}, 0
    while len(found) > before:
        before = len(found)
        found.update(*(both for both in renames if both & found))
    return tuple(one for one in edits if not found.isdisjoint(_touched(one)))


def _to_list(place: Place) -> Place:
    """The outermost list that a place leads into, which is one thing to decide; else the place."""
    at = next((length for length, step in enumerate(place) if isinstance(step, int)), len(place))
    return place[:at]


def _back(shown: Draft, namespace: str, place: Place) -> tuple[Edits, Document]:
    """The edits of what is shown that bring back there what is saved, and what they make of it. Where the way
    there is gone, it comes back, too.
    """
    renamed = next((one for one in shown.changes if (one.namespace, one.place) == (namespace, place)), None)
    saved = value_at(shown.base, namespace, place)
    edits: Edits = (SetValue(namespace, place, saved),) if not isinstance(saved, Absent) else ()
    if isinstance(renamed, Renamed):
        edits = edits_back(renamed)
    elif isinstance(saved, Absent) and not isinstance(value_at(shown.document, namespace, place), Absent):
        edits = (RemoveValue(namespace, place),)
    try:
        return edits, with_edits(shown.document, edits)
    except NoSuchAttribute:
        return _back(shown, namespace, place[:-1])


def _was(draft: Draft, namespace: str, place: Place) -> Place:
    """Where a value was before it was renamed; the place itself where it was not."""
    there = (one for one in draft.changes if (one.namespace, one.place) == (namespace, place))
    return next((one.was for one in there if isinstance(one, Renamed)), place)


def _step(draft: Draft, edits: Edits) -> Draft:
    """One step further, where the old version has a place for it."""
    try:
        return draft.step((*draft.edits, *edits))
    except StateError:
        raise Refused(_CAUSE) from None


def _touched(edit: Edit) -> Iterator[Spot]:
    """The attributes that an edit changes."""
    yield edit.namespace, edit.place[:1]
    if isinstance(edit, RenameValue | MoveValue):
        yield edit.namespace, edit.new_place[:1]


def _takes_back(draft: Draft, edit: Edit) -> bool:
    """Whether a value that is edited becomes again what it was before that: then the disk's is shown."""
    if draft.shown is draft or not isinstance(edit, SetValue):
        return False
    mine = (one for one in draft.changes if (one.namespace, one.place) == (edit.namespace, edit.place))
    return any(_alike(one.before, edit.value) for one in mine)


def _check(made: Draft, expected: Document, spots: Iterable[Spot]) -> None:
    now = made.settled().shown.document
    for namespace, place in spots:
        if not _alike(value_at(now, namespace, place), value_at(expected, namespace, place)):
            raise Refused(_CAUSE)


def _alike(one: JSON | Absent, other: JSON | Absent) -> bool:
    if isinstance(one, Absent) or isinstance(other, Absent):
        return one is other
    return same(one, other)

"""One change of a draft taken back: what is saved at its place is there again. Pure; no Qt.

One idea: that is an edit like any other, one undoable step further, made of what the base says there. Not for
undoing steps (`draft`), nor for what is shown while something is to be decided (`seen`).
"""

from __future__ import annotations

from app.editing.draft import Draft, value_at
from app.editing.edits import Edits, RenameValue, SetValue
from app.editing.told_anew import edits_between
from app.values.renamed import Renamed
from persistence.document import ABSENT, Absent, Place
from persistence.errors import NoSuchAttribute
from persistence.states.diff import Change
from persistence.states.merge import with_changes
from persistence.values.sameness import same


def taken_back(draft: Draft, namespace: str, place: Place) -> Draft:
    """The draft with what the base says at one place, one step further.

    Where the way there is gone, too, the place around it is taken back.
    """
    renamed = next((one for one in draft.changes if (one.namespace, one.place) == (namespace, place)), None)
    if isinstance(renamed, Renamed):
        return draft.step((*draft.edits, *edits_back(renamed)))
    before, now = (value_at(side, namespace, place) for side in (draft.base, draft.document))
    if before is ABSENT and now is ABSENT:
        return draft
    try:
        back = with_changes(draft.document, [Change(namespace, place, now, before)], draft.base)
    except NoSuchAttribute:
        return taken_back(draft, namespace, place[:-1])
    if now is ABSENT:  # told anew, it comes back to where it stood
        return draft.stepped_to(back)
    return draft.step((*draft.edits, *edits_between(draft.document, back)))


def edits_back(renamed: Renamed) -> Edits:
    """The edits that bring back the name and the value that the base has."""
    back: Edits = (RenameValue(renamed.namespace, renamed.place, str(renamed.was[-1])),)
    before, after = renamed.before, renamed.after
    if not (isinstance(before, Absent) or isinstance(after, Absent) or same(before, after)):
        back = (*back, SetValue(renamed.namespace, renamed.was, before))
    return back

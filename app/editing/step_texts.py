"""What the next Undo and the next Redo would take back, or do again, in a few words. Pure.

One idea: a step is told by the edits that it brought or took, never by comparing states, so that a large one
costs nothing. Not for what differs from the disk (`draft.changes`), nor for whether anything can be undone.
"""

from __future__ import annotations

from app.editing.draft import Draft
from app.editing.edits import Edit, Edits, InsertValue, MoveValue, RemoveValue, RenameValue
from app.words.change_texts import place_text

_LONGEST = 40  # characters of a name: a menu is as wide as its longest words
_ALIKE = {RemoveValue: "removed", InsertValue: "added", MoveValue: "moved"}


def last_step(draft: Draft | None) -> str:
    """What Undo would take back: "trial_count", "3 removed rows"; empty where there is nothing."""
    return "" if draft is None or not draft.past else _told(draft.past[-1], draft.edits)


def next_step(draft: Draft | None) -> str:
    """What Redo would do again."""
    return "" if draft is None or not draft.future else _told(draft.edits, draft.future[-1])


def _told(before: Edits, after: Edits) -> str:
    if before and not after:
        return "discarded edits"
    shared = 0
    for one, other in zip(before, after, strict=False):
        if one is not other and one != other:
            break
        shared += 1
    made = after[shared:]
    if len(before) == shared and len(made) > 1 and len(kinds := set(map(type, made))) == 1:
        kind = _ALIKE.get(kinds.pop())
        if kind:
            return f"{len(made):,} {kind} rows"
    places = {_name(one): one for one in (*before[shared:], *made)}
    if len(places) != 1:
        return f"{len(places):,} changes" if places else "the last change"
    name, one = places.popitem()
    kind = _ALIKE.get(type(one)) if len(before) == shared else None
    return f"{kind} {name}" if kind else name


def _name(edit: Edit) -> str:
    place = (*edit.place[:-1], edit.name) if isinstance(edit, RenameValue) else edit.place
    text = place_text(edit.namespace, place)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}"

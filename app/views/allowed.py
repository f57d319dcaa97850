"""What can be done with the selected session now. Pure.

One idea: an action is offered exactly when it would be carried out; the reasons come from the session and its
draft, and stand here side by side. Not for doing anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.editing.draft import Draft
    from app.past_exchange import BackOffer
    from app.snapshot import SessionSnapshot
    from app.views.saving.clearable import Clearable

_ON_ROWS = (
    "EditInBox", "ChangeType", "Rename", "Add", "Duplicate", "Remove", "MoveUp", "MoveDown", "PasteJson",
    "TakeBack",
)  # fmt: skip
"""What is done to rows of a state, each where the row lets it be done."""


def allowed(
    selected: str | None,
    snapshot: SessionSnapshot | None,
    draft: Draft | None,
    *,
    reachable: bool = True,
    several: Clearable | None = None,
    back: BackOffer | None = None,
) -> dict[str, bool]:
    """Which actions are enabled, by the ends of their names.

    `reachable`: its folder is there. `several`: what of it can be cleared, where others are selected
    beside it. `back`: what was brought back there, and can be taken back now.
    """
    stated = snapshot is not None and snapshot.document is not None and bool(snapshot.document.namespaces)
    editable = stated and snapshot is not None and snapshot.editable
    alive = snapshot is not None and snapshot.running is not None
    changed = draft is not None and draft.count > 0
    cleared = snapshot is not None and bool(snapshot.cleared) and snapshot.editable and reachable
    return {
        "EditValue": editable,
        "TakeBack": editable and changed,
        "Save": changed and reachable and snapshot is not None and snapshot.document is not None,
        "Check": stated,
        "Revert": changed,
        "Undo": (draft is not None and draft.can_undo)
        or (cleared and not changed)
        or undoes_back(draft, back),
        "Redo": (draft is not None and draft.can_redo) or redoes_back(draft, back),
        "Resume": editable and not alive and reachable,
        "Clear": bool(several.goes) if several else (editable and not alive and reachable),
        "UndoClear": cleared,
        "ShowFolder": selected is not None,
    }


def step_words(
    snapshot: SessionSnapshot | None, draft: Draft | None, back: BackOffer | None
) -> tuple[str, str]:
    """What Undo and Redo would take back, in a few words; empty where that is nothing."""
    undo = redo = ""
    if draft is not None and (draft.past or draft.future):
        from app.editing.step_texts import last_step, next_step  # the first picture does without

        undo, redo = last_step(draft), next_step(draft)
    if back is not None and undoes_back(draft, back):
        undo = back.what
    elif not undo and snapshot is not None and snapshot.cleared and not (draft is not None and draft.count):
        undo = "clear"
    return undo, back.what if back is not None and redoes_back(draft, back) else redo


def undoes_back(draft: Draft | None, back: BackOffer | None) -> bool:
    """Whether the last that was done, and not undone, is that a state was brought back."""
    return back is not None and not back.again and _steps(draft) <= back.steps


def redoes_back(draft: Draft | None, back: BackOffer | None) -> bool:
    """Whether the last that was undone is that a state was brought back."""
    return back is not None and back.again and _steps(draft) == back.steps


def _steps(draft: Draft | None) -> int:
    return len(draft.past) if draft is not None else 0


_NO_UNDO = "There is nothing to undo. History has every version."


def why_not(
    selected: str | None,
    snapshot: SessionSnapshot | None,
    draft: Draft | None,
    *,
    reachable: bool = True,
    several: Clearable | None = None,
    back: BackOffer | None = None,
) -> dict[str, str]:
    """Why actions are not enabled, by the ends of their names; those that are enabled are left out, and those
    without a key that are not enabled only because nothing is there to do.
    """
    free = allowed(selected, snapshot, draft, reachable=reachable, several=several, back=back)
    fixed = _why_fixed(selected, snapshot, reachable=reachable)
    alive = snapshot is not None and snapshot.running is not None
    whole = fixed or ("Its launcher is still finishing." if alive else "")
    found = dict.fromkeys(("EditValue", "Check", *_ON_ROWS), fixed)
    found |= {"Resume": whole, "Save": fixed or "There is nothing to save."}
    nowhere = "" if selected else fixed
    found |= {"Undo": nowhere or _NO_UNDO, "Redo": nowhere or "There is nothing to redo."}
    found["Clear"] = several.why_not if several else whole
    return {name: reason for name, reason in found.items() if reason and not free.get(name, False)}


def _why_fixed(selected: str | None, snapshot: SessionSnapshot | None, *, reachable: bool) -> str:
    """Why nothing of the session can be changed; empty where it can."""
    if selected is None:
        return "No session is selected."
    if snapshot is None:
        return "Its saved state has not been read."
    if not reachable:
        return "Its folder cannot be reached now."
    if snapshot.cleared:
        return snapshot.not_editable_because or "The saved state was cleared."
    stated = snapshot.document is not None and bool(snapshot.document.namespaces)
    return snapshot.not_editable_because or ("" if stated else "No launcher has saved anything here.")

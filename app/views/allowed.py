"""What can be done with the selected session now. Pure.

One idea: an action is offered exactly when it would be carried out; the reasons come from the session and its
draft, and stand here side by side. Not for doing anything.
"""

from app.editing.draft import Draft
from app.session import Snapshot


def allowed(
    selected: str | None,
    snapshot: Snapshot | None,
    draft: Draft | None,
    *,
    reachable: bool = True,
    several: bool = False,
) -> dict[str, bool]:
    """Which actions are enabled, by the ends of their names.

    `reachable`: its folder is there. `several`: others are selected beside it.
    """
    stated = snapshot is not None and snapshot.document is not None and bool(snapshot.document.namespaces)
    editable = stated and snapshot is not None and snapshot.editable
    alive = snapshot is not None and snapshot.running is not None
    changed = draft is not None and draft.count > 0
    return {
        "EditValue": editable,
        "TakeBack": editable and changed,
        "Save": changed and reachable and snapshot is not None and snapshot.document is not None,
        "Check": stated,
        "Revert": changed,
        "Undo": draft is not None and draft.can_undo,
        "Redo": draft is not None and draft.can_redo,
        "Resume": editable and not alive and reachable,
        "Clear": several or (editable and not alive and reachable),
        "UndoClear": snapshot is not None and bool(snapshot.cleared) and snapshot.editable and reachable,
        "ShowFolder": selected is not None,
    }

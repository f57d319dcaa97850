"""What of the state tree has to wait while something is to be decided, and why. Pure; no Qt.

One idea: the tree shows what the disk holds, and edits stand on an older version until the decision. A row
that the older version does not have where it is shown is not edited; of every other one each single edit is
tried. Not for what lands where (`app.editing.seen`), nor for what can be done to a row at all (`row_edits`).
"""

from __future__ import annotations

from app.editing.draft import Draft
from app.editing.edits import Edit, RenameValue, SetValue
from app.editing.seen import WAITS, apart, is_apart, why_not
from app.models.state.row_edits import (
    CannotBeDone,
    as_saved,
    can_move,
    can_rename,
    duplicate,
    moved,
    removal,
    renamed,
    whole_place,
    why_fixed,
)
from app.models.state.state_nodes import Node
from app.values.edit_text import editable_text, parse

_ANOTHER = "\x00"  # a name that nothing has


class WaitingRows:
    """The rows of one draft as it is shown."""

    def __init__(self, draft: Draft | None) -> None:
        self._draft = draft
        self._apart = apart(draft)

    @property
    def any(self) -> bool:
        """Whether something is shown otherwise than as the edits stand."""
        return self._draft is not None and self._draft.shown is not self._draft

    def why_fixed(self, node: Node) -> str:
        """Why a row's value cannot be edited now, as `row_edits.why_fixed`, or has to wait."""
        return why_fixed(node) or (WAITS if is_apart(self._apart, node.namespace, node.place) else "")

    def why_not(self, edit: Edit) -> str:
        """Why an edit of what is shown has to wait; empty where it has not to."""
        return why_not(self._draft, edit)

    def why_not_typed(self, node: Node, text: str, *, is_name: bool = False) -> str:
        """Why text that is typed as a value, or as a name, has to wait; else, or where it is none, empty."""
        edit = (_named if is_name else _valued)(node, text) if self.any else None
        return self.why_not(edit) if edit is not None else ""

    def why_grey(self, node: Node) -> dict[str, str]:
        """Why what can be done to rows has to wait at this one, by the names of its actions."""
        if not self.any or not node.is_value or node.removed:
            return {}
        fixed = self.why_fixed(node)
        found = dict.fromkeys(("EditInBox", "ChangeType", "PasteJson"), fixed if fixed == WAITS else "")
        for name, edit in self._edits(node).items():
            found[name] = self.why_not(edit)
        return {name: reason for name, reason in found.items() if reason}

    def _edits(self, node: Node) -> dict[str, Edit]:
        """The edits that are not typed; and another name, to see whether there could be one."""
        found: dict[str, Edit] = {}
        for name, make in (("Remove", removal), ("Duplicate", duplicate)):
            try:
                found[name] = make(node)
            except CannotBeDone:
                continue
        for name, by in (("MoveUp", -1), ("MoveDown", 1)):
            if can_move(node, by):
                found[name] = moved(node, by)
        if can_rename(node) and whole_place(node) == node.place:
            found["Rename"] = RenameValue(node.namespace, node.place, _ANOTHER)
        return found


def _valued(node: Node, text: str) -> Edit | None:
    parsed = parse(text, node.value)
    if parsed.problem or text == editable_text(node.value):
        return None
    return SetValue(node.namespace, node.place, as_saved(node, text, parsed.value))


def _named(node: Node, text: str) -> Edit | None:
    try:
        return renamed(node, text)
    except CannotBeDone:
        return None

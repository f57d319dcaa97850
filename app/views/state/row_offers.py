"""What can be done to the selected rows of the state, as the actions say it: which are grey, and why, and in
which words the others stand.

One idea: it is worked out from the row as it is now, whenever another row is the current one, or this one has
become another. Not for doing any of it (`row_actions`), nor for what a row lets be done
(`app.models.state.row_edits`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from app.models.state.new_rows import added_here
from app.models.state.row_edits import NO_VALUE, ROW_EDITS, can_move, can_rename, why_grey
from app.models.state.several_rows import (
    MOST,
    SEVERAL,
    TOO_MANY,
    why_kept,
    why_no_paths,
    why_no_values,
    why_stay,
)
from app.models.state.state_nodes import Node
from app.models.state.state_tree import StateTreeModel
from app.views.actions import Actions
from app.views.state.state_view import StateView

_DELETE = QKeySequence("Del")
_COUNTED = {
    "Remove": ("Remo&ve", "Remo&ve {:,} rows"),
    "CopyValue": ("&Copy value", "&Copy {:,} values"),
    "CopyPath": ("Copy pat&h", "Copy {:,} pat&hs"),
    "CopyJson": ("Copy as &JSON", "Copy {:,} rows as &JSON"),
    "MoveUp": ("&Move up", "&Move {:,} items up"),
    "MoveDown": ("Move do&wn", "Move {:,} items do&wn"),
}
_UNREAD = "It is still being read."


class RowOffers(QObject):
    """The actions of the current row in one view."""

    def __init__(self, actions: Actions, state: StateTreeModel, view: StateView) -> None:
        super().__init__(view)
        self._actions, self._state, self._view = actions, state, view
        for turned_to in (view.chosen.model.currentChanged, view.chosen.model.selectionChanged):
            turned_to.connect(self.refresh)
        for turned in (view.expanded, view.collapsed):
            turned.connect(self._turn)
        self.refresh()

    @property
    def node(self) -> Node | None:
        """The row that is meant, of several the current one."""
        if self._view.chosen.count == 1:
            return self._view.chosen.nodes()[0]
        return self._state.node(self._view.currentIndex())

    def stands_open(self, node: Node) -> bool:
        """Whether what a row holds is seen below it."""
        return self._view.isExpanded(self._state.index_of(node))

    def refresh(self) -> None:
        """Offer what can be done to the row that is meant as it is now, or to all of them, in their words."""
        count = self._view.chosen.count
        self._count(count)
        if count > 1:
            self._offer_several(count)
        else:
            self._offer_one()

    # --- within ---------------------------------------------------------------------------------------------

    def _offer_one(self) -> None:
        node = self.node
        editable = self._state.editable and self._state.is_at_hand(node)
        value = node is not None and node.is_value
        whole = node is not None and node.span is None
        on_value = editable and value
        self._actions.enable(
            EditValue=self._state.editable and self._state.rowCount() > 0 and (node is None or value),
            EditInBox=on_value, ChangeType=on_value, PasteJson=on_value, Duplicate=on_value, Remove=on_value,
            Rename=editable and node is not None and can_rename(node),
            Add=editable,
            MoveUp=editable and node is not None and can_move(node, -1),
            MoveDown=editable and node is not None and can_move(node, 1),
            CopyValue=value, CopyPath=whole, CopyJson=whole,
        )  # fmt: skip
        if node is not None:
            self._actions.enable(TakeBack=self._can_take_back(node))
        waits = self._state.waiting.why_grey(node) if node is not None and editable else {}
        self._actions.enable(**dict.fromkeys(waits, False))
        reasons = self._why_grey(node) if self._state.editable else {}  # else the session is the reason
        reasons |= waits
        grey = {name: why for name, why in reasons.items() if not self._action(name).isEnabled()}
        self._actions.explain(grey, "row")
        self._reword(node)

    def _offer_several(self, count: int) -> None:
        """What is done to one at a time is grey."""
        nodes = self._view.chosen.nodes() if count <= MOST else []
        at_hand = self._state.editable and all(map(self._state.is_at_hand, nodes))
        kept = why_kept(nodes) if at_hand else _UNREAD
        values, paths = why_no_values(nodes), why_no_paths(nodes)
        why = {"Remove": kept, "CopyValue": values, "CopyJson": values, "CopyPath": paths}
        if at_hand and nodes:
            why |= {"MoveUp": why_stay(nodes, -1), "MoveDown": why_stay(nodes, 1)}
        if count > MOST:
            why = dict.fromkeys((*why, "MoveUp", "MoveDown"), TOO_MANY)
        why = dict.fromkeys((*ROW_EDITS, "Add", "EditValue"), SEVERAL) | why
        self._actions.enable(**{name: not reason for name, reason in why.items()})
        reads = {name: reason for name, reason in why.items() if name.startswith("Copy")}
        reasons = why if self._state.editable else reads  # else the session is the reason
        self._actions.explain({name: reason for name, reason in reasons.items() if reason}, "row")
        self._action("Remove").setShortcuts([_DELETE])
        self._action("TakeBack").setShortcuts([])

    def _count(self, count: int) -> None:
        """Say of how many rows it is done to all of them."""
        for name, (one, some) in _COUNTED.items():
            self._action(name).setText(some.format(count) if count > 1 else one)

    def _turn(self) -> None:
        """A row was opened or closed: something new goes elsewhere."""
        if self._view.chosen.count < 2:
            self._reword(self.node)

    def _why_grey(self, node: Node | None) -> dict[str, str]:
        if not self._state.is_at_hand(node):
            return dict.fromkeys(("Add", *ROW_EDITS), _UNREAD)
        no_value = {} if node is None or node.is_value else {"EditValue": NO_VALUE}
        return no_value | why_grey(node, node is not None and self._can_take_back(node))

    def _can_take_back(self, node: Node) -> bool:
        marks = self._state.marks(node)
        return marks.can_take_back or marks.can_take_inside

    def _reword(self, node: Node | None) -> None:
        """Say what Del and Add do to this row."""
        marks = self._state.marks(node) if node is not None else None
        removed = marks is not None and marks.removed
        taken_back = marks is not None and marks.can_take_back and not removed
        inside = marks is not None and marks.can_take_inside
        back = "&Take the edits inside back" if inside else "&Take this edit back"
        self._action("TakeBack").setText("Bring i&t back" if removed else back)
        self._action("Remove").setShortcuts([] if taken_back else [_DELETE])
        self._action("TakeBack").setShortcuts([_DELETE] if taken_back else [])
        what = f" {added_here(node, self.stands_open(node))}" if node is not None else ""
        self._action("Add").setText(f"&Add{what}…")

    def _action(self, name: str) -> QAction:
        return self._actions[f"action{name}"]

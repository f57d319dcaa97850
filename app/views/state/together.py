"""What is done to all selected rows at once.

One idea: it is known by the name of its action, is done to all of them as one edit or one text, or to none,
and the reason is told. Not for what is done to one row (`row_actions`), nor for what such an edit is
(`app.models.state.several_rows`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.models.state.row_edits import CannotBeDone
from app.models.state.several_rows import (
    MOST,
    SEVERAL,
    TOO_MANY,
    moved_together,
    paths_text,
    removals,
)
from app.models.state.state_nodes import Node
from app.models.state.state_tree import StateTreeModel
from app.views.state.copying import Copying
from app.views.state.row_selection import RowSelection


class Together(QObject):
    """Acts on what is `chosen` in one tree. `told` carries a sentence for the status bar."""

    told = Signal(object)

    def __init__(self, state: StateTreeModel, chosen: RowSelection, copying: Copying) -> None:
        super().__init__(chosen)
        self._state = state
        self._chosen = chosen
        self._acts: Mapping[str, Callable[[Sequence[Node]], None]] = {
            "Remove": lambda nodes: state.ask_together(removals(nodes)),
            "CopyValue": partial(copying.copy_together, as_json=False),
            "CopyJson": partial(copying.copy_together, as_json=True),
            "CopyPath": self._copy_paths,
            "MoveUp": partial(self._move, by=-1),
            "MoveDown": partial(self._move, by=1),
        }

    def do(self, name: str) -> None:
        """Do what the action of this name does, or say why it is done to one row at a time."""
        try:
            if name not in self._acts:
                raise CannotBeDone(SEVERAL)
            if self._chosen.count > MOST:
                raise CannotBeDone(TOO_MANY)
            self._acts[name](self._chosen.nodes())
        except CannotBeDone as reason:
            self.told.emit(str(reason))

    def _copy_paths(self, nodes: Sequence[Node]) -> None:
        QGuiApplication.clipboard().setText(paths_text(nodes))
        self.told.emit(f"Copied {len(nodes):,} paths.")

    def _move(self, nodes: Sequence[Node], by: int) -> None:
        """They stay selected, so that they can be moved on."""
        namespace, around = nodes[0].namespace, nodes[0].place[:-1]
        items = [int(node.place[-1]) + by for node in nodes]
        if self._state.ask(moved_together(nodes, by)):
            self._chosen.take_all([self._state.find(namespace, (*around, item)) for item in items])
            self.told.emit(f"Moved {len(items):,} items {'up' if by < 0 else 'down'}, not saved yet")

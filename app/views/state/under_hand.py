"""What the state tree shows while somebody types in it, and the disk takes the row away from under the hand.

One idea: what is typed stays where it is typed. A state in which the row is gone, or cannot be edited, is
shown when the editor closes, and so is that the whole session went; until then the editor says what happened,
and what is handed over is an edit of what was seen. Not for a value that only became another: its row stays,
and the draft that was seen says it. In a list that became another an item of before has no row to stand in,
so that the editor says which one it is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from app.editing.draft import Draft, value_at
from app.models.state.state_tree import StateTreeModel
from app.session import Status
from app.snapshot import SessionSnapshot
from app.views.state.state_pane import StatePane
from app.views.state.value_editor import CellEditor
from persistence.document import ABSENT, Absent
from persistence.values.sameness import same

_WAYS = "Enter keeps what you typed, Esc drops it."


class UnderHand(QObject):
    """Shows sessions in the tree, at once or when nobody types. `told` carries a sentence."""

    told = Signal(object)

    def __init__(
        self, pane: StatePane, model: StateTreeModel, status: Callable[[str], Status | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._model = model
        self._status = status
        self._later: tuple[SessionSnapshot, Draft | None] | None = None
        self._going: Callable[[], None] | None = None

    def show(self, snapshot: SessionSnapshot, draft: Draft | None) -> None:
        """Show a session, unless it takes away what somebody types in; then it is shown a little later."""
        editor = self._pane.view.in_place.editor
        why = _why_not(editor, snapshot, draft) if editor is not None else ""
        if editor is not None and why and _is_typed_in(editor):
            self._wait(editor, why)
            self._later = (snapshot, draft)
            return
        if editor is not None and why and not editor.settled:
            self.told.emit(f"{_path(editor)} is not edited any more. {why}")
            self._pane.view.in_place.drop()
        self._later = None
        self._model.set_state(snapshot, draft)
        self._pane.show_snapshot(snapshot, self._status(snapshot.directory))
        if editor is not None:
            editor.overtake(_other_list(editor, draft))  # what had to wait may stand there now

    def holds(self, why: str, go: Callable[[], None]) -> bool:
        """Whether somebody types in a session that is to go, and `why` it is: `go` when the editor closes."""
        editor = self._pane.view.in_place.editor
        held = editor is not None and _is_typed_in(editor)
        if editor is not None and held:
            self._wait(editor, why)
            self._going = go
        return held

    def lets_stay(self) -> bool:
        """It is there again. False where it was not to go."""
        held, self._going = self._going is not None, None
        return held

    def forget(self) -> None:
        """No session is shown."""
        self._later = self._going = None
        self._model.set_state(None, None)

    def _wait(self, editor: CellEditor, why: str) -> None:
        if self._later is None and self._going is None:
            editor.closed.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)
        self._model.overtaken = True
        editor.overtake(f"{why} {_WAYS}")

    def _catch_up(self) -> None:
        """Nobody types any more: show what there is."""
        (later, self._later), (go, self._going) = (self._later, None), (self._going, None)
        if go is not None:
            go()
        elif later is not None:
            self.show(*later)


def _is_typed_in(editor: CellEditor) -> bool:
    return editor.touched and not editor.settled


def _why_not(editor: CellEditor, snapshot: SessionSnapshot, draft: Draft | None) -> str:
    """Why the editor's row could not be edited in this state, in a sentence; empty where it can."""
    node, document = editor.node, snapshot.document
    if node is None or editor.seen is None or editor.seen.directory != snapshot.directory:
        return ""
    if snapshot.running is not None and not snapshot.editable:
        return "A run has begun meanwhile."
    if document is None:
        return "The saved state was removed." if _is_gone(snapshot) else snapshot.not_editable_because
    if (
        value_at(draft.shown.document if draft is not None else document, node.namespace, node.place)
        is ABSENT
    ):
        return "Removed on disk meanwhile."
    return snapshot.not_editable_because


def _other_list(editor: CellEditor, draft: Draft | None) -> str:
    """That the list around the editor's row is another one on disk by now; empty where it is the same."""
    node, seen = editor.node, editor.seen
    if node is None or seen is None or draft is None or seen.directory != draft.directory:
        return ""
    at = next((length for length, step in enumerate(node.place) if isinstance(step, int)), None)
    if at is None:
        return ""
    one, other = (value_at(side.shown.document, node.namespace, node.place[:at]) for side in (seen, draft))
    if isinstance(one, Absent) or isinstance(other, Absent) or one is other or same(one, other):
        return ""
    inside = "" if at == len(node.place) - 1 else "in "
    number = f"{int(node.place[at]) + 1:,}"
    return f"The list was changed on disk while you typed; this is {inside}item {number} of before."


def _path(editor: CellEditor) -> str:
    return editor.node.path if editor.node is not None else ""


def _is_gone(snapshot: SessionSnapshot) -> bool:
    return snapshot.problem is not None and snapshot.problem.kind in ("no_state", "moved")

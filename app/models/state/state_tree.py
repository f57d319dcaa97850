"""The saved state of one session as a Qt tree: launchers, their attributes, what is inside them.

One idea: the tree shows a document and the draft over it, and never changes either. `setData` turns typed
text into an edit and asks for it (`edit_requested`); the new value appears when the owner of the draft
answers with `set_state`. Values are the raw JSON of the file: a tagged value is one row of its kind.

Not for rows and refreshing (`state_layers`), nor for the meaning of text (`app.values.edit_text`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from app.editing.draft import Draft, value_at
from app.editing.edits import Edit, Edits, MoveValue, RemoveValue, RenameValue, SetValue
from app.editing.seen import WAITS
from app.models.headers import header_data
from app.models.state.row_edits import CannotBeDone, as_saved, brought_back, can_rename, renamed, why_fixed
from app.models.state.state_edits import EditedPlaces
from app.models.state.state_layers import StateRows
from app.models.state.state_nodes import Node
from app.models.state.state_rows import Index
from app.models.state.state_texts import HEADERS, Column, Marks, StateRole, node_data
from app.models.state.waiting_rows import WaitingRows
from app.snapshot import SessionSnapshot
from app.values.edit_text import editable_text, parse
from persistence.document import ABSENT, Absent, Place
from persistence.values.json_text import JSON
from persistence.values.sameness import same

__all__ = ["Column", "StateRole", "StateTreeModel"]

_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _SHOWN | Qt.ItemFlag.ItemIsEditable
_LEAF, _EDITABLE_LEAF = (one | Qt.ItemFlag.ItemNeverHasChildren for one in (_SHOWN, _EDITABLE))
_NAME, _VALUE, _NODE = int(Column.ATTRIBUTE), int(Column.VALUE), int(StateRole.NODE)  # enums are slow to ask


class StateTreeModel(StateRows):
    """The rows of a snapshot and its draft, in words, with typed text taken as a wish.

    `edit_requested` carries a directory and an edit, `edits_requested` several that are one step; `followed`
    then says where the row that it was done to is found, as a namespace and a place. `late_edit_requested`
    carries besides the draft that was shown when somebody began to type, where the value has become another
    since then, or is gone. It is `overtaken` while what it shows waits for somebody who types, and the disk
    holds something else by now.
    """

    edit_requested = Signal(object, object)
    edits_requested = Signal(object, object)
    late_edit_requested = Signal(object, object, object)
    take_back_requested = Signal(object, object, object)
    edit_refused = Signal(object)
    followed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.directory = ""
        self.editable = self.judged = False
        self.overtaken = False
        self.draft: Draft | None = None
        self._edited = self._edited_before = EditedPlaces(None, None)
        self.waiting = WaitingRows(None)

    def set_state(self, snapshot: SessionSnapshot | None, draft: Draft | None) -> None:
        """Show a session: its draft where there is one, else what was read; None shows nothing."""
        directory = snapshot.directory if snapshot else ""
        read = snapshot.document if snapshot else None
        self.editable = snapshot is not None and snapshot.editable
        self.judged = snapshot is not None and snapshot.checked
        self._name_flags.clear()
        self.draft = draft
        self.overtaken = False
        shown = draft.shown if draft is not None else None
        self._edited = EditedPlaces(shown, read, draft.disputes if draft is not None else {})
        self.waiting = WaitingRows(draft if read is not None else None)
        document, base = shown.document if shown and read is not None else read, self._edited.base
        held = snapshot is None or snapshot.held
        if directory == self.directory:
            self.refresh(document, base, held=held)
        else:
            self.directory = directory
            self.start_anew(document, base, held=held)
        self._edited_before = self._edited

    # --- what views ask -------------------------------------------------------------------------------------

    def not_saved(self) -> tuple[tuple[str, str], ...]:
        """Attributes that the launchers could not save, with the reason, in file order."""
        document = self._document
        names = document.namespaces if document else ()
        return tuple(item for name in names if document for item in document.namespace(name).skipped.items())

    def marks(self, node: Node) -> Marks:
        """How a row stands to what is saved."""
        if node.launcher is not None:
            return Marks(inside=self._edited.is_inside(node.namespace, node.place))
        other, was = self._is_edited(node), self._edited.saved_name(node.namespace, node.place)
        edited = other or was is not None
        of_list = not edited and self._edited.is_other_item(node.namespace, node.place)
        new = other and not node.has_base
        inside = not edited and self._edited.is_inside(node.namespace, node.place)
        return Marks(
            edited or of_list,
            inside=inside,
            can_take_back=edited and self.editable,
            new=new,
            removed=node.removed,
            was=was,
            other_value=of_list or (other and not new and not node.removed),
            of_list=of_list,
            disputed=self._edited.dispute(node.namespace, node.place),
            can_take_inside=inside and not of_list and self.editable,
        )

    def called_now(self, namespace: str, place: Place) -> Place:
        """As rows are laid anew: where a value stands now, by the names of now, that stood at a place."""
        return self._edited.place_now(namespace, self._edited_before.saved_place(namespace, place))

    def can_edit(self, node: Node) -> bool:
        """Whether a row's value can be edited in place."""
        return self.editable and self.is_at_hand(node) and not self.waiting.why_fixed(node)

    def can_rename(self, node: Node) -> bool:
        """Whether a row's name can be edited in place."""
        return self.editable and can_rename(node) and self.is_at_hand(node)

    def ask(self, edit: Edit, place: Place | None = None) -> bool:
        """Ask for an edit, and say where its row is found then: at `place`, or where the edit says. False,
        and told, where it has to wait.
        """
        if not self._request(edit):
            return False
        found = edit.new_place if isinstance(edit, RenameValue | MoveValue) else edit.place
        self.followed.emit(edit.namespace, place or found)
        return True

    def ask_together(self, edits: Edits) -> None:
        """Ask for several edits as one; the row of the last, which stands first, is found then."""
        reason = WAITS if self.overtaken else next(filter(None, map(self.waiting.why_not, edits)), "")
        if reason:
            self.edit_refused.emit(f"Not changed. {reason}")
        else:
            self.edits_requested.emit(self.directory, edits)
            self.followed.emit(edits[-1].namespace, edits[-1].place)

    def has_lost(self, seen: Draft, namespace: str, place: Place) -> bool:
        """Whether the disk has taken away what stood at a place when `seen` was shown; () is the launcher."""
        draft = self.draft
        if self.directory not in ("", seen.directory) or (draft and _is_same_version(seen, draft)):
            return False
        document = draft.shown.document if draft is not None else self._document
        if document is None or namespace not in document.namespaces:
            return True
        return bool(place) and isinstance(value_at(document, namespace, place), Absent)

    def ask_late(self, edit: Edit, seen: Draft) -> None:
        """Ask for an edit of what an earlier draft showed, and is not there any more."""
        self.late_edit_requested.emit(seen.directory, edit, seen)

    def _request(self, edit: Edit) -> bool:
        """Ask for an edit of what is shown; False, and told, where that has to wait for a decision."""
        if reason := self.waiting.why_not(edit):
            self.edit_refused.emit(f"Not changed. {reason}")
            return False
        if self.overtaken and self.draft is not None:
            self.ask_late(edit, self.draft)
        else:
            self.edit_requested.emit(self.directory, edit)
        return True

    def take_back(self, index: Index) -> bool:
        """Ask for what is saved in place of an edit, or of all edits inside; False when there is none.

        Of what has another value and another name, the value is taken back first.
        """
        node = self.node(index)
        marks = self.marks(node) if node else Marks()
        if node is None or not (marks.can_take_back or marks.can_take_inside):
            return False
        if marks.removed:
            self.ask(brought_back(node))
        elif marks.new:
            self.ask(RemoveValue(node.namespace, node.place))
        elif marks.was is not None and not marks.other_value:
            self.ask(RenameValue(node.namespace, node.place, marks.was))
        else:
            self._take_value_back(node)
        return True

    def _take_value_back(self, node: Node) -> None:
        if self._edited.has_saved_name(node.namespace, node.place):
            self.take_back_requested.emit(self.directory, node.namespace, node.place)
        elif not isinstance(node.base, Absent):
            self.edit_requested.emit(self.directory, SetValue(node.namespace, node.place, node.base))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The value can be edited where the session can, the type is known, and it is no item of a set; the
        name where there is one.
        """
        ident, column = index.internalId(), index.column()
        if column == _NAME and (known := self._name_flags.get(ident)) is not None:
            return known  # a view asks twice for each row that it lays out
        node = self._nodes.get(ident)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        if column == _NAME:
            return self._name_flags.setdefault(ident, self._flags_of_name(node))
        return _EDITABLE if column == _VALUE and self.can_edit(node) else _SHOWN

    def _flags_of_name(self, node: Node) -> Qt.ItemFlag:
        """A name that says that nothing is inside spares the view the next question."""
        can_rename = self.editable and self.can_rename(node)
        if node.holds_any:
            return _EDITABLE if can_rename else _SHOWN
        return _EDITABLE_LEAF if can_rename else _LEAF

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, names for screen readers, and the node itself."""
        node = self.node(index)
        if node is None or role == _NODE:  # which is asked for each cell that is measured
            return node
        return node_data(node, self.marks(node), index.column(), role)

    # --- typed text -----------------------------------------------------------------------------------------

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the edit that typed text means; False, and `edit_refused`, when it means none.

        The text that `data` gives stages nothing, the text of what is saved takes the edit back, and the
        type never changes. Containers take JSON with tags. A typed name renames.
        """
        node = self.node(index)
        if node is None or role != Qt.ItemDataRole.EditRole or not isinstance(value, str):
            return False
        if index.column() == Column.ATTRIBUTE:
            return self.can_rename(node) and self._rename(node, value)
        return index.column() == Column.VALUE and self.put_typed(index, value, self.draft)

    def put_typed(self, index: Index, text: str, seen: Draft | None) -> bool:
        """As `setData` does for a value, of text that was begun when the draft `seen` was shown."""
        node = self.node(index)
        if node is None or not (self.editable and self.is_at_hand(node)) or why_fixed(node):
            return False
        return self._put(node, text, seen)

    def _rename(self, node: Node, text: str) -> bool:
        try:
            edit = renamed(node, text)
        except CannotBeDone as reason:
            self.edit_refused.emit(f"{node.path} keeps its name. {reason}")
            return False
        if edit is not None:
            self.ask(edit, node.place if isinstance(edit, SetValue) else None)
        return True

    def _put(self, node: Node, text: str, seen: Draft | None) -> bool:
        before = self._before(node, seen)
        like = node.value if isinstance(before, Absent) else before
        if text == editable_text(like):
            return True
        parsed = parse(text, like)
        if parsed.problem:
            self.edit_refused.emit(f"{node.path} stays {node.text}. {parsed.problem}")
            return False
        typed = as_saved(node, text, parsed.value) if isinstance(before, Absent) else parsed.value
        return self.ask_value(node, typed, seen)

    def _before(self, node: Node, seen: Draft | None) -> JSON | Absent:
        """What stood in a row when `seen` was shown, if the disk has made something else of it since then."""
        if seen is None or self.draft is None or seen.directory != self.directory:
            return ABSENT
        if _is_same_version(seen, self.draft):
            return ABSENT
        before = value_at(seen.shown.document, node.namespace, node.place)
        return before if isinstance(before, Absent) or not same(before, node.value) else ABSENT

    def ask_value(self, node: Node, value: JSON, seen: Draft | None = None) -> bool:
        """Ask for another value of a row, of whatever type; the saved one takes the edit back. It was chosen
        in view of the draft `seen`. False, and told, where that has to wait for a decision.
        """
        before = self._before(node, seen)
        if same(value, node.value) or (not isinstance(before, Absent) and same(value, before)):
            return True
        edit = SetValue(node.namespace, node.place, value)
        if not isinstance(before, Absent) or self._is_late(edit, seen):
            self.late_edit_requested.emit(self.directory, edit, seen)
        elif not isinstance(node.base, Absent) and same(value, node.base) and not self.overtaken:
            self._take_value_back(node)
        else:
            return self._request(edit)
        return True

    def _is_late(self, edit: Edit, seen: Draft | None) -> bool:
        """Whether an edit has to wait here, and had not to where `seen` was shown."""
        if seen is None or self.draft is None or seen.directory != self.directory:
            return False
        return not _is_same_version(seen, self.draft) and bool(self.waiting.why_not(edit))

    def _is_edited(self, node: Node) -> bool:
        if self._edited.is_edited(node.namespace, node.place):
            return True
        above = node.parent
        if above is None or above.launcher is not None or node.steps[:1] != ("value",):
            return False
        if self._edited.is_reordered(above.namespace, above.place):
            return False
        # A tagged value is one change as a whole; its items are compared one by one.
        return (
            self._is_edited(above) and not isinstance(node.base, Absent) and not same(node.base, node.value)
        )


def _is_same_version(one: Draft, other: Draft) -> bool:
    """Whether both are shown over the same version of the disk."""
    return one.shown.base_etag == other.shown.base_etag

"""What the state tree says in words: columns, tool tips, and names for screen readers. Pure.

One idea: as for the list of sessions, the texts of a cell (shown, exact, spoken) stand beside each other
here. Not for which rows there are, nor for typed text.
"""

from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import Qt

from app.editing.edits import Edit, InsertValue, MoveValue, RemoveValue, RenameValue
from app.models.state.row_edits import can_rename, name_text
from app.models.state.state_nodes import Node
from app.values.edit_text import SHOWN_LIMIT, editable_text, shown
from app.values.fit_text import escaped
from app.words.moments import clock_or_day, moment
from app.words.places import path_text
from app.words.plain import TIP_LIMIT, tip
from persistence.document import Absent, Namespace, Place
from persistence.states.merge import MergeConflict
from persistence.values.kinds import kind_of

_IN_TIP = TIP_LIMIT // 3
_OVER = 30  # characters of a value, in the status bar
HEADERS = ("Attribute", "Type", "Value", "Saved value", "")
NEW, REMOVED = "New", "Removed"
"""What stands in place of the saved value of what is new, and of the value of what is gone."""
EDITED_INSIDE = "edited inside"
"""The same of a closed row of whose parts some are edited."""


class Column(IntEnum):
    """The columns, left to right; the last one holds the button that takes an edit back."""

    ATTRIBUTE = 0
    TYPE = 1
    VALUE = 2
    SAVED = 3
    TAKE_BACK = 4


class StateRole(IntEnum):
    """What a delegate asks beyond Qt's own roles: the `Node` of a row."""

    NODE = Qt.ItemDataRole.UserRole + 1


class Marks(NamedTuple):
    """How a row stands to what is saved: itself edited, an edit inside, an edit that can be taken back.

    What is edited is new, removed, called otherwise than `was`, or has another value, or both of the latter.
    """

    edited: bool = False
    inside: bool = False
    can_take_back: bool = False
    new: bool = False
    removed: bool = False
    was: str | None = None
    other_value: bool = False
    of_list: bool = False
    """No saved item of its list, whose items are no longer those saved at their numbers: the list as a whole
    has the saved value, and is taken back."""
    disputed: MergeConflict | None = None
    """What both sides changed, and is to be decided: the saved value is what they say."""
    can_take_inside: bool = False
    """Whether the edits inside can be taken back as a whole."""
    closed: bool = False
    """Whether nobody sees what is inside: then the row stands for it."""

    @property
    def stands_for_inside(self) -> bool:
        """Whether the row is shown as an edited one because what is edited in it cannot be seen."""
        return self.closed and self.inside


def node_data(node: Node, marks: Marks, column: int, role: int) -> object:
    """The data of a row for a column and a role."""
    if role == Qt.ItemDataRole.DisplayRole:
        return cell_text(node, marks, column)
    if role == StateRole.NODE:
        return node
    if role == Qt.ItemDataRole.EditRole:
        return _edited_text(node, column)
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip(_exact(node, marks, column)) or None
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return _spoken(node, marks, column)
    return None


def _edited_text(node: Node, column: int) -> str | None:
    """What an editor of the cell opens with; None where there is none."""
    if node.launcher is not None:
        return None
    if column == Column.ATTRIBUTE:
        return name_text(node) if can_rename(node) else None
    return editable_text(node.value) if column == Column.VALUE else None


def cell_text(node: Node, marks: Marks, column: int) -> str:
    """What a cell shows, on one line."""
    if column == Column.ATTRIBUTE:
        return escaped(node.label)
    if node.launcher is not None:
        return "launcher" if column == Column.TYPE and node.span is None else ""
    if column == Column.TYPE:
        return str(node.kind)
    if column == Column.VALUE:
        return REMOVED if marks.removed else value_texts(node, marks)[0] if marks.other_value else node.text
    if column == Column.SAVED and marks.stands_for_inside:
        return EDITED_INSIDE
    return _saved_text(node, marks) if column == Column.SAVED and marks.edited else ""


def value_texts(node: Node, marks: Marks, limit: int = SHOWN_LIMIT) -> tuple[str, str]:
    """A value and the one that is saved in its place ("" for none), told apart where it is another."""
    if marks.other_value and not marks.of_list:
        return node.texts_beside(limit)
    return node.text_up_to(limit), "" if marks.of_list else node.base_text_up_to(limit)


def launcher_note(launcher: Namespace, now: datetime, *, with_module: bool) -> str:
    """What stands beside a launcher's name: its module, how many attributes, when it was saved."""
    count = len(launcher.attributes)
    parts = [launcher.module] if with_module and launcher.module else []
    parts.append("1 attribute" if count == 1 else f"{count:,} attributes")
    saved = moment(launcher.saved_at)
    if saved is not None:
        parts.append(f"saved {clock_or_day(saved, now, seconds=True)}")
    return " · ".join(escaped(part) for part in parts)


def edit_words(edit: Edit) -> str:
    """What an edit does, for the status bar: "Removed trial_count", "Removed item 3 of steps"."""
    where = _where(edit.place)
    match edit:
        case RemoveValue():
            return f"Removed {where}"
        case RenameValue():
            return f"Renamed {where} to {escaped(edit.name)}"
        case InsertValue():
            return f"Added {where}"
        case MoveValue():
            return f"Moved {where} to {edit.to + 1}"
    return f"Edit in {where}"


def staged_words(edit: Edit, marks: Marks) -> str:
    """What is said of an edit of a row as it is staged, with how that row stands until then."""
    match edit:
        case RenameValue() if marks.was == edit.name and not marks.other_value:
            return f"The edit of {escaped(path_text(edit.new_place))} was taken back"
        case RemoveValue() if marks.new:
            return f"The edit of {escaped(path_text(edit.place))} was taken back"
    return f"{edit_words(edit)}, not saved yet"


def _where(place: Place) -> str:
    """A place, where an item is not to be taken for its value."""
    if place and isinstance(place[-1], int):
        return f"item {place[-1] + 1:,} of {path_text(place[:-1])}"
    return path_text(place)


def typed_over(path: str, before: str, now: str) -> str:
    """What is said of a value that was typed over, which a scanner does wherever the keyboard is."""
    was, becomes = (text if len(text) <= _OVER else f"{text[: _OVER - 1]}…" for text in (before, now))
    return f"{path}: {was} → {becomes}  ·  Ctrl+Z takes it back"


def _saved_text(node: Node, marks: Marks) -> str:
    """The saved value; of what has another name the saved one, behind the value if that is another, too."""
    if marks.was is not None and not marks.other_value:
        return f"was {escaped(marks.was)}"
    if marks.of_list:
        return ""
    if marks.disputed is not None and not node.has_base:
        return REMOVED
    return f"{value_texts(node, marks)[1]}{_old_type(node)}{was_text(marks)}" if node.has_base else NEW


def _old_type(node: Node) -> str:
    """The saved type where it is all that differs to the eye: the text 11 and the number."""
    if node.unread or isinstance(node.base, Absent) or node.base_text != node.text:
        return ""
    before = kind_of(node.base)
    return "" if before is node.kind else f" ({before})"


def _exact(node: Node, marks: Marks, column: int) -> str:
    if node.span is not None:
        return f"{path_text(node.place)} › {escaped(node.label)}"
    if node.launcher is not None:
        return node.namespace
    if column == Column.ATTRIBUTE:
        return f"{node.path}{was_text(marks)}"
    if column == Column.VALUE:
        return REMOVED if marks.removed else value_texts(node, marks, TIP_LIMIT)[0]
    if column == Column.SAVED and marks.was is not None and not marks.other_value:
        return _saved_text(node, marks)
    if column == Column.SAVED and marks.disputed is not None:
        return _disputed_text(node, marks, marks.disputed)
    if column == Column.SAVED and marks.edited and node.has_base and not marks.of_list:
        return f"{value_texts(node, marks, TIP_LIMIT)[1]}{_old_type(node)}{was_text(marks)}"
    return _back_words(marks) if column == Column.TAKE_BACK else ""


def _disputed_text(node: Node, marks: Marks, dispute: MergeConflict) -> str:
    """What the disk holds of what is to be decided, and what both began with."""
    now = node.base_text_up_to(_IN_TIP) if node.has_base else "nothing any more"
    before = "nothing" if isinstance(dispute.base, Absent) else shown(dispute.base, _IN_TIP)
    return f"On disk now: {now}{was_text(marks)}\nBefore: {before}\nBoth of you changed it."


def was_text(marks: Marks) -> str:
    """The saved name as it stands behind something else; empty where the name is the saved one."""
    return "" if marks.was is None else f", was {escaped(marks.was)}"


def _back_words(marks: Marks) -> str:
    if not marks.can_take_back:
        return "Take the edits inside back" if marks.can_take_inside else ""
    return "Bring it back" if marks.removed else "Take this edit back"


def _spoken(node: Node, marks: Marks, column: int) -> str:
    if node.launcher is not None:
        what = "launcher" if node.span is None else "items"
        return f"{what} {cell_text(node, marks, column)}" if column == Column.ATTRIBUTE else ""
    if column == Column.TAKE_BACK:
        return _back_words(marks)
    text = f"{HEADERS[column]} {cell_text(node, marks, column)}"
    if column == Column.ATTRIBUTE:
        return f"{text}{was_text(marks)}{f', {EDITED_INSIDE}' if marks.inside else ''}"
    if column == Column.SAVED and marks.disputed is not None:
        return f"{text}, changed on disk while you were editing"
    return f"{text}, unsaved edit" if column == Column.VALUE and marks.edited else text

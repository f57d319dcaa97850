"""What is done to a row of the state tree, as an edit, or why it cannot be done. Pure; no Qt.

One idea: a row knows where it stands and what was saved there; from these alone follows the edit. What has no
edit is refused with a sentence for whoever tried. Not for typed values (`state_tree`), not for adding
(`new_rows`), and not for asking anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.editing.edits import InsertValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.models.state.names import name_problem
from app.models.state.state_nodes import Node, Seat
from app.values.edit_text import can_edit, editable_text, parse
from app.values.state_parts import key_behind
from persistence.codec import decode
from persistence.document import Absent, Place
from persistence.values.json_text import JSON
from persistence.values.kinds import kind_of

_NAMED = frozenset({"attribute", "key", "pair"})
MEMBER = "The items of a set have no order and no names: edit the set itself, as a list in JSON."
NO_ROW = "Select an attribute first."
NO_VALUE = "It has no value of its own: open it, and select one of its rows."
_GONE = "It is removed already; it goes with the next save. Take the edit back to keep it."


class CannotBeDone(ValueError):
    """There is no such edit; the message is a sentence for the operator."""


def seat_of(node: Node) -> Seat:
    """Where a value stands."""
    return "attribute" if node.parent is None else node.parent.seat_inside


def why_fixed(node: Node) -> str:
    """Why a row's value cannot be edited, in a sentence; empty when it can."""
    if not node.is_value:
        return NO_VALUE
    if node.removed:
        return _GONE
    if not can_edit(node.value):
        return f"{node.label} is of a type that cannot be typed here; it is kept as it is."
    return MEMBER if seat_of(node) == "member" else ""


def whole_place(node: Node) -> Place:
    """The place of a row as an item of its container: of a key that is no text, the pair."""
    return node.place[:-1] if seat_of(node) == "pair" else node.place


# --- edits --------------------------------------------------------------------------------------------------


def brought_back(node: Node) -> InsertValue:
    """The edit that brings a removed row back to where it stands: in front of what is there behind it."""
    above = node.parent
    before = None
    if above is not None and isinstance(above.value, dict):
        keys = above.inside.names(0, above.inside.count)
        before = key_behind(keys, above.value, str(node.place[-1]))
    return InsertValue(node.namespace, node.place, node.value, before)


def removal(node: Node) -> RemoveValue:
    """The edit that removes a row. Raises CannotBeDone."""
    _check(node, "remove")
    return RemoveValue(node.namespace, whole_place(node))


def duplicate(node: Node) -> InsertValue:
    """The edit that puts a copy right behind a row, under a name of its own. Raises CannotBeDone."""
    seat = _check(node, "duplicate")
    if seat == "pair":
        raise CannotBeDone("Each key of this mapping is there once: add an item with another key.")
    if seat == "item":
        place = (*node.place[:-1], int(node.place[-1]) + 1)
        return InsertValue(node.namespace, place, node.value)
    keys = _keys(node)
    name = _free_name(str(node.place[-1]), keys)
    return InsertValue(node.namespace, (*node.place[:-1], name), node.value, _after(keys, node.place[-1]))


def moved(node: Node, by: int) -> MoveValue:
    """The edit that moves a list item up (-1) or down (1). Raises CannotBeDone."""
    seat = _check(node, "move")
    if seat != "item":
        raise CannotBeDone("Only the items of a list can be moved; attributes and keys have no order.")
    to = int(node.place[-1]) + by
    if not 0 <= to < _length(node):
        raise CannotBeDone("It is the first item." if by < 0 else "It is the last item.")
    return MoveValue(node.namespace, node.place, to)


def can_move(node: Node, by: int) -> bool:
    """Whether a row is a list item that has somewhere to go."""
    return not _refusal(moved, node, by)


def can_rename(node: Node) -> bool:
    """Whether a row has a name that can be another one."""
    # As `_named_seat`, which raises where it has none: a view asks it of each row that it lays out.
    return node.launcher is None and not node.removed and seat_of(node) in _NAMED


def name_text(node: Node) -> str:
    """The text that an editor of a row's name opens with."""
    return editable_text(_key(node)) if seat_of(node) == "pair" else editable_text(str(node.place[-1]))


def renamed(node: Node, text: str) -> RenameValue | SetValue | None:
    """The edit that calls a row what was typed; None when that is its name. Raises CannotBeDone."""
    seat = _named_seat(node)
    if text == name_text(node):
        return None
    if seat == "pair":
        return _with_other_key(node, text)
    name = typed_name(text, str(node.place[-1]))
    if problem := name_problem(name, [key for key in _keys(node) if key != node.place[-1]]):
        raise CannotBeDone(problem)
    return None if name == node.place[-1] else RenameValue(node.namespace, node.place, name)


def as_saved(node: Node, text: str, typed: JSON) -> JSON:
    """The saved value itself where its own text was typed, so that no other spelling of it is staged."""
    base = node.base
    if isinstance(base, Absent) or kind_of(base) is not node.kind:
        return typed
    return base if text == editable_text(base) else typed


def typed_name(text: str, like: str = "") -> str:
    """The name that typed text means in place of another one. Raises CannotBeDone."""
    parsed = parse(text, like)
    if parsed.problem or not isinstance(parsed.value, str):
        raise CannotBeDone(parsed.problem)
    return parsed.value


def _with_other_key(node: Node, text: str) -> SetValue:
    parsed = parse(text, _key(node))
    if parsed.problem:
        raise CannotBeDone(parsed.problem)
    keys = pair_keys(node.parent.value) if node.parent is not None else {}
    others = [key for index, key in keys.items() if index != node.place[-2]]
    if is_among(parsed.value, others):
        raise CannotBeDone(f"There is already a {text} here.")
    return SetValue(node.namespace, (*node.place[:-1], 0), parsed.value)


def pair_keys(value: JSON) -> dict[int, JSON]:
    """The keys of a mapping whose keys are no texts, by the index of their pair."""
    pairs = value.get("value") if isinstance(value, dict) else None
    found = enumerate(pairs) if isinstance(pairs, list) else ()
    return {index: pair[0] for index, pair in found if isinstance(pair, list) and len(pair) == 2}


def is_among(key: JSON, others: Iterable[JSON]) -> bool:
    """Whether a key is one of the others as Python compares keys, where 1 and True are the same."""
    return any(decode(key) == decode(other) for other in others)


ROW_EDITS = (
    "EditInBox", "ChangeType", "Rename", "Duplicate", "Remove", "MoveUp", "MoveDown", "PasteJson", "TakeBack",
)  # fmt: skip
"""What can be done to a row, by the names of its actions."""


def why_grey(node: Node | None, can_take_back: bool) -> dict[str, str]:
    """Why what can be done to rows cannot be done to this one, or to none; what can be is left out."""
    if node is None:
        return dict.fromkeys(ROW_EDITS, NO_ROW)
    found = {
        "EditInBox": "" if node.is_value else NO_VALUE,
        "Rename": _refusal(_named_seat, node),
        "Duplicate": "" if node.is_value else "Select an attribute to duplicate it.",
        "Remove": "" if node.is_value else "Select an attribute to remove it.",
        "MoveUp": _refusal(moved, node, -1),
        "MoveDown": _refusal(moved, node, 1),
        "TakeBack": "" if can_take_back else "Nothing of this row is an unsaved edit.",
    }
    found |= dict.fromkeys(("ChangeType", "PasteJson"), found["EditInBox"])
    return {name: reason for name, reason in found.items() if reason}


# --- within -------------------------------------------------------------------------------------------------


def _refusal(act: Callable[..., object], node: Node, *more: int) -> str:
    """Why something cannot be done to a row; empty when it can."""
    try:
        act(node, *more)
    except CannotBeDone as reason:
        return str(reason)
    return ""


def _named_seat(node: Node) -> Seat:
    """Where a row stands whose name can be another one. Raises CannotBeDone."""
    seat = _check(node, "rename")
    if seat == "item":
        raise CannotBeDone("A list item has no name; move it to give it another number.")
    return seat


def _check(node: Node, what: str) -> Seat:
    """Where the row stands. Raises CannotBeDone for what no such edit can be done to."""
    if not node.is_value:
        raise CannotBeDone(f"Select an attribute to {what} it.")
    if node.removed:
        raise CannotBeDone(_GONE)
    seat = seat_of(node)
    if seat == "member":
        raise CannotBeDone(MEMBER)
    return seat


def _keys(node: Node) -> list[str]:
    """The names that stand beside a row, its own among them."""
    above = node.parent
    return list(above.value) if above is not None and isinstance(above.value, dict) else []


def _key(node: Node) -> JSON:
    """The key of a row whose mapping has keys that are no texts."""
    return pair_keys(node.parent.value)[int(node.place[-2])] if node.parent is not None else None


def _length(node: Node) -> int:
    return 0 if node.parent is None else node.parent.count


def _after(keys: list[str], key: str | int) -> str | None:
    at = keys.index(str(key)) + 1
    return keys[at] if at < len(keys) else None


def _free_name(name: str, taken: Sequence[str]) -> str:
    """`name_copy`, or the first of `name_copy_2` and so on that is free."""
    number, free = 1, f"{name}_copy"
    while free in taken:
        number += 1
        free = f"{name}_copy_{number}"
    return free

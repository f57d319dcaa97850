"""What is done to several rows of the state tree at once, as one edit or one text, or why it cannot be. Pure.

One idea: it is done to all of them or to none, and what stands inside a row that is among them goes with that
row. Not for what is done to a single row (`row_edits`, `row_texts`), nor for which rows are selected.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.editing.edits import MoveValue, RemoveValue
from app.models.state.row_edits import MEMBER, CannotBeDone, moved, removal, seat_of
from app.models.state.row_texts import is_whole, path_of, value_text
from app.models.state.state_nodes import Node
from app.models.state.text_parts import node_held
from app.models.state.unread import are_few
from persistence.values import json_writing

Way = tuple[int, ...]
MOST = 1_000
"""Rows that something is done to at once."""
SEVERAL = "Several rows are selected: this is done to one at a time."
TOO_MANY = f"These are more than {MOST:,} rows: select fewer."
_NO_VALUE = "Among the selected rows is one that has no value of its own: leave it out."
_ALL_GONE = "They are removed already; they go with the next save."
_TWO_LAUNCHERS = "They are of more than one launcher: copy those of one at a time."
_APART = "Only items of one list that stand beside each other are moved together."
_TOO_LARGE = "Together they are too large to be copied at once: copy one at a time."


def in_order(nodes: Sequence[Node]) -> list[Node]:
    """The rows in the order in which the tree has them."""
    return sorted(nodes, key=way_to)


def way_to(node: Node) -> Way:
    """The rows that lead to one, from the top: less for what stands higher in the tree."""
    rows: list[int] = []
    above: Node | None = node
    while above is not None:
        rows.append(above.row)
        above = above.under
    return tuple(reversed(rows))


def why_no_values(nodes: Sequence[Node]) -> str:
    """Why rows have no values that could be copied; empty where they have."""
    return "" if all(node.is_value for node in nodes) else _NO_VALUE


def why_no_paths(nodes: Sequence[Node]) -> str:
    """The same of paths, which a launcher has, too, and a heading has not."""
    return "" if all(node.span is None for node in nodes) else _NO_VALUE


def why_kept(nodes: Sequence[Node]) -> str:
    """Why rows cannot be removed together; empty where they can."""
    if reason := why_no_values(nodes):
        return reason
    if all(node.removed for node in nodes):
        return _ALL_GONE
    return MEMBER if any(seat_of(node) == "member" for node in nodes) else ""


def removals(nodes: Sequence[Node]) -> tuple[RemoveValue, ...]:
    """The edits that remove rows, the last row first, so that none moves another that is still to go. Raises
    CannotBeDone.
    """
    if reason := why_kept(nodes):
        raise CannotBeDone(reason)
    return tuple(removal(node) for node in reversed(outermost(nodes)) if not node.removed)


def moved_together(nodes: Sequence[Node], by: int) -> MoveValue:
    """The edit that moves items up (-1) or down (1) as one: the item that they pass goes to their other side.
    Raises CannotBeDone.
    """
    items = [moved(node, 0).to for node in nodes]
    first, last = nodes[0], nodes[-1]
    if len({id(node.parent) for node in nodes}) > 1 or items != list(range(items[0], items[0] + len(items))):
        raise CannotBeDone(_APART)
    passed = moved(first if by < 0 else last, by).to
    return MoveValue(first.namespace, (*first.place[:-1], passed), items[-1] if by < 0 else items[0])


def why_stay(nodes: Sequence[Node], by: int) -> str:
    """Why rows cannot be moved together; empty where they can."""
    try:
        moved_together(nodes, by)
    except CannotBeDone as reason:
        return str(reason)
    return ""


def values_text(nodes: Sequence[Node]) -> str:
    """The values, each on a line; what has lines of its own, or half characters, as JSON. Raises
    CannotBeDone.
    """
    _check_small(nodes)
    return "\n".join(map(_line, nodes))


def paths_text(nodes: Sequence[Node]) -> str:
    """The paths, each on a line."""
    return "\n".join(map(path_of, nodes))


def values_json(nodes: Sequence[Node]) -> str:
    """The values as JSON: those of one list as a list, others that stand beside each other by their names,
    all others by their paths. Raises CannotBeDone.
    """
    _check_small(nodes)
    rows = outermost(nodes)
    if len({node.namespace for node in rows}) > 1:
        raise CannotBeDone(_TWO_LAUNCHERS)
    seats = {seat_of(node) for node in rows}
    beside = len({id(node.parent) for node in rows}) == 1
    if beside and seats <= {"item", "member"}:
        return json_writing.write([node.value for node in rows])
    named = beside and seats <= {"attribute", "key"}
    return json_writing.write({str(node.place[-1]) if named else path_of(node): node.value for node in rows})


def outermost(nodes: Sequence[Node]) -> list[Node]:
    """The rows in order, without those that stand inside another of them."""
    chosen, found = set(map(id, nodes)), []
    for node in in_order(nodes):
        above = node.parent
        while above is not None and id(above) not in chosen:
            above = above.parent
        if above is None:
            found.append(node)
    return found


# --- within -------------------------------------------------------------------------------------------------


def _line(node: Node) -> str:
    text = value_text(node)
    return text if is_whole(text) and len(text.splitlines()) < 2 else json_writing.write(node.value)


def _check_small(nodes: Sequence[Node]) -> None:
    if reason := why_no_values(nodes):
        raise CannotBeDone(reason)
    if not are_few([node_held(node) for node in nodes]):
        raise CannotBeDone(_TOO_LARGE)

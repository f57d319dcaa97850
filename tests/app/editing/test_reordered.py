"""Lists with other items, or in another order, are told by what was done to them."""

from __future__ import annotations

import pytest

from app.editing.draft import Draft
from app.editing.edits import Edit, InsertValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.editing.reordered import reordered
from persistence.document import Place
from persistence.states.edits import get_value
from tests.app.editing.test_edits import NS, document

BASE = document(
    steps=[1, 2, 3],
    block={"__type__": "tuple", "value": [1, 2]},
    settings={"value": [1, 2], "inner": [[1, 2], [3]]},
)


@pytest.mark.parametrize(
    ("edits", "places"),
    [
        ([], set()),
        ([SetValue(NS, ("steps", 0), 9)], set()),
        ([MoveValue(NS, ("steps", 0), 1)], {("steps",)}),
        ([InsertValue(NS, ("steps", 3), 4)], {("steps",)}),
        ([RemoveValue(NS, ("steps", 0))], {("steps",)}),
        ([RemoveValue(NS, ("steps",))], set()),
        ([InsertValue(NS, ("new",), 1)], set()),
        ([MoveValue(NS, ("block", "value", 0), 1)], {("block",)}),
        ([MoveValue(NS, ("settings", "value", 0), 1)], {("settings", "value")}),
        ([MoveValue(NS, ("settings", "inner", 0, 0), 1)], {("settings", "inner", 0)}),
        ([MoveValue(NS, ("steps", 0), 1), RenameValue(NS, ("steps",), "n")], {("n",)}),
        ([MoveValue(NS, ("settings", "value", 0), 1), RenameValue(NS, ("settings",), "s")], {("s", "value")}),
        ([MoveValue(NS, ("steps", 0), 1), SetValue(NS, ("steps",), [3, 2, 1])], set()),
        ([MoveValue(NS, ("steps", 0), 1), SetValue(NS, ("steps", 0), 5)], {("steps",)}),
    ],
)
def test_that_lists_are_followed_through_what_was_done(edits: list[Edit], places: set[Place]) -> None:
    now = BASE
    for edit in edits:
        now = edit.apply(now)
    assert reordered(edits, now) == {(NS, place) for place in places}


@pytest.mark.parametrize(
    ("edits", "places"),
    [
        ([MoveValue(NS, ("steps", 2), 0)], [("steps",)]),
        ([SetValue(NS, ("steps", 0), 8), SetValue(NS, ("steps", 2), 9)], [("steps", 0), ("steps", 2)]),
        ([SetValue(NS, ("steps", 0), 8), MoveValue(NS, ("steps", 2), 1)], [("steps",)]),
        ([SetValue(NS, ("block", "value", 0), 8), MoveValue(NS, ("block", "value", 0), 1)], [("block",)]),
        ([MoveValue(NS, ("settings", "inner", 0), 1), SetValue(NS, ("steps", 1), 9)],
         [("steps", 1), ("settings", "inner")]),
        ([MoveValue(NS, ("steps", 0), 2), MoveValue(NS, ("steps", 2), 0)], []),
        ([MoveValue(NS, ("steps", 0), 2), RenameValue(NS, ("steps",), "n")], [("n",)]),
    ],
)  # fmt: skip
def test_that_a_list_in_another_order_is_one_change(edits: list[Edit], places: list[Place]) -> None:
    draft = Draft("/s", BASE, "e1", tuple(edits))
    assert [change.place for change in draft.changes] == places
    assert draft.choose({(NS, place) for place in places}).tree == draft.document.tree


def test_that_of_a_moved_list_both_orders_are_told_and_either_can_be_left_out() -> None:
    edits = (MoveValue(NS, ("steps", 2), 0), SetValue(NS, ("block", "value", 1), 9))
    draft = Draft("/s", BASE, "e1", edits)
    first, _ = draft.changes
    assert (first.before, first.after) == ([1, 2, 3], [3, 1, 2])
    assert get_value(draft.choose({(NS, ("steps",))}), NS, ("steps",)) == [3, 1, 2]
    assert get_value(draft.choose({(NS, ("block",))}), NS, ("steps",)) == [1, 2, 3]

"""Renamed attributes are told from new ones, by what was done and not by guessing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.edits import Edit, InsertValue, RemoveValue, RenameValue, SetValue
from app.editing.renames import Renames, folded, renames
from app.values.renamed import Renamed
from persistence.document import Document, Place
from persistence.errors import StateError
from persistence.states.diff import diff
from persistence.states.edits import get_value, rename_value
from persistence.values.json_text import JSON
from tests.app.editing.test_edits import EDITS, NS, STATES, as_fits, document

BASE = document(a=1, b={"x": 1, "y": 2}, c=[{"z": 1}])


def after(*edits: Edit, base: Document = BASE) -> tuple[Renames, Document]:
    """What these edits renamed, and what became of the base."""
    done, now = as_fits(base, edits)
    return renames(base, done, now), now


def rename(*place: str | int, to: str) -> RenameValue:
    return RenameValue(NS, place, to)


@pytest.mark.parametrize(
    ("edits", "names"),
    [
        ([], {}),
        ([rename("a", to="n")], {("n",): "a"}),
        ([rename("a", to="n"), rename("n", to="m")], {("m",): "a"}),
        ([rename("a", to="n"), rename("n", to="a")], {}),
        ([rename("a", to="n"), SetValue(NS, ("n",), 5)], {("n",): "a"}),
        ([rename("a", to="n"), RemoveValue(NS, ("n",))], {}),
        ([rename("a", to="n"), InsertValue(NS, ("a",), 1)], {("n",): "a"}),
        ([InsertValue(NS, ("n",), 1), rename("n", to="m")], {}),
        ([rename("b", "x", to="w"), rename("b", to="n")], {("n",): "b", ("n", "w"): "x"}),
        ([rename("b", to="n"), rename("n", "x", to="w")], {("n",): "b", ("n", "w"): "x"}),
        ([rename("b", "x", to="w"), SetValue(NS, ("b",), {"w": 1})], {}),
        ([rename("b", to="d"), rename("a", to="b")], {("d",): "b", ("b",): "a"}),
        ([rename("c", 0, "z", to="w")], {("c", 0, "w"): "z"}),
        ([rename("c", 0, "z", to="w"), InsertValue(NS, ("c", 0), {"z": 1})], {}),
        ([InsertValue(NS, ("c", 0), {"z": 1}), rename("c", 1, "z", to="w")], {}),
        ([RemoveValue(NS, ("c", 0)), InsertValue(NS, ("c", 0), {"z": 1}), rename("c", 0, "z", to="w")], {}),
        ([rename("a", to="t"), rename("b", to="a"), rename("t", to="b")], {}),
    ],
)
def test_that_names_are_followed_through_what_was_done(edits: list[Edit], names: dict[Place, str]) -> None:
    found, _ = after(*edits)
    assert found.names == {(NS, place): name for place, name in names.items()}


def test_that_what_was_changed_in_a_renamed_value_is_one_change_in_it() -> None:
    found, now = after(rename("b", to="n"), SetValue(NS, ("n", "y"), 3))
    assert [(change.place, change.before, change.after) for change in diff(found.base, now)] == [
        (("n", "y"), 2, 3)
    ]
    assert list(found.base.namespace(NS).attributes) == ["a", "n", "c"]


@pytest.mark.parametrize("place", [("a",), ("b", "x"), ("c", 0, "z")])
def test_that_a_rename_is_one_change_with_both_names(place: Place) -> None:
    found, now = after(rename(*place, to="n"))
    (change,) = folded(diff(BASE, now), found.names)
    assert isinstance(change, Renamed)
    assert (change.was, change.place) == (place, (*place[:-1], "n"))
    assert change.before == change.after


def test_that_other_changes_stay_where_they_are_beside_a_rename() -> None:
    found, now = after(rename("b", to="n"), SetValue(NS, ("n", "y"), 3), SetValue(NS, ("a",), 2))
    first, second = folded(diff(BASE, now), found.names)
    assert (first.place, second.place) == (("a",), ("n",))
    assert (second.before, second.after) == ({"x": 1, "y": 2}, {"x": 1, "y": 3})


@given(STATES, st.lists(EDITS, max_size=12))
def test_that_the_renamed_base_is_the_base_under_other_names(
    state: dict[str, JSON], edits: list[Edit]
) -> None:
    base = document(**state)
    found, now = after(*edits, base=base)
    again = found.base
    left = sorted(found.names.items(), key=lambda named: -len(named[0][1]))  # inner places first
    while left:
        waiting = []
        for (namespace, place), name in left:
            get_value(now, namespace, place)
            try:
                again = rename_value(again, namespace, place, name)
            except StateError:
                waiting.append(((namespace, place), name))
        assert len(waiting) < len(left)
        left = waiting
    assert diff(again, base) == ()

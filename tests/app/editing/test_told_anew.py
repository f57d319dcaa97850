"""Edits that are made of a comparison lead where they should, and what the edits before knew is not lost."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.draft import DiskVersion, Draft
from app.editing.edits import Edit, InsertValue, MoveValue, PutLauncher, RemoveValue, RenameValue, SetValue
from app.editing.rebasing import with_edits
from app.editing.told_anew import MOST_EDITS, Known, edits_between, known, knows, steps_between
from app.values.renamed import Renamed
from persistence.document import Document, render
from persistence.states.diff import diff
from persistence.states.edits import get_value
from persistence.values.json_text import JSON
from persistence.values.sameness import same
from tests.app.editing.test_edits import EDITS, NS, STATES, as_fits, attributes, document

MANY = MOST_EDITS + 1
BASE = document(a=1, b={"x": 1, "y": 2}, c=[1, 2, 3], pair={"__type__": "tuple", "value": [1, 2]})


def rename(*place: str | int, to: str) -> RenameValue:
    return RenameValue(NS, place, to)


@given(STATES, STATES)
def test_that_the_edits_between_two_documents_lead_from_one_to_the_other(
    one: dict[str, JSON], other: dict[str, JSON]
) -> None:
    found = document(**one)
    for edit in edits_between(found, document(**other)):
        found = edit.apply(found)
    assert same(attributes(found), other)


@given(STATES, st.lists(EDITS, max_size=8), STATES)
def test_that_they_lead_there_whatever_is_known(
    base: dict[str, JSON], edits: list[Edit], theirs: dict[str, JSON]
) -> None:
    done, now = as_fits(document(**base), edits)
    by = known(document(**base), done, now)
    for before in (document(**base), document(**theirs)):
        assert not diff(with_edits(before, edits_between(before, now, by)), now)
    assert knows(done) or by == Known()


def test_that_the_edits_between_are_the_fewest() -> None:
    before = document(a=1, b={"x": 1, "y": 2}, c=[1, 2], d=4, e=5)
    after = document(e=5, a=True, b={"x": 1}, c=[1, 3], new=None)
    assert edits_between(before, after) == (
        SetValue(NS, ("a",), True),
        RemoveValue(NS, ("b", "y")),
        SetValue(NS, ("c", 1), 3),
        RemoveValue(NS, ("d",)),
        SetValue(NS, ("new",), None),
    )
    assert edits_between(before, before) == ()


def test_that_a_launcher_comes_back_whole_and_none_is_taken_out() -> None:
    other: JSON = {"attributes": {"b": 2}, "saved_at": "then", "lab": 1}
    two = Document({"launcher_states": {NS: {"attributes": {"a": 1}}, "rig.Other": other}})
    (put,) = edits_between(document(a=1), two)
    assert put == PutLauncher("rig.Other", {"attributes": {"b": 2}, "saved_at": "then", "lab": 1})
    assert render(put.apply(document(a=1))) == render(two)
    assert edits_between(two, document(a=1)) == ()


def test_that_names_are_kept_on_the_way_to_another_document() -> None:
    edits = (rename("b", "x", to="w"), rename("b", to="n"), SetValue(NS, ("a",), 7))
    now = with_edits(BASE, edits)
    again = edits_between(BASE, now, known(BASE, edits, now))
    assert [one.name for one in again if isinstance(one, RenameValue)] == ["n", "w"]
    assert not diff(with_edits(BASE, again), now)
    assert list(attributes(with_edits(BASE, again))) == ["a", "n", "c", "pair"]


def test_that_what_is_changed_inside_a_renamed_value_is_the_same_step() -> None:
    renamed = rename("b", to="n"), rename("n", "x", to="w")
    edits = (renamed[0], SetValue(NS, ("a",), 7), SetValue(NS, ("n", "y"), 3), renamed[1])
    now = with_edits(BASE, edits)
    assert steps_between(BASE, now, known(BASE, edits, now)) == [
        (*renamed, SetValue(NS, ("n", "y"), 3)),
        (SetValue(NS, ("a",), 7),),
    ]


@pytest.mark.parametrize("place", [("c",), ("pair", "value")])
def test_that_a_list_in_another_order_stays_one_change(place: tuple[str, ...]) -> None:
    edits = (MoveValue(NS, (*place, 0), 1), SetValue(NS, ("a",), 7))
    draft = Draft("/s", BASE, "e1", edits, past=((), edits[:1]))
    assert [change.place for change in draft.changes] == [("a",), place[:1]]
    theirs: dict[str, JSON] = {**attributes(BASE), place[0]: [7, 8], "new": 1}
    others = DiskVersion(document(**theirs), "e2")
    for found in (
        draft.after_saving(draft.choose({(NS, ("a",))}), "e2"),
        draft.facing(DiskVersion(document(**attributes(BASE), new=1), "e2")),
        draft.facing(others).decided([(NS, place[:1])]),
        draft.facing(others).decided([(NS, place[:1]), (NS, ("a",))]),
    ):
        assert [change.place for change in found.changes][-1:] == [place[:1]]
        assert same(get_value(found.document, NS, place[:1]), get_value(draft.document, NS, place[:1]))
        assert found.undone().count == found.count - 1


def test_that_a_rename_stays_one_when_something_else_is_decided() -> None:
    edits = (rename("b", to="n"), SetValue(NS, ("a",), 7))
    draft = Draft("/s", BASE, "e1", edits).facing(DiskVersion(document(**{**attributes(BASE), "a": 8}), "e2"))
    found = draft.decided([])
    assert [(type(one), one.place) for one in found.changes] == [(Renamed, ("n",))]


def test_that_what_is_new_stands_where_it_was_put_whatever_becomes_of_the_rest() -> None:
    edits = (InsertValue(NS, ("n",), 0, "b"), InsertValue(NS, ("b", "k"), 0, "y"), SetValue(NS, ("a",), 7))
    draft = Draft("/s", BASE, "e1", edits, past=((), edits[:1], edits[:2]))
    said = attributes(BASE)
    others = (said | {"new": 1}, said | {"b": {"x": 2, "y": 2}, "new": 1}, said | {"a": 8, "new": 1})
    found = [draft.facing(DiskVersion(document(**theirs), "e2")) for theirs in others]
    for one in (*found[:2], found[2].decided([]), found[2].decided([(NS, ("a",))])):
        assert list(attributes(one.document)) == ["a", "n", "b", "c", "pair", "new"]
        assert list(attributes(one.document)["b"]) == ["x", "k", "y"]
    left = draft.after_saving(draft.choose({(NS, ("a",))}), "e2")
    assert render(left.document) == render(draft.document)
    without_b = DiskVersion(document(**{name: said[name] for name in ("a", "c", "pair")}), "e2")
    assert list(attributes(Draft("/s", BASE, "e1", edits[:1]).facing(without_b).document)) == [
        "a", "n", "c", "pair",
    ]  # fmt: skip


def test_that_many_new_ones_come_at_the_end_as_they_are_set_at_once() -> None:
    new: dict[str, JSON] = {f"n{number}": number for number in range(MANY)}
    before, after = document(a=1, z=2), document(a=1, **new, z=2)
    assert edits_between(before, after) == tuple(SetValue(NS, (key,), new[key]) for key in new)


def test_that_a_step_is_not_told_as_what_another_one_was() -> None:
    moved, typed = MoveValue(NS, ("c", 0), 1), SetValue(NS, ("c", 2), 7)
    draft = Draft("/s", BASE, "e1", (typed,), past=((),), future=((typed, moved),))
    found = draft.facing(DiskVersion(document(**{**attributes(BASE), "c": [9, 2, 3]}), "e2"))
    assert [change.place for change in found.changes] == [("c", 2)]
    assert [change.place for change in found.redone().changes] == [("c",)]


def test_that_a_tag_without_anything_in_it_is_no_list_in_another_order() -> None:
    moved = MoveValue(NS, ("pair", "value", 0), 1)
    now = with_edits(BASE, (moved, SetValue(NS, ("pair",), {"__type__": "tuple"})))
    by = Known(lists=frozenset({(NS, ("pair",))}))
    assert edits_between(BASE, now, by) == (SetValue(NS, ("pair",), {"__type__": "tuple"}),)


def test_that_a_rename_beside_many_changes_is_still_one() -> None:
    many: dict[str, JSON] = {str(number): number for number in range(MANY)}
    deep: JSON = {"x": 1, "many": {str(number): {"k": number} for number in range(MANY)}}
    base = document(flat={"x": 1, **many}, deep=deep)
    edits: tuple[Edit, ...] = (
        *(rename(holder, "x", to="w") for holder in ("flat", "deep")),
        *(SetValue(NS, ("flat", key), -1) for key in many),
        *(SetValue(NS, ("deep", "many", key, "k"), -1) for key in many),
    )
    draft = Draft("/s", base, "e1", edits)
    left = draft.facing(DiskVersion(document(**attributes(base), new=1), "e2")).onto(
        DiskVersion(document(**{**attributes(base), "flat": {"x": 1, **many, "0": 5}}), "e3")
    )
    renamed = [one.place for one in left.changes if isinstance(one, Renamed)]
    assert renamed == [("flat", "w"), ("deep", "w")]
    assert left.count == draft.count
    assert [one.place for one in left.edits if one.place[:1] == ("deep",)] == [
        ("deep", "x"),
        ("deep", "many"),
    ]


def test_that_what_is_left_of_a_rename_is_undone_at_once() -> None:
    edits = (rename("a", to="n"), SetValue(NS, ("n",), 7), SetValue(NS, ("c",), []))
    draft = Draft("/s", BASE, "e1", edits)
    left = draft.after_saving(draft.choose({(NS, ("c",))}), "e2")
    assert (left.count, len(left.past), left.undone().count) == (1, 1, 0)


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        (list(range(MANY)), [*range(1, MANY), 0], 0),
        ({str(number): number for number in range(MANY)}, {str(number): -1 for number in range(MANY)}, "0"),
    ],
)
def test_that_what_holds_many_changes_is_set_as_a_whole(before: JSON, after: JSON, step: str | int) -> None:
    one, other = document(a=1, trace=before), document(a=2, trace=after)
    assert edits_between(one, other) == (SetValue(NS, ("a",), 2), SetValue(NS, ("trace",), after))
    single = SetValue(NS, ("trace", step), -2)
    assert edits_between(one, single.apply(one)) == (single,)


def test_that_what_a_save_leaves_of_many_changes_is_undone_at_once() -> None:
    base = document(**{f"a{number}": number for number in range(MANY + 1)})
    edits = tuple(SetValue(NS, (f"a{number}",), -1) for number in range(MANY + 1))
    draft = Draft("/s", base, "e1", edits)
    left = draft.after_saving(draft.choose({(NS, ("a0",))}), "e2")
    assert (left.count, len(left.past), left.undone().count) == (MANY, 1, 0)
    assert left.edits == tuple(chain.from_iterable(steps_between(left.base, draft.document)))

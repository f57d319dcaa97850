"""Edits are values: each does at its place what the same operation does to plain containers, and no more."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.edits import (
    Edit,
    InsertValue,
    MoveValue,
    RemoveValue,
    RenameValue,
    SetValue,
)
from persistence.document import Document, Place
from persistence.errors import NoSuchAttribute, Refused, StateError
from persistence.states.edits import get_value
from persistence.values.json_text import JSON
from persistence.values.sameness import same

NS = "rig.Counting"


def document(**attributes: JSON) -> Document:
    return Document({"launcher_states": {NS: {"attributes": dict(attributes)}}})


def attributes(document: Document) -> dict[str, Any]:
    found = get_value(document, NS, ())
    assert isinstance(found, dict)
    return found


def as_fits(found: Document, edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], Document]:
    """Those of the edits that fit, one after another, and what they make of a document."""
    done: list[Edit] = []
    for edit in edits:
        with contextlib.suppress(StateError):
            found = edit.apply(found)
            done.append(edit)
    return tuple(done), found


# --- single edits -------------------------------------------------------------------------------------------


def test_that_a_new_attribute_comes_where_it_was_asked_for() -> None:
    before = document(a=1, b=2)
    assert list(attributes(InsertValue(NS, ("c",), 3).apply(before))) == ["a", "b", "c"]
    assert list(attributes(InsertValue(NS, ("c",), 3, "a").apply(before))) == ["c", "a", "b"]
    assert list(attributes(InsertValue(NS, ("c",), 3, "gone").apply(before))) == ["a", "b", "c"]
    assert list(attributes(before)) == ["a", "b"]


def test_that_a_new_item_moves_those_behind_it_on() -> None:
    before = document(steps=[1, 2])
    for index, after in ((0, [9, 1, 2]), (1, [1, 9, 2]), (2, [1, 2, 9])):
        assert attributes(InsertValue(NS, ("steps", index), 9).apply(before))["steps"] == after


def test_that_an_item_moves_and_the_others_close_up() -> None:
    before = document(steps=[1, 2, 3])
    edit = MoveValue(NS, ("steps", 0), 2)
    assert attributes(edit.apply(before))["steps"] == [2, 3, 1]
    assert edit.new_place == ("steps", 2)
    assert attributes(MoveValue(NS, ("steps", 2), 1).apply(before))["steps"] == [1, 3, 2]


def test_that_a_renamed_key_stays_where_it_stands() -> None:
    edit = RenameValue(NS, ("a",), "z")
    assert list(attributes(edit.apply(document(a=1, b=2)))) == ["z", "b"]
    assert edit.new_place == ("z",)


def test_that_the_parts_of_a_tagged_value_are_edited_through_the_tag() -> None:
    before = document(block={"__type__": "tuple", "value": [1, 2]})
    moved = MoveValue(NS, ("block", "value", 1), 0).apply(before)
    assert attributes(moved)["block"] == {"__type__": "tuple", "value": [2, 1]}


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (InsertValue(NS, ("a",), 1), Refused),
        (InsertValue(NS, ("steps", 3), 1), NoSuchAttribute),
        (InsertValue(NS, ("steps", "x"), 1), NoSuchAttribute),
        (InsertValue(NS, ("a", "x"), 1), NoSuchAttribute),
        (InsertValue(NS, (), 1), NoSuchAttribute),
        (InsertValue("other", ("x",), 1), NoSuchAttribute),
        (MoveValue(NS, ("steps", 0), 2), Refused),
        (MoveValue(NS, ("steps", 0), -1), Refused),
        (MoveValue(NS, ("steps", 2), 0), NoSuchAttribute),
        (MoveValue(NS, ("a",), 0), Refused),
        (RenameValue(NS, ("a",), "steps"), Refused),
        (RenameValue(NS, ("steps", 0), "x"), Refused),
        (RemoveValue(NS, ("x",)), NoSuchAttribute),
    ],
)
def test_that_an_edit_that_has_no_place_is_refused(edit: Edit, error: type[StateError]) -> None:
    with pytest.raises(error):
        edit.apply(document(a=1, steps=[1, 2]))


# --- any sequence of them -----------------------------------------------------------------------------------

SCALARS: tuple[JSON, ...] = (0, 1, 1.0, True, False, None, "", "x")
KEYS = ("a", "b", "c")


def containers(inner: st.SearchStrategy[JSON]) -> st.SearchStrategy[JSON]:
    return st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)


VALUES: st.SearchStrategy[JSON] = st.recursive(st.sampled_from(SCALARS), containers, max_leaves=8)
STATES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3)
PLACES = st.lists(st.sampled_from(KEYS) | st.integers(0, 4), min_size=1, max_size=3).map(tuple)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(SetValue, st.just(NS), PLACES, VALUES),
    st.builds(RemoveValue, st.just(NS), PLACES),
    st.builds(RenameValue, st.just(NS), PLACES, st.sampled_from(KEYS)),
    st.builds(InsertValue, st.just(NS), PLACES, VALUES, st.none() | st.sampled_from(KEYS)),
    st.builds(MoveValue, st.just(NS), PLACES, st.integers(0, 4)),
)


def done_plainly(state: Any, edit: Edit) -> Any:
    """The same edit, done to a copy of plain lists and dicts. Raises LookupError where it has no place."""
    state = copy.deepcopy(state)
    holder, step = state, edit.place[-1]
    for above in edit.place[:-1]:
        holder = holder[fitting(holder, above)]
    if isinstance(holder, dict):
        on_mapping(holder, fitting(holder, step, new=True), edit)
    else:
        on_list(holder, fitting(holder, step, new=True), edit)
    return state


def fitting(holder: Any, step: str | int, *, new: bool = False) -> Any:
    """The step, where it can be one in this container."""
    if isinstance(holder, dict) and isinstance(step, str) and (new or step in holder):
        return step
    if isinstance(holder, list) and isinstance(step, int) and step < len(holder) + new:
        return step
    raise LookupError(step)


def on_mapping(holder: dict[str, Any], key: str, edit: Edit) -> None:
    match edit:
        case SetValue():
            holder[key] = edit.value
        case RemoveValue():
            del holder[key]
        case RenameValue():
            anew(holder, [(edit.name if one == key else one, item) for one, item in renamable(holder, edit)])
        case InsertValue():
            if key in holder:
                raise LookupError(key)
            items = list(holder.items())
            at = list(holder).index(edit.before) if edit.before in holder else len(items)
            anew(holder, [*items[:at], (key, edit.value), *items[at:]])
        case MoveValue():
            raise LookupError(key)


def renamable(holder: dict[str, Any], edit: RenameValue) -> list[tuple[str, Any]]:
    key = edit.place[-1]
    if key not in holder or (edit.name in holder and edit.name != key):
        raise LookupError(key)
    return list(holder.items())


def anew(holder: dict[str, Any], items: list[tuple[str, Any]]) -> None:
    holder.clear()
    holder.update(items)


def on_list(holder: list[Any], index: int, edit: Edit) -> None:
    match edit:
        case SetValue():
            holder[index : index + 1] = [edit.value]
        case RemoveValue():
            del holder[index]
        case InsertValue():
            holder.insert(index, edit.value)
        case MoveValue():
            if index >= len(holder) or edit.to >= len(holder):
                raise LookupError(index)
            holder.insert(edit.to, holder.pop(index))
        case RenameValue():
            raise LookupError(index)


def result_of(act: Callable[[], Any], refusal: type[Exception]) -> Any:
    try:
        return act()
    except refusal:
        return "refused"


@given(STATES, st.lists(EDITS, max_size=12))
def test_that_any_sequence_of_edits_does_what_it_does_to_plain_containers(
    state: dict[str, JSON], edits: list[Edit]
) -> None:
    edited = document(**state)
    for edit in edits:
        before = copy.deepcopy(dict(edited.tree))
        wanted = result_of(partial(done_plainly, state, edit), LookupError)
        found = result_of(partial(edit.apply, edited), StateError)
        assert same(dict(edited.tree), before)  # what was shared was not changed
        if wanted == "refused":
            assert found == "refused"
        else:
            state, edited = wanted, found
            assert same(attributes(edited), state)
            assert repr(attributes(edited)) == repr(state)  # the order of keys, too


def places_in(value: JSON, place: Place = ()) -> list[Place]:
    items: list[tuple[str | int, JSON]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [place, *(found for key, item in items for found in places_in(item, (*place, key)))]


@given(STATES, EDITS)
def test_that_an_edit_touches_nothing_beside_its_holder(state: dict[str, JSON], edit: Edit) -> None:
    before = document(**state)
    try:
        after = edit.apply(before)
    except StateError:
        return
    holder = edit.place[:-1]
    for place in places_in(attributes(before)):
        if place[: len(holder)] != holder and place != holder[: len(place)]:
            assert get_value(after, NS, place) is get_value(before, NS, place)

"""Several edits at once are the same as one after another, with one copy of what they stand in."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import ABSENT, Absent, Document, Place, render
from persistence.errors import NoSuchAttribute
from persistence.states.diff import diff
from persistence.states.edits import get_value, insert_value, remove_value, set_value
from persistence.states.several_edits import with_values
from persistence.values.json_text import JSON

NAME = "rig.Counting"
LEAVES: st.SearchStrategy[JSON] = st.sampled_from([0, 1, True, 1.0, None, "x"])
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("klmn"), inner, max_size=4)
    ),
    max_leaves=12,
)
STATES = st.dictionaries(st.sampled_from("abcde"), VALUES, max_size=5)


def document(attributes: dict[str, JSON]) -> Document:
    return Document({"launcher_states": {NAME: {"attributes": attributes, "saved_at": "then"}}})


def attributes(found: Document) -> dict[str, JSON]:
    return cast("dict[str, JSON]", get_value(found, NAME, ()))


def one_by_one(found: Document, values: dict[Place, JSON | Absent], mine: Document) -> Document:
    """As an operator would do it, with single edits."""
    for place, value in values.items():
        try:
            get_value(found, NAME, place)
            is_there = True
        except NoSuchAttribute:
            is_there = False
        if isinstance(value, Absent):
            found = remove_value(found, NAME, place)
        elif is_there or not isinstance(place[-1], str):
            found = set_value(found, NAME, place, value)
        else:
            keys = list(cast("dict[str, JSON]", get_value(mine, NAME, place[:-1])))
            there = cast("dict[str, JSON]", get_value(found, NAME, place[:-1]))
            behind = (key for key in keys[keys.index(place[-1]) :] if key in there)
            found = insert_value(found, NAME, place, value, before=next(behind, None))
    return found


@given(STATES, STATES)
def test_that_it_is_the_same_as_one_after_another(one: dict[str, JSON], other: dict[str, JSON]) -> None:
    before, mine = document(one), document(other)
    values = {change.place: change.after for change in diff(before, mine)}
    found = with_values(before, NAME, values, other)
    assert render(found) == render(one_by_one(before, values, mine))  # the order of keys, too
    assert not diff(found, mine)
    assert attributes(before) == one
    assert render(before) == render(document(one))


@given(STATES, STATES, st.data())
def test_that_some_of_them_leave_all_else_as_it_is(
    one: dict[str, JSON], other: dict[str, JSON], data: st.DataObject
) -> None:
    before = document(one)
    changes = {change.place: change.after for change in diff(before, document(other))}
    some = data.draw(st.sets(st.sampled_from(sorted(changes, key=repr)))) if changes else set()
    found = with_values(before, NAME, {place: changes[place] for place in some}, other)
    assert {change.place for change in diff(found, document(other))} == changes.keys() - some


def test_that_a_place_that_leads_nowhere_is_told_as_by_a_single_edit() -> None:
    found = document({"a": {"k": 1}, "b": [1], "c": 1})
    nowhere: list[Place] = [("a", "x", "y"), ("b", 2), ("b", "k"), ("c", "k"), ("d", 0)]
    for place in nowhere:
        with pytest.raises(NoSuchAttribute) as single:
            set_value(found, NAME, place, 1)
        with pytest.raises(NoSuchAttribute) as several:
            with_values(found, NAME, {("a", "k"): 2, place: 1}, {})
        assert str(several.value) == str(single.value)
    nothing: list[Place] = [("a", "x"), ("b", 1), ("d",)]
    for place in nothing:
        with pytest.raises(NoSuchAttribute):
            with_values(found, NAME, {place: ABSENT}, {})
    assert render(found) == render(document({"a": {"k": 1}, "b": [1], "c": 1}))
    with pytest.raises(NoSuchAttribute):
        with_values(found, "rig.Other", {("a",): 1}, {})


class Counted(list[JSON]):
    """A list that counts how often it is copied."""

    copies = 0

    def copy(self) -> list[JSON]:
        Counted.copies += 1
        return list(self)


def test_that_a_long_list_is_copied_once_however_many_of_its_items_change() -> None:
    trace = Counted([{"k": number} for number in range(500)])
    values: dict[Place, JSON | Absent] = {("trace", number, "k"): -1 for number in range(500)}
    found = with_values(document({"trace": trace}), NAME, values, {})
    assert attributes(found) == {"trace": [{"k": -1}] * 500}
    assert Counted.copies == 1

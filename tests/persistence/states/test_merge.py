"""Three documents become one: theirs, with my changes in it that they did not touch; the rest is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import ABSENT, Absent, Document, Place, mapping_of, render
from persistence.errors import NoSuchAttribute
from persistence.states.diff import Change, diff
from persistence.states.edits import get_value, remove_value, rename_value, set_value, without_namespaces
from persistence.states.merge import Merge, MergeConflict, decided, merge
from persistence.values.json_text import JSON, Number
from persistence.values.sameness import same

NAME = "m.L"


def document(attributes: JSON, **other: JSON) -> Document:
    """A document with one launcher's attributes, and further keys of its namespace."""
    return Document({"launcher_states": {NAME: {"attributes": attributes, **other}}})


def attributes_of(found: Document, name: str = NAME) -> dict[str, JSON]:
    return dict(found.namespace(name).attributes)


def three(base: JSON, mine: JSON, theirs: JSON) -> Merge:
    """The merge of three states of one launcher."""
    return merge(document(base), document(mine), document(theirs))


# --- one side, or both at different places ----------------------------------------------------------------


def test_that_changes_at_different_places_come_together() -> None:
    base: JSON = {"count": 1, "phase": "a", "deep": {"x": 1, "y": 1, "list": [1, 2, 3]}}
    mine: JSON = {"count": 2, "phase": "a", "deep": {"x": 2, "y": 1, "list": [9, 2, 3]}}
    theirs: JSON = {"count": 1, "phase": "b", "deep": {"x": 1, "y": 2, "list": [1, 2, 8], "new": None}}
    made = three(base, mine, theirs)
    assert same(
        attributes_of(made.document),
        {"count": 2, "phase": "b", "deep": {"x": 2, "y": 2, "list": [9, 2, 8], "new": None}},
    )
    assert made.conflicts == ()
    assert made.applied == (
        Change(NAME, ("count",), 1, 2),
        Change(NAME, ("deep", "x"), 1, 2),
        Change(NAME, ("deep", "list", 0), 1, 9),
    )
    assert made.theirs == diff(document(base), document(theirs))


def test_that_what_i_added_stands_where_i_put_it() -> None:
    base: JSON = {"user": 1, "phase": "a", "big": {"x": 1, "y": 1}}
    mine: JSON = {"user": 1, "new": 5, "newer": 6, "phase": "m", "big": {"x": 1, "w": 2, "y": 1}, "last": 7}
    theirs: JSON = {"user": 1, "phase": "t", "own": 0, "big": {"x": 1, "y": 2}}
    made = attributes_of(three(base, mine, theirs).document)
    assert list(made) == ["user", "new", "newer", "phase", "own", "big", "last"]
    assert isinstance(made["big"], dict)
    assert list(made["big"]) == ["x", "w", "y"]
    lost: JSON = {"user": 1}  # what it stood before is gone there
    assert list(attributes_of(three(base, mine, lost).document)) == ["user", "new", "newer", "last"]


def test_that_both_making_the_same_change_is_no_conflict() -> None:
    made = three({"a": 1, "gone": 1}, {"a": 2, "b": [1]}, {"a": 2, "b": [1]})
    assert (made.conflicts, made.applied) == ((), ())
    assert same(attributes_of(made.document), {"a": 2, "b": [1]})


def test_that_my_removal_and_my_new_name_arrive() -> None:
    base = document({"a": 1, "b": 2, "c": {"d": 1}})
    mine = rename_value(remove_value(base, NAME, ("b",)), NAME, ("c", "d"), "e")
    made = merge(base, mine, set_value(base, NAME, ("a",), 5))
    assert made.conflicts == ()
    assert same(attributes_of(made.document), {"a": 5, "c": {"e": 1}})
    assert made.applied == (
        Change(NAME, ("b",), 2, ABSENT),
        Change(NAME, ("c", "d"), 1, ABSENT),
        Change(NAME, ("c", "e"), ABSENT, 1),
    )


def test_that_what_they_say_beside_the_attributes_and_its_order_stays() -> None:
    base = Document({"version": "1.0.0", "launcher_states": {NAME: {"attributes": {"a": 1, "b": 1}}}})
    theirs = Document(
        {
            "lab": Number("1e2"),
            "version": "1.0.0",
            "launcher_states": {
                "x.Other": {"attributes": {"k": 1}},
                NAME: {"saved_at": "later", "attributes": {"b": 2, "new": 0, "a": 1}, "lab_tag": [1]},
            },
        }
    )
    made = merge(base, set_value(base, NAME, ("a",), 7), theirs)
    assert render(made.document) == render(set_value(theirs, NAME, ("a",), 7))


def test_that_without_a_change_of_mine_the_result_is_theirs_itself() -> None:
    base, theirs = document({"a": 1}), document({"a": 2})
    assert merge(base, base, theirs).document is theirs


# --- conflicts --------------------------------------------------------------------------------------------

TAGGED: JSON = {"__type__": "tuple", "value": [1, 2]}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "place", "sides"),
    [
        ({"a": 1}, {"a": 2}, {"a": 3}, ("a",), (1, 2, 3)),
        ({"a": 0}, {"a": 1}, {"a": True}, ("a",), (0, 1, True)),
        ({"a": 0}, {"a": 1}, {"a": 1.0}, ("a",), (0, 1, 1.0)),
        ({"a": 0}, {"a": Number("1e2")}, {"a": 100.0}, ("a",), (0, Number("1e2"), 100.0)),
        ({}, {"a": None}, {"a": False}, ("a",), (ABSENT, None, False)),
        ({"a": 1}, {}, {"a": 2}, ("a",), (1, ABSENT, 2)),
        ({"a": 1}, {"a": 2}, {}, ("a",), (1, 2, ABSENT)),
        ({"a": {"x": 1}}, {"a": {"x": 2}}, {}, ("a",), ({"x": 1}, {"x": 2}, ABSENT)),
        ({"a": {"x": 1}}, {"a": 5}, {"a": {"x": 2}}, ("a",), ({"x": 1}, 5, {"x": 2})),
        ({"a": [1, 2]}, {"a": [1, 3]}, {"a": [1, 2, 3]}, ("a",), ([1, 2], [1, 3], [1, 2, 3])),
        ({"a": [1, 2]}, {"a": [1]}, {"a": [0, 2]}, ("a",), ([1, 2], [1], [0, 2])),
        ({"a": [1]}, {"a": [1, 2]}, {"a": [1, 3]}, ("a",), ([1], [1, 2], [1, 3])),
        (
            {"a": TAGGED},
            {"a": {"__type__": "tuple", "value": [1, 3]}},
            {"a": {"__type__": "tuple", "value": [0, 2]}},
            ("a",),
            (TAGGED, {"__type__": "tuple", "value": [1, 3]}, {"__type__": "tuple", "value": [0, 2]}),
        ),
        (
            {"a": {"x": 1}},
            {"a": {"x": 1, "__type__": "set"}},
            {"a": {"x": 1, "y": 2}},
            ("a",),
            ({"x": 1}, {"x": 1, "__type__": "set"}, {"x": 1, "y": 2}),
        ),
        ({}, {"a": {"x": 1}}, {"a": {"y": 1}}, ("a",), (ABSENT, {"x": 1}, {"y": 1})),
    ],
)
def test_that_a_place_changed_on_both_sides_is_a_conflict_with_all_three(
    base: JSON,
    mine: JSON,
    theirs: JSON,
    place: Place,
    sides: tuple[JSON | Absent, JSON | Absent, JSON | Absent],
) -> None:
    made = three(base, mine, theirs)
    assert made.conflicts == (MergeConflict(NAME, place, *sides),)
    assert made.applied == ()
    assert same(attributes_of(made.document), theirs)
    (conflict,) = made.conflicts
    assert all(map(alike, (conflict.base, conflict.mine, conflict.theirs), sides))


def test_that_several_changes_inside_one_of_theirs_are_one_conflict_beside_what_merges() -> None:
    made = three({"a": {"x": 1, "y": 1}, "b": 1}, {"a": {"x": 2, "y": 2}, "b": 2}, {"a": None, "b": 1})
    assert [conflict.place for conflict in made.conflicts] == [("a",)]
    assert same(attributes_of(made.document), {"a": None, "b": 2})


# --- whole launchers --------------------------------------------------------------------------------------


def test_that_a_launcher_that_i_added_comes_with_all_it_says() -> None:
    base = Document({"launcher_states": {}})
    mine = document({"a": 1}, saved_at="then", lab_tag=1)
    made = merge(base, mine, Document({"lab": 1, "launcher_states": {"x.Other": {"attributes": {}}}}))
    assert made.document.namespaces == ("x.Other", NAME)
    assert made.document.namespace(NAME).saved_at == "then"
    assert made.document.tree["lab"] == 1
    assert made.applied == (Change(NAME, (), ABSENT, {"a": 1}),)


def test_that_a_launcher_that_i_removed_goes_and_one_that_they_removed_stays_away() -> None:
    base = Document({"launcher_states": {"m.A": {"attributes": {"a": 1}}, "m.B": {"attributes": {"b": 1}}}})
    made = merge(base, without_namespaces(base, ["m.A"]), without_namespaces(base, ["m.B"]))
    assert (made.document.namespaces, made.conflicts) == ((), ())


def test_that_a_launcher_removed_on_one_side_and_changed_on_the_other_is_a_conflict() -> None:
    base = document({"a": 1, "b": 1}, saved_at="then")
    mine, theirs = set_value(base, NAME, ("a",), 2), without_namespaces(base, None)
    made = merge(base, mine, theirs)
    assert made.conflicts == (MergeConflict(NAME, (), {"a": 1, "b": 1}, {"a": 2, "b": 1}, ABSENT),)
    kept = decided(made, {(NAME, ())})
    assert same(attributes_of(kept), {"a": 2, "b": 1})
    assert kept.namespace(NAME).saved_at == "then"
    other = merge(base, theirs, mine)
    assert other.document is mine
    assert decided(other, {(NAME, ())}).namespaces == ()


def test_that_of_a_launcher_added_on_both_sides_my_attributes_can_be_taken_and_their_other_keys_stay() -> (
    None
):
    made = merge(Document({}), document({"a": 1}, saved_at="mine"), document({"a": 2}, saved_at="theirs"))
    assert [conflict.place for conflict in made.conflicts] == [()]
    taken = decided(made, {(NAME, ())}).namespace(NAME)
    assert (dict(taken.attributes), taken.saved_at) == ({"a": 1}, "theirs")


# --- deciding ---------------------------------------------------------------------------------------------


def test_that_a_decision_settles_its_conflict_and_no_other() -> None:
    made = three({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2}, {"a": 3, "b": 3, "c": 3})
    assert same(attributes_of(decided(made, {(NAME, ("a",)), (NAME, ("c",))})), {"a": 2, "b": 3})
    assert same(attributes_of(decided(made, {(NAME, ("b",))})), {"a": 3, "b": 2, "c": 3})
    assert [conflict.place for conflict in made.conflicts] == [("a",), ("b",), ("c",)]


def test_that_a_decision_about_what_is_no_conflict_changes_nothing() -> None:
    made = three({"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 3, "b": 1})
    assert decided(made, {(NAME, ("b",))}) is made.document


# --- in general -------------------------------------------------------------------------------------------

values: st.SearchStrategy[JSON] = st.recursive(
    st.sampled_from([0, 1, True, 1.0, None, "a", "__type__", Number("1e2")]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "__type__"]), inner, max_size=3)
        | st.fixed_dictionaries({"__type__": st.just("set"), "value": st.lists(inner, max_size=2)})
    ),
    max_leaves=8,
)
states = st.dictionaries(st.sampled_from(["a", "b", "c", "__type__"]), values, max_size=4)


def compartment(attributes: dict[str, JSON], tag: int) -> JSON:
    return {"attributes": attributes, "tag": tag}


namespaces: st.SearchStrategy[dict[str, JSON]] = st.dictionaries(
    st.sampled_from(["m.L", "n.K"]), st.builds(compartment, states, st.integers(0, 3)), max_size=2
)


@st.composite
def edited(draw: st.DrawFn, base: Document) -> Document:
    """`base` with a few places set or removed: closer to what people do than another tree altogether."""
    found = base
    for _ in range(draw(st.integers(0, 3))):
        places = _places(found)
        if not places:
            break
        name, place = draw(st.sampled_from(places))
        if not place:
            found = without_namespaces(found, [name])
        elif draw(st.booleans()):
            found = remove_value(found, name, place)
        else:
            found = set_value(found, name, place, draw(values))
    return found


def _places(found: Document) -> list[tuple[str, Place]]:
    def below(value: JSON, place: Place) -> list[Place]:
        inside: list[tuple[str | int, JSON]] = []
        if isinstance(value, dict):
            inside = list(value.items())
        elif isinstance(value, list):
            inside = list(enumerate(value))
        return [place, *(deeper for step, item in inside for deeper in below(item, (*place, step)))]

    return [(name, place) for name in found.namespaces for place in below(attributes_of(found, name), ())]


@st.composite
def sides(draw: st.DrawFn) -> tuple[Document, Document, Document]:
    """Base, mine, theirs: related documents, and now and then unrelated ones."""
    base = Document({"launcher_states": draw(namespaces), "lab": draw(st.integers(0, 1))})
    other = st.builds(lambda found: Document({"launcher_states": found}), namespaces)
    mine, theirs = (draw(edited(base) | other) for _ in range(2))
    return base, mine, theirs


def all_attributes(found: Document) -> JSON:
    return {name: attributes_of(found, name) for name in found.namespaces}


@given(sides())
def test_that_changes_of_one_side_alone_make_that_side(three_: tuple[Document, Document, Document]) -> None:
    base, mine, theirs = three_
    only_mine = merge(base, mine, base)
    assert only_mine.conflicts == ()
    assert same(all_attributes(only_mine.document), all_attributes(mine))
    only_theirs = merge(base, base, theirs)
    assert only_theirs.document is theirs
    assert (only_theirs.applied, only_theirs.conflicts) == ((), ())


def keyed(changes: tuple[Change, ...]) -> dict[tuple[str, Place], JSON | Absent]:
    return {(change.namespace, change.place): change.after for change in changes}


@given(sides())
def test_that_without_conflicts_every_change_of_either_side_is_in_it_and_nothing_else(
    three_: tuple[Document, Document, Document],
) -> None:
    base, mine, theirs = three_
    made = merge(base, mine, theirs)
    if made.conflicts:
        return
    wanted = {**keyed(diff(base, mine)), **keyed(diff(base, theirs))}
    found = keyed(diff(base, made.document))
    assert found.keys() == wanted.keys()
    assert all(alike(found[key], after) for key, after in wanted.items())


@given(sides())
def test_that_conflicts_stand_at_the_same_places_whoever_is_asked(
    three_: tuple[Document, Document, Document],
) -> None:
    base, mine, theirs = three_
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {(c.namespace, c.place) for c in here.conflicts} == {
        (c.namespace, c.place) for c in there.conflicts
    }
    assert {(c.namespace, c.place): (repr(c.mine), repr(c.theirs)) for c in here.conflicts} == {
        (c.namespace, c.place): (repr(c.theirs), repr(c.mine)) for c in there.conflicts
    }


@given(sides())
def test_that_deciding_all_one_way_gives_that_side_at_every_conflict(
    three_: tuple[Document, Document, Document],
) -> None:
    base, mine, theirs = three_
    made = merge(base, mine, theirs)
    all_mine = decided(made, {(one.namespace, one.place) for one in made.conflicts})
    all_theirs = decided(made, ())
    assert all_theirs is made.document
    for all_one_way, own, others in (
        (all_mine, diff(base, mine), made.theirs),
        (all_theirs, made.theirs, made.applied),
    ):
        for change in (*own, *(change for change in others if not in_conflict(change, made))):
            assert alike(value_at(all_one_way, change.namespace, change.place), change.after)
    apart = diff(all_mine, all_theirs)
    assert all(in_conflict(change, made) for change in apart)


def in_conflict(change: Change, made: Merge) -> bool:
    return any(
        change.namespace == conflict.namespace and change.place[: len(conflict.place)] == conflict.place
        for conflict in made.conflicts
    )


def value_at(found: Document, name: str, place: Place) -> JSON | Absent:
    try:
        return get_value(found, name, place)
    except NoSuchAttribute:
        return ABSENT


def alike(a: JSON | Absent, b: JSON | Absent) -> bool:
    return a is b if isinstance(a, Absent) or isinstance(b, Absent) else same(a, b)


@given(sides())
def test_that_what_they_say_beside_attributes_is_never_touched(
    three_: tuple[Document, Document, Document],
) -> None:
    base, mine, theirs = three_
    made = merge(base, mine, theirs).document
    assert {key: value for key, value in made.tree.items() if key != "launcher_states"} == {
        key: value for key, value in theirs.tree.items() if key != "launcher_states"
    }
    for name in theirs.namespaces:
        if name in made.namespaces:
            tags = [
                mapping_of(mapping_of(found.tree["launcher_states"])[name])["tag"] for found in (made, theirs)
            ]
            assert tags[0] == tags[1]

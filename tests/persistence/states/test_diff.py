"""A difference is told at the value that a person would point at, and by type."""

from __future__ import annotations

from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import ABSENT, Absent, Document
from persistence.states.diff import MOST_ITEMS, Change, diff
from persistence.states.edits import get_value, remove_value, set_value
from persistence.values.json_text import JSON, Number
from persistence.values.sameness import same


def document(attributes: JSON, **other: JSON) -> Document:
    """A document with one launcher's attributes."""
    return Document({"launcher_states": {"m.L": {"attributes": attributes, **other}}})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (1, True),
        (1, 1.0),
        (0.0, -0.0),
        ("1", 1),
        (None, False),
        (Number("1e2"), 100.0),
        ([], {}),
        ([1], [1, 2]),
    ],
)
def test_that_another_type_is_another_value(before: JSON, after: JSON) -> None:
    assert diff(document({"a": before}), document({"a": after})) == (Change("m.L", ("a",), before, after),)
    assert diff(document({"a": before}), document({"a": before})) == ()


def test_that_each_change_is_told_at_its_own_place() -> None:
    before = document({"same": 1, "gone": None, "deep": {"list": [1, {"x": 1}, 3], "k": 0}})
    after = document({"deep": {"k": 0, "list": [1, {"x": 2}, 3], "new": []}, "same": 1, "fresh": 5})
    assert diff(before, after) == (
        Change("m.L", ("gone",), None, ABSENT),
        Change("m.L", ("deep", "list", 1, "x"), 1, 2),
        Change("m.L", ("deep", "new"), ABSENT, []),
        Change("m.L", ("fresh",), ABSENT, 5),
    )


def test_that_a_tagged_value_is_one_value() -> None:
    old: JSON = {"__type__": "tuple", "value": [1, 2]}
    new: JSON = {"__type__": "tuple", "value": [1, 3]}
    assert diff(document({"a": old}), document({"a": new})) == (Change("m.L", ("a",), old, new),)
    assert diff(document({"a": old}), document({"a": {"value": 1}})) == (
        Change("m.L", ("a",), old, {"value": 1}),
    )


def test_that_an_attribute_called_type_makes_no_tag_of_all_attributes() -> None:
    before, after = document({"__type__": "x", "a": 1}), document({"__type__": "x", "a": 2})
    assert diff(before, after) == (Change("m.L", ("a",), 1, 2),)


def test_that_a_whole_launcher_comes_and_goes_as_one_change() -> None:
    none = Document({})
    assert diff(none, document({"a": 1})) == (Change("m.L", (), ABSENT, {"a": 1}),)
    assert diff(document({"a": 1}), none) == (Change("m.L", (), {"a": 1}, ABSENT),)


def test_that_order_and_times_of_saving_do_not_count() -> None:
    assert (
        diff(
            document({"a": 1, "b": 2}, saved_at="1"),
            document({"b": 2, "a": 1}, saved_at="2", outcome="failed"),
        )
        == ()
    )


values: st.SearchStrategy[JSON] = st.recursive(
    st.sampled_from([0, 1, True, 1.0, None, "a", "__type__"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3)
        | st.fixed_dictionaries({"__type__": st.just("set"), "value": st.lists(inner, max_size=2)})
    ),
    max_leaves=10,
)
attributes = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), values, max_size=4)


@given(attributes, attributes)
def test_that_doing_all_changes_makes_the_one_the_other(
    before: dict[str, JSON], after: dict[str, JSON]
) -> None:
    made = document(before)
    for change in diff(made, document(after)):
        found = change.place
        if isinstance(change.after, Absent):
            made = remove_value(made, "m.L", found)
        else:
            made = set_value(made, "m.L", found, change.after)
    assert same(get_value(made, "m.L", ()), dict(after))


def test_that_what_both_share_is_not_looked_into() -> None:
    class Huge(dict[str, JSON]):
        """Stands for a value that would take seconds to be walked through."""

        def __iter__(self) -> NoReturn:
            raise AssertionError("it was walked through")

        keys = __iter__

    before = document({"huge": Huge(), "count": 1})
    after = set_value(before, "m.L", ("count",), 2)
    assert diff(before, after) == (Change("m.L", ("count",), 1, 2),)


@pytest.mark.parametrize(("others", "places"), [(MOST_ITEMS, MOST_ITEMS), (MOST_ITEMS + 1, 1)])
def test_that_a_list_of_which_very_many_items_differ_is_one_change(others: int, places: int) -> None:
    before: list[JSON] = list(range(MOST_ITEMS + 5))
    after: list[JSON] = [*([-1] * others), *before[others:]]
    found = diff(document({"trace": before, "a": 1}), document({"trace": after, "a": 2}))
    assert len(found) == places + 1
    assert found[-1].place == ("a",)
    assert {change.place[0] for change in found[:-1]} == {"trace"}
    assert (found[0].place, found[0].after) in [(("trace", 0), -1), (("trace",), after)]

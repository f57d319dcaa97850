"""What becomes another type inside a value, by its items and names."""

import pytest

from persistence.codec import encode
from persistence.values.kinds import Kind
from persistence.values.retyped import retyped

FIRST = ((0,), Kind.DECIMAL, Kind.INTEGER)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([1.0, 2.0], [1, 2.0], FIRST),
        ([1.0, 2.0, 4.0], [1, 2], FIRST),
        ([1.0], [1.0, 2], ((1,), Kind.DECIMAL, Kind.INTEGER)),
        ([1.0, "a"], [1.0, 2], ((1,), Kind.TEXT, Kind.INTEGER)),
        ([[1.0], [2.0]], [[1.0], [2]], ((1, 0), Kind.DECIMAL, Kind.INTEGER)),
        ({"a": {"b": 1.0}}, {"a": {"b": 1}}, (("a", "b"), Kind.DECIMAL, Kind.INTEGER)),
        ((1.0, 2.0), (1.0, 2), ((1,), Kind.DECIMAL, Kind.INTEGER)),
        ({1.5}, {1}, FIRST),
    ],
)
def test_that_the_first_item_of_another_type_is_found(
    before: object, after: object, found: tuple[object, ...]
) -> None:
    told = retyped(encode(before), encode(after))
    assert told is not None
    assert (told.seen, told.before, told.after) == found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([1.0, 2.0], [3.0]),
        ([1.0, "a", True], ["a", True]),
        ([1, 2.5], [1, 2, 3.5]),
        ([], [1, "a"]),
        ([1.0, None], [None, 2.0]),
        ({"a": 1}, {"b": "x"}),
        ([[1], ["a"]], [["a"]]),
        (1.0, "another type of its own is told elsewhere"),
        ("a", "b"),
    ],
)
def test_that_what_may_be_meant_is_no_change_of_type(before: object, after: object) -> None:
    assert retyped(encode(before), encode(after)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([1.0, 2.0, 3.0], [1.0, 2.0, 3]),
        ([1.0, 2.0, 3.0], [1.0, 2]),
        ([[1.0], [2.0], [3.0]], [[1.0], [2.0], [3]]),
        ({"a": 1.0, "b": 2.0, "c": 3.0}, {"a": 1.0, "b": 2.0, "c": 3}),
        ({1.5, 2.5, 3.5}, {1.5, 2}),
    ],
)
def test_that_no_more_values_are_looked_at_than_there_is_time_for(before: object, after: object) -> None:
    assert retyped(encode(before), encode(after), most=4) is None
    assert retyped(encode(before), encode(after), most=12) is not None

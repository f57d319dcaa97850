"""What is of another shape than was expected is told, and everything else of it stays of use."""

import math

import pytest

from persistence.values.json_text import JSON
from persistence.values.shapes import foreign_numbers, shape, wrong_fields


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({}, "a mapping"),
        ([], "a list"),
        ("", "text"),
        (True, "yes/no"),
        (None, "empty (None)"),
        (1, "a number"),
    ],
)
def test_that_a_shape_is_told_in_words(value: JSON, said: str) -> None:
    assert shape(value) == said


def test_that_a_field_is_wrong_only_where_it_says_something_of_another_type() -> None:
    holder: dict[str, JSON] = {"a": 1, "b": None, "c": True, "other": 1}
    wanted = {"a": str, "b": str, "c": int, "d": dict}
    assert list(wrong_fields(holder, wanted, "x: ")) == [
        "x: a should be text, and is a number",
        "x: c should be a whole number, and is yes/no",
    ]


def test_that_numbers_that_json_lacks_are_found_with_their_way() -> None:
    value: JSON = {"a": [1.0, math.inf], "b": {"c": -math.inf}}
    assert list(foreign_numbers(value)) == [(math.inf, "a/1"), (-math.inf, "b/c")]

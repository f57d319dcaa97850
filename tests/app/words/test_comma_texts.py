"""[1,5] is two items; who meant one number is told so."""

import pytest

from app.words.comma_texts import kept_text, parted_text
from persistence.values.json_text import JSON, parse


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("[1,5]", []),
        ("[1,5]", [0.5]),
        ("[0.5, 1,5]", [0.5, 1.0]),
        ("[1,5, 2,5]", [1.5, 2.5]),
        ("[-1,5]", None),
        ('{"gain": [1,5]}', {"gain": [0.5]}),
        ("[[1,5]]", [[0.5], [0.5]]),
    ],
)
def test_that_who_types_a_decimal_comma_into_a_list_is_told_that_it_parts_items(
    text: str, before: JSON
) -> None:
    said = parted_text(text, before, parse(text.encode()))
    assert "1,5 is two items, " in said


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("[1, 5]", [0.5]),
        ("[1,5,7]", [0.5]),
        ("[1,5]", [3]),
        ("[1,5]", [0.5, 2.0]),
        ("[1.0,5.0]", []),
        ('["1,5"]', []),
        ("[12,345,678]", []),
        ("[" + "1,5" * 4_000 + "]", []),
    ],
)
def test_that_nothing_is_said_where_items_are_surely_meant(text: str, before: JSON) -> None:
    assert parted_text(text, before, [1, 5]) == ""


def test_that_a_number_with_a_comma_that_became_a_text_is_told_with_its_point() -> None:
    assert kept_text(" 1,5 ") == "Kept as a text. The number is written 1.5."
    assert (kept_text("a 1,5"), kept_text("1,5,2"), kept_text("phase")) == ("", "", "")

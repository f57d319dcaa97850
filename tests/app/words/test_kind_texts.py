"""What is typed for a value of each type: each example is one of its type."""

from __future__ import annotations

import pytest

from app.values.box_text import parse_box
from app.values.retyping import CHOICES
from app.words.kind_texts import EXAMPLES, example_text
from persistence.values.kinds import Kind, kind_of


@pytest.mark.parametrize("kind", EXAMPLES)
def test_that_an_example_is_a_value_of_its_type(kind: Kind) -> None:
    parsed = parse_box(EXAMPLES[kind][1], kind, escapes=False)
    assert parsed.problem == ""
    assert kind_of(parsed.value) is kind


def test_that_all_types_have_one_but_those_of_which_any_text_is_one() -> None:
    assert {kind for kind in CHOICES if not example_text(kind)} == {
        Kind.TEXT, Kind.EMPTY, Kind.PATH, Kind.UUID,
    }  # fmt: skip
    assert example_text(Kind.INTEGER) == "A whole number, such as 150"
    assert example_text(Kind.YES_NO) == "Either yes or no"

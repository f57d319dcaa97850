"""What stands inside a saved value, and where."""

from __future__ import annotations

from typing import Any

import pytest

from app.values.state_parts import Part, part_at, part_count
from persistence.document import ABSENT
from persistence.states.edits import get_value, set_value
from tests.app.values.written_out import parts
from tests.samples import ATTRIBUTES, PREDICTIVE, document

CONTAINERS = [name for name, value in ATTRIBUTES.items() if parts(value)]


def test_that_lists_are_counted_from_one() -> None:
    assert [part.label for part in parts([5, 6])] == ["1", "2"]


def test_that_a_tag_is_not_seen_in_the_names_but_in_the_steps() -> None:
    assert parts({"__type__": "tuple", "value": ["a"]}) == [Part(("value", 0), "1", "a")]
    assert parts({"__type__": "dict", "value": [[1, "a"]]}) == [Part(("value", 0, 1), "1", "a")]


@pytest.mark.parametrize(
    "value", ["text", 1, 1.5, True, None, {"__type__": "date", "value": "2026-01-01"}, {}, []]
)
def test_that_single_and_empty_values_have_no_parts(value: Any) -> None:
    assert parts(value) == []
    assert part_count(value) == 0


def test_that_a_value_of_an_unknown_type_is_not_opened() -> None:
    assert parts({"__type__": "ndarray", "data": [1]}) == []


@pytest.mark.parametrize("name", CONTAINERS)
def test_that_every_part_stands_where_its_steps_lead(name: str) -> None:
    shown = document()
    found = parts(ATTRIBUTES[name])
    assert len(found) == part_count(ATTRIBUTES[name])
    for part in found:
        assert get_value(shown, PREDICTIVE, (name, *part.steps)) == part.value
        changed = set_value(shown, PREDICTIVE, (name, *part.steps), "new")
        assert part_at(dict(changed.namespace(PREDICTIVE).attributes), (name, *part.steps)) == "new"


def test_that_steps_which_lead_nowhere_find_nothing() -> None:
    assert part_at({"a": [1]}, ("a", 1)) is ABSENT
    assert part_at({"a": 1}, ("a", "b")) is ABSENT
    assert part_at(ABSENT, ()) is ABSENT

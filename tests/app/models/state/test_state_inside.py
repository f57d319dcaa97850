"""The parts of a value: found among thousands without a look at each."""

from __future__ import annotations

from collections import Counter

import pytest

from app.models.state.state_inside import Chosen, Inside, Listed, Members
from app.values.state_parts import Part

LOOKS: Counter[str] = Counter()


class Key(str):
    """A key that counts how often one is compared with another."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        LOOKS["all"] += 1
        return str.__eq__(self, other)


KEYS = [Key(f"key{number}") for number in range(500)]
PARTS = [Part((key,), key, 1) for key in KEYS]


@pytest.mark.parametrize(
    "parts",
    [
        Members(dict.fromkeys(KEYS, 1)),
        Members(dict.fromkeys(KEYS[:400], 1), KEYS[400:], dict.fromkeys(KEYS, 1)),
        Listed(PARTS),
        Chosen({part.steps: part for part in PARTS}, lambda part: part),
    ],
    ids=["members", "members, some gone", "listed", "chosen"],
)
def test_that_each_of_many_parts_is_found_without_a_look_at_all(parts: Inside) -> None:
    LOOKS.clear()
    assert [parts.position((Key(key),)) for key in KEYS] == [*range(500)]
    assert LOOKS["all"] < 5 * len(KEYS)
    assert parts.position(("another",)) == parts.position((KEYS[0], "inside")) == -1

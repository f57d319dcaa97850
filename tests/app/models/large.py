"""Large states for tests of the tree: documents whose attributes are known by their text only, as they come
from a large file that nobody has read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from persistence.document import STATES, Document
from persistence.values.json_text import JSON
from persistence.values.json_writing import write
from persistence.values.spelled import Spelled
from tests.samples import PREDICTIVE, document


def unread(attributes: Mapping[str, Any]) -> Document:
    """A document with one launcher, of whose attributes nothing is read."""
    tree = document({}).tree
    spelled = {name: Spelled(memoryview(write(value).encode())) for name, value in attributes.items()}
    states = {PREDICTIVE: {"attributes": spelled, "saved_at": "2026-11-23T14:30:00"}}
    return Document({**tree, STATES: cast(JSON, states)})


def spelled(shown: Document, name: str) -> Spelled:
    """An attribute as it stands in the tree."""
    held = shown.namespace(PREDICTIVE).attributes.as_in_tree[name]
    assert isinstance(held, Spelled)
    return held


TRIALS = [
    {"trial": index, "stimulus": ("grating", "oddball")[index % 7 == 0], "s": index / 7}
    for index in range(5_000)
]
LARGE: Mapping[str, Any] = {
    "subject": "764521",
    "trials": TRIALS,
    "gains": {f"channel_{index:04}": index / 3 for index in range(4_000)},
    "pair": {"__type__": "tuple", "value": [list(range(3_000)), list(range(3_000))]},
    "odd": {"__type__": "quaternion", "value": list(range(9_000))},
}

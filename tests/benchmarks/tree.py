"""The group `tree`: one large state, from its file to the rows of the tree and back."""

from __future__ import annotations

from tests.benchmarks import state_tree
from tests.benchmarks.figures import Group

TREE = Group(
    name="tree",
    title="A large state",
    rows=state_tree.ROWS,
    peers=("PySide6-Essentials", "orjson"),
)

"""The rows that a filter keeps of a state, as a small tree of their own. Pure.

One idea: which row is the match that so many others stand before, and how many stand before a row, is found
by counting, without a list of all of them. Not for finding (`state_search`), nor for what is shown of it
(`state_nodes`).
"""

from __future__ import annotations

from app.values.state_parts import Part
from persistence.document import Place


class KeptRow:
    """A row that a filter keeps, with the rows inside it that are kept; `matched`: by itself, so all are.

    `size` counts the rows that match, here and inside.
    """

    __slots__ = ("inner", "matched", "part", "size")

    def __init__(self, part: Part, *, matched: bool = False) -> None:
        self.part = part
        self.matched = matched
        self.inner: dict[Place, KeptRow] = {}
        self.size = int(matched)

    def add(self, kept: KeptRow) -> None:
        """Keep a row inside this one."""
        self.inner[kept.part.steps] = kept
        self.size += kept.size

    def place_of(self, position: int) -> Place:
        """The place of the match that so many others here stand before. Raises IndexError for none."""
        if self.matched:
            if position == 0:
                return self.part.steps
            position -= 1
        for inner in self.inner.values():
            if position < inner.size:
                return (*self.part.steps, *inner.place_of(position))
            position -= inner.size
        raise IndexError(position)

    def position_of(self, place: Place) -> int | None:
        """How many matches here stand before the one at a place; None where none is there."""
        rest = place[len(self.part.steps) :]
        if not rest:
            return 0 if self.matched else None
        before = int(self.matched)
        for steps, inner in self.inner.items():
            if rest[: len(steps)] == steps:
                found = inner.position_of(rest)
                return None if found is None else before + found
            before += inner.size
        return None

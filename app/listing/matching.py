"""Which sessions of one folder meet the conditions that the operator typed, over their saved values.

One idea: the answer is a set of directories that is kept true: found once for new conditions, in pieces, and
then for each session whose values became others. It belongs to the worker that has the values.

Not for words and columns, which the list itself knows; not for what a condition means (`persistence.query`).
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.values.cell_making import values_in
from persistence.query import Condition

Conditions = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The directories that meet all conditions, and those names in them that no session has."""

    directories: frozenset[str]
    unknown: frozenset[str]


class Matching:
    """The conditions that were asked last, and the directories that meet them all."""

    def __init__(self) -> None:
        self.conditions: Conditions = ()
        self._found: set[str] = set()
        self._unknown: set[str] = set()
        self._waiting: Iterator[tuple[str, str]] = iter(())
        self._noted: set[str] = set()
        self._told: Found | None = None

    def ask(self, conditions: Conditions, values: Iterable[tuple[str, str]]) -> None:
        """Begin anew, over the values (as JSON text) of all directories."""
        self.conditions, self._found, self._told = conditions, set(), None
        self._unknown = {condition.name for condition in conditions}
        self._waiting, self._noted = iter(values if conditions else ()), set()

    def go_on(self, seconds: float) -> bool:
        """Look at more of them for so long; whether none is left."""
        until = time.monotonic() + seconds
        for directory, values in self._waiting:
            if directory not in self._noted:  # else it says something newer meanwhile, or is gone
                self._judge(directory, values)
            if time.monotonic() > until:
                return False
        return True

    def note(self, directory: str, values: str | None) -> None:
        """A session has these values now; None or "" for none that are known."""
        if self.conditions:
            self._noted.add(directory)
            self._judge(directory, values)

    def _judge(self, directory: str, values: str | None) -> None:
        held = values_in(values) if values else {}
        self._unknown.difference_update(held)
        if values is not None and all(condition.holds(held) for condition in self.conditions):
            self._found.add(directory)
        else:
            self._found.discard(directory)

    def news(self) -> Found | None:
        """The answer, where it is another one than the last."""
        found = Found(frozenset(self._found), frozenset(self._unknown))
        if not self.conditions or found == self._told:
            return None
        self._told = found
        return found

"""Which sessions of one folder meet the conditions that the operator typed, over their saved values.

One idea: the answer is a set of directories that is kept true: found once for new conditions, in pieces, and
then for each session whose values became others. It belongs to the worker that has the values.

Not for words and columns, which the list itself knows; not for what a condition means (`persistence.query`).
"""

import time
from collections.abc import Iterable, Iterator

from persistence.query import Condition
from persistence.query_values import load_values

Conditions = tuple[Condition, ...]


class Matching:
    """The conditions that were asked last, and the directories that meet them all."""

    def __init__(self) -> None:
        self.conditions: Conditions = ()
        self._found: set[str] = set()
        self._waiting: Iterator[tuple[str, str]] = iter(())
        self._told: frozenset[str] | None = None

    def ask(self, conditions: Conditions, values: Iterable[tuple[str, str]]) -> None:
        """Begin anew, over the values (as JSON text) of all directories."""
        self.conditions, self._found, self._told = conditions, set(), None
        self._waiting = iter(list(values) if conditions else ())

    def go_on(self, seconds: float) -> bool:
        """Look at more of them for so long; whether none is left."""
        until = time.monotonic() + seconds
        for directory, values in self._waiting:
            self.note(directory, values)
            if time.monotonic() > until:
                return False
        return True

    def note(self, directory: str, values: str | None) -> None:
        """A session has these values now; None or "" for none that are known."""
        if not self.conditions:
            return
        held = load_values(values) if values else {}
        if values is not None and all(condition.holds(held) for condition in self.conditions):
            self._found.add(directory)
        else:
            self._found.discard(directory)

    def news(self) -> frozenset[str] | None:
        """The directories that meet the conditions, where that is another answer than the last one."""
        found = frozenset(self._found)
        if not self.conditions or found == self._told:
            return None
        self._told = found
        return found

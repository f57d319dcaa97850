"""What the sessions of one folder have of a few names, for columns of the list.

One idea: told once for all sessions, in portions, and then for each one whose values became others. Nothing
is held but what is still to be told. It belongs to the worker that has the values. Without Qt.

Not for which sessions meet a condition (see `matching`).
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from app.values.cell_making import cell_of, values_in
from app.values.cells import Cell
from persistence.launching.loading import PEOPLE

Row = tuple[str, tuple[Cell | None, ...]]
"""A directory, and a cell for each name."""


_USER = PEOPLE[1]


class ShownValues:
    """The names that were asked last."""

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        self._waiting: Iterator[tuple[str, str]] = iter(())
        self._later: dict[str, tuple[Cell | None, ...]] = {}
        self._noted: set[str] = set()

    def ask(self, names: tuple[str, ...], values: Iterable[tuple[str, str]]) -> None:
        """Begin anew, over the values (as JSON text) of all directories."""
        self.names = names
        self._waiting = iter(values if names else ())
        self._later, self._noted = {}, set()

    def go_on(self, seconds: float, most: int) -> tuple[tuple[Row, ...], bool]:
        """Look at more of them for so long, or at so many; and whether none is left."""
        until, rows = time.monotonic() + seconds, list[Row]()
        for directory, values in self._waiting:
            if directory not in self._noted:  # else it has other values meanwhile, or is gone
                rows.append((directory, self._cells(values)))
            if len(rows) >= most or time.monotonic() > until:
                return tuple(rows), False
        self._noted = set()
        return tuple(rows), True

    def note(self, directory: str, values: str | None) -> None:
        """A session has these values now; None or "" for none that are known."""
        if self.names:
            self._noted.add(directory)
            self._later[directory] = self._cells(values)

    def news(self) -> tuple[Row, ...]:
        """What was noted since this was asked last."""
        rows, self._later = tuple(self._later.items()), {}
        return rows

    def _cells(self, values: str | None) -> tuple[Cell | None, ...]:
        held = values_in(values) if values else {}
        return tuple(cell_of(held.get(name, ())) for name in self.names)


class Names:
    """Which names the sessions of a folder have, and how many have each."""

    def __init__(self) -> None:
        self._waiting: Iterator[tuple[str, str]] = iter(())
        self._counts: Counter[str] = Counter()

    @property
    def counts(self) -> Mapping[str, int]:
        """Sessions by name, as far as they were looked at."""
        return dict(self._counts)

    def ask(self, values: Iterable[tuple[str, str]]) -> None:
        """Begin anew."""
        self._waiting, self._counts = iter(values), Counter()

    def go_on(self, seconds: float) -> bool:
        """Look at more of them for so long; whether none is left."""
        until = time.monotonic() + seconds
        for _, values in self._waiting:
            self._counts.update(values_in(values).keys())
            if time.monotonic() > until:
                return False
        return True


class Users:
    """Whom the sessions of a folder name as their user."""

    def __init__(self) -> None:
        self._waiting: Iterator[tuple[str, str]] = iter(())
        self._found: set[str] = set()

    @property
    def found(self) -> tuple[str, ...]:
        """Those of the sessions that were looked at."""
        return tuple(sorted(self._found))

    def ask(self, values: Iterable[tuple[str, str]]) -> None:
        """Begin anew."""
        self._waiting, self._found = iter(values), set()

    def go_on(self, seconds: float) -> bool:
        """Look at more of them for so long; whether none is left."""
        until = time.monotonic() + seconds
        for _, values in self._waiting:
            if _USER in values:  # else there is no need to take them apart
                self._found.update(
                    one for one in values_in(values).get(_USER, ()) if isinstance(one, str) and one
                )
            if time.monotonic() > until:
                return False
        return True

"""In which order the sessions of the list can stand. Pure; no Qt.

One idea: what has a value of its own in every row (when it was started, its name) is kept in order, and new
rows are put in their places; what many rows share is dealt into piles in one pass. So a click on a column
sorts 100,000 rows in a few milliseconds. Within a pile the newest comes first, whichever way a column is
sorted.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable
from typing import Any

from app.models.coded import deal
from app.models.roster import Roster
from app.models.session_rows import Column
from app.models.standings import Standings


class Orders:
    """All rows of a roster, oldest first and by name."""

    def __init__(self, roster: Roster, standings: Standings) -> None:
        self._roster = roster
        self._standings = standings
        self._oldest: list[int] = []
        self._by_name: list[int] = []

    def change(self, gone: Collection[int], come: Collection[int]) -> None:
        """Some rows are gone and others have come; a row that moves does both."""
        if gone:
            self._oldest = [row for row in self._oldest if row not in gone]
            self._by_name = [row for row in self._by_name if row not in gone]
        self._oldest = self._merged(self._oldest, come, self._roster.began.__getitem__)
        self._by_name = self._merged(self._by_name, come, self._roster.texts.__getitem__)

    def newest(self) -> list[int]:
        """All rows, newest first."""
        return self._oldest[::-1]

    def by(self, column: int, *, descending: bool) -> list[int]:
        """All rows sorted by a column; -1 is newest first."""
        if column < 0:
            return self.newest()
        if column == Column.SESSION:
            return self._by_name[::-1] if descending else self._by_name.copy()
        if column == Column.SAVED:
            return sorted(self.newest(), key=self._roster.saved.__getitem__, reverse=descending)
        return self._dealt(column, descending=descending)

    def _dealt(self, column: int, *, descending: bool) -> list[int]:
        if column == Column.STATUS:
            piles = deal(
                self.newest(), self._standings.codes, [status.word for status in self._standings.statuses]
            )
        else:
            shared = self._roster.subjects if column == Column.SUBJECT else self._roster.launchers
            piles = shared.piles(self.newest(), str.casefold)
        ordered: Iterable[Any] = sorted(piles, key=str, reverse=descending)
        return [row for key in ordered for row in piles[key]]

    def _merged(self, rows: list[int], come: Collection[int], key: Callable[[int], Any]) -> list[int]:
        return merged(rows, come, key, self._roster.directories.__getitem__)


def merged(
    rows: list[int], come: Collection[int], key: Callable[[int], Any], tie: Callable[[int], str]
) -> list[int]:  # fmt: skip
    """Rows sorted by key and tie, others put in their places: a few comparisons for each, and one copy."""
    pieces: list[int] = []
    start = 0
    for row in sorted(come, key=lambda row: (key(row), tie(row))):
        first = bisect_left(rows, key(row), lo=start, key=key)
        beyond = bisect_right(rows, key(row), lo=first, key=key)
        place = bisect_left(rows, tie(row), lo=first, hi=beyond, key=tie)
        pieces += rows[start:place]
        pieces.append(row)
        start = place
    return pieces + rows[start:]

"""In which order the sessions of the list can stand. Pure; no Qt.

One idea: what has a value of its own in every row (when it was started, its name) is kept in order, and new
rows are put in their places; what many rows share is dealt into piles in one pass. So a click on a column
sorts 100,000 rows in a few milliseconds. Within a pile the newest comes first, whichever way a column is
sorted.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from app.models.sessions.cell_order import CellOrder
from app.models.sessions.coded import deal
from app.models.sessions.extras import Extras
from app.models.sessions.merging import merged
from app.models.sessions.roster import Roster
from app.models.sessions.session_rows import Column
from app.models.sessions.standings import Standings


class Orders:
    """All rows of a roster, oldest first and by name; and by a column by choice, as that was sorted last."""

    def __init__(self, roster: Roster, standings: Standings, extras: Extras) -> None:
        self._roster = roster
        self._standings = standings
        self.by_cells = CellOrder(roster, extras)
        self._oldest: list[int] = []
        self._by_name: list[int] = []

    def change(self, gone: Collection[int], come: Collection[int]) -> None:
        """Some rows are gone and others have come; a row that moves does both."""
        if gone:
            self._oldest = [row for row in self._oldest if row not in gone]
            self._by_name = [row for row in self._by_name if row not in gone]
        self._oldest = self._merged(self._oldest, come, self._roster.began.__getitem__)
        self._by_name = self._merged(self._by_name, come, self._roster.texts.__getitem__)
        self.by_cells.change(gone, come)

    def newest(self) -> list[int]:
        """All rows, newest first."""
        return self._oldest[::-1]

    def by(self, column: int, *, descending: bool) -> list[int]:
        """All rows sorted by a column; -1 is newest first."""
        if column < 0:
            return self.newest()
        if column > Column.STATUS:
            return self.by_cells.rows.copy()
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

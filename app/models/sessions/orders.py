"""In which order the sessions of the list can stand. Pure; no Qt.

One idea: what has a value of its own in every row (when it was started, its name) is kept in order, and new
rows are put in their places; what many rows share is dealt into piles in one pass. So a click on a column
sorts 100,000 rows in a few milliseconds. Within a pile the newest comes first, whichever way a column is
sorted. All of it is work in slices.
"""

from collections.abc import Callable, Collection
from itertools import chain
from typing import Any

from app.models.sessions.cell_order import CellOrder
from app.models.sessions.coded import deal
from app.models.sessions.extras import Extras
from app.models.sessions.in_order import in_order
from app.models.sessions.merging import merged
from app.models.sessions.roster import Roster
from app.models.sessions.session_rows import Column
from app.models.sessions.slices import Work, passing
from app.models.sessions.standings import Standings


class Orders:
    """All rows of a roster, oldest first and by name; and by a column by choice, as that was sorted last."""

    def __init__(self, roster: Roster, standings: Standings, extras: Extras) -> None:
        self._roster = roster
        self._standings = standings
        self.by_cells = CellOrder(roster, extras)
        self._oldest: list[int] = []
        self._by_name: list[int] = []

    def change(self, gone: Collection[int], come: Collection[int]) -> Work[None]:
        """Some rows are gone and others have come; a row that moves does both.

        Nothing is different before the end: a work that is left in its middle can be begun anew.
        """
        began, names = self._roster.began.__getitem__, self._roster.texts.__getitem__
        oldest = yield from self._changed(self._oldest, gone, come, began)
        by_name = yield from self._changed(self._by_name, gone, come, names)
        by_cells = yield from self.by_cells.changed(gone, come)
        self._oldest, self._by_name, self.by_cells.rows = oldest, by_name, by_cells

    @property
    def oldest(self) -> list[int]:
        """All rows, oldest first: another list whenever rows have come or gone."""
        return self._oldest

    def newest(self) -> list[int]:
        """All rows, newest first."""
        return self._oldest[::-1]

    def by(self, column: int, *, descending: bool) -> Work[list[int]]:
        """All rows sorted by a column; -1 is newest first."""
        if column < 0:
            return self.newest()
        if column > Column.STATUS:
            return self.by_cells.rows.copy()
        if column == Column.SESSION:
            return self._by_name[::-1] if descending else self._by_name.copy()
        if column == Column.SAVED:
            saved = self._roster.saved.__getitem__
            return (yield from in_order(self.newest(), saved, falling=descending))
        return (yield from self._dealt(column, descending=descending))

    def _dealt(self, column: int, *, descending: bool) -> Work[list[int]]:
        if column == Column.STATUS:
            codes, statuses = self._standings.codes, self._standings.statuses
            piles = yield from deal(self.newest(), codes, statuses, lambda status: status.word)
        else:
            shared = self._roster.subjects if column == Column.SUBJECT else self._roster.launchers
            piles = yield from shared.piles(self.newest(), str.casefold)
        ordered = sorted(piles, key=str, reverse=descending)
        return [*chain.from_iterable(map(piles.__getitem__, ordered))]

    def _changed(
        self, rows: list[int], gone: Collection[int], come: Collection[int], key: Callable[[int], Any]
    ) -> Work[list[int]]:  # fmt: skip
        if gone:
            rows = yield from passing(rows, lambda part: [row for row in part if row not in gone])
        return (yield from merged(rows, come, key, self._roster.directories.__getitem__))

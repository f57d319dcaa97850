"""The rows of the list in the order of a column by choice. Pure; no Qt.

One idea: such a column may have another value in every row, so that sorting all of them takes longer than a
frame: it is done in slices, once, and from then on new rows are put in their places. Within equal values the
newest comes first; rows without a value stand at the end, whichever way the column is sorted.
"""

from collections.abc import Collection, Sequence
from typing import Any

from app.models.sessions.extras import Extras, Key
from app.models.sessions.in_order import in_order
from app.models.sessions.merging import merged
from app.models.sessions.roster import Roster
from app.models.sessions.slices import Work, parts, passing


class _Falling:
    """A key that is sorted the other way round."""

    __slots__ = ("key",)

    def __init__(self, key: Key | str) -> None:
        self.key: Any = key

    def __lt__(self, other: "_Falling") -> bool:
        return bool(other.key < self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Falling) and bool(self.key == other.key)

    def __hash__(self) -> int:
        return hash(self.key)


class CellOrder:
    """The order that was made last: `position` among the chosen columns, -1 for none; `falling`; `rows`."""

    def __init__(self, roster: Roster, extras: Extras) -> None:
        self._roster = roster
        self._extras = extras
        self.position = -1
        self.falling = False
        self.rows: list[int] = []

    def sorting(self, newest: Sequence[int], position: int, *, falling: bool) -> Work[list[int]]:
        """All rows, given newest first, in the order of a column."""
        cells = self._extras.column(position)
        keys, codes = cells.keys, cells.codes

        def key(row: int) -> Key:
            return keys[codes[row]] or _NONE

        having, without = list[int](), list[int]()
        for part in parts(newest):
            having += [row for row in part if codes[row]]
            without += [row for row in part if not codes[row]]
            yield
        rows = yield from in_order(having, key, falling=falling)
        return rows + without

    def keep(self, rows: list[int], position: int, *, falling: bool) -> None:
        """This is the order from now on."""
        self.rows, self.position, self.falling = rows, position, falling

    def forget(self) -> None:
        """No column by choice is sorted by any more."""
        self.keep([], -1, falling=False)

    def changed(self, gone: Collection[int], come: Collection[int]) -> Work[list[int]]:
        """The rows when some are gone and others have come; a row that moves does both."""
        rows = self.rows
        if self.position < 0:
            return rows
        if gone:
            rows = yield from passing(rows, lambda part: [row for row in part if row not in gone])
        return (yield from merged(rows, come, self._place, self._newest_first))

    def _newest_first(self, row: int) -> tuple[int, _Falling]:
        """Where a row stands among equals: as in the rows that a sort begins with."""
        return -self._roster.began[row], _Falling(self._roster.directories[row])

    def _place(self, row: int) -> tuple[bool, Key | _Falling]:
        cells = self._extras.column(self.position)
        key = cells.keys[cells.codes[row]] or _NONE
        return not cells.codes[row], _Falling(key) if self.falling else key


_NONE: Key = (True, 0, "")

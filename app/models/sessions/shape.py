"""How the list of sessions is shaped: filter, chip, grouping, folded groups, order. Pure; no Qt.

One idea: the rows that are shown follow from all sessions and these few choices in steps (told, in order,
counted, grouped, arranged), and whatever changes is followed from the first step that it touches. To follow
takes longer than a frame in a long list, so it is work in slices; one that is left in its middle for a newer
choice is begun anew, and what it had done by then is kept. Not for telling a view (`sessions`), nor for when
the work is done (`shaping`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import IntEnum

from app.models.sessions.groups import Arranged, Groups, arrange, group_key, grouped
from app.models.sessions.known import Changes, KnownSessions
from app.models.sessions.orders import Orders
from app.models.sessions.session_rows import FIRST_EXTRA, Chip, Column, Grouping
from app.models.sessions.sieve import EVERYTHING, Asked, Sieve, narrows
from app.models.sessions.slices import Work, finished, held, passing


class _Step(IntEnum):
    """What is to be done next."""

    ORDER = 0
    COUNT = 1
    GROUP = 2
    ARRANGE = 3


class News:
    """What came of changes since rows were shown last: rows that came, went or moved, and all that were
    written.
    """

    def __init__(self) -> None:
        self.placed: set[int] = set()
        self.written: set[int] = set()


class Shape:
    """The choices of one list and what follows. `order` is (column, descending); -1 is newest first.

    `matching` are the directories that meet the attribute conditions of the query, None where it has none.
    `counts` are those of the rows that are shown. `is_found`: what was found is all there is to be found.
    `edition` is another whenever a search that began before may have missed something since.
    """

    def __init__(self, known: KnownSessions) -> None:
        self._known = known
        self._orders = Orders(known.roster, known.standings, known.extras)
        self._sieve = Sieve(known.roster, known.standings, known.extras)
        self.query: Asked = EVERYTHING
        self.matching: frozenset[str] | None = None
        self.chip: Chip = "all"
        self.grouping: Grouping = "date"
        self.order: tuple[int, bool] = (-1, False)
        self.collapsed: set[str] = set()
        self.is_found = True  # False until it is searched for again
        self.edition = 0
        self._step = _Step.ARRANGE
        self._news = News()
        self._ordered: list[int] = []
        self._found: list[int] = []
        self._groups: Groups = []  # kept, so that folding one of many deals nothing anew
        self._grouped_by: tuple[Chip, Grouping, date] = (self.chip, self.grouping, date.min)
        self._counted: Mapping[Chip, int] = finished(known.standings.counts(()))
        self.counts = self._counted

    # --- what touches which step --------------------------------------------------------------------------

    def concerns(self, changes: Changes) -> bool:
        """Whether rows may stand elsewhere after these changes."""
        about_saved = self.query != EVERYTHING or self.order[0] == Column.SAVED
        return bool(changes.gone or changes.come or changes.moved or (changes.written and about_saved))

    def sort(self, column: int, *, falling: bool) -> None:
        """Follow the order of one of the list's own columns; -1 is newest first."""
        self._orders.by_cells.forget()
        self.order = (column, falling)
        self._touch(_Step.ORDER)

    def sorting(self, position: int, *, falling: bool) -> Work[list[int]]:
        """Begin to sort by a column by choice; `take_sorted` takes the result."""
        return self._orders.by_cells.sorting(self._orders.newest(), position, falling=falling)

    def take_sorted(self, rows: list[int], position: int, *, falling: bool) -> None:
        """Follow the order that such a work ended with."""
        self._orders.by_cells.keep(rows, position, falling=falling)
        self.order = (FIRST_EXTRA + position, falling)
        self._touch(_Step.ORDER)

    def cells_moved(self, position: int) -> None:
        """The column by choice that the list is sorted by stands at another place now."""
        self._orders.by_cells.position = position
        self.order = (FIRST_EXTRA + position, self.order[1])

    def take_cells(self) -> None:
        """Cells became others: what was found may not be all there is to be found."""
        self.is_found = False
        self.edition += 1

    def take_written(self) -> Collection[int]:
        """Rows were written that stay where they are; which these are."""
        self.edition += 1
        return self._known.settled().written

    def find(self, query: Asked, matching: frozenset[str] | None, found: list[int]) -> bool:
        """Take over what a search found; False when it found the same rows as the one before, and no news are
        being judged by another query.
        """
        before, self._found = self._found, found
        self.query, self.matching, self.is_found = query, matching, True
        if found == before and not self.concerns(self._known.changes):
            return False
        self._touch(_Step.COUNT)
        return True

    @property
    def found_nothing(self) -> bool:
        """Whether the query that was searched for last lets nothing through."""
        return not self._found

    # --- what follows -------------------------------------------------------------------------------------

    def following(self, today: date) -> Work[Arranged]:
        """Follow all that was told and chosen, to the rows from top to bottom."""
        if not self._known.is_turned:
            yield from self._turn()
        if self.concerns(self._known.changes):
            yield from self._take_changes()
        if self._step <= _Step.ORDER:
            yield from self._put_in_order()
        if self._step <= _Step.COUNT:
            self._counted = yield from self._known.standings.counts(self._found)
            self._step = _Step.GROUP
        if self._step <= _Step.GROUP or self._grouped_by != (self.chip, self.grouping, today):
            yield from self._group(today)
        return (yield from arrange(self._groups, self._grouped_by[1], self.collapsed))

    def shown(self) -> News:
        """The rows that followed are shown now; what is to be told of them beside."""
        self.counts = self._counted
        news, self._news = self._news, News()
        return news

    def folded(self) -> Arranged:
        """The rows as they were grouped last, with the groups folded that are so now."""
        return finished(arrange(self._groups, self._grouped_by[1], self.collapsed))

    @property
    def rows(self) -> list[int]:
        """All rows, oldest first: another list whenever rows have come or gone."""
        return self._orders.oldest

    def search(self, query: Asked, matching: frozenset[str] | None) -> Work[list[int]]:
        """Begin to find what a query lets through, in order; `find` takes the result."""
        narrower = query != self.query and narrows(query, self.query) and self.matching in (None, matching)
        if narrower and self.is_found and self.query != EVERYTHING:  # that lacks new rows
            return self._sieve.sift(self._found, query, matching)
        # else rows that came are not in it yet, and all are put in order later
        is_whole = self._step > _Step.ORDER
        rows = self._ordered if is_whole else self._orders.newest()
        return self._sieve.sift(rows, query, matching)

    def group_key(self, row: int, today: date) -> str:
        """The key of the heading that a row stands under; empty where there are no groups."""
        return group_key(row, self._known.roster, self.grouping, today)

    # --- within -------------------------------------------------------------------------------------------

    def _touch(self, step: _Step) -> None:
        self._step = min(self._step, step)

    def _turn(self) -> Work[None]:
        """Folders went away or came back: many rows stand otherwise, and words may stand in others."""
        yield from self._known.turning()
        self.is_found = False
        self.edition += 1
        self._touch(_Step.ORDER if self.order[0] == Column.STATUS else _Step.COUNT)

    def _take_changes(self) -> Work[None]:
        """Follow what became different of some sessions; all at once in the end, so that none is lost or
        taken twice.
        """
        changes = self._known.changes
        found = yield from self._found_after(changes)
        yield from self._orders.change(changes.gone, changes.come)
        self._known.settled()
        self._found = found
        self.edition += 1
        self._news.placed |= changes.gone | changes.come
        self._news.written |= changes.written
        self._touch(_Step.ORDER)

    def _found_after(self, changes: Changes) -> Work[list[int]]:
        if self.query == EVERYTHING:
            return self._found
        others = changes.gone | changes.written
        passed = yield from self._sieve.sift(sorted(changes.written), self.query, self.matching)
        stay = yield from passing(self._found, lambda part: [row for row in part if row not in others])
        return stay + passed

    def _put_in_order(self) -> Work[None]:
        ordered = yield from self._orders.by(self.order[0], descending=self.order[1])
        found = ordered
        if self.query != EVERYTHING:
            kept = yield from held(self._found)
            found = yield from passing(ordered, lambda part: [row for row in part if row in kept])
        self._ordered, self._found = ordered, found
        self.edition += 1
        self._step = _Step.COUNT

    def _group(self, today: date) -> Work[None]:
        kept, choices = self._found, (self.chip, self.grouping, today)
        if self.chip != "all":
            kept = yield from self._known.standings.of_chip(kept, self.chip)
        newest_first = self.order[0] < 0
        self._groups = yield from grouped(
            kept, self._known.roster, self.grouping, today, newest_first=newest_first
        )
        self._grouped_by, self._step = choices, _Step.ARRANGE

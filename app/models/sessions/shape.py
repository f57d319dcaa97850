"""How the list of sessions is shaped: filter, chip, grouping, folded groups, order. Pure; no Qt.

One idea: the rows that are shown follow from all sessions and these few choices in four steps (in order,
found, kept, arranged), and whatever changes is followed from the first step that it touches. Not for telling
a view (`sessions`).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from app.models.sessions.cell_order import Sorting
from app.models.sessions.groups import Arranged, Groups, arrange, group_key, grouped
from app.models.sessions.known import Changes, Known
from app.models.sessions.orders import Orders
from app.models.sessions.session_rows import FIRST_EXTRA, Chip, Column, Grouping
from app.models.sessions.sieve import Found, Sieve, narrows
from persistence.query import Query

EVERYTHING = Query()


class Shape:
    """The choices of one list and what follows. `order` is (column, descending); -1 is newest first.

    `matching` are the directories that meet the attribute conditions of the query, None where it has none.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._orders = Orders(known.roster, known.standings, known.extras)
        self._sieve = Sieve(known.roster, known.standings, known.extras)
        self.query = EVERYTHING
        self.matching: frozenset[str] | None = None
        self.chip: Chip = "all"
        self.grouping: Grouping = "date"
        self.order: tuple[int, bool] = (-1, False)
        self.collapsed: set[str] = set()
        self._ordered: list[int] = []
        self._found: list[int] = []
        self._found_true = True  # False until it is searched for again
        self._groups: Groups | None = None  # kept, so that folding one of many deals nothing anew
        self._grouped_by: tuple[object, ...] = ()
        self.counts: Mapping[Chip, int] = self._counted()

    def concerns(self, changes: Changes) -> bool:
        """Whether rows may stand elsewhere after these changes."""
        about_saved = self.query != EVERYTHING or self.order[0] == Column.SAVED
        return bool(changes.gone or changes.come or changes.moved or (changes.written and about_saved))

    def take(self, changes: Changes) -> None:
        """Follow what became different of some sessions."""
        self._orders.change(changes.gone, changes.come)
        found = self._found
        if self.query != EVERYTHING:
            passed = self._sieve.sift_at_once(sorted(changes.written), self.query, self.matching)
            found = [*set(found).difference(changes.gone, changes.written), *passed]
        self._put_in_order(found)
        self.counts = self._counted()

    def put_in_order(self) -> None:
        """Follow another order."""
        if self.order[0] < FIRST_EXTRA:
            self._orders.by_cells.forget()
        self._put_in_order(self._found)

    def sorting(self, position: int, *, falling: bool) -> Sorting:
        """Begin to sort by a column by choice: a work in pieces, of which `take_sorted` takes the result."""
        return self._orders.by_cells.sorting(self._orders.newest(), position, falling=falling)

    def take_sorted(self, rows: list[int], position: int, *, falling: bool) -> None:
        """Follow the order that such a work ended with."""
        self._orders.by_cells.keep(rows, position, falling=falling)
        self.order = (FIRST_EXTRA + position, falling)
        self.put_in_order()

    def cells_moved(self, position: int) -> None:
        """The column by choice that the list is sorted by stands at another place now."""
        self._orders.by_cells.position = position
        self.order = (FIRST_EXTRA + position, self.order[1])

    def take_cells(self) -> None:
        """Cells became others: what was found may not be all there is to be found."""
        self._found_true = False

    def search(self, query: Query, matching: frozenset[str] | None) -> Found:
        """Begin to find what a query lets through: a work in pieces, of which `found` takes the result."""
        narrower = query != self.query and narrows(query, self.query) and self.matching in (None, matching)
        rows = self._found if narrower and self._found_true else self._ordered
        return self._sieve.sift(rows, query, matching)

    def find(self, query: Query, matching: frozenset[str] | None, found: list[int]) -> bool:
        """Take over what a search found; False when it found the same rows as the one before."""
        before, self._found = self._found, found
        self.query, self.matching, self._found_true = query, matching, True
        self.counts = self._counted()
        self._groups = None
        return found != before

    @property
    def found_nothing(self) -> bool:
        """Whether the query that was searched for last lets nothing through."""
        return not self._found

    def take_standings(self) -> None:
        """Follow other statuses of many rows, but for the query: that is searched for again."""
        if self.order[0] == Column.STATUS:
            self.put_in_order()
        self._found_true = False
        self._groups = None
        self.counts = self._counted()

    def arranged(self, today: date) -> Arranged:
        """The rows from top to bottom."""
        choices = (self.chip, self.grouping, today)
        if self._groups is None or self._grouped_by != choices:
            self._groups, self._grouped_by = self._grouped(today), choices
        return arrange(self._groups, self.grouping, self.collapsed)

    def group_key(self, row: int, today: date) -> str:
        """The key of the heading that a row stands under; empty where there are no groups."""
        return group_key(row, self._known.roster, self.grouping, today)

    # --- within -------------------------------------------------------------------------------------------

    def _put_in_order(self, found: Iterable[int]) -> None:
        self._groups = None
        self._ordered = self._orders.by(self.order[0], descending=self.order[1])
        if self.query == EVERYTHING:
            self._found = self._ordered
        else:
            kept = frozenset(found)
            self._found = [row for row in self._ordered if row in kept]

    def _grouped(self, today: date) -> Groups:
        kept = self._found
        if self.chip != "all":
            kept = self._known.standings.of_chip(kept, self.chip)
        newest_first = self.order[0] < 0
        return grouped(kept, self._known.roster, self.grouping, today, newest_first=newest_first)

    def _counted(self) -> dict[Chip, int]:
        """Chips count what the filter lets through."""
        return self._known.standings.counts(self._found)

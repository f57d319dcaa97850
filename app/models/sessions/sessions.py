"""The list of sessions as a flat Qt table: sessions and, among them, the headings of their groups.

One idea: the rows are an ordinary list of numbers that is computed whole (`shape`), and the view is told only
the difference (`steps`), or that it starts anew where nearly all is different. What a cell says is made when
it is painted. No frame waits for the list: what takes longer is done in pieces (`shaping`), and what arrives
meanwhile is taken in together, one batch a frame.

Flat, for a QTableView, because the list must bear 100,000 sessions. Measured with 100,000 rows and 100
headings of another height on a 2-core machine (PySide6 6.11, offscreen), reset and paint / one row
inserted: QTableView with fixed sections 5 ms / 0.1 ms; QTreeView over the same flat model 2,600 ms /
2,700 ms, because it asks the flags of every row whenever rows change, and with rows of two heights
scrolled by pixel 3,900 / 4,200 ms. So sections have one fixed height, and only the headings, few, are
given their own.

Not for what a status means (`app.session.status`), nor for reading anything: the catalog brings the
summaries.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal

from app.models.sessions.ages import shown_for
from app.models.sessions.arrivals import Arrivals
from app.models.sessions.cell_arrivals import CellArrivals
from app.models.sessions.chosen_columns import ChosenColumns
from app.models.sessions.groups import Arranged
from app.models.sessions.known import KnownSessions
from app.models.sessions.roster import time_of
from app.models.sessions.searching import Searching
from app.models.sessions.session_rows import FIRST_EXTRA, OUTCOME, Chip, Column, Extra, Grouping, Heading
from app.models.sessions.shape import Shape
from app.models.sessions.shaping import Shaping
from app.models.sessions.sieve import Sieve
from app.models.sessions.slices import finished
from app.models.sessions.sorting import Sorting
from app.session import Delta, Summary
from app.values.cells import Cell


class SessionsModel(ChosenColumns):
    """Sessions with their headings; told by deltas, shaped by filter, chip, grouping and sort.

    `filter_refused` carries the sentence that says what is wrong with the filter's text, or a hint at it, ""
    when nothing is;
    `search_ended`: what the filter asks for is shown. `unsaved_changed`: edits of some session were counted.
    `conditions_wanted` carries the conditions on values of the saved state, a tuple of
    `persistence.query.Condition`, empty when there are none any more; the filter waits for `set_matching`.
    `values_wanted` carries the names of saved values that columns show; `take_values` takes them.
    """

    counts_changed = Signal()
    unsaved_changed = Signal()
    filter_refused = Signal(object)
    search_ended = Signal()
    conditions_wanted = Signal(object)
    names_wanted = Signal()

    def __init__(self, now: Callable[[], datetime] = datetime.now) -> None:
        """`now` gives the local, naive time that ages are counted from."""
        known = KnownSessions(now)
        super().__init__(known, now)
        self._aged = datetime.min
        self._aside = 0
        self._shape = Shape(known)
        self._shaping = Shaping(known, self._shape, self._show_shape, lambda: now().date(), self)
        self._searching = Searching(known, self._shape, self._shaping.begin, self)
        self._searching.refused.connect(self.filter_refused)
        self._searching.conditions_wanted.connect(self.conditions_wanted)
        self._searching.names_wanted.connect(self.names_wanted)
        self._sorting = Sorting(known, self._shape, self._shaping.begin, self)
        self._arrivals = Arrivals(known, self._settle, self._is_held, self)
        self._shaping.ended.connect(self._searching.follow_rows)
        for rests in (self._shaping.ended, self._searching.ended):
            rests.connect(self._go_on)
        for fails in (self._shaping.failed, self._searching.failed, self._sorting.failed):
            fails.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        self._looks: list[tuple[str, bool]] = []  # of the columns by choice: their longest texts, numbers
        self._cells = CellArrivals(known, self._show_cells, self._follow_cells, self)

    # --- what the rest of the house tells ---------------------------------------------------------------

    def apply(self, delta: Delta) -> None:
        """Take over what the catalog says became different: at once, in a long list with the next batch."""
        self._arrivals.take(delta)

    def set_unsaved(self, directory: str, count: int) -> None:
        """Say how many unsaved edits a session has."""
        self._known.set_unsaved(directory, count)
        self._settle()
        self.unsaved_changed.emit()  # also of a session that is not listed

    def set_heir(self, directory: str, heir: str) -> None:
        """Say as what a session was resumed by a run that may have saved nothing."""
        self._known.set_heir(directory, heir)
        self._settle()

    def set_aside(self, count: int) -> None:
        """Say how many edits are kept besides, which no session shows now."""
        self._aside = count
        self.unsaved_changed.emit()

    def set_unavailable(self, roots: Collection[str]) -> None:
        """Say which watched folders cannot be reached now."""
        if self._known.set_away(roots):
            self.forget_made()
            self.tell_all_changed()  # what is in sight is right at once; counts and the filter follow
            self._shaping.begin()

    def set_matching(
        self, conditions: object, directories: frozenset[str], unknown: frozenset[str] = frozenset()
    ) -> None:
        """Say which sessions meet the conditions that were wanted, and which names in them no session has.

        An answer to earlier ones is dropped.
        """
        before = self.why_nothing()
        self._searching.set_matching(conditions, directories, unknown)
        self._tell_why(before)

    def set_names(self, names: Collection[str]) -> None:
        """Say which names of saved values there are, for whoever types the beginning of one."""
        before = self.why_nothing()
        self._searching.set_names(names)
        self._tell_why(before)

    def _tell_why(self, before: str) -> None:
        if self.why_nothing() != before:
            self.counts_changed.emit()

    def take_values(self, names: tuple[str, ...], rows: Sequence[tuple[str, Sequence[Cell | None]]]) -> None:
        """Say what sessions have of the names that were wanted; an answer to earlier ones is dropped."""
        if names == self._known.extras.names:
            self._cells.take(rows)

    def want_again(self) -> None:
        """Say once more what is wanted of saved values: whoever has them is there only now."""
        if self._known.extras.names:
            self.values_wanted.emit(self._known.extras.names)
        self._searching.want_again()

    def why_nothing(self) -> str:
        """What is to be said where no session is shown; "" where nothing was looked for."""
        return self._searching.why_nothing()

    def tick(self) -> None:
        """Time has passed: ages are shown anew, where they became others, and at midnight the groups."""
        now = self._now()
        if now.date() != self._shaping.today:
            self._shaping.begin()
            self.tell_all_changed()
        elif self.rowCount() and now - self._aged >= shown_for(time_of(self._known.newest), now):
            self._aged = now
            self.tell_all_changed(Column.SAVED, Column.SAVED, [Qt.ItemDataRole.DisplayRole])

    def is_fresh(self) -> bool:
        """Whether an age of seconds is shown, so that `tick` is to be called every second."""
        return not shown_for(time_of(self._known.newest), self._now())

    # --- how the list is shaped ---------------------------------------------------------------------------

    def set_filter(self, text: str) -> None:
        """Keep the sessions that a query asks for (`persistence.query`); a wrong one changes nothing."""
        self._searching.set_text(text)

    @property
    def searching(self) -> bool:
        """Whether the list does not show yet what the filter asks for."""
        return self._searching.waiting or self._shaping.busy

    @property
    def busy(self) -> bool:
        """Whether the list does not show yet all that was chosen and told."""
        return self._is_held() or self._arrivals.busy or self._cells.busy

    def set_chip(self, chip: Chip) -> None:
        """Keep the sessions whose status belongs to a chip."""
        self._shape.chip = chip
        self._shaping.begin()

    @property
    def grouping(self) -> Grouping:
        """How the sessions are grouped."""
        return self._shape.grouping

    def set_grouping(self, grouping: Grouping) -> None:
        """Put the sessions under headings by date, subject, launcher, folder, or under none."""
        self._shape.grouping = grouping
        self._shaping.begin()

    def set_short_dates(self, short: bool) -> None:
        """Leave the time out of dates, where room is scarce."""
        self.short_dates = short
        self._aged = datetime.min
        self.tick()

    def toggle(self, heading: Heading) -> None:
        """Fold a group away, or open it again."""
        self._shape.collapsed ^= {heading.key}
        self._shaping.fold()

    def fold_all(self, *, folded: bool) -> None:
        """Fold all groups away, or open them again."""
        headings = map(self.line, self.heading_positions())
        keys = {one.key for one in headings if isinstance(one, Heading)}
        before = self._shape.collapsed
        self._shape.collapsed = before | keys if folded else before - keys
        self._shaping.fold()

    def reveal(self, directory: str) -> QModelIndex:
        """The index of a session, its group opened if need be; invalid when the filter hides it."""
        row = self._known.roster.row(directory)
        key = self._shape.group_key(row, self._shaping.today) if row is not None else ""
        if key in self._shape.collapsed:
            self._shape.collapsed.discard(key)
            self._shaping.fold()
        index = self.index_of(directory)
        if row is None or index.isValid():
            return index
        self._shaping.finish()  # it may be on its way
        return self.index_of(directory)

    def lets_through(self, directory: str) -> bool:
        """Whether a session is shown, or would be if its group stood open."""
        row = self._known.roster.row(directory)
        folded = row is not None and self._shape.group_key(row, self._shaping.today) in self._shape.collapsed
        return folded or self.index_of(directory).isValid()

    def set_columns(self, chosen: Sequence[Extra]) -> None:
        """Show these columns after the others; those that stay keep their order."""
        if {*chosen} == {*self.columns}:
            return
        self._cells.drop()
        self._sorting.follow_columns(lambda: self.choose(chosen))
        self.columns_changed.emit()
        self._shape.take_cells()
        if self._shaping.busy:
            self._shaping.begin()
        self._searching.again_if_words()
        self._go_on()

    @property
    def order(self) -> tuple[int, Qt.SortOrder]:
        """The column that the list is, or is being, sorted by, -1 for newest first, and which way."""
        column, falling = self._sorting.order
        return column, Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is newest first. By a column by choice, a long list is sorted in pieces."""
        self._sorting.sort(column, falling=order == Qt.SortOrder.DescendingOrder)

    # --- what views ask -----------------------------------------------------------------------------------

    def session_count(self) -> int:
        """All sessions, whatever the filter shows."""
        return len(self._known.roster)

    def unsaved_total(self) -> int:
        """All unsaved edits, in every session, also those that are not shown now."""
        return sum(self._known.unsaved.values()) + self._aside

    def count(self, chip: Chip) -> int:
        """Sessions of a chip among those that the filter lets through."""
        return self._shape.counts[chip]

    def named(self, words: str, most: int) -> list[Summary]:
        """The sessions in which all these words stand, or in the names of their folders, whatever the list
        shows: newest first, at most so many.
        """
        from heapq import nlargest  # the first picture does without

        roster = self._known.roster
        sieve = Sieve(roster, self._known.standings, self._known.extras)
        rows = finished(sieve.having(list(roster), words.casefold().split(), in_folders=True))
        return [roster.summary(row) for row in nlargest(most, rows, key=roster.began.__getitem__)]

    # --- columns by choice --------------------------------------------------------------------------------

    def _show_cells(self) -> None:
        self.forget_made()
        self.tell_all_changed(FIRST_EXTRA)
        count = len(self.columns)
        looks = [(self.longest_cell(place), self.is_numeric(FIRST_EXTRA + place)) for place in range(count)]
        if looks != self._looks:
            self._looks = looks
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, FIRST_EXTRA, FIRST_EXTRA + count - 1)
            self.columns_grew.emit()

    def _follow_cells(self) -> None:
        """Sort and search anew, where that looks at cells."""
        self._shape.take_cells()
        self._sorting.follow_cells()
        self._searching.again_if_words()

    # --- within -------------------------------------------------------------------------------------------

    def _is_held(self) -> bool:
        return self._searching.busy or self._sorting.busy or self._shaping.busy

    def _settle(self) -> None:
        """Show what became different of some sessions; all rows are arranged only when one may move."""
        changes = self._known.changes
        self.forget_made()
        if changes.written and self._sorting.by == OUTCOME:
            self._cells.later()
        if self._shape.concerns(changes):
            self._shaping.begin()
        else:
            self.tell_changed(self._shape.take_written())

    def _show_shape(self, arranged: Arranged, placed: Collection[int], written: Collection[int]) -> None:
        self.show_lines(arranged, placed, written)
        self.counts_changed.emit()

    def _go_on(self) -> None:
        """A work has come to its end; others may have waited for that."""
        self._arrivals.go_on()
        if not self.searching:
            self.search_ended.emit()

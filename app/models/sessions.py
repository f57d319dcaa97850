"""The list of sessions as a flat Qt table: sessions and, among them, the headings of their groups.

One idea: the rows are an ordinary Python list that is computed whole (filter, sort, group:
`session_rows`), and the view is told only the difference (`steps`), so that selection and scroll stay
where they are.

Flat, for a QTableView, because the list must bear 100,000 sessions. Measured with 100,000 rows and 100
headings of another height on a 2-core machine (PySide6 6.11, offscreen), reset and paint / one row
inserted: QTableView with fixed sections 5 ms / 0.1 ms; QTreeView over the same flat model 2,600 ms /
2,700 ms, because it asks the flags of every row whenever rows change, and with rows of two heights
scrolled by pixel 3,900 / 4,200 ms. So sections have one fixed height, and only the headings, few, are
given their own.

Not for what a status means (`app.session.status`), nor for reading anything: the catalog brings the
summaries.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.models.headers import header_data
from app.models.heirs import Heirs, spelling
from app.models.session_rows import Chip, Grouping, Heading, Line, SessionRow, make_row
from app.models.session_texts import HEADERS, Column, heading_data, row_data
from app.models.shape import Shape
from app.models.steps import steps
from app.session import Delta, Status, Summary, status

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SESSION_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)  # combined once: combining Python enums for every call is what made 100,000 flags slow
_HEADING_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


class SessionsModel(QAbstractTableModel):
    """Sessions with their headings; told by deltas, shaped by filter, chip, grouping and sort."""

    counts_changed = Signal()

    def __init__(self, now: Callable[[], datetime] = datetime.now, parent: QObject | None = None) -> None:
        """`now` gives the local, naive time that ages are counted from."""
        super().__init__(parent)
        self._now = now
        self._today: date = now().date()
        self._newest = self._aged = datetime.min
        self._rows: dict[str, SessionRow] = {}
        self._unsaved: dict[str, int] = {}
        self._away: frozenset[str] = frozenset()
        self._heirs = Heirs()
        self._lines: list[Line] = []
        self._keys: list[str] = []
        self._positions: dict[str, int] | None = None
        self._shape = Shape()
        self._shaped = self._shape.of((), self._today)
        self.short_dates = False

    # --- what the rest of the house tells ---------------------------------------------------------------

    def apply(self, delta: Delta) -> None:
        """Take over what the catalog says became different."""
        told = (*delta.added, *delta.changed)
        before = [row.summary for key in delta.removed if (row := self._rows.get(key))]
        before += [row.summary for summary in told if (row := self._rows.get(summary.directory))]
        sources = self._heirs.update(before, told)
        fresh = {summary.directory: summary for summary in told}
        if sources:
            marked = (row.summary for key, row in self._rows.items() if spelling(key) in sources)
            fresh = {**{summary.directory: summary for summary in marked}, **fresh}
        self._replace(fresh.values(), removed=delta.removed)

    def set_unsaved(self, directory: str, count: int) -> None:
        """Say how many unsaved edits a session has."""
        self._unsaved[directory] = count
        row = self._rows.get(directory)
        if row is not None:
            self._replace([row.summary])

    def set_unavailable(self, roots: Collection[str]) -> None:
        """Say which watched folders cannot be reached now."""
        changed = self._away.symmetric_difference(roots)
        self._away = frozenset(roots)
        self._replace([row.summary for row in self._rows.values() if row.summary.root in changed])

    def tick(self) -> None:
        """Time has passed: ages are shown anew, and at midnight the groups.

        May be called every second: where all is older than a minute, ages are shown anew every ten seconds
        only, so that an idle window does nothing.
        """
        now = self._now()
        fresh = abs(now - self._newest) < timedelta(minutes=1)
        if now.date() != self._today:
            self._replace([row.summary for row in self._rows.values()])
            self._rearrange()
        elif self._lines and (fresh or now - self._aged >= timedelta(seconds=10)):
            self._aged = now
            first, last = self.index(0, Column.SAVED), self.index(len(self._lines) - 1, Column.SAVED)
            self.dataChanged.emit(first, last, [Qt.ItemDataRole.DisplayRole])

    # --- how the list is shaped ---------------------------------------------------------------------------

    def set_filter(self, text: str) -> None:
        """Keep the sessions in which every word of `text` stands somewhere."""
        words = tuple(text.casefold().split())
        if words != self._shape.words:
            self._shape.words = words
            self._rearrange()

    def set_chip(self, chip: Chip) -> None:
        """Keep the sessions whose status belongs to a chip."""
        self._shape.chip = chip
        self._rearrange()

    @property
    def grouping(self) -> Grouping:
        """How the sessions are grouped."""
        return self._shape.grouping

    def set_grouping(self, grouping: Grouping) -> None:
        """Put the sessions under headings by date, subject, launcher, folder, or under none."""
        self._shape.grouping = grouping
        self._rearrange()

    def set_short_dates(self, short: bool) -> None:
        """Leave the time out of dates, where room is scarce."""
        self.short_dates = short
        self._aged = datetime.min
        self.tick()

    def toggle(self, heading: Heading) -> None:
        """Fold a group away, or open it again."""
        self._shape.collapsed ^= {heading.key}
        self._rearrange()

    def reveal(self, directory: str) -> QModelIndex:
        """The index of a session, its group opened if need be; invalid when the filter hides it."""
        row = self._rows.get(directory)
        key = self._shape.group_key(row, self._today) if row is not None else ""
        if key in self._shape.collapsed:
            self._shape.collapsed.discard(key)
            self._rearrange()
        return self.index_of(directory)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is newest first."""
        self._shape.order = (column, order == Qt.SortOrder.DescendingOrder)
        self._rearrange()

    # --- what views ask -----------------------------------------------------------------------------------

    def summary(self, directory: str) -> Summary | None:
        """The summary of a session, None when it is not known."""
        row = self._rows.get(directory)
        return row.summary if row else None

    def status(self, directory: str) -> Status | None:
        """The status of a session, None when it is not known."""
        row = self._rows.get(directory)
        return row.status if row else None

    def longest_name(self) -> str:
        """The longest name that is listed, for the width of its column."""
        return self._shaped.longest_name

    def heir(self, directory: str) -> str | None:
        """The directory of the session that this one was resumed as."""
        return self._heirs.of(directory)

    def session_count(self) -> int:
        """All sessions, whatever the filter shows."""
        return len(self._rows)

    def unsaved_total(self) -> int:
        """All unsaved edits, in every session."""
        return sum(self._unsaved.values())

    def count(self, chip: Chip) -> int:
        """Sessions of a chip among those that the filter lets through."""
        return self._shaped.counts[chip]

    def index_of(self, directory: str) -> QModelIndex:
        """The index of a session in the first column; invalid when it is not shown."""
        if self._positions is None:
            self._positions = {key: position for position, key in enumerate(self._keys)}
        position = self._positions.get(directory)
        return self.index(position, 0) if position is not None else QModelIndex()

    def line(self, position: int) -> Line:
        """The session or heading at a row."""
        return self._lines[position]

    def heading_positions(self) -> list[int]:
        """The rows that are headings."""
        return [position for position, line in enumerate(self._lines) if isinstance(line, Heading)]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Sessions and headings that are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Session, Subject, Launcher, Saved, Status."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _HEADING_FLAGS if isinstance(self._lines[index.row()], Heading) else _SESSION_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, names for screen readers, and the row or heading itself."""
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if isinstance(line, Heading):
            return heading_data(line, index.column(), role)
        return row_data(line, index.column(), role, self._now(), short_dates=self.short_dates)

    # --- within -------------------------------------------------------------------------------------------

    def _replace(self, summaries: Iterable[Summary], removed: Iterable[str] = ()) -> None:
        """Make the rows of these summaries anew; arrange all rows only when one may have to move."""
        moved, changed = False, []
        for directory in removed:
            moved = self._rows.pop(directory, None) is not None or moved
        for summary in summaries:
            old, new = self._rows.get(summary.directory), self._make(summary)
            if old != new:
                self._rows[summary.directory] = new
                self._newest = max(self._newest, new.saved or datetime.min)
                changed.append(new)
                moved = moved or old is None or self._moved(old, new)
        if moved:
            self._rearrange()
        else:
            self._refresh(changed)

    def _make(self, summary: Summary) -> SessionRow:
        words = status(
            summary,
            unsaved=self._unsaved.get(summary.directory, 0),
            root_available=summary.root not in self._away,
            resumed_as=self._heirs.of(summary.directory),
        )
        return make_row(summary, words, self._now())

    def _moved(self, old: SessionRow, new: SessionRow) -> bool:
        return self._shape.place(old, self._today) != self._shape.place(new, self._today)

    def _refresh(self, rows: Iterable[SessionRow]) -> None:
        for row in rows:
            index = self.index_of(row.key)
            if index.isValid():
                self._lines[index.row()] = row
                self.dataChanged.emit(index, index.siblingAtColumn(Column.STATUS))

    def _rearrange(self) -> None:
        self._today = self._now().date()
        self._shaped = self._shape.of(self._rows.values(), self._today)
        self._show(self._shaped.lines)
        self.counts_changed.emit()

    def _show(self, lines: list[Line]) -> None:
        """Make `lines` the rows, telling the view no more than what changed."""
        keys = [line.key for line in lines]
        plan = steps(self._keys, keys)
        if plan is None:
            self.beginResetModel()
            self._put(slice(None), lines, keys)
            self.endResetModel()
            return
        for first, last in plan.removed:
            self.beginRemoveRows(_ROOT, first, last)
            self._put(slice(first, last + 1), [], [])
            self.endRemoveRows()
        for first, last in plan.inserted:
            self.beginInsertRows(_ROOT, first, last)
            self._put(slice(first, first), lines[first : last + 1], keys[first : last + 1])
            self.endInsertRows()
        self._tell_changed(lines)

    def _put(self, place: slice, lines: list[Line], keys: list[str]) -> None:
        self._lines[place] = lines
        self._keys[place] = keys
        self._positions = None  # a view may ask for positions between two steps

    def _tell_changed(self, lines: list[Line]) -> None:
        old, self._lines = self._lines, list(lines)
        changed = [i for i, (one, other) in enumerate(zip(old, lines, strict=True)) if one is not other]
        for position in changed:
            if old[position] != lines[position]:
                self.dataChanged.emit(self.index(position, 0), self.index(position, Column.STATUS))

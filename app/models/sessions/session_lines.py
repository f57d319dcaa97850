"""The rows of the list as Qt asks for them, and how a view is told that they became others.

One idea: a line is a number or the key of a heading; whatever a view wants to know of it is made when it
asks, and kept for as long as it is true, because a screen shows few and asks often. Not for which lines there
are (`shape`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app.models.headers import Index, header_data
from app.models.sessions.groups import Arranged
from app.models.sessions.known import KnownSessions
from app.models.sessions.session_rows import FIRST_EXTRA, Column, Heading, Line, SessionRow
from app.models.sessions.session_texts import HEADERS, heading_data, row_data, shown, title_tip
from app.models.steps import Steps, ranges, steps
from app.session import Status, Summary, last_part
from app.words.apart import named_in

_ROOT = QModelIndex()
_SESSION_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)  # combined once: combining Python enums for every call is what made 100,000 flags slow
_HEADING_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_FEW = 64
"""Rows that move, or ranges that are told, before it is quicker to start anew or to tell all."""
SHORT = 2_000
"""Lines that are compared one by one whatever happened to them: that takes less than a millisecond."""
_LOOKED_UP = 8
"""Lines that are found sooner one by one than by a look at each."""
_MOST_MADE = 512


class SessionLines(QAbstractTableModel):
    """A table over lines of known sessions."""

    def __init__(self, known: KnownSessions, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._known = known
        self._now = now
        self._arranged = Arranged([])
        self._lines: list[int | str] = []
        self._made: dict[int, SessionRow] = {}
        self.short_dates = False

    # --- what views ask -----------------------------------------------------------------------------------

    def summary(self, directory: str) -> Summary | None:
        """The summary of a session, None when it is not known."""
        row = self._known.roster.row(directory)
        return None if row is None else self._known.roster.summary(row)

    def called(self, directory: str) -> str:
        """What a session is called in a sentence: with its folder where others have its name."""
        summary = self.summary(directory)
        beside = self._known.beside(summary) if summary is not None else ""
        return named_in(last_part(directory), beside)

    def status(self, directory: str) -> Status | None:
        """The status of a session, None when it is not known."""
        summary = self.summary(directory)
        return None if summary is None else self._known.status(summary)

    def standing(self, directory: str) -> tuple[Summary, Status] | None:
        """Both of a session, None when it is not known."""
        summary = self.summary(directory)
        return None if summary is None else (summary, self._known.status(summary))

    def longest_name(self) -> str:
        """The longest name that was ever listed, for the width of its column."""
        return self._known.longest_name

    def longest_own_name(self) -> str:
        """The same without the folder that stands beside some."""
        return self._known.longest_own_name

    def longest_subject(self) -> str:
        """The longest subject that was ever listed, likewise."""
        return self._known.longest_subject

    def longest_launcher(self) -> str:
        """The longest text for a launcher that was ever listed, likewise."""
        return self._known.longest_launcher

    def longest_status(self) -> str:
        """The longest word for a status that was ever listed, likewise."""
        return self._known.longest_status

    def most_marks(self) -> Mapping[tuple[str, str], int]:
        """How many marks ever stood beside a status, by its kind and word, likewise."""
        return self._known.standings.most_marks

    def heir(self, directory: str) -> str | None:
        """The directory of the session that this one was resumed as."""
        return self._known.heir(directory)

    def index_of(self, directory: str) -> QModelIndex:
        """The index of a session in the first column; invalid when it is not shown."""
        row = self._known.roster.row(directory)
        return QModelIndex() if row is None else self._index_of_line(row)

    def index_of_heading(self, key: str) -> QModelIndex:
        """The index of the heading of a group in the first column; invalid when it is not shown."""
        return self._index_of_line(key)

    def line(self, position: int) -> Line:
        """The session or heading at a row."""
        line = self._lines[position]
        if isinstance(line, str):
            return self._arranged.headings[line]
        made = self._made.get(line)
        if made is None:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            made = self._made[line] = self._known.shown(line)
        return made

    def text(self, row: SessionRow, column: int) -> str:
        """What a cell of a session shows."""
        return shown(row, column, self._now(), short_dates=self.short_dates)

    def is_session(self, position: int) -> bool:
        """Whether there is a session at a row, and not a heading."""
        return isinstance(self._lines[position], int)

    def directories_at(self, positions: Iterable[int]) -> frozenset[str]:
        """The sessions at some rows; headings are none."""
        lines, directories = self._lines, self._known.roster.directories
        return frozenset(
            [directories[line] for line in map(lines.__getitem__, positions) if isinstance(line, int)]
        )

    def positions_of(self, directories: Collection[str]) -> list[int]:
        """The rows at which these sessions are shown, from top to bottom."""
        wanted = {row for row in map(self._known.roster.row, directories) if row is not None}
        return self._found(wanted)

    def heading_positions(self) -> Sequence[int]:
        """The rows that are headings, from top to bottom."""
        return self._arranged.positions

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Sessions and headings that are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Session, Subject, Launcher, Saved, Status, and those by choice."""
        return 0 if parent.isValid() else FIRST_EXTRA + len(self._known.extras.chosen)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns, and what is to be known of them."""
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return title_tip(section)
        return header_data(self._titles(), section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _SESSION_FLAGS if self.is_session(index.row()) else _HEADING_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, names for screen readers, and the row or heading itself."""
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self.line(index.row())
        if isinstance(line, Heading):
            return heading_data(line, index.column(), role)
        title = self._titles()[index.column()]
        return row_data(line, index.column(), role, self._now(), short_dates=self.short_dates, title=title)

    # --- how a view is told -------------------------------------------------------------------------------

    def forget_made(self) -> None:
        """What was made for views may not be true any more."""
        self._made.clear()

    def show_lines(self, arranged: Arranged, placed: Collection[int], written: Collection[int]) -> None:
        """Make these the lines. `placed` are rows that came, went or moved, `written` all that changed."""
        few = len(placed) <= _FEW and bool(placed)
        short = len(self._lines) + len(arranged.lines) <= SHORT
        same = self._lines == arranged.lines
        plan = Steps((), ()) if same else steps(self._lines, arranged.lines) if few or short else None
        if plan is None:
            self.beginResetModel()
            self._arranged, self._lines = arranged, arranged.lines
            self.endResetModel()
            return
        headings = self._arranged.headings
        self._arranged = Arranged(arranged.lines, {**headings, **arranged.headings}, arranged.positions)
        self._take(plan.removed, plan.inserted, arranged.lines)
        self._arranged, self._lines = arranged, arranged.lines
        others: set[int | str] = {
            key for key, heading in arranged.headings.items() if headings.get(key, heading) != heading
        }
        inserted = {line for first, last in plan.inserted for line in arranged.lines[first : last + 1]}
        self.tell_changed(others.union(written) - inserted)

    def tell_changed(self, lines: Collection[int | str]) -> None:
        """Tell that some lines look different now."""
        runs = ranges(self._found(lines))
        for first, last in runs if len(runs) <= _FEW else [(runs[0][0], runs[-1][1])]:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))

    def tell_all_changed(
        self, first: int = Column.SESSION, last: int | None = None,
        roles: Sequence[Qt.ItemDataRole] = (),
    ) -> None:  # fmt: skip
        """Tell that these columns look different now."""
        if self._lines:
            right = self.columnCount() - 1 if last is None else last
            self.dataChanged.emit(self.index(0, first), self.index(len(self._lines) - 1, right), roles)

    # --- within -------------------------------------------------------------------------------------------

    def _titles(self) -> tuple[str, ...]:
        return (*HEADERS, *(extra.title for extra in self._known.extras.chosen))

    def _found(self, lines: Collection[int | str]) -> list[int]:
        """Where these lines are, from top to bottom."""
        if len(lines) <= _LOOKED_UP:
            return sorted(index.row() for index in map(self._index_of_line, lines) if index.isValid())
        return [position for position, line in enumerate(self._lines) if line in lines]

    def _index_of_line(self, line: int | str) -> QModelIndex:
        if isinstance(line, str):
            places = dict(zip(self._arranged.headings, self._arranged.positions, strict=False))
            return self.index(places[line], 0) if line in places else QModelIndex()
        try:
            return self.index(self._lines.index(line), 0)
        except ValueError:
            return QModelIndex()

    def _take(
        self, removed: Sequence[tuple[int, int]], inserted: Sequence[tuple[int, int]], lines: list[int | str]
    ) -> None:
        for first, last in removed:
            self.beginRemoveRows(_ROOT, first, last)
            del self._lines[first : last + 1]
            self.endRemoveRows()
        for first, last in inserted:
            self.beginInsertRows(_ROOT, first, last)
            self._lines[first:first] = lines[first : last + 1]
            self.endInsertRows()

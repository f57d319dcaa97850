"""Which sessions of the list are selected, and which one of them is shown.

One idea: a session is selected by its directory, not by its row. It stays selected while a filter hides it,
until others are selected, is found again when rows move or are made anew, and nobody is told then that
anything was selected. Not for keys and mouse, nor for what is shown of a session.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    Signal,
)
from PySide6.QtWidgets import QTableView

from app.models.sessions.session_rows import SessionRow
from app.models.sessions.sessions import SessionsModel
from app.models.steps import ranges

MOST_KEPT = 1_000
"""Sessions that are found again when rows move: with more nothing can be done, and a frame has no room."""
_Flag = QItemSelectionModel.SelectionFlag


class SessionSelection(QObject):
    """The selection of one table. It is made before the table has its model, to hear of rows before they
    come and go; then `begin` is called. `session_selected` carries the directory that is to be
    shown, or None; `changed` tells that others beside it were selected, or are not any more.
    """

    session_selected = Signal(object)
    changed = Signal()

    def __init__(self, view: QTableView, sessions: SessionsModel) -> None:
        super().__init__(view)
        self._view = view
        self._sessions = sessions
        self._directory: str | None = None
        self._rows_move = False
        self._seen: frozenset[str] | None = frozenset()  # while rows move: which were selected in sight
        self._hidden = frozenset[str]()  # which are selected, and cannot be seen
        sessions.modelAboutToBeReset.connect(self._note)
        sessions.rowsAboutToBeRemoved.connect(self._note)
        sessions.rowsAboutToBeInserted.connect(self._note)  # Qt tells of a stretch that is parted

    def begin(self) -> None:
        """The table has its model."""
        self._model.selectionChanged.connect(self._follow_hand)
        self._model.currentChanged.connect(self._follow_hand)

    @property
    def directory(self) -> str | None:
        """The session that is selected and shown, also while a filter hides it."""
        return self._directory

    @property
    def index(self) -> QModelIndex:
        """Its row; none that is valid while a filter hides it."""
        return self._sessions.index_of(self._directory) if self._directory else QModelIndex()

    @property
    def count(self) -> int:
        """How many sessions are selected that can be seen; headings between them are none."""
        headings = self._sessions.heading_positions()
        return sum(
            part.height() - bisect_right(headings, part.bottom()) + bisect_left(headings, part.top())
            for part in self._parts()
        )

    def directories(self, most: int) -> tuple[str, ...]:
        """The sessions that are selected and can be seen, in their order; no more than so many."""
        rows = sorted(row for part in self._parts() for row in _rows_of(part, most))
        lines = (self._sessions.line(row) for row in rows[:most])
        return tuple(line.key for line in lines if isinstance(line, SessionRow))

    def take(self, index: QModelIndex) -> None:
        """Select this session alone, whatever keys are held down meanwhile; while rows move, too."""
        self._rows_move, self._seen, self._hidden = False, frozenset(), frozenset()
        self._model.setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)

    def take_current(self) -> None:
        """Select the session that the keyboard stands on, where none is selected."""
        index = self._view.currentIndex()
        session = index.isValid() and self._sessions.is_session(index.row())
        if session and not self._model.hasSelection():
            self.take(index)

    def take_first(self) -> None:
        """Select the first session, where none that is shown is selected."""
        rows = range(self._sessions.rowCount())
        first = next((row for row in rows if self._sessions.is_session(row)), None)
        if first is not None and not self._model.hasSelection():
            self.take(self._sessions.index(first, 0))

    def take_again(self) -> None:
        """All rows are in their places again, told one by one or made anew."""
        before, wanted = self._seen, self._hidden | (self._seen or frozenset())
        self._rows_move = True  # what is selected here was so before
        lost = self.index.isValid() and not self._model.isSelected(self.index)
        rows = self._sessions.positions_of(wanted)
        self._add(rows)
        if lost:
            self._model.setCurrentIndex(self.index, _Flag.Select | _Flag.Rows)
        there = self._sessions.directories_at(rows)
        hidden = (one for one in wanted - there if self._sessions.summary(one) is not None)
        self._rows_move, self._seen, self._hidden = False, frozenset(), frozenset(hidden)
        if there != before:
            self._tell()

    def widen(self) -> None:
        """Take in new columns, which are not selected by themselves."""
        self._rows_move = True  # as after rows that went
        self._model.select(self._model.selection(), _Flag.Select | _Flag.Rows)
        self._rows_move = False

    def forget_if_gone(self) -> None:
        """The list has changed, and may not have the session any more."""
        if self._directory is not None and self._sessions.summary(self._directory) is None:
            self._directory = None
            self.session_selected.emit(None)

    # --- within ---------------------------------------------------------------------------------------------

    @property
    def _model(self) -> QItemSelectionModel:
        return self._view.selectionModel()

    def _parts(self) -> list[QItemSelectionRange]:
        """What is selected, as ranges: however many rows there are, these are few."""
        selection = self._model.selection()
        return [selection.at(position) for position in range(selection.size())]

    def _note(self) -> None:
        """Before the first of several changes of rows, note what is selected."""
        if not self._rows_move:
            self._rows_move = True
            rows = [row for part in self._parts() for row in _rows_of(part, MOST_KEPT)]
            self._seen = self._sessions.directories_at(rows) if len(rows) <= MOST_KEPT else None

    def _add(self, rows: Sequence[int]) -> None:
        """Select these rows, too, as few stretches."""
        added, last = QItemSelection(), self._sessions.columnCount() - 1
        for top, bottom in ranges(rows):
            added.append(
                QItemSelectionRange(self._sessions.index(top, 0), self._sessions.index(bottom, last))
            )
        self._model.select(added, _Flag.Select)

    def _first(self) -> QModelIndex:
        """The first session that is selected; a stretch of rows may begin with headings, which never are."""
        rows = (row for part in self._parts() for row in range(part.top(), part.bottom() + 1))
        first = next(filter(self._sessions.is_session, rows), None)
        return QModelIndex() if first is None else self._sessions.index(first, 0)

    def _follow_hand(self) -> None:
        """What is selected now is all that is, unless rows have moved."""
        if not self._rows_move:
            self._hidden = frozenset()
            self._tell()

    def _tell(self) -> None:
        """Of several sessions that are selected the current one is shown, else the one that was."""
        wanted = (self._view.currentIndex(), self.index, self._first())
        index = next((one for one in wanted if one.isValid() and self._model.isSelected(one)), None)
        line = self._sessions.line(index.row()) if index is not None else None
        if isinstance(line, SessionRow) and line.key != self._directory:
            self._directory = line.key
            self.session_selected.emit(line.key)
        self.changed.emit()


def _rows_of(part: QItemSelectionRange, most: int) -> range:
    return range(part.top(), min(part.bottom(), part.top() + most) + 1)

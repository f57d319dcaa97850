"""In which order the columns of the session list stand.

One idea: the names stand first, because they stay in sight when the list is scrolled sideways; all others
stand where somebody has put them, by dragging their titles or by the menu, whether they are in sight or not.
One that comes new stands before the status where that is the last, else it is the last itself. Not for how
wide columns are (`session_columns`).
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QTableView

from app.models.sessions.session_rows import FIRST_EXTRA, Column, Extra
from app.models.sessions.sessions import SessionsModel


class ColumnOrder(QObject):
    """The order of the columns of one table. `changed`: they stand otherwise now."""

    changed = Signal()

    def __init__(self, view: QTableView, sessions: SessionsModel) -> None:
        super().__init__(view)
        self._sessions = sessions
        self._header = view.horizontalHeader()
        self._header.setSectionsMovable(True)
        self._header.setFirstSectionMovable(False)
        self._putting = False
        self._header.sectionMoved.connect(self._tell)
        sessions.columnsInserted.connect(self._place)

    @property
    def seen(self) -> list[int]:
        """The numbers of the columns that are shown, from left to right."""
        return [column for column in self._now if not self._header.isSectionHidden(column)]

    @property
    def places(self) -> tuple[Column | Extra, ...]:
        """The columns behind the names as they stand, where that is not the usual order."""
        now = self._now
        return () if now == self._usual else tuple(map(self._value, now[1:]))

    def put(self, places: Sequence[Column | Extra]) -> None:
        """Have these columns stand behind the names, as far as they are there, and all others behind them as
        usual.
        """
        numbers = {self._value(column): column for column in self._usual[1:]}
        named = [numbers[one] for one in dict.fromkeys(places) if one in numbers]
        others = [column for column in self._usual[1:] if column not in named]
        self._putting = True
        for place, column in enumerate((*named, *others), 1):
            self._header.moveSection(self._header.visualIndex(column), place)
        self._putting = False
        self.changed.emit()

    def move(self, column: int, by: int) -> None:
        """Have a column stand beyond the next one that is shown, at its left (-1) or its right (1)."""
        seen = self.seen
        to = seen.index(column) + by if column in seen else 0
        if 0 < to < len(seen):
            self._header.moveSection(self._header.visualIndex(column), self._header.visualIndex(seen[to]))

    # --- within ---------------------------------------------------------------------------------------------

    @property
    def _now(self) -> list[int]:
        return [self._header.logicalIndex(place) for place in range(self._header.count())]

    @property
    def _usual(self) -> list[int]:
        own = [*Column][:-1]
        return [*own, *range(FIRST_EXTRA, self._header.count()), Column.STATUS]

    def _value(self, column: int) -> Column | Extra:
        return Column(column) if column < FIRST_EXTRA else self._sessions.columns[column - FIRST_EXTRA]

    def _place(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._putting = True
        for column in range(first, last + 1):  # Qt has put it at the end
            before = self._header.visualIndex(column) - 1
            if self._header.logicalIndex(before) == Column.STATUS:
                self._header.moveSection(before + 1, before)
        self._putting = False

    def _tell(self) -> None:
        if not self._putting:
            self.changed.emit()

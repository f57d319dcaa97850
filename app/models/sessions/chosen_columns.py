"""The columns by choice of the list, as they come and go for a view.

One idea: a view is told of each column that comes or goes, so that it keeps everything else as it is. Not for
what stands in them (`extras`), nor for sorting by them (`sessions`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal

from app.models.pieces import Pieces
from app.models.sessions.known import KnownSessions
from app.models.sessions.session_lines import SessionLines
from app.models.sessions.session_rows import FIRST_EXTRA, Extra


class ChosenColumns(SessionLines):
    """Lines with columns by choice. `columns_changed` tells that they are others, `columns_grew` that texts
    in them are longer than any before; `values_wanted` carries the names of saved values that they show, a
    tuple.
    """

    columns_changed = Signal()
    columns_grew = Signal()
    values_wanted = Signal(object)

    def __init__(self, known: KnownSessions, now: Callable[[], datetime]) -> None:
        super().__init__(known, now)
        self._letting_go = Pieces(self)  # nobody waits for it: what fails is done with the next choice

    @property
    def columns(self) -> tuple[Extra, ...]:
        """The columns by choice, in their order."""
        return self._known.extras.chosen

    def longest_cell(self, position: int) -> str:
        """The longest text that was ever in a column by choice, for its width."""
        return self._known.extras.column(position).longest

    def is_numeric(self, column: int) -> bool:
        """Whether there are numbers in a column, and nothing else: they stand at the right."""
        position = column - FIRST_EXTRA
        return 0 <= position < len(self.columns) and self._known.extras.column(position).numeric

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """As of every column; over numbers, at the right."""
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole and across and self.is_numeric(section):
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        return super().headerData(section, orientation, role)

    def choose(self, chosen: Sequence[Extra]) -> None:
        """Have these columns after the others; those that stay keep their order."""
        stay = tuple(extra for extra in self.columns if extra in chosen)
        for position in reversed(range(len(self.columns))):
            if self.columns[position] not in stay:
                self.beginRemoveColumns(QModelIndex(), FIRST_EXTRA + position, FIRST_EXTRA + position)
                self._have(self.columns[:position] + self.columns[position + 1 :])
                self.endRemoveColumns()
        for extra in dict.fromkeys(chosen):
            if extra not in stay:
                at = FIRST_EXTRA + len(self.columns)
                self.beginInsertColumns(QModelIndex(), at, at)
                self._have((*self.columns, extra))
                self.endInsertColumns()
        self._letting_go.begin(self._known.extras.letting_go(), lambda _: None, whole=False)
        self.values_wanted.emit(self._known.extras.names)

    def _have(self, chosen: tuple[Extra, ...]) -> None:
        self._known.extras.choose(chosen)
        self.forget_made()

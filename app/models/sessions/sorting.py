"""The order that is wanted of the list, until it stands in it.

One idea: the order somebody chose last is the wanted one from the click on, though a sort by a column by
choice takes longer than a frame; whatever starts such a sort anew (rows, cells, columns) starts the wanted
one. Not for the order that is shown (`shape`), nor for sorting (`cell_order`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.models.sessions.known import KnownSessions
from app.models.sessions.session_rows import FIRST_EXTRA, Extra
from app.models.sessions.shape import Shape
from app.models.sessions.shape_work import ShapeWork


class Sorting(ShapeWork):
    """Sorts one shape; `show` is called when that has become another. `order` is the wanted one, as
    `Shape.order`.
    """

    def __init__(self, known: KnownSessions, shape: Shape, show: Callable[[], None], parent: QObject) -> None:
        super().__init__(known, shape, parent)
        self._show = show
        self._outdated = False
        self.order = shape.order

    @property
    def by(self) -> Extra | None:
        """The column by choice that is to be sorted by."""
        return self._extra(self.order[0])

    def sort(self, column: int, *, falling: bool) -> None:
        """Sort by a column; -1 is newest first."""
        self.order = (column, falling)
        self._pieces.drop()
        if self.by is not None:
            self._begin()
            return
        self._shape.sort(column, falling=falling)
        self._show()

    def follow_cells(self) -> None:
        """Cells became others: sort anew, where that looks at them. A sort under way comes to its end first:
        cells that keep coming must not keep it from that.
        """
        if self.busy:
            self._outdated = True
        elif self.by is not None:
            self._begin()

    def follow_columns(self, choose: Callable[[], None]) -> None:
        """Let `choose` put other columns there; those that are sorted by are found again."""
        wanted, shown = self.by, self._extra(self._shape.order[0])
        self._pieces.drop()
        choose()
        columns = self._known.extras.chosen
        if shown in columns:
            self._shape.cells_moved(columns.index(shown))
        elif shown is not None:
            self._shape.sort(-1, falling=False)
            self._show()
        if wanted in columns:
            self.sort(FIRST_EXTRA + columns.index(wanted), falling=self.order[1])
        elif wanted is not None:
            self.sort(-1, falling=False)

    def _extra(self, column: int) -> Extra | None:
        return self._known.extras.chosen[column - FIRST_EXTRA] if column >= FIRST_EXTRA else None

    def _begin(self) -> None:
        self._outdated = False
        column, falling = self.order
        position, rows = column - FIRST_EXTRA, self._shape.rows

        def take(ordered: list[int]) -> None:
            if rows is not self._shape.rows:  # some came or went meanwhile
                self._begin()
                return
            self._shape.take_sorted(ordered, position, falling=falling)
            self._show()
            if self._outdated:
                self._begin()

        self._work(self._shape.sorting(position, falling=falling), take)

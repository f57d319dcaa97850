"""Changes of a saved state as a table: one row each, with a tick where some of them can be left out.

One idea: the rows are what the draft says (or a version against another); ticks and the button that takes a
change back are wishes of the operator, told by a signal. Rows that are still there keep their tick and the
view its place. Not for making changes, nor for their words (`change_texts`).
"""

from collections.abc import Hashable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from app.models.headers import Index, header_data
from app.models.steps import steps
from app.values.renamed import Renamed
from app.words.beside_texts import value_text
from app.words.change_texts import ChangeText, change_text
from app.words.plain import TIP_LIMIT, tip
from persistence.document import Absent
from persistence.states.diff import Change
from persistence.states.merge import Spot

HEADERS = ("Attribute", "From", "To", "Type", "")
_ROOT = QModelIndex()
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ChangeColumn(IntEnum):
    """The columns, left to right; the last one holds the button that takes a change back."""

    ATTRIBUTE = 0
    BEFORE = 1
    AFTER = 2
    TYPE = 3
    TAKE_BACK = 4


class ChangeRole(IntEnum):
    """What a delegate asks beyond Qt's own roles: the words of a row, whether it is ticked, and whether a
    word of ours stands in the place of a value.
    """

    TEXT = Qt.ItemDataRole.UserRole + 1
    TICKED = Qt.ItemDataRole.UserRole + 2
    WORD = Qt.ItemDataRole.UserRole + 3


MERGED_HEADERS = ("Attribute", "Before", "Now", "What becomes of it", "")


def spot_of(change: Change) -> Spot:
    """Which change it is, among those of one draft."""
    return change.namespace, change.place


def _row_of(change: Change) -> Hashable:
    """Which row it is: that a value has another name stands beside what the other side made of it."""
    return spot_of(change), isinstance(change, Renamed)


class ChangesModel(QAbstractTableModel):
    """Changes, each ticked until it is left out. `ticks_changed` is emitted when one was or came back."""

    ticks_changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, ticks: bool = False, take_back: bool = False
    ) -> None:
        """`ticks`: rows can be left out. `take_back`: there is a column for taking a change back."""
        super().__init__(parent)
        self._ticks = ticks
        self._take_back = take_back
        self._changes: tuple[Change, ...] = ()
        self._texts: dict[int, ChangeText] = {}
        self._left_out: set[Spot] = set()
        self._ticked: tuple[Change, ...] | None = None
        self._ticked_spots: frozenset[Spot] | None = None
        self._with_launcher = False

    # --- setters --------------------------------------------------------------------------------------------

    def set_changes(self, changes: Sequence[Change], *, with_launcher: bool = False) -> None:
        """Show these changes; `with_launcher` where they may be of several launchers."""
        old = [_row_of(change) for change in self._changes]
        new = [_row_of(change) for change in changes]
        plan = steps(old, new)
        if plan is None:
            self.beginResetModel()
            self._put(changes, with_launcher=with_launcher)
            self.endResetModel()
            return
        kept = list(self._changes)
        for first, last in plan.removed:
            self.beginRemoveRows(_ROOT, first, last)
            del kept[first : last + 1]
            self._put(kept, with_launcher=with_launcher)
            self.endRemoveRows()
        for first, last in plan.inserted:
            self.beginInsertRows(_ROOT, first, last)
            kept[first:first] = changes[first : last + 1]
            self._put(kept, with_launcher=with_launcher)
            self.endInsertRows()
        self._put(changes, with_launcher=with_launcher)
        if changes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(changes) - 1, self.columnCount() - 1))

    def tick(self, row: int, *, ticked: bool) -> None:
        """Take a change in, or leave it out."""
        spot = spot_of(self._changes[row])
        if self._ticks and ticked == (spot in self._left_out):
            (self._left_out.discard if ticked else self._left_out.add)(spot)
            self._ticked = self._ticked_spots = None
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
            self.ticks_changed.emit()

    # --- what is shown --------------------------------------------------------------------------------------

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, in the order of the rows."""
        return self._changes

    @property
    def ticked(self) -> tuple[Change, ...]:
        """Those that are not left out; found once, for a sheet asks again and again."""
        if self._ticked is None:
            left_out = self._left_out
            ticked = (one for one in self._changes if spot_of(one) not in left_out)
            self._ticked = tuple(ticked) if left_out else self._changes
        return self._ticked

    @property
    def ticked_spots(self) -> frozenset[Spot]:
        """Where these stand; found once, too."""
        if self._ticked_spots is None:
            self._ticked_spots = frozenset(map(spot_of, self.ticked))
        return self._ticked_spots

    def is_ticked(self, row: int) -> bool:
        """Whether a change is not left out."""
        return spot_of(self._changes[row]) not in self._left_out

    def text(self, row: int) -> ChangeText:
        """The words of a row; made when it is looked at first."""
        if row not in self._texts:
            self._texts[row] = change_text(self._changes[row], with_launcher=self._with_launcher)
        return self._texts[row]

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The changes."""
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Attribute, From, To, Type, and perhaps the button that takes a change back."""
        return 0 if parent.isValid() else len(HEADERS) - (not self._take_back)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be selected; its first cell has the tick."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        tick = self._ticks and index.column() == ChangeColumn.ATTRIBUTE
        return _SHOWN | Qt.ItemFlag.ItemIsUserCheckable if tick else _SHOWN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, ticks, tool tips, names for screen readers."""
        if not index.isValid() or not 0 <= index.row() < len(self._changes):
            return None
        row, column = index.row(), index.column()
        if role == ChangeRole.TEXT:
            return self.text(row)
        if role == ChangeRole.TICKED:
            return self.is_ticked(row) if self._ticks else None
        if role == ChangeRole.WORD:
            return self._is_word(row, column)
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(row) if column == ChangeColumn.ATTRIBUTE and self._ticks else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._exact(row, column)) or None
        return self._spoken(row, column) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A tick set or taken away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        self.tick(index.row(), ticked=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    # --- within ---------------------------------------------------------------------------------------------

    def _put(self, changes: Sequence[Change], *, with_launcher: bool) -> None:
        self._changes = tuple(changes)
        self._ticked = self._ticked_spots = None
        self._texts = {}
        self._with_launcher = with_launcher

    def _check_state(self, row: int) -> Qt.CheckState:
        return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked

    def _is_word(self, row: int, column: int) -> bool:
        """ "removed", "not there", "empty (None)"."""
        change = self._changes[row]
        sides = {ChangeColumn.BEFORE: change.before, ChangeColumn.AFTER: change.after}
        side = sides.get(ChangeColumn(column), "")
        return side is None or isinstance(side, Absent)

    def _cell(self, row: int, column: int) -> str:
        return "" if column == ChangeColumn.TAKE_BACK else str(self.text(row)[column])

    def _exact(self, row: int, column: int) -> str:
        change = self._changes[row]
        if column == ChangeColumn.BEFORE:
            return value_text(change.before, TIP_LIMIT)
        if column == ChangeColumn.AFTER:
            return value_text(change.after, TIP_LIMIT)
        return "Take this edit back" if column == ChangeColumn.TAKE_BACK else self._cell(row, column)

    def _spoken(self, row: int, column: int) -> str:
        if column == ChangeColumn.TAKE_BACK:
            return "Take this edit back"
        said = f"{HEADERS[column]} {self._cell(row, column)}"
        if column != ChangeColumn.ATTRIBUTE or not self._ticks:
            return said
        return said if self.is_ticked(row) else f"{said}, left out"


class MergedModel(ChangesModel):
    """What a merge settles by itself: changes of theirs, and mine that they did not touch."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mine: frozenset[Hashable] = frozenset()

    def set_merged(
        self, theirs: Sequence[Change], mine: Sequence[Change], *, with_launcher: bool = False
    ) -> None:
        """Show changes that come from the disk, then those that stay edits."""
        self._mine = frozenset(map(_row_of, mine))
        self.set_changes((*theirs, *mine), with_launcher=with_launcher)

    def text(self, row: int) -> ChangeText:
        """The words of a row, with what becomes of it."""
        plain = super().text(row)
        change = self.changes[row]
        mine = _row_of(change) in self._mine
        note, mark = ("Your edit stays", "mine") if mine else ("Taken from disk", "theirs")
        note = f"{note}, renamed" if isinstance(change, Renamed) else note
        return plain._replace(note=note, mark=mark)  # type: ignore[arg-type]  # one of the two marks

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(MERGED_HEADERS, section, orientation, role)

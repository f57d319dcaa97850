"""The plan of a resume as rows with ticks: what becomes of each attribute, and what the operator leaves out.

One idea: the rows follow from the plan, the ticks and the filter; a tick is the only thing that can be
changed here, and everybody who counts is told. Not for what the plan says (`app.resuming.plan`).
"""

from collections.abc import Collection
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from app.models.headers import Index, header_data
from app.models.state.unread import is_unread, text_unread
from app.resuming.plan import WORDS, Plan, Row
from app.values.edit_text import shown
from app.values.fit_text import escaped
from app.words.places import NOT_THERE
from app.words.plain import TIP_LIMIT, tip
from persistence.document import Absent
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.spelled import Spelled, plain

HEADERS = ("Attribute", "Value", "What happens")
_ROOT = QModelIndex()
_QUIET = frozenset({Kind.LIST, Kind.MAPPING, Kind.TUPLE, Kind.SET, Kind.FROZEN_SET, Kind.EMPTY, Kind.UNKNOWN})
"""Kinds whose values say little by themselves: a number of items, or nothing."""


class PlanColumn(IntEnum):
    """The columns."""

    ATTRIBUTE = 0
    VALUE = 1
    FATE = 2


class PlanRole(IntEnum):
    """Beyond Qt's own roles: the row itself, and whether its value says little."""

    ROW = Qt.ItemDataRole.UserRole + 1
    QUIET = Qt.ItemDataRole.UserRole + 2


class PlanModel(QAbstractTableModel):
    """The rows of one plan. `ticks_changed` is emitted when the plan with its ticks became another."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._whole = Plan()
        self._left_out: frozenset[str] = frozenset()
        self._filter = ""
        self.plan = Plan()
        """With what the operator has left out."""
        self._shown: list[int] = []

    def set_plan(self, plan: Plan, left_out: Collection[str] | None = None) -> None:
        """Show another plan; ticks stay, unless other names to leave out are given."""
        self.beginResetModel()
        self._whole = plan
        if left_out is not None:
            self._left_out = frozenset(left_out)
        self._arrange()
        self.endResetModel()
        self.ticks_changed.emit()

    def set_filter(self, text: str) -> None:
        """Show only the rows that hold this text, in name, value, fate or note."""
        self.beginResetModel()
        self._filter = text.strip().casefold()
        self._arrange()
        self.endResetModel()

    def row_at(self, position: int) -> Row:
        """The row that is shown there."""
        return self.plan.rows[self._shown[position]]

    @property
    def all_taken(self) -> bool:
        """Whether nothing is left out that could be restored."""
        return not any(row.choosable and not row.taken for row in self.plan.rows)

    def tick_all(self, *, ticked: bool) -> None:
        """Take everything that can be restored, or leave all of it out."""
        names = () if ticked else (row.name for row in self._whole.rows if row.choosable)
        self.set_plan(self._whole, frozenset(names))

    def flip(self, position: int) -> None:
        """Take or leave out the attribute of a row; nothing where there is no choice."""
        row = self.row_at(position)
        if row.choosable:
            self._left_out ^= {row.name}
            self.plan = self._whole.without(self._left_out)
            self.dataChanged.emit(self.index(position, 0), self.index(position, len(HEADERS) - 1))
            self.ticks_changed.emit()

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The rows that the filter lets through."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Attribute, Value, What happens."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, the tick, and what the delegate asks."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        row = self.row_at(index.row())
        if role == PlanRole.ROW:
            return row
        if role == PlanRole.QUIET:
            return isinstance(row.value, Absent) or _unread(row) or _is_quiet(plain(row.value))
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == PlanColumn.ATTRIBUTE:
            return _check_state(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(row)[index.column()]
        return tip(_tip(row, index.column())) if role == Qt.ItemDataRole.ToolTipRole else None

    # --- within ---------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.plan = self._whole.without(self._left_out)
        rows = enumerate(self.plan.rows)
        self._shown = [at for at, row in rows if not self._filter or self._holds(row)]

    def _holds(self, row: Row) -> bool:
        return any(self._filter in text.casefold() for text in (*_texts(row), row.note))


def _check_state(row: Row) -> Qt.CheckState:
    if not row.choosable:
        return Qt.CheckState.PartiallyChecked
    return Qt.CheckState.Checked if row.taken else Qt.CheckState.Unchecked


def _value(row: Row, limit: int) -> str:
    if isinstance(row.value, Absent):
        return NOT_THERE
    if (unread := _unread(row)) is not None:
        return text_unread(unread)
    return shown(plain(row.value), limit)


def _is_quiet(value: JSON) -> bool:
    """Whether what is shown are words of ours, not the value itself."""
    return value == "" or kind_of(value) in _QUIET


def _unread(row: Row) -> Spelled | None:
    """The text of a large value that nobody has read; to show it, it is not."""
    return row.value if isinstance(row.value, Spelled) and is_unread(row.value) else None


def _texts(row: Row) -> tuple[str, str, str]:
    return escaped(row.name), _value(row, 200), WORDS[row.fate]


def _tip(row: Row, column: int) -> str:
    if column == PlanColumn.VALUE:
        return _value(row, TIP_LIMIT)
    return escaped(row.name) if column == PlanColumn.ATTRIBUTE else _fate_text(row)


def _fate_text(row: Row) -> str:
    return f"{WORDS[row.fate]}: {escaped(row.note)}" if row.note else WORDS[row.fate]


def _spoken(row: Row, column: int) -> str:
    if column == PlanColumn.ATTRIBUTE:
        words = {Qt.CheckState.Checked: "ticked", Qt.CheckState.Unchecked: "not ticked"}
        state = words.get(_check_state(row), "cannot be ticked")
        return f"{escaped(row.name)}, {_value(row, 200)}, {_fate_text(row)}, {state}"
    return _value(row, 200) if column == PlanColumn.VALUE else _fate_text(row)

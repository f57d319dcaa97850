"""Places that both sides changed, as a table: mine, theirs, and what both began with; one row each to decide.

One idea: nothing is chosen until somebody chooses it, and a choice holds only for the two values that were
seen: when one of them becomes another, the row is open again. Not for the merge itself (`states.merge`).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from app.models.headers import Index, header_data
from app.values.fit_text import escaped
from app.words.beside_texts import value_text
from app.words.change_texts import REMOVED, place_text
from app.words.inside_texts import first_difference
from app.words.plain import TIP_LIMIT, tip
from persistence.document import Absent
from persistence.states.diff import Change
from persistence.states.merge import MergeConflict, Spot
from persistence.values.json_text import JSON
from persistence.values.kinds import kind_of
from persistence.values.sameness import same

Whose = Literal["mine", "theirs"]
_ROOT = QModelIndex()
_MOST_EDITED, _LONGEST_EDITED = 2, 40
"""Of the attributes of a launcher that are told, and of the value of each, in characters."""
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ConflictColumn(IntEnum):
    """The columns, left to right."""

    ATTRIBUTE = 0
    MINE = 1
    THEIRS = 2
    BASE = 3


SIDES: dict[int, Whose] = {ConflictColumn.MINE: "mine", ConflictColumn.THEIRS: "theirs"}


class ConflictRole(IntEnum):
    """What a delegate asks beyond Qt's own roles: whether this cell was chosen; None where none can be."""

    CHOSEN = Qt.ItemDataRole.UserRole + 1


class ConflictsModel(QAbstractTableModel):
    """Conflicts and what was chosen for each. `choices_changed` is emitted when a choice was made or fell."""

    choices_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conflicts: tuple[MergeConflict, ...] = ()
        self._choices: dict[Spot, Whose] = {}
        self._titles = ("Attribute", "Yours", "On disk", "Before")
        self._in_short = False
        self._with_launcher = False

    # --- setters --------------------------------------------------------------------------------------------

    def set_conflicts(
        self, conflicts: Sequence[MergeConflict], *, on_disk: str, before: str, with_launcher: bool
    ) -> None:
        """Show these conflicts under these headings; choices stay where both values are those of before."""
        known = {_spot(one): one for one in self._conflicts}
        self.beginResetModel()
        self._conflicts = tuple(conflicts)
        self._choices = {
            _spot(one): self._choices[_spot(one)]
            for one in conflicts
            if _spot(one) in self._choices and _alike(one, known[_spot(one)])
        }
        self._titles = ("Attribute", "Yours", on_disk, before)
        self._with_launcher = with_launcher
        self.endResetModel()
        self.choices_changed.emit()

    def put_short(self, short: bool) -> None:
        """Leave out of the headings what stands in brackets, where the columns have no room for it."""
        if short != self._in_short:
            self._in_short = short
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._titles) - 1)

    def choose(self, row: int, side: Whose) -> None:
        """Decide one row."""
        self._choices[_spot(self._conflicts[row])] = side
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._titles) - 1))
        self.choices_changed.emit()

    def choose_all(self, side: Whose) -> None:
        """Decide every row the same way."""
        for row in range(len(self._conflicts)):
            self._choices[_spot(self._conflicts[row])] = side
        if self._conflicts:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._conflicts) - 1, len(self._titles) - 1)
            )
        self.choices_changed.emit()

    # --- what is shown --------------------------------------------------------------------------------------

    @property
    def conflicts(self) -> tuple[MergeConflict, ...]:
        """All places to decide, in the order of the rows."""
        return self._conflicts

    @property
    def mine(self) -> frozenset[Spot]:
        """The places at which mine was chosen."""
        return frozenset(spot for spot, side in self._choices.items() if side == "mine")

    @property
    def open_count(self) -> int:
        """How many rows are not decided."""
        return len(self._conflicts) - len(self._choices)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What may be saved of these places: the side that was chosen, both where none was."""
        return tuple(
            Change(one.namespace, one.place, one.base, after)
            for one in self._conflicts
            for side, after in (("mine", one.mine), ("theirs", one.theirs))
            if self._choices.get(_spot(one), side) == side
        )

    def choice(self, row: int) -> Whose | None:
        """What was chosen for a row."""
        return self._choices.get(_spot(self._conflicts[row]))

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The conflicts."""
        return 0 if parent.isValid() else len(self._conflicts)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Attribute, Yours, On disk, Before."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        titles = [title.partition(" (")[0] for title in self._titles] if self._in_short else self._titles
        return header_data(titles, section, orientation, role)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the columns, whole."""
        return self._titles

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The two sides can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _SHOWN | Qt.ItemFlag.ItemIsUserCheckable if index.column() in SIDES else _SHOWN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, choices, tool tips, names for screen readers."""
        if not index.isValid() or not 0 <= index.row() < len(self._conflicts):
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._text(row, column, TIP_LIMIT))
        if role == ConflictRole.CHOSEN:
            return self.choice(row) == SIDES[column] if column in SIDES else None
        if role == Qt.ItemDataRole.CheckStateRole and column in SIDES:
            chosen = self.choice(row) == SIDES[column]
            return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        return self._spoken(row, column) if role == Qt.ItemDataRole.AccessibleTextRole else None

    # --- within ---------------------------------------------------------------------------------------------

    def _text(self, row: int, column: int, limit: int = 300) -> str:
        one = self._conflicts[row]
        if column == ConflictColumn.ATTRIBUTE:
            return place_text(one.namespace, one.place, with_launcher=self._with_launcher)
        value = {ConflictColumn.MINE: one.mine, ConflictColumn.THEIRS: one.theirs}.get(
            ConflictColumn(column), one.base
        )
        text = side_text(one, value, limit)
        other = {ConflictColumn.MINE: one.theirs, ConflictColumn.THEIRS: one.mine}.get(ConflictColumn(column))
        if other is None or text != side_text(one, other, limit):
            return text
        apart = first_difference(value, other, limit)  # two lists of as many items look alike
        return f"{text}, {apart}" if apart else text

    def _spoken(self, row: int, column: int) -> str:
        said = f"{self._titles[column]}: {self._text(row, column)}"
        return f"{said}, chosen" if column in SIDES and self.choice(row) == SIDES[column] else said


def side_text(conflict: MergeConflict, value: JSON | Absent, limit: int = 300) -> str:
    """What one side says, in words: a value with its type where the types differ, removed, or a launcher."""
    if isinstance(value, Absent):
        return "not there" if isinstance(conflict.base, Absent) else REMOVED
    if not conflict.place:
        return _whole_text(value, conflict.base)
    text = value_text(value, limit)
    sides = (conflict.base, conflict.mine, conflict.theirs)
    kinds = {kind_of(side) for side in sides if not isinstance(side, Absent)}
    return text if len(kinds) < 2 else f"{text} ({kind_of(value)})"


def _whole_text(value: JSON, base: JSON | Absent) -> str:
    """A launcher in words: how many attributes, and which of them are others than both began with."""
    if not isinstance(value, dict):
        return "0 attributes"
    count = "1 attribute" if len(value) == 1 else f"{len(value):,} attributes"
    if not isinstance(base, dict):
        return count
    edited = [name for name, one in value.items() if name not in base or not same(one, base[name])]
    told = [f"{escaped(name)} {value_text(value[name], _LONGEST_EDITED)}" for name in edited[:_MOST_EDITED]]
    told += [f"{escaped(name)} {REMOVED}" for name in base if name not in value][: _MOST_EDITED - len(told)]
    rest = len(edited) + sum(name not in value for name in base) - len(told)
    told += [f"{rest:,} more"] if rest else []
    return f"edited: {', '.join(told)}; {count}" if told else count


def _spot(conflict: MergeConflict) -> Spot:
    return conflict.namespace, conflict.place


def _alike(one: MergeConflict, other: MergeConflict) -> bool:
    pairs = ((one.mine, other.mine), (one.theirs, other.theirs))
    return all(_same(a, b) for a, b in pairs)


def _same(a: JSON | Absent, b: JSON | Absent) -> bool:
    return a is b if isinstance(a, Absent) or isinstance(b, Absent) else same(a, b)

"""The differences of two saved states as a Qt table: attribute, both values, what became of it.

One idea: the rows are shown as they were computed, and never computed here. Not for editing: what is copied
from one side to the other is an edit like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app.models.headers import Index, header_data
from app.values.differences import Comparison, Difference, DifferenceKind
from app.words.difference_texts import KIND_WORDS, last_class, side_text
from app.words.places import path_text
from app.words.plain import TIP_LIMIT, tip
from persistence.document import Absent
from persistence.values.json_text import JSON

_ROOT = QModelIndex()


class DifferenceColumn(IntEnum):
    """The columns, left to right."""

    ATTRIBUTE = 0
    LEFT = 1
    RIGHT = 2
    CHANGE = 3


class DifferenceRole(IntEnum):
    """Beyond Qt's own roles: the kind of difference, whether there is a value at all, and the launcher that
    stands before an attribute's name where there are several.
    """

    KIND = Qt.ItemDataRole.UserRole + 1
    ABSENT = Qt.ItemDataRole.UserRole + 2
    LAUNCHER = Qt.ItemDataRole.UserRole + 3


class DifferencesModel(QAbstractTableModel):
    """The rows of one comparison."""

    def __init__(self, words: Mapping[DifferenceKind, str] = KIND_WORDS) -> None:
        """`words` say what each kind of difference is called."""
        super().__init__()
        self._words = words
        self._rows: Sequence[Difference] = ()
        self._several = False
        self._headers = ("Attribute", "", "", "Change")

    def set_comparison(self, comparison: Comparison, left: str, right: str) -> None:
        """Show other rows; `left` and `right` are the titles of the two sides."""
        self.beginResetModel()
        self._rows = comparison.rows
        self._several = len(comparison.pairs) > 1
        self._headers = ("Attribute", left, right, "Change")
        self.endResetModel()

    def row_at(self, row: int) -> Difference:
        """The difference that a row shows."""
        return self._rows[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each difference."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Attribute, left, right, Change."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return tip(self._headers[section])
        return header_data(self._headers, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, what screen readers say, and what the delegate asks."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._exact(row, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headers[column]} {self._text(row, column)}"
        if role == DifferenceRole.KIND:
            return row.kind
        if role == DifferenceRole.ABSENT:
            return isinstance(_sides(row, column)[0], Absent)
        if role == DifferenceRole.LAUNCHER:
            return last_class(row.pair.left or row.pair.right) if self._several else ""
        return None

    def _exact(self, row: Difference, column: int) -> str:
        if column == DifferenceColumn.ATTRIBUTE:
            return f"{row.pair.left or row.pair.right}\n{path_text(row.place)}"
        return side_text(*_sides(row, column), TIP_LIMIT) if column in _SIDES else self._words[row.kind]

    def _text(self, row: Difference, column: int) -> str:
        if column == DifferenceColumn.ATTRIBUTE:
            return path_text(row.place)
        if column == DifferenceColumn.CHANGE:
            return self._words[row.kind]
        value, other = _sides(row, column)
        return UNREADABLE if row.kind == "unknown" and isinstance(value, Absent) else side_text(value, other)


UNREADABLE = "cannot be read"
_SIDES = (DifferenceColumn.LEFT, DifferenceColumn.RIGHT)


def _sides(row: Difference, column: int) -> tuple[JSON | Absent, JSON | Absent]:
    """What a column tells, and what stands beside it."""
    return (row.left, row.right) if column == DifferenceColumn.LEFT else (row.right, row.left)

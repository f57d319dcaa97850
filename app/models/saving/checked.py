"""What a check says of attributes, as a table for reading: attribute, value, what happens.

One idea: the rows are made whole elsewhere (`check_texts`) and only shown here. Not for anything else.
"""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app.models.headers import Index, header_data
from app.words.check_texts import WORDS, CheckRow
from app.words.plain import TIP_LIMIT, tip

HEADERS = ("Attribute", "Value", "What happens")
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole CheckRow, for who paints it."""
_ROOT = QModelIndex()


class CheckColumn(IntEnum):
    """The columns, left to right."""

    ATTRIBUTE = 0
    VALUE = 1
    OUTCOME = 2


class CheckedModel(QAbstractTableModel):
    """The rows of one check."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[CheckRow] = ()

    def set_rows(self, rows: Sequence[CheckRow]) -> None:
        """Show these instead."""
        if tuple(rows) != tuple(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Attribute, Value, What happens."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, and the row itself."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        text = _text(row, index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return text
        return tip(text, TIP_LIMIT) if role == Qt.ItemDataRole.ToolTipRole else None


def _text(row: CheckRow, column: int) -> str:
    if column == CheckColumn.ATTRIBUTE:
        return row.attribute
    if column == CheckColumn.VALUE:
        return row.value
    return f"{WORDS[row.mark]}: {row.reason}" if row.reason else WORDS[row.mark]

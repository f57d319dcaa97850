"""What a launcher is given when it is resumed: its saved attributes, one row each, for reading only.

One idea: the rows are the launcher's attributes as they will be in the file when it starts, edits included.
Not for what the launcher will make of them.
"""

from collections.abc import Collection
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.edit_text import escaped, shown
from app.models.headers import header_data
from app.models.plain import TIP_LIMIT, tip
from persistence.document import Namespace
from persistence.json_text import JSON
from persistence.kinds import Kind, kind_of

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("Attribute", "Type", "Value")
_ROOT = QModelIndex()


class GivenRole(IntEnum):
    """Beyond Qt's own roles: the kind of the value as text, and whether it was edited."""

    KIND = Qt.ItemDataRole.UserRole + 1
    EDITED = Qt.ItemDataRole.UserRole + 2


class GivenModel(QAbstractTableModel):
    """The attributes of one launcher: name, type, value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[tuple[str, JSON]] = []
        self._edited: Collection[str] = ()

    def set_launcher(self, launcher: Namespace, edited: Collection[str]) -> None:
        """Show a launcher; `edited` are the names of attributes that hold an unsaved edit."""
        self.beginResetModel()
        self._items = list(launcher.attributes.items())
        self._edited = edited
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The attributes."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Attribute, Type, Value."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, and what the delegate asks."""
        if not index.isValid() or not 0 <= index.row() < len(self._items):
            return None
        name, value = self._items[index.row()]
        if role == GivenRole.KIND:
            return str(kind_of(value))
        if role == GivenRole.EDITED:
            return name in self._edited
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (escaped(name), str(kind_of(value)), shown(value))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip((escaped(name), str(kind_of(value)), shown(value, TIP_LIMIT))[index.column()])
        return None


def is_quiet(kind: Kind) -> bool:
    """Whether a value of this kind says little by itself: a number of items, or nothing."""
    return kind in _QUIET


_QUIET = frozenset({Kind.LIST, Kind.MAPPING, Kind.TUPLE, Kind.SET, Kind.FROZEN_SET, Kind.EMPTY, Kind.UNKNOWN})

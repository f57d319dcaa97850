"""The operator's list of launchers as rows: which there are, and how each is started or why it cannot be.

One idea: a wrong entry is a row like any other, with the sentence that says what is wrong. Not for changing
the list.
"""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.launchers.registry import Registry
from app.models.headers import Index, header_data
from app.models.resume.entry_fields import text_of
from app.resume_exchange import EntryText
from app.values.fit_text import escaped
from app.words.plain import tip

HEADERS = ("Launcher", "Module", "Started by")
_ROOT = QModelIndex()


class LauncherRole(IntEnum):
    """Beyond Qt's own roles: whether the entry is wrong."""

    WRONG = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class LauncherRow:
    """One entry. `problem` says what is wrong with it; `is_machines`: it is the computer's, and only read."""

    entry: EntryText
    problem: str = ""
    is_machines: bool = False

    @property
    def texts(self) -> tuple[str, str, str]:
        """What the columns show."""
        module, _, name = self.entry.namespace.rpartition(".")
        started = self.problem or " ".join(self.entry.command).replace("{python}", self.entry.python)
        return escaped(name), escaped(module), escaped(started)


def launcher_rows(registry: Registry) -> tuple[LauncherRow, ...]:
    """All entries, by name."""
    rows = [
        LauncherRow(text_of(entry), is_machines=name in registry.machine)
        for name, entry in registry.entries.items()
    ]
    rows += [
        LauncherRow(EntryText(name), problem, name in registry.machine)
        for name, problem in registry.wrong.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.entry.namespace.rpartition(".")[::-1]))


class LaunchersModel(QAbstractTableModel):
    """Shows one registry."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[LauncherRow, ...] = ()

    def set_registry(self, registry: Registry) -> None:
        """Show another."""
        self.beginResetModel()
        self.rows = launcher_rows(registry)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The entries."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Launcher, Module, Started by."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, and whether the entry is wrong."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == LauncherRole.WRONG:
            return bool(row.problem)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.texts[index.column()]
        return tip(row.texts[index.column()]) if role == Qt.ItemDataRole.ToolTipRole else None

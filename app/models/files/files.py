"""What lies in a session as a Qt table, one row for each file or folder.

One idea: the list is told anew whenever anything in it changed; rows that stay keep their place, and a file
that vanished while somebody reads it stays in sight, and says so. Not for what stands in the files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.file_errands import FileEntry
from app.models.headers import Index, header_data
from app.values.fit_text import escaped
from app.words.file_texts import changed_text, entry_tip, size_or_kind
from app.words.plain import tip

_ROOT = QModelIndex()
HEADERS = ("File", "Size", "Changed")
GONE = "not there any more"


class FileColumn(IntEnum):
    """The columns, left to right."""

    FILE = 0
    SIZE = 1
    CHANGED = 2


class FileRole(IntEnum):
    """Beyond Qt's own roles: the `FileEntry` of a row, whether it is gone, and when it changed, in short."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    GONE = Qt.ItemDataRole.UserRole + 2
    DAY = Qt.ItemDataRole.UserRole + 3


class FilesModel(QAbstractTableModel):
    """One row for each entry."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._entries: Sequence[FileEntry] = ()
        self._gone = ""

    def set_entries(self, entries: Sequence[FileEntry], reading: str = "") -> None:
        """Show these; `reading` is the name of the file that somebody reads, which stays in any case."""
        wanted = list(entries)
        place = self.row_of(reading)
        gone = place >= 0 and not any(one.name == reading for one in entries)
        self._gone = reading if gone else ""
        if gone:
            wanted.insert(self._place_in(wanted, place), self._entries[place])
        if [one.name for one in wanted] == [one.name for one in self._entries]:
            self._entries = wanted
            if wanted:
                self.dataChanged.emit(self.index(0, 0), self.index(len(wanted) - 1, len(HEADERS) - 1))
            return
        self.beginResetModel()
        self._entries = wanted
        self.endResetModel()

    def note_size(self, name: str, size: int) -> None:
        """Somebody has just read that file, and knows better how large it is."""
        row = self.row_of(name)
        if row >= 0 and self._entries[row].size != size:
            changed = replace(self._entries[row], size=size)
            self._entries = [*self._entries[:row], changed, *self._entries[row + 1 :]]
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADERS) - 1))

    def _place_in(self, wanted: Sequence[FileEntry], row: int) -> int:
        """Where a row belongs among those that are left: behind the nearest one before it."""
        before = [one.name for one in self._entries[:row]]
        places = (place + 1 for place, one in enumerate(wanted) if one.name in before)
        return max(places, default=0)

    @property
    def entries(self) -> Sequence[FileEntry]:
        """All rows, in their order."""
        return self._entries

    def entry_at(self, row: int) -> FileEntry | None:
        """The entry of a row; None for no row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, name: str) -> int:
        """The row of a file; -1 where it is not listed."""
        return next((row for row, one in enumerate(self._entries) if one.name == name), -1)

    # --- Qt -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each entry."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Those of HEADERS."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles."""
        return header_data(HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The texts of a cell, and what speaks of the whole row."""
        entry = self.entry_at(index.row())
        if entry is None:
            return None
        gone = bool(self._gone) and entry.name == self._gone
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(entry, FileColumn(index.column()), gone=gone)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(entry_tip(entry))
            case Qt.ItemDataRole.AccessibleTextRole:
                columns = (FileColumn.SIZE, FileColumn.CHANGED)
                told = (self._text(entry, one, gone=gone) for one in columns)
                return ", ".join([escaped(entry.name), *filter(None, told)])
            case FileRole.ENTRY:
                return entry
            case FileRole.GONE:
                return gone
            case FileRole.DAY:
                return "" if gone else changed_text(entry, self._now(), in_short=True)
        return None

    def _text(self, entry: FileEntry, column: FileColumn, *, gone: bool) -> str:
        if column == FileColumn.FILE:
            return escaped(entry.last)
        if gone:
            return GONE if column == FileColumn.SIZE else ""
        return size_or_kind(entry) if column == FileColumn.SIZE else changed_text(entry, self._now())

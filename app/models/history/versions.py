"""The versions of one session as a Qt table, the newest first.

One idea: history only grows at its end, so what is told is what came on top; everything else stays, and with
it the selection. Texts are made when a row is looked at, because a log may have 10,000 lines. Not for what a
version held.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.models.headers import Index, header_data
from app.values.fit_text import escaped
from app.words.plain import tip
from app.words.version_texts import (
    NOT_KNOWN,
    action_word,
    note_text,
    program_text,
    saved_text,
    whole_text,
)
from persistence.files.version_log import Version

_ROOT = QModelIndex()
HEADERS = ("Version", "Saved", "Who", "Program", "Action", "Note")


class VersionColumn(IntEnum):
    """The columns, left to right."""

    VERSION = 0
    SAVED = 1
    WHO = 2
    PROGRAM = 3
    ACTION = 4
    NOTE = 5


class VersionRole(IntEnum):
    """Beyond Qt's own roles: the `Version` of a row."""

    VERSION = Qt.ItemDataRole.UserRole + 1


class VersionsModel(QAbstractTableModel):
    """One row for each version."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._oldest_first: Sequence[Version] = ()
        self._day: date | None = None
        self.short = False
        """Whether times are told in little room."""

    def set_versions(self, versions: Sequence[Version]) -> None:
        """Show these versions, oldest first."""
        known = len(self._oldest_first)
        grown = 0 < known <= len(versions) and all(
            old.sequence == new.sequence for old, new in zip(self._oldest_first, versions, strict=False)
        )
        if not grown:
            self.beginResetModel()
            self._oldest_first = versions
            self.endResetModel()
            return
        if len(versions) > known:
            self.beginInsertRows(_ROOT, 0, len(versions) - known - 1)
        self._oldest_first = versions
        if len(versions) > known:
            self.endInsertRows()
        self.dataChanged.emit(self.index(0, 0), self.index(len(versions) - 1, len(HEADERS) - 1))

    def tick(self) -> None:
        """Time has passed: at midnight, what was saved today was saved yesterday."""
        day = self._now().date()
        if day != self._day and self._oldest_first:
            self._day = day
            last = self.index(self.rowCount() - 1, VersionColumn.SAVED)
            self.dataChanged.emit(self.index(0, VersionColumn.SAVED), last)

    def version_at(self, row: int) -> Version | None:
        """The version of a row; None for no row."""
        return self._oldest_first[-1 - row] if 0 <= row < len(self._oldest_first) else None

    def row_of(self, sequence: int) -> int:
        """The row of a version; -1 where it is not listed."""
        rows = range(len(self._oldest_first))
        return next((row for row in rows if self._oldest_first[-1 - row].sequence == sequence), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The versions."""
        return 0 if parent.isValid() else len(self._oldest_first)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Version, Saved, Who, Program, Action, Note."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, what screen readers say, and the version itself."""
        version = self.version_at(index.row()) if index.isValid() else None
        if version is None:
            return None
        if role == VersionRole.VERSION:
            return version
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(version, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(whole_text(version))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            now = ", now" if version.current and index.column() == VersionColumn.VERSION else ""
            return f"{HEADERS[index.column()]} {self._text(version, index.column())}{now}"
        return None

    def _text(self, version: Version, column: int) -> str:
        match column:
            case VersionColumn.VERSION:
                return f"{version.sequence:,}"
            case VersionColumn.SAVED:
                return saved_text(version, self._now(), short=self.short)
            case VersionColumn.WHO:
                another = NOT_KNOWN if self.short and version.action == "foreign" else ""
                return escaped(version.who) or another  # where there is no column for programs
            case VersionColumn.PROGRAM:
                return program_text(version)
            case VersionColumn.ACTION:
                return action_word(version)
        return note_text(version)

"""The sessions of a trend as a Qt table, newest first: the plot for those who read or listen.

One idea: everything that the plot shows stands here in words, a row for each session. Not for choosing what
is followed.
"""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.models.headers import Index, header_data
from app.models.trend.points import Point, Trend
from app.values.fit_text import escaped
from app.words.plain import tip
from app.words.trend_texts import value_words

_ROOT = QModelIndex()


class TrendColumn(IntEnum):
    """The columns, left to right."""

    SESSION = 0
    VALUE = 1
    CHANGE = 2
    STATUS = 3


class TrendRole(IntEnum):
    """Beyond Qt's own roles: the `Point` of a row, and what is edited in it (a text, or None)."""

    POINT = Qt.ItemDataRole.UserRole + 1
    EDIT = Qt.ItemDataRole.UserRole + 2


class TrendTable(QAbstractTableModel):
    """One row for each session of a trend."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trend: Trend | None = None

    def set_trend(self, trend: Trend | None) -> None:
        """Show these sessions."""
        before = self._paths()
        if before and trend is not None and before == [one.directory for one in trend.points]:
            self._trend = trend
            self.dataChanged.emit(self.index(0, 0), self.index(len(before) - 1, TrendColumn.STATUS))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, TrendColumn.VALUE, TrendColumn.VALUE)
            return
        self.beginResetModel()
        self._trend = trend
        self.endResetModel()

    def point_at(self, row: int) -> Point | None:
        """The session of a row; None for no row."""
        points = self._trend.points if self._trend else ()
        return points[-1 - row] if 0 <= row < len(points) else None

    def row_of(self, directory: str) -> int:
        """The row of a session; -1 where it is not listed."""
        paths = self._paths()
        return len(paths) - 1 - paths.index(directory) if directory in paths else -1

    def as_text(self) -> str:
        """All rows with their titles, for a spreadsheet: what would be a formula there begins with '."""
        titles = [str(self.headerData(column, Qt.Orientation.Horizontal)) for column in TrendColumn]
        rows = range(self.rowCount())
        cells = ([str(self.index(row, column).data()) for column in TrendColumn] for row in rows)
        return "\n".join("\t".join(map(_as_cell, line)) for line in (titles, *cells))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The sessions."""
        return 0 if parent.isValid() or self._trend is None else len(self._trend.points)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Session, the number, Change, Status."""
        return 0 if parent.isValid() else len(TrendColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles of the columns; the second is the name of what is followed."""
        title = self._trend.choice.title if self._trend else "Value"
        return header_data(("Session", title, "Change", "Status"), section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, tool tips, what screen readers say, and the point itself."""
        point = self.point_at(index.row()) if index.isValid() else None
        if point is None:
            return None
        if role == TrendRole.POINT:
            return point
        if role == TrendRole.EDIT:
            return self._edit(point)
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(point, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(escaped(point.directory))
        return self._spoken(point, index.column()) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _edit(self, point: Point) -> str | None:
        edit = self._trend.edit if self._trend else None
        return edit.text if point.own and edit is not None else None

    def _spoken(self, point: Point, column: int) -> str:
        text = _text(point, column)
        if column == TrendColumn.SESSION:
            return f"Session {text}{', this session' if point.own else ''}"
        if column == TrendColumn.VALUE:
            return value_words(text, has_number=point.value.height is not None)
        if column == TrendColumn.STATUS and (edit := self._edit(point)) is not None:
            return f"{text}, your edit: {edit}"
        return f"Change {text}" if column == TrendColumn.CHANGE and text else text

    def _paths(self) -> list[str]:
        return [point.directory for point in self._trend.points] if self._trend else []


def _text(point: Point, column: int) -> str:
    match column:
        case TrendColumn.SESSION:
            return escaped(point.name)
        case TrendColumn.VALUE:
            return point.value.text
        case TrendColumn.CHANGE:
            return point.change
    return point.status.word


def _as_cell(text: str) -> str:
    """A cell that a spreadsheet takes as what it says; numbers with a sign are no formulas."""
    if text[:1] not in ("=", "+", "-", "@", "'"):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text

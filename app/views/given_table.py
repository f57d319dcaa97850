"""The table of what a launcher is given, in the Resume sheet; and the list of unsaved edits above it.

One idea: both are for reading at a glance, one line for each attribute, in the colours of the state tree.
Not for choosing anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.models.change_texts import change_text
from app.models.given import GivenModel, GivenRole, is_quiet
from app.views.looks import KIND_ICONS
from app.views.painting import draw_icon, draw_text
from app.views.theme import Theme
from persistence.diff import Change
from persistence.kinds import Kind

Index = QModelIndex | QPersistentModelIndex
_ROW, _EDIT_ROW, _MOST_ROWS, _MOST_EDITS = 27, 32, 12, 100


class GivenTable(QTableView):
    """Attributes for reading; as high as its rows, up to twelve."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.given = GivenModel(self)
        self.setObjectName("givenTable")
        self.setAccessibleName("What the launcher is given")
        self.setItemDelegate(_GivenDelegate(theme, self))
        self.setModel(self.given)
        self._shape()
        self.given.modelReset.connect(self._fit)

    def _shape(self) -> None:
        px, rows, columns = self._theme.px, self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(px(10))
        rows.setDefaultSectionSize(px(_ROW))
        columns.setFont(self._theme.font("column"))
        columns.setFixedHeight(px(30))
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        columns.resizeSection(0, px(200))
        columns.resizeSection(1, px(116))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._fit()

    def _fit(self) -> None:
        count = min(max(self.given.rowCount(), 1), _MOST_ROWS)
        self.setFixedHeight(self._theme.px(30 + count * _ROW) + 3)


class _GivenDelegate(QStyledItemDelegate):
    """Paints name, type, value of one attribute."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        px, theme, area = self._theme.px, self._theme, option.rect
        kind, edited = Kind(index.data(GivenRole.KIND)), bool(index.data(GivenRole.EDITED))
        painter.fillRect(area, theme.colors.hue("amber").tint if edited else theme.colors["base"])
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, theme.colors["row_line"])
        room = area.adjusted(px(12 if index.column() == 0 else 8), 0, -px(8), 0)
        if index.column() == 1:
            square = QRect(room.x(), room.y(), px(16), room.height())
            draw_icon(painter, theme, square, KIND_ICONS[kind], "muted")
            room = room.adjusted(px(22), 0, 0, 0)
        font = theme.font(("body", "small", "mono")[index.column()])
        quiet = index.column() == 1 or (index.column() == 2 and is_quiet(kind))
        color = theme.colors["muted" if quiet else "text"]
        if edited and index.column() == 2:
            font, color = theme.font("mono_strong"), theme.colors.hue("amber").text
        draw_text(painter, room, str(index.data()), font, color)


class EditsList(QWidget):
    """Unsaved edits: attribute, saved value, new value, and what becomes of the type."""

    def __init__(self, theme: Theme, changes: Sequence[Change]) -> None:
        super().__init__()
        self._theme = theme
        self._rows = [_edit_row(change) for change in changes[:_MOST_EDITS]]
        if len(changes) > _MOST_EDITS:
            self._rows.append((f"and {len(changes) - _MOST_EDITS} more", "", "", ""))
        self.setAccessibleName("; ".join(f"{path}: {old} becomes {new}" for path, old, new, _ in self._rows))
        self.setFixedHeight(theme.px(_EDIT_ROW) * len(self._rows) + 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide enough for names and values of usual length."""
        return QSize(self._theme.px(420), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tinted box and a line for each edit."""
        px, hue, painter = self._theme.px, self._theme.colors.hue("amber"), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(hue.line, 1))
        painter.setBrush(hue.tint)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        for position, row in enumerate(self._rows):
            self._draw_row(painter, QRect(0, 1 + position * px(_EDIT_ROW), self.width(), px(_EDIT_ROW)), row)

    def _draw_row(self, painter: QPainter, area: QRect, row: tuple[str, str, str, str]) -> None:
        px, theme = self._theme.px, self._theme
        path, old, new, note = row
        amber, muted = theme.colors.hue("amber").text, theme.colors["muted"]
        draw_icon(painter, theme, QRect(px(12), area.y(), px(20), area.height()), "pencil", "amber")
        width = area.width() - px(36)
        name, values = round(width * 0.26), round(width * 0.24)
        left = px(36)
        draw_text(painter, QRect(left, area.y(), name - px(8), area.height()), path, theme.font("strong"),
                  theme.colors["text"], Qt.TextElideMode.ElideMiddle)  # fmt: skip
        left += name
        draw_text(
            painter, QRect(left, area.y(), values - px(36), area.height()), old, theme.font("mono"), muted
        )
        if new:
            square = QRect(left + values - px(32), area.y(), px(16), area.height())
            draw_icon(painter, theme, square, "arrow-right", "muted")
        left += values
        strong = theme.font("mono_strong")
        draw_text(painter, QRect(left, area.y(), values - px(8), area.height()), new, strong, amber)
        left += values
        draw_text(painter, QRect(left, area.y(), area.right() - left - px(8), area.height()), note,
                  theme.font("small"), muted)  # fmt: skip


def _edit_row(change: Change) -> tuple[str, str, str, str]:
    text = change_text(change)
    return text.attribute, text.before, text.after, text.note

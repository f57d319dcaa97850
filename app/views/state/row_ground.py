"""What is painted of a row of the state tree as a whole: its ground, bar, line, chevron, frame.

One idea: what tells an edited row from a saved one is painted for the whole row, before its cells; a launcher
and a heading have no cells, and are painted here alone. Not for cells (`state_delegate`), and not for which
rows there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from app.models.state.state_nodes import Node
from app.models.state.state_texts import launcher_note
from app.values.fit_text import escaped
from app.views.state.state_delegate import LABEL_START
from app.views.style.painting import draw_icon, draw_text
from app.views.style.theme import Theme


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is now: its area, where its first cell begins, and how it stands.

    `is_open` is None where there is nothing inside.
    """

    node: Node
    area: QRect
    left: int
    edited: bool
    selected: bool
    focused: bool
    is_open: bool | None


class RowGround:
    """Paints rows. `compact`: of a launcher, the module is left out."""

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        self._theme = theme
        self._now = now
        self.compact = False

    def paint_below(self, painter: QPainter, row: Row) -> None:
        """What cells are painted upon."""
        colors, area = self._theme.colors, row.area
        painter.fillRect(area, self._tint(row))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, colors["row_line"])
        if row.edited or row.selected:
            bar = colors["amber_bar"] if row.edited else colors["accent"]
            painter.fillRect(area.x(), area.y(), self._theme.px(3), area.height(), bar)
        if row.is_open is not None:
            icon = "chevron-down" if row.is_open else "chevron-right"
            square = QRect(row.left + self._theme.px(4), area.y(), self._theme.px(16), area.height())
            draw_icon(painter, self._theme, square, icon, "muted")
        if row.node.span is not None:
            self._paint_heading(painter, row)
        elif row.node.launcher is not None:
            self._paint_launcher(painter, row)

    def paint_above(self, painter: QPainter, row: Row) -> None:
        """What is painted over the cells."""
        if row.focused:
            painter.setPen(self._theme.colors["link"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.area.adjusted(0, 0, -1, -1))

    def _tint(self, row: Row) -> QColor:
        colors = self._theme.colors
        if row.edited and not row.selected:
            return colors.hue("amber").tint
        return colors["highlight" if row.selected else "base" if row.node.is_value else "alternate"]

    def _paint_heading(self, painter: QPainter, row: Row) -> None:
        theme, area = self._theme, row.area
        left = row.left + theme.px(LABEL_START)
        room = QRect(left, area.y(), area.right() - left - theme.px(8), area.height())
        draw_text(painter, room, escaped(row.node.label), theme.font("small"), theme.colors["muted"])

    def _paint_launcher(self, painter: QPainter, row: Row) -> None:
        px, theme, area = self._theme.px, self._theme, row.area
        left = area.x() + px(LABEL_START)
        draw_icon(painter, theme, QRect(left, area.y(), px(20), area.height()), "cube-outline", "link", 18)
        left += px(22)
        room = QRect(left, area.y(), area.right() - left - px(8), area.height())
        left += draw_text(painter, room, row.node.label, theme.font("strong"), theme.colors["text"]) + px(8)
        if row.node.launcher is not None:
            note = launcher_note(row.node.launcher, self._now(), with_module=not self.compact)
            rest = QRect(left, area.y(), area.right() - left - px(8), area.height())
            draw_text(painter, rest, note, theme.font("small"), theme.colors["muted"])

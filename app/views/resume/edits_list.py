"""The list of unsaved edits in the Resume sheet: what is saved before the launcher starts.

One idea: for reading at a glance, one line for each edit, in the colours of an unsaved edit. Not for choosing
anything: that is the sheet before saving.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.style.beside import in_short
from app.views.style.painting import draw_icon, draw_text, text_width
from app.views.style.theme import Theme
from app.words.change_texts import change_text
from persistence.states.diff import Change

_EDIT_ROW, _MOST_EDITS = 32, 100
_NAME, _MOST_NAME, _VALUE = 0.26, 0.46, 0.32
"""Of the width, what names have at the least and at the most; of the rest, what each of both values has."""


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
        name = min(max(self._longest_name() + px(8), round(width * _NAME)), round(width * _MOST_NAME))
        values = round((width - name) * _VALUE)
        left = px(36)
        draw_text(painter, QRect(left, area.y(), name - px(8), area.height()), path, theme.font("strong"),
                  theme.colors["text"], Qt.TextElideMode.ElideMiddle)  # fmt: skip
        left += name
        mono, room = theme.font("mono"), QRect(left, area.y(), values - px(36), area.height())
        draw_text(painter, room, in_short(old, new, mono, room.width()), mono, muted)
        if new:
            square = QRect(left + values - px(32), area.y(), px(16), area.height())
            draw_icon(painter, theme, square, "arrow-right", "muted")
        left += values
        strong = theme.font("mono_strong")
        room = QRect(left, area.y(), values - px(8), area.height())
        draw_text(painter, room, in_short(new, old, strong, room.width()), strong, amber)
        left += values
        draw_text(painter, QRect(left, area.y(), area.right() - left - px(8), area.height()), note,
                  theme.font("small"), muted)  # fmt: skip

    def _longest_name(self) -> int:
        font = self._theme.font("strong")
        return max((text_width(path, font) for path, *_ in self._rows), default=0)


def _edit_row(change: Change) -> tuple[str, str, str, str]:
    text = change_text(change)
    return text.attribute, text.before, text.after, text.note

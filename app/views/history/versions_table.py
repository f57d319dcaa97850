"""The table of a session's versions in the History tab.

One idea: a version is chosen by its number, not by its row; newer ones come on top, and the choice stays.
Not for what a version held.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter

from app.models.headers import Index
from app.models.history.versions import HEADERS, VersionColumn, VersionRole, VersionsModel
from app.views.parts.row_table import FIRST, PADDING, RowDelegate, RowTable
from app.views.style.looks import ACTION_LOOKS, UNKNOWN_LOOK, Look
from app.views.style.painting import draw_icon, draw_pill, draw_text, pill_size, text_width
from app.views.style.theme import Theme
from app.words.version_texts import note_text
from persistence.files.version_log import Version

_NOW = Look("check", "blue")
_WIDEST = {VersionColumn.WHO: 120, VersionColumn.PROGRAM: 140}
_MEASURED = 60  # versions; those further down are alike


class VersionsTable(RowTable):
    """`version_chosen` carries the Version that is selected, or None."""

    version_chosen = Signal(object)

    def __init__(self, theme: Theme, model: VersionsModel) -> None:
        self._versions = model
        super().__init__(theme, model, "historyView", "Versions of this session")
        self.setItemDelegate(_VersionDelegate(theme, self))
        self.selectionModel().selectionChanged.connect(lambda *_: self.version_chosen.emit(self.chosen))
        model.modelReset.connect(lambda: self.version_chosen.emit(None))

    @property
    def chosen(self) -> Version | None:
        """The version that is selected."""
        rows = self.selectionModel().selectedRows()
        return self._versions.version_at(rows[0].row()) if rows else None

    def choose(self, sequence: int) -> bool:
        """Select a version and bring it into view; False when there is none of that number."""
        row = self._versions.row_of(sequence)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._versions.index(row, 0))
        return row >= 0

    def cuts_note(self, version: Version) -> bool:
        """Whether its row has no room for its note."""
        note = VersionColumn.NOTE
        room = self.columnWidth(note) - self._theme.px(2 * PADDING)
        return text_width(note_text(version), self._theme.font("body")) > room or "\n" in version.note

    def fit_columns(self, *, compact: bool) -> None:
        """As wide as what stands in them; in little room without the program."""
        px, header = self._theme.px, self.horizontalHeader()
        self._versions.short = compact
        self.setColumnHidden(VersionColumn.PROGRAM, compact)
        numbers, pill = self._texts_width(VersionColumn.VERSION), pill_size(self._theme, "now").width()
        header.resizeSection(VersionColumn.VERSION, numbers + pill + px(FIRST + 3 * PADDING))
        header.resizeSection(VersionColumn.ACTION, px(2 * PADDING + 24) + self._width(VersionColumn.ACTION))
        for column in (VersionColumn.SAVED, VersionColumn.WHO, VersionColumn.PROGRAM):
            width = self._width(column) + px(2 * PADDING + 2)
            header.resizeSection(column, min(width, px(_WIDEST.get(column, 160))))

    def _width(self, column: VersionColumn) -> int:
        title = text_width(HEADERS[column], self._theme.font("column"))
        return max(title, self._texts_width(column))

    def _texts_width(self, column: VersionColumn) -> int:
        font = self._theme.font("strong" if column == VersionColumn.VERSION else "body")
        rows = range(min(self._versions.rowCount(), _MEASURED))
        texts = (str(self._versions.index(row, column).data()) for row in rows)
        return max((text_width(text, font) for text in texts), default=0)


class _VersionDelegate(RowDelegate):
    """Paints numbers, actions with their glyphs, and mutes what is not kept any more."""

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a cell."""
        version = index.data(VersionRole.VERSION)
        if not isinstance(version, Version):
            return
        column, text = index.column(), str(index.data())
        colors, font = self.theme.colors, self.theme.font("body")
        if column == VersionColumn.VERSION:
            strong = self.theme.font("strong" if version.current else "body")
            color = colors["text" if version.available else "muted"]
            width = draw_text(painter, room, text, strong, color)
            if version.current:
                self._paint_now(painter, room.adjusted(width + self.theme.px(8), 0, 0, 0))
        elif column == VersionColumn.ACTION:
            look = ACTION_LOOKS.get(version.action, UNKNOWN_LOOK)
            px = self.theme.px
            square = QRect(room.x(), room.y(), px(16), room.height())
            draw_icon(painter, self.theme, square, look.icon, look.hue)
            draw_text(painter, room.adjusted(px(22), 0, 0, 0), text, font, colors.hue(look.hue).text)
        else:
            quiet = column == VersionColumn.PROGRAM or not version.available
            draw_text(painter, room, text, font, colors["muted" if quiet else "text"])

    def _paint_now(self, painter: QPainter, room: QRect) -> None:
        size = pill_size(self.theme, "now")
        top = room.y() + (room.height() - size.height()) // 2
        draw_pill(painter, self.theme, QRect(room.x(), top, size.width(), size.height()), _NOW, "now")

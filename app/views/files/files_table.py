"""The list at the left of the Files tab: a name on each row, its size and time below it.

One idea: a row is chosen by its name and by the operator alone; when the list is told anew the choice stays
where it was. Not for what stands in a file.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QMenu

from app.file_errands import FileEntry
from app.models.files.files import FileColumn, FileRole, FilesModel
from app.models.headers import Index
from app.views.parts.row_table import RowDelegate, RowTable
from app.views.style.looks import file_icon
from app.views.style.painting import draw_icon, draw_text, text_width
from app.views.style.theme import Theme

_ROW, _ICON, _GAP, _INDENT = 42, 16, 8, 16
_DOT = "  ·  "
_NAME_TOP, _NAME, _BELOW = 4, 19, 17


class FilesTable(RowTable):
    """`entry_chosen` carries the FileEntry that the operator selected; `copy_wanted` nothing."""

    entry_chosen = Signal(object)
    copy_wanted = Signal()

    def __init__(self, theme: Theme, model: FilesModel) -> None:
        self._files = model
        self._telling = False
        super().__init__(theme, model, "filesView", "Files of this session")
        self.horizontalHeader().hide()
        self.setItemDelegate(FileDelegate(theme, self))
        for column in (FileColumn.SIZE, FileColumn.CHANGED):
            self.setColumnHidden(column, True)
        self.selectionModel().selectionChanged.connect(self._tell)

    @property
    def chosen(self) -> FileEntry | None:
        """The entry that is selected."""
        rows = self.selectionModel().selectedRows()
        return self._files.entry_at(rows[0].row()) if rows else None

    def show_entries(self, entries: Sequence[FileEntry], chosen: str) -> None:
        """Show these, and select the one of that name, without telling."""
        place = self.verticalScrollBar().value()
        self._telling = True
        self._files.set_entries(entries, chosen)
        self.verticalScrollBar().setValue(place)
        self.choose(chosen)
        self._telling = False

    def choose(self, name: str) -> None:
        """Select a row by its name; none where that is not listed."""
        row, now = self._files.row_of(name), self.chosen
        if row < 0:
            self.clearSelection()
        elif now is None or now.name != name:
            self.selectRow(row)
            self.scrollTo(self._files.index(row, 0))

    def set_compact(self, compact: bool) -> None:
        """Rows hold two lines in any room."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))

    def event(self, event: QEvent) -> bool:
        """Copying is this list's own while it has the keyboard."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy copies where the file is."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The actions that were added to this list; a menu of Qt's own would wait in a loop of its own."""
        menu = QMenu(self)
        menu.addActions(self.actions())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _tell(self) -> None:
        chosen = self.chosen
        if not self._telling and chosen is not None:
            self.entry_chosen.emit(chosen)


class FileDelegate(RowDelegate):
    """Paints a sign, the name, and below it size and time."""

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a row."""
        entry = index.data(FileRole.ENTRY)
        if not isinstance(entry, FileEntry):
            return
        px, colors, theme = self.theme.px, self.theme.colors, self.theme
        quiet = entry.is_hidden or bool(index.data(FileRole.GONE))
        left = room.x() + (px(_INDENT) if entry.is_inside else 0)
        name = QRect(left, room.y() + px(_NAME_TOP), px(_ICON), px(_NAME))
        draw_icon(painter, theme, name, file_icon(entry.name, entry.kind), "muted")
        left += px(_ICON + _GAP)
        name = QRect(left, name.y(), room.right() - left, name.height())
        color, middle = colors["muted" if quiet else "text"], Qt.TextElideMode.ElideMiddle
        draw_text(painter, name, str(index.data()), theme.font("body"), color, middle)
        below = QRect(left, name.bottom(), name.width(), px(_BELOW))
        draw_text(painter, below, self.told(index, below.width()), theme.font("small"), colors["muted"])

    def told(self, index: Index, width: int) -> str:
        """Size and time; the day alone where the time of day has no room."""
        size = str(index.sibling(index.row(), FileColumn.SIZE).data() or "")
        changed, day = index.sibling(index.row(), FileColumn.CHANGED).data(), index.data(FileRole.DAY)
        whole, short = (_DOT.join(filter(None, (size, str(one or "")))) for one in (changed, day))
        return whole if text_width(whole, self.theme.font("small")) < width else short

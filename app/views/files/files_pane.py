"""The Files tab: what lies beside the saved state at the left, one of it at the right; for looking only.

One idea: as long as somebody looks at the tab, its list and its file are looked at on the disk; when nobody
does, nothing is. The file that the operator chose last is shown of the next session, too, where it has one;
else the log of its launcher. Not for reading, and not for doing anything to a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.file_errands import LOG, FileEntry, FileSeen, FilesListed
from app.models.files.files import FilesModel
from app.views.files.file_view import FileView
from app.views.files.files_table import FilesTable
from app.views.parts.message_page import MessagePage, Notice
from app.views.parts.taking_long import TakingLong
from app.views.style.theme import Theme

_MORE = "There is more in this folder than is listed."
_LIST, _COMPACT_LIST, _LEAST_LIST = 236, 214, 130


class FilesPane(QWidget):
    """`listing_wanted` carries a directory, `file_wanted` (directory, name); None for nothing any more.
    `recover_wanted` carries nothing.
    """

    listing_wanted = Signal(object)
    file_wanted = Signal(object)
    recover_wanted = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("filesPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._directory: str | None = None
        self._preferred = LOG
        self._chosen: FileEntry | None = None
        self._by_hand = False
        self._away = ""
        self._list_width = _LIST
        self._room_chosen = False
        self.model = FilesModel(now, self)
        self.table = FilesTable(theme, self.model)
        self.file = FileView(theme, now)
        self._nothing = MessagePage(theme)
        self._way = Notice(theme, "lifebuoy", "amber", button="Recover…")
        self._more = Notice(theme, "information-outline", "blue")
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._long = TakingLong(self)
        self._lay_out()
        self.table.entry_chosen.connect(self._choose)
        self.table.activated.connect(lambda _: self.file.view.setFocus())
        self._splitter.splitterMoved.connect(self._keep_room)
        self._way.pressed.connect(self.recover_wanted)
        self._long.timeout.connect(lambda: self._say("Reading the folder …", ""))

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """Where what is chosen in the list lies; empty while nothing is."""
        if self._directory is None or self._chosen is None:
            return ""
        return str(Path(self._directory, *self._chosen.name.split("/")))

    @property
    def directory(self) -> str | None:
        """The session that is selected."""
        return self._directory

    def show_session(self, directory: str | None) -> None:
        """Another session is selected, or none; it is looked at when somebody looks."""
        if directory == self._directory:
            return
        self._directory = directory
        self._forget()
        if directory is not None:
            self._long.start()
        self._ask()

    def show_files(self, listed: FilesListed) -> None:
        """Show what lies in the session."""
        if listed.errand.directory != self._directory:
            return
        self._long.stop()
        if listed.problem:
            self._tell_problem(listed.problem)
            return
        first = self._chosen if self._by_hand else self._first_of(listed.entries) or self._chosen
        self.table.show_entries(listed.entries, first.name if first else "")
        self._more.say(_MORE if listed.more else "")
        self._splitter.show()
        self._nothing.hide()
        if first is not None and (self._chosen is None or first.name != self._chosen.name):
            self._show(first)

    def show_file(self, told: FileSeen) -> None:
        """Show what stands in the chosen file."""
        if told.errand.directory == self._directory:
            self.file.show_file(told)
            if told.seen is not None:
                self.model.note_size(told.errand.name, told.seen.text.size)

    def show_away(self, sentence: str) -> None:
        """Its folder cannot be reached now, and that is why ("": it can)."""
        self._away = sentence

    def set_live(self, live: bool, *, elsewhere: bool = False) -> None:
        """Whether somebody works in the session now."""
        self.file.set_live(live, elsewhere=elsewhere)

    def offer_recovery(self, offered: bool) -> None:
        """Point to what a crash kept, where there is no saved state."""
        sentence = "There is no saved state, but the crash kept a record of what the launcher held."
        self._way.say(sentence if offered else "")

    def find_next(self, *, backwards: bool = False) -> None:
        """Find what stands in the field, or ask for it."""
        self.file.finder.find_next(backwards=backwards)

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        self.file.set_compact(compact)
        self._list_width = _COMPACT_LIST if compact else _LIST
        self._give_room()

    # --- events ---------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: from now on it is looked at on the disk, too."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list keeps its width, unless the operator has given it another one."""
        super().resizeEvent(event)
        self._give_room()

    # --- within ---------------------------------------------------------------------------------------------

    def _give_room(self) -> None:
        if not self._room_chosen:
            width = self._theme.px(self._list_width)
            self._splitter.setSizes([width, max(1, self.width() - width)])

    def _keep_room(self) -> None:
        self._room_chosen = True

    def _ask(self) -> None:
        directory = self._directory if self.isVisible() else None
        self.listing_wanted.emit(directory)
        wanted = directory is not None and self.file.name
        self.file_wanted.emit((directory, self.file.name) if wanted else None)

    def _tell_problem(self, problem: str) -> None:
        """What was listed before stays, with the problem above it."""
        if self.model.entries:
            self._more.say(problem)
        else:
            self._say("Nothing to show", self._away or problem)

    def _first_of(self, entries: Sequence[FileEntry]) -> FileEntry | None:
        """The file to begin with; one that is shown already stays, unless a better one has come."""
        by_name = {one.name: one for one in entries if one.kind in ("file", "link")}
        known = (by_name.get(self._preferred), by_name.get(LOG), self._chosen, *by_name.values())
        return next((one for one in known if one is not None), None)

    def _choose(self, entry: FileEntry) -> None:
        if self._chosen is None or entry.name != self._chosen.name:
            self._preferred, self._by_hand = entry.name, True
            self._show(entry)

    def _show(self, entry: FileEntry) -> None:
        self._chosen = entry
        readable = entry.kind in ("file", "link")
        if readable:
            self.file.await_file(entry)
        else:
            self.file.show_entry(entry)
        self._ask_file()

    def _ask_file(self) -> None:
        name = self.file.name
        self.file_wanted.emit((self._directory, name) if name and self.isVisible() else None)

    def _forget(self) -> None:
        self._chosen, self._by_hand = None, False
        self._long.stop()
        self.table.show_entries((), "")
        self.file.forget()
        self._more.say("")
        self._nothing.setVisible(self._directory is None)
        self._splitter.setVisible(self._directory is not None)

    def _say(self, title: str, text: str) -> None:
        self._nothing.say(title, text)
        self._nothing.show()
        self._splitter.hide()

    def _lay_out(self) -> None:
        self.table.setMinimumWidth(self._theme.px(_LEAST_LIST))
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.file)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for notice in (self._way, self._more):
            column.addWidget(notice)
        column.addWidget(self._splitter, 1)
        column.addWidget(self._nothing, 1)
        self._forget()

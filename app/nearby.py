"""Everything behind the Files tab and the file manager, put together: its workers, and who hears whom.

One idea: like `main`, this room only builds and connects. Files beside a saved state are looked at and shown;
nothing here can change one.
Not for behaviour: what a connection means is decided in the room at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.beside.file_manager import FileManager, FolderShown, ShowInFolder, ShowLog
from app.beside.looking import Looking
from app.beside.readers import Readers
from app.editing.desk import Desk
from app.exchange import Banner
from app.session import RootStatus
from app.worker import Worker

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


class Nearby(QObject):
    """The rooms that know what lies beside a saved state. `banner_shown` carries a Banner."""

    banner_shown = Signal(object)

    def __init__(self, folder_of: Callable[[str], str], log: Path, parent: QObject | None = None) -> None:
        """`folder_of` says which watched folder holds a session, `log` is the window's own."""
        super().__init__(parent)
        self._log = str(log)
        self._readers = Readers(folder_of, self)
        self._looking = Looking(self._readers.ask, self)
        self._file_manager = FileManager()
        self._readers.answered.connect(self._looking.take)
        self._file_manager.answered.connect(self._tell)

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Whom to start at the beginning, and to end; readers are begun when somebody looks."""
        return (self._file_manager, *self._readers.workers)

    def take_roots(self, roots: tuple[RootStatus, ...]) -> None:
        """Take in which folders are watched."""
        self._readers.take_roots(roots)

    def connect_window(self, window: MainWindow, desk: Desk) -> None:
        """Let the window ask, and be told."""
        tab, pane = window.files, window.files.pane
        window.session_selected.connect(tab.show_selected)
        desk.session_shown.connect(lambda shown: tab.show_session(shown[0]))
        pane.listing_wanted.connect(self._looking.look_into)
        pane.file_wanted.connect(self._looking.look_at)
        self._looking.files_shown.connect(pane.show_files)
        self._looking.file_shown.connect(pane.show_file)
        tab.show_requested.connect(lambda path: self._file_manager.ask(ShowInFolder(path)))
        tab.logs_requested.connect(lambda: self._file_manager.ask(ShowLog(self._log)))
        tab.message_shown.connect(window.show_message)
        self.banner_shown.connect(window.show_banner)

    def _tell(self, shown: object) -> None:
        """On this thread, which a function of no object would not be."""
        if isinstance(shown, FolderShown) and shown.problem:
            self.banner_shown.emit(Banner("file manager", "amber", shown.problem))

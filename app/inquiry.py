"""Everything behind filters, columns and names over saved values, put together: who asks, and who hears
the answers.

One idea: like `main`, this room only builds and connects. The list asks over what the sessions of all watched
folders hold, each folder answers for itself, and goes on telling.
Not for behaviour: what a connection means is decided in the room at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.disk.folders import Folders
from app.listing.catalog import Catalog
from app.listing.columns import Columns
from app.listing.finding import Finding
from app.listing.users import Users
from app.models.sessions.sessions import SessionsModel

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


class Inquiry(QObject):
    """The rooms that ask all folders over saved values."""

    def __init__(
        self, folders: Folders, catalog: Catalog, sessions: SessionsModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folders, self._catalog, self._sessions = folders, catalog, sessions
        self._finding = Finding(folders.ask_all, self)
        self._columns = Columns(folders.ask_all, self)
        self._users = Users(folders.ask_all, self)

    def connect_disk(self) -> None:
        """Hear what the disk answers, and from which folders."""
        for asking in (self._finding, self._columns, self._users):
            self._folders.answered.connect(asking.take)
            self._catalog.roots_changed.connect(asking.take_roots)

    def connect_window(self, window: MainWindow) -> None:
        """Let the list ask, and be told; and Resume, who there is."""
        finding, columns, sessions = self._finding, self._columns, self._sessions
        sessions.conditions_wanted.connect(finding.ask)
        finding.found.connect(lambda found: sessions.set_matching(*found))
        sessions.values_wanted.connect(columns.show)
        columns.told.connect(lambda told: sessions.take_values(told.names, told.rows))
        sessions.names_wanted.connect(columns.count)
        columns.counted.connect(sessions.set_names)
        window.columns.names_requested.connect(columns.count)
        columns.counted.connect(window.columns.show_names)
        window.resuming.sheet_opened.connect(lambda _: self._users.find())
        self._users.found.connect(window.resuming.take_users)

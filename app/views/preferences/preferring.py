"""The preferences and the form of one launcher, as the window opens them.

One idea: whoever comes to the form from the preferences goes back to them, whoever comes from the Resume
sheet goes back there; which of the two it is leaves with what was confirmed. Not for what the sheets show.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from app.exchange import EntryText, FolderTrust
from app.launchers.registry import Entry, Registry
from app.views.parts.sheets import Sheets
from app.views.preferences.entry_sheet import EntrySheet
from app.views.preferences.folders_page import FoldersPage
from app.views.preferences.launchers_page import LaunchersPage
from app.views.preferences.preferences_sheet import PreferencesSheet
from app.views.style.theme import Theme


class Preferring(QObject):
    """`launchers_wanted`: the list is to be read. `entry_confirmed` carries (Entry, the session that it was
    asked for, or empty), `removal_requested` a launcher's name, `trust_chosen` (folder, Trust).
    """

    launchers_wanted = Signal()
    entry_confirmed = Signal(object, object)
    removal_requested = Signal(object)
    trust_chosen = Signal(object, object)

    def __init__(self, theme: Theme, window: QMainWindow, sheets: Sheets) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._sheets = sheets
        self._folders: Sequence[FolderTrust] = ()
        self._path = ""

    def show_folders(self, folders: Sequence[FolderTrust]) -> None:
        """Which folders are watched, and what may be done there; seen when the preferences open."""
        self._folders = folders

    def open(self, registry: Registry) -> None:
        """Open the preferences with the list as it is now."""
        self._path = str(registry.path)
        sheet = PreferencesSheet(self._theme, self._window)
        launchers, folders = LaunchersPage(self._theme), FoldersPage(self._theme)
        launchers.show_registry(registry)
        launchers.edit_requested.connect(lambda text: self.ask_entry(text, self._path))
        launchers.remove_requested.connect(self.removal_requested)
        folders.show_folders(self._folders)
        folders.trust_chosen.connect(self.trust_chosen)
        sheet.add_page("Launchers", launchers)
        sheet.add_page("Folders", folders)
        self._sheets.show(sheet, sheet.first)

    def ask_entry(self, text: EntryText, path: str, origin: str = "") -> None:
        """Open the form; `path` is the file of the list, `origin` the session that it is asked for."""
        sheet = EntrySheet(self._theme, self._window, text, path, is_new=not text.namespace)
        sheet.entry_confirmed.connect(lambda entry: self._confirm(entry, origin))
        self._sheets.show(sheet, sheet.first)

    def _confirm(self, entry: Entry, origin: str) -> None:
        self.entry_confirmed.emit(entry, origin)

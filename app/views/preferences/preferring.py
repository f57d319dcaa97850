"""The preferences and the form of one launcher, as the window opens them.

One idea: whoever comes to the form from the preferences goes back to them, whoever comes from the Resume
sheet goes back there; which of the two it is leaves with what was confirmed. What is told while the
preferences are open is seen there at once. Not for what the sheets show.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.exchange import FolderTrust, Preferences
from app.launchers.registry import Entry, Registry
from app.resume_exchange import EntryText, Missing, ResumeReturn
from app.settings import FONT_PERCENTS
from app.views.frame import Frame
from app.views.parts.sheets import Sheets
from app.views.preferences.entry_sheet import EntrySheet
from app.views.preferences.preferences_sheet import PreferencesSheet
from app.watch_exchange import WatchedFolder


class Preferring(QObject):
    """`launchers_wanted`: the list is to be read. `missing_wanted` carries an Entry: is all there that it
    names? `entry_confirmed` carries (Entry, the ResumeReturn that asked, or None), `removal_requested` a
    launcher's name, `trust_chosen` (folder, Trust), `network_chosen` (folder, bool), `setting_chosen` the
    name of a setting and its value. `add_wanted`: a folder is to be chosen and watched; `stop_chosen` carries
    one. `return_wanted` carries the ResumeReturn of a sheet from which nothing is set after all.
    """

    launchers_wanted = Signal()
    missing_wanted = Signal(object)
    entry_confirmed = Signal(object, object)
    return_wanted = Signal(object)
    removal_requested = Signal(object)
    trust_chosen = Signal(object, object)
    network_chosen = Signal(object, object)
    stop_chosen = Signal(object)
    add_wanted = Signal()
    setting_chosen = Signal(object, object)
    defaults_wanted = Signal()

    def __init__(self, window: Frame, sheets: Sheets) -> None:
        super().__init__(window)
        self._theme = window.theme
        self._window = window
        self._sheets = sheets
        self._trusts: Sequence[FolderTrust] = ()
        self._watched: Sequence[WatchedFolder] = ()
        self._preferences = Preferences()
        self._path = self._why_no_more = ""
        self._page = 0
        self._sheet: PreferencesSheet | None = None
        self._form: EntrySheet | None = None
        window.menus.theme_chosen.connect(lambda choice: self.setting_chosen.emit("theme", choice))
        for name, slot in {
            "Preferences": self.launchers_wanted.emit,
            "TextLarger": lambda: self._change_size(1),
            "TextSmaller": lambda: self._change_size(-1),
            "TextUsual": lambda: self._change_size(0),
        }.items():
            window.actions_[f"action{name}"].triggered.connect(slot)

    def show_folders(self, folders: Sequence[FolderTrust]) -> None:
        """Which folders are watched, and what may be done there."""
        self._trusts = folders
        self._show()

    def show_watched(self, folders: Sequence[WatchedFolder]) -> None:
        """How they are watched now."""
        self._watched = folders
        self._show()

    def say_why_no_more(self, why: str) -> None:
        """No more folders can be watched here, and that is why."""
        self._why_no_more = why

    def show_preferences(self, preferences: Preferences) -> None:
        """What is chosen, and where it is kept."""
        self._preferences = preferences
        if self._sheet is not None:
            self._sheet.show_preferences(preferences)

    def open(self, registry: Registry) -> None:
        """Open the preferences with the list as it is now, at the page that was seen last."""
        self._path = str(registry.path)
        sheet = PreferencesSheet(self._theme, self._window)
        sheet.launchers.show_registry(registry)
        sheet.show_preferences(self._preferences)
        sheet.pages.setCurrentIndex(self._page)
        sheet.folders.say_why_no_more(self._why_no_more)
        self._connect(sheet)
        self._sheets.show(sheet, sheet.first)  # which closes an earlier one
        self._sheet = sheet
        self._show()

    def ask_entry(self, text: EntryText, path: str, origin: ResumeReturn | None = None) -> None:
        """Open the form; `path` is the file of the list, `origin` the Resume sheet that asks."""
        sheet = EntrySheet(self._theme, self._window, text, path, is_new=not text.namespace)
        sheet.entry_confirmed.connect(lambda entry: self._confirm(entry, origin))
        sheet.missing_wanted.connect(self.missing_wanted)
        if origin is not None:
            sheet.given_up.connect(lambda: self.return_wanted.emit(origin))
        self._sheets.show(sheet, sheet.first)
        self._form = sheet
        sheet.closed.connect(self._forget_form)

    def show_missing(self, entry: Entry, missing: Missing) -> None:
        """What an entry names and is not there: said in the form, if it is still about that entry."""
        if self._form is not None:
            self._form.say_missing(entry, missing)

    # --- within ---------------------------------------------------------------------------------------------

    def _connect(self, sheet: PreferencesSheet) -> None:
        sheet.launchers.edit_requested.connect(lambda text: self.ask_entry(text, self._path))
        sheet.launchers.remove_requested.connect(self.removal_requested)
        sheet.folders.trust_chosen.connect(self.trust_chosen)
        sheet.folders.network_chosen.connect(self.network_chosen)
        sheet.folders.stop_chosen.connect(self.stop_chosen)
        sheet.folders.add_wanted.connect(self.add_wanted)
        sheet.log.folder_wanted.connect(self._window.actions_["actionLogs"].trigger)
        sheet.setting_chosen.connect(self.setting_chosen)
        sheet.defaults_wanted.connect(self.defaults_wanted)
        sheet.pages.currentChanged.connect(self._note_page)
        sheet.closed.connect(self._forget)

    def _show(self) -> None:
        if self._sheet is not None:
            self._sheet.folders.show_folders(self._trusts, self._watched)

    def _change_size(self, by: int) -> None:
        """The next size of text, or the one before; 0 is the usual one."""
        now = self._preferences.font_percent
        larger = [one for one in FONT_PERCENTS if one > now]
        smaller = [one for one in FONT_PERCENTS if one < now]
        found = FONT_PERCENTS[:1] if not by else larger[:1] if by > 0 else smaller[-1:]
        for percent in found:
            self.setting_chosen.emit("font_percent", percent)

    def _note_page(self, page: int) -> None:
        self._page = page

    def _forget_form(self) -> None:
        self._form = None

    def _forget(self) -> None:
        self._sheet = None

    def _confirm(self, entry: Entry, origin: ResumeReturn | None) -> None:
        self.entry_confirmed.emit(entry, origin)

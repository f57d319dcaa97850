"""The sheet that is open, if any: one at a time, with the menus out of reach under it.

One idea: a sheet is opened here and forgotten when it goes, whoever closed it. Not for what sheets ask.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.views.keyboard import KeyboardWindow
from app.views.parts.sheet import Sheet
from app.views.parts.shortcuts_sheet import ShortcutsSheet
from app.views.parts.text_sheet import TextSheet
from app.views.shortcuts import sections
from app.views.style.theme import Theme
from persistence import __version__

_ABOUT = (
    ("Version", __version__),
    ("What", "See, correct and resume the saved state of experiment launchers."),
    ("Licence", "MIT"),
    ("Network", "Never used."),
)


class Sheets(QObject):
    """The sheets of one window, which says where the keyboard goes when it cannot go back to where it was.
    `opened`: another sheet is about to be seen; `closed`: one has gone.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, window: KeyboardWindow) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._open: Sheet | None = None
        self._aside: tuple[Sheet, Callable[[], QWidget]] | None = None

    def show(self, sheet: Sheet, focus: QWidget) -> None:
        """Open a sheet in the place of the one that is open, with the keyboard on one of its controls."""
        self.close()
        self.opened.emit()
        self._open = sheet
        self._window.menuBar().setEnabled(False)
        sheet.closed.connect(self._forget)
        sheet.help_wanted.connect(self._show_above)
        sheet.open_over(focus)

    def close(self) -> None:
        """Take away the sheet that is open, if any."""
        if self._open is not None:
            self._open.close_sheet()

    def set_aside(self, ask: Callable[[], object], returning: Callable[[], QWidget]) -> None:
        """Let the sheet that is open make room for the ones that `ask` opens. When none of these is open any
        more it is there again, as it was; `returning` is told, and says which control has the keyboard.
        """
        if self._open is not None:
            self._open.hide()
            self._aside, self._open = (self._open, returning), None
            ask()
            self._bring_back()

    def show_shortcuts(self) -> None:
        """Tell the keys and what they do."""
        sheet = self._make_shortcuts()
        self.show(sheet, sheet.first)

    def show_about(self) -> None:
        """Tell what this program is."""
        self._tell("information-outline", "About Rigstate", _ABOUT)

    def _make_shortcuts(self) -> ShortcutsSheet:
        return ShortcutsSheet(self._theme, self._window, sections(self._window.menuBar()))

    def _show_above(self) -> None:
        """The keys, over the sheet that is open: what is filled in there stays, and so does its keyboard."""
        if (below := self._open) is None or isinstance(below, ShortcutsSheet):
            return
        sheet, keyboard = self._make_shortcuts(), QApplication.focusWidget()
        sheet.before = keyboard
        below.closed.connect(sheet.close_sheet)  # as it may by itself
        sheet.open_over(sheet.first)

    def _tell(self, icon: str, title: str, pairs: Sequence[tuple[str, str]]) -> None:
        sheet = TextSheet(self._theme, self._window, icon, title, pairs)
        self.show(sheet, sheet.first)

    def _forget(self) -> None:
        before, self._open = self._open.before if self._open is not None else None, None
        if self._aside is not None:
            QTimer.singleShot(0, self, self._bring_back)  # after what its closing brings, such as another one
        self._window.menuBar().setEnabled(True)
        self.closed.emit()
        keyboard = QApplication.focusWidget()
        if keyboard is None or not keyboard.isVisible():
            home = self._window.home_of(before if before is not None and isValid(before) else None)
            if home is not None:
                home.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_back(self) -> None:
        if self._open is None and self._aside is not None:
            (self._open, returning), self._aside = self._aside, None
            self._window.menuBar().setEnabled(False)
            self._open.open_over(returning())

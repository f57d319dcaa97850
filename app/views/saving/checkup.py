"""Checks in the window: which sheets show them, and what leaves the window for them.

One idea: whoever shows a check asks for it with a request, and is shown the answers to exactly that request.
Not for what a check says (`check_part`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from app.checks import CheckRequest, Checks
from app.session import last_part
from app.views.parts.sheets import Sheets
from app.views.saving.check_sheet import CheckSheet
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.saving.save_sheet import SaveSheet
from app.views.style.theme import Theme


class Checkup(QObject):
    """The checks of one window. `check_requested` carries a CheckRequest."""

    check_requested = Signal(object)
    stop_requested = Signal()

    def __init__(self, theme: Theme, window: QMainWindow, sheets: Sheets) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._sheets = sheets
        self._request: CheckRequest | None = None
        self._show: Callable[[Checks], None] | None = None

    def open(self, directory: str) -> None:
        """Check the draft of a session, and show everything that its launchers say."""
        sheet = CheckSheet(self._theme, self._window, last_part(directory))
        sheet.stop_requested.connect(self.stop_requested)
        self._sheets.show(sheet, sheet.first)
        self.ask(CheckRequest(directory), sheet.show_checks)
        sheet.closed.connect(self.forget)

    def attend(self, sheet: SaveSheet | ConflictSheet) -> None:
        """Have checked what a sheet is about to save, as often as that becomes another."""
        sheet.check.check_requested.connect(lambda request: self.ask(request, sheet.check.show_checks))
        sheet.check.stop_requested.connect(self.stop_requested)
        sheet.closed.connect(self.stop_requested)
        sheet.closed.connect(self.forget)

    def ask(self, request: CheckRequest, show: Callable[[Checks], None]) -> None:
        """Ask for a check; `show` is called with what is known of it, again and again."""
        self._request, self._show = request, show
        self.check_requested.emit(request)

    def forget(self) -> None:
        """Nobody shows a check any more."""
        self._request = self._show = None

    def show_checks(self, checks: Checks) -> None:
        """Show what is known now to whoever asked for it."""
        if self._show is not None and checks.request == self._request:
            self._show(checks)

"""A window that is closed by hand between the press of Save and the launcher's check: it goes when that is
done.

One idea: who has pressed Save takes it for saved. So the window says that it waits, for as long as the check
may take, and closes by itself then; where there is something to be looked at first, it stays and says so.
Whoever closes it once more goes at once, and the edits are kept as unsaved ones. Not for checking, and not
for saving: what was confirmed is done before the program ends.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from app.exchange import Decision, SaveRequest
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.saving.save_sheet import SaveSheet
from app.views.saving.saving import Saving

_WAITS = (
    "The window closes as soon as it is saved, which waits for the launcher's check. "
    "Close it once more to go at once; what you edited stays unsaved then, and is kept."
)
_STAYS = "Nothing is saved, and the window stays open: look at what the launcher says."


class SavedFirst(QObject):
    """Lets one window go when what was to be saved is saved."""

    def __init__(self, window: QMainWindow, saving: Saving) -> None:
        super().__init__(window)
        self._window = window
        self._sheet: SaveSheet | ConflictSheet | None = None
        self._closes = False
        saving.check_wanted.connect(self._attend)
        saving.save_requested.connect(self._go)
        saving.decided.connect(self._go)

    def waits(self) -> bool:
        """Whether the window, which is being closed, has to wait for a save; told, and only once."""
        if self._sheet is None or not self._sheet.check.pressed or self._closes:
            return False
        self._closes = True
        self._sheet.say_changed(_WAITS)
        return True

    # --- within ---------------------------------------------------------------------------------------------

    def _attend(self, sheet: SaveSheet | ConflictSheet) -> None:
        self._sheet, self._closes = sheet, False
        sheet.check.changed.connect(self._look)  # after the sheet itself, which saves where it can
        sheet.closed.connect(lambda: self._forget(sheet))

    def _look(self) -> None:
        if self._closes and self._sheet is not None and not self._sheet.check.pressed:
            self._closes = False
            self._sheet.say_changed(_STAYS)

    def _forget(self, sheet: SaveSheet | ConflictSheet) -> None:
        if self._sheet is sheet:
            self._sheet = None

    def _go(self, asked: SaveRequest | Decision) -> None:
        if self._closes and (isinstance(asked, SaveRequest) or asked.save):
            QTimer.singleShot(0, self._window, self._window.close)  # when all have heard of it
        self._closes = False

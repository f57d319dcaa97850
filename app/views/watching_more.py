"""Asking which folder is to be watched, too.

One idea: a window that may watch no folder but its own says so before anybody looks for one in a dialog; its
own, where it is not watched any more, is the only one to be meant. Not for watching.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.exchange import Banner
from app.views.parts.file_dialogs import ask_folder

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


class WatchingMore(QObject):
    """Asks over one window, which is told what was chosen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._only = self._why = ""

    def keep_to(self, folder: str, why: str) -> None:
        """No other folder is watched here, and that is why."""
        self._only, self._why = folder, why
        self._window.actions_.explain({"WatchFolder": why}, "folders")
        self._window.preferring.say_why_no_more(why)

    def ask(self) -> None:
        """Ask for a folder, at first beside the last one; one that hangs is left alone."""
        window = self._window
        if not self._only:
            there = [folder.path for folder in window.watched if folder.available]
            beside = there[-1] if there else ""
            ask_folder(window.theme, window, "Watch a folder", window.watch_folder_requested.emit, beside)
        elif self._only not in (folder.path for folder in window.watched):
            window.watch_folder_requested.emit(self._only)
        else:
            self.refuse()

    def refuse(self) -> None:
        """Say why no other folder is watched."""
        self._window.show_banner(Banner("own-folder-only", "amber", self._why))

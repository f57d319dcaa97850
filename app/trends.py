"""Everything behind the Trend tab, put together: what it asks of the disk, and the library that draws.

One idea: the library that draws takes half a second to be imported, so it is imported when somebody looks at
the tab first, on a thread of its own, and the window goes on. Like `main`, this room only connects.
Not for behaviour: what a connection means is decided in the room at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.disk.folders import Folders
from app.worker import Worker

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Load:
    """Errand: import what draws."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Answer: it is imported, or why it cannot be."""

    why_not: str = ""


class PlotLibrary(Worker):
    """Imports the library, once."""

    def __init__(self) -> None:
        super().__init__("plot library")

    def work(self, errand: object) -> None:
        if isinstance(errand, Load):
            self.answered.emit(Loaded(_imported()))


class Trends(QObject):
    """The rooms that know a number over time."""

    def __init__(self, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._library = PlotLibrary()

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Whom to start at the beginning, and to end."""
        return (self._library,)

    def connect_window(self, window: MainWindow) -> None:
        """Let the window ask, and be told."""
        trending = window.trends
        trending.trace_wanted.connect(self._folders.ask_all)
        trending.plot_wanted.connect(lambda: self._library.ask(Load()))
        self._folders.answered.connect(trending.take)
        self._library.answered.connect(lambda loaded: trending.show_plot(loaded.why_not))


def _imported() -> str:
    """Import the room that draws; why it cannot be, if it cannot."""
    try:
        from app.views.trend import plot  # noqa: F401 - what counts is that it is there
    except ImportError as error:
        return f"{error}."
    return ""

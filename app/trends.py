"""Everything behind the Trend tab, put together: what it asks of the disk, and the library that draws.

One idea: the library that draws takes half a second to be imported, so it is imported when somebody looks at
the tab first, on a thread of its own, and the window goes on. Like `main`, this room only connects.
Not for behaviour: what a connection means is decided in the room at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.disk.folders import Folders
from app.worker import Worker

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class LoadPlot:
    """Errand: import what draws."""


@dataclass(frozen=True, slots=True)
class PlotLoaded:
    """Answer: it is imported, or why it cannot be."""

    why_not: str = ""


class PlotLibrary(Worker):
    """Imports the library, once."""

    def __init__(self) -> None:
        super().__init__("plot library")

    def work(self, errand: object) -> None:
        if isinstance(errand, LoadPlot):
            self.answered.emit(PlotLoaded(_imported()))


class Trends(QObject):
    """The rooms that know a number over time. `loaded` carries why nothing can be drawn; "" if it can."""

    loaded = Signal(object)

    def __init__(self, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._library = PlotLibrary()
        self._library.answered.connect(self._take)

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Whom to start at the beginning, and to end."""
        return (self._library,)

    def connect_window(self, window: MainWindow) -> None:
        """Let the window ask, and be told."""
        trending = window.trends
        trending.trace_wanted.connect(self._folders.ask_all)
        trending.plot_wanted.connect(lambda: self._library.ask(LoadPlot()))
        self._folders.answered.connect(trending.take)
        self.loaded.connect(trending.show_plot)

    @Slot(object)
    def _take(self, answer: object) -> None:
        """On the thread of the window, where what draws is made."""
        if isinstance(answer, PlotLoaded):
            self.loaded.emit(answer.why_not)


def _imported() -> str:
    """Import the room that draws; why it cannot be, if it cannot."""
    try:
        import app.views.trend.plot  # noqa: F401 - what counts is that it is there
    except ImportError as error:
        return f"{error}."
    return ""

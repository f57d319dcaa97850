"""What is painted first: the window with its list, in its own colours and place, filled with what was known.

One idea: a person who opens the window looks at the list. All that this needs stands here and below, and
imports nothing else; who reads, watches, edits and saves comes after the first paint (`main`, by `opening`).
The window is the real one, and stays: the rest is put into it.

Not for behaviour, and not for the truth: what the index knew is told again, and looked at, by the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.first_look import FirstLook, Looked
from app.models.sessions.sessions import SessionsModel
from app.session import Delta
from app.settings import places
from app.views.layout import read_layout
from app.views.main_window import MainWindow
from app.views.style.theme import Theme
from app.watch_exchange import WatchedFolder, WatchStatus


class Front:
    """The window and its list, not shown yet. Needs a QApplication.

    `roots` are watched in this run, beside the remembered folders. `config_dir` takes the place of the
    per-user directories. `clock` tells the local time of all that is shown. `is_fusion`: the QApplication
    was made with our style. `look` has begun to read before all of this was imported. `looked` is what was
    read. Where `only` is given, no folder outside of it is watched: what is kept of edits goes with the demo.
    """

    def __init__(
        self,
        roots: Iterable[str | Path] = (),
        config_dir: str | Path | None = None,
        *,
        clock: Callable[[], datetime] = datetime.now,
        title: str = "Rigstate",
        is_fusion: bool = False,
        look: FirstLook | None = None,
        only: Path | None = None,
    ) -> None:
        self.roots = tuple(map(str, roots))
        self.clock = clock
        self.only = only
        self.where = places(config_dir)
        look = look or FirstLook(self.where, self.roots)
        self.theme = Theme()
        self.sessions = SessionsModel(clock)
        self.looked = look.wait()
        self._dress(self.looked, is_fusion=is_fusion)
        self.window = MainWindow(self.sessions, self.theme)
        self.window.setWindowTitle(title)
        self._fill(self.looked)

    def _dress(self, looked: Looked, *, is_fusion: bool) -> None:
        """Before the window is built, so that it opens in its own colours."""
        if looked.settings is not None:
            self.theme.set_choice(looked.settings.theme)
            self.theme.set_percent(looked.settings.font_percent)
        if isinstance(application := QApplication.instance(), QApplication):
            self.theme.apply(application, is_fusion=is_fusion)

    def _fill(self, looked: Looked) -> None:
        """Lay the window out as it was, and show what was known, or how to begin."""
        folders = tuple(WatchedFolder(folder) for folder in looked.folders)
        self.window.show_watch_status(WatchStatus(folders, busy="looking for sessions" if folders else ""))
        if looked.settings is not None:
            self.window.lay_out_list(read_layout(looked.settings.layout))
        self.window.fit()
        if looked.settings is None:
            self.window.placing.expect()
        self.sessions.apply(Delta(added=tuple(one for _, page in looked.pages for one in page)))

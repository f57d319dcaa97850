"""Sessions that resumed runs made in folders that are not watched, by the runs' own records.

One idea: a session that is not listed can say nowhere that it was resumed from another one, so the run says
it: after the start, when the way back to the list is one button, and before the next resume of the same
session. Text alone; the disk is never asked. Not for sessions that are listed (see `lineage`).
"""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.exchange import Banner
from app.resume_exchange import Earlier, Run
from app.session import RootStatus, holds, last_part

WATCH = "watch_folder_of_run"
_KEY = "outlying:"


class Outlying(QObject):
    """`watch_wanted` carries a folder, `resumed` a session of which it became known that it was resumed, the
    others what the window's setters take.
    """

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    watch_wanted = Signal(object)
    resumed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: dict[str, Run] = {}
        self._roots: tuple[str, ...] = ()
        self._told: set[str] = set()

    def take(self, answer: object) -> None:
        """Take in how a run stands."""
        if isinstance(answer, Run) and answer.session and not answer.refused:
            news = answer.key not in self._runs
            self._runs[answer.key] = answer
            self._tell(answer)
            if news:
                self.resumed.emit(answer.directory)

    def take_roots(self, roots: tuple[RootStatus, ...]) -> None:
        """Take in which folders are watched."""
        self._roots = tuple(one.root for one in roots)
        for run in self._runs.values():
            self._tell(run)

    def act(self, key: str, action: str) -> None:
        """Ask for the folder to be watched, when our button was pressed."""
        run = self._runs.get(key.removeprefix(_KEY))
        if run is not None and action == WATCH:
            self.watch_wanted.emit(_folder_of(run))

    def earlier(self, directory: str, is_listed: Callable[[str], bool]) -> Earlier | None:
        """The latest resume of a session that made one which is not listed."""
        here = os.path.normcase(directory)
        found = [run for run in self._runs.values() if os.path.normcase(run.directory) == here]
        unlisted = [run for run in found if not is_listed(run.session)]
        if not unlisted:
            return None
        last = max(unlisted, key=lambda run: run.key)
        return Earlier(last.session, last.started, last.user, self._is_watched(last))

    def _tell(self, run: Run) -> None:
        """Once for each run of this window's time; taken back when its folder is watched after all."""
        if run.key in self._told and self._is_watched(run):
            self._told.discard(run.key)
            self.banner_removed.emit(f"{_KEY}{run.key}")
        elif run.key not in self._told and self._roots and not run.found and not self._is_watched(run):
            self._told.add(run.key)
            self.banner_shown.emit(_banner(run))

    def _is_watched(self, run: Run) -> bool:
        session = os.path.normcase(run.session)
        return any(holds(os.path.normcase(root), session) for root in self._roots)


def _folder_of(run: Run) -> str:
    return str(Path(run.session).parent)


def _banner(run: Run) -> Banner:
    folder, name, source = _folder_of(run), last_part(run.session), last_part(run.directory)
    text = f"{source} was resumed as {name}. The new session lies in {folder}, which is not watched."
    return Banner(f"{_KEY}{run.key}", "amber", text, (("Watch folder", WATCH),))

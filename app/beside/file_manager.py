"""Asks the system's file manager to show a session, a file, or the window's own log.

One idea: the ways are tried one after another until one is taken; each is a program with a list of arguments,
started in the user's home, never in a session, and never waited for where it may stay open. On a thread of
its own, because a desktop may take seconds to answer.

Not for knowing the ways (`files.showing`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QProcess

from app.files.showing import ShowCommand, show_commands
from app.worker import Worker

ANSWER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class ShowInFolder:
    """Errand: show this path, marked in its folder."""

    path: str


@dataclass(frozen=True, slots=True)
class ShowLog:
    """Errand: show the log of the window at this path; its folder, while there is no log."""

    path: str


@dataclass(frozen=True, slots=True)
class FolderShown:
    """Answer: it was asked for; where `problem` is a sentence, nobody could be asked."""

    path: str
    problem: str = ""


class FileManager(Worker):
    """Answers FolderShown."""

    def __init__(
        self,
        platform: str = sys.platform,
        find: Callable[[str], str | None] = shutil.which,
        variables: Mapping[str, str] = os.environ,
    ) -> None:
        """The arguments say which system it is."""
        super().__init__("file manager")
        self._system = platform, find, variables

    def work(self, errand: object) -> None:
        match errand:
            case ShowInFolder(path):
                self.answered.emit(self._show(path))
            case ShowLog(path):
                self.answered.emit(self._show_log(Path(path)))

    def _show_log(self, log: Path) -> FolderShown:
        """There is none before something went wrong, and no folder for it either."""
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            there = log.exists()
        except OSError:
            there = False
        return self._show(str(log if there else log.parent))

    def _show(self, path: str) -> FolderShown:
        known = show_commands(path, *self._system)
        if not known:
            return FolderShown(path, f"There is no file manager on this computer. This is the place: {path}")
        if any(_taken(way) for way in known):
            return FolderShown(path)
        return FolderShown(path, f"The file manager did not answer. This is the place: {path}")


def _taken(way: ShowCommand) -> bool:
    program, *arguments = way.command
    home = str(Path.home())
    if not way.tells:
        return bool(QProcess.startDetached(program, arguments, home)[0])
    try:
        answer = subprocess.run(
            way.command, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=ANSWER_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0

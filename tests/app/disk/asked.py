"""A worker of one watched folder, asked, and what it answered."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pytestqt.qtbot import QtBot

from app.disk.disk import Disk
from app.folder_errands import Rescan, ScanEnded, Seen

Answer = TypeVar("Answer")


class Asked:
    """A disk worker on a folder, and its answers."""

    def __init__(self, root: Path, qtbot: QtBot, rescan_seconds: float, cache: Path | None = None) -> None:
        self.disk = Disk(str(root), rescan_seconds, cache)
        self.qtbot = qtbot
        self.answers: list[object] = []
        self.threads: set[int] = set()
        self.disk.answered.connect(self._note)
        self.disk.start()

    def _note(self, answer: object) -> None:
        self.threads.add(threading.get_ident())
        self.answers.append(answer)

    def of(self, kind: type[Answer]) -> list[Answer]:
        return [answer for answer in self.answers if isinstance(answer, kind)]

    def ask(self, *errands: object) -> None:
        for errand in errands:
            self.disk.ask(errand)

    def wait_for(self, kind: type[object], count: int = 1) -> None:
        self.qtbot.waitUntil(lambda: len(self.of(kind)) >= count)


def names(seen: list[Seen]) -> set[str]:
    return {summary.name for one in seen for summary in one.summaries}


def ended(asked: Asked) -> None:
    """Let the worker end, all that it knows being written."""
    asked.disk.close()
    assert asked.disk.wait()


def read_wholly(asked: Asked) -> None:
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    rounds = asked.disk._rounds
    asked.qtbot.waitUntil(lambda: not rounds._tidings.judging.busy and not rounds._known().not_surveyed())


def read_before(cached: Callable[[], Asked]) -> Asked:
    """A worker of an earlier window: it has read all, kept what it knows, and ended."""
    earlier = cached()
    read_wholly(earlier)
    ended(earlier)
    return earlier

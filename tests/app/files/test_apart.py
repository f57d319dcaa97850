"""Another process that judges a large session, and whoever waits for it."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.files import apart
from app.files.apart import NotWanted, ask
from tests.patience import PATIENCE_MS

REAL = subprocess.Popen
LIMIT = 1 << 26


class Starts:
    """Starts of programs that take as long as a test wants."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.made: list[subprocess.Popen[bytes]] = []

    def __call__(self, *command: Any, **how: Any) -> subprocess.Popen[bytes]:
        self.begun.set()
        self.go_on.wait(PATIENCE_MS / 1000)
        self.made.append(REAL(*command, **how))
        return self.made[0]


def test_that_nobody_waits_for_a_start_that_takes_long_when_the_answer_is_not_wanted_any_more(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = Starts()
    monkeypatch.setattr(subprocess, "Popen", starts)
    try:
        with pytest.raises(NotWanted):
            ask(str(tmp_path), LIMIT, lambda: not starts.begun.is_set())
        assert not starts.made
    finally:
        starts.go_on.set()
    qtbot.waitUntil(lambda: all(one.name != "asking apart" for one in threading.enumerate()))
    assert starts.made[0].returncode not in (None, 0)


def test_that_where_there_is_no_thread_to_be_had_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asked reads by himself then; the session was not read at all."""

    def none_left(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none_left)
    assert ask(str(tmp_path), LIMIT) is None


def test_that_a_program_that_does_not_end_when_it_is_killed_is_left_behind(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where it waits for a disk that does not answer: the folder's thread waited with it."""
    monkeypatch.setattr(apart, "ENDING_SECONDS", 0.01)
    made: list[subprocess.Popen[bytes]] = []

    def waiting(_command: object, **_: object) -> subprocess.Popen[bytes]:
        made.append(REAL((sys.executable, "-c", "import time; time.sleep(60)")))
        monkeypatch.setattr(made[0], "kill", lambda: None)
        return made[0]

    monkeypatch.setattr(subprocess, "Popen", waiting)
    with pytest.raises(NotWanted):
        ask(str(tmp_path), LIMIT, lambda: not made)
    assert made[0].poll() is None
    monkeypatch.undo()
    made[0].kill()
    qtbot.waitUntil(lambda: all(one.name != "asking apart" for one in threading.enumerate()))

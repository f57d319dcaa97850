"""Work in the background stands aside while the window makes a frame, and never for ever."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app import right_of_way
from app.disk.folders import Folders
from app.folder_errands import ScanEnded
from app.right_of_way import RightOfWay
from app.watch.ears import _EACH_FOLDER_COSTS
from app.watch.watcher import Watcher
from tests.small_rig import made_session

LONG = 60.0


@contextmanager
def working(right: RightOfWay) -> Iterator[threading.Event]:
    """Somebody who asks once, on a thread of his own; the event says that he went on."""
    went_on = threading.Event()

    def work() -> None:
        right.give()
        went_on.set()

    thread = threading.Thread(target=work)
    thread.start()
    yield went_on
    thread.join(LONG)


def told_of_wait(right: RightOfWay, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Says when somebody begins to stand aside."""
    waits, wait = threading.Event(), right._rests.wait

    def told(timeout: float | None = None) -> bool:
        waits.set()
        return wait(timeout)

    monkeypatch.setattr(right._rests, "wait", told)
    return waits


def test_that_nobody_waits_while_the_window_is_at_rest(qapp: object) -> None:
    with working(RightOfWay()) as went_on:
        assert went_on.wait(LONG)


def test_that_work_waits_until_a_frame_is_made(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(right_of_way, "PATIENCE_SECONDS", LONG)
    right = RightOfWay()
    right.begin()
    waits = told_of_wait(right, monkeypatch)
    with working(right) as went_on:
        assert waits.wait(LONG)
        assert not went_on.is_set()
        qtbot.waitUntil(went_on.is_set)


def test_that_a_window_that_is_to_be_painted_begins_a_frame(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(right_of_way, "PATIENCE_SECONDS", LONG)
    right, window = RightOfWay(), QWidget()
    qtbot.addWidget(window)
    right.watch(window)
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
    waits = told_of_wait(right, monkeypatch)
    with working(right) as went_on:
        assert waits.wait(LONG)
        assert not went_on.is_set()
        qtbot.waitUntil(went_on.is_set)


def test_that_nobody_waits_for_a_window_that_never_rests(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(right_of_way, "PATIENCE_SECONDS", 0.01)
    right = RightOfWay()
    right.begin()
    with working(right) as went_on:
        assert went_on.wait(LONG)


def test_that_whoever_does_not_ask_has_short_turns(qapp: object) -> None:
    usual = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        RightOfWay()
        assert sys.getswitchinterval() == pytest.approx(right_of_way.TURN_SECONDS)
    finally:
        sys.setswitchinterval(usual)


def test_that_a_walk_asks_between_two_sessions(qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(5):
        made_session(tmp_path, f"s{number}")
    asked = list[None]()
    folders = Folders(give_way=lambda: asked.append(None))
    folders.add(str(tmp_path))
    qtbot.waitUntil(lambda: len(asked) > 10)  # at a glance, and wholly
    assert folders.shutdown()


def test_that_looks_and_watches_ask_in_between(qtbot: QtBot, tmp_path: Path) -> None:
    sessions = [made_session(tmp_path, f"s{number}") for number in range(5)]
    asked, given = list[str](), list[object]()
    folders = Folders(give_way=lambda: asked.append("look"))
    folders.answered.connect(given.append)
    folders.add(str(tmp_path))
    qtbot.waitUntil(lambda: any(isinstance(answer, ScanEnded) for answer in given))
    asked.clear()
    folders.look(str(tmp_path), frozenset(map(str, sessions)))
    qtbot.waitUntil(lambda: asked.count("look") >= 4)
    watcher = Watcher(give_way=lambda: asked.append("watch"))
    watcher.watch(str(tmp_path), "some identity", "events")
    qtbot.waitUntil(lambda: asked.count("watch") >= 5 or not _EACH_FOLDER_COSTS)
    assert folders.shutdown()
    assert watcher.shutdown()

"""The way of an errand to its folder, each on a thread of its own."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.change_errands import Clear, Done, NotDone
from app.disk.folders import Folders
from app.folder_errands import ScanEnded, Seen
from app.listing.steps import Step, step
from app.session_errands import Open, Opened
from persistence.store import StateFile
from tests.small_rig import made_session

PATIENCE = 60
"""Seconds for what takes milliseconds, on a machine that has others to serve."""


class Answers:
    """Folders, and what was answered."""

    def __init__(self, qtbot: QtBot) -> None:
        self.folders = Folders(rescan_seconds=3600)
        self.heard: list[object] = []
        self.folders.answered.connect(self.heard.append)
        self.qtbot = qtbot

    def wait_for(self, kind: type[object], count: int = 1) -> None:
        self.qtbot.waitUntil(lambda: len([one for one in self.heard if isinstance(one, kind)]) >= count)


@pytest.fixture
def answers(qtbot: QtBot) -> Iterator[Answers]:
    made = Answers(qtbot)
    yield made
    made.folders.shutdown()


def test_that_an_added_folder_is_looked_at_at_once_and_only_once(answers: Answers, tmp_path: Path) -> None:
    made_session(tmp_path)
    answers.folders.add(str(tmp_path))
    answers.folders.add(str(tmp_path))
    answers.wait_for(ScanEnded)
    assert len([one for one in answers.heard if isinstance(one, Seen)]) == 1


def test_that_an_errand_goes_to_the_folder_that_holds_the_session(answers: Answers, tmp_path: Path) -> None:
    for name in ("data", "data2"):
        made_session(tmp_path / name, "s")
        answers.folders.add(str(tmp_path / name))
    assert answers.folders.ask(Open(str(tmp_path / "data2" / "s"), 1))
    answers.wait_for(Opened)
    assert not answers.folders.ask(Open(str(tmp_path / "data3" / "s"), 2))


def test_that_all_folders_are_looked_at_again_when_asked(answers: Answers, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        answers.folders.add(str(tmp_path / name))
    answers.wait_for(ScanEnded, 2)
    answers.folders.rescan()
    answers.wait_for(ScanEnded, 4)


def test_that_a_removed_folder_is_silent(answers: Answers, tmp_path: Path) -> None:
    answers.folders.add(str(tmp_path))
    answers.folders.remove(str(tmp_path))
    answers.folders.look(str(tmp_path), frozenset([str(tmp_path)]))
    assert answers.folders.roots == ()
    answers.folders.shutdown()
    answers.qtbot.wait(0)
    assert answers.heard == []


def test_that_nothing_of_a_removed_folder_is_left_to_the_collector(answers: Answers, tmp_path: Path) -> None:
    """It works on any thread, and would free there what hangs together in cycles."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        answers.folders.add(str(tmp_path / name))
    disk = answers.folders._disks[str(tmp_path / "one")]
    answers.folders.remove(str(tmp_path / "one"))
    assert disk.wait()
    answers.folders.remove(str(tmp_path / "two"))
    assert not isValid(disk)


def test_that_a_folder_that_hangs_keeps_nobody_else_waiting(
    answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, release = threading.Event(), threading.Event()

    def hanging(folder: str, *known: Any, **options: Any) -> Step:
        if Path(folder).name == "hanging":
            hangs.set()
            release.wait()
        return step(folder, *known, **options)

    monkeypatch.setattr("app.listing.lookers.step", hanging)
    for name in ("hanging", "other"):
        made_session(tmp_path / name)
        answers.folders.add(str(tmp_path / name))
    try:
        answers.wait_for(ScanEnded)
        (ended,) = [one for one in answers.heard if isinstance(one, ScanEnded)]
        assert ended.root == str(tmp_path / "other")
        assert hangs.wait(PATIENCE)  # whoever is to end before the walk has begun does not begin it, and ends
        assert not answers.folders.shutdown(20)
    finally:
        release.set()
    assert answers.folders.shutdown()


def test_that_what_came_of_a_change_is_told_though_the_folder_is_not_watched_any_more(
    answers: Answers, tmp_path: Path
) -> None:
    session = made_session(tmp_path)
    answers.folders.add(str(tmp_path))
    assert answers.folders.ask(Clear(str(session), None, StateFile(session).peek()))
    answers.folders.remove(str(tmp_path))
    answers.wait_for(Done)


def test_that_terms_are_told_to_every_folder_also_to_those_that_come_later(
    answers: Answers, tmp_path: Path
) -> None:
    one, two = (made_session(tmp_path / name, "s") for name in ("one", "two"))
    answers.folders.add(str(tmp_path / "one"))
    answers.folders.sign_as("ann")
    answers.folders.refuse({str(tmp_path / "two"): "this folder is view-only"})
    answers.folders.add(str(tmp_path / "two"))
    for session in (one, two):
        answers.folders.ask(Clear(str(session), None, StateFile(session).peek()))
    answers.wait_for(Done)
    answers.wait_for(NotDone)
    assert StateFile(one).history()[-1].who == "ann"
    assert StateFile(two).history()[-1].action == "save"


def test_that_a_view_only_folder_inside_a_watched_one_is_only_looked_at(
    answers: Answers, tmp_path: Path
) -> None:
    one, two = (made_session(tmp_path / name, "s") for name in ("one", "two"))
    answers.folders.add(str(tmp_path))
    answers.folders.refuse({str(tmp_path / "two"): f"{tmp_path / 'two'} is view-only"})
    for session in (one, two):
        answers.folders.ask(Clear(str(session), None, StateFile(session).peek()))
    answers.wait_for(Done)
    answers.wait_for(NotDone)
    assert StateFile(one).history()[-1].action == "clear"
    (refused,) = [one for one in answers.heard if isinstance(one, NotDone)]
    assert refused.sentence == f"Nothing can be changed here: {tmp_path / 'two'} is view-only."

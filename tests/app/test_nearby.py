"""The Files tab from end to end: a real launcher writes its log, and the real window shows it as it comes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.file_errands import FilesListed, ListFiles
from app.hands import Hands
from app.main import Application
from app.views.parts.raw_view import RawView
from tests.small_rig import Rig

TASK = """
import os, time
print("begun", flush=True)
while not os.path.exists({release!r}): time.sleep(0.02)
print("ended", flush=True)
"""


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path)


@pytest.fixture
def application(rig: Rig, qtbot: QtBot) -> Iterator[Application]:
    made = Application(roots=[rig.root], config_dir=rig.root.parent / "config", rescan_seconds=1)
    made.window.show()
    yield made
    made.shutdown()


def test_that_the_log_of_a_running_launcher_comes_line_by_line(rig: Rig, application: Application) -> None:
    release = rig.root.parent / "release"
    process = rig.start(task=TASK.format(release=str(release)))
    try:
        hands = Hands(application.window)
        row = hands.new_row("sessionView", set())
        hands.select("sessionView", row)
        hands.trigger("actionFiles")
        hands.row("filesView", "launcher.log")
        view = hands.named(RawView, "fileView")
        hands.wait(lambda: b"begun" in view.text.data, "the first line")
        assert b"ended" not in view.text.data
        hands.wait(application.window.files.pane.file._pill.isVisible, "that it is live")
        release.touch()
        hands.wait(lambda: b"ended" in view.text.data, "the last line")
        assert view.is_at_end
    finally:
        release.touch()
        process.communicate()


def test_that_what_the_file_manager_could_not_do_is_said_in_the_window(
    rig: Rig, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application._nearby._file_manager, "_system", ("linux", lambda _: None, {}))
    session, hands = rig.run(), Hands(application.window)
    hands.select("sessionView", hands.row("sessionView", session.name))
    hands.trigger("actionShowFolder")
    hands.read(f"There is no file manager on this computer. This is the place: {session}")


def test_that_a_reader_that_hangs_keeps_no_other_thread_from_its_end(
    rig: Rig, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, ended = threading.Event(), threading.Event()

    def hanging(errand: ListFiles) -> FilesListed:
        hangs.set()
        ended.wait()
        return FilesListed(errand)

    monkeypatch.setattr("app.beside.readers.listed", hanging)
    monkeypatch.setattr(application._keeping._files, "finish", ended.set)
    rig.run()
    hands = Hands(application.window)
    hands.select("sessionView", hands.new_row("sessionView", set()))
    hands.trigger("actionFiles")
    hands.wait(hangs.is_set, "that it hangs")
    assert application.shutdown()


def test_that_nobody_reads_before_somebody_looks(rig: Rig, application: Application) -> None:
    rig.run()
    hands = Hands(application.window)
    hands.select("sessionView", hands.new_row("sessionView", set()))
    hands.row("stateView", "CountingLauncher")
    assert not application._nearby.workers[1:]
    hands.trigger("actionFiles")
    hands.row("filesView", "session.json")
    (reader,) = application._nearby.workers[1:]
    application._watching.remove(str(rig.root))
    assert reader.wait()

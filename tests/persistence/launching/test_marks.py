"""A session is marked as running from when it has both name and folder, and no longer than its run."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from persistence import PersistentState
from persistence.files.running import MARKER_FILE, RunningMarker, read_running
from persistence.launching import marks
from persistence.scan import find_sessions
from tests.patience import PATIENCE_MS
from tests.persistence.launcher_scripts import start, until, write_script
from tests.persistence.launching.scope import state_in

LOOKS = "a folder to be marked as running"
"""The thread that does."""


class AssignsFirst:
    """A base that names its folder, and makes it when it is ready to."""

    output_session_folder = ""

    def __init__(self, folder: Path, work: Callable[[Path], Any]) -> None:
        self.folder, self.work = folder, work

    def run(self) -> bool:
        self.output_session_folder = str(self.folder)
        self.work(self.folder)
        return True


class Rig(PersistentState, AssignsFirst):
    save_on_failure = False


def made_and_marked(folder: Path) -> None:
    assert not folder.exists()  # a launcher that refuses a folder that is there would not start
    folder.mkdir()
    assert until(lambda: read_running(folder)).pid == os.getpid()


def test_that_a_session_whose_folder_is_made_after_it_is_named_is_marked_as_running(tmp_path: Path) -> None:
    folder = tmp_path / "session"
    assert Rig(folder, made_and_marked).run()
    assert read_running(folder) is None
    assert (folder / MARKER_FILE).read_bytes() == b""
    assert state_in(folder)["outcome"] == "completed"


PROGRAM = """
class Base:
    def run(self):
        self.output_session_folder = sys.argv[1]
        os.mkdir(sys.argv[1])
        time.sleep(60)
class Rig(PersistentState, Base): ...
Rig().run()
"""


def test_that_a_run_that_is_killed_is_listed_though_its_folder_was_made_after_it_was_named(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data" / "session"
    folder.parent.mkdir()
    process = start(write_script(tmp_path, PROGRAM), folder)
    try:
        running = until(lambda: read_running(folder))
    finally:
        process.kill()
        process.communicate()
    assert running.pid == process.pid
    assert list(find_sessions(folder.parent)) == [folder]


def test_that_a_folder_that_comes_after_its_run_is_not_marked(tmp_path: Path) -> None:
    folder = tmp_path / "session"

    def fail(_: Path) -> None:
        raise SystemExit(3)

    try:
        Rig(folder, fail).run()
    except SystemExit:
        folder.mkdir()
    assert list(folder.iterdir()) == []


def test_that_only_the_folder_that_was_named_last_is_waited_for(tmp_path: Path) -> None:
    abandoned, taken = tmp_path / "abandoned", tmp_path / "taken"

    def change(_: Path) -> None:
        rig.output_session_folder = str(taken)
        abandoned.mkdir()
        made_and_marked(taken)

    rig = Rig(abandoned, change)
    assert rig.run()
    assert list(abandoned.iterdir()) == []


def test_that_a_session_whose_folder_the_final_save_makes_is_not_marked_any_more(tmp_path: Path) -> None:
    folder = tmp_path / "session"
    assert Rig(folder, lambda _: None).run()
    assert state_in(folder)["outcome"] == "completed"
    assert read_running(folder) is None


def held_up(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """A share that answers the thread which looks for a folder late: `asked`, and then not until `answer`."""
    asked, answer, isdir = threading.Event(), threading.Event(), os.path.isdir

    def late(path: str) -> bool:
        if threading.current_thread().name == LOOKS and isdir(path):
            asked.set()
            answer.wait(PATIENCE_MS / 1000)
        return isdir(path)

    monkeypatch.setattr(os.path, "isdir", late)
    return asked, answer


def test_that_a_look_that_nobody_waits_for_any_more_takes_no_mark_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It took that of the run itself, which had looked again meanwhile: an experiment ran unmarked."""
    monkeypatch.setattr(marks, "_PATIENCE", 0.01)
    asked, answer = held_up(monkeypatch)

    def work(folder: Path) -> None:
        folder.mkdir()
        assert asked.wait(PATIENCE_MS / 1000)
        (late,) = (one for one in threading.enumerate() if one.name == LOOKS)
        assert rig.checkpoint()
        assert read_running(folder) is not None
        answer.set()
        late.join(PATIENCE_MS / 1000)
        assert read_running(folder) is not None

    rig = Rig(tmp_path / "session", work)
    assert rig.run()
    assert "cannot be marked" not in caplog.text


def test_that_a_folder_that_is_just_being_marked_is_not_let_go_of_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows would be told of an end and of a beginning."""
    let_go: list[Path] = []
    release = RunningMarker.release

    def noted(marker: RunningMarker) -> None:
        let_go.append(marker.directory)
        release(marker)

    monkeypatch.setattr(RunningMarker, "release", noted)
    asked, answer = held_up(monkeypatch)

    def work(folder: Path) -> None:
        folder.mkdir()
        assert asked.wait(PATIENCE_MS / 1000)
        threading.Timer(0.0, answer.set).start()
        assert rig.checkpoint()
        assert until(lambda: read_running(folder)).pid == os.getpid()
        assert let_go == []

    rig = Rig(tmp_path / "session", work)
    assert rig.run()

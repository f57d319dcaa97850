"""A session is marked as running from when it has both name and folder, and no longer than its run."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from persistence import PersistentState
from persistence.files.running import MARKER_FILE, read_running
from persistence.scan import find_sessions
from tests.persistence.launcher_scripts import start, until, write_script
from tests.persistence.launching.scope import state_in


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

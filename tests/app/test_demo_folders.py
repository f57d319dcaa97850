"""The folder of a demo goes with it, or at the next start: real folders, locks, launchers and processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from app import demo
from app.demo_folders import OWNER, demo_folder, remove_left, remove_left_aside
from app.runs.process_group import VARIABLE, began_at
from persistence.files.running import RunningMarker
from persistence.launching.run_record import RunRecord, new_key, this_computer, write_record

LAUNCHER = "resources.demo.predictive.PredictiveLauncher"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary ones, of this test alone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left(said: list[str]) -> tuple[Path, RunningMarker]:
    """The folder of a demo that has ended while a launcher ran in it, and the mark of that."""
    with demo_folder(said.append) as directory:
        (directory / "data" / "764521").mkdir(parents=True)
        (directory / "settings").mkdir()
        marker = RunningMarker(directory / "data" / "764521", LAUNCHER)
        marker.acquire()
    return directory, marker


def test_that_a_folder_in_which_a_launcher_outlived_the_demo_goes_when_that_has_ended() -> None:
    said: list[str] = []
    directory, marker = left(said)
    assert str(directory) in said[0]
    remove_left()
    assert (directory / "data" / "764521").is_dir()
    marker.release()
    remove_left()
    assert not directory.exists()


def test_that_the_next_demo_removes_it() -> None:
    directory, marker = left([])
    marker.release()
    with demo.made(print, ()) as made:
        assert not directory.exists()
        assert made.directory.is_dir()


def test_that_a_demo_that_lives_is_left_alone_and_one_that_was_killed_is_not(temporary: Path) -> None:
    code = "import app.demo_folders as it\nwith it.demo_folder(print) as one: print(one, flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", code], cwd=demo.CODE, env={**os.environ, "TMPDIR": str(temporary)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout is not None
    directory = Path(other.stdout.readline().strip())
    remove_left()
    assert directory.is_dir()
    other.kill()
    other.communicate()
    assert directory.is_dir()
    remove_left()
    assert not directory.exists()


@contextmanager
def begun(directory: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A launcher that a window started, and that has not marked its session yet."""
    key = new_key(datetime.now())
    process = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, env={**os.environ, VARIABLE: key}
    )
    folder = directory / "settings" / "data" / "runs" / key
    folder.mkdir(parents=True)
    began = began_at(process.pid)
    write_record(folder, RunRecord(key, "x", LAUNCHER, ("x",), this_computer(), process.pid, began))
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_that_a_launcher_that_has_only_begun_keeps_the_folder() -> None:
    directory, marker = left([])
    marker.release()
    with begun(directory):
        remove_left()
        assert directory.is_dir()
    remove_left()
    assert not directory.exists()


def test_that_nothing_else_is_ever_removed(temporary: Path) -> None:
    """A folder that is only called so, a file, a link to a demo that is left, a lock file that is a link."""
    (temporary / "rigstate-demo-mine").mkdir()
    (temporary / "rigstate-demo-mine" / "notes.txt").write_text("mine", "utf-8")
    (temporary / "rigstate-demo-file").write_text("mine", "utf-8")
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / OWNER).touch()
    if os.name == "posix":
        (temporary / "rigstate-demo-link").symlink_to(elsewhere, target_is_directory=True)
        (temporary / "rigstate-demo-mine" / OWNER).symlink_to(elsewhere / OWNER)
    before = sorted(temporary.rglob("*"))
    remove_left()
    assert sorted(temporary.rglob("*")) == before


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_that_a_link_within_a_demo_is_removed_and_not_what_it_leads_to(temporary: Path) -> None:
    directory, marker = left([])
    marker.release()
    (temporary / "kept").mkdir()
    (temporary / "kept" / "data.csv").touch()
    (directory / "link").symlink_to(temporary / "kept", target_is_directory=True)
    remove_left()
    assert not directory.exists()
    assert (temporary / "kept" / "data.csv").is_file()


def test_that_it_is_done_on_a_thread_of_its_own() -> None:
    directory, marker = left([])
    marker.release()
    remove_left_aside()
    for thread in threading.enumerate():
        if thread.name == "demo_folders":
            thread.join(10)
    assert not directory.exists()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_that_the_next_start_of_the_window_removes_it(temporary: Path) -> None:
    directory, marker = left([])
    marker.release()
    code = f"""
import os, pathlib, signal, sys
from PySide6.QtCore import QTimer
from app.__main__ import main

def look(opening):
    timer = QTimer(opening, interval=20, timeout=tell)
    opening.whole.connect(timer.start)

def tell():
    if not pathlib.Path({str(directory)!r}).exists():
        os.kill(os.getpid(), signal.{signal.SIGTERM.name})

sys.exit(main([], begun=look))
"""
    variables = {"QT_QPA_PLATFORM": "offscreen", "RIGSTATE_CONFIG_DIR": str(temporary / "c")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=demo.CODE, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, **variables, "TMPDIR": str(temporary)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert not directory.exists()

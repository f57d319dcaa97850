"""The running marker, between real processes."""

import json
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from persistence.errors import StateError
from persistence.files.runner import Running
from persistence.files.running import MARKER_FILE, AlreadyRunning, RunningMarker, read_running
from tests.persistence.launcher_scripts import HOLDER, finished, holding, start


def test_that_a_held_marker_tells_who_runs(tmp_path: Path) -> None:
    marker = RunningMarker(tmp_path, "my.Launcher")
    marker.acquire()
    try:
        running = read_running(tmp_path)
        assert running is not None
        assert (running.host, running.pid, running.launcher) == (
            socket.gethostname(),
            os.getpid(),
            "my.Launcher",
        )
        assert not running.finishing
    finally:
        marker.release()
    assert read_running(tmp_path) is None
    assert (tmp_path / MARKER_FILE).read_bytes() == b""


def test_that_it_says_finishing(tmp_path: Path) -> None:
    marker = RunningMarker(tmp_path, "my.Launcher")
    marker.acquire()
    try:
        marker.finishing()
        running = read_running(tmp_path)
        assert running is not None
        assert running.finishing
    finally:
        marker.release()


def test_that_a_second_one_is_told_who_holds_it(tmp_path: Path) -> None:
    first, second = RunningMarker(tmp_path, "my.Launcher"), RunningMarker(tmp_path, "your.Launcher")
    first.acquire()
    try:
        with pytest.raises(AlreadyRunning, match=rf"my\.Launcher on .* \(process {os.getpid()}\)") as refused:
            second.acquire()
        assert refused.value.running.launcher == "my.Launcher"
        running = read_running(tmp_path)
        assert running is not None
        assert running.launcher == "my.Launcher"  # the loser wrote nothing
    finally:
        first.release()
    second.acquire()
    second.release()


def test_that_the_marker_of_a_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    process = holding(tmp_path)
    try:
        running = read_running(tmp_path)
        assert running is not None
        assert running.pid == process.pid
        with pytest.raises(AlreadyRunning):
            RunningMarker(tmp_path, "my.Launcher").acquire()
    finally:
        process.kill()
        finished(process)
    assert (tmp_path / MARKER_FILE).stat().st_size > 0
    assert read_running(tmp_path) is None
    marker = RunningMarker(tmp_path, "my.Launcher")
    marker.acquire()
    marker.release()


def test_that_reading_it_makes_no_file(tmp_path: Path) -> None:
    assert read_running(tmp_path) is None
    assert read_running(tmp_path / "none") is None
    assert list(tmp_path.iterdir()) == []


def test_that_a_directory_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises((StateError, OSError)):
        RunningMarker(tmp_path / "none", "my.Launcher").acquire()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("text", [b"{", b"[]", b'{"pid": "x", "host": 3}', b"\xff", b"x" * 10_000])
def test_that_a_marker_with_any_text_is_running_while_it_is_held(tmp_path: Path, text: bytes) -> None:
    marker = RunningMarker(tmp_path, "my.Launcher")
    marker.acquire()
    try:
        (tmp_path / MARKER_FILE).write_bytes(text)
        assert read_running(tmp_path) == (Running() if len(text) < 4096 else None)
    finally:
        marker.release()


def test_that_a_session_that_is_moved_away_is_let_go_of_where_it_is(tmp_path: Path) -> None:
    """An archiver moves the whole folder while the launcher that made it still runs."""
    (tmp_path / "here").mkdir()
    marker = RunningMarker(tmp_path / "here", "my.Launcher")
    marker.acquire()
    (tmp_path / "here").rename(tmp_path / "there")
    marker.finishing()
    running = read_running(tmp_path / "there")
    assert running is not None
    assert running.finishing
    marker.release()
    assert read_running(tmp_path / "there") is None
    assert (tmp_path / "there" / MARKER_FILE).read_bytes() == b""
    assert not (tmp_path / "here").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "marker.release()"])
def test_that_a_child_made_by_fork_does_not_hold_it(tmp_path: Path, end: str) -> None:
    """It may outlive the run by hours: a worker of a launcher that was killed."""
    child = "child = os.fork()\nif not child:\n os.close(1), os.close(2), time.sleep(60)\n"
    script = HOLDER.replace("time.sleep(60)", f"import os, signal\n{child}print(child, flush=True)\n{end}")
    process = start("-c", script, tmp_path, "my.Launcher")
    assert process.stdout.readline() == "held\n"
    worker = int(process.stdout.readline())
    try:
        finished(process)
        os.kill(worker, 0)  # it lives
        assert read_running(tmp_path) is None
        marker = RunningMarker(tmp_path, "my.Launcher")
        marker.acquire()
        marker.release()
    finally:
        os.kill(worker, signal.SIGKILL)


def test_that_unknown_holders_are_named_somehow() -> None:
    assert str(Running()) == "another program"
    assert str(Running(pid=7, started="2026-01-02T03:04:05.678")) == "(process 7) since 2026-01-02 03:04:05"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_that_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    (tmp_path / MARKER_FILE).symlink_to(target)
    with pytest.raises(StateError):
        RunningMarker(tmp_path, "my.Launcher").acquire()
    assert target.read_bytes() == b"precious"
    assert read_running(tmp_path) is None


def test_that_its_text_is_one_line_of_json(tmp_path: Path) -> None:
    marker = RunningMarker(tmp_path, "my.Lauñcher")
    marker.acquire()
    try:
        text = (tmp_path / MARKER_FILE).read_text(encoding="utf-8")
        assert text.count("\n") == 1
        assert json.loads(text)["launcher"] == "my.Lauñcher"
    finally:
        marker.release()

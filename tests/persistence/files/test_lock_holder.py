"""Whoever waits for a lock learns whom he waits for."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from persistence.document import new_document
from persistence.errors import LockTimeout
from persistence.files.lock_holder import holder_of
from persistence.files.running import RunningMarker
from persistence.store import LOCK_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start
from tests.persistence.launching.test_saving import HOLDER

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")


def held_by(directory: Path) -> Any:
    """Another program that holds the lock."""
    process = start("-c", HOLDER, directory / LOCK_FILE)
    assert process.stdout.readline() == "held\n"
    return process


@linux_only
def test_that_a_process_of_this_computer_is_named_even_when_it_is_frozen(tmp_path: Path) -> None:
    process = held_by(tmp_path)
    try:
        os.kill(process.pid, signal.SIGSTOP)
        assert holder_of(tmp_path / LOCK_FILE).startswith(f"process {process.pid} ({sys.executable}")
        with pytest.raises(LockTimeout) as caught:
            StateFile(tmp_path, budget=0.1).commit(new_document(), expected_etag="absent")
    finally:
        process.kill()
        finished(process)
    assert f"process {process.pid} (" in caught.value.cause
    assert caught.value.holder.startswith(f"process {process.pid} (")
    assert "that program has stopped answering" in caught.value.next_step
    StateFile(tmp_path, budget=0.1).commit(new_document(), expected_etag="absent")


@linux_only
def test_that_a_program_that_only_has_the_file_open_is_not_named(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_bytes(b"")
    with (tmp_path / LOCK_FILE).open("rb"):
        assert holder_of(tmp_path / LOCK_FILE) == ""


def test_that_else_the_launcher_that_runs_there_is_named(tmp_path: Path) -> None:
    marker = RunningMarker(tmp_path, "m.Rig")
    marker.acquire()
    try:
        assert holder_of(tmp_path / LOCK_FILE).startswith("m.Rig on ")
    finally:
        marker.release()
    assert holder_of(tmp_path / LOCK_FILE) == ""
    assert holder_of(tmp_path / "none" / LOCK_FILE) == ""


@linux_only
def test_that_one_who_waits_is_told_and_may_give_up_with_nothing_changed(tmp_path: Path) -> None:
    process = held_by(tmp_path)
    told: list[tuple[str, float]] = []

    def give_up(holder: str, seconds_left: float) -> None:
        told.append((holder, seconds_left))
        if len(told) == 2:
            raise KeyboardInterrupt

    try:
        with pytest.raises(KeyboardInterrupt):
            StateFile(tmp_path, budget=60, waiting=give_up).commit(new_document(), expected_etag="absent")
    finally:
        process.kill()
        finished(process)
    assert all(holder.startswith(f"process {process.pid} (") for holder, _ in told)
    assert 60 > told[0][1] > told[1][1] > 0
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]


@linux_only
def test_that_the_command_line_says_whom_it_waits_for(tmp_path: Path) -> None:
    process = held_by(tmp_path)
    try:
        waiting = start("-m", "persistence", "clear", tmp_path)
        said = waiting.stderr.readline()
        assert f"waiting for process {process.pid} (" in said
        assert "Ctrl+C gives up and changes nothing" in said
        waiting.send_signal(signal.SIGINT)
        code, _, errors = finished(waiting)
    finally:
        process.kill()
        finished(process)
    assert code == 1
    assert "Traceback" not in errors

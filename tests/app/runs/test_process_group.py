"""Ending what a run started: all of it and nothing else, gently first; with real processes on Linux."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.runs import process_group
from app.runs.process_group import VARIABLE, ProcessGroup, began_at, run_program

KEY = "2026-11-23_14-05-00_abcdef"
# Says "ready" when it has made a child in its own group, and one that left it; notes what it is asked.
TREE = """
import os, signal, subprocess, sys, time
notes = sys.argv[1]
sleep = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(2, signal.SIG_IGN); print('on', flush=True); time.sleep(600)",
]
near = subprocess.Popen(sleep, stdout=subprocess.PIPE)
far = subprocess.Popen(sleep, stdout=subprocess.PIPE, start_new_session=True)
def note(number, frame):
    with open(notes, "a") as file:
        file.write(f"{signal.Signals(number).name}\\n")
signal.signal(signal.SIGINT, note)
signal.signal(signal.SIGTERM, note)
near.stdout.readline(), far.stdout.readline()
with open(notes, "a") as file:
    file.write(f"ready {near.pid} {far.pid}\\n")
while True:
    time.sleep(0.05)
"""
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")


class Tree:
    """A process with children, that leads a group of its own."""

    def __init__(self, folder: Path, key: str = KEY) -> None:
        self.notes = folder / "notes"
        environment = {**os.environ, VARIABLE: key}
        command = [sys.executable, "-c", TREE, str(self.notes)]
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)
        wait(lambda: "ready" in self.said)
        self.children = [int(pid) for pid in self.said.split("ready ")[1].split()[:2]]

    @property
    def said(self) -> str:
        return self.notes.read_text() if self.notes.exists() else ""

    @property
    def group(self) -> ProcessGroup:
        return ProcessGroup(KEY, self.process.pid, began_at(self.process.pid))

    def end(self) -> None:
        for pid in (self.process.pid, *getattr(self, "children", ())):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()


def wait(condition: object, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    made = Tree(tmp_path)
    yield made
    made.end()


@only_linux
def test_that_a_run_is_asked_as_by_ctrl_c_then_pressed_then_ended_with_all_that_it_started(
    tree: Tree,
) -> None:
    group = tree.group
    assert group.alive
    group.ask()
    wait(lambda: "SIGINT" in tree.said)
    group.press()
    wait(lambda: "SIGTERM" in tree.said)
    wait(lambda: not lives(tree.children[0]))  # it ignored the first only
    assert lives(tree.process.pid)
    group.kill()
    tree.process.wait()
    wait(lambda: not any(map(lives, tree.children)))
    assert not group.alive


@only_linux
def test_that_what_outlives_the_first_process_is_still_the_run(tree: Tree) -> None:
    group = tree.group
    tree.process.kill()
    tree.process.wait()
    assert group.alive
    group.kill()
    wait(lambda: not any(map(lives, tree.children)))
    assert not group.alive


@only_linux
@pytest.mark.parametrize("key", ["another-run", ""])
def test_that_processes_of_somebody_else_are_never_signalled(tmp_path: Path, key: str) -> None:
    other = Tree(tmp_path, key)
    try:
        group = other.group
        assert not group.alive
        for end in (group.ask, group.press, group.kill):
            end()
        time.sleep(0.2)
        assert "SIG" not in other.said
        assert all(map(lives, (other.process.pid, *other.children)))
    finally:
        other.end()


def test_that_no_process_at_all_is_no_run() -> None:
    for leader in (0, -1, 2**22 + 7):
        group = ProcessGroup(KEY, leader, "")
        assert not group.alive
        group.kill()


class System:
    """A system of another kind: notes which of its programs were run, and answers `ps`."""

    def __init__(self, began: str) -> None:
        self.began = began
        self.commands: list[tuple[str, ...]] = []

    def __call__(self, command: Sequence[str]) -> str:
        self.commands.append(tuple(command))
        return self.began


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_that_elsewhere_the_time_at_which_it_began_tells_a_process_from_a_later_one() -> None:
    process = subprocess.Popen(["sleep", "600"], start_new_session=True)
    try:
        began = began_at(process.pid, system="darwin")
        assert began
        assert ProcessGroup(KEY, process.pid, began, system="darwin").alive
        later = ProcessGroup(KEY, process.pid, "Mon Jan  1 00:00:00 2001", system="darwin")
        assert not later.alive
        later.kill()
        assert process.poll() is None
        ProcessGroup(KEY, process.pid, began, system="darwin").kill()
        assert process.wait() == -signal.SIGKILL
    finally:
        process.kill()
        process.wait()


def test_that_on_windows_ctrl_c_is_pressed_then_break_and_then_the_tree_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process_group, "_began_on_windows", lambda pid: "133" if pid == 77 else "")
    monkeypatch.setenv("SYSTEMROOT", "C:/Windows")
    system = System("")
    group = ProcessGroup(KEY, 77, "133", system="win32", run=system)
    assert group.alive
    group.ask()
    group.press()
    group.kill()
    *presses, kill = system.commands
    assert presses == [
        (sys.executable, "-P", "-m", "app.runs.console_key", "77", key) for key in ("c", "break")
    ]
    assert Path(kill[0]).name == "taskkill.exe"
    assert kill[1:] == ("/T", "/F", "/PID", "77")


def test_that_on_windows_a_later_process_of_that_number_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process_group, "_began_on_windows", lambda _: "999")
    system = System("")
    group = ProcessGroup(KEY, 77, "133", system="win32", run=system)
    for end in (group.ask, group.press, group.kill):
        end()
    assert (group.alive, system.commands) == (False, [])


def test_that_a_program_of_the_system_that_fails_says_nothing() -> None:
    assert run_program(["/no/such/program"]) == ""
    assert run_program([sys.executable, "-c", "print('x')"]) == "x"

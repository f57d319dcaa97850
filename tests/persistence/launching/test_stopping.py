"""Processes that do, or do not, end when they are asked to."""

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from persistence.launching.stopping import Stopper
from tests.persistence.launcher_scripts import finished, start, until

STUBBORN = """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("on", flush=True)
time.sleep(60)
"""
DEAF = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
def end(*_):
    time.sleep(0.3)
    sys.exit(6)
signal.signal(signal.SIGTERM, end)
print("on", flush=True)
time.sleep(60)
"""
TELLS = """
import os, sys, time
print("on", flush=True)
while not os.path.exists(sys.argv[1]): time.sleep(0.02)
"""
GENTLE = "import time; print('on', flush=True)\nwhile True: time.sleep(0.02)"


def started(code: str, *arguments: str | Path) -> subprocess.Popen[Any]:
    process: subprocess.Popen[Any] = start("-c", code, *arguments)
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    return process


def ended(stopper: Stopper, process: subprocess.Popen[Any]) -> int:
    try:
        return stopper.wait_for(process)
    finally:
        process.kill()
        process.communicate()


def test_that_a_process_that_ends_by_itself_is_waited_for() -> None:
    assert ended(Stopper(), start("-c", "raise SystemExit(3)")) == 3


def test_that_a_process_ends_when_it_is_asked_to() -> None:
    stopper, process = Stopper(), started(GENTLE)
    thread = threading.Thread(target=stopper.ask)
    thread.start()
    assert ended(stopper, process) != 0
    thread.join()
    assert stopper.asked


def test_that_a_stop_asked_before_the_process_was_there_counts() -> None:
    stopper = Stopper()
    stopper.ask()
    assert ended(stopper, started(GENTLE)) != 0


@pytest.mark.skipif(sys.platform == "win32", reason="there nothing can be ignored")
def test_that_a_process_that_ignores_it_is_killed_after_a_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.launching.stopping.CLEAN_UP", 0.1)
    monkeypatch.setattr("persistence.launching.stopping.GRACE", 0.2)
    stopper = Stopper()
    stopper.ask()
    assert ended(stopper, started(STUBBORN)) == -9


@pytest.mark.skipif(sys.platform == "win32", reason="there nothing is asked twice")
def test_that_a_process_that_goes_on_after_an_interrupt_is_terminated_once_and_cleans_up_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("persistence.launching.stopping.CLEAN_UP", 0.1)
    monkeypatch.setattr("persistence.launching.stopping.GRACE", 60)
    stopper, process = Stopper(), started(DEAF)
    stopper.ask()
    assert stopper.wait_for(process) == 6
    process.communicate()


class Watched(Stopper):
    """Tells when it has done once what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = threading.Event()

    def press_a_key(self) -> None:
        """As a user does, once there is a process to be stopped."""
        until(lambda: self._process)
        self.interrupt(signal.SIGINT)

    def _press(self, process: subprocess.Popen[Any]) -> None:
        super()._press(process)
        self.pressed.set()


@contextlib.contextmanager
def meanwhile(action: Callable[[], None]) -> Iterator[None]:
    """Have something done by another thread; what it finds wrong is raised here."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(action)
        yield
        done.result()


@pytest.fixture
def nobody_terminates(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends within this time was interrupted, or killed when asked for."""
    monkeypatch.setattr("persistence.launching.stopping.CLEAN_UP", 600)


@pytest.mark.skipif(sys.platform == "win32", reason="there keys are pressed for all")
def test_that_a_process_in_a_group_of_its_own_is_told_of_a_key_that_it_cannot_hear(
    nobody_terminates: None,
) -> None:
    stopper, process = Watched(), started("import os; os.setpgid(0, 0)\n" + GENTLE)
    with meanwhile(stopper.press_a_key):
        assert ended(stopper, process) == -signal.SIGINT


@pytest.mark.skipif(sys.platform == "win32", reason="there keys are pressed for all")
def test_that_a_process_that_hears_the_key_itself_is_not_interrupted_once_more(
    tmp_path: Path, nobody_terminates: None
) -> None:
    stopper, process = Watched(), started(TELLS, tmp_path / "over")

    def press_and_end_it() -> None:
        stopper.press_a_key()
        assert stopper.pressed.wait(60)
        (tmp_path / "over").touch()

    with meanwhile(press_and_end_it):
        assert ended(stopper, process) == 0  # had it been interrupted, it would tell


@pytest.mark.skipif(sys.platform == "win32", reason="there nothing can be ignored")
def test_that_a_process_that_ignores_it_is_killed_when_asked_again(nobody_terminates: None) -> None:
    stopper, process = Watched(), started(STUBBORN)

    def ask_twice() -> None:
        stopper.ask()
        assert stopper.pressed.wait(60)
        assert process.poll() is None
        stopper.ask()

    with meanwhile(ask_twice):
        assert ended(stopper, process) == -9


def test_that_a_second_signal_before_there_is_a_process_gets_through() -> None:
    stopper = Stopper()
    stopper.interrupt(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        stopper.interrupt(signal.SIGINT)


CLEANS_UP = """
import signal, time
signal.signal(signal.SIGUSR1, signal.default_int_handler)
try:
    print("on", flush=True)
    while True: time.sleep(0.02)  # a long one does not see what came just before it
except KeyboardInterrupt:
    print("valves closed", flush=True)
    raise SystemExit(7)
"""


@pytest.fixture
def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another signal stands for Ctrl+Break, which this system has not."""
    monkeypatch.setattr("persistence.launching.stopping._WINDOWS", True)
    monkeypatch.setattr("persistence.launching.stopping._BREAK", signal.SIGUSR1)


only_posix = pytest.mark.skipif(sys.platform == "win32", reason="simulates Windows elsewhere")


@only_posix
@pytest.mark.usefixtures("as_on_windows", "nobody_terminates")
def test_that_on_windows_the_leader_of_a_group_has_its_time_to_clean_up() -> None:
    stopper, process = Stopper(leads_group=True), started(CLEANS_UP)
    stopper.ask()
    assert stopper.wait_for(process) == 7
    assert process.communicate()[0] == "valves closed\n"


@only_posix
@pytest.mark.usefixtures("as_on_windows", "nobody_terminates")
def test_that_on_windows_any_other_process_is_terminated_at_once() -> None:
    stopper = Stopper()
    stopper.ask()
    assert ended(stopper, started(CLEANS_UP)) == -signal.SIGTERM


@only_posix
@pytest.mark.usefixtures("as_on_windows", "nobody_terminates")
def test_that_on_windows_nobody_waits_for_a_key_that_no_console_can_press() -> None:
    class NoConsole(subprocess.Popen[bytes]):
        def send_signal(self, sig: int) -> None:
            if sig == signal.SIGUSR1:
                raise OSError(6, "The handle is invalid")
            super().send_signal(sig)

    stopper = Stopper(leads_group=True)
    stopper.ask()
    assert stopper.wait_for(NoConsole([sys.executable, "-c", CLEANS_UP])) == -signal.SIGTERM


@only_posix
@pytest.mark.usefixtures("as_on_windows")
@pytest.mark.parametrize(
    ("leads", "number", "hears"),
    [
        (False, signal.SIGINT, True),
        (False, signal.SIGTERM, True),
        (True, signal.SIGINT, False),
        (True, signal.SIGTERM, True),  # in the place of Ctrl+Break, which is heard in every group
    ],
)
def test_that_on_windows_the_leader_of_a_group_is_deaf_to_ctrl_c_alone(
    leads: bool, number: int, hears: bool
) -> None:
    process = start("-c", "")
    assert Stopper(leads_group=leads)._hears(process, number) is hears
    finished(process)

"""Processes that do, or do not, end when they are asked to."""

import signal
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from persistence.launching.stopping import Stopper
from tests.persistence.launcher_scripts import start

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
import time
print("on", flush=True)
time.sleep(0.5)
"""
GENTLE = "import time; print('on', flush=True); time.sleep(60)"


def started(code: str) -> subprocess.Popen[Any]:
    process: subprocess.Popen[Any] = start("-c", code)
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
    stopper, process = Stopper(), started(DEAF)
    stopper.ask()
    assert stopper.wait_for(process) == 6
    process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="there keys are pressed for all")
def test_that_a_process_in_a_group_of_its_own_is_told_of_a_key_that_it_cannot_hear() -> None:
    stopper, process = Stopper(), started("import os; os.setpgid(0, 0)\n" + GENTLE)
    threading.Timer(0.1, stopper.interrupt, (signal.SIGINT,)).start()
    began = time.monotonic()
    assert ended(stopper, process) == -signal.SIGINT
    assert time.monotonic() - began < 4.5  # well before anybody would terminate it


@pytest.mark.skipif(sys.platform == "win32", reason="there keys are pressed for all")
def test_that_a_process_that_hears_the_key_itself_is_not_interrupted_once_more() -> None:
    stopper, process = Stopper(), started(TELLS)
    threading.Timer(0.1, stopper.interrupt, (signal.SIGINT,)).start()
    assert stopper.wait_for(process) == 0  # had it been, it would tell
    process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="there nothing can be ignored")
def test_that_a_process_that_ignores_it_is_killed_when_asked_again() -> None:
    stopper, process = Stopper(), started(STUBBORN)
    threading.Timer(0.1, stopper.ask).start()
    threading.Timer(0.3, stopper.ask).start()
    began = time.monotonic()
    assert ended(stopper, process) == -9
    assert time.monotonic() - began < 4.5  # well before the grace of the first request


def test_that_a_second_signal_before_there_is_a_process_gets_through() -> None:
    stopper = Stopper()
    stopper.interrupt(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        stopper.interrupt(signal.SIGINT)

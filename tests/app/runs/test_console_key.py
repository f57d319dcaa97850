"""Who presses a key for a launcher goes into its console, and says nothing where there is none."""

import ctypes
import subprocess
import sys
from typing import Any

import pytest

from app.runs import run
from app.runs.console_key import let_hear, press


class Kernel:
    """What Windows would be asked, in order; `there`: whether the process has a console."""

    def __init__(self, there: int) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self._there = there

    def __getattr__(self, name: str) -> Any:
        def answer(*given: object) -> int:
            self.asked.append((name, *given))
            return self._there if name == "AttachConsole" else 1

        return answer


def on_windows(monkeypatch: pytest.MonkeyPatch, there: int = 1) -> Kernel:
    kernel = Kernel(there)
    monkeypatch.setattr(ctypes, "windll", type("Dlls", (), {"kernel32": kernel}), raising=False)
    return kernel


@pytest.mark.parametrize("there", [0, 1])
@pytest.mark.parametrize(("key", "event"), [("c", 0), ("break", 1)])
def test_that_a_key_is_pressed_for_all_in_the_console_of_the_process_and_for_nobody_else(
    monkeypatch: pytest.MonkeyPatch, key: str, event: int, there: int
) -> None:
    kernel = on_windows(monkeypatch, there)
    press(77, key)
    begun: list[tuple[Any, ...]] = [("FreeConsole",), ("AttachConsole", 77)]
    pressed = [("SetConsoleCtrlHandler", None, True), ("GenerateConsoleCtrlEvent", event, 0)]
    assert kernel.asked == begun + pressed * there


def test_that_what_is_started_hears_ctrl_c_even_where_we_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = on_windows(monkeypatch)
    let_hear()
    assert kernel.asked == [("SetConsoleCtrlHandler", None, False)]
    monkeypatch.delattr(ctypes, "windll")
    let_hear()
    assert len(kernel.asked) == 1


@pytest.mark.parametrize("system", ["win32", "linux"])
def test_that_a_launcher_is_not_made_deaf_to_ctrl_c(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """A group of its own would make it so on Windows; elsewhere it has a session of its own."""
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    wanted = {"win32": {"creationflags": 0x08000000}, "linux": {"start_new_session": True}}
    assert run._detached() == wanted[system]

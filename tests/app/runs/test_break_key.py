"""Who presses Break knows no other way, and says nothing where Windows is not there."""

import ctypes
from typing import Any

import pytest

from app.runs.break_key import press


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


@pytest.mark.parametrize("there", [0, 1])
def test_that_break_is_pressed_in_the_console_of_the_process_alone(
    monkeypatch: pytest.MonkeyPatch, there: int
) -> None:
    kernel = Kernel(there)
    monkeypatch.setattr(ctypes, "windll", type("Dlls", (), {"kernel32": kernel}), raising=False)
    press(77)
    begun: list[tuple[Any, ...]] = [("FreeConsole",), ("AttachConsole", 77)]
    pressed = [("SetConsoleCtrlHandler", None, True), ("GenerateConsoleCtrlEvent", 1, 77)]
    assert kernel.asked == begun + pressed * there

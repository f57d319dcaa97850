"""Pressing Ctrl+C or Ctrl+Break for a launcher, on Windows: a program of its own, by the number of a process.

One idea: Windows has no signal for a process without our console, so somebody goes into its console and
presses the key there, for all that are in it: the launcher and what it has started. Ctrl+C comes first,
because Python makes KeyboardInterrupt of that one alone, so that a task can clean up. Whoever presses has
left his own console, and therefore does nothing else: `python -m app.runs.console_key PID c`, or `break`.

Not for when it is pressed, nor for whose number that is (`process_group`).
"""

import ctypes
import sys
from collections.abc import Mapping
from typing import Any, Literal

Key = Literal["c", "break"]
_EVENTS: Mapping[str, int] = {"c": 0, "break": 1}
_ALL_IN_IT = 0


def press(pid: int, key: str) -> None:
    """Go into the console of a process and press a key for all that are in it; Ctrl+C not for ourselves."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - it is only there on Windows
    kernel.FreeConsole()
    if kernel.AttachConsole(pid) and kernel.SetConsoleCtrlHandler(None, True):
        kernel.GenerateConsoleCtrlEvent(_EVENTS[key], _ALL_IN_IT)


def let_hear() -> None:
    """Have what is started from now on hear Ctrl+C: who is deaf to it makes all deaf that he starts.

    Does nothing elsewhere than on Windows.
    """
    dlls: Any = getattr(ctypes, "windll", None)
    if dlls is not None:
        dlls.kernel32.SetConsoleCtrlHandler(None, False)


if __name__ == "__main__":
    press(int(sys.argv[1]), sys.argv[2])

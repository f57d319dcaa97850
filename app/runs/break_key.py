"""Pressing Ctrl+Break for a launcher, on Windows: a program of its own, `python -m app.runs.break_key PID`.

One idea: Windows has no signal for a process without our console, so somebody goes into its console and
presses the key there. Whoever does that has left his own console, and therefore does nothing else.

Not for when it is pressed, nor for whose number that is (`process_group`).
"""

import ctypes
import sys

_BREAK = 1


def press(pid: int) -> None:
    """Go into the console of a process and press Ctrl+Break for all that are in it but us."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - it is only there on Windows
    kernel.FreeConsole()
    if kernel.AttachConsole(pid) and kernel.SetConsoleCtrlHandler(None, True):
        kernel.GenerateConsoleCtrlEvent(_BREAK, pid)


if __name__ == "__main__":
    press(int(sys.argv[1]))

"""Parts of Rigstate that run as programs of their own: by which program they are started.

One idea: a part is asked for by `-m` and the name of its module, of the Python that runs us. Where Rigstate
is one frozen program there is no Python; the program `rigstate` that lies beside the window then knows `-m`
for our own modules, and for nothing else.

Not for launchers, which have Pythons of their own (`launchers.registry`).
"""

import subprocess
import sys
from pathlib import Path

_SUFFIX = ".exe" if sys.platform == "win32" else ""


NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Flags of a process on Windows, where a program for terminals would open one."""


def is_frozen() -> bool:
    """Whether this is the frozen program."""
    return bool(getattr(sys, "frozen", False))


def python() -> str:
    """What starts a part: `python()`, "-P", "-m", its module, its arguments."""
    return beside("rigstate") if is_frozen() else sys.executable


def window() -> tuple[str, ...]:
    """What opens one more window; its arguments follow."""
    return (beside("rigstate-gui"),) if is_frozen() else (sys.executable, "-P", "-m", "app")


def beside(name: str) -> str:
    """The program of ours with that name, in the folder of the one that runs."""
    return str(Path(sys.executable).with_name(name + _SUFFIX))

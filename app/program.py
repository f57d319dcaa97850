"""Parts of Rigstate that run as programs of their own: by which program they are started.

One idea: a part is asked for by `-m` and the name of its module, of the Python that runs us. Where Rigstate
is one frozen program there is no Python; the program `rigstate` that lies beside the window then knows `-m`
for our own modules, and for nothing else.

Not for launchers, which have Pythons of their own (`launchers.registry`).
"""

import contextlib
import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from pathlib import Path

_SUFFIX = ".exe" if sys.platform == "win32" else ""
_OUR_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_OUR_QT = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
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


def forget_our_libraries(environment: MutableMapping[str, str]) -> None:
    """Give the environment back as it was before the frozen program was started.

    That was told where our own libraries lie, and the plugins of our Qt, which finds them without; a launcher
    or a file manager that we start, with a Qt of its own perhaps, must not find them.
    """
    for name in _OUR_LIBRARIES:
        environment.pop(name, None)
        if (before := environment.pop(f"{name}_ORIG", None)) is not None:
            environment[name] = before
    if (folder := getattr(sys, "_MEIPASS", None)) is None:
        return
    for name in [name for name in environment if name in _OUR_QT or name.startswith("_PYI_")]:
        del environment[name]
    if (path := environment.get("PATH")) is not None:
        environment["PATH"] = os.pathsep.join(one for one in path.split(os.pathsep) if one != folder)


@contextlib.contextmanager
def among_strangers() -> Iterator[None]:
    """While a launcher is started: on Windows the folder of our libraries would be handed on, too."""
    folder, dlls = getattr(sys, "_MEIPASS", None), getattr(ctypes, "windll", None)
    if folder is None or dlls is None:
        yield
        return
    dlls.kernel32.SetDllDirectoryW(None)
    try:
        yield
    finally:
        dlls.kernel32.SetDllDirectoryW(folder)

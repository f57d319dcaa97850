"""Saves and restores the state of experiment launchers.

One idea: a front door. `PersistentState` and `BaseLauncher` are for launchers, `save`, `load` and `clear` for
any other object, `StateFile` for programs that work with state files. Each name is imported when it is first
used, so that `import persistence` itself takes a few milliseconds. There is no logic here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from persistence.base_launcher import BaseLauncher
    from persistence.errors import (
        Conflict,
        Damaged,
        LockTimeout,
        Mismatch,
        NewerVersion,
        NoStateFile,
        NoSuchAttribute,
        NoSuchVersion,
        NotConfirmed,
        NotRepresentable,
        NotWritten,
        Refused,
        StateError,
        TooLarge,
    )
    from persistence.launcher import PersistentState, clear, load, save
    from persistence.launching.report import Report
    from persistence.store import Committed, Snapshot, StateFile

__version__ = "1.0.0"
"""Of the library, the window and both distributions: it stands here and nowhere else."""

__all__ = [
    "BaseLauncher",
    "Committed",
    "Conflict",
    "Damaged",
    "LockTimeout",
    "Mismatch",
    "NewerVersion",
    "NoStateFile",
    "NoSuchAttribute",
    "NoSuchVersion",
    "NotConfirmed",
    "NotRepresentable",
    "NotWritten",
    "PersistentState",
    "Refused",
    "Report",
    "Snapshot",
    "StateError",
    "StateFile",
    "TooLarge",
    "clear",
    "load",
    "save",
]

_HOMES = {
    "BaseLauncher": "base_launcher",
    "Committed": "store",
    "PersistentState": "launcher",
    "Report": "launching.report",
    "Snapshot": "store",
    "StateFile": "store",
    "clear": "launcher",
    "load": "launcher",
    "save": "launcher",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'persistence' has no attribute {name!r}")
    home = importlib.import_module(f"persistence.{_HOMES.get(name, 'errors')}")
    return getattr(home, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

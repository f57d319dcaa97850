"""How a run learns its session directory: by standing where the launcher sets it.

One idea: a launcher of the OpenScope shape assigns `self.output_session_folder` inside `run()`, and that is
the moment at which the directory can be marked as running. So the name is a descriptor that stores as
before (in the instance, or through the base class's own property or slot) and tells the run.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from persistence.launching.remembered import remembered

NAME = "output_session_folder"
_NOTHING = object()


class SessionFolder:
    """The attribute `output_session_folder` of a launcher."""

    only_stores = True  # a handler may save and restore it, should a launcher want that

    def __init__(self, inherited: object = _NOTHING) -> None:
        """`inherited`: what the class had under that name, which may be None."""
        self._inherited: Any = inherited

    def __get__(self, launcher: object, cls: type) -> object:
        if hasattr(type(self._inherited), "__get__"):
            return self._inherited.__get__(launcher, cls)
        if launcher is not None and NAME in vars(launcher):
            return vars(launcher)[NAME]
        if self._inherited is _NOTHING:
            raise AttributeError(f"{cls.__name__} has no attribute {NAME!r}")
        return self._inherited

    def __set__(self, launcher: object, value: object) -> None:
        if hasattr(type(self._inherited), "__set__"):
            self._inherited.__set__(launcher, value)
        else:
            vars(launcher)[NAME] = value
        run = remembered(launcher).run
        if run is not None:
            run.learn(value)

    def __delete__(self, launcher: object) -> None:
        if hasattr(type(self._inherited), "__delete__"):
            self._inherited.__delete__(launcher)
        elif NAME in vars(launcher):
            del vars(launcher)[NAME]
        else:
            raise AttributeError(NAME)


def folder_of(launcher: object) -> str:
    """The session directory as the launcher has it now; "" when it has none, or raises."""
    try:
        folder = getattr(launcher, NAME, "")
    except Exception:  # noqa: BLE001 - the launcher's own property, which may need what is not there yet
        return ""
    return as_text(folder)


def as_text(folder: object) -> str:
    """A directory as somebody gave it, as text; "" for what is none."""
    return os.fspath(folder) if isinstance(folder, str | Path) else ""


def key_of(directory: str | Path) -> str:
    """The same text for each way to write down one directory."""
    return os.path.normcase(os.path.abspath(directory))


def is_installed(cls: type) -> bool:
    """Whether runs of `cls` learn their directory here."""
    return any(isinstance(vars(base).get(NAME), SessionFolder) for base in cls.__mro__)


def install(cls: type) -> None:
    """Put a SessionFolder in the place of whatever `cls` has under that name."""
    for base in cls.__mro__:
        if NAME in vars(base):
            if not isinstance(vars(base)[NAME], SessionFolder):
                setattr(cls, NAME, SessionFolder(vars(base)[NAME]))
            return
    setattr(cls, NAME, SessionFolder())

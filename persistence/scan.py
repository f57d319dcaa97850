"""Finding sessions below a folder.

One idea: a directory is a session when one of a few names stands in it, and below a session there is none.
So the walk looks at names alone, opens no file, and stops early. It follows no link and no Windows
junction, hence there are no loops and nothing outside the root; folders whose names begin with a dot
(snapshots, waste baskets) are left out.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from persistence.summary import Problem, Summary, is_sign, summarize

__all__ = ["Problem", "Summary", "find_sessions", "summarize"]

_ON_WINDOWS = os.name == "nt"
_ASK_EVERY = 1000  # entries of one folder
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003)


class _Cancelled(Exception):
    """The caller has lost interest."""


def find_sessions(root: Path, *, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """Every session directory below `root`, itself included, as it is found.

    Folders that cannot be read are passed over. `cancelled` is asked before each folder, and now and then
    within a large one.
    """
    waiting = [os.fspath(root)]
    while waiting:
        folder = waiting.pop()
        try:
            below = _look_into(folder, cancelled)
        except _Cancelled:
            return
        if below is None:
            yield Path(folder)
        else:
            waiting.extend(below)


def _look_into(folder: str, cancelled: Callable[[], bool]) -> list[str] | None:
    """The folders in `folder`; None when it is a session."""
    below: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                if count % _ASK_EVERY == 0 and cancelled():
                    raise _Cancelled
                if is_sign(entry.name):
                    return None
                if not entry.name.startswith(".") and _is_folder(entry):
                    below.append(entry.path)
    except OSError:  # gone meanwhile, or no permission: there is nothing to be listed here
        return []
    return below


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        if not entry.is_dir(follow_symlinks=False):
            return False
        return not _ON_WINDOWS or getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) != _JUNCTION
    except OSError:
        return False

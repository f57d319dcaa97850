"""How many folders this system lets a user watch, and how many of them are still to be had.

One idea: Linux counts watches and instances by user, over all his programs, and tells nobody how many are in
use; they can be counted in /proc. A share is left to his other programs, which would fail without any.

Only for Linux; elsewhere a whole tree costs one watch. A count is an estimate: whether one more watch is to
be had is known when it was asked for.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

LEFT_TO_OTHERS = 10  # per cent
_LIMITS = (("sys/fs/inotify", "max_user_watches"), ("sys/user", "max_inotify_watches"))
_INSTANCE = "anon_inode:inotify"


def watches_to_be_had(proc: Path = Path("/proc")) -> int:
    """How many more watches may be taken; at least one, so that it is the system that says no."""
    free = max_watches(proc) - watches_in_use(proc)
    return max(1, free * (100 - LEFT_TO_OTHERS) // 100)


def max_watches(proc: Path) -> int:
    """The lowest of the limits that the system names."""
    return min((number for limit in _LIMITS if (number := _number(proc.joinpath(*limit)))), default=8192)


def watches_in_use(proc: Path) -> int:
    """The watches of this user's programs, as far as they can be read."""
    return sum(_watches(instance) for instance in _instances(proc))


def _instances(proc: Path) -> Iterator[Path]:
    """What /proc says of every inotify instance of this user's."""
    for process in _entries(proc):
        if process.name.isdigit() and _owner(process) == os.geteuid():
            for descriptor in _entries(process / "fd"):
                if _target(descriptor) == _INSTANCE:
                    yield process / "fdinfo" / descriptor.name


def _watches(fdinfo: Path) -> int:
    try:
        return sum(line.startswith(b"inotify ") for line in fdinfo.read_bytes().splitlines())
    except OSError:  # closed meanwhile
        return 0


def _entries(folder: Path) -> list[Path]:
    """What is in it now; nothing where its process has ended, or is somebody else's."""
    found: list[Path] = []
    with contextlib.suppress(OSError):
        found.extend(folder.iterdir())
    return found


def _owner(path: Path) -> int:
    try:
        return path.stat().st_uid
    except OSError:
        return -1


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


def _number(file: Path) -> int:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return 0

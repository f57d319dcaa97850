"""Who holds a lock, for a sentence to somebody who waits for it.

One idea: the lock itself says nothing, so it is asked around. On Linux the kernel tells which process of this
computer has locked the file; elsewhere, and for a lock that another computer holds, the most likely one is
the launcher that runs in that folder. Nothing depends on the answer, and not to know it is an answer too.

Not for: deciding anything. A name in a sentence may be out of date when it is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from persistence.files.running import read_running

_PROCESSES = Path("/proc")
_LONGEST = 80  # characters of a command line


def holder_of(lock: Path) -> str:
    """Who holds the lock on that file now, as a clause; "" where that cannot be found out. Never raises."""
    for process in _processes_that_hold(os.path.abspath(lock)):
        return f"process {process.name} ({_command_of(process)})"
    running = read_running(lock.parent)
    return str(running) if running else ""


def _processes_that_hold(path: str) -> Iterator[Path]:
    """Those of this computer that we may look into."""
    try:
        processes = [entry for entry in _PROCESSES.iterdir() if entry.name.isdigit()]
    except OSError:  # not on this system
        return
    for process in processes:
        try:
            if any(_is_lock(process, link.name) for link in (process / "fd").iterdir() if _names(link, path)):
                yield process
        except OSError:  # ended meanwhile, or somebody else's
            continue


def _names(link: Path, path: str) -> bool:
    try:
        return os.readlink(link) == path
    except OSError:  # closed meanwhile
        return False


def _is_lock(process: Path, descriptor: str) -> bool:
    """Whether that descriptor has a lock, by what the kernel says of it since Linux 3.8."""
    return b"\nlock:" in (process / "fdinfo" / descriptor).read_bytes()


def _command_of(process: Path) -> str:
    words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").split()
    command = "".join(sign if sign.isprintable() else "?" for sign in " ".join(words))
    return command if len(command) <= _LONGEST else f"{command[: _LONGEST - 1]}…"

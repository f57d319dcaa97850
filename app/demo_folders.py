"""The temporary folder of a demo: whose it is, and when it goes.

One idea: a folder says by a lock in it that its demo lives, as a session does of its launcher. It goes with
the demo; where a resumed launcher outlives that, with the next start of a window or a demo that finds neither
of them. Only a folder with our name and our lock file in it, of this person, is ever taken for one. Without
Qt. Not for what a demo holds (`demo`).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from app.runs.process_group import ProcessGroup
from app.runs.run_files import records_in
from app.settings import places
from persistence.errors import StateError
from persistence.files.running import MARKER_FILE, read_running
from persistence.launching.run_record import RUNS
from persistence.lock import FileLock

PREFIX = "rigstate-demo-"
OWNER = ".rigstate_demo"
SETTINGS = "settings"  # its config directory


@contextlib.contextmanager
def demo_folder(say: Callable[[str], None]) -> Iterator[Path]:
    """A new folder, which goes away at the end unless a launcher still runs in it: that is said. Raises
    OSError.
    """
    directory = Path(tempfile.mkdtemp(prefix=PREFIX))
    owner = FileLock(directory / OWNER)
    try:
        _own(owner)
        yield directory
    finally:
        owner.release()
        if _is_run_in(directory):
            say(f"A launcher still runs in the demo; the next start after its end removes it: {directory}")
        else:
            _remove(directory)


def _own(owner: FileLock) -> None:
    """Where nothing can be locked, there is no lock file: nobody takes the folder for one that is left."""
    try:
        owner.acquire(0)
    except StateError:
        owner.path.unlink(missing_ok=True)


def remove_left() -> None:
    """Remove what is left of demos that have ended, where nothing runs. What cannot be removed stays."""
    for directory in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError, StateError):
            if _is_ours(directory) and _is_left(directory):
                _remove(directory)


def remove_left_aside() -> None:
    """The same while others go on; the end of the program waits for none of it."""
    threading.Thread(target=remove_left, name="demo_folders", daemon=True).start()


def _is_ours(directory: Path) -> bool:
    """Whether a demo of this person made it."""
    mine = not hasattr(os, "getuid") or directory.lstat().st_uid == os.getuid()
    owner = directory / OWNER
    real = directory.is_dir() and owner.is_file() and not directory.is_symlink() and not owner.is_symlink()
    return mine and real


def _is_left(directory: Path) -> bool:
    """Whether the demo has ended, and every launcher in it. Raises StateError while the demo lives."""
    with FileLock(directory / OWNER) as owner:
        owner.acquire(0)
        return not _is_run_in(directory)


def _is_run_in(directory: Path) -> bool:
    """A launcher marks its session; one that has only begun is known by what the window noted of it."""
    if any(read_running(marker.parent) is not None for marker in directory.rglob(MARKER_FILE)):
        return True
    begun = (one for one in records_in(places(directory / SETTINGS).data / RUNS) if not one.state)
    return any(ProcessGroup(one.key, one.pid, one.began).alive for one in begun)


def _remove(directory: Path) -> None:
    """The lock file goes last: what was left half removed is still known for ours."""
    for inside in directory.iterdir():
        if inside.is_dir() and not inside.is_symlink():
            shutil.rmtree(inside, ignore_errors=True)
        elif inside.name != OWNER:
            with contextlib.suppress(OSError):
                inside.unlink()
    if [inside.name for inside in directory.iterdir()] in ([], [OWNER]):
        shutil.rmtree(directory, ignore_errors=True)

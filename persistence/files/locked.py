"""The lock of one state file, waited for.

One idea: whoever waits is told who holds it and how long it may still take, and can give up at any moment
before anything was changed. Not for: how three systems lock a file (`persistence.lock`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from persistence.errors import LockTimeout
from persistence.files.lock_holder import holder_of
from persistence.lock import FileLock

LOCK_FILE = ".session_state.lock"

TellWaiting = Callable[[str, float], None]
"""Called with the holder ("" where it is not known) and the seconds left; what it raises ends the wait."""


@contextmanager
def locked(state: Path, seconds: float, waiting: TellWaiting | None) -> Iterator[None]:
    """Hold the lock of the state file `state`, waiting for so many seconds; `waiting` is called meanwhile.

    Raises LockTimeout, which names the holder, OSError, and what `waiting` raises.
    """
    lock = FileLock(state.parent / LOCK_FILE)

    def tell(seconds_left: float) -> None:
        if waiting is not None:
            waiting(holder_of(lock.path), seconds_left)

    try:
        lock.acquire(seconds, waiting=tell)
    except LockTimeout as error:  # people know the state file, not its lock
        raise LockTimeout(seconds=error.seconds, holder=holder_of(lock.path), path=state) from error
    try:
        yield
    finally:
        lock.release()

"""One lock between programs, on the three systems.

One idea: the lock belongs to an open file, and dies with it. Nobody has to clean up after a killed program,
and no other file that this process opens and closes can lose the lock.

- Linux: an open-file-description lock (`F_OFD_SETLK`). Classic `lockf` locks are lost when any descriptor
  of the same file is closed in the process; `flock` and these do not exclude each other, so there is
  exactly one way.
- macOS and other Unix: `flock`, which has the same nature there.
- Windows: `msvcrt.locking`, which is mandatory; hence one byte at an offset that no content reaches.

The file stays when the lock is released. Removing it would let two programs lock two files of the same
name.

Not for: saying who holds it (`files.lock_holder`).
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import struct
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from persistence.errors import LockTimeout, NotWritten, step_for, words_for
from persistence.files import durable, opening
from persistence.files.undoing import undone_by

OFFSET = 1 << 30
"""Of the locked byte. Below 2 GiB, because `msvcrt.locking` seeks with 32 bits."""

_TELL_EVERY = 1.0  # seconds
_FLAGS: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK, getattr(errno, "EDEADLOCK", errno.EDEADLK))


# --- the three systems: each raises OSError with an errno of _BUSY when somebody else holds the lock ------


class _System(Protocol):
    def lock(self, descriptor: int) -> None: ...
    def unlock(self, descriptor: int) -> None: ...
    def is_free(self, descriptor: int) -> bool: ...


class _OpenFileLocks:
    """Linux."""

    def __init__(self) -> None:
        self._fcntl: Any = importlib.import_module("fcntl")

    def lock(self, descriptor: int) -> None:
        self._fcntl.fcntl(descriptor, self._fcntl.F_OFD_SETLK, self._record(self._fcntl.F_WRLCK))

    def unlock(self, descriptor: int) -> None:
        self._fcntl.fcntl(descriptor, self._fcntl.F_OFD_SETLK, self._record(self._fcntl.F_UNLCK))

    def is_free(self, descriptor: int) -> bool:
        record = self._fcntl.fcntl(descriptor, self._fcntl.F_OFD_GETLK, self._record(self._fcntl.F_WRLCK))
        return bool(struct.unpack_from("h", record)[0] == self._fcntl.F_UNLCK)

    @staticmethod
    def _record(kind: int) -> bytes:
        """A `struct flock`: type, whence, start, length, pid."""
        return struct.pack("hhqqi0q", kind, os.SEEK_SET, OFFSET, 1, 0)


class _WholeFileLocks:
    """macOS and other Unix. Asking takes the lock for an instant: there is no other way to ask."""

    def __init__(self) -> None:
        self._fcntl: Any = importlib.import_module("fcntl")

    def lock(self, descriptor: int) -> None:
        self._fcntl.flock(descriptor, self._fcntl.LOCK_EX | self._fcntl.LOCK_NB)

    def unlock(self, descriptor: int) -> None:
        self._fcntl.flock(descriptor, self._fcntl.LOCK_UN)

    def is_free(self, descriptor: int) -> bool:
        return _free_by_trying(self, descriptor)


class _ByteLocks:
    """Windows. Asking takes the lock for an instant, as above."""

    def __init__(self) -> None:
        self._msvcrt: Any = importlib.import_module("msvcrt")

    def lock(self, descriptor: int) -> None:
        os.lseek(descriptor, OFFSET, os.SEEK_SET)
        self._msvcrt.locking(descriptor, self._msvcrt.LK_NBLCK, 1)

    def unlock(self, descriptor: int) -> None:
        os.lseek(descriptor, OFFSET, os.SEEK_SET)
        self._msvcrt.locking(descriptor, self._msvcrt.LK_UNLCK, 1)

    def is_free(self, descriptor: int) -> bool:
        return _free_by_trying(self, descriptor)


def _free_by_trying(system: _System, descriptor: int) -> bool:
    try:
        system.lock(descriptor)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise
    system.unlock(descriptor)
    return True


def _system() -> _System:
    if sys.platform == "win32":
        return _ByteLocks()
    return _OpenFileLocks() if sys.platform == "linux" else _WholeFileLocks()


# --- for everybody ----------------------------------------------------------------------------------------


class FileLock:
    """The lock on one file, made when it is missing; not reentrant.

    Two of these on one path exclude each other, also between threads. A child made by `fork` while the
    lock is held does not hold it after `release`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._system = _system()
        self._descriptor: int | None = None

    def acquire(self, timeout: float, *, waiting: Callable[[float], None] | None = None) -> None:
        """Take the lock, waiting at most `timeout` seconds; 0 tries once.

        `waiting(seconds_left)` is called about every second meanwhile; what it raises ends the waiting.

        Raises LockTimeout when somebody else keeps it, Refused when the file is a link or no regular file,
        NotWritten when it cannot be made or locked at all.
        """
        descriptor = _open(self.path)
        with undone_by(partial(os.close, descriptor)):  # whoever gives up waiting leaves nothing open
            self._wait(descriptor, timeout, waiting)
        self._descriptor = descriptor

    def _wait(self, descriptor: int, timeout: float, waiting: Callable[[float], None] | None) -> None:
        deadline = time.monotonic() + timeout
        told_with_left = timeout
        pause = 0.001
        while True:
            try:
                return self._system.lock(descriptor)
            except OSError as error:
                if error.errno not in _BUSY:
                    cause = f"it cannot be locked here: {words_for(error)}"
                    raise NotWritten(cause, path=self.path) from error
            left = deadline - time.monotonic()
            if left <= 0:
                raise LockTimeout(seconds=timeout, path=self.path)
            if waiting is not None and left < told_with_left - _TELL_EVERY:
                told_with_left = left
                waiting(left)
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, 0.02)

    def release(self) -> None:
        """Give the lock back, if it is held; the file stays."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        # The unlock is said, not left to close: a child made by fork may share the descriptor. Should either
        # fail, the lock dies with the other, and what was done under it is no less done.
        with contextlib.suppress(OSError):
            self._system.unlock(descriptor)
        with contextlib.suppress(OSError):
            os.close(descriptor)

    def rewrite(self, content: bytes) -> None:
        """Put `content` in the place of what the locked file holds, wherever that file has gone meanwhile.

        It is cut to length last, so that no reader finds it empty. Nothing is done without the lock. Raises
        OSError.
        """
        if self._descriptor is None:
            return
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        durable.write_all(self._descriptor, content)
        os.ftruncate(self._descriptor, len(content))

    def announce(self) -> None:
        """Let watchers of the folder hear of a `rewrite`: a file that stays open is not told of on Linux."""
        with contextlib.suppress(OSError):
            os.close(os.open(self.path, os.O_WRONLY | _FLAGS))

    def forget(self) -> None:
        """In a child made by `fork`: have no part in the lock that the parent holds, and goes on to hold."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def __enter__(self) -> FileLock:
        """The lock as acquired before; `acquire` says how long to wait."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def is_held(path: Path) -> bool | None:
    """Whether somebody, this process included, holds the lock on `path` now.

    None where there is no such file, or nothing can be learned about it. Nothing is made.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _FLAGS)
    except OSError:
        return None
    try:
        return not _system().is_free(descriptor)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return opening.open_shared(path)
    except FileNotFoundError as error:
        raise NotWritten("there is no such folder", path=path.parent) from error
    except OSError as error:
        raise NotWritten(words_for(error), path=path, next_step=step_for(error)) from error

"""Writes that are wholly there or not at all.

One idea: a file is written beside its final name, made durable, and only then given that name. What this
promises:

- before the replace, an error leaves the old file untouched and no file of ours behind;
- after `write_file` returned, the new bytes survive a crash and a power cut: the file was synced before the
  replace, the directory after it (on Windows the replace itself is written through, and there is no
  directory to sync);
- a failed sync is never tried again on the same descriptor, because the system may have dropped the bytes
  and would report success the second time;
- a temporary file that a killed program left is recognised by its name, and removed by age only (`sweep`).

Not for: reading (`files.reading`), nor deciding what may be overwritten: locks, etags and history belong to
`persistence.store`.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import re
import stat
import sys
import time
from functools import partial
from itertools import islice
from pathlib import Path

from persistence.files.opening import ALWAYS, NOFOLLOW, patiently
from persistence.files.undoing import undone_by

TEMPORARY_AGE = 24 * 3600.0
"""Seconds after which a temporary file of ours is nobody's any more."""

_NO_DIRECTORY_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF)
_TEMPORARY = re.compile(r"\..+\.\d+-[0-9a-f]{12}\.rigstate-tmp")


class DirectoryNotSynced(OSError):
    """The file has its new bytes, but its name could not be confirmed to be on the disk."""


def write_file(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`, durably, or leave it alone.

    The new file is made as any other. Raises OSError when nothing was changed, DirectoryNotSynced (also an
    OSError) when the file was replaced and is not confirmed to stay so.
    """
    staged = stage(path, data)
    with undone_by(partial(discard, staged)):
        replace(staged, path)
    try:
        sync_directory(path.parent)
    except OSError as error:
        raise DirectoryNotSynced(error.errno, error.strerror, str(path)) from error


def stage(path: Path, data: bytes, *, like: os.stat_result | None = None) -> Path:
    """Write `data` durably into a new temporary file beside `path`. Raises OSError, leaving none.

    `like` is the status of a file whose mode, owner and group the new one takes, as far as the system
    allows; without it the new file is made as any other.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(6).hex()}.rigstate-tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW | ALWAYS
    descriptor = os.open(temporary, flags, 0o666 if like is None else 0o600)
    with undone_by(partial(discard, temporary)):
        try:
            write_all(descriptor, data)
            if like is not None:
                _own_as(descriptor, like)
            _sync(descriptor)
        finally:
            os.close(descriptor)
    return temporary


def overwrite(path: Path, data: bytes, *, like: os.stat_result) -> None:
    """Write a file in place, or make it: quick, and neither durable nor safe from being torn.

    For copies that can be done without. The file gets the mode, owner and group of `like`. A link gives way
    to a new file, and so does one of more than one name or of somebody who lets nobody write to it. Raises
    OSError.
    """
    descriptor = _own_alone(path)
    try:
        found = os.fstat(descriptor)
        if _owner_and_mode(found) != _owner_and_mode(like):
            _own_as(descriptor, like)
        write_all(descriptor, data)
        if found.st_size > len(data):
            os.ftruncate(descriptor, len(data))
    finally:
        os.close(descriptor)


def _own_alone(path: Path) -> int:
    """A descriptor to write to the regular file of that name, which has no other name."""
    try:
        found = os.lstat(path)
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
            return os.open(path, os.O_WRONLY | NOFOLLOW | ALWAYS)
        os.unlink(path)
    except FileNotFoundError:
        pass
    except PermissionError:  # on Windows a read-only file is that too, and is not removed either
        os.unlink(path)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW | ALWAYS, 0o600)


def _owner_and_mode(status: os.stat_result) -> tuple[int, int, int]:
    return (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode))


def discard(temporary: Path) -> None:
    """Remove a temporary file; one that cannot be removed is left to `sweep`."""
    with contextlib.suppress(OSError):
        os.unlink(temporary)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: a system call may take fewer than it was given."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def replace(source: Path, target: Path) -> None:
    """Give `source` the name `target`, in one step. Windows sharing violations are waited out."""
    patiently(lambda: _move(source, target))


def _move(source: Path, target: Path) -> None:
    if sys.platform == "win32":
        ctypes = importlib.import_module("ctypes")
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        replace_existing, write_through = 0x1, 0x8
        if not kernel.MoveFileExW(str(source), str(target), replace_existing | write_through):
            raise ctypes.WinError(ctypes.get_last_error())
    else:
        os.replace(source, target)


def _own_as(descriptor: int, like: os.stat_result) -> None:
    """Give a file another's owner, group and mode.

    Who may not give files away becomes the owner; where even the group cannot be kept, the new group gets
    no more rights than everybody has.
    """
    if not hasattr(os, "fchown"):
        return
    mode = stat.S_IMODE(like.st_mode)
    for owner in (like.st_uid, -1):
        try:
            os.fchown(descriptor, owner, like.st_gid)
            break
        except PermissionError:
            continue
    else:
        mode = mode & ~0o070 | (mode & 0o007) << 3
    os.fchmod(descriptor, mode)


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":  # there, fsync stops at the drive's own cache
        fcntl = importlib.import_module("fcntl")
        with contextlib.suppress(OSError):  # a network disk that does not know it has the plain one
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_file(path: Path) -> None:
    """Make the bytes of an existing file durable, whoever wrote them. Raises OSError."""
    access = os.O_RDWR if sys.platform == "win32" else os.O_RDONLY
    descriptor = os.open(path, access | NOFOLLOW | ALWAYS)
    try:
        _sync(descriptor)
    finally:
        os.close(descriptor)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable, where the system has a way to do it. Raises OSError."""
    if sys.platform == "win32":
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | ALWAYS)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_DIRECTORY_SYNC:
            raise
    finally:
        os.close(descriptor)


def sweep(directory: Path) -> None:
    """Remove temporary files of ours older than TEMPORARY_AGE, among the first names of a huge directory."""
    with contextlib.suppress(OSError), os.scandir(directory) as entries:
        for entry in islice(entries, 10_000):
            if not _TEMPORARY.fullmatch(entry.name) or not entry.is_file(follow_symlinks=False):
                continue
            if time.time() - entry.stat(follow_symlinks=False).st_mtime > TEMPORARY_AGE:
                discard(Path(entry.path))

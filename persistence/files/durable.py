"""Whole-file reads, and writes that are wholly there or not at all.

One idea: a file is written beside its final name, made durable, and only then given that name. What this
promises:

- before the replace, an error leaves the old file untouched and no file of ours behind;
- after `write_file` returned, the new bytes survive a crash and a power cut: the file was synced before the
  replace, the directory after it (on Windows the replace itself is written through, and there is no
  directory to sync);
- a failed sync is never tried again on the same descriptor, because the system may have dropped the bytes
  and would report success the second time;
- a temporary file that a killed program left is recognised by its name, and removed by age only (`sweep`).

Not for: deciding what may be overwritten. Locks, etags and history belong to `persistence.store`.
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
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NoReturn, TypeVar

from persistence.errors import Refused, TooLarge

SHARING_SECONDS = 2.5
"""How long a Windows sharing violation is waited for: virus scanners hold files for about a second."""

TEMPORARY_AGE = 24 * 3600.0
"""Seconds after which a temporary file of ours is nobody's any more."""

_SHARING_ERRORS = (5, 32, 33)  # access denied, sharing violation, lock violation
_NO_DIRECTORY_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF)
_TEMPORARY = re.compile(r"\..+\.\d+-[0-9a-f]{12}\.rigstate-tmp")
_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_ALWAYS: int = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_NONBLOCK: int = getattr(os, "O_NONBLOCK", 0)
_LINK_MET = (errno.ELOOP, errno.EMLINK)  # what opening with O_NOFOLLOW says of a link
_PIECE = 1 << 18  # bytes

_Result = TypeVar("_Result")


class DirectoryNotSynced(OSError):
    """The file has its new bytes, but its name could not be confirmed to be on the disk."""


# --- writing ----------------------------------------------------------------------------------------------


def write_file(path: Path, data: bytes, *, like: os.stat_result | None = None) -> None:
    """Replace the file at `path` by `data`, durably, or leave it alone.

    `like` is the status of a file whose mode, owner and group the new one takes, as far as the system
    allows; without it the new file is made as any other. Raises OSError when nothing was changed,
    DirectoryNotSynced (also an OSError) when the file was replaced and is not confirmed to stay so.
    """
    staged = stage(path, data, like=like)
    try:
        replace(staged, path)
    except BaseException:
        discard(staged)
        raise
    try:
        sync_directory(path.parent)
    except OSError as error:
        raise DirectoryNotSynced(error.errno, error.strerror, str(path)) from error


def stage(path: Path, data: bytes, *, like: os.stat_result | None = None) -> Path:
    """Write `data` durably into a new temporary file beside `path`. Raises OSError, leaving none."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(6).hex()}.rigstate-tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _ALWAYS
    descriptor = os.open(temporary, flags, 0o666 if like is None else 0o600)
    try:
        try:
            write_all(descriptor, data)
            if like is not None:
                _own_as(descriptor, like)
            _sync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        discard(temporary)
        raise
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
            return os.open(path, os.O_WRONLY | _NOFOLLOW | _ALWAYS)
        os.unlink(path)
    except FileNotFoundError:
        pass
    except PermissionError:  # on Windows a read-only file is that too, and is not removed either
        os.unlink(path)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _ALWAYS, 0o600)


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
    _patiently(lambda: _move(source, target))


def _move(source: Path, target: Path) -> None:
    if sys.platform == "win32":
        ctypes = importlib.import_module("ctypes")
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        replace_existing, write_through = 0x1, 0x8
        if not kernel.MoveFileExW(str(source), str(target), replace_existing | write_through):
            raise ctypes.WinError(ctypes.get_last_error())
    else:
        os.replace(source, target)


def _patiently(action: Callable[[], _Result]) -> _Result:
    """Do `action` again while another Windows program holds the file, for at most SHARING_SECONDS."""
    deadline, pause = 0.0, 0.005
    while True:
        try:
            return action()
        except OSError as error:
            deadline = deadline or time.monotonic() + SHARING_SECONDS
            if getattr(error, "winerror", None) not in _SHARING_ERRORS or time.monotonic() > deadline:
                raise
        time.sleep(pause)
        pause = min(pause * 2, 0.1)


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


def open_shared(path: Path, flags: int = 0) -> int:
    """A descriptor to read and write a regular file, made when it is missing, close-on-exec.

    Whoever may write to the directory may write to a file made here, whatever the mask of the one who came
    first. Raises Refused for a link or anything that is no regular file, and OSError.
    """
    flags |= os.O_RDWR | _NOFOLLOW | _NONBLOCK | _ALWAYS
    if not _NOFOLLOW and path.is_symlink():
        refuse_link(path)
    made = False
    try:
        try:
            descriptor = os.open(path, flags)
        except FileNotFoundError:
            descriptor = os.open(path, flags | os.O_CREAT, 0o666)
            made = True
    except OSError as error:
        if error.errno in _LINK_MET and path.is_symlink():
            refuse_link(path)
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise not_a_file(path)
        if made and hasattr(os, "fchmod"):
            with contextlib.suppress(
                PermissionError
            ):  # another user made it in this very moment, and does it
                os.fchmod(descriptor, os.stat(path.parent).st_mode & 0o666 | 0o600)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def sync_file(path: Path) -> None:
    """Make the bytes of an existing file durable, whoever wrote them. Raises OSError."""
    access = os.O_RDWR if sys.platform == "win32" else os.O_RDONLY
    descriptor = os.open(path, access | _NOFOLLOW | _ALWAYS)
    try:
        _sync(descriptor)
    finally:
        os.close(descriptor)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable, where the system has a way to do it. Raises OSError."""
    if sys.platform == "win32":
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | _ALWAYS)
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


# --- reading ----------------------------------------------------------------------------------------------


def read_file(path: Path | str, *, limit: int | None) -> bytes:
    """All bytes of a regular file, opened, read and closed at once.

    Raises Refused for a link or anything that is no regular file, TooLarge for more than `limit` bytes, and
    OSError (FileNotFoundError among them) as the system does.
    """
    return read_once(path, limit=limit)[0]


def read_once(path: Path | str, *, limit: int | None) -> tuple[bytes, os.stat_result]:
    """As `read_file`, with the file's status before the first byte was read: as few calls as there can be."""
    descriptor = _patiently(lambda: _open_to_read(path))
    try:
        return _contents(descriptor, path, limit)
    finally:
        os.close(descriptor)


def read_with_status(path: Path | str, *, limit: int | None) -> tuple[bytes, os.stat_result]:
    """As `read_file`, with the file's status after the last byte was read."""
    descriptor = _patiently(lambda: _open_to_read(path))
    try:
        return _contents(descriptor, path, limit)[0], os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _contents(descriptor: int, path: Path | str, limit: int | None) -> tuple[bytes, os.stat_result]:
    """All bytes, and the status before the first of them was read."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise not_a_file(path)
    return _read_all(descriptor, path, status.st_size, limit), status


def holds(path: Path, data: bytes) -> bool:
    """Whether a regular file holds these bytes and no other; raises as `read_file`.

    It is compared piece by piece: to find room for all of a large file takes longer than to read it.
    """
    compared = 0
    descriptor = _patiently(lambda: _open_to_read(path))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise not_a_file(path)
        while part := os.read(descriptor, _PIECE):
            if not data.startswith(part, compared):
                return False
            compared += len(part)
        return compared == len(data)
    finally:
        os.close(descriptor)


def _read_all(descriptor: int, path: Path | str, size: int, limit: int | None) -> bytes:
    """What is asked for is more than there should be: so a first answer of just that size is all."""
    parts: list[bytes] = []
    found = size
    while True:
        if limit is not None and found > limit:
            raise TooLarge(size=found, limit=limit, path=Path(path))
        part = os.read(descriptor, max(size + 1, 1 << 16))
        if not part:
            return b"".join(parts)
        if not parts and len(part) == size:
            return part
        parts.append(part)
        found = sum(map(len, parts))


def _open_to_read(path: Path | str) -> int:
    if not _NOFOLLOW and os.path.islink(path):
        refuse_link(path)
    try:
        return os.open(path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _ALWAYS)
    except OSError as error:
        if error.errno in _LINK_MET and os.path.islink(path):
            refuse_link(path)
        if error.errno == errno.ENXIO:  # a socket, or a pipe without a writer
            raise not_a_file(path) from error
        raise


def not_a_file(path: Path | str) -> Refused:
    """The error for a folder, a pipe or a device in place of a file of ours."""
    return Refused(
        "it is no regular file", path=Path(path), next_step="Put a file in its place, or take it away."
    )


def refuse_link(path: Path | str) -> NoReturn:
    """Raise the error for a link in place of a file or folder of ours."""
    raise Refused(
        "it is a link, and links are not followed",
        path=Path(path),
        next_step="Put the file itself in its place.",
    )


def read_start(path: Path, limit: int) -> tuple[bytes, int]:
    """The first `limit` bytes of a regular file, and how many it has. Raises as `read_file` does."""
    data, _, size = read_part(path, 0, limit)
    return data, size


def read_part(path: Path, begin: int, limit: int) -> tuple[bytes, int, int]:
    """At most `limit` bytes of a regular file from `begin` on, which is counted from its end where it is
    below zero; where they begin, and how many bytes the file has. Raises as `read_file` does.
    """
    descriptor = _patiently(lambda: _open_to_read(path))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise not_a_file(path)
        first = begin if begin >= 0 else max(0, status.st_size + begin)
        os.lseek(descriptor, first, os.SEEK_SET)
        parts: list[bytes] = []
        left = limit
        while left > 0 and (part := os.read(descriptor, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
        data = b"".join(parts)
        return data, first, max(first + len(data), status.st_size)
    finally:
        os.close(descriptor)


def read_end(path: Path, limit: int | None) -> bytes:
    """The last `limit` bytes of a regular file, all of them for None. Raises as `read_file` does."""
    descriptor = _patiently(lambda: _open_to_read(path))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise not_a_file(path)
        if limit is not None and status.st_size > limit:
            os.lseek(descriptor, -limit, os.SEEK_END)
        return _read_all(descriptor, path, min(status.st_size, limit or status.st_size), None)
    finally:
        os.close(descriptor)

"""Files read whole, or a part of them, and closed at once.

One idea: what is read is a regular file (`files.opening`), no more of it than the caller has room for, and
nothing is held open that a writer could have to wait for. Not for: what the bytes mean.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from io import BytesIO, FileIO
from pathlib import Path
from typing import TypeAlias

from persistence.errors import TooLarge
from persistence.files.opening import not_a_file, open_to_read

_PIECE = 1 << 18  # bytes
_MEGABYTE = 1 << 20
_AT_ONCE = 4 * _MEGABYTE

Going: TypeAlias = Callable[[], object]
"""Called between two pieces of a file; what it raises ends the reading."""


def read_file(path: Path | str, *, limit: int | None) -> bytes:
    """All bytes of a regular file, opened, read and closed at once.

    Raises Refused for a link or anything that is no regular file, TooLarge for more than `limit` bytes, and
    OSError (FileNotFoundError among them) as the system does.
    """
    return read_once(path, limit=limit)[0]


def read_once(path: Path | str, *, limit: int | None) -> tuple[bytes, os.stat_result]:
    """As `read_file`, with the file's status before the first byte was read: as few calls as there can be."""
    descriptor = open_to_read(path)
    try:
        status = _status(descriptor, path)
        return _read_all(descriptor, path, status.st_size, limit), status
    finally:
        os.close(descriptor)


def read_with_status(path: Path | str, *, limit: int | None) -> tuple[bytes, os.stat_result]:
    """As `read_file`, with the file's status after the last byte was read."""
    descriptor = open_to_read(path)
    try:
        size = _status(descriptor, path).st_size
        return _read_all(descriptor, path, size, limit), os.fstat(descriptor)
    finally:
        os.close(descriptor)


def read_start(path: Path, limit: int, going: Going = lambda: None) -> tuple[bytes, int]:
    """The first `limit` bytes of a regular file, and how many it has. Raises as `read_file` does, and what
    `going` raises.
    """
    data, _, size = read_part(path, 0, limit, going)
    return data, size


def read_part(path: Path, begin: int, limit: int, going: Going = lambda: None) -> tuple[bytes, int, int]:
    """At most `limit` bytes of a regular file from `begin` on, which is counted from its end where it is
    below zero; where they begin, and how many bytes the file has. Raises as `read_file` does, and what
    `going` raises.
    """
    descriptor = open_to_read(path)
    try:
        status = _status(descriptor, path)
        first = begin if begin >= 0 else max(0, status.st_size + begin)
        os.lseek(descriptor, first, os.SEEK_SET)
        parts = [_filled(descriptor, max(0, min(limit, status.st_size - first)), going)]
        left = limit - len(parts[0])
        while left > 0 and (part := os.read(descriptor, min(left, _MEGABYTE))):  # it has grown since
            going()
            parts.append(part)
            left -= len(part)
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        return data, first, max(first + len(data), status.st_size)
    finally:
        os.close(descriptor)


def _filled(descriptor: int, size: int, going: Going) -> bytes:
    """The next `size` bytes, or fewer at the end of the file, read piece by piece into where they stay: parts
    would be held twice.
    """
    whole, done = BytesIO(bytes(size)), 0
    with FileIO(descriptor, closefd=False) as file, whole.getbuffer() as room:
        while done < size and (count := file.readinto(room[done : done + _AT_ONCE])):
            going()
            done += count
    whole.truncate(done)
    return whole.getvalue()


def pass_by(path: Path | str, take: Callable[[bytearray], object], *, limit: int | None) -> os.stat_result:
    """Give all bytes of a regular file to `take`, some megabytes at a time, and hold none of them; the file's
    status after the last one was read. Raises as `read_file` does.

    `take` is given the same room again and again, and has to copy what it wants to keep.
    """
    descriptor = open_to_read(path)
    try:
        size, seen = _status(descriptor, path).st_size, 0
        room = bytearray(min(max(size + 1, 1 << 16), _AT_ONCE))
        with FileIO(descriptor, closefd=False) as file:
            while True:
                if limit is not None and max(seen, size) > limit:
                    raise TooLarge(size=max(seen, size), limit=limit, path=Path(path))
                if not (count := file.readinto(room)):
                    return os.fstat(descriptor)
                take(room if count == len(room) else room[:count])
                seen += count
    finally:
        os.close(descriptor)


def read_end(path: Path, limit: int | None) -> bytes:
    """The last `limit` bytes of a regular file, all of them for None. Raises as `read_file` does."""
    descriptor = open_to_read(path)
    try:
        status = _status(descriptor, path)
        if limit is not None and status.st_size > limit:
            os.lseek(descriptor, -limit, os.SEEK_END)
        return _read_all(descriptor, path, min(status.st_size, limit or status.st_size), None)
    finally:
        os.close(descriptor)


def holds(path: Path, data: bytes) -> bool:
    """Whether a regular file holds these bytes and no other; raises as `read_file`.

    It is compared piece by piece: to find room for all of a large file takes longer than to read it.
    """
    compared = 0
    descriptor = open_to_read(path)
    try:
        _status(descriptor, path)
        while part := os.read(descriptor, _PIECE):
            if not data.startswith(part, compared):
                return False
            compared += len(part)
        return compared == len(data)
    finally:
        os.close(descriptor)


def _status(descriptor: int, path: Path | str) -> os.stat_result:
    """The status of a regular file. Raises Refused for what is none."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise not_a_file(path)
    return status


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

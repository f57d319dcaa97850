"""How a file of ours is opened: as it is, or not at all.

One idea: a name in a session folder may stand for anything. A link is not followed, and a folder, pipe or
device is refused, before a byte is read or written; none of them holds up whoever opens it. What another
Windows program holds for a moment is waited for.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from persistence.errors import Refused
from persistence.files.undoing import undone_by

SHARING_SECONDS = 2.5
"""How long a Windows sharing violation is waited for: virus scanners hold files for about a second."""

NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
"""The flag that refuses a link; 0 on Windows, which has none."""

ALWAYS: int = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
"""Flags for every file: no child process inherits it, and bytes are bytes."""

_SHARING_ERRORS = (5, 32, 33)  # access denied, sharing violation, lock violation
_NONBLOCK: int = getattr(os, "O_NONBLOCK", 0)
_LINK_MET = (errno.ELOOP, errno.EMLINK)  # what opening with O_NOFOLLOW says of a link

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

_Result = TypeVar("_Result")


def open_to_read(path: Path | str) -> int:
    """A descriptor to read the file of that name from, which may still be a folder or a device.

    Raises Refused for a link, a socket, or a pipe without a writer, and OSError.
    """
    try:
        return _open(path)
    except OSError as error:
        if not _is_held(error):
            raise
    return patiently(lambda: _open(path))


def _open(path: Path | str) -> int:
    if not NOFOLLOW and os.path.islink(path):
        refuse_link(path)
    try:
        return os.open(path, os.O_RDONLY | NOFOLLOW | _NONBLOCK | ALWAYS)
    except OSError as error:
        if error.errno in _LINK_MET and os.path.islink(path):
            refuse_link(path)
        if error.errno == errno.ENXIO:  # a socket, or a pipe without a writer
            raise not_a_file(path) from error
        raise


def open_shared(path: Path, flags: int = 0) -> int:
    """A descriptor to read and write a regular file, made when it is missing, close-on-exec.

    Whoever may write to the directory may write to a file made here, whatever the mask of the one who came
    first. Raises Refused for a link or anything that is no regular file, and OSError.
    """
    flags |= os.O_RDWR | NOFOLLOW | _NONBLOCK | ALWAYS
    if not NOFOLLOW and path.is_symlink():
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
    with undone_by(partial(os.close, descriptor)):  # nobody else closes it
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise not_a_file(path)
        if made and hasattr(os, "fchmod"):
            with contextlib.suppress(PermissionError):  # another user came first, and does this, too
                os.fchmod(descriptor, os.stat(path.parent).st_mode & 0o666 | 0o600)
    return descriptor


def not_a_file(path: Path | str) -> Refused:
    """The error for a folder, a pipe or a device in place of a file of ours, which names what it is."""
    return Refused(
        f"it is {_kind_of(path)}, not a file",
        path=Path(path),
        next_step="Put a file in its place, or take it away.",
    )


def _kind_of(path: Path | str) -> str:
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        mode = 0  # it was opened, and has gone since
    return next((words for is_one, words in _KINDS if is_one(mode)), "something else")


def refuse_link(path: Path | str) -> NoReturn:
    """Raise the error for a link in place of a file or folder of ours."""
    raise Refused(
        "it is a link, and links are not followed",
        path=Path(path),
        next_step="Put the file itself in its place.",
    )


def patiently(action: Callable[[], _Result]) -> _Result:
    """Do `action` again while another Windows program holds the file, for at most SHARING_SECONDS.

    Raises what `action` raises.
    """
    deadline, pause = 0.0, 0.005
    while True:
        try:
            return action()
        except OSError as error:
            deadline = deadline or time.monotonic() + SHARING_SECONDS
            if not _is_held(error) or time.monotonic() > deadline:
                raise
        time.sleep(pause)
        pause = min(pause * 2, 0.1)


def _is_held(error: OSError) -> bool:
    """Whether another Windows program holds the file."""
    return getattr(error, "winerror", None) in _SHARING_ERRORS

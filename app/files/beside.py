"""The files beside a saved state: what lies in a session directory and in its `launcher_metadata`.

One idea: names, sizes and times are told, nothing is opened, and nobody walks into a folder of data, however
much is in it. What is looked at by name must lie in the session itself: a link that leads out is refused.

Never used on the GUI thread. Not for what stands in the files (`followed`).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from app.file_errands import METADATA, EntryKind, FileEntry, FilesListed, ListFiles
from persistence.errors import Refused, words_for
from persistence.sessions.session_files import SESSION

MOST = 2000
"""Names of one folder that are listed."""

_NAMED = (SESSION, METADATA)


def listed(errand: ListFiles) -> FilesListed:
    """What lies in a session directory. Raises nothing that the disk can raise."""
    try:
        here, more = _entries(errand.directory)
        inside: list[FileEntry] = []
        if any(one.name == METADATA and one.kind == "folder" for one in here):
            found, more_inside = _metadata(errand.directory)
            inside, more = found, more or more_inside
    except OSError as error:
        return FilesListed(errand, problem=f"The folder cannot be read: {words_for(error)}.")
    return FilesListed(errand, arranged(here, inside), more)


def arranged(here: Sequence[FileEntry], inside: Sequence[FileEntry]) -> tuple[FileEntry, ...]:
    """In the order in which people look for them: files, what the launcher says of itself, other folders, and
    last what programs keep for themselves.
    """

    def place(one: FileEntry) -> tuple[object, ...]:
        standing = 3 if one.is_hidden else 1 if one.name == METADATA else 2 if one.kind == "folder" else 0
        return standing, one.name != SESSION, one.name.casefold(), one.name

    first = sorted(here, key=place)
    at = next((number + 1 for number, one in enumerate(first) if one.name == METADATA), len(first))
    return (*first[:at], *sorted(inside, key=lambda one: one.name.casefold()), *first[at:])


def path_of(directory: str, name: str) -> Path:
    """Where a listed file is. A link to another listed file of the session leads there.

    Raises Refused where it would lead out of the session, and OSError.
    """
    path = Path(directory, *name.split("/"))
    is_link = stat.S_ISLNK(path.lstat().st_mode)
    real = _real(path) if is_link else _real(path.parent) / path.name
    if not _lies_in(_real(Path(directory)), real):
        raise Refused("it is a link, and leads out of the session", path=path)
    return real


def _real(path: Path) -> Path:
    """Without links; `resolve` raises where links lead round in a circle."""
    return Path(os.path.realpath(path))


def _lies_in(home: Path, real: Path) -> bool:
    """Whether that is one of the files that are listed: right in the session, or in its metadata."""
    return real.parent in (home, home / METADATA)


def _metadata(directory: str) -> tuple[list[FileEntry], bool]:
    """What the launcher wrote about itself; nothing where that folder is really another one."""
    folder = Path(directory, METADATA)
    if _real(folder) != _real(Path(directory)) / METADATA:
        return [], False
    return _entries(str(folder), f"{METADATA}/")


def _entries(folder: str, prefix: str = "") -> tuple[list[FileEntry], bool]:
    """What lies in one folder, and whether there is more of it. Raises OSError."""
    with os.scandir(folder) as names:
        found = {one.name: one for one in islice(_told(names, prefix), MOST)}
        more = next(names, None) is not None
    if more and not prefix:  # in a folder that is full of data, these are what one looks for
        found |= {name: one for name in _NAMED if (one := _entry(folder, name)) is not None}
    return list(found.values()), more


def _told(names: Iterator[os.DirEntry[str]], prefix: str) -> Iterator[FileEntry]:
    for one in names:
        try:
            status = one.stat(follow_symlinks=False)
        except OSError:  # taken away in this very moment
            continue
        yield _of(f"{prefix}{one.name}", status)


def _entry(folder: str, name: str) -> FileEntry | None:
    try:
        return _of(name, Path(folder, name).lstat())
    except OSError:
        return None


def _of(name: str, status: os.stat_result) -> FileEntry:
    kind = _kind(status.st_mode)
    return FileEntry(name, kind, status.st_size if kind == "file" else 0, status.st_mtime)


def _kind(mode: int) -> EntryKind:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "link" if stat.S_ISLNK(mode) else "other"

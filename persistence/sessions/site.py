"""A session directory as it lies on the disk: which of our files stand in it, and whether they changed.

One idea: names and times are had without opening anything. What is not there need not be looked for, and what
has not changed need not be read again.

Not for what the files say (`sessions.summary`).
"""

from __future__ import annotations

import hashlib
import os
import struct
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from persistence.files.running import MARKER_FILE
from persistence.files.version_log import FOLDER
from persistence.sessions import session_files
from persistence.sessions.spilling import PREFIX, is_spill
from persistence.store import STATE_FILE

SETTLED_SECONDS = 2.0
"""A file that changed so shortly before it was looked at may change again without its times telling: some
disks know times to two seconds only."""

_SIGNS = frozenset((STATE_FILE, MARKER_FILE, session_files.SESSION, session_files.METADATA))
_OURS = _SIGNS | {FOLDER}
_WATCHED = (STATE_FILE, MARKER_FILE, session_files.SESSION, session_files.METADATA, FOLDER)
"""Those of the names that are asked for their times; the others are written once."""
_TO_BE_LISTED = b"\xff"
_COARSE = 10_000_000  # nanoseconds; FAT knows times to two seconds, exFAT to a hundredth of one


def _first_bytes() -> Iterator[tuple[bytes, frozenset[str], tuple[str, ...]]]:
    """First bytes of signatures: what stands in the directory, and which of it is asked for its times."""
    for number in range(1 << len(_WATCHED)):
        standing = frozenset(name for bit, name in enumerate(_WATCHED) if number >> bit & 1)
        yield bytes([number]), standing, tuple(name for name in _WATCHED if name in standing)
        if session_files.METADATA in standing:
            asked = tuple(name for name in _WATCHED if name in standing - {session_files.METADATA})
            yield bytes([number | 1 << len(_WATCHED)]), standing, asked


_ASKED = {first: asked for first, _, asked in _first_bytes()}
_FIRST_BYTES = {(standing, asked): first for first, standing, asked in _first_bytes()}


def is_sign(name: str) -> bool:
    """Whether a file or folder of that name makes a directory a session directory."""
    return name in _SIGNS or is_spill(name)


def has_sign(ours: Collection[str]) -> bool:
    """Whether one of these names of ours makes a directory a session directory."""
    return not _SIGNS.isdisjoint(ours) or any(map(is_spill, ours))


def ours_among(names: Collection[str]) -> frozenset[str]:
    """The names of the files and folders in a session directory that concern us."""
    found = _OURS.intersection(names)
    if PREFIX in os.sep.join(names):  # which is asked of all at once
        return found.union(filter(is_spill, names))
    return found


class Site(NamedTuple):
    """A session directory. `names`: those of our files and folders that stand in it; None: not known.

    `own`: the directory's own status, taken before its names were listed, so that a name which came since
    makes it another (`own_status`).
    """

    directory: str
    names: frozenset[str] | None = None
    own: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the directory."""
        return self.directory.rpartition(os.sep)[2]

    @property
    def spills(self) -> frozenset[str]:
        """The names of states that could not get into their file, as far as names are known."""
        return self.names - _OURS if self.names is not None else frozenset()

    def may_hold(self, name: str) -> bool:
        """Whether a file of that name is worth looking for."""
        return self.names is None or name in self.names

    def times(self) -> Times | None:
        """How its files stand now, to be taken before they are read. None where nothing can be told by that:
        something changed just now, a launcher may be running (its death changes no file), or the disk does
        not answer.
        """
        if self.names is None or not self.own:
            return None
        try:
            files = {name: _status(self.directory + os.sep + name) for name in _WATCHED if name in self.names}
        except OSError:  # gone
            return None
        newest = max((time for _, changed, made, _ in files.values() for time in (changed, made)), default=0)
        if _may_change_unseen(newest) or (MARKER_FILE in files and files[MARKER_FILE][_SIZE] > 0):
            return None
        return Times(self.names, self.own, files)


class Times(NamedTuple):
    """How a session directory with these names in it, and each of its files, stood at one moment: number,
    times of change (nanoseconds) and size.
    """

    names: frozenset[str]
    own: _Status
    files: Mapping[str, _Status]

    def signature(self, *, metadata: bool = True) -> bytes:
        """Other bytes whenever one of our files, or what stands in the directory, became another.

        Without `metadata`: what is in that folder was not read, so that it may change.
        """
        asked = tuple(name for name in self.files if metadata or name != session_files.METADATA)
        parts = self.own + tuple(part for name in asked for part in self.files[name])
        first = _FIRST_BYTES.get((self.names, asked)) if self.own[_CHANGED] % _COARSE else None
        if first is None:
            return _TO_BE_LISTED + _digest(f"{sorted(self.names)}{parts}".encode("utf-8", "surrogatepass"))
        return first + _digest(_packed(parts))

    def are_of(self, signature: bytes) -> bool:
        """Whether a session with this signature stood the same."""
        return signature in (self.signature(), self.signature(metadata=False))


_Status: TypeAlias = tuple[int, ...]
_CHANGED, _SIZE = 1, 3


def own_status(directory: str) -> _Status:
    """What tells a directory from itself at another time; empty where that cannot be told."""
    try:
        found = _told(os.stat(directory))
    except OSError:
        return ()
    return () if _may_change_unseen(max(found[_CHANGED:_SIZE])) else found


def _status(path: str) -> _Status:
    return _told(os.lstat(path))


def _told(found: os.stat_result) -> _Status:
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size


def _packed(parts: Sequence[int]) -> bytes:
    try:
        return struct.pack(f"={len(parts)}q", *parts)
    except struct.error:  # some disks number their files in more bits
        return repr(tuple(parts)).encode()


def _digest(told: bytes) -> bytes:
    return hashlib.blake2b(told, digest_size=16).digest()


def _may_change_unseen(newest: int) -> bool:
    """Whether what has this time (nanoseconds) is of a moment ago; also of the next one, since the other
    computer's clock may be ahead of ours.
    """
    return newest > (time.time() - SETTLED_SECONDS) * 1e9


def has_signature(directory: str, signature: bytes) -> bool:
    """Whether the session that had this signature has it still; False where it has to be looked into.

    What stands in a directory is not listed for that: its own time is another when a name comes or goes. FAT
    does not keep such times, which is known by how coarse they are; there it always has to be looked into.
    Nor is it asked how long ago the times are: what had a signature was settled then.
    """
    first = signature[:1]
    asked = _ASKED.get(first)
    if asked is None:
        return False
    within, lstat = directory + os.sep, os.lstat
    try:
        found = os.stat(directory)
        parts = [found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size]
        for name in asked:
            found = lstat(within + name)
            parts += (found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size)  # as `_told`
    except OSError:
        return False
    return signature == first + _digest(_packed(parts))

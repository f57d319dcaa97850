"""A session directory as it lies on the disk: which of our files stand in it, and whether they changed.

One idea: names and times are had without opening anything. What is not there need not be looked for, and what
has not changed need not be read again.

Not for what the files say (`sessions.summary`).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection
from typing import NamedTuple

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
_STANDING = {
    bytes([number]): frozenset(name for bit, name in enumerate(_WATCHED) if number >> bit & 1)
    for number in range(1 << len(_WATCHED))
}
"""What stands in a directory, by the first byte of its signature."""
_FIRST_BYTES = {names: first for first, names in _STANDING.items()}
_ASKED = {names: tuple(name for name in _WATCHED if name in names) for names in _FIRST_BYTES}
"""Those of the names that are asked for their times; the others are written once."""
_TO_BE_LISTED = b"\xff"
_COARSE = 10_000_000  # nanoseconds; FAT knows times to two seconds, exFAT to a hundredth of one


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

    def may_hold(self, name: str) -> bool:
        """Whether a file of that name is worth looking for."""
        return self.names is None or name in self.names

    def signature(self) -> bytes:
        """Other bytes whenever one of our files, or what stands in the directory, became another.

        Empty where that cannot be told: something changed just now, a launcher may be running (its death
        changes no file), or the disk does not answer.
        """
        if self.names is None or not self.own:
            return b""
        parts, times, within = [*self.own], list[int](), self.directory + os.sep
        try:
            for name in self._watched():
                found = os.lstat(within + name)
                changed, made = found.st_mtime_ns, found.st_ctime_ns
                times += (changed, made)
                parts += (found.st_ino, changed, made, found.st_size)
        except OSError:  # gone
            return b""
        if _may_change_unseen(max(times, default=0)) or self._may_run(parts):
            return b""
        first = _FIRST_BYTES.get(self.names) if parts[1] % _COARSE else None
        told = repr(parts) if first else f"{sorted(self.names)}{parts}"
        digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        return (first or _TO_BE_LISTED) + digest

    def _watched(self) -> tuple[str, ...]:
        """Those of its names that are asked for their times."""
        names = self.names or frozenset()
        return _ASKED.get(names) or tuple(name for name in _WATCHED if name in names)

    def _may_run(self, parts: list[int]) -> bool:
        """Whether somebody may, by the size of the marker; `parts` as in a signature."""
        if self.names is None or MARKER_FILE not in self.names:
            return False
        return parts[4 * self._watched().index(MARKER_FILE) + 7] > 0


def own_status(directory: str) -> tuple[int, ...]:
    """What tells a directory from itself at another time; empty where that cannot be told."""
    try:
        found = os.stat(directory)
    except OSError:
        return ()
    changed, made = found.st_mtime_ns, found.st_ctime_ns
    return () if _may_change_unseen(max(changed, made)) else (found.st_ino, changed, made, found.st_size)


def _may_change_unseen(newest: int) -> bool:
    """Whether what has this time (nanoseconds) is of a moment ago; also of the next one, since the other
    computer's clock may be ahead of ours.
    """
    return newest > (time.time() - SETTLED_SECONDS) * 1e9


def has_signature(directory: str, signature: bytes) -> bool:
    """Whether the session that had this signature has it still; False where it has to be looked into.

    What stands in a directory is not listed for that: its own time is another when a name comes or goes. FAT
    does not keep such times, which is known by how coarse they are; there it always has to be looked into.
    """
    names = _STANDING.get(signature[:1])
    return names is not None and Site(directory, names, own_status(directory)).signature() == signature

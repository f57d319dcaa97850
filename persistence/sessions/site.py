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
from dataclasses import dataclass

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


def is_sign(name: str) -> bool:
    """Whether a file or folder of that name makes a directory a session directory."""
    return name in _SIGNS or is_spill(name)


def has_sign(ours: Collection[str]) -> bool:
    """Whether one of these names of ours makes a directory a session directory."""
    return not _SIGNS.isdisjoint(ours) or any(map(is_spill, ours))


def ours_among(names: Collection[str]) -> set[str]:
    """The names of the files and folders in a session directory that concern us."""
    spills = [name for name in names if name.startswith(PREFIX) and is_spill(name)]
    return {*_OURS.intersection(names), *spills}


@dataclass(frozen=True, slots=True)
class Site:
    """A session directory. `names`: those of our files and folders that stand in it; None: not known."""

    directory: str
    names: frozenset[str] | None = None

    @property
    def name(self) -> str:
        """The last part of the directory."""
        return os.path.basename(self.directory)

    def may_hold(self, name: str) -> bool:
        """Whether a file of that name is worth looking for."""
        return self.names is None or name in self.names

    def signature(self) -> bytes:
        """Other bytes whenever one of our files, or what stands in the directory, became another.

        Empty where that cannot be told: something changed just now, a launcher may be running (its death
        changes no file), or the disk does not answer.
        """
        if self.names is None:
            return b""
        names = [name for name in _WATCHED if name in self.names]
        parts: list[int] = []
        newest = 0
        try:
            for path in (self.directory, *(f"{self.directory}{os.sep}{name}" for name in names)):
                found = os.lstat(path)
                changed, made = found.st_mtime_ns, found.st_ctime_ns
                newest = max(newest, changed, made)
                parts += (found.st_ino, changed, made, found.st_size)
        except OSError:  # gone
            return b""
        if (
            newest > (time.time() - SETTLED_SECONDS) * 1e9
        ):  # also where the other computer's clock is ahead of ours
            return b""
        if MARKER_FILE in names and parts[4 * names.index(MARKER_FILE) + 7]:  # its size: somebody may run
            return b""
        spills = sorted(self.names.difference(_WATCHED))
        told = f"{names}{spills}{parts}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, digest_size=16).digest()

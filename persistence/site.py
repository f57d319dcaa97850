"""A session directory as it lies on the disk: which of our files stand in it, and whether they changed.

One idea: names and times are had without opening anything. What is not there need not be looked for, and what
has not changed need not be read again.

Not for what the files say (`persistence.summary`).
"""

from __future__ import annotations

import hashlib
import os
import struct
import time
from dataclasses import dataclass

from persistence import session_files
from persistence.running import MARKER_FILE
from persistence.spilling import is_spill
from persistence.store import STATE_FILE
from persistence.version_log import FOLDER

SETTLED_SECONDS = 2.0
"""A file that changed so shortly before it was looked at may change again without its times telling: some
disks know times to two seconds only."""

_SIGNS = frozenset((STATE_FILE, MARKER_FILE, session_files.SESSION, session_files.METADATA))
_OURS = _SIGNS | {FOLDER}
_WATCHED = (STATE_FILE, MARKER_FILE, session_files.SESSION, session_files.METADATA, FOLDER)
_STATUS = struct.Struct("<QqqQ")


def is_sign(name: str) -> bool:
    """Whether a file or folder of that name makes a directory a session directory."""
    return name in _SIGNS or is_spill(name)


def is_ours(name: str) -> bool:
    """Whether a file or folder of that name in a session directory concerns us."""
    return name in _OURS or is_spill(name)


@dataclass(frozen=True, slots=True)
class Site:
    """A session directory. `names`: those of our files and folders that stand in it; None: not known."""

    directory: str
    names: frozenset[str] | None = None

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
        now = time.time()
        parts = [_part(self.directory, now), "/".join(sorted(self.names)).encode("utf-8", "surrogatepass")]
        for name in _WATCHED:
            if name in self.names:
                part = _part(f"{self.directory}{os.sep}{name}", now)
                if not part or (name == MARKER_FILE and _size_in(part)):
                    return b""
                parts.append(part)
        return hashlib.blake2b(b"".join(parts), digest_size=16).digest() if all(parts) else b""


def _part(path: str, now: float) -> bytes:
    try:
        found = os.lstat(path)
        newest = max(found.st_mtime, found.st_ctime)
        if now - SETTLED_SECONDS < newest:  # also where the other computer's clock is ahead of ours
            return b""
        return _STATUS.pack(found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size)
    except (OSError, struct.error):  # gone; a time that no calendar has
        return b""


def _size_in(part: bytes) -> int:
    return int(_STATUS.unpack(part)[3])

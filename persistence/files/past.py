"""The versions of a state file, the live one among them.

One idea: what history keeps and what stands on the disk now are told as one row, from both together, also
while a commit is under way. Not for: how a version gets its number (`files.history`), nor for bringing one
back (`persistence.store`).
"""

from __future__ import annotations

import time
from pathlib import Path

from persistence.errors import NoSuchVersion, StateError
from persistence.files.history import FOREIGN, History, Version, local_time
from persistence.files.live import identify, look
from persistence.files.locked import LOCK_FILE
from persistence.files.told import told
from persistence.lock import is_held

_LOOKS = 10


class Past:
    """The versions of one state file. Every method raises StateError for what the system says."""

    def __init__(self, path: Path, history: History, size_limit: int) -> None:
        self._path = path
        self._history = history
        self._size_limit = size_limit

    def versions(self) -> tuple[Version, ...]:
        """Every version, oldest first; the last one is the live file, also when somebody else wrote it."""
        with told(self._path, StateError):
            versions = self._versions()
            for _ in range(_LOOKS):  # a commit may just be between its replace and its line
                unexplained = bool(versions) and versions[-1].current and versions[-1].action == FOREIGN
                if not unexplained or not is_held(self._path.parent / LOCK_FILE):
                    break
                time.sleep(0.02)
                versions = self._versions()
            return versions

    def _versions(self) -> tuple[Version, ...]:
        live = identify(self._path, self._size_limit)
        return self._history.versions(live.etag, local_time(live.status.st_mtime if live.status else None))

    def version(self, sequence: int) -> bytes:
        """The exact bytes of a version. Raises NoSuchVersion, and Damaged when they are not what was kept."""
        with told(self._path, StateError):
            try:
                return self._history.read(sequence)
            except NoSuchVersion:
                live = look(self._path, self._size_limit)
                if live.status is None or self._history.position(live.etag).current != sequence:
                    raise
                return live.data

    def find(self, etag: str) -> bytes | None:
        """The bytes of any version with that etag but the live one; None when they are not to be had."""
        with told(self._path, StateError):
            return self._history.find(etag)

"""Whether a watched folder is there.

One idea: what cannot be reached is not gone, so whoever takes sessions for gone asks here first. The bare
place of a disk that went away can be listed, and is not the folder.

May hang where the folder does. Not for when it is asked (see `disk`).
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errands import RootSeen
from persistence.errors import words_for


class Reach:
    """Tries one folder; `knows_any` says whether sessions of it are known."""

    def __init__(self, root: str, knows_any: Callable[[], bool]) -> None:
        self._root = root
        self._knows_any = knows_any
        self._device: int | None = None

    def tried(self) -> RootSeen:
        """Whether the folder is there. The bare place of a disk that went away is not the folder."""
        seen = look_at_root(self._root)
        if seen.identity is None:
            return seen
        if self._device not in (None, seen.identity[0]) and self._knows_any() and _is_empty(self._root):
            reason = "it is empty, because its disk is not mounted any more"
            return replace(seen, available=False, identity=None, reason=reason)
        self._device = seen.identity[0]
        return seen


def look_at_root(root: str) -> RootSeen:
    """Try whether a folder can be listed now."""
    try:
        with os.scandir(root):
            status = Path(root).stat()
    except OSError as error:
        return RootSeen(root, available=False, identity=None, at=time_now(), reason=words_for(error))
    return RootSeen(root, available=True, identity=(status.st_dev, status.st_ino), at=time_now())


def time_now() -> str:
    """As lists tell when they looked: local and naive, to the second."""
    return datetime.now().isoformat(timespec="seconds")


def _is_empty(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return False

"""In which folders the drafts of a window are kept, and whose these folders are.

One idea: a lock stands beside the drafts of a window for as long as the window lives. So none writes over, or
takes away, what another one keeps, and what a window left behind is taken over by the next that starts. The
first window has the folder itself, each other one a folder of its own in it.

Where nothing can be locked, all folders count as ours. Not for the drafts themselves (`draft_files`).
"""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from persistence.errors import LockTimeout, StateError
from persistence.lock import FileLock

LOCK = ".window.lock"
EDITS = "*.edits.json"
_OTHERS = "window-"


class DraftPlaces:
    """The places of one window, at `directory` and below it. Touches the disk."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._held: dict[Path, FileLock] = {}
        self.claimed: Path | None = None
        """Where this window keeps what no other left; None as long as it has kept nothing."""

    def take_over(self) -> tuple[Path, ...]:
        """Take every place whose window is gone; all that are ours."""
        for place in self._all():
            if place not in self._held:
                self._take(place)
        return tuple(self._held)

    def own(self) -> Path:
        """Where this window keeps what no other left; made now. Raises OSError."""
        if self.claimed is None:
            self._directory.mkdir(parents=True, exist_ok=True)
            self.claimed = self._directory if self._is_first() else self._made()
        self.claimed.mkdir(exist_ok=True)
        return self.claimed

    def foreign(self) -> Iterator[Path]:
        """The places of other windows."""
        return (place for place in self._all() if place not in self._held)

    def leave(self) -> None:
        """The window ends: what it still keeps is for the next one."""
        for place, lock in self._held.items():
            lock.release()
            if place != self._directory and not any(place.glob(EDITS)):
                with suppress(OSError):
                    lock.path.unlink(missing_ok=True)
                    place.rmdir()
        self._held.clear()

    def _all(self) -> Iterator[Path]:
        if self._directory.is_dir():
            yield self._directory
            yield from sorted(self._directory.glob(f"{_OTHERS}*"))

    def _take(self, place: Path) -> bool:
        lock = FileLock(place / LOCK)
        try:
            lock.acquire(0)
        except LockTimeout:
            return False
        except StateError:
            pass  # it cannot be locked here
        self._held[place] = lock
        return True

    def _is_first(self) -> bool:
        """Whether the folder itself is ours. It is not where somebody left drafts in it since we looked."""
        if self._directory in self._held:
            return True
        if not self._take(self._directory):
            return False
        if any(self._directory.glob(EDITS)):
            self._held.pop(self._directory).release()
            return False
        return True

    def _made(self) -> Path:
        while True:
            place = Path(tempfile.mkdtemp(prefix=_OTHERS, dir=self._directory))
            if self._take(place):  # else one that starts at this moment took it for left behind
                return place

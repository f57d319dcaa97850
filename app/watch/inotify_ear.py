"""Hears what happens below a folder on Linux, where every folder has to be watched on its own.

One idea: the system's thread only puts events into a row; what they mean is worked out where the watches are
known, on the thread of whoever owns this ear, so that there is no lock and no name is mistaken. That the
system has lost events is one of the things it says, and is told like any other.

Kinds are filtered before they are made, because reading a file is an event too, and an unfiltered watch wakes
itself for ever. Not for which folders are watched (see `watched_tree`), and without watchdog: who reads the
instance is given.
"""

import errno
import os
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from app.folder_errands import Seen
from app.watch.stirrings import Heard, directory_of
from app.watch.watch_limits import watches_to_be_had
from app.watch.watched_tree import WatchedTree
from persistence.sessions.site import is_sign

_OTHER_RIGHTS, _CLOSED, _MOVED_FROM, _MOVED_TO, _CREATED, _DELETED = 0x4, 0x8, 0x40, 0x80, 0x100, 0x200
_DELETED_ITSELF, _MOVED_ITSELF, _UNMOUNTED, LOST, LET_GO = 0x400, 0x800, 0x2000, 0x4000, 0x8000
_FOLDERS_ONLY, _NO_LINKS, _NOT_UNLINKED, _IS_FOLDER = 0x01000000, 0x02000000, 0x04000000, 0x40000000
_FLAGS = _FOLDERS_ONLY | _NOT_UNLINKED
_KINDS = _FLAGS | _OTHER_RIGHTS | _CLOSED | _MOVED_FROM | _MOVED_TO | _CREATED | _DELETED | _DELETED_ITSELF
_CAME, _WENT = _CREATED | _MOVED_TO, _DELETED | _MOVED_FROM
_OVER = _DELETED_ITSELF | _MOVED_ITSELF | _UNMOUNTED | LET_GO
_WHY = {
    errno.ENOSPC: "this computer allows no more watched folders (fs.inotify.max_user_watches)",
    errno.EMFILE: "too many programs watch folders (fs.inotify.max_user_instances), or have files open",
}
AT_ONCE = 500  # events, until what was heard of them is told
COUNT_AGAIN_SECONDS = 60.0

Tell = Callable[[int, int, bytes], None]
"""Takes the number of a watch, the kinds of an event, and a name in the watched folder."""


class Instance(Protocol):
    """An inotify instance and the thread that reads it."""

    def add(self, path: str, kinds: int, /) -> int:
        """Watch a folder; returns the number of the watch. Raises OSError."""

    def remove(self, number: int) -> None:
        """Let a watch go."""

    def is_alive(self) -> bool:
        """Whether it is being read."""

    def close(self) -> None:
        """Let all watches go, and end the thread."""


class InotifyEar:
    """An ear for one folder, as `stirrings.Ear` has it.

    `instance` makes one that tells its events, on a thread of its own; `wake` is called there when there is
    something to be taken. `cancelled` is asked before each folder of a long walk, and before all that
    is taken in; it may let this thread wait.
    """

    period = 0.0
    remote = False

    def __init__(
        self,
        root: str,
        instance: Callable[[Tell], Instance],
        wake: Callable[[], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._root = root
        self._make = instance
        self._wake = wake
        self._cancelled = cancelled
        self._instance: Instance | None = None
        self._tree: WatchedTree | None = None
        self._row: deque[tuple[int, int, bytes]] = deque()
        self._count_again = 0.0

    @property
    def how(self) -> str:
        watched, folders = self.counts
        return "by events" if watched >= folders else f"by events in {watched:,} of {folders:,} folders"

    @property
    def counts(self) -> tuple[int, int]:
        return (self._tree.watched, self._tree.folders) if self._tree else (0, 0)

    def start(self) -> None:
        room = watches_to_be_had()
        try:
            instance = self._instance = self._make(self._put)
            self._tree = WatchedTree(self._root, self._add, instance.remove, room, self._cancelled)
            self._tree.begin()
        except OSError as error:
            raise OSError(error.errno, _WHY.get(error.errno or 0, error.strerror)) from error
        self._count_again = time.monotonic() + COUNT_AGAIN_SECONDS

    def stop(self) -> None:
        instance, self._instance, self._tree = self._instance, None, None
        if instance is not None:
            instance.close()
        self._row.clear()

    def is_alive(self) -> bool:
        return self._instance is not None and self._instance.is_alive()

    def know(self, seen: Seen) -> None:
        if self._tree is not None:
            for summary in seen.summaries:
                if self._cancelled():
                    return
                self._tree.seen(summary.directory, summary.mtime_ns)

    def refresh(self) -> None:
        """Other programs may have ended, or the limit been raised; to count takes a while."""
        if self._tree is None or self._tree.watched >= self._tree.folders:
            return
        if time.monotonic() >= self._count_again:
            self._tree.give_room(watches_to_be_had())
            self._count_again = time.monotonic() + COUNT_AGAIN_SECONDS

    def take(self) -> Heard:
        """What the next events mean. Raises OSError when it had to begin anew, and could not."""
        told: set[str] = set()
        for _ in range(min(AT_ONCE, len(self._row))):
            if self._cancelled():
                break
            number, kinds, name = self._row.popleft()
            if kinds & LOST:
                self.stop()
                self.start()
                return Heard(frozenset(told), missed=True)
            if self._tree is not None:
                if kinds & _OVER and self._tree.gone(number):
                    return Heard(frozenset(told), gone=True)
                told.add(_meaning(self._tree, number, kinds, name))
        return Heard(frozenset(told) - {""}, more=bool(self._row))

    def _add(self, path: str) -> int:
        if self._instance is None:
            raise OSError("not started")
        # The root itself may be a link: whoever chose it meant the folder that it leads to.
        return self._instance.add(path, _KINDS | (_MOVED_ITSELF if path == self._root else _NO_LINKS))

    def _put(self, number: int, kinds: int, name: bytes) -> None:
        if self._instance is not None:
            self._row.append((number, kinds, name))
            if len(self._row) == 1:
                self._wake()


def _meaning(tree: WatchedTree, number: int, kinds: int, name: bytes) -> str:
    """The directory that is worth a look after an event, or ""; its watches are then as they should be."""
    folder = tree.path_of(number)
    if not folder or not name:
        return ""
    text, is_folder = os.fsdecode(name), bool(kinds & _IS_FOLDER)
    path = f"{folder.rstrip(os.sep)}{os.sep}{text}"
    if kinds & (_CAME | _WENT):
        if is_sign(text):
            tree.signed(folder, there=bool(kinds & _CAME))
        elif is_folder:
            (tree.appeared if kinds & _CAME else tree.vanished)(path)
    directory = directory_of(path, is_directory=is_folder)
    tree.heard(directory)
    return directory

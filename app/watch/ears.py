"""The ears that there are, and which of them hears something in a folder. The only importer of watchdog.

One idea: on Linux each folder that matters is watched, through watchdog's instance; elsewhere watchdog's
observer watches a whole tree; and where events are silent, one looks for itself.

What watchdog would do on Linux by itself: watch every data folder, go on in silence without those that the
limit refuses, keep it to itself that events were lost. Not for what an event means. Imported late, and by
whoever has time: that takes as long as a frame.
"""

import errno
import os
import sys
import warnings
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from app.folder_errands import Seen
from app.watch.inotify_ear import LET_GO, LOST, InotifyEar, Tell
from app.watch.networks import is_remote
from app.watch.polling import PollingEar
from app.watch.root_watch import How
from app.watch.stirrings import Ear, Heard, directory_of

if TYPE_CHECKING:  # it can be imported on Linux only
    from watchdog.observers.inotify_c import InotifyEvent, WatchDescriptor

# Kinds are filtered before they are made, because reading a file is an event too.
_KINDS: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileMovedEvent,
]  # fmt: skip
_EACH_FOLDER_COSTS = sys.platform.startswith("linux")
AT_ONCE = 500  # events, until what was heard of them is told


def ear_for(root: str, how: How, wake: Callable[[], None], cancelled: Callable[[], bool]) -> Ear:
    """The ear that hears something there. May hang where the folder does."""
    remote = how != "events" and is_remote(root)
    if how == "polling" or remote:
        return PollingEar(root, remote=remote)
    if _EACH_FOLDER_COSTS:
        return InotifyEar(root, Inotify, wake, cancelled)
    return ObserverEar(root, wake)


class Inotify:
    """An inotify instance of watchdog's, as `inotify_ear.Instance` has it."""

    def __init__(self, tell: Tell) -> None:
        from watchdog.observers.inotify_c import CallbackId, InotifyFD, Mask, WatchDescriptor

        # A folder that was moved is watched again under its new name, before its watch is let go.
        warnings.filterwarnings("ignore", message="Callback with id", category=RuntimeWarning)
        self._mask, self._number, self._id = Mask, WatchDescriptor, CallbackId(0)
        self._listener = _Listener(tell)
        self._fd = InotifyFD()
        self._fd.start()

    def add(self, path: str, kinds: int) -> int:
        number = self._fd.add_callback(os.fsencode(path), self._mask(kinds), self._listener, self._id)
        if number < 0:  # watchdog swallows this one error
            self.remove(number)
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return number

    def remove(self, number: int) -> None:
        self._fd.remove_callbacks([(self._number(number), self._id)])

    def is_alive(self) -> bool:
        return self._fd.is_alive()

    def close(self) -> None:
        self._fd.stop()
        self._fd.join()


class _Listener:
    """What watchdog calls on the thread that reads an instance."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def on_event(self, event: "InotifyEvent") -> None:
        self._tell(event.wd, event.mask, event.name)

    def on_watch_deleted(self, wd: "WatchDescriptor") -> None:
        self._tell(wd, LET_GO, b"")

    def on_queue_overflow(self) -> None:
        self._tell(-1, LOST, b"")


class ObserverEar(FileSystemEventHandler):
    """An ear for a whole tree, as `stirrings.Ear` has it, where a tree costs one watch."""

    period = 0.0
    remote = False
    counts = (0, 0)
    how = "by events"

    def __init__(self, root: str, wake: Callable[[], None]) -> None:
        self._root = root
        self._wake = wake
        self._observer: BaseObserver | None = None
        self._row: deque[FileSystemEvent] = deque()

    def dispatch(self, event: FileSystemEvent) -> None:
        """Called on watchdog's thread, which would end by an exception: so nothing is worked out there."""
        self._row.append(event)
        if len(self._row) == 1:
            self._wake()

    def start(self) -> None:
        self._observer = Observer()
        self._observer.schedule(self, self._root, recursive=True, event_filter=_KINDS)
        self._observer.start()

    def stop(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            if observer.is_alive():
                observer.join()
        self._row.clear()

    def is_alive(self) -> bool:
        observer = self._observer
        return observer is not None and all(one.is_alive() for one in (observer, *observer.emitters))

    def know(self, seen: Seen) -> None:
        """Nothing: a whole tree is watched without knowing what is in it."""

    def refresh(self) -> None:
        """Nothing: there is no limit."""

    def take(self) -> Heard:
        told: set[str] = set()
        for _ in range(min(AT_ONCE, len(self._row))):
            event = self._row.popleft()
            try:
                told |= directories_of(event)
            except Exception:
                self._row.clear()  # all is looked at then; and what comes into an empty row is told
                raise
            if isinstance(event, DirDeletedEvent | DirMovedEvent) and event.src_path == self._root:
                return Heard(frozenset(told), gone=True)
        return Heard(frozenset(told), more=bool(self._row))


def directories_of(event: FileSystemEvent) -> frozenset[str]:
    """The directories worth a look after an event: of both its paths, because a save is a move onto the state
    file.
    """
    paths = (os.fsdecode(path) for path in (event.src_path, event.dest_path) if path)
    found = (directory_of(path, is_directory=event.is_directory) for path in paths)
    return frozenset(directory for directory in found if directory)

"""Tells which sessions to look at again, soon after something happened to them. The only importer of
watchdog.

One idea: events are hints. Whatever the system says, all that leaves this room is a set of directories that
are worth another look; what is there now is for `disk` to read, and its periodic look is the truth when
events fail. So nothing here needs to be complete: it only must not go blind in silence, and says so when it
cannot watch.

Event kinds are filtered before they are made, because reading a file is an event too, and an unfiltered watch
wakes itself for ever. A session is told at once, and after that at most every QUIET_SECONDS. Not for deciding
what changed.
"""

import logging
import os
import threading
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
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

from app.worker import Worker
from persistence.site import is_sign

QUIET_SECONDS = 0.2
GATHER_SECONDS = 0.01
_KINDS: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileMovedEvent,
]  # fmt: skip
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stirred:
    """Something happened to these directories below `root`: sessions, or folders that may hold some."""

    root: str
    directories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Watched:
    """Whether events arrive for `root`; when not, `note` says why, as a sentence for people."""

    root: str
    live: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Watch:
    """Errand: watch the folder that has this identity, or go on watching it."""

    identity: object


def directories_of(event: FileSystemEvent) -> frozenset[str]:
    """The directories worth a look after an event: of both its paths, because a save is a move onto the state
    file.
    """
    paths = (os.fsdecode(path) for path in (event.src_path, event.dest_path) if path)
    found = (_directory_of(path, event.is_directory) for path in paths)
    return frozenset(directory for directory in found if directory)


def _directory_of(path: str, is_directory: bool) -> str:
    """The session, or possible session, that a path belongs to; empty for the run's own data files."""
    place = Path(path)
    if is_sign(place.name) or (is_directory and place.name.startswith(".")):
        return str(place.parent)
    if is_directory:
        return path
    return str(place.parent.parent) if _is_part_of_a_session(place.parent.name) else ""


def _is_part_of_a_session(folder: str) -> bool:
    """True for the folders beside a state file: history, and what launchers note of a run."""
    return is_sign(folder) or folder.startswith(".")


class Settling:
    """Directories that wait to be told: a new one after GATHER_SECONDS, the same one again after
    QUIET_SECONDS.

    Times are seconds of a monotonic clock, given by the caller. May be used from several threads.
    """

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._told: dict[str, float] = {}
        self._lock = threading.Lock()

    def add(self, directories: frozenset[str], now: float) -> bool:
        """Note that something happened to these directories. True when nothing waited before."""
        with self._lock:
            idle = not self._due
            for directory in directories - self._due.keys():
                last = self._told.get(directory, -QUIET_SECONDS)
                self._due[directory] = max(now + GATHER_SECONDS, last + QUIET_SECONDS)
            return idle

    def take(self, now: float) -> frozenset[str]:
        """Return the directories whose time has come, and forget them."""
        with self._lock:
            ready = frozenset(directory for directory, due in self._due.items() if due <= now)
            self._told = {
                directory: told for directory, told in self._told.items() if told > now - QUIET_SECONDS
            } | dict.fromkeys(ready, now)
            for directory in ready:
                del self._due[directory]
            return ready

    def next_due(self) -> float | None:
        """When `take` should be called next; None when nothing waits."""
        with self._lock:
            return min(self._due.values(), default=None)


class _Handler(FileSystemEventHandler):
    """Receives events on watchdog's thread. An exception here would blind that thread for good, so none
    leaves.
    """

    def __init__(self, watch: "RootWatch") -> None:
        self._watch = watch

    def dispatch(self, event: FileSystemEvent) -> None:
        try:
            self._watch.note(event)
        except Exception:  # noqa: BLE001 - whatever it is, the events after this one still count
            _log.exception("An event of the watched folder could not be read: %r", event)


class RootWatch(Worker):
    """Watches one folder, with an observer of its own, so that a share that hangs blocks no other folder."""

    _woken = Signal()

    def __init__(self, root: str) -> None:
        super().__init__(f"watch {root}")
        self._root = root
        self._observer: BaseObserver | None = None
        self._identity: object = None
        self._settling = Settling()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tell)
        self._woken.connect(self._wait_for_more, Qt.ConnectionType.QueuedConnection)

    def note(self, event: FileSystemEvent) -> None:
        """Take in one event; called on watchdog's thread."""
        directories = directories_of(event)
        if directories and self._settling.add(directories, time.monotonic()):
            self._woken.emit()

    def work(self, errand: object) -> None:
        """Begin to watch; begin anew when the folder was made again, or when the observer has died."""
        if not isinstance(errand, _Watch) or (errand.identity == self._identity and self._is_alive()):
            return
        self._stop_observer()
        try:
            self._start_observer()
        except OSError as error:
            self._stop_observer()
            note = f"Changes in {self._root} are seen late: {error.strerror or error}."
            self.answered.emit(Watched(self._root, live=False, note=note))
        else:
            self._identity = errand.identity
            self.answered.emit(Watched(self._root, live=True))

    def finish(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._stop_observer()

    def _start_observer(self) -> None:
        # watchdog warns when a folder is made so fast that it finds it twice, on its own thread, where a
        # warning that somebody made an error would end all watching. Found twice is found.
        warnings.filterwarnings("ignore", message="Callback with id", category=RuntimeWarning)
        self._observer = Observer()
        self._observer.schedule(_Handler(self), self._root, recursive=True, event_filter=_KINDS)
        self._observer.start()

    def _stop_observer(self) -> None:
        observer, self._observer, self._identity = self._observer, None, None
        if observer is not None:
            observer.stop()
            if observer.is_alive():
                observer.join()

    def _is_alive(self) -> bool:
        observer = self._observer
        if observer is None or not observer.is_alive():
            return False
        return all(emitter.is_alive() for emitter in observer.emitters)

    @Slot()
    def _wait_for_more(self) -> None:
        due = self._settling.next_due()
        if due is not None:
            self._timer.start(max(0, round((due - time.monotonic()) * 1000)))

    @Slot()
    def _tell(self) -> None:
        ready = self._settling.take(time.monotonic())
        if self._root in ready:
            self.answered.emit(Watched(self._root, live=False, note=f"{self._root} was moved or deleted."))
        if ready:
            self.answered.emit(Stirred(self._root, ready))
        self._wait_for_more()


class Watcher(QObject):
    """The watches of all folders. `stirred` carries Stirred, `watched` carries Watched."""

    stirred = Signal(object)
    watched = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watches: dict[str, RootWatch] = {}
        self._ending: list[RootWatch] = []

    def watch(self, root: str, identity: object) -> None:
        """Watch a folder, or go on watching it. `identity` differs when the folder is another one by that
        name.
        """
        if root not in self._watches:
            watch = RootWatch(root)
            watch.answered.connect(self._pass_on)
            watch.start()
            self._watches[root] = watch
        self._watches[root].ask(_Watch(identity))

    def unwatch(self, root: str) -> None:
        """Stop watching a folder; its thread may end later, when the folder hangs."""
        self._ending = [watch for watch in self._ending if not watch.wait(0)]
        if (watch := self._watches.pop(root, None)) is not None:
            watch.close()
            self._ending.append(watch)

    def shutdown(self) -> bool:
        """End all threads. False when one hangs."""
        for root in tuple(self._watches):
            self.unwatch(root)
        return all(watch.wait() for watch in self._ending)

    @Slot(object)
    def _pass_on(self, answer: Stirred | Watched) -> None:
        (self.stirred if isinstance(answer, Stirred) else self.watched).emit(answer)

"""What a watch tells: which directories are worth another look, and whether events arrive at all.

One idea: events are hints. Whatever the system says, all that comes of it is a set of directories; what is
there now is for `disk` to read, and its periodic look is the truth when events fail. So nothing here needs to
be complete. A directory is told at once, and after that at most every QUIET_SECONDS; where many come after
each other, those that come next are gathered the longer, the more were told last.

Not for hearing anything (see `watcher` and `polling`), and without Qt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.folder_errands import Seen
from persistence.files.version_log import FOLDER
from persistence.sessions.site import is_sign

QUIET_SECONDS = 0.2
GATHER_SECONDS = 0.005  # a session that appears, or a save, is several events
EACH_SECONDS, MOST_SECONDS = 0.002, 0.1  # of gathering, for each directory that was told last; the most
# The lock is let go when a save is through, after its line in the history.
_OURS = (".session_state.lock", FOLDER)


@dataclass(frozen=True, slots=True)
class Stirred:
    """Something happened to these directories below `root`: sessions, or folders that may hold some."""

    root: str
    directories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Watched:
    """Whether it is noticed soon when something happens below `root`.

    `how` says by what means, in words; where it is not `live`, `note` says why, as a sentence for people.
    `watched` of the `folders` that are known are listened to. `missed`: something may have happened that
    nobody heard, so that only a look at the whole folder tells; `lost`: because events were lost.
    `remote`: the folder lies on another computer, as far as the system says so.
    """

    root: str
    live: bool
    note: str = ""
    how: str = ""
    watched: int = 0
    folders: int = 0
    missed: bool = False
    lost: bool = False
    remote: bool = False

    @property
    def complete(self) -> bool:
        """Whether all folders are listened to, one by one, so that a loss is noticed."""
        return self.live and 0 < self.folders <= self.watched


def directory_of(path: str, *, is_directory: bool) -> str:
    """The session, or possible session, that a path belongs to; empty for the run's own data files, and for
    folders that a look leaves out, as their names begin with a dot.
    """
    place = Path(path)
    if is_sign(place.name) or place.name in _OURS:
        return str(place.parent)
    if is_directory:
        return "" if place.name.startswith(".") else path
    return str(place.parent.parent) if _is_part_of_a_session(place.parent.name) else ""


def _is_part_of_a_session(folder: str) -> bool:
    """True for the folders beside a state file: history, and what launchers note of a run."""
    return is_sign(folder) or folder == FOLDER


class Settling:
    """Directories that wait to be told: a new one after GATHER_SECONDS, or with the next of many; the same
    one again after QUIET_SECONDS.

    Times are seconds of a monotonic clock, given by the caller.
    """

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._told: dict[str, float] = {}
        self._next = 0.0  # before that, what comes is gathered

    def add(self, directories: Iterable[str], now: float) -> None:
        """Note that something happened to these directories."""
        soonest = max(now + GATHER_SECONDS, self._next)
        for directory in directories:
            if directory not in self._due:
                last = self._told.get(directory, -QUIET_SECONDS)
                self._due[directory] = max(soonest, last + QUIET_SECONDS)

    def take(self, now: float) -> frozenset[str]:
        """Return the directories whose time has come, and forget them."""
        ready = frozenset(directory for directory, due in self._due.items() if due <= now)
        self._told = {
            directory: told for directory, told in self._told.items() if told > now - QUIET_SECONDS
        } | dict.fromkeys(ready, now)
        for directory in ready:
            del self._due[directory]
        if ready:
            self._next = now + min(MOST_SECONDS, EACH_SECONDS * len(ready))
        return ready

    def next_due(self) -> float | None:
        """When `take` should be called next; None when nothing waits."""
        return min(self._due.values(), default=None)


@dataclass(frozen=True, slots=True)
class Heard:
    """What an ear has taken in since it was asked last.

    `missed`: something was lost. `gone`: the watched folder itself is not there any more. `more`: it has not
    come to the end yet.
    """

    directories: frozenset[str] = frozenset()
    missed: bool = False
    gone: bool = False
    more: bool = False


class Ear(Protocol):
    """A way of noticing what happens below one folder; everything on the thread of its owner."""

    @property
    def how(self) -> str:
        """By what means, in words."""

    @property
    def remote(self) -> bool:
        """Whether the folder lies on another computer, as far as the system says so."""

    @property
    def counts(self) -> tuple[int, int]:
        """How many folders are listened to, and how many there are as far as is known."""

    @property
    def period(self) -> float:
        """Seconds after which it wants to be asked again; 0 for one that says so itself."""

    def start(self) -> None:
        """Begin. Raises OSError."""

    def stop(self) -> None:
        """End, also after a `start` that failed."""

    def is_alive(self) -> bool:
        """Whether it still hears."""

    def take(self) -> Heard:
        """What there is to be told."""

    def know(self, seen: Seen) -> None:
        """Take in what the disk has seen."""

    def refresh(self) -> None:
        """The whole folder has just been looked at: time to try again what did not work."""

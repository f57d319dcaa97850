"""Notices changes by looking, where a system does not tell of them: on network shares.

One idea: what is likely to change is asked often, the rest seldom. The folders that hold sessions are asked
for their time, and listed when it has changed; the newest sessions are asked for theirs and for that of their
state. Everything else is left to the look at the whole folder. What differs is a hint like any event.

Which sessions there are, it hears from that look, so that no folder is walked through twice. It begins after
the first. Opens no file; a call that hangs keeps the thread of its owner waiting, and no other.
"""

import heapq
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from app.folder_errands import Seen
from app.session import Summary
from app.watch.stirrings import Heard
from persistence.scan import folders_below
from persistence.sessions.site import SETTLED_SECONDS

POLL_SECONDS = 2.0
RECENT_SESSIONS = 100
MOST_FOLDERS = 2000  # then only those that are known to hold sessions: a folder of data may be anything
_STATE = "session_state.json"


_Sign: TypeAlias = tuple[tuple[int, int, int], tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class _Listed:
    """The folders in a folder, at the time that it had."""

    time: int
    below: frozenset[str]


class PollingEar:
    """An ear for one folder, as `stirrings.Ear` has it."""

    period = POLL_SECONDS
    counts = (0, 0)

    def __init__(self, root: str, *, remote: bool = False) -> None:
        """`remote`: it lies on another computer."""
        self.remote = remote
        self._root = root
        self._sessions: dict[str, Summary] = {}
        self._folders: dict[str, _Listed | None] = {}
        self._signs: dict[str, _Sign] = {}

    @property
    def how(self) -> str:
        return f"by looking every {self.period:g} s"

    def start(self) -> None:
        Path(self._root).stat()

    def stop(self) -> None:
        self._folders.clear()

    def is_alive(self) -> bool:
        return True

    def refresh(self) -> None:
        """Nothing: the look at the whole folder tells all by `know`."""

    def know(self, seen: Seen) -> None:
        for summary in seen.summaries:
            self._sessions[summary.directory] = summary
        for session in seen.gone:
            self._sessions.pop(session, None)
        if self._folders:
            self._know_folders(summary.directory for summary in seen.summaries)
        if seen.all is not None and seen.directory == self._root:
            self._sessions = {path: one for path, one in self._sessions.items() if path in seen.all}
            if not self._folders:  # the first look is through
                self._folders[self._root] = None
                self._know_folders(self._sessions)

    def take(self) -> Heard:
        """Look once. Raises nothing that a disk can raise."""
        told: set[str] = set()
        for folder in tuple(self._folders):
            told |= self._different_in(folder)
        if self._folders:
            told |= self._different_sessions()
        return Heard(frozenset(told))

    # ---- folders

    def _know_folders(self, sessions: Iterable[str]) -> None:
        """Sessions may appear wherever there are some, and not inside one."""
        for session in sessions:
            if session != self._root:
                self._folders.pop(session, None)
                self._folders |= dict.fromkeys(self._unknown_around(session))

    def _unknown_around(self, session: str) -> Iterator[str]:
        folder = str(Path(session).parent)
        while folder not in self._folders and len(folder) > len(self._root):
            yield folder
            folder = str(Path(folder).parent)

    def _different_in(self, folder: str) -> set[str]:
        """What came into a folder, and what went out of it."""
        try:
            changed = Path(folder).stat().st_mtime_ns
            before = self._folders[folder]
            if before is not None and before.time == changed:
                return set()
            below = folders_below(folder)
        except OSError:
            return self._lost(folder)
        if below is None and folder != self._root:  # it has become a session
            return self._lost(folder)
        return self._compared(folder, before, _Listed(_settled(changed), frozenset(below or ())))

    def _lost(self, folder: str) -> set[str]:
        if folder != self._root:
            del self._folders[folder]
        return {folder}

    def _compared(self, folder: str, before: _Listed | None, now: _Listed) -> set[str]:
        self._folders[folder] = now
        known = before.below if before else frozenset[str]()
        new = {one for one in now.below - known if one not in self._sessions and one not in self._folders}
        if len(self._folders) < MOST_FOLDERS:
            self._folders |= dict.fromkeys(new)  # until it turns out to be a session
        return new | (known - now.below)

    # ---- sessions

    def _different_sessions(self) -> set[str]:
        newest = heapq.nlargest(RECENT_SESSIONS, self._sessions.values(), key=_recency)
        before, self._signs = self._signs, {one.directory: _sign(one.directory) for one in newest}
        return {one.directory for one in newest if self._is_different(one, before.get(one.directory))}

    def _is_different(self, summary: Summary, before: _Sign | None) -> bool:
        now = self._signs[summary.directory]
        return now != before if before else now[1][:2] != (summary.mtime_ns, summary.size)


def _settled(changed: int) -> int:
    """The time of a folder; 0, which is nobody's, where more may have happened at the same time."""
    return changed if time.time_ns() - changed > SETTLED_SECONDS * 1e9 else 0


def _recency(summary: Summary) -> tuple[bool, int]:
    return summary.running is not None, summary.mtime_ns


def _sign(session: str) -> _Sign:
    """Differs when a name came into a session or went out of it, when its state was written in place, and
    when somebody else may read it.
    """
    return _status(Path(session)), _status(Path(session, _STATE))


def _status(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ctime_ns

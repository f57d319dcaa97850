"""Which folders below a watched one are listened to, where each folder costs a watch of its own.

One idea: a list of sessions has to hear of two things, a session that appears and a session that changes. So
there is a watch on every folder in which sessions may appear, and one on each session, newest first, and none
on what lies inside a session, where most folders are. When the system gives no more watches, the session that
was quiet for the longest gives up its own.

A folder is watched before it is listed, so that nothing appears in between unheard. What happens in a session
that nobody listens to is found by the periodic look. Knows neither watchdog nor Qt; used by one thread.
"""

import errno
import os
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from heapq import merge
from itertools import islice
from pathlib import Path

from app.watch.below import Below
from persistence.scan import folders_below

_NO_MORE = (errno.ENOSPC, errno.ENOMEM)
_SORTED_AT_ONCE = 2000


class WatchedTree:
    """The watches below `root`.

    `add(path)` returns the number of a new watch, or raises OSError; `remove(number)` lets it go. `room` is
    how many there may be. `cancelled` is asked before each folder, and may let this thread wait.
    """

    def __init__(
        self,
        root: str,
        add: Callable[[str], int],
        remove: Callable[[int], None],
        room: int,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._root = root
        self._add = add
        self._remove = remove
        self._room = room
        self._cancelled = cancelled
        self._numbers: dict[str, int] = {}
        self._paths: dict[int, str] = {}
        self._folders: set[str] = set()
        # Sessions with a watch, the one that was quiet for the longest first; and those without one, by the
        # time of their state, once that is known.
        self._sessions: OrderedDict[str, None] = OrderedDict()
        self._silent: OrderedDict[str, int | None] = OrderedDict()
        self._below = Below(root, self._is_known)

    @property
    def watched(self) -> int:
        """How many folders have a watch."""
        return len(self._numbers)

    @property
    def folders(self) -> int:
        """How many should have one, as far as is known."""
        return len(self._folders) + len(self._sessions) + len(self._silent)

    def path_of(self, number: int) -> str:
        """The folder that a watch is on; empty when it has been let go."""
        return self._paths.get(number, "")

    def begin(self) -> None:
        """Find and watch everything. Raises OSError when not even the root can be watched."""
        self._watch(self._root)
        self._take_in(self._root)

    def give_room(self, room: int) -> None:
        """There may be so many more watches than there are."""
        self._room = self.watched + room
        for folder in sorted(self._folders - self._numbers.keys()):
            self._watch_folder(folder)
        self._fill()

    # ---- what happens

    def appeared(self, path: str) -> None:
        """A folder was made here, or moved here."""
        place = Path(path)
        if str(place.parent) in self._folders and not place.name.startswith("."):
            self.vanished(path)
            self._take_in(path)

    def vanished(self, path: str) -> None:
        """A folder is not here any more, nor what was below it."""
        for one in self._at_and_below(path):
            self._forget(one)
        self._fill()

    def signed(self, folder: str, *, there: bool) -> None:
        """One of the names that make a session came into a folder, or went out of it."""
        if folder == self._root:
            return
        if there and folder in self._folders:
            self.vanished(folder)
            self._listen(folder)
        elif not there and self._is_session(folder) and _below(folder) is not None:
            self.vanished(folder)
            self._take_in(folder)

    def heard(self, directory: str) -> None:
        """Something happened in a session: it is now the last to give up its watch."""
        if directory in self._sessions:
            self._sessions.move_to_end(directory)

    def seen(self, session: str, changed: int) -> None:
        """Somebody looked at a session, whose state is of this time."""
        if session in self._silent:
            before, self._silent[session] = self._silent[session], changed
            if before not in (None, changed):
                self._listen(session)
        elif session not in self._sessions and session != self._root:
            self._take_in(self._topmost_unknown(session))

    def gone(self, number: int) -> bool:
        """The system has taken a watch back. True when it was the root's."""
        path = self.path_of(number)
        if path:
            self._forget(path)
        return path == self._root

    # ---- finding

    def _take_in(self, top: str) -> None:
        """Watch the folders at and below `top`, then its sessions, as many as there may be."""
        sessions: list[str] = []
        waiting = deque([top])
        while waiting and not self._cancelled():
            folder = waiting.popleft()
            below = _below(folder)
            if below is not None and self._watch_folder(folder):
                below = _below(folder)
            if below is None and folder != self._root:
                self._forget(folder)
                sessions.append(folder)
            else:
                waiting.extend(one for one in below or () if one not in self._folders)
        new = [one for one in sessions if not self._is_session(one)]
        silent = max(0, len(new) - max(0, self._room - len(self._folders)))
        for place, session in enumerate(self._oldest_first(new)):
            if self._cancelled():
                return
            if place >= silent:
                self._listen(session)
            else:
                self._silent[session] = None
                self._below.add(session)

    def _oldest_first(self, sessions: list[str]) -> Iterator[str]:
        """In pieces, since to sort a hundred thousand at once would hold up all other threads."""
        times = ((_changed_at(one), one) for one in sessions if not self._cancelled())
        pieces = iter(lambda: sorted(islice(times, _SORTED_AT_ONCE)), [])
        return (session for _, session in merge(*pieces))

    def _topmost_unknown(self, session: str) -> str:
        top = session
        while (parent := str(Path(top).parent)) not in self._folders and len(parent) > len(self._root):
            top = parent
        return top

    def _at_and_below(self, path: str) -> list[str]:
        return [path] if self._is_session(path) else list(self._below.of(path))

    def _is_known(self, path: str) -> bool:
        return path in self._folders or self._is_session(path)

    def _is_session(self, path: str) -> bool:
        return path in self._sessions or path in self._silent

    # ---- watching

    def _watch_folder(self, folder: str) -> bool:
        """Watch a folder that may hold sessions. False when it is not there, or nobody may list it."""
        try:
            Path(folder).stat()  # before another gives up its watch for it
            self._claim(folder)
        except OSError:
            return False
        self._folders.add(folder)
        self._below.add(folder)
        return True

    def _listen(self, session: str) -> None:
        """Watch a session, as the one that something happened in last."""
        try:
            watched = self._claim(session)
        except OSError:  # gone meanwhile, or nobody may read it
            self._forget(session)
            return
        self._silent.pop(session, None)
        (self._sessions if watched else self._silent)[session] = None
        self._below.add(session)

    def _claim(self, path: str) -> bool:
        """Watch it, at the cost of the quietest sessions. False when none is left that could give up its own.

        Raises OSError where that is not for want of watches.
        """
        while True:
            try:
                self._watch(path)
            except OSError as error:
                if error.errno not in _NO_MORE:
                    raise
            else:
                return True
            if not self._sessions:
                return False
            quietest, _ = self._sessions.popitem(last=False)
            self._let_go(quietest)
            self._silent[quietest] = None

    def _fill(self) -> None:
        """Give a watch to the newest of those without one, while there is room."""
        while self._silent and self.watched < self._room:
            session, time = self._silent.popitem()
            try:
                self._watch(session)
            except OSError as error:
                if error.errno in _NO_MORE:
                    self._silent[session] = time
            else:
                self._sessions[session] = None
                self._sessions.move_to_end(session, last=False)

    def _watch(self, path: str) -> None:
        if path in self._numbers:
            return
        if self.watched >= self._room:
            raise OSError(errno.ENOSPC, "no more watches")
        try:
            number = self._add(path)
        except OSError as error:
            if error.errno in _NO_MORE:
                self._room = self.watched
            raise
        self._numbers[path] = number
        self._paths[number] = path

    def _let_go(self, path: str) -> None:
        number = self._numbers.pop(path, None)
        # A folder that was moved has the number that it had: then it is watched under its new name.
        if number is not None and self._paths.get(number) == path:
            del self._paths[number]
            self._remove(number)

    def _forget(self, path: str) -> None:
        self._let_go(path)
        self._folders.discard(path)
        self._sessions.pop(path, None)
        self._silent.pop(path, None)
        self._below.drop(path)


def _below(folder: str) -> list[str] | None:
    """As `folders_below`; nothing where it cannot be listed."""
    try:
        return folders_below(folder)
    except OSError:
        return []


def _changed_at(session: str) -> int:
    try:
        return os.stat(session).st_mtime_ns  # noqa: PTH116 - of a hundred thousand
    except OSError:
        return 0

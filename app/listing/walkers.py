"""Many who walk at once: each takes some of the folders that wait, looks into them, and adds what lies below.

One idea: the folders that wait stand in one place, and whoever is free takes some. So nobody waits for
another one, whether sessions lie in a thousand folders or in a single one; and who listens takes what was
found when he likes. Who has somebody else look for him takes the next ones before he has heard of the last,
where there are enough for all: else that one would wait for each question.

Not for looking (`lookers`), nor for what is made of it (`walk`).
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from typing import TypeAlias

from app.listing.lookers import Looker
from app.listing.steps import Step
from persistence.scan import Cancelled

_log = logging.getLogger(__name__)
_MOST_FOUND = 64
"""What nobody took yet, in turns of a walker; then they wait, so that it does not fill the memory."""

_HELPED = 8  # folders, between which nobody else has his turn

HANGING_SECONDS = 120.0
"""Of one look at some folders, on a slow disk that others use, too. One that takes longer is given up."""


_Found: TypeAlias = tuple[list[str], "list[Step] | Exception"]
"""Folders that were looked into together, and what came of it."""


class NobodyWalks(Exception):
    """The system has no more threads."""


class Walkers:
    """Walks through the folders that are `waiting`, the last one first, with one thread for each looker."""

    def __init__(
        self,
        waiting: Iterable[str],
        lookers: Sequence[Looker],
        most: int,
        weigh: Callable[[str], int] = lambda _: 0,
    ) -> None:
        """`most`: folders that one of them takes at once; `weigh`: how many are looked into with one of them,
        as far as that is known at once. Raises NobodyWalks.
        """
        self._weigh = weigh
        self._waiting = list(waiting)
        self._most = most
        self._change = threading.Condition()
        self._found: deque[_Found] = deque()
        self._in_hand: dict[Looker, deque[list[str]]] = {}
        self._since: dict[Looker, float] = {}
        self._ended = False
        self._ready = 0
        self._lookers: list[Looker] = []
        for looker in lookers:
            if not self._start(looker):
                break
        if not self._lookers:
            raise NobodyWalks

    @property
    def told(self) -> bool:
        """Whether one of them has found something that nobody took yet."""
        with self._change:
            return bool(self._found)

    @property
    def ended(self) -> bool:
        """Whether all was walked through, and taken."""
        with self._change:
            return self._is_over and not self._found

    def add(self, folders: Iterable[str]) -> bool:
        """Walk through these, too, before those that wait; False where all have ended by now."""
        with self._change:
            if self._is_over:
                return False
            self._waiting += folders
            self._change.notify_all()
            return True

    def next(self, seconds: float) -> list[Step]:
        """What one of them found; nothing when there was nothing for so long, or they have ended.

        Raises what a looker raised.
        """
        with self._change:
            self._change.wait_for(lambda: self._found or self._is_over, seconds)
            found = self._found.popleft()[1] if self._found else []
            self._change.notify_all()
            hanging = () if found else self._hanging()
        for looker in hanging:
            looker.give_up()
        if isinstance(found, Exception):
            raise found
        return found

    def help(self, looker: Looker) -> list[Step]:
        """Look into a few with this looker, on the thread that asks: what it found; nothing where there are
        not enough for all who have begun. Raises what it raises.
        """
        if not (folders := self._take(looker, ahead=True, most=min(_HELPED, self._most))):
            return []
        found = list[Step]()
        try:
            found = looker.look(folders)
        finally:
            self._put_back(looker, found)
        return found

    def end(self) -> list[str]:
        """Take no more; what they still do is not waited for. Those of which nobody heard yet, in a row as
        they wait; what lies below those waits by itself.
        """
        with self._change:
            self._ended = True
            left = [
                *self._waiting,
                *(one for taken in self._in_hand.values() for some in taken for one in some),
            ]
            for folders, found in self._found:
                left += folders if isinstance(found, Exception) else _told_by(found)
            self._found.clear()
            self._change.notify_all()
        for looker in self._lookers:
            looker.stop()
        return left

    @property
    def _is_over(self) -> bool:
        return self._ended or not (self._in_hand or self._waiting)

    def _hanging(self) -> list[Looker]:
        """Those that look for too long; each is told once in that time."""
        now = time.monotonic()
        late = [looker for looker in self._in_hand if now > self._since[looker] + HANGING_SECONDS]
        self._since.update(dict.fromkeys(late, now))
        return late

    def _start(self, looker: Looker) -> bool:
        try:
            threading.Thread(target=self._walk, args=(looker,), name="walker", daemon=True).start()
        except RuntimeError as error:
            _log.warning("There are %d threads for a walk: %s.", len(self._lookers), error)
            return False
        self._lookers.append(looker)
        return True

    def _walk(self, looker: Looker) -> None:
        try:
            with suppress(Exception):  # whatever it is, the first look tells it
                looker.prepare()
            with self._change:
                self._ready += 1
            while folders := self._next_of(looker):
                self._put(looker, self._looked(looker, folders))
        finally:
            looker.close()

    def _next_of(self, looker: Looker) -> list[str]:
        """What it is to look into now, of what it has in hand; nothing when there will be no more."""
        taken = self._in_hand.get(looker, ())
        while len(taken) <= looker.ahead and (folders := self._take(looker, ahead=bool(taken))):
            with suppress(Exception):  # whatever it is, the look that follows tells it
                looker.begin(folders)
            taken = self._in_hand[looker]
        return taken[0] if taken else []

    def _looked(self, looker: Looker, folders: Sequence[str]) -> list[Step] | Exception:
        try:
            return looker.look(folders)
        except Cancelled:
            self.end()
            return []
        except Exception as error:  # noqa: BLE001 - whoever takes what was found hears of it
            return error

    def _take(self, looker: Looker, *, ahead: bool, most: int = 0) -> list[str]:
        """Some that wait, so few that there are some for the others; none when there will be no more.

        Those that are taken `ahead` are not waited for, and none where they may be wanted by others. Who
        still prepares is none of those: that may hang, and nobody can give it up.
        """
        with self._change:
            if not ahead:
                self._change.wait_for(lambda: self._is_over or (self._waiting and self._may_find))
            count = self._enough()
            enough = self._may_find and len(self._waiting) > count * self._ready
            if self._is_over or (ahead and not enough):
                return []
            others = max(1, len(self._lookers))  # the first one begins before it is counted
            count = min(most or count, count, -(-len(self._waiting) // (2 * others)))
            taken = self._waiting[: -count - 1 : -1]
            del self._waiting[-count:]
            self._in_hand.setdefault(looker, deque()).append(taken)
            self._since.setdefault(looker, time.monotonic())
            return taken

    def _enough(self) -> int:
        """How many of those that wait one of them takes at the most."""
        weight = 0
        for count, folder in enumerate(islice(reversed(self._waiting), self._most), start=1):
            weight += 1 + self._weigh(folder)
            if weight >= self._most:
                return count
        return self._most

    @property
    def _may_find(self) -> bool:
        return len(self._found) < _MOST_FOUND

    def _put(self, looker: Looker, found: list[Step] | Exception) -> None:
        with self._change:
            if found:
                self._found.append((self._in_hand[looker][0], found))
            self._put_back(looker, () if isinstance(found, Exception) else found)

    def _put_back(self, looker: Looker, found: Iterable[Step]) -> None:
        """It has no longer in hand what it took first; what lies below that waits."""
        with self._change:
            taken = self._in_hand[looker]
            taken.popleft()
            self._since[looker] = time.monotonic()
            if not taken:
                del self._in_hand[looker], self._since[looker]
            for step in reversed(list(found)):
                self._waiting.extend(step.below)
            self._change.notify_all()


def _told_by(steps: Iterable[Step]) -> list[str]:
    """The folders of which something is told: what is no session, and has others below it, tells of those."""
    found = list[str]()
    for step in steps:
        found += step.same_folders if step.same else [] if step.below else [step.folder]
    return found

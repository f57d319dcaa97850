"""Many who walk at once: each takes some of the folders that wait, looks into them, and adds what lies below.

One idea: the folders that wait stand in one place, and whoever is free takes some. So nobody waits for
another one, whether sessions lie in a thousand folders or in a single one; and who listens takes what was
found when he likes.

Not for looking (`lookers`), nor for what is made of it (`walk`).
"""

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import chain

from app.listing.lookers import Looker
from app.listing.steps import Step
from persistence.scan import Cancelled

_MOST_FOUND = 64
"""What nobody took yet, in turns of a walker; then they wait, so that it does not fill the memory."""


class Walkers:
    """Walks through the folders that are `waiting`, the last one first, with one thread for each looker."""

    def __init__(self, waiting: Iterable[str], lookers: Sequence[Looker], most: int) -> None:
        """`most`: folders that one of them takes at once."""
        self._waiting = list(waiting)
        self._lookers = lookers
        self._most = most
        self._change = threading.Condition()
        self._found: deque[list[Step] | Exception] = deque()
        self._in_hand: list[list[str]] = []
        self._ended = False
        for looker in lookers:
            threading.Thread(target=self._walk, args=(looker,), name="walker", daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether all was walked through, and taken."""
        with self._change:
            return self._is_over and not self._found

    def next(self, seconds: float) -> list[Step]:
        """What one of them found; nothing when there was nothing for so long, or they have ended.

        Raises what a looker raised.
        """
        with self._change:
            self._change.wait_for(lambda: self._found or self._is_over, seconds)
            found = self._found.popleft() if self._found else []
            self._change.notify_all()
        if isinstance(found, Exception):
            raise found
        return found

    def end(self) -> list[str]:
        """Take no more; what they still do is not waited for. Those of which nobody heard yet, in a row as
        they wait.
        """
        with self._change:
            self._ended = True
            left = [*self._waiting, *chain.from_iterable(self._in_hand)]
            left += [step.folder for found in self._found if isinstance(found, list) for step in found]
            self._found.clear()
            self._change.notify_all()
        for looker in self._lookers:
            looker.stop()
        return left

    @property
    def _is_over(self) -> bool:
        return self._ended or not (self._in_hand or self._waiting)

    def _walk(self, looker: Looker) -> None:
        try:
            while folders := self._take():
                self._put(folders, self._looked(looker, folders))
        finally:
            looker.close()

    def _looked(self, looker: Looker, folders: Sequence[str]) -> list[Step] | Exception:
        try:
            return looker.look(folders)
        except Cancelled:
            self.end()
            return []
        except Exception as error:  # noqa: BLE001 - whoever takes what was found hears of it
            return error

    def _take(self) -> list[str]:
        """Some that wait, so few that there are some for the others; none when there will be no more."""
        with self._change:
            self._change.wait_for(lambda: self._is_over or (self._waiting and len(self._found) < _MOST_FOUND))
            if self._is_over:
                return []
            count = min(self._most, -(-len(self._waiting) // (2 * len(self._lookers))))
            taken = self._waiting[: -count - 1 : -1]
            del self._waiting[-count:]
            self._in_hand.append(taken)
            return taken

    def _put(self, folders: list[str], found: list[Step] | Exception) -> None:
        with self._change:
            self._in_hand.remove(folders)
            if found:
                self._found.append(found)
            if not isinstance(found, Exception):
                for step in reversed(found):
                    self._waiting.extend(step.below)
            self._change.notify_all()

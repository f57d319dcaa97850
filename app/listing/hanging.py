"""Looking into many folders though some do not answer: whoever hangs is left alone, and another one goes on.

One idea: nothing ends a call of the system but the disk, and nothing in it tells a dead disk from a slow
one. So threads look, and one watches that each gets on: from folder to folder, and inside a huge one. Where
one does not for some seconds, a new thread takes the folders that still wait, and of that folder is told what
was known by then. The thread that was left ends with the call, or with the program.

Only for programs of ours, which end soon. Not for what they look for (`scout`).
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from persistence.scan import Cancelled

TICK_SECONDS = 1.0
TICKS = 10
"""Without any progress, before a folder counts as hanging: a disk that slept takes almost as long. Each is
waited for by itself, so that a program, or a computer, that stood still for longer takes none for dead."""

_Stir: TypeAlias = Callable[[], bool]
_Look: TypeAlias = Callable[[Any, _Stir], Iterable[object]]
"""Yields what it can say so far, the last of which counts. It calls the other whenever it got on, and is told
whether nobody waits for it any more."""


def looked(look: _Look, asked: Sequence[Any], threads: int = 1) -> list[object]:
    """What is said of each, by so many threads at once; of one that hangs what was said so far, or None.

    Raises what `look` raises.
    """
    found: list[object] = [None] * len(asked)
    waiting = iter(enumerate(asked))  # of which several threads may take
    hands = [_Hand(look, waiting, found) for _ in range(min(threads, len(asked)))]
    while hands:
        hands[0].join(TICK_SECONDS)
        if not hands[0].is_alive():
            hands.pop(0).raise_error()
            continue
        hands = [_Hand(look, waiting, found) if hand.is_left() else hand for hand in hands]
    return found.copy()  # one that was left may still say something


class _Hand(threading.Thread):
    """Looks into what waits, until nothing does, or it is left."""

    def __init__(self, look: _Look, waiting: Iterator[tuple[int, Any]], found: list[object]) -> None:
        super().__init__(name="look", daemon=True)
        self._look = look
        self._waiting = waiting
        self._found = found
        self._error: BaseException | None = None
        self._stirs = 0
        self._seen = 0
        self._still = 0
        self._left = False
        self.start()

    def run(self) -> None:
        """Look into one after the other."""
        try:
            for number, asked in self._waiting:
                for said in self._look(asked, self._stir):
                    self._found[number] = said
                if self._stir():
                    return
        except Cancelled:
            return
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            self._error = error

    def is_left(self) -> bool:
        """Whether it has hung for long enough; asked once in each tick."""
        self._still = self._still + 1 if self._stirs == self._seen and self.is_alive() else 0
        self._seen = self._stirs
        self._left = self._still >= TICKS
        return self._left

    def raise_error(self) -> None:
        """What went wrong, where anything did."""
        if self._error is not None:
            raise self._error

    def _stir(self) -> bool:
        self._stirs += 1
        return self._left

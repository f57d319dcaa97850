"""The order of one object's saves: an older state never lands on a newer one.

One idea: a save has a number, a ticket, from the moment at which it looks at the object, and inside the lock
of the file it is left undone where a later one was quicker. So a save may be asked for anywhere and at any
time: by another thread, by a handler of a signal in the middle of another save, even by a serializer.

Not for: the order of different programs, which the lock of the file makes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from persistence.errors import Refused
from persistence.launching.remembered import Remembered

_DEEPEST = 2  # saves within each other: a handler of a signal may come into one, and no more


class Overtaken(Exception):
    """A later save of the same object was quicker; what that one reported stands for this one, too."""


@contextmanager
def in_turn(memory: Remembered, folder: Path, seconds: float) -> Iterator[bool]:
    """One save of an object at a time; given is whether that came true within so many seconds.

    Within another save of the same thread it is true at once, since that one would be waited for in vain.
    Raises Refused where one comes within the other again and again, as for a serializer that saves.
    """
    thread = threading.get_ident()
    depth = memory.depths.get(thread, 0)
    if depth == _DEEPEST:
        step = "The save that is under way has it all the same; take the call out of the serializer."
        raise Refused("it was asked for within a save of the same launcher", path=folder, next_step=step)
    waited = memory.saving.acquire(timeout=seconds)
    memory.depths[thread] = depth + 1
    try:
        yield waited
    finally:
        memory.depths[thread] = depth
        if not depth:
            del memory.depths[thread]
        if waited:
            memory.saving.release()


class Turn:
    """The turn of one save in one folder, taken and given back inside the lock of the file."""

    def __init__(self, memory: Remembered, folder: Path, ticket: int) -> None:
        self._landed = memory.landed
        self._folder = str(folder)
        self._ticket = ticket
        self._before = -1

    def take(self) -> None:
        """Go before all earlier ones; may be asked again. Raises Overtaken."""
        newest = self._landed.get(self._folder, -1)
        if newest > self._ticket:
            raise Overtaken
        if newest < self._ticket:
            self._before, self._landed[self._folder] = newest, self._ticket

    def give_back(self) -> None:
        """It was not written after all, and stands in nobody's way."""
        if self._landed.get(self._folder) == self._ticket:
            self._landed[self._folder] = self._before

"""Those who look into folders for a walk: here, by way of a program of their own, or not at all.

One idea: a looker is given some folders and takes the step into each. Where it looks is its own affair, so
that a walk is the same with one thread, with many, and with other processes.

Not for where to go next (`walk`), nor for several of them at once (`walkers`).
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from app.listing.known import Before
from app.listing.steps import Step, step


class Looker(Protocol):
    """Looks into folders, on one thread."""

    @property
    def ahead(self) -> int:
        """How many times it may be told to begin before it is asked for the first of it."""
        return 0

    def prepare(self) -> None:
        """It will be asked soon; on its own thread, before all else."""

    def begin(self, folders: Sequence[str]) -> None:
        """These will be asked for, after all that were begun before. Who does not look ahead forgets it."""
        del folders

    def look(self, folders: Sequence[str]) -> list[Step]:
        """Take the step into each of these. Raises Cancelled when nobody waits for it any more."""

    def give_up(self) -> None:
        """What is under way takes too long: do it in another way, where there is one; on any thread."""

    def stop(self) -> None:
        """Give up what is under way, and all that would come; on any thread."""

    def close(self) -> None:
        """Let go of everything; on its own thread, after its last look."""


class Here(Looker):
    """Looks into folders in this process."""

    def __init__(
        self,
        root: str,
        before: Callable[[str], Before | None],
        cancelled: Callable[[], bool],
        *,
        lists_all: bool = False,
    ) -> None:
        """`before` tells what was known of a folder. `lists_all` as `step` has it."""
        self._root = root
        self._before = before
        self._cancelled = cancelled
        self._stopped = False
        self._lists_all = lists_all

    def prepare(self) -> None:
        """There is nothing to prepare."""

    def look(self, folders: Sequence[str]) -> list[Step]:
        """Take the step into each of these. Raises Cancelled."""
        return [
            step(folder, self._before(folder), self._root, self._given_up, lists_all=self._lists_all)
            for folder in folders
        ]

    def give_up(self) -> None:
        """There is no other way."""

    def stop(self) -> None:
        """Give up what is under way."""
        self._stopped = True

    def close(self) -> None:
        """There is nothing to let go of."""

    def _given_up(self) -> bool:
        return self._stopped or self._cancelled()


class Unread(Looker):
    """Leaves all that it is asked for to who asks."""

    def prepare(self) -> None:
        """There is nothing to prepare."""

    def look(self, folders: Sequence[str]) -> list[Step]:
        """Nothing of these."""
        return [Step(folder) for folder in folders]

    def give_up(self) -> None:
        """There is nothing under way."""

    def stop(self) -> None:
        """There is nothing under way."""

    def close(self) -> None:
        """There is nothing to let go of."""

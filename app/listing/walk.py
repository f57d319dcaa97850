"""Walks over a watched folder or a part of it, in pieces.

One idea: how far a walk is stands in an object and not in a call, so that its worker can do other things in
between, other walks too, and give it up.

A short walk is taken here, alone. A long one is left to programs of ours, so that the window need not share
its interpreter. Where every question goes to another computer, many are asked at once, here and there: each
thread does its share, and on a disk of this computer none would. Not for deciding when to walk (see
`walking`), not for what a step is (`steps`), and not for what has to be read (see `ledger`).
"""

import logging
import math
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from app.listing.known import Known
from app.listing.ledger import Ledger
from app.listing.lookers import Here, Looker
from app.listing.scouts import scouts
from app.listing.starts import Starts
from app.listing.steps import Step
from app.listing.walkers import NobodyWalks, Walkers
from app.session import Summary, holds
from persistence.scan import Cancelled

_log = logging.getLogger(__name__)

THREADS = 24
"""For a folder on another computer."""

ALONE = 1000
"""Folders. With more, it pays to start programs that look into them; till they do, the walk goes on alone."""

FAR_ALONE = 250
"""The same on another computer, where threads of ours begin."""

_AT_ONCE = 250  # folders that such a program is told at once: some milliseconds there, two here
_WAIT_SECONDS = 0.02  # for what others find, before anybody else has his turn


class Walk:
    """A walk through `folder`, under way. `seen` names the sessions that were met so far, `met` those of the
    last piece, `read` counts those that had changed; `expected` is how many there were the last time. One
    that `failed` knows nothing of what it did not meet.

    What somebody else has seen meanwhile is passed over: where many folders are looked into at once, what is
    known of them may be older than that. So is what lies in folders that became sessions meanwhile
    (`closed`). What somebody else has missed meanwhile (`missed`) is looked at again.
    """

    def __init__(
        self,
        folder: str,
        ledger: Ledger,
        cancelled: Callable[[], bool],
        threads: int = 1,
        give_way: Callable[[], None] = lambda: None,
        starts: Starts | None = None,
    ) -> None:
        """`give_way` is called between two sessions, and may wait; `starts` are those of programs."""
        self.folder = folder
        self._give_way = give_way
        self._starts = starts or Starts()
        self._ledger = ledger
        self._cancelled = cancelled
        self._here = Here(ledger.root, ledger.before, cancelled, lists_all=threads > 1)
        self._unlisted: set[str] = set()
        self._waiting = [folder]
        self._threads = threads
        self._alone = float(FAR_ALONE if threads > 1 else ALONE)  # folders, before programs are asked
        self._walkers: Walkers | None = None
        self._heard = True  # of the walkers, or there are none
        self._left: list[Step] = []
        self.began = time.monotonic()
        self.expected = ledger.expected
        self.seen: set[str] = set()
        self.closed: set[str] = set()
        self.missed: set[str] = set()
        self.met: list[str] = []
        self.read = 0
        self.failed = False
        try:
            self._begin()
        finally:
            ledger.recall()  # while programs start; who asks for what is recalled waits

    def _begin(self) -> None:
        """Have others look, where it is known by now that it pays."""
        ledger = self._ledger
        if self.expected > self._alone and self.folder == ledger.root:
            self._send_scouts()
        elif self._threads > 1:
            here = partial(Here, ledger.root, ledger.recalled, self._cancelled, lists_all=True)
            self._send([here() for _ in range(self._threads)])

    def piece(self, seconds: float, most: int) -> tuple[tuple[Summary, ...], bool]:
        """Go on for so long, or so many sessions: those that are new or changed, and whether it is over."""
        told: list[Summary] = []
        self.met = []
        try:
            ended = self._go_on(time.monotonic() + seconds, most, told)
        except Cancelled:
            ended = True
        except Exception:  # noqa: BLE001 - whatever it is, sessions not met because of it are not gone
            _log.exception("A look at all sessions ended early.")
            self.failed = ended = True
        self.read += len(told)
        return tuple(told), ended

    def _go_on(self, until: float, most: int, told: list[Summary]) -> bool:
        while len(self.met) < most:
            step = self._next()
            if step is None and self._is_over:
                return True
            if step is not None:
                self._give_way()
                told += self._taken(step)
            if step is None or time.monotonic() > until:
                return False
        return self._is_over

    @property
    def _is_over(self) -> bool:
        return not (self._left or self._waiting) and (self._walkers is None or self._walkers.ended)

    def _next(self) -> Step | None:
        """The next step that was taken; None where there was none for a moment, or will be none."""
        if self._left:
            return self._left.pop()
        if self._alone <= 0 and not (self._starts.hang or self._is_over):
            self._hand_over()
            return None
        if self._walkers is not None:
            self._left = self._found_by(self._walkers)[::-1]
            self._alone -= len(self._left)
            return self._left.pop() if self._left else None
        if not self._waiting:
            return None
        self._alone -= 1
        (step,) = self._here.look([self._waiting.pop()])
        self._waiting.extend(step.below)
        return step

    def _found_by(self, walkers: Walkers) -> list[Step]:
        """What others have found; until they have begun, this thread goes on by itself."""
        if not self._heard and (found := walkers.help(self._here)):
            self._heard = walkers.told
            return found
        found = walkers.next(_WAIT_SECONDS)
        self._heard = self._heard or bool(found)
        return found

    def _hand_over(self) -> None:
        """Leave what is still to be looked into to programs; what threads of ours have in hand, too."""
        if self._walkers is not None:
            self._waiting = self._walkers.end()
            self._walkers = None
        self._send_scouts()

    def _send_scouts(self) -> None:
        known = self._ledger
        self._heard, self._alone = False, math.inf
        asked = (known.root, known.recalled, self._cancelled, self._give_way, self._starts, self._threads)
        if self._threads > 1:  # another computer's disk is not believed what it says of times
            self._send(scouts(*asked), _AT_ONCE)
        else:
            earlier = known.earlier
            self._send(scouts(*asked, inside=earlier.inside), _AT_ONCE, earlier.weight_inside)

    def _send(
        self, lookers: Sequence[Looker], most: int = 1, weigh: Callable[[str], int] = lambda _: 0
    ) -> None:
        """Leave it to these, each of which takes so many folders at once, if there are threads for them.

        `weigh` as `Walkers` has it.
        """
        try:
            self._walkers = Walkers(self._waiting, lookers, most, weigh)
        except NobodyWalks:
            self._alone = math.inf
        else:
            self._waiting = []

    def out_of_reach(self, missing: Iterable[str]) -> dict[str, str]:
        """Those of the sessions that were not met which lie where nobody could look, with that folder."""
        folders = sorted(self._unlisted)
        return {
            directory: folder
            for directory in (missing if folders else ())
            for folder in folders
            if holds(folder, directory)
        }

    def end(self) -> None:
        """Let go of threads and programs; what they still do is not waited for."""
        if self._walkers is not None:
            self._walkers.end()

    def _taken(self, step: Step) -> Iterable[Summary]:
        """The session that a folder is, if it is to be told, or those in it that somebody knows otherwise."""
        if step.same:
            return self._taken_within(step)
        if step.unchanged is None and step.known is None and not step.unlisted:
            return ()
        if step.folder in self.seen or (self.closed and any(holds(one, step.folder) for one in self.closed)):
            return ()
        known = self._known_by(step)
        if step.folder in self.missed or (known is None and step.unchanged is not None):
            (step,) = self._here.look([step.folder])  # somebody has missed it since, or knows it otherwise
            known = self._known_by(step)
        if step.unlisted:
            self._unlisted.add(step.folder)
        if known is None:
            return ()
        self.seen.add(step.folder)
        self.met.append(step.folder)
        if step.unchanged is not None:
            return ()
        before = self._ledger.get(step.folder)
        self._ledger.keep(known)
        return (known.summary,) if known.summary is not before else ()

    def _taken_within(self, step: Step) -> list[Summary]:
        """Most are what they were, and known so: then there is nothing to be told of a whole folder."""
        if self.closed and any(holds(one, step.folder) for one in self.closed):
            return []
        folders = step.same_folders
        others = set(self._ledger.not_still(zip(folders, (step.same or {}).values(), strict=True)))
        if self.missed:
            others |= self.missed.intersection(folders)
        here = [one for one in folders if one not in others] if others else folders
        self.seen.update(here)
        self.met += here
        return [summary for one in others for step in self._here.look([one]) for summary in self._taken(step)]

    def _known_by(self, step: Step) -> Known | None:
        """The session that a step has found, None where it is known otherwise by now."""
        return step.known if step.unchanged is None else self._ledger.still(step.folder, step.unchanged)


class Walks:
    """The walks that are under way, one for each folder, in turns."""

    def __init__(self) -> None:
        self._walks: dict[str, Walk] = {}
        self._wanted: set[str] = set()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._walks)

    def __contains__(self, folder: str) -> bool:
        return folder in self._walks

    def begin(self, walk: Walk) -> None:
        """One more, which has its turn after the others."""
        self._walks[walk.folder] = walk

    def want(self, folder: str) -> bool:
        """Walk through a folder once more, after the walk that is under way; False when none is."""
        if folder in self._walks:
            self._wanted.add(folder)
        return folder in self._walks

    def next(self) -> Walk:
        """The one whose turn it is; there must be one."""
        folder = next(iter(self._walks))
        walk = self._walks[folder] = self._walks.pop(folder)
        return walk

    def note(self, here: Collection[str], *, closed: bool = False) -> None:
        """Somebody else has met these sessions meanwhile; `closed`: these were folders of sessions before."""
        for walk in self._walks.values():
            walk.seen.update(here)
            walk.closed.update(here if closed else ())

    def forget(self, gone: Collection[str]) -> None:
        """These are no sessions any more."""
        for walk in self._walks.values():
            walk.seen.difference_update(gone)
            walk.missed.update(gone)

    def finish(self, walk: Walk) -> bool:
        """It is over; whether it is wanted once more."""
        walk.end()
        self._walks.pop(walk.folder, None)
        wanted = walk.folder in self._wanted
        self._wanted.discard(walk.folder)
        return wanted

    def end(self) -> None:
        """Let go of all of them."""
        for walk in self._walks.values():
            walk.end()
        self._walks.clear()

"""Walks over a watched folder or a part of it, in pieces.

One idea: how far a walk is stands in an object and not in a call, so that its worker can do other things in
between, other walks too, and give it up.

Where every question goes to another computer, many are asked at once: sixteen threads take a sixteenth of the
time, and on a disk of this computer none. Not for deciding when to walk (see `disk`), and not for what has to
be read (see `ledger`).
"""

import logging
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.listing.index import Known
from app.listing.ledger import Ledger
from app.session import Summary, holds
from persistence.scan import Site, find_step_by_step

_log = logging.getLogger(__name__)

THREADS = 16
"""For a folder on another computer."""

_TOGETHER = 8  # sessions for each of many threads, between two looks at the clock


def _lists_all(_folder: str) -> None:
    """What another computer says of a folder's time may be what it said a minute ago."""


class Walk:
    """A walk through `folder`, under way. `seen` names the sessions that were met so far, `met` those of the
    last piece, `read` counts those that had changed; `expected` is how many there were the last time. One
    that `failed` knows nothing of what it did not meet.

    What somebody else has seen meanwhile is passed over: where many folders are looked into at once, their
    names may be older than that. So is what lies in folders that became sessions meanwhile (`closed`).
    """

    def __init__(
        self,
        folder: str,
        ledger: Ledger,
        cancelled: Callable[[], bool],
        threads: int = 1,
        give_way: Callable[[], None] = lambda: None,
    ) -> None:
        """`give_way` is called between two sessions, and may wait."""
        self.folder = folder
        self._give_way = give_way
        self._ledger = ledger
        self._step = _TOGETHER * threads if threads > 1 else 1
        self._pool = ThreadPoolExecutor(threads, "glance") if threads > 1 else None
        self._unlisted: set[str] = set()
        self._sites = find_step_by_step(
            Path(folder),
            cancelled=cancelled,
            threads=threads,
            unlisted=self._unlisted.add,
            known=ledger.unchanged if threads == 1 else _lists_all,
        )
        self.began = time.monotonic()
        self.expected = len(ledger.directories)
        self.seen: set[str] = set()
        self.closed: set[str] = set()
        self.met: list[str] = []
        self.read = 0
        self.failed = False

    def piece(self, seconds: float, most: int) -> tuple[tuple[Summary, ...], bool]:
        """Go on for so long, or so many sessions: those that are new or changed, and whether it is over."""
        told: list[Summary] = []
        self.met = []
        try:
            ended = self._go_on(time.monotonic() + seconds, most, told)
        except Exception:  # noqa: BLE001 - whatever it is, sessions not met because of it are not gone
            _log.exception("A look at all sessions ended early.")
            self.failed = ended = True
        self.read += len(told)
        return tuple(told), ended

    def _go_on(self, until: float, most: int, told: list[Summary]) -> bool:
        count = 0
        while True:
            self._give_way()
            sites, ended = self._next(min(self._step, most - count), until)
            count += len(sites)
            sites = [site for site in sites if self._is_new(site.directory)]
            for site, known in zip(sites, self._glances(sites), strict=True):
                told += self._taken(site, known)
            if ended or count >= most or time.monotonic() > until:
                return ended

    def _is_new(self, directory: str) -> bool:
        return directory not in self.seen and not any(holds(session, directory) for session in self.closed)

    def _next(self, most: int, until: float) -> tuple[list[Site], bool]:
        """The next sessions; after `until` those that were found so far. And whether there are no more."""
        found: list[Site] = []
        for site in self._sites:
            if site is not None:
                found.append(site)
            if len(found) >= most or time.monotonic() > until:
                return found, False
        return found, True

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
        """Let go of threads; what they still do is not waited for."""
        if isinstance(self._sites, Generator):
            self._sites.close()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _glances(self, sites: list[Site]) -> Iterator[Known | None]:
        return (
            map(self._ledger.glance, sites)
            if self._pool is None
            else self._pool.map(self._ledger.glance, sites)
        )

    def _taken(self, site: Site, known: Known | None) -> Iterable[Summary]:
        """The session, if it is to be told."""
        if known is None:
            return ()
        self.seen.add(site.directory)
        self.met.append(site.directory)
        before = self._ledger.get(site.directory)
        self._ledger.keep(known)
        return (known.summary,) if known.summary is not before else ()


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

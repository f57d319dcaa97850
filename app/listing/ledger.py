"""What is known of the sessions of one folder, and when one has to be read again.

One idea: what has the same signature as when it was read last says the same as then. So a session is read
when it is new or changed: at a glance first, because a list wants to be whole soon, and wholly when there is
time; then it is judged, and its values can be asked for.

The ledger begins with what the index remembers from earlier times, and keeps the index up to date. It belongs
to one thread. Not for finding sessions (`persistence.scan`), nor for the order of work (see `rounds`).
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import islice
from pathlib import Path

from app.files.large import Large
from app.listing.befores import Befores
from app.listing.earlier import Earlier
from app.listing.index import Index
from app.listing.known import Before, Known
from app.listing.steps import glanced
from app.listing.wholly import read_wholly
from app.session import Summary
from app.watch.below import Below
from persistence.scan import Site

_DAY = len("2026-11-27")
_WRITTEN_AT_ONCE = 50  # sessions, in a millisecond or two
_MOST_UNWRITTEN = 1000  # with their values, which are many bytes


class Ledger:
    """The sessions of one watched folder, by directory."""

    def __init__(
        self,
        index: Index,
        root: str,
        large: Large | None = None,
        give_way: Callable[[], None] = lambda: None,
    ) -> None:
        """Without `large`, large files are read as all others are. `give_way` is called where much is
        done, and may wait.
        """
        self._give_way = give_way
        self._large = large
        self._index = index
        self._root = root
        self._known: dict[str, Known] = {}
        self._earlier = Earlier(index)
        self._below = Below(root, self.__contains__)
        self._unwritten: dict[str, Known] = {}
        self._written_from = _MOST_UNWRITTEN
        self._device = index.device()
        self._lost = False

    def recall(self) -> None:
        """Know at once what tells of the sessions of earlier times whether they have changed, so that a walk
        need not wait until all of them are remembered. Done once.
        """
        self._earlier.recall()

    def remember(self) -> Iterator[Summary]:
        """What was known in earlier times, newest first. None of it is certain before it was looked at."""
        for known in self._earlier.sessions():
            directory = known.summary.directory
            if directory not in self._known:
                self._give_way()
                self._below.add(directory)
                self._known[directory] = known
                yield known.summary

    def get(self, directory: str) -> Summary | None:
        """What is known of a session; None where it is not known to be one."""
        known = self._known.get(directory)
        return known.summary if known is not None else None

    def __contains__(self, directory: str) -> bool:
        return directory in self._known

    def session_around(self, directory: str) -> str:
        """The session that a directory is or lies in; empty where none is known."""
        path = Path(directory)
        return next((str(around) for around in (path, *path.parents) if str(around) in self._known), "")

    def below(self, folder: str) -> frozenset[str]:
        """The sessions that are known at and below a folder, also of earlier times; quick where there are
        few.
        """
        known = self._known if folder == self._root else self._below.of(folder)
        return frozenset((*known, *self._earlier.below(folder)))

    def is_judged(self, directory: str) -> bool:
        """Whether a session is known, and was read wholly."""
        known = self._known.get(directory)
        return known is not None and known.attributes is not None

    def summaries(self) -> Iterator[Summary]:
        """What is known of each session now, in no order, also if other things are known before the end."""
        return (known.summary for known in tuple(self._known.values()))

    @property
    def expected(self) -> int:
        """How many sessions are known, also of earlier times."""
        return max(len(self._known), len(self._earlier))

    @property
    def directories(self) -> AbstractSet[str]:
        """All that are known."""
        return self._known.keys()

    def before(self, directory: str) -> Before | None:
        """What tells whether a session has changed since it was read; None where none is known."""
        known = self._known.get(directory)
        return known.before if known is not None else None

    def recalled(self, directory: str) -> Before | None:
        """The same, also of one that is not remembered yet. Any thread may ask, and waits until the ledger's
        own has come to `recall`.
        """
        known = self._known.get(directory)
        return known.before if known is not None else self._earlier.get(directory)

    @property
    def earlier(self) -> Befores:
        """What is known of earlier times and not remembered yet; as `recalled`, any thread may ask it."""
        return self._earlier.befores

    def still(self, directory: str, before: Before) -> Known | None:
        """A session that has not changed since then; None where it is not known so."""
        known = self._known.get(directory)
        return known if known is not None and known.signature == before.signature else None

    def not_still(self, signed: Iterable[tuple[str, bytes]]) -> list[str]:
        """Those of these sessions that are not known to have these signatures."""
        get = self._known.get
        return [
            path for path, signature in signed if (one := get(path)) is None or one.signature != signature
        ]

    def glance(self, site: Site) -> Known | None:
        """How a session stands now, read at a glance if it changed; None when it is none any more. Keeps
        nothing (`keep` does).
        """
        found = glanced(site, self.before(site.directory), self._root)
        return self._known.get(site.directory) if isinstance(found, Before) else found

    def keep(self, known: Known) -> None:
        """Know this from now on; values that are known of the same bytes stay known."""
        directory, summary = known.summary.directory, known.summary
        before = self._known.get(directory)
        if known is before:
            return
        if before is not None and known.attributes is None and _has_same_values(before.summary, summary):
            known = known._replace(attributes=before.attributes)
        light = known if known.attributes is None else known._replace(attributes="")
        if before != light or known.attributes:
            self._put(directory, light)
            waiting = self._unwritten.get(directory)
            if waiting is not None and known.attributes == "":
                known = known._replace(attributes=waiting.attributes)
            self._unwritten[directory] = known

    def survey(self, site: Site, wanted: Callable[[], bool] = lambda: True) -> Known | None:
        """How a session stands now, read wholly and kept; None when it is none any more.

        A large file is read in another process. Raises NotWanted when `wanted` says so meanwhile.
        """
        known = read_wholly(site, self._root, self._large, wanted)
        if known is not None:
            self.take(known)
        return known

    def take(self, known: Known) -> None:
        """Keep what was read wholly; values do not wait in memory for long."""
        self.keep(known)
        if len(self._unwritten) >= self._written_from:
            self._written_from = _MOST_UNWRITTEN if self._put_some() else 2 * len(self._unwritten)

    def not_surveyed(self) -> list[str]:
        """The sessions that were only glanced at, the newest first.

        Day by day, since to sort a hundred thousand at once would hold up all other threads.
        """
        days = defaultdict[str, list[tuple[str, str]]](list)
        for summary in self.summaries():
            self._give_way()
            if not self.is_judged(summary.directory):
                started = summary.started or ""
                days[started[:_DAY]].append((started, summary.directory))
        newest_first = list[str]()
        for day in sorted(days, reverse=True):
            self._give_way()
            newest_first += (directory for _, directory in sorted(days[day], reverse=True))
        return newest_first

    def values(self) -> Iterator[tuple[str, str]]:
        """Directory and values of all that were surveyed, from the index: they are too many to be held."""
        self.write()
        return self._index.attributes()

    def values_of(self, directories: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The same of those of these that were surveyed."""
        self.write()
        return self._index.attributes_of(directories)

    def forget(self, directories: Iterable[str]) -> None:
        """These are no sessions any more."""
        gone = [one for one in directories if one in self._known or one in self._earlier]
        for directory in gone:
            self._known.pop(directory, None)
            self._earlier.forget(directory)
            self._unwritten.pop(directory, None)
            self._below.drop(directory)
        self._index.forget(gone)

    @property
    def root(self) -> str:
        """The watched folder."""
        return self._root

    @property
    def knows_any(self) -> bool:
        """Whether sessions are known, also where they were not told yet."""
        return bool(self._known) or self._index.count() > 0

    @property
    def device(self) -> int | None:
        """The disk that the folder was on when it was seen last, also in earlier times; None: not known."""
        return self._device

    @device.setter
    def device(self, device: int) -> None:
        if device != self._device:
            self._device = device
            self._index.put_device(device)

    def write(self, seconds: float = math.inf) -> bool:
        """Let the index know what became different since this was done last, for so long at the most; what it
        does not take waits. Whether there is nothing more to do now.
        """
        until = time.monotonic() + seconds
        ended = self._put_unwritten(until)
        if self._index.take_loss():
            self._lost = True
            self._known = {path: known._replace(attributes=None) for path, known in self._known.items()}
            self._unwritten = dict(self._known)
            if self._device is not None:
                self._index.put_device(self._device)
            ended = self._put_unwritten(until)
        return ended

    def _put_unwritten(self, until: float) -> bool:
        """Some at a time, between which the window goes first."""
        while self._unwritten and self._put_some():
            if time.monotonic() > until:
                return not self._unwritten
            self._give_way()
        return True

    def _put_some(self) -> bool:
        """Those that wait for the longest; False where the index does not take them."""
        some = dict(islice(self._unwritten.items(), _WRITTEN_AT_ONCE))
        if not self._index.put(some.values()):
            return False
        for directory in some:
            del self._unwritten[directory]
        return True

    def take_loss(self) -> bool:
        """Whether the index lost what it had, since this was asked last: then all have to be read wholly
        again, for their values.
        """
        lost, self._lost = self._lost, False
        return lost

    def discard(self) -> None:
        """Let go of the index, and of what it knows."""
        self._index.remove()

    def close(self) -> None:
        """Write, and let go of the index."""
        self.write()
        self._index.close()

    # ---- within

    def _put(self, directory: str, known: Known) -> None:
        if directory not in self._known:
            self._below.add(directory)
        self._known[directory] = known


def _has_same_values(one: Summary, other: Summary) -> bool:
    """Whether the same can be asked of both."""
    return (one.etag, one.rig) == (other.etag, other.rig)

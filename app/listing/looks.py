"""Looks at single sessions of one folder, which somebody heard of.

One idea: a few are read wholly, at once, because somebody may be waiting for them. Where many come together,
a glance at each makes the list whole much sooner; they are read wholly after that, without haste.

Lives on the thread of its worker. Not for looks through folders (see `walking`).
"""

import time
from collections.abc import Callable
from contextlib import suppress

from app.files.apart import NotWanted
from app.folder_errands import Look, Seen
from app.listing.host import PIECE_SECONDS, Host
from app.listing.ledger import Ledger
from app.listing.tidings import Tidings
from app.listing.walk import Walks
from app.session import Summary
from persistence.scan import Site, site_at

FEW = 16
"""Sessions that are read wholly at once."""


class Looks:
    """Takes single looks. `below` looks through a folder that is no session."""

    def __init__(
        self,
        root: str,
        ledger: Callable[[], Ledger],
        walks: Walks,
        tidings: Tidings,
        below: Callable[[str], Seen | None],
        host: Host,
    ) -> None:
        self._root = root
        self._ledger = ledger
        self._walks = walks
        self._tidings = tidings
        self._look_below = below
        self._host = host

    def at(self, directories: list[str]) -> Seen | None:
        """Look at these, to be told together; after PIECE_SECONDS the rest goes to the end of the row.

        None when there is nothing to tell yet.
        """
        until, seen, wholly = time.monotonic() + PIECE_SECONDS, list[Seen](), len(directories) <= FEW
        for count, directory in enumerate(directories, 1):
            if (found := self._look(directory, wholly=wholly)) is not None:
                seen.append(found)
            if count == len(directories):
                break
            if time.monotonic() > until:
                self._host.ask(Look(frozenset(directories[count:])))
                break
            self._host.give_way()
        if not wholly:
            self._tidings.judging.rest()
        return together(self._root, seen) if len(seen) > 1 else next(iter(seen), None)

    def _look(self, directory: str, *, wholly: bool) -> Seen | None:
        """Look at the session that `directory` is or lies in, else at the sessions below it."""
        known = self._ledger()
        target = known.session_around(directory) or directory
        site = site_at(target)
        summary = self._read(site, wholly=wholly) if site is not None else None
        if summary is None:
            return self._look_below(target)
        gone = known.below(target) - {target}  # what lies in a session is its own data
        self._tidings.forget(gone)
        self._walks.note([target], closed=bool(gone))
        return Seen(self._root, target, (summary,), gone=gone)

    def _read(self, site: Site, *, wholly: bool) -> Summary | None:
        """Wholly; but a large one at a glance where somebody waits for something else, and wholly later."""
        if wholly:
            with suppress(NotWanted):
                return self._tidings.judging.read(site, self._host.is_idle)
        known = self._ledger().glance(site)
        if known is None:
            return None
        self._ledger().keep(known)
        self._tidings.judge_later((known.summary,))
        return known.summary


def together(root: str, seen: list[Seen]) -> Seen:
    """Many single looks as one answer, of which the later ones count: whoever listens sorts his list once,
    not two thousand times.
    """
    last: dict[str, Summary | None] = {}
    for one in seen:
        last |= dict.fromkeys(one.gone)
        last |= {summary.directory: summary for summary in one.summaries}
    summaries = tuple(summary for summary in last.values() if summary is not None)
    return Seen(root, root, summaries, gone=frozenset(path for path, one in last.items() if one is None))

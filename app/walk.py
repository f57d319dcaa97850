"""One walk over a whole watched folder, in pieces.

One idea: how far a walk is stands in an object and not in a call, so that its worker can do other things in
between, and give it up.

Not for deciding when to walk (see `disk`), and not for what has to be read (see `ledger`).
"""

import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from app.ledger import Ledger
from app.session import Summary
from persistence.scan import find_sites


class Walk:
    """A walk under way. `seen` names the sessions that were met so far, `read` counts those of them that had
    changed; `expected` is how many there were the last time.
    """

    def __init__(self, root: str, ledger: Ledger, cancelled: Callable[[], bool]) -> None:
        self._ledger = ledger
        self._sites = find_sites(Path(root), cancelled=cancelled)
        self.began = time.monotonic()
        self.expected = len(ledger.directories)
        self.seen: set[str] = set()
        self.read = 0

    def piece(self, seconds: float, most: int) -> tuple[tuple[Summary, ...], bool]:
        """Go on for so long, or so many sessions: those that are new or changed, and whether it is over."""
        until, count, told = time.monotonic() + seconds, 0, list[Summary]()
        for site in islice(self._sites, most):
            count += 1
            before = self._ledger.get(site.directory)
            summary = self._ledger.glance(site)
            if summary is not None:
                self.seen.add(site.directory)
            if summary is not None and summary is not before:
                told.append(summary)
            if time.monotonic() > until:
                return self._told(told), False
        return self._told(told), count < most

    def _told(self, summaries: list[Summary]) -> tuple[Summary, ...]:
        self.read += len(summaries)
        return tuple(summaries)

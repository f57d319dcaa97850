"""What the sessions of a launcher have of one name, for a trend and for what is usual.

One idea: whoever looks at one number over time wants few sessions of many, the newest of one kind; so these
are picked first, in pieces, and only their values are looked into. From the question on each session of that
kind is told when its values become others. It belongs to the worker that has the values. Without Qt.

Not for columns of the list, which want a little of every session (see `shown_values`).
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import datetime

from app.listing.shown_values import Row, ShownValues
from app.session import Summary
from app.value_errands import Trace, Traced, is_unread
from persistence.sessions.listed import began, classes_of

_PORTION = 500
ValuesOf = Callable[[Iterable[str]], Iterable[tuple[str, str]]]
"""The values (as JSON text) of these directories, as far as they are known."""


class Traces:
    """The questions of one folder, one for each asker. `known` says what is known of a session."""

    def __init__(self, root: str, known: Callable[[str], Summary | None]) -> None:
        self._root = root
        self._known = known
        self._asked: dict[str, _Asked] = {}

    def ask(self, errand: Trace, summaries: Iterable[Summary], values_of: ValuesOf) -> None:
        """Begin anew, over these sessions; what was asked before by the same asker is dropped."""
        self._asked.pop(errand.asker, None)
        if errand.name:
            self._asked[errand.asker] = _Asked(errand, summaries, values_of)

    def go_on(self, asker: str, seconds: float) -> tuple[Traced | None, bool]:
        """Look at more of them for so long: what there is to tell, and whether none is left."""
        asked = self._asked.get(asker)
        if asked is None:
            return None, True
        if not asked.picking.go_on(seconds):
            return None, False
        rows, ended = asked.shown.go_on(seconds, _PORTION)
        return self._traced(asked, rows, ended=ended), ended

    def note(self, directory: str, values: str | None) -> None:
        """A session has these values now; None or "" for none that are known."""
        summary = self._known(directory) if self._asked else None
        for asked in self._asked.values():
            if summary is None or fits(asked.errand, summary):
                asked.shown.note(directory, values)

    def news(self, under_way: Container[object] = ()) -> tuple[Traced, ...]:
        """What was noted since this was asked last; of those under way, it is told with their end."""
        ready = (asked for asker, asked in self._asked.items() if asker not in under_way)
        told = ((asked, asked.shown.news()) for asked in ready)
        return tuple(self._traced(asked, rows) for asked, rows in told if rows)

    def _traced(self, asked: _Asked, rows: Iterable[Row], *, ended: bool = False) -> Traced:
        told = tuple((directory, cells[0]) for directory, cells in rows)
        return Traced(self._root, asked.errand, told, asked.picking.alike, ended, tuple(asked.picking.unread))


class _Asked:
    """One question that is kept true, also for what becomes other while it is picked."""

    def __init__(self, errand: Trace, summaries: Iterable[Summary], values_of: ValuesOf) -> None:
        self.errand = errand
        self.picking = Picking(errand, summaries)
        self.shown = ShownValues()
        self.shown.ask((errand.name,), self._picked(values_of))

    def _picked(self, values_of: ValuesOf) -> Iterator[tuple[str, str]]:
        yield from values_of(self.picking.newest)


class Picking:
    """The newest sessions of the kind that is asked about, and how many are `alike`; those of the subject
    that may be, but are `unread`.
    """

    def __init__(self, errand: Trace, summaries: Iterable[Summary]) -> None:
        self._errand = errand
        self._waiting = iter(summaries)
        self._heap: list[tuple[datetime, str]] = []
        self.alike = 0
        self.unread: list[str] = []

    @property
    def newest(self) -> list[str]:
        """Those of them that were met so far, newest first."""
        return [directory for _, directory in sorted(self._heap, reverse=True)]

    def go_on(self, seconds: float) -> bool:
        """Look at more sessions for so long; whether none is left."""
        until = time.monotonic() + seconds
        for summary in self._waiting:
            if fits(self._errand, summary):
                self.alike += 1
                self._keep(began(summary), summary.directory)
            elif is_unread(self._errand, summary):
                self.unread.append(summary.directory)
            if time.monotonic() > until:
                return False
        return True

    def _keep(self, began: datetime, directory: str) -> None:
        if len(self._heap) < self._errand.most:
            heapq.heappush(self._heap, (began, directory))
        else:
            heapq.heappushpop(self._heap, (began, directory))


def fits(errand: Trace, summary: Summary) -> bool:
    """Whether a session is of the kind that is asked about."""
    alike = errand.subject is None or summary.subject == errand.subject
    return alike and errand.launcher in classes_of(summary)

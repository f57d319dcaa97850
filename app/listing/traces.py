"""What the sessions of a launcher have of one name, for a trend and for what is usual.

One idea: whoever looks at one number over time wants few sessions of many, the newest of one kind; so these
are picked first, and only their values are looked into. From then on each session of that kind is told when
its values become others. It belongs to the worker that has the values. Without Qt.

Not for columns of the list, which want a little of every session (see `shown_values`).
"""

import heapq
from collections.abc import Callable, Iterable

from app.errands import Trace, Traced
from app.listing.shown_values import ShownValues
from app.session import Summary
from persistence.listed import began, classes_of

_PORTION = 500


class Traces:
    """The questions of one folder, one for each asker. `known` says what is known of a session."""

    def __init__(self, root: str, known: Callable[[str], Summary | None]) -> None:
        self._root = root
        self._known = known
        self._asked: dict[str, _Asked] = {}

    def ask(self, errand: Trace, alike: int, values: Iterable[tuple[str, str]]) -> None:
        """Begin anew, over the values (as JSON text) of the sessions that were picked, of `alike`."""
        self._asked.pop(errand.asker, None)
        if errand.name:
            self._asked[errand.asker] = _Asked(errand, alike, values)

    def go_on(self, asker: str, seconds: float) -> tuple[Traced | None, bool]:
        """Look at more of them for so long: what there is to tell, and whether none is left."""
        asked = self._asked.get(asker)
        if asked is None:
            return None, True
        rows, ended = asked.shown.go_on(seconds, _PORTION)
        told = tuple((directory, cells[0]) for directory, cells in rows)
        return Traced(self._root, asked.errand, told, asked.alike, all=ended), ended

    def note(self, directory: str, values: str | None) -> None:
        """A session has these values now; None or "" for none that are known."""
        summary = self._known(directory) if self._asked else None
        for asked in self._asked.values():
            if summary is None or fits(asked.errand, summary):
                asked.shown.note(directory, values)

    def news(self) -> tuple[Traced, ...]:
        """What was noted since this was asked last."""
        told = ((asked, asked.shown.news()) for asked in self._asked.values())
        return tuple(
            Traced(self._root, asked.errand, tuple((path, cells[0]) for path, cells in rows), asked.alike)
            for asked, rows in told
            if rows
        )


class _Asked:
    """One question that is kept true."""

    def __init__(self, errand: Trace, alike: int, values: Iterable[tuple[str, str]]) -> None:
        self.errand = errand
        self.alike = alike
        self.shown = ShownValues()
        self.shown.ask((errand.name,), values)


def fits(errand: Trace, summary: Summary) -> bool:
    """Whether a session is of the kind that is asked about."""
    alike = errand.subject is None or summary.subject == errand.subject
    return alike and errand.launcher in classes_of(summary)


def picked(errand: Trace, summaries: Iterable[Summary]) -> tuple[int, list[str]]:
    """How many sessions are of the kind that is asked about, and which of them are the newest."""
    alike = [one for one in summaries if errand.name and fits(errand, one)]
    return len(alike), [one.directory for one in heapq.nlargest(errand.most, alike, key=began)]

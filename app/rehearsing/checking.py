"""Checking a draft: its launchers are asked, and its types are compared with those of other sessions.

One idea: one check at a time, the newest that somebody wants. Answers come from two sides and each is told as
it comes; one that nobody waits for any more is dropped by its stamp.

Not for asking (see `rehearsal`), nor for comparing (see `precedents`), nor for what a check means.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.checks import Checked, CheckRequest, Checks, Precedents
from app.rehearsing.rehearsal import Asked, Rehearse, Stop
from app.session_errands import LookBack, LookedBack
from persistence.document import Absent, Document
from persistence.states.diff import Change
from persistence.states.merge import Spot


class Checking(QObject):
    """The check under way, or the last one. `checks_shown` carries Checks, each time more is known."""

    checks_shown = Signal(object)

    def __init__(
        self,
        ask_launchers: Callable[[Rehearse | Stop], None],
        ask_folders: Callable[[LookBack], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask_launchers = ask_launchers
        self._ask_folders = ask_folders
        self._stamp = 0
        self._checks: Checks | None = None

    def check(self, request: CheckRequest, document: Document, changes: tuple[Change, ...]) -> None:
        """Check `document`, which differs from what is saved by `changes`. Tell at once that it is asked."""
        self._stamp += 1
        places = frozenset(_compared(changes))
        asked = bool(places) and self._ask_folders(LookBack(request.directory, self._stamp, places))
        precedents = None if asked else Precedents()
        self._tell(Checks(request, document, changes, answered=False, precedents=precedents))
        names = dict.fromkeys(change.namespace for change in changes)
        wanted = document.namespaces if request.places is None else tuple(names)
        self._ask_launchers(Rehearse(request.directory, self._stamp, document, wanted))

    def stop(self) -> None:
        """Wait for no launcher any more."""
        self._ask_launchers(Stop(self._stamp))

    def take(self, answer: object) -> None:
        """Take in what a launcher or a folder said."""
        checks = self._checks
        if checks is None:
            return
        match answer:
            case Asked(_, stamp, launchers, asking) if stamp == self._stamp:
                launchers = _in_order(checks.document, launchers)
                self._tell(replace(checks, launchers=launchers, asking=asking, answered=True))
            case LookedBack(errand, precedents) if errand.stamp == self._stamp:
                self._tell(replace(checks, precedents=precedents))

    def _tell(self, checks: Checks) -> None:
        self._checks = checks
        self.checks_shown.emit(checks)


def _compared(changes: tuple[Change, ...]) -> list[Spot]:
    """The places whose type can be compared: what is gone has none."""
    return [(one.namespace, one.place) for one in changes if one.place and not isinstance(one.after, Absent)]


def _in_order(document: Document, launchers: tuple[Checked, ...]) -> tuple[Checked, ...]:
    """As they stand in the file, whoever was asked first."""
    places = {name: place for place, name in enumerate(document.namespaces)}
    return tuple(sorted(launchers, key=lambda one: places.get(one.namespace, len(places))))

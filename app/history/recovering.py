"""Looks for the ways back to a state that is damaged, gone or unsaved, and tries the one that is wanted.

One idea: with every look at the selected session the ways are looked for anew, and what a way leads to is
proposed, never done. Not for going it (`bringing_back`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.editing.patience import Patience
from app.history.comparing import Compare, Compared
from app.history.proposals import proposed
from app.past_errands import CrashRecord, FindWays, PastErrand, Remains, TryWay, WaysFound, WayTried
from app.session import last_part
from app.snapshot import SessionSnapshot

_WHOLE = (Remains, CrashRecord)


class Recovering(QObject):
    """`ways_shown` carries a WaysFound, `proposal_shown` a Proposal; `message_shown` a sentence."""

    ways_shown = Signal(object)
    proposal_shown = Signal(object)
    message_shown = Signal(object)

    def __init__(
        self,
        ask: Callable[[PastErrand], bool],
        compare: Callable[[Compare], None],
        now: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._compare = compare
        self._now = now
        self._session: SessionSnapshot | None = None
        self._wanted: TryWay | None = None
        self._tried: WayTried | None = None
        self._comparing: Compare | None = None
        self.patience = Patience("way", _waited_for, self)
        self.patience.given_up.connect(self._give_up)

    def take_session(self, shown: tuple[SessionSnapshot, Draft | None]) -> None:
        """Look for the ways of the selected session, whenever it was read."""
        snapshot = shown[0]
        if snapshot is not self._session:
            self._session = snapshot
            self._ask(FindWays(snapshot.directory, lost=_is_lost(snapshot)))

    def try_way(self, wanted: TryWay) -> None:
        """Propose to go a way, once it is known where it leads; what was wanted before is not any more."""
        if self._wanted is not None:
            self.patience.end(self._wanted.directory)
        self._wanted = wanted
        if self._ask(wanted):
            self.patience.begin(wanted.directory)
        else:
            self.message_shown.emit(f"{last_part(wanted.directory)} is in no folder that is being watched.")

    def _give_up(self, _directories: object) -> None:
        self._wanted = None  # what is answered late is dropped

    def take(self, answer: object) -> None:
        """Take in what the disk answered."""
        match answer:
            case WaysFound(errand) if self._session and errand.directory == self._session.directory:
                self.ways_shown.emit(answer)
            case WayTried(errand) if errand == self._wanted:
                self._wanted = None
                self.patience.end(errand.directory)
                self._take_tried(answer)

    def take_compared(self, answer: object) -> None:
        """Take in how what is differs from what would be."""
        tried = self._tried
        if not isinstance(answer, Compared) or answer.errand is not self._comparing or tried is None:
            return
        if tried.after is not None and self._session and tried.errand.directory == self._session.directory:
            self.proposal_shown.emit(proposed(tried, tried.after, answer.comparison, self._now()))
        self._tried = self._comparing = None

    def _take_tried(self, tried: WayTried) -> None:
        if tried.after is None:
            self.message_shown.emit(f"{last_part(tried.errand.directory)}: {tried.problem}")
            return
        self._tried = tried
        whole = tried.before is None or isinstance(tried.errand.way, _WHOLE)
        self._comparing = Compare(tried.before or tried.after, tried.after, equal=whole)
        self._compare(self._comparing)


def _waited_for(directories: tuple[str, ...]) -> str:
    return f"Finding out what can be recovered of {last_part(directories[0])} …"


def _is_lost(snapshot: SessionSnapshot) -> bool:
    """Whether there is no state to be read."""
    return snapshot.document is None

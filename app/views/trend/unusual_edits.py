"""Unusual numbers among edits that are about to be saved or started on.

One idea: what was hinted at while somebody typed is hinted at again in the sheet that decides, for as long as
it is open; each number is asked about on its own, as it is while typing. Not for what is far outside
(`app.values.usual`), nor for how a hint looks (`app.views.parts.unusual_part`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.models.sessions.sessions import SessionsModel
from app.snapshot import SessionSnapshot
from app.values.numbers import is_nan, number_in
from app.views.parts.unusual_part import UnusualPart
from app.views.resume.resume_sheet import ResumeSheet
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.saving.save_sheet import SaveSheet
from app.views.trend.usuals import Usuals
from app.words.change_texts import change_text
from persistence.document import Absent
from persistence.states.diff import Change
from persistence.states.merge import Spot
from persistence.values.json_text import JSON

MOST = 40
"""Numbers that are asked about; somebody who changed more looks at none of them in particular."""


class UnusualEdits(QObject):
    """`trace_wanted` carries a Trace."""

    trace_wanted = Signal(object)

    def __init__(self, sessions: SessionsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._snapshot: SessionSnapshot | None = None
        self._part: UnusualPart | None = None
        self._asked: list[tuple[Change, Usuals]] = []
        self._usuals: dict[Spot, Usuals] = {}

    def show_session(self, snapshot: SessionSnapshot | None) -> None:
        """This is the session whose edits are shown."""
        self._snapshot = snapshot

    def attend(self, sheet: SaveSheet | ConflictSheet | ResumeSheet) -> None:
        """Hint in a sheet, until it closes."""
        self._leave()
        part = self._part = sheet.unusual
        part.changed.connect(self._look)
        sheet.closed.connect(lambda: self._leave(part))
        self._look()

    def take(self, answer: object) -> None:
        """Take in what sessions have."""
        for usuals in self._usuals.values():
            usuals.take(answer)

    # --- within ---------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Others are about to count: find those to ask about, once for all answers."""
        changes = self._part.changes if self._part is not None else ()
        self._asked = [(one, usuals) for one in changes if (usuals := self._usuals_of(one))]
        self._tell()

    def _tell(self) -> None:
        if self._part is not None:
            self._part.say([text for asked in self._asked if (text := _hint(*asked))])

    def _usuals_of(self, change: Change) -> Usuals | None:
        """Who knows what is usual there; None where nobody is asked."""
        spot = change.namespace, change.place
        if spot not in self._usuals and len(self._usuals) == MOST:
            return None
        if not _is_number(change.after):
            return None
        if spot not in self._usuals:
            usuals = self._usuals[spot] = Usuals(self._sessions, self, f"edit {len(self._usuals)}")
            usuals.show_session(self._snapshot)
            usuals.trace_wanted.connect(self.trace_wanted)
            usuals.changed.connect(self._tell)
        return self._usuals[spot]

    def _leave(self, part: UnusualPart | None = None) -> None:
        """Nobody looks any more; a sheet that another one has taken the place of has been left before."""
        if part is None or part is self._part:
            for usuals in self._usuals.values():
                usuals.ask_no_more()
                usuals.deleteLater()
            self._part, self._asked, self._usuals = None, [], {}


def _hint(change: Change, usuals: Usuals) -> str:
    if isinstance(change.after, Absent):
        return ""
    hint = usuals.hint(change.namespace, change.place, change.before, change.after)
    if not hint:
        return ""
    words = change_text(change)
    return f"{words.attribute} {words.after}: {hint}"


def _is_number(value: JSON | Absent) -> bool:
    return not isinstance(value, Absent) and (number_in(value) is not None or is_nan(value))

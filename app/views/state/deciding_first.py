"""A value that was typed into a sheet and has to wait: the decision it waits for, and the sheet again.

One idea: the sheet goes out of the way as it is, and is back, with all that stands in it, when the decision
was made, or was put off. What it ends in lands only where its value, or what takes it in, is still what it
was when the sheet opened. Not for what has to wait (`app.models.state.waiting_rows`), nor for deciding.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.editing.draft import Draft, value_at
from app.editing.edits import Edit
from app.models.state.state_tree import StateTreeModel
from app.views.parts.sheets import Sheets
from app.views.state.value_sheets import ValueSheet
from persistence.document import Absent, Place
from persistence.values.sameness import same

_ANOTHER = "Something else stands here by now. Copy what you typed."


class DecidingFirst(QObject):
    """`decision_wanted` carries the directory of the session in which something is to be decided."""

    decision_wanted = Signal(object)

    def __init__(self, state: StateTreeModel, sheets: Sheets, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._sheets = sheets

    def attend(self, sheet: ValueSheet, edit: Callable[[], Edit], around: Callable[[], Place]) -> None:
        """Let a sheet wait as long as the `edit` that it would end in has to. `around` is the place that has
        to hold what it holds now.
        """
        seen, waiting, directory = self._state.draft, self._state.waiting, self._state.directory
        sheet.wait = lambda: waiting.why_not(edit())

        def why_not_now() -> str:
            return self._why_not(seen, edit(), around())

        def judged_anew() -> QWidget:
            sheet.wait = why_not_now
            sheet.judge()
            return sheet.confirm

        def decide() -> None:
            self._sheets.set_aside(lambda: self.decision_wanted.emit(directory), judged_anew)

        sheet.decide_wanted.connect(decide)

    def _why_not(self, seen: Draft | None, edit: Edit, around: Place) -> str:
        """Why an edit that was begun when `seen` was shown still has to wait, or cannot be any more."""
        now = self._state.draft
        if seen is None or now is None or now.directory != seen.directory:
            return ""
        if reason := self._state.waiting.why_not(edit):
            return reason
        before, after = (value_at(one.shown.document, edit.namespace, around) for one in (seen, now))
        if not around or isinstance(before, Absent) or isinstance(after, Absent):
            return ""  # of what went, whoever puts it there says what becomes of it
        return "" if same(before, after) else _ANOTHER

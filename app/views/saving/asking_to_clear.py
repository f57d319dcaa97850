"""Clearing, as the window asks for it: the saved state that is shown, or all that are selected.

One idea: what is selected says which of the two sheets opens. Not for clearing: what was confirmed leaves as
an intent.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.models.sessions.sessions import SessionsModel
from app.session import Status, Summary
from app.snapshot import SessionSnapshot
from app.views.parts.stage import Stage
from app.views.saving.clear_several_sheet import ClearSeveralSheet
from app.views.saving.clear_sheet import ClearSheet
from app.views.saving.clearable import MOST
from app.views.sessions.session_view import SessionView


class AskingToClear(QObject):
    """`clear_requested` carries ClearRequests, `told` a sentence for the status bar, `refusals_shown` the
    folders in which nothing is changed, and why.
    """

    clear_requested = Signal(object)
    refusals_shown = Signal(object)
    told = Signal(object)

    def __init__(self, stage: Stage, sessions: SessionsModel, view: SessionView) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._sessions = sessions
        self._view = view
        self._snapshot: SessionSnapshot | None = None
        self._draft: Draft | None = None
        self._refusals: Mapping[str, str] = {}
        stage.actions["actionClear"].triggered.connect(self._ask)

    def show(self, snapshot: SessionSnapshot | None, draft: Draft | None) -> None:
        """Take in what is shown now."""
        self._snapshot, self._draft = snapshot, draft

    def show_refusals(self, reasons: Mapping[str, str]) -> None:
        """In these folders nothing is changed, and that is why."""
        self._refusals = reasons
        self.refusals_shown.emit(reasons)

    def _ask(self) -> None:
        stage = self._stage
        if not stage.detail.state.view.in_place.finish():
            return
        if self._view.selected_count > 1:
            self._open(ClearSeveralSheet(stage.theme, stage.window, self._selected(), self._refusals))
        elif self._snapshot is not None:
            edits = self._draft.count if self._draft else 0
            name = self._sessions.called(self._snapshot.directory)
            self._open(ClearSheet(stage.theme, stage.window, self._snapshot, edits, name))

    def _selected(self) -> list[tuple[Summary, Status]]:
        chosen = self._view.selected_directories(MOST)
        known = [(self._sessions.summary(one), self._sessions.status(one)) for one in chosen]
        return [(summary, status) for summary, status in known if summary and status]

    def _open(self, sheet: ClearSheet | ClearSeveralSheet) -> None:
        confirmed: list[object] = []
        sheet.clear_requested.connect(confirmed.append)
        sheet.closed.connect(lambda: self._leave(confirmed))
        self._stage.sheets.show(sheet, sheet.first)

    def _leave(self, confirmed: Sequence[object]) -> None:
        """The sheet has gone: what was confirmed is asked for, and nothing is said to be nothing."""
        for requests in confirmed:
            self.clear_requested.emit(requests)
        if not confirmed:
            self.told.emit("Nothing was cleared.")

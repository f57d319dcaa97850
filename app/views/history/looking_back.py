"""What the window has for looking back: the tabs History, Compare and Raw, their actions and their sheets.

One idea: the panes show, the sheets ask, and what was confirmed leaves here as an intent with the version
that was seen. Not for the panes themselves, nor for anything that is done to a file.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.editing.draft import Draft
from app.history.proposals import Proposal, over_edits, restoring
from app.past_exchange import CopyRequest
from app.session import still_running
from app.snapshot import SessionSnapshot
from app.values.differences import flipped, unequal
from app.views.history.bring_back_sheet import BringBackSheet
from app.views.parts.file_dialogs import ask_json_file
from app.views.parts.stage import Stage
from persistence.files.version_log import Version

_NO_FILE = ("no_state", "moved")


class LookingBack(QObject):
    """`bring_back_requested` carries the errand that was confirmed, `copy_requested` a CopyRequest."""

    bring_back_requested = Signal(object)
    copy_requested = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._session: SessionSnapshot | None = None
        self._draft: Draft | None = None
        self._sheet: BringBackSheet | None = None
        self.history = stage.detail.history
        self.raw = stage.detail.raw
        self._connect()
        self._show_allowed()

    # --- setters --------------------------------------------------------------------------------------------

    def show_session(self, snapshot: SessionSnapshot, draft: Draft | None) -> None:
        """The selected session was read."""
        self._session, self._draft = snapshot, draft
        self._stage.detail.put_tab(self.history, "History", snapshot.versions)
        self.history.show_session(snapshot)
        self.raw.show_session(snapshot)
        self._show_allowed()

    def forget(self) -> None:
        """No session is known any more."""
        self._session = self._draft = None
        self._stage.detail.put_tab(self.history, "History")
        self.history.forget()
        self.raw.forget()
        self._show_allowed()

    def ask(self, proposal: Proposal) -> None:
        """Ask whether a state is to be brought back, if the session that it is about is still shown."""
        session = self._session
        if session is None or proposal.errand.directory != session.directory:
            return
        told = over_edits(proposal, self._draft.count if self._draft else 0)
        sheet = BringBackSheet(self._stage.theme, self._stage.window, told, self._blocked(session))
        sheet.confirmed.connect(self.bring_back_requested)
        self._stage.sheets.show(sheet, sheet.first)
        self._sheet = sheet
        sheet.closed.connect(self._forget_sheet)

    def tick(self) -> None:
        """Time has passed: ages and days that are told may be others."""
        self.history.tick()
        if self._sheet is not None:
            self._sheet.tick(self._stage.now())

    # --- within ---------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.history.restore_wanted.connect(self._ask_restore)
        self.history.copy_wanted.connect(self._ask_copy)
        self.raw.copy_wanted.connect(lambda: self._ask_copy(None))
        self.history.chosen_changed.connect(self._show_allowed)
        self._stage.detail.tabs.currentChanged.connect(lambda _: self._show_allowed())
        for name, slot in {
            "History": self.go_to_history,
            "RestoreVersion": self._restore,
            "SaveCopy": self._ask_copy_of_shown,
            "Raw": self._go_to_raw,
            "FindRaw": self._find_raw,
            "FindRawBack": lambda: self._find_raw(backwards=True),
            "CopyRaw": self._copy_raw,
            "SelectRaw": self._select_raw,
        }.items():
            self._stage.actions[f"action{name}"].triggered.connect(slot)

    def _forget_sheet(self) -> None:
        self._sheet = None

    def _show_allowed(self) -> None:
        looks = self._is_shown(self.history)
        version = self.history.chosen if looks else None
        session = self._session
        seen = version is not None and self.history.comparison is not None
        there = session is not None and not (session.problem and session.problem.kind in _NO_FILE)
        self._stage.actions.enable(
            History=self._session is not None,
            RestoreVersion=seen if looks else session is not None and _has_other_versions(session),
            **dict.fromkeys(("CopyRaw", "SelectRaw"), session is not None and self._is_raw_shown),
            SaveCopy=version.available if version is not None else there,
            **dict.fromkeys(("Raw", "FindRaw", "FindRawBack"), self._session is not None),
        )

    def go_to_history(self) -> None:
        """Show the History tab, with the keyboard on its versions."""
        self._stage.detail.tabs.setCurrentWidget(self.history)
        self.history.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _restore(self) -> None:
        """From another tab one comes to the versions first: nothing comes back that nobody looks at."""
        if self._is_shown(self.history):
            self._ask_restore(self.history.chosen)
        else:
            self.go_to_history()

    def _go_to_raw(self) -> None:
        self._stage.detail.tabs.setCurrentWidget(self.raw)
        self.raw.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find_raw(self, *, backwards: bool = False) -> None:
        self._stage.detail.tabs.setCurrentWidget(self.raw)
        self.raw.finder.find_next(backwards=backwards)

    def _copy_raw(self) -> None:
        self._stage.detail.raw_view.copy()

    def _select_raw(self) -> None:
        self._stage.detail.raw_view.select_all()

    def _is_shown(self, page: QWidget) -> bool:
        return self._stage.detail.tabs.currentWidget() is page

    @property
    def _is_raw_shown(self) -> bool:
        return self._is_shown(self.raw) or self._is_shown(self._stage.detail.files)

    def _ask_restore(self, version: Version | None) -> None:
        session = self._session
        comparison = self.history.comparison
        if version is None or session is None or comparison is None:
            return
        changes = unequal(flipped(comparison))
        proposal = restoring(session.directory, version, session.etag, changes, self._stage.now())
        self.ask(proposal)

    def _blocked(self, session: SessionSnapshot) -> str:
        """Why nothing can be brought back now; empty when it can."""
        if session.running is not None and not session.running.finishing:
            return still_running(session.running)
        if session.being_written and session.problem is not None:
            return f"{session.problem.text} It is looked at again in a moment."
        if session.not_writable_because:
            return f"Nothing can be saved here: {session.not_writable_because}."
        return ""

    def _ask_copy_of_shown(self) -> None:
        self._ask_copy(self.history.chosen if self._is_shown(self.history) else None)

    def _ask_copy(self, version: Version | None) -> None:
        session = self._session
        if session is None:
            return
        sequence = version.sequence if version is not None else None
        name = f"{session.name}-version-{sequence}.json" if sequence else f"{session.name}.json"
        stage = self._stage
        ask_json_file(
            stage.theme, stage.window, "Save a copy", name,
            lambda target: self.copy_requested.emit(CopyRequest(session.directory, sequence, target)),
        )  # fmt: skip


def _has_other_versions(session: SessionSnapshot) -> bool:
    """Whether there is a version beside what the session holds now; what cannot be read is none."""
    return session.versions > (session.document is not None)

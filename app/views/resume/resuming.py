"""Resuming, as the window does it: the sheet, and what it shows while the session changes under it.

One idea: an offer opens the sheet for the session that is shown, and an open sheet follows that session. Not
for starting: what was confirmed leaves as an intent.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from app.editing.draft import Draft
from app.resume_exchange import Foreseen, ResumeOffer, Run
from app.resuming.planning import Planned
from app.snapshot import SessionSnapshot
from app.views.parts.sheets import Sheets
from app.views.resume.held_keys import HeldKeys
from app.views.resume.refused_sheet import RefusedSheet
from app.views.resume.resume_sheet import ResumeSheet
from app.views.resume.stop_sheet import StopSheet
from app.views.style.theme import Theme


class Resuming(QObject):
    """`resume_requested` and `copy_requested` carry a ResumeRequest, `session_chosen` a directory,
    `set_requested` (ResumeChoice, ResumeReturn), `again_requested` a ResumeReturn, `stop_requested` the key
    of a run; `closed`: the sheet went; `sheet_opened` carries a ResumeSheet, `plan_wanted` a MakePlan,
    `launcher_chosen` a ResumeChoice.
    """

    resume_requested = Signal(object)
    copy_requested = Signal(object)
    session_chosen = Signal(object)
    set_requested = Signal(object, object)
    again_requested = Signal(object)
    stop_requested = Signal(object)
    closed = Signal()
    sheet_opened = Signal(object)
    plan_wanted = Signal(object)
    launcher_chosen = Signal(object)

    def __init__(
        self, theme: Theme, window: QMainWindow, sheets: Sheets, now: Callable[[], datetime]
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._sheets = sheets
        self._now = now
        self._snapshot: SessionSnapshot | None = None
        self._draft: Draft | None = None
        self._sheet: ResumeSheet | None = None
        self._stop: StopSheet | None = None
        self.held = HeldKeys(window)
        sheets.opened.connect(self.held.end)

    def show(self, snapshot: SessionSnapshot | None, draft: Draft | None) -> None:
        """Take in what is shown now; an open sheet about it follows."""
        self._snapshot, self._draft = snapshot, draft
        if self._sheet is not None and snapshot is not None and snapshot.directory == self._sheet.directory:
            self._sheet.take_session(snapshot)

    def open(self, offer: ResumeOffer, *, heir: str) -> None:
        """Open the sheet for the session that is shown; an offer for another one is dropped. `heir` is the
        directory of the session that the list says it was resumed as, empty where there is none.
        """
        snapshot = self._snapshot
        if snapshot is None or offer.directory != snapshot.directory:
            return
        told = replace(offer, resumed_as=offer.resumed_as or heir)
        sheet = ResumeSheet(self._theme, self._window, told, snapshot, self._draft, self._now())
        sheet.resume_requested.connect(self.resume_requested)
        sheet.copy_requested.connect(self.copy_requested)
        sheet.session_chosen.connect(self.session_chosen)
        sheet.set_requested.connect(self.set_requested)
        sheet.again_requested.connect(self.again_requested)
        sheet.plan_wanted.connect(self.plan_wanted)
        sheet.launcher_chosen.connect(self.launcher_chosen)
        sheet.begin()
        self._sheets.show(sheet, sheet.first)
        self._sheet = sheet
        self.sheet_opened.emit(sheet)
        sheet.closed.connect(lambda: self._forget(sheet))

    def refuse(self, directory: str | None, reason: str) -> None:
        """Say why a session, or none, cannot be resumed, in the place of the sheet."""
        sheet = RefusedSheet(self._theme, self._window, directory or "", reason)
        self._sheets.show(sheet, sheet.first)

    def put_line(self, line: str) -> None:
        """A start as a line for a terminal, for whoever pastes it there."""
        QGuiApplication.clipboard().setText(line)

    def ask_stop(self, run: Run) -> None:
        """Ask whether a launcher is really to be stopped."""
        sheet = StopSheet(self._theme, self._window, run)
        sheet.stop_confirmed.connect(self.stop_requested)
        self._sheets.show(sheet, sheet.first)
        self._stop = sheet
        sheet.closed.connect(self._forget_stop)

    def take_run(self, run: Run) -> None:
        """What became of a run: who is asked about it need not answer when it has ended."""
        if self._stop is not None:
            self._stop.take_run(run)

    def _forget_stop(self) -> None:
        self._stop = None

    def show_foreseen(self, foreseen: Foreseen) -> None:
        """What launchers have said so far of the state that an open sheet is about."""
        if self._sheet is not None and foreseen.directory == self._sheet.directory:
            self._sheet.take_foreseen(foreseen)

    def take_users(self, users: tuple[str, ...]) -> None:
        """Whom saved states name as their user: they are known, and offered after those before."""
        if self._sheet is not None:
            self._sheet.people.add_known(users)

    def take_planned(self, found: object) -> None:
        """A plan that took long."""
        if self._sheet is not None and isinstance(found, Planned):
            self._sheet.take_planned(found)

    def _forget(self, sheet: ResumeSheet) -> None:
        if self._sheet is sheet:
            self._sheet = None
            self.closed.emit()

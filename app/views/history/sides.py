"""What the Compare tab compares: the session that is shown with a version of it, or with another session.

One idea: the left side follows the selected session, with what is edited in it; what it is compared with is
chosen in a sheet or selected beside it in the list, and stays while one goes from session to session. Not for
the tab itself (`compare_pane`).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.models.history.choices import StateChoice, choices
from app.models.sessions.sessions import SessionsModel
from app.past_errands import HistoryRead
from app.past_exchange import Side
from app.session import SessionSnapshot, last_part
from app.values.fit_text import escaped
from app.views.history.pick_sheet import PickSheet
from app.views.parts.stage import Stage
from app.views.sessions.session_view import SessionView
from persistence.files.version_log import Version


class Sides(QObject):
    """`history_wanted` carries a directory: its versions can be chosen, too, once they are known."""

    history_wanted = Signal(object)

    def __init__(self, stage: Stage, sessions: SessionsModel, view: SessionView) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._sessions = sessions
        self._view = view
        self._session: SessionSnapshot | None = None
        self._draft: Draft | None = None
        self._versions: Sequence[Version] = ()
        self._left: Side | None = None
        self._right: Side | None = None
        self._sheet: PickSheet | None = None
        self.pane = stage.detail.compare
        self.pane.choice_wanted.connect(lambda left: self._choose(left=left))
        self.pane.swap_wanted.connect(self._swap)
        self.pane.copyable_changed.connect(self._show_allowed)
        stage.detail.tabs.currentChanged.connect(lambda _: self._show_allowed())
        stage.actions["actionCompare"].triggered.connect(self._begin)
        stage.actions["actionCopyAcross"].triggered.connect(self.pane.copy_across)
        self._show_allowed()

    # --- setters --------------------------------------------------------------------------------------------

    def show_session(self, snapshot: SessionSnapshot, draft: Draft | None) -> None:
        """The selected session was read, or edited."""
        before = self._session
        self._session, self._draft = snapshot, draft
        if before is None or before.directory != snapshot.directory:
            self._versions = ()
            self._left = Side(snapshot.directory, "edits")
            if self._right is not None and not self._stays(self._right, snapshot):
                self._right = None
        self._show()

    def forget(self) -> None:
        """No session is known any more; what it was compared with stays, if it is another session."""
        self._session = self._draft = self._left = None
        self._versions = ()
        self.pane.forget()
        self._show_allowed()

    def show_history(self, history: HistoryRead) -> None:
        """The versions of a session are known."""
        if self._session is not None and history.errand.directory == self._session.directory:
            self._versions = history.versions
            if self._sheet is not None:
                self._sheet.refresh()

    # --- within ---------------------------------------------------------------------------------------------

    def _stays(self, side: Side, snapshot: SessionSnapshot) -> bool:
        return side.what == "now" and side.directory != snapshot.directory

    def _show(self) -> None:
        session = self._session
        if session is None:
            return
        sides = (self._left, self._right) if self._left and self._right else None
        titles = (self._title(self._left), self._title(self._right))
        self.pane.show_sides(sides, titles, (session.directory, session.editable))
        self._show_allowed()

    def _title(self, side: Side | None) -> str:
        """What stands above a side."""
        if side is None or self._session is None:
            return ""
        own = side.directory == self._session.directory
        if isinstance(side.what, int):
            name = "" if own else f"{escaped(last_part(side.directory))}, "
            return f"{name}version {side.what:,}" if name else f"Version {side.what:,}"
        if not own:
            return escaped(last_part(side.directory))
        count = self._draft.count if self._draft is not None else 0
        if side.what == "edits" and count:
            return f"This session, with {count:,} unsaved edit{'s' * (count != 1)}"
        return "This session, on disk" if side.what == "now" and count else "This session"

    def _show_allowed(self) -> None:
        shown = self._stage.detail.tabs.currentWidget() is self.pane
        self._stage.actions.enable(Compare=self._session is not None, CopyAcross=shown and self.pane.can_copy)

    def _swap(self) -> None:
        self._left, self._right = self._right, self._left
        self._show()

    def _begin(self) -> None:
        """Two sessions that are selected are those to be compared; else it is asked with what."""
        chosen = self._view.selected_directories(3)
        others = [one for one in chosen if self._session is not None and one != self._session.directory]
        if len(chosen) == 2 and len(others) == 1:
            self._stage.detail.tabs.setCurrentWidget(self.pane)
            self._take(Side(others[0], "now"), left=False)
        else:
            self._choose(left=False)

    def _choose(self, *, left: bool) -> None:
        session = self._session
        if session is None:
            return
        self._stage.detail.tabs.setCurrentWidget(self.pane)
        title = "Compare from" if left else "Compare with"
        sheet = PickSheet(self._stage.theme, self._stage.window, title, session.name, self._find)
        sheet.chosen.connect(lambda side: self._take(side, left=left))
        sheet.closed.connect(self._forget_sheet)
        self._sheet = sheet
        self._stage.sheets.show(sheet, sheet.first)
        self.history_wanted.emit(session.directory)  # there may be more than were known

    def _find(self, words: str) -> Sequence[StateChoice]:
        if self._session is None:
            return ()
        unsaved = self._draft.count if self._draft is not None else 0
        return choices(words, self._session, unsaved, self._versions, self._sessions.named, self._stage.now())

    def _take(self, side: Side, *, left: bool) -> None:
        if left:
            self._left = side
        else:
            self._right = side
        self._show()
        self.pane.enter()

    def _forget_sheet(self) -> None:
        self._sheet = None

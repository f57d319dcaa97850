"""What the Compare tab compares: the session that is shown with a version of it, or with another session.

One idea: the left side follows the selected session, with what is edited in it; what it is compared with is
chosen in a sheet, and stays while one goes from session to session, until two are selected: these. Not for
the tab itself (`compare_pane`).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.models.history.choices import MOST, StateChoice, choices
from app.models.history.likely import likely, session_before
from app.models.sessions.sessions import SessionsModel
from app.past_errands import HistoryRead
from app.past_exchange import Side
from app.session import Summary
from app.snapshot import SessionSnapshot
from app.values.fit_text import escaped
from app.views.history.pick_sheet import PickSheet
from app.views.parts.stage import Stage
from app.views.sessions.session_view import SessionView
from app.words.edit_texts import unsaved_edits
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
        self._pair = frozenset[str]()  # the two that were selected, and are compared
        view.selection_changed.connect(self._follow_selected)
        self.pane = stage.detail.compare
        self.pane.choice_wanted.connect(lambda left: self._choose(left=left))
        self.pane.swap_wanted.connect(self._swap)
        self.pane.copyable_changed.connect(self._show_allowed)
        stage.detail.tabs.currentChanged.connect(lambda _: self._follow_selected())
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
        self._follow_selected()

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
            name = "" if own else f"{escaped(self._sessions.called(side.directory))}, "
            return f"{name}version {side.what:,}" if name else f"Version {side.what:,}"
        if not own:
            return escaped(self._sessions.called(side.directory))
        count = self._unsaved
        if side.what == "edits" and count:
            return f"This session, with {unsaved_edits(count)}"
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
            self._pair = frozenset()
            self._stage.detail.tabs.setCurrentWidget(self.pane)
            self._follow_selected()
            self.pane.enter()
        else:
            self._choose(left=False)

    def _follow_selected(self) -> None:
        """Two others are selected while somebody looks: they are what Compare is about."""
        session = self._session
        if session is None or self._stage.detail.tabs.currentWidget() is not self.pane:
            return
        chosen = frozenset(self._view.selected_directories(3))
        pair = chosen if len(chosen) == 2 and session.directory in chosen else frozenset[str]()
        before, self._pair = self._pair, pair
        if pair and (pair != before or self._right is None):
            (other,) = pair - {session.directory}
            self._left, self._right = Side(session.directory, "edits"), Side(other, "now")
            self._show()

    def _choose(self, *, left: bool) -> None:
        session = self._session
        if session is None:
            return
        looked_at, before = self._looked_at, self._before()
        title = "Compare from" if left else "Compare with"
        sheet = PickSheet(
            self._stage.theme, self._stage.window, title, session.name,
            lambda words: self._find(words, before), lambda: self._likely(looked_at, before),
        )  # fmt: skip
        sheet.chosen.connect(lambda side: self._take(side, left=left))
        sheet.closed.connect(self._forget_sheet)
        self._sheet = sheet
        self._stage.sheets.show(sheet, sheet.first)
        self.history_wanted.emit(session.directory)  # there may be more than were known

    def _find(self, words: str, before: Summary | None) -> Sequence[StateChoice]:
        if self._session is None:
            return ()
        known = self._session, self._unsaved, self._versions
        return choices(words, *known, self._sessions.named, self._stage.now(), before, self._sessions.called)

    @property
    def _unsaved(self) -> int:
        return self._draft.count if self._draft is not None else 0

    @property
    def _looked_at(self) -> int:
        """The version that is looked at in History, 0 for none."""
        history = self._stage.detail.history
        version = history.chosen if self._stage.detail.tabs.currentWidget() is history else None
        return version.sequence if version is not None else 0

    def _likely(self, looked_at: int, before: Summary | None) -> Side | None:
        if self._session is None:
            return None
        return likely(self._session, self._unsaved, self._versions, looked_at, before)

    def _before(self) -> Summary | None:
        """The session of the same subject before the one that is shown."""
        own = self._sessions.summary(self._session.directory) if self._session is not None else None
        return session_before(own, self._sessions.named(own.subject, MOST)) if own is not None else None

    def _take(self, side: Side, *, left: bool) -> None:
        self._stage.detail.tabs.setCurrentWidget(self.pane)
        if left:
            self._left = side
        else:
            self._right = side
        self._show()
        self.pane.enter()

    def _forget_sheet(self) -> None:
        self._sheet = None

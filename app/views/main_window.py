"""The window: all panes put together, its intents and its setters.

One idea: the window asks and is told. What the operator wants leaves it as a signal, what is true enters it
through a setter, and between the two it changes nothing but what can be seen. It never reads a file and never
decides what an edit means. Not for layout and looks: panes and theme have those.

It opens with its list alone, and is whole when it was furnished (`furnishing`): only then is it told anything
of a session. What is asked of it before is kept (`wishes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent

from app.models.sessions.sessions import SessionsModel
from app.views.frame import Frame
from app.views.layout import Layout, read_layout
from app.views.placing import Placing
from app.views.sessions.awaited import AwaitedSession
from app.views.sessions.covered import CoveredSession
from app.views.style.theme import Theme
from app.views.unsaved_count import UnsavedCount
from app.views.wishes import Wishes
from app.watch_exchange import WatchedFolder, WatchStatus

if TYPE_CHECKING:  # what `furnishing` brings, after the first page was painted
    from app.editing.draft import Draft
    from app.exchange import Banner
    from app.resume_exchange import ResumeOffer, Run
    from app.resuming.lineage import Lineage
    from app.snapshot import SessionSnapshot
    from app.views.files.files_tab import FilesTab
    from app.views.history.looking_back import LookingBack
    from app.views.history.recovery import Recovery
    from app.views.history.sides import Sides
    from app.views.parts.sheets import Sheets
    from app.views.preferences.preferring import Preferring
    from app.views.resume.resuming import Resuming
    from app.views.resume.run_output import RunOutput
    from app.views.resume.working_as import WorkingAs
    from app.views.saving.asking_to_clear import AskingToClear
    from app.views.saving.checkup import Checkup
    from app.views.saving.saved_first import SavedFirst
    from app.views.saving.saving import Saving
    from app.views.session_actions import SessionActions
    from app.views.sessions.column_choice import ColumnChoice
    from app.views.shown_session import ShownSession
    from app.views.trend.trending import Trending
    from app.views.watching_more import WatchingMore


class MainWindow(Frame):
    """Everything that can be seen. Directories name sessions; a late answer about another one is dropped."""

    watch_folder_requested = Signal(object)
    stop_watching_requested = Signal(object)
    rescan_requested = Signal()
    demo_requested = Signal()
    session_selected = Signal(object)
    clear_requested = Signal(object)
    resume_requested = Signal(object)
    banner_action = Signal(object, object)
    banner_dismissed = Signal(object)
    operator_chosen = Signal(object)
    closing = Signal()

    shown: ShownSession
    sheets: Sheets
    columns: ColumnChoice
    back: LookingBack
    sides: Sides
    trends: Trending
    recovery: Recovery
    files: FilesTab
    saving: Saving
    saved_first: SavedFirst
    clearing: AskingToClear
    working_as: WorkingAs
    resuming: Resuming
    preferring: Preferring
    watching_more: WatchingMore
    checkup: Checkup
    output: RunOutput
    asking: SessionActions

    def __init__(self, sessions: SessionsModel, theme: Theme) -> None:
        super().__init__(sessions, theme)
        self._status = WatchStatus()
        self.placing = Placing(self, sessions)
        self._awaited = AwaitedSession(self.sessions, sessions)
        self._covered = CoveredSession(self.sessions, sessions)
        self.wishes = Wishes(self)
        UnsavedCount(self, sessions)
        self.actions_["actionQuit"].triggered.connect(self._close_by_hand)
        sessions.counts_changed.connect(self._take_list)
        sessions.dataChanged.connect(self._take_list)

    def take_up(self) -> None:
        """All is there: go on with what was selected and asked for meanwhile. Not for a window that was
        closed by then: nobody would see what comes of it.
        """
        if self.selected_directory is not None:
            self.shown.take_up(self.selected_directory)
        self.wishes.grant()

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def watched(self) -> Sequence[WatchedFolder]:
        """The folders that are watched, as they were shown last."""
        return self._status.folders

    @property
    def selected_directory(self) -> str | None:
        """The directory of the selected session."""
        return self.sessions.view.selected_directory

    def show_session(self, snapshot: SessionSnapshot, draft: Draft | None) -> None:
        """Show the state of the selected session, and the draft on it."""
        self.shown.show_state(snapshot, draft)

    def show_glimpse(self, snapshot: SessionSnapshot) -> None:
        """Show the state of the selected session before anybody knows whether it is sound: for looking
        only.
        """
        self.shown.show_glimpse(snapshot)

    def show_problem(self, directory: str, sentence: str) -> None:
        """Say why the selected session cannot be shown."""
        self.shown.show_problem(directory, sentence)

    def show_watch_status(self, status: WatchStatus) -> None:
        """Show what is watched; without any folder, how to begin."""
        if [folder.path for folder in status.folders] != [folder.path for folder in self._status.folders]:
            self.menus.show_folders([folder.path for folder in status.folders])
        self._status = status
        self.status.show_watch_status(status, self._sessions.session_count())
        self.sessions.show_looking(looking=bool(status.busy))
        if self.is_furnished:
            self.preferring.show_watched(status.folders)
        self.show_beginning(not status.folders)
        self.actions_.enable(Rescan=bool(status.folders))

    def show_banner(self, banner: Banner) -> None:
        """Show a banner, in the place of an earlier one with its key."""
        self.banners.put(banner)

    def remove_banner(self, key: str) -> None:
        """Take a banner away."""
        self.banners.remove(key)

    def show_message(self, text: str) -> None:
        """Show a message at the left of the status bar."""
        self.status.show_message(text)

    def end_message(self, text: str) -> None:
        """Take a message away that is so no longer."""
        self.status.end_message(text)

    def show_resume_sheet(self, offer: ResumeOffer) -> None:
        """Open the Resume sheet for the selected session."""
        self.resuming.open(offer, heir=self._sessions.heir(offer.directory) or "")

    def show_lineage(self, directory: str, lineage: Lineage) -> None:
        """Show where the selected session came from, and what became of it."""
        if directory == self.selected_directory:
            self.detail.header.show_lineage(lineage)
            self.recovery.show_lineage(directory, lineage)
            self.output.follow_heir(lineage.heir.directory if lineage.heir is not None else "")

    def show_operator(self, name: str, users: Sequence[str], account: str = "") -> None:
        """Show in whose name changes are made ("": the account's), and whom to offer when that is asked."""
        self.working_as.show(name, users, account)

    def close_sheet(self) -> None:
        """Take away the sheet that is open, if any."""
        self.sheets.close()

    def show_run(self, run: Run) -> None:
        """Show what became of a launcher that was started from here."""
        self.output.put(run)
        self.resuming.take_run(run)
        if run.session and not run.earlier:
            self._covered.expect(run.session)

    def show_output_of(self, run: Run) -> None:
        """Go to a session that was resumed, and to what its launcher says."""
        self.select_session(run.directory)
        self.output.bring_forward()

    def append_output(self, key: str, text: str) -> None:
        """Add to the output of a run."""
        self.detail.output.append(key, text)

    def select_session(self, directory: str) -> None:
        """Select a session, now or as soon as it is listed; a filter that hides it is emptied."""
        self._awaited.select(directory)

    def layout_state(self) -> dict[str, object]:
        """How the window is laid out, for JSON."""
        return self.placing.now(self.selected_directory or self._awaited.directory or "").as_json()

    def restore_layout(self, layout: dict[str, object]) -> None:
        """Lay the window out as it was; what cannot be read is left as it is, and what was touched since it
        opened. The session that was selected is selected again, now or as soon as it is listed, unless
        another one is by then.
        """
        wanted = self.placing.untouched(read_layout(layout))
        self.lay_out_list(wanted)
        self.placing.lay_out_detail(wanted)

    def lay_out_list(self, wanted: Layout) -> None:
        """The same of all that is there from the beginning."""
        self.placing.lay_out_list(wanted)
        if wanted.selected and self.selected_directory is None:
            self._awaited.expect(wanted.selected)

    def fit(self) -> None:
        """Make do with the width that there is. Before it is shown this costs less than after."""
        self.set_compact(self.width() < self.theme.px(1200))

    def go_to_tab(self, layout: dict[str, object]) -> None:
        """The same of what came after the beginning."""
        self.placing.lay_out_detail(read_layout(layout))

    # --- events ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1200 pixels everything makes do with less room."""
        super().resizeEvent(event)
        self.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Typed text is committed; launchers go on, drafts are kept. Who closes the window by hand is told of
        a save that it has to wait for; when the program ends nobody is there to be told.
        """
        if event.spontaneous() and self._waits_for_a_save:
            event.ignore()
            return
        if self.has_detail:
            self.detail.state.view.in_place.end()
        self.closing.emit()
        event.accept()

    @property
    def _waits_for_a_save(self) -> bool:
        return self.is_furnished and self.saved_first.waits()

    def _close_by_hand(self) -> None:
        if not self._waits_for_a_save:
            self.close()

    # --- what is told ---------------------------------------------------------------------------------------

    def _take_list(self) -> None:
        self.status.show_watch_status(self._status, self._sessions.session_count())

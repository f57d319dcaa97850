"""The window: all panes put together, its intents and its setters.

One idea: the window asks and is told. What the operator wants leaves it as a signal, what is true enters it
through a setter, and between the two it changes nothing but what can be seen. It never reads a file and never
decides what an edit means. Not for layout and looks: panes and theme have those.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent

from app.editing.draft import Draft
from app.editing.edits import Edit
from app.exchange import Banner, ResumeChoice, ResumeOffer, Run, WatchStatus
from app.models.sessions.sessions import SessionsModel
from app.models.state.state_texts import edit_words
from app.models.state.state_tree import StateTreeModel
from app.resuming.lineage import Lineage
from app.session import Snapshot
from app.views.files.files_tab import FilesTab
from app.views.find_actions import FindActions
from app.views.frame import Frame
from app.views.history.looking_back import LookingBack
from app.views.history.recovery import Recovery
from app.views.history.sides import Sides
from app.views.layout import read_layout
from app.views.parts.file_dialogs import ask_folder
from app.views.parts.sheets import Sheets
from app.views.parts.stage import Stage
from app.views.placing import Placing
from app.views.preferences.preferring import Preferring
from app.views.resume.resuming import Resuming
from app.views.resume.run_output import RunOutput
from app.views.resume.working_as import WorkingAs
from app.views.saving.asking_to_clear import AskingToClear
from app.views.saving.checkup import Checkup
from app.views.saving.saving import Saving
from app.views.session_actions import SessionActions
from app.views.sessions.awaited import AwaitedSession
from app.views.sessions.column_choice import ColumnChoice
from app.views.shown_session import ShownSession
from app.views.state.row_actions import RowActions
from app.views.style.theme import Theme
from app.views.trend.trending import Trending


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

    def __init__(
        self, sessions: SessionsModel, state: StateTreeModel, theme: Theme,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:  # fmt: skip
        super().__init__(sessions, state, theme, now)
        self._status = WatchStatus()
        self._awaited = AwaitedSession(self.sessions, sessions)
        self.shown = ShownSession(self, sessions, state)
        self._sheets = Sheets(theme, self, self.sessions.view)
        self._sheets.opened.connect(self.status.forget_message)
        self.columns = ColumnChoice(
            theme, self, self._sheets, sessions, self.sessions.view, self.menus.columns
        )
        stage = Stage(theme, self, self.detail, self.actions_, self._sheets, now)
        self.back = LookingBack(stage)
        self.sides = Sides(stage, sessions)
        self.trends = Trending(stage, sessions)
        self.recovery = Recovery(stage)
        self.files = FilesTab(stage)
        self.saving = Saving(stage)
        self.clearing = AskingToClear(stage, sessions, self.sessions.view)
        self._working_as = WorkingAs(stage, self.status)
        self.resuming = Resuming(theme, self, self._sheets, now)
        self.preferring = Preferring(self, self._sheets)
        self.placing = Placing(self, sessions)
        self.checkup = Checkup(theme, self, self._sheets)
        self._rows = RowActions(theme, self, self.actions_, state, self.detail.state, self._sheets)
        self._output = RunOutput(self.detail)
        self._finding = FindActions(self)
        self.asking = SessionActions(self, self.shown, self.saving, self.checkup)
        self._connect_actions()
        self._connect_shown()
        self._connect_parts()
        self.shown.show_allowed()
        self.actions_.enable(Rescan=False)
        self.show_message("Ready")

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def selected_directory(self) -> str | None:
        """The directory of the selected session."""
        return self.shown.directory

    def show_session(self, snapshot: Snapshot, draft: Draft | None) -> None:
        """Show the state of the selected session, and the draft on it."""
        self.shown.show_state(snapshot, draft)

    def show_glimpse(self, snapshot: Snapshot) -> None:
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

    def show_resume_sheet(self, offer: ResumeOffer) -> None:
        """Open the Resume sheet for the selected session."""
        heir = self._sessions.heir(offer.directory)
        self.resuming.open(replace(offer, resumed_as=offer.resumed_as or heir or ""))

    def show_lineage(self, directory: str, lineage: Lineage) -> None:
        """Show where the selected session came from, and what became of it."""
        if directory == self.selected_directory:
            self.detail.header.show_lineage(lineage)

    def show_operator(self, name: str, users: Sequence[str]) -> None:
        """Show in whose name changes are made ("": the account's), and whom to offer when that is asked."""
        self._working_as.show(name, users)

    def close_sheet(self) -> None:
        """Take away the sheet that is open, if any."""
        self._sheets.close()

    def show_run(self, run: Run) -> None:
        """Show what became of a launcher that was started from here."""
        self._output.put(run)
        self.resuming.take_run(run)

    def show_output_of(self, run: Run) -> None:
        """Go to a session that was resumed, and to what its launcher says."""
        self.select_session(run.directory)
        self._output.bring_forward()

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
        """Lay the window out as it was; what cannot be read is left as it is. The session that was selected
        is selected again, now or as soon as it is listed, unless another one is by then.
        """
        wanted = read_layout(layout)
        self.placing.lay_out(wanted)
        if wanted.selected and self.selected_directory is None:
            self._awaited.expect(wanted.selected)

    # --- events ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1200 pixels everything makes do with less room."""
        super().resizeEvent(event)
        self.set_compact(self.width() < self.theme.px(1200))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Typed text is committed; launchers go on, drafts are kept."""
        self.detail.state.view.end_editing()
        self.closing.emit()
        event.accept()

    # --- actions --------------------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        for name, slot in {
            "WatchFolder": self._choose_folder,
            "Rescan": self.rescan_requested.emit,
            "Demo": self.demo_requested.emit,
            "Quit": self.close,
            "ResetLayout": self.placing.reset,
            "Shortcuts": self._sheets.show_shortcuts,
            "About": self._sheets.show_about,
        }.items():
            self.actions_[f"action{name}"].triggered.connect(slot)

    def _connect_shown(self) -> None:
        """Who shows something of the session that is selected, in the order in which they are told."""
        shown = self.shown
        for flow in (self.back, self.sides, self.trends, self.recovery):
            shown.state_shown.connect(flow.show_session)
            shown.state_forgotten.connect(flow.forget)
        for follower in (self.saving, self.clearing, self.resuming):
            shown.state_shown.connect(follower.show)
            shown.state_forgotten.connect(partial(follower.show, None, None))
        shown.unshown.connect(self.trends.show_message)
        shown.allowed_changed.connect(self._rows.refresh)
        shown.selected.connect(self._output.follow)
        shown.selected.connect(self.session_selected)

    def _connect_parts(self) -> None:
        self.sessions.view.entered_session.connect(self.detail.enter_state)
        self._sessions.counts_changed.connect(self._take_list)
        self._sessions.dataChanged.connect(self._take_list)
        for asked in (self._state.edit_requested, self._state.late_edit_requested):
            asked.connect(self._tell_edit)
        for told in (
            self._state.edit_refused, self.saving.message_shown, self._rows.told, self.trends.told,
            self.sessions.told, self.columns.told, self.clearing.told, self.asking.told, self.shown.told,
        ):  # fmt: skip
            told.connect(self.show_message)
        self.resuming.resume_requested.connect(self.resume_requested)
        self.resuming.set_requested.connect(self._ask_entry)
        self.detail.output.stop_requested.connect(self.resuming.ask_stop)
        self.saving.check_wanted.connect(self.checkup.attend)
        for deciding in (self.saving, self.resuming):
            deciding.sheet_opened.connect(self.trends.unusual.attend)
        self.clearing.clear_requested.connect(self.clear_requested)
        self._working_as.operator_chosen.connect(self.operator_chosen)
        for going in (self.detail.header, self.resuming, self.trends):
            going.session_chosen.connect(self.select_session)
        self.beginning.watch_requested.connect(self._choose_folder)
        self.beginning.demo_requested.connect(self.demo_requested)
        self.banners.action_chosen.connect(self.banner_action)
        self.banners.dismissed.connect(self.banner_dismissed)
        self.menus.stop_watching_chosen.connect(self.stop_watching_requested)
        self.preferring.add_wanted.connect(self._choose_folder)
        self.preferring.stop_chosen.connect(self.stop_watching_requested)
        self.preferring.defaults_wanted.connect(self.placing.reset)

    def _choose_folder(self) -> None:
        ask_folder(self.theme, self, "Watch a folder", self.watch_folder_requested.emit)

    def _ask_entry(self, choice: ResumeChoice, directory: str) -> None:
        if choice.entry is not None:
            self.preferring.ask_entry(choice.entry, choice.registry_path, directory)

    # --- what is told ---------------------------------------------------------------------------------------

    def _take_list(self) -> None:
        self.status.show_watch_status(self._status, self._sessions.session_count())
        self.status.show_unsaved(self._sessions.unsaved_total())

    def _tell_edit(self, directory: str, edit: Edit) -> None:
        self.show_message(f"{edit_words(edit)}, not saved yet")

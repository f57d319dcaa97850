"""The window: all panes put together, its intents and its setters.

One idea: the window asks and is told. What the operator wants leaves it as a signal, what is true enters it
through a setter, and between the two it changes nothing but what can be seen. It never reads a file and never
decides what an edit means. Not for layout and looks: panes and theme have those.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication

from app.editing.draft import Draft
from app.editing.edits import Edit
from app.exchange import Banner, ResumeChoice, ResumeOffer, Run, WatchStatus
from app.models.sessions.sessions import SessionsModel
from app.models.state.state_texts import edit_words
from app.models.state.state_tree import StateTreeModel
from app.resuming.lineage import Lineage
from app.session import Snapshot, Status, Summary
from app.views.allowed import allowed
from app.views.files.files_tab import FilesTab
from app.views.frame import Frame
from app.views.history.looking_back import LookingBack
from app.views.history.recovery import Recovery
from app.views.history.sides import Sides
from app.views.layout import read_layout
from app.views.parts.file_dialogs import ask_folder
from app.views.parts.sheets import Sheets
from app.views.parts.stage import Stage
from app.views.parts.taking_long import TakingLong
from app.views.placing import Placing
from app.views.preferences.preferring import Preferring
from app.views.resume.resuming import Resuming
from app.views.resume.working_as import WorkingAs
from app.views.saving.asking_to_clear import AskingToClear
from app.views.saving.checkup import Checkup
from app.views.saving.saving import Saving
from app.views.sessions.column_choice import ColumnChoice
from app.views.state.row_actions import RowActions
from app.views.style.theme import Theme
from app.views.trend.trending import Trending

"""A state that takes longer to be read is announced; a shorter time would only flicker."""


class MainWindow(Frame):
    """Everything that can be seen. Directories name sessions; a late answer about another one is dropped."""

    watch_folder_requested = Signal(object)
    stop_watching_requested = Signal(object)
    rescan_requested = Signal()
    demo_requested = Signal()
    session_selected = Signal(object)
    revert_requested = Signal(object)
    undo_requested = Signal(object)
    redo_requested = Signal(object)
    clear_requested = Signal(object)
    undo_clear_requested = Signal(object)
    resume_sheet_requested = Signal(object)
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
        self._now = now
        self._snapshot: Snapshot | None = None
        self._draft: Draft | None = None
        self._status = WatchStatus()
        self._awaited: str | None = None
        self._headed: tuple[Summary, Status] | None = None
        self._sheets = Sheets(theme, self, self.sessions.view)
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
        self._clearing = AskingToClear(stage, sessions, self.sessions.view)
        self._working_as = WorkingAs(stage, self.status)
        self.resuming = Resuming(theme, self, self._sheets, now)
        self.preferring = Preferring(self, self._sheets)
        self.placing = Placing(self, sessions)
        self.checkup = Checkup(theme, self, self._sheets)
        self._rows = RowActions(theme, self, self.actions_, state, self.detail.state, self._sheets)
        self._waiting = TakingLong(self)
        self._connect_actions()
        self._connect_parts()
        self._show_allowed()
        self.actions_.enable(Rescan=False)
        self.show_message("Ready")

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def selected_directory(self) -> str | None:
        """The directory of the selected session."""
        return self.sessions.view.selected_directory

    def show_session(self, snapshot: Snapshot, draft: Draft | None) -> None:
        """Show the state of the selected session, and the draft on it."""
        if snapshot.directory != self.selected_directory:
            return
        self._waiting.stop()
        self._snapshot, self._draft = snapshot, draft
        self._state.set_state(snapshot, draft)
        self.detail.state.show_snapshot(snapshot, self._sessions.status(snapshot.directory))
        for flow in (self.back, self.sides, self.trends):
            flow.show_session(snapshot, draft)
        self.recovery.show_session(snapshot)
        self.saving.show(snapshot, draft)
        self._clearing.show(snapshot, draft)
        self.resuming.show(snapshot, draft)
        self._show_header()
        self._show_allowed()

    def show_glimpse(self, snapshot: Snapshot) -> None:
        """Show the state of the selected session before anybody knows whether it is sound: for looking
        only.
        """
        if snapshot.directory == self.selected_directory and self._snapshot is None:
            self._waiting.stop()
            self._state.set_state(snapshot, None)
            self.detail.state.show_snapshot(snapshot, self._sessions.status(snapshot.directory))

    def show_problem(self, directory: str, sentence: str) -> None:
        """Say why the selected session cannot be shown."""
        if directory == self.selected_directory:
            self._waiting.stop()
            self._forget_state()
            self._show_why_not("This session cannot be shown", sentence)

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
        self.detail.output.put(run)
        self.resuming.take_run(run)
        self._show_output(bring_forward=run.state == "starting")

    def show_output_of(self, run: Run) -> None:
        """Go to a session that was resumed, and to what its launcher says."""
        self.select_session(run.directory)
        self._show_output(bring_forward=True)

    def append_output(self, key: str, text: str) -> None:
        """Add to the output of a run."""
        self.detail.output.append(key, text)

    def select_session(self, directory: str) -> None:
        """Select a session, now or as soon as it is listed; a filter that hides it is emptied."""
        self.sessions.uncover(directory)
        self._await(directory)

    def _await(self, directory: str) -> None:
        self._awaited = None if self.sessions.view.select(directory) else directory

    def layout_state(self) -> dict[str, object]:
        """How the window is laid out, for JSON."""
        return self.placing.now(self.selected_directory or self._awaited or "").as_json()

    def restore_layout(self, layout: dict[str, object]) -> None:
        """Lay the window out as it was; what cannot be read is left as it is. The session that was selected
        is selected again, now or as soon as it is listed, unless another one is by then.
        """
        wanted = read_layout(layout)
        self.placing.lay_out(wanted)
        if wanted.selected and self.selected_directory is None:
            self._await(wanted.selected)

    # --- events ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1200 pixels everything makes do with less room."""
        super().resizeEvent(event)
        self.set_compact(self.width() < self.theme.px(1200))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Typed text is committed; launchers go on, drafts are kept."""
        self.detail.state.view.finish_editing()
        self.closing.emit()
        event.accept()

    # --- actions --------------------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        for name, slot in {
            "WatchFolder": self._choose_folder,
            "Rescan": self.rescan_requested.emit,
            "Demo": self.demo_requested.emit,
            "Quit": self.close,
            "FindSessions": lambda: self.focus_filter(self.sessions.filter),
            "FindAttributes": self._find_attributes,
            "FindNext": lambda: self._find(1),
            "FindPrevious": lambda: self._find(-1),
            "Save": self._ask_save,
            "Check": self._check,
            "ResetLayout": self.placing.reset,
            "Shortcuts": self._sheets.show_shortcuts,
            "About": self._sheets.show_about,
        }.items():
            self.actions_[f"action{name}"].triggered.connect(slot)
        for name, intent in {
            "Revert": self.revert_requested,
            "Undo": self.undo_requested,
            "Redo": self.redo_requested,
            "Resume": self.resume_sheet_requested,
            "UndoClear": self.undo_clear_requested,
        }.items():
            self.actions_[f"action{name}"].triggered.connect(lambda _=False, one=intent: self._ask(one))
        for name, words in (("Undo", "Undone"), ("Redo", "Redone")):
            self.actions_[f"action{name}"].triggered.connect(
                lambda _=False, one=words: self.show_message(one)
            )

    def _connect_parts(self) -> None:
        self.sessions.view.session_selected.connect(self._take_selection)
        self.sessions.view.selection_changed.connect(self._show_allowed)
        self.sessions.view.entered_session.connect(self.detail.enter_state)
        self._sessions.counts_changed.connect(self._take_list)
        self._sessions.dataChanged.connect(self._take_list)
        self._state.edit_requested.connect(self._tell_edit)
        for told in (
            self._state.edit_refused, self.saving.message_shown, self._rows.told, self.trends.told,
            self.sessions.told, self.columns.told,
        ):  # fmt: skip
            told.connect(self.show_message)
        self.resuming.resume_requested.connect(self.resume_requested)
        self.resuming.set_requested.connect(self._ask_entry)
        self.detail.output.stop_requested.connect(self.resuming.ask_stop)
        self.saving.sheet_opened.connect(self.checkup.attend)
        self._clearing.clear_requested.connect(self.clear_requested)
        self._clearing.told.connect(self.show_message)
        self._working_as.operator_chosen.connect(self.operator_chosen)
        for going in (self.detail.header, self.resuming, self.trends):
            going.session_chosen.connect(self.select_session)
        self.detail.header.resume.clicked.connect(self.actions_["actionResume"].trigger)
        self.detail.changes.check.clicked.connect(self.actions_["actionCheck"].trigger)
        self.beginning.watch_requested.connect(self._choose_folder)
        self.beginning.demo_requested.connect(self.demo_requested)
        self.banners.action_chosen.connect(self.banner_action)
        self.banners.dismissed.connect(self.banner_dismissed)
        self.menus.stop_watching_chosen.connect(self.stop_watching_requested)
        self.preferring.add_wanted.connect(self._choose_folder)
        self.preferring.stop_chosen.connect(self.stop_watching_requested)
        self.preferring.defaults_wanted.connect(self.placing.reset)
        self._waiting.timeout.connect(self._tell_waiting)

    def _ask(self, intent: object) -> None:
        """Emit an intent about the selected session, after what was typed has become an edit."""
        self.detail.state.view.finish_editing()
        if self.selected_directory is not None:
            intent.emit(self.selected_directory)  # type: ignore[attr-defined]

    def _find_attributes(self) -> None:
        self.detail.tabs.setCurrentWidget(self.detail.state)
        self.focus_filter(self.detail.state.filter)

    def _find(self, by: int) -> None:
        """The next match, or the one before, in what is shown; else in the raw file."""
        if not self.detail.find_next(by):
            self.actions_["actionFindRaw" if by > 0 else "actionFindRawBack"].trigger()

    def _choose_folder(self) -> None:
        ask_folder(self.theme, self, "Watch a folder", self.watch_folder_requested.emit)

    def _ask_save(self) -> None:
        self.detail.state.view.finish_editing()
        if self.selected_directory is not None:
            self.saving.ask(self.selected_directory)

    def _ask_entry(self, choice: ResumeChoice, directory: str) -> None:
        if choice.entry is not None:
            self.preferring.ask_entry(choice.entry, choice.registry_path, directory)

    def _check(self) -> None:
        self.detail.state.view.finish_editing()
        if self._snapshot is not None:
            self.checkup.open(self._snapshot.directory)

    # --- what is shown --------------------------------------------------------------------------------------

    def _take_selection(self, directory: str | None) -> None:
        self._awaited = None
        self.detail.state.view.finish_editing()
        self._forget_state()
        self._show_header()
        self._show_output(bring_forward=False)
        if directory is None:
            self._headed = None
            self.detail.show_nothing()
        else:
            self._waiting.start()
        self.session_selected.emit(directory)

    def _forget_state(self) -> None:
        self._snapshot = self._draft = None
        self._state.set_state(None, None)
        self.saving.show(None, None)
        self._clearing.show(None, None)
        self.resuming.show(None, None)
        self.detail.state.show_nothing()
        for flow in (self.back, self.sides, self.recovery, self.trends):
            flow.forget()
        self._show_allowed()

    def _tell_waiting(self) -> None:
        self._show_why_not("Reading the saved state …", "")

    def _show_why_not(self, title: str, text: str) -> None:
        for where in (self.detail.state, self.trends):
            where.show_message(title, text)

    def _take_list(self) -> None:
        """The list has changed: header, counts, and a session that was waited for may have too."""
        self.status.show_watch_status(self._status, self._sessions.session_count())
        self.status.show_unsaved(self._sessions.unsaved_total())
        self._show_header()
        if self._awaited is not None:
            self._await(self._awaited)

    def _show_header(self) -> None:
        directory = self.selected_directory
        summary = self._sessions.summary(directory) if directory else None
        status = self._sessions.status(directory) if directory else None
        if summary is not None and status is not None and self._headed != (summary, status):
            self._headed = (summary, status)
            self.detail.show_summary(summary, status)
            self._show_allowed()

    def _show_allowed(self) -> None:
        directory = self.selected_directory
        status = self._sessions.status(directory) if directory else None
        reachable = status is None or status.kind != "unavailable"
        several = self.sessions.view.has_several
        self.actions_.enable(
            **allowed(directory, self._snapshot, self._draft, reachable=reachable, several=several)
        )
        self.tool_bar.show_save_count(self._draft.count if self._draft else 0)
        self.detail.header.resume.setEnabled(self.actions_["actionResume"].isEnabled())
        self._rows.refresh()

    def _show_output(self, *, bring_forward: bool) -> None:
        run = self.detail.output.run_of(self.selected_directory)
        self.detail.show_output_tab(run is not None)
        if run is not None:
            self.detail.output.show_run(run)
            if bring_forward:
                if self.detail.state.isAncestorOf(QApplication.focusWidget() or self):
                    self.detail.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
                self.detail.tabs.setCurrentWidget(self.detail.output)

    def _tell_edit(self, directory: str, edit: Edit) -> None:
        self.show_message(f"{edit_words(edit)}, not saved yet")

"""The rest of the window, put into it after the list was painted: the detail of a session, and all flows.

One idea: a window is furnished in steps, in one order, whether they follow each other at once or with other
work between them; what is selected or was asked for meanwhile is taken up at the end. Like `main`, this room
only builds and connects: what a connection means is decided in the room at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from PySide6.QtGui import QIcon, QPixmap

from app.models.sessions.sessions import SessionsModel
from app.models.state.state_tree import StateTreeModel
from app.resume_exchange import ResumeChoice, ResumeReturn
from app.views.detail import made_in_steps
from app.views.files.files_tab import FilesTab
from app.views.find_actions import FindActions
from app.views.history.looking_back import LookingBack
from app.views.history.recovery import Recovery
from app.views.history.sides import Sides
from app.views.main_window import MainWindow
from app.views.menu_buttons import MenuButtons
from app.views.one_pane import OnePane
from app.views.parts.making_room import MakingRoom
from app.views.parts.sheets import Sheets
from app.views.parts.stage import Stage
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
from app.views.state.copying import leave_clipboard
from app.views.state.row_actions import RowActions
from app.views.tab_actions import TabActions
from app.views.trend.trending import Trending
from app.views.watching_more import WatchingMore
from resources import read


def furnishing(
    window: MainWindow, sessions: SessionsModel, state: StateTreeModel, now: Callable[[], datetime]
) -> Iterator[None]:
    """All of it, in steps."""
    detail = yield from made_in_steps(state, window.theme, now)
    yield
    if window.selected_directory is not None:
        detail.nothing.hide()  # it will be shown
    window.put_detail(detail, OnePane(window.sessions, detail, window.actions_, window))
    yield
    TabActions(window.actions_, detail, window)
    MenuButtons(window.actions_, detail, window)
    yield
    window.shown = ShownSession(window, sessions, state)
    window.sheets = Sheets(window.theme, window)
    window.columns = ColumnChoice(window.theme, window, window.sheets, window.sessions, window.menus.columns)
    stage = Stage(window.theme, window, detail, window.actions_, window.sheets, now)
    yield from _flows(window, stage, sessions)
    rows = RowActions(window.theme, window, window.actions_, state, detail.state, window.sheets)
    FindActions(window)
    yield
    _connect_actions(window)
    _connect_shown(window, rows)
    _connect_told(window, state, rows)
    rows.deciding.decision_wanted.connect(window.saving.ask)
    window.closing.connect(leave_clipboard)
    rows.copying.patience.join(window.show_banner, window.remove_banner, window.banner_action)
    _connect_parts(window)
    window.shown.show_allowed()
    window.show_message("Ready")
    _put_icon(window)
    window.is_furnished = True


def _put_icon(window: MainWindow) -> None:
    icon = QPixmap()
    icon.loadFromData(read("icons", "rigstate.png"))
    window.setWindowIcon(QIcon(icon))


def _flows(window: MainWindow, stage: Stage, sessions: SessionsModel) -> Iterator[None]:
    theme, sheets = stage.theme, stage.sheets
    window.back = LookingBack(stage)
    window.sides = Sides(stage, sessions, window.sessions.view)
    yield
    window.trends = Trending(stage, sessions)
    yield
    window.recovery = Recovery(stage)
    window.files = FilesTab(stage)
    window.saving = Saving(stage)
    window.saved_first = SavedFirst(window, window.saving)
    window.clearing = AskingToClear(stage, sessions, window.sessions.view)
    window.working_as = WorkingAs(stage, window.status)
    yield
    window.resuming = Resuming(theme, window, sheets, stage.now)
    window.preferring = Preferring(window, sheets)
    window.preferring.show_watched(window.watched)
    window.watching_more = WatchingMore(window)
    window.checkup = Checkup(theme, window, sheets)
    window.output = RunOutput(stage.detail)
    window.asking = SessionActions(window, window.shown, window.saving, window.checkup)


def _connect_actions(window: MainWindow) -> None:
    for name, slot in {
        "WatchFolder": window.watching_more.ask,
        "Rescan": window.rescan_requested.emit,
        "Demo": window.demo_requested.emit,
        "ResetLayout": window.placing.reset,
        "Shortcuts": window.sheets.show_shortcuts,
        "About": window.sheets.show_about,
    }.items():
        window.actions_[f"action{name}"].triggered.connect(slot)


def _connect_shown(window: MainWindow, rows: RowActions) -> None:
    """Who shows something of the session that is selected, in the order in which they are told."""
    shown = window.shown
    for flow in (window.back, window.sides, window.trends, window.recovery):
        shown.state_shown.connect(flow.show_session)
        shown.state_forgotten.connect(flow.forget)
    for follower in (window.saving, window.clearing, window.resuming):
        shown.state_shown.connect(follower.show)
        shown.state_forgotten.connect(partial(follower.show, None, None))
    window.clearing.refusals_shown.connect(shown.show_refusals)
    shown.unshown.connect(window.trends.show_message)
    shown.allowed_changed.connect(rows.refresh)
    shown.resume_refused.connect(window.resuming.refuse)
    window.asking.resume_sheet_requested.connect(window.resuming.held.begin)
    shown.selected.connect(window.resuming.held.end)
    shown.selected.connect(window.output.follow)
    shown.selected.connect(window.session_selected)


def _connect_told(window: MainWindow, state: StateTreeModel, rows: RowActions) -> None:
    """Who has a sentence for the status bar.

    The model of the state may outlive the window: nothing that it is connected to holds the window.
    """
    window.sheets.opened.connect(window.status.forget_message)
    for room in window.findChildren(MakingRoom):
        window.sheets.closed.connect(room.forget)
    state.edits_requested.connect(rows.tell_edits)
    for asked in (state.edit_requested, state.late_edit_requested):
        asked.connect(rows.tell_edit)
    for told in (
        state.edit_refused, window.saving.message_shown, rows.told, window.trends.told,
        window.clearing.told, window.asking.told, window.shown.told, window.resuming.held.told,
    ):  # fmt: skip
        told.connect(window.show_message)


def _connect_parts(window: MainWindow) -> None:
    def ask_entry(choice: ResumeChoice, back: ResumeReturn) -> None:
        if choice.entry is not None:
            window.preferring.ask_entry(choice.entry, choice.registry_path, back)

    window.sessions.view.entered_session.connect(window.detail.enter_state)
    window.sessions.ticked.connect(window.back.tick)
    window.sessions.ticked.connect(window.detail.header.tick)
    window.resuming.resume_requested.connect(window.resume_requested)
    window.resuming.set_requested.connect(ask_entry)
    window.detail.output.stop_requested.connect(window.resuming.ask_stop)
    window.saving.check_wanted.connect(window.checkup.attend)
    for deciding in (window.saving, window.resuming):
        deciding.sheet_opened.connect(window.trends.unusual.attend)
    window.clearing.clear_requested.connect(window.clear_requested)
    window.working_as.operator_chosen.connect(window.operator_chosen)
    for going in (window.detail.header, window.resuming, window.trends, window.recovery):
        going.session_chosen.connect(window.select_session)
    window.banners.action_chosen.connect(window.banner_action)
    window.banners.dismissed.connect(window.banner_dismissed)
    window.menus.stop_watching_chosen.connect(window.stop_watching_requested)
    window.preferring.add_wanted.connect(window.watching_more.ask)
    window.preferring.stop_chosen.connect(window.stop_watching_requested)
    window.preferring.defaults_wanted.connect(window.placing.reset)

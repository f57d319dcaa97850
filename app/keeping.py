"""Everything behind Save and Clear, put together: its flows and its workers, and who of them hears whom.

One idea: like `main`, this room only builds and connects; it is a room of its own because there are many ways
in which edits are kept: saved, merged, waited for, done again, written elsewhere, and noted down for the next
start.
Not for behaviour: what a connection means is decided in the room at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.disk.folders import Folders
from app.editing.again import Again
from app.editing.aside import Aside
from app.editing.clearing import Clearing
from app.editing.desk import Desk
from app.editing.draft_files import DraftFiles, KeepDraft, LoadDrafts, LookElsewhere, TurnTo
from app.editing.drafts import Drafts
from app.editing.gone import Gone
from app.editing.saves import Saves
from app.editing.unsaved import Unsaved
from app.files.elsewhere import Elsewhere
from app.listing.catalog import Catalog
from app.worker import Worker

if TYPE_CHECKING:
    from app.models.state.state_tree import StateTreeModel
    from app.views.main_window import MainWindow


class Keeping(QObject):
    """The rooms around the drafts, which are noted down in `folder`. `desk`, `saves` and `aside` are for
    others to ask.
    """

    def __init__(
        self,
        folder: Path,
        drafts: Drafts,
        folders: Folders,
        catalog: Catalog,
        called: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        """`called` says what a session is called among all that are listed."""
        super().__init__(parent)
        self._drafts = drafts
        self._files = DraftFiles(folder)
        self._folders = folders
        self._catalog = catalog
        self._elsewhere = Elsewhere()
        self.desk = Desk(drafts, folders.ask, self, called=called)
        self.aside = Aside(drafts, called, self)
        self.saves = Saves(drafts, folders.ask, self.desk.take_snapshot, self)
        self._clearing = Clearing(drafts, self.saves.change, called, self)
        self._again = Again(drafts, folders.ask, self)
        self._gone = Gone(
            drafts, folders.ask, self._elsewhere.ask, folders.root_of, self,
            listed=lambda: catalog.summaries,
        )  # fmt: skip
        self._unsaved = Unsaved(
            drafts,
            lambda directory: catalog.get(directory) is not None,
            self._gone.look_for,
            lambda: self.aside.directories,
            self,
        )
        self._connect()

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Whom to start at the beginning, and to end."""
        return (self._elsewhere, self._files)

    def begin(self) -> None:
        """Take up what was noted down in earlier times."""
        self._files.ask(LoadDrafts())

    def connect_window(self, window: MainWindow, state: StateTreeModel) -> None:
        """Let the window ask, and be told."""
        for room in (self.desk, self.saves, self._clearing, self._again, self._gone):
            room.banner_shown.connect(window.show_banner)
            room.banner_removed.connect(window.remove_banner)
            room.message_shown.connect(window.show_message)
            window.banner_action.connect(room.act)
        self.aside.banner_shown.connect(window.show_banner)
        self.aside.banner_removed.connect(window.remove_banner)
        self.aside.session_chosen.connect(window.select_session)
        window.banner_action.connect(self.aside.act)
        self._connect_unsaved(window)
        self._connect_session(window, state)
        self._connect_saving(window)

    def _connect_unsaved(self, window: MainWindow) -> None:
        self._unsaved.session_chosen.connect(window.select_session)
        self._unsaved.message_shown.connect(window.show_message)
        show = window.actions_["actionShowUnsaved"]
        show.triggered.connect(lambda: self._unsaved.show_next(window.selected_directory))
        show.triggered.connect(self.aside.tell_again)

    def _connect_session(self, window: MainWindow, state: StateTreeModel) -> None:
        """What is shown of the selected session, and what is edited in it."""
        desk, drafts = self.desk, self._drafts
        desk.session_shown.connect(lambda shown: window.show_session(*shown))
        desk.glimpse_shown.connect(window.show_glimpse)
        # It may be told of a session while that is being selected: after that it is shown.
        desk.session_gone.connect(window.show_problem, Qt.ConnectionType.QueuedConnection)
        desk.session_chosen.connect(window.select_session)
        window.shown.wanted.connect(desk.select)
        window.shown.missed.connect(self._gone.miss)
        window.asking.revert_requested.connect(desk.revert)
        window.asking.undo_requested.connect(drafts.undo)
        window.asking.redo_requested.connect(drafts.redo)
        state.edit_requested.connect(desk.stage)
        state.edits_requested.connect(desk.stage_together)
        state.late_edit_requested.connect(desk.stage)
        for asking in (state, window.saving):
            asking.take_back_requested.connect(desk.take_back)

    def _connect_saving(self, window: MainWindow) -> None:
        """What becomes of edits, and what is cleared."""
        desk, saving = self.desk, window.saving
        desk.save_wanted.connect(lambda wanted: saving.ask(*wanted))
        saving.sheet_opened.connect(lambda _: desk.look_for_rights())
        self._again.session_chosen.connect(window.select_session)
        self._again.offer_shown.connect(saving.show_overwritten)
        self._gone.file_wanted.connect(saving.choose_file)
        self._gone.session_chosen.connect(window.select_session)
        self._gone.watch_wanted.connect(window.watch_folder_requested)
        self._gone.gone_shown.connect(lambda gone: saving.show_gone(*gone))
        window.clear_requested.connect(self._clearing.clear)
        window.asking.undo_clear_requested.connect(self._undo_clear)
        window.asking.undo_last_clear_requested.connect(self._undo_last_clear)
        saving.save_requested.connect(self.saves.save)
        saving.decided.connect(self.saves.decide)
        saving.later_requested.connect(desk.standing.wait_for_end)
        window.banner_dismissed.connect(desk.standing.forget)
        desk.standing.message_over.connect(window.end_message)
        saving.again_requested.connect(self._again.apply)
        saving.elsewhere_requested.connect(self._gone.save_elsewhere)
        saving.carry_requested.connect(self._gone.carry)

    def connect_disk(self) -> None:
        """Hear what the disk answers, and what the list says."""
        for room in (self.desk, self.saves, self._clearing, self._again, self._gone):
            self._folders.answered.connect(room.take)
        for hearing in (self.desk, self._clearing, self._gone):
            self._catalog.sessions_changed.connect(hearing.take_delta)

    def _connect(self) -> None:
        """Among each other."""
        self._files.answered.connect(self.desk.take_drafts)
        self._files.answered.connect(self.aside.take)
        self.aside.turn_wanted.connect(self._turn_to)
        self.aside.look_wanted.connect(self._look_elsewhere)
        self._drafts.draft_changed.connect(self._note_down)
        self._elsewhere.answered.connect(self._gone.take)
        self.saves.sheet_wanted.connect(lambda wanted: self.desk.look_again(*wanted))
        self.saves.give_up_requested.connect(self._folders.give_up)
        self.desk.session_shown.connect(self._again.take_session)
        self.desk.session_chosen.connect(self._gone.look_for)

    # ---- where a connection needs a word from a third room

    def _note_down(self, directory: str) -> None:
        if (draft := self._drafts.get(directory)) is not None:
            self._files.ask(KeepDraft(draft))

    def _turn_to(self, turn: TurnTo) -> None:
        """Asked from here: a signal straight to a worker would be heard after what is kept next, which would
        then be written in the place of another one.
        """
        self._files.ask(turn)

    def _look_elsewhere(self, errand: LookElsewhere) -> None:
        """Asked from here, in its turn after what is kept."""
        self._files.ask(errand)

    def _undo_clear(self, directory: str) -> None:
        snapshot = self.desk.snapshot(directory)
        if snapshot is not None:
            self._clearing.undo(snapshot)

    def _undo_last_clear(self, directory: str) -> None:
        snapshot = self.desk.snapshot(directory)
        if snapshot is not None:
            self._clearing.undo_last(snapshot)

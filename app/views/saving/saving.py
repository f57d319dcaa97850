"""Saving, as the window does it: what is not saved yet, which sheet a wish to save opens, and what that shows
while the file changes.

One idea: there is one wish, to save, and the state of the draft says what it needs: a look at the changes,
or first a decision about places that both sides changed. An open sheet follows the draft. Not for saving:
what was confirmed leaves as an intent.
"""

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.exchange import Decision, SaveRequest
from app.session import last_part
from app.session_errands import ReplacedRead
from app.snapshot import SessionSnapshot
from app.views.parts.file_dialogs import ask_json_file
from app.views.parts.stage import Stage
from app.views.saving.again_sheet import AgainSheet
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.saving.save_sheet import SaveSheet
from persistence.states.diff import Change


class Saving(QObject):
    """The sheets of one window that lead to a save. Signals carry what the sheets' signals of these names do;
    `elsewhere_requested` carries (directory, the path of the file to be written), `carry_requested` a
    directory whose edits are to be put where their state is, `again_requested` an
    AgainRequest, `sheet_opened` a sheet whose edits may be unusual, `check_wanted` one that has them checked.
    """

    save_requested = Signal(object)
    decided = Signal(object)
    take_back_requested = Signal(object, object, object)
    later_requested = Signal(object)
    elsewhere_requested = Signal(object, object)
    carry_requested = Signal(object)
    again_requested = Signal(object)
    message_shown = Signal(object)
    sheet_opened = Signal(object)
    check_wanted = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._snapshot: SessionSnapshot | None = None
        self._draft: Draft | None = None
        self._sheet: SaveSheet | ConflictSheet | None = None
        self._noted: dict[str, str] = {}
        self.save_requested.connect(self._keep_note)
        self.decided.connect(self._keep_note)
        stage.detail.changes.attribute_chosen.connect(self._go_to)
        stage.detail.changes.take_back_requested.connect(self._take_back)
        stage.detail.nothing.elsewhere_requested.connect(self.choose_file)
        stage.detail.nothing.carry_requested.connect(self.carry_requested)

    def show(self, snapshot: SessionSnapshot | None, draft: Draft | None) -> None:
        """Take in what is shown now; an open sheet shows it, too, or gives way to the one that is needed."""
        self._snapshot, self._draft = snapshot, draft
        self._stage.detail.show_changes(draft)
        if draft is not None and not draft.count:
            self._noted.pop(draft.directory, None)
        sheet = self._sheet
        if sheet is None:
            return
        if snapshot is None or draft is None:
            self._stage.sheets.close()
        elif not draft.count:
            self._stage.sheets.close()
            self.message_shown.emit("There is nothing to save any more.")
        elif isinstance(sheet, ConflictSheet) == _is_disputed(draft):
            sheet.show_draft(snapshot, draft)
        else:
            self._open("It was changed on disk meanwhile.")

    def ask(self, directory: str, sentence: str = "") -> None:
        """Open the sheet that the draft of the selected session needs; `sentence` says why, where something
        was to be saved and was not: the note that was typed for it stands there again.
        """
        if self._snapshot is not None and self._snapshot.directory == directory:
            self._open(sentence, self._noted.pop(directory, "") if sentence else "")

    def show_overwritten(self, offer: ReplacedRead) -> None:
        """Show what a run wrote over, to be done again."""
        sheet = AgainSheet(self._stage.theme, self._stage.window, offer)
        sheet.apply_requested.connect(self.again_requested)
        self._stage.sheets.show(sheet, sheet.first)

    def show_gone(self, directory: str, sentence: str, edited: int, heir: str) -> None:
        """Say that a session is not there any more, with so many edits of it, whose state `heir` holds by
        now; without a sentence it is there.
        """
        self._stage.detail.nothing.show_gone(directory, sentence, edited=edited, heir=heir)

    def choose_file(self, directory: str) -> None:
        """Ask into which file the drafted state is to be written."""
        ask_json_file(
            self._stage.theme, self._stage.window, "Save the edited state elsewhere",
            f"{last_part(directory)}.json", lambda path: self.elsewhere_requested.emit(directory, path),
        )  # fmt: skip

    # --- the Changes tab ------------------------------------------------------------------------------------

    def _go_to(self, change: Change) -> None:
        self._stage.detail.tabs.setCurrentWidget(self._stage.detail.state)
        self._stage.detail.state.reveal(change.namespace, change.place)

    def _take_back(self, change: Change) -> None:
        if self._draft is not None:
            self.take_back_requested.emit(self._draft.directory, change.namespace, change.place)

    # --- within ---------------------------------------------------------------------------------------------

    def _open(self, sentence: str, note: str = "") -> None:
        snapshot, draft = self._snapshot, self._draft
        if snapshot is None or draft is None or not draft.count:
            self.message_shown.emit("There is nothing to save.")
            return
        sheet, before = self._make(snapshot, draft), self._sheet
        typing = before is not None and before.note.line.hasFocus()
        sheet.note.line.setText(before.note.line.text() if before is not None else note)
        self._stage.sheets.show(sheet, sheet.note.line if typing else sheet.first)
        self._sheet = sheet
        self.sheet_opened.emit(sheet)
        self.check_wanted.emit(sheet)
        sheet.closed.connect(lambda: self._forget(sheet))
        sheet.say_changed(sentence)
        if sentence:
            sheet.meaning.begin()  # nobody asked for it just now

    def _make(self, snapshot: SessionSnapshot, draft: Draft) -> SaveSheet | ConflictSheet:
        if _is_disputed(draft):
            conflicts = ConflictSheet(
                self._stage.theme, self._stage.window, snapshot, draft, self._stage.now()
            )
            conflicts.decided.connect(self.decided)
            return conflicts
        sheet = SaveSheet(self._stage.theme, self._stage.window, snapshot, draft)
        sheet.save_requested.connect(self.save_requested)
        sheet.later_requested.connect(self.later_requested)
        sheet.elsewhere_requested.connect(self.choose_file)
        return sheet

    def _keep_note(self, asked: SaveRequest | Decision) -> None:
        self._noted = {asked.directory: asked.note}

    def _forget(self, sheet: SaveSheet | ConflictSheet) -> None:
        if self._sheet is sheet:
            self._sheet = None


def _is_disputed(draft: Draft) -> bool:
    return draft.merged is not None and bool(draft.merged.conflicts)

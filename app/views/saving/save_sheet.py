"""The sheet before saving: every change with its tick, and a note for history.

One idea: nothing is saved that does not stand here, ticked, as it will be in the file. While the sheet is
open it shows what the draft is now; when that changes under it (somebody saved in between) it says so. Not
for saving: it only says what was confirmed. Not for places that both sides changed (`conflict_sheet`).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.editing import notices
from app.editing.draft import Draft
from app.exchange import SaveRequest
from app.models.saving.changes import ChangesModel
from app.session import last_part
from app.snapshot import SessionSnapshot
from app.views.parts.note_field import NoteField
from app.views.parts.other_meaning import OtherMeaning
from app.views.parts.remark import Remark
from app.views.parts.sheet import MARGIN, Sheet, boxed
from app.views.parts.unusual_part import UnusualPart
from app.views.parts.widgets import Button, Glyph, Label
from app.views.saving.changes_table import ChangesTable
from app.views.saving.save_check import SaveCheck
from app.views.style.theme import Theme
from persistence.sessions.session_files import WHOSE

_WIDTH = 880
_MOST_ROWS = 10
_STAYS = "Your edits stay unsaved, and are kept on this computer."
_GREY = "Nothing was saved: Save is grey, and what stands in its way is said above."
_CHANGED = "It was changed on disk meanwhile. This is what would be saved now."
_RUN_ENDED = "The run has ended. This is what would be saved now."
_LATER, _ELSEWHERE = "later", "elsewhere"


class SaveSheet(Sheet):
    """`save_requested` carries a SaveRequest. `later_requested` and `elsewhere_requested` carry a directory:
    to be told when the run has ended, or to write the edits into another file. What a launcher makes of
    it is asked for by `check`.
    """

    save_requested = Signal(object)
    later_requested = Signal(object)
    elsewhere_requested = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, snapshot: SessionSnapshot, draft: Draft) -> None:
        super().__init__(theme, window, "content-save-outline", "Save changes", _subtitle(draft), _WIDTH)
        self.setObjectName("saveSheet")
        self._snapshot = snapshot
        self._draft = draft
        self._model = ChangesModel(self, ticks=True)
        self.table = ChangesTable(theme, self._model, "Changes to be saved", most_rows=_MOST_ROWS)
        self.unusual = UnusualPart(theme)
        self.note = NoteField(theme)
        self.check = SaveCheck(theme)
        self.save = Button(theme, "Save", "content-save-outline", kind="primary", grand=True)
        self.later = Button(theme, "Tell me when I can save", "clock-outline", kind="primary", grand=True)
        self.elsewhere = Button(theme, "Save elsewhere…", grand=True)
        self.cancel = Button(theme, "Cancel", grand=True)
        self._why_not = Remark(theme, "alert", "amber")
        self._changed = Remark(theme, "alert", "amber")
        self._whose = Remark(theme, "information-outline")
        self._count = Remark(theme, "information-outline")
        self._kept = Label(theme, "", "small", "muted")
        self.meaning = OtherMeaning(self, self.table.enter)
        self._meant: object = None
        self._fill()
        self._connect()
        self.show_draft(snapshot, draft)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens: the default button."""
        ways = (self.save, self.later)
        return next((way for way in ways if way.isVisibleTo(self) and way.isEnabled()), self.cancel)

    def show_draft(self, snapshot: SessionSnapshot, draft: Draft) -> None:
        """Show the draft as it is now. Ticks stay; what came since is ticked."""
        if draft.base_etag != self._draft.base_etag:
            self.say_changed(_CHANGED)
        self._snapshot, self._draft = snapshot, draft
        several = len(draft.document.namespaces) > 1
        self._model.set_changes(draft.changes, with_launcher=several)
        self._show_ready()
        self._take_meaning()

    def say_changed(self, sentence: str) -> None:
        """Say at the top what became different, or why nothing was saved yet."""
        self._changed.say(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S, Ctrl+Enter and Enter save."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (control and event.key() == Qt.Key.Key_S):
            self._confirm()
        else:
            super().keyPressEvent(event)

    # --- within ---------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(12))
        for widget in (
            self._why_not,
            self._changed,
            self.unusual,
            boxed(self.table),
            self._count,
            self._whose,
        ):
            whole.addWidget(widget)
        whole.addWidget(self.check)
        whole.addSpacing(px(4))
        whole.addWidget(self.note)
        whole.addStretch(1)
        self.foot.addWidget(Glyph(self.theme, "history", "muted"))
        self.foot.addWidget(self._kept)
        self.end_with(self.cancel, self.elsewhere, self.later, self.save)
        for name, button in (("cancel", self.cancel), ("save", self.save), ("later", self.later)):
            button.setObjectName(f"{name}Button")

    def _connect(self) -> None:
        self._model.ticks_changed.connect(self._show_ready)
        self.check.changed.connect(self._take_check)
        self.closed.connect(self.check.want_no_more)
        self.save.clicked.connect(self._confirm)
        self.type_into(self.note.line)
        self.cancel.clicked.connect(self.close_sheet)
        self.later.clicked.connect(self._confirm_later)
        self.meaning.refused.connect(self.note.say)
        self.elsewhere.clicked.connect(self._ask_elsewhere)

    def _show_ready(self) -> None:
        ticked, all_ = len(self._model.ticked), len(self._model.changes)
        reason, run = self._snapshot.not_editable_because, self._snapshot.running
        running = run is not None and not run.finishing
        places = frozenset() if reason else self._model.ticked_spots
        self.check.want(self._draft.directory, self._draft.document, places)
        self._why_not.say(reason)
        self.unusual.want(self._model.ticked)
        self._whose.say(WHOSE if any(one.place == ("subject_id",) for one in self._model.ticked) else "")
        waits = notices.waits(self._draft.count) if running else _STAYS
        self._count.say(waits if reason else _count_text(ticked, all_, self._snapshot.version))
        self._kept.setText(_kept_text(0 if running else self._snapshot.version))  # it saves more of them
        self.save.make_room(_save_words(1), _save_words(all_))
        self.save.set_words(_save_words(ticked))
        if self.check.pressed:
            self.save.set_words("Saving when checked …")
        self.save.setEnabled(bool(ticked) and not reason and (self.check.waiting or self.check.allows))
        if self.save.isEnabled():
            self.note.say("")
        self.save.setVisible(not (reason and running))
        self.later.setVisible(bool(reason and running))
        self.elsewhere.setVisible(bool(reason and not running))
        self._take_note(not reason)

    def _take_meaning(self) -> None:
        """What Enter does now; where that has become another thing by itself, it has to be seen first."""
        means: object = (self._draft.base_etag, tuple(self._draft.changes))
        if self._snapshot.not_editable_because:
            means = _LATER if self.later.isVisibleTo(self) else _ELSEWHERE
        before, self._meant = self._meant, means
        if before is not None and before != means:
            if before == _LATER:
                self.say_changed("" if means == _ELSEWHERE else _RUN_ENDED)
            self.meaning.begin()

    def _take_note(self, takes: bool) -> None:
        """Whether a note has a place; what was typed stays for when it has."""
        typing = self.note.line.hasFocus()
        self.note.line.setEnabled(takes)
        if typing and not takes:
            self.table.enter()  # the next in order is a button that ends the sheet

    def _take_check(self) -> None:
        """Save what was to be saved, where the launcher has nothing to say to it; else it is looked at."""
        had_keyboard = self.save.hasFocus()
        pressed = self.check.take_press()
        self._show_ready()
        if pressed and self.check.is_silent:
            self._confirm()
        elif had_keyboard and not self.save.isEnabled():
            self.table.enter()  # never to the tick by itself, where Space would mean what nobody read

    def _confirm(self) -> None:
        if self.later.isVisibleTo(self):
            self._confirm_later()
            return
        if not self.save.isEnabled():
            self.note.say(_GREY)
            return
        self.check.ask_now()
        if self.save.isEnabled() and self.check.press():
            self._show_ready()
        elif self.save.isEnabled():
            places, note = self._model.ticked_spots, self.note.text
            request = SaveRequest(self._draft.directory, self._draft.base_etag, places, note)
            self.close_sheet()
            self.save_requested.emit(request)

    def _confirm_later(self) -> None:
        self.close_sheet()
        self.later_requested.emit(self._draft.directory)

    def _ask_elsewhere(self) -> None:
        self.close_sheet()
        self.elsewhere_requested.emit(self._draft.directory)


def _subtitle(draft: Draft) -> str:
    names = dict.fromkeys(change.namespace.rpartition(".")[2] for change in draft.changes)
    return "  ·  ".join([last_part(draft.directory), *names])


def _save_words(count: int) -> str:
    return "Save 1 change" if count == 1 else f"Save {count:,} changes"


def _count_text(ticked: int, all_: int, version: int) -> str:
    number, rest = f", as version {version + 1}" if version else "", all_ - ticked
    if not ticked:
        return "Nothing is ticked, so there is nothing to save."
    if not rest:
        several = "Both changes" if all_ == 2 else f"All {all_} changes"
        what = "The change will be saved" if all_ == 1 else f"{several} will be saved together"
        return f"{what}{number}."
    together = "" if ticked == 1 else " together"
    what = f"{ticked} of {all_} changes will be saved{together}"
    stays = "The one without a tick stays an unsaved edit"
    return f"{what}{number}. {stays if rest == 1 else f'The {rest} without a tick stay unsaved edits'}."


def _kept_text(version: int) -> str:
    return f"Version {version} is kept in History." if version else "The version before is kept in History."

"""The sheet for a session that changed on disk while somebody was editing it.

One idea: what only one side changed is no question and is listed; what both changed is decided row by row,
seeing mine, theirs and what both began with. Nothing is chosen beforehand, and nothing can be taken over or
saved before each row is decided. When the file changes again meanwhile, the sheet shows that, and what became
different is open again. What would be saved then is checked as before every save. Not for merging or saving:
it only says what was decided.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.editing.draft import Draft
from app.exchange import Decision
from app.models.saving.changes import MergedModel, spot_of
from app.models.saving.conflicts import ConflictsModel
from app.snapshot import SessionSnapshot
from app.values.fit_text import escaped
from app.views.parts.nesting import nest
from app.views.parts.note_field import NoteField
from app.views.parts.other_meaning import OtherMeaning
from app.views.parts.remark import Remark
from app.views.parts.sheet import MARGIN, Sheet, boxed
from app.views.parts.unusual_part import UnusualPart
from app.views.parts.widgets import Button, Label
from app.views.saving.changes_table import ChangesTable
from app.views.saving.conflict_table import ConflictTable
from app.views.saving.save_check import SaveCheck
from app.views.style.theme import Theme
from app.words.moments import clock_or_day, moment
from persistence.states.merge import Merge, Spot

_WIDTH = 980
_WITH_KEYS = 760  # what the line over the table needs with them
_BEFORE = "Before"
_KEYS = "← takes yours, → the one on disk, Enter"
_NOTHING = "Nothing will be saved: these are the values on disk. A note has no place."
_MOST_CONFLICTS, _MOST_SETTLED = 7, 5


class ConflictSheet(Sheet):
    """`decided` carries a Decision. What a launcher makes of what would be saved is asked for by `check`."""

    decided = Signal(object)

    def __init__(
        self, theme: Theme, window: QWidget, snapshot: SessionSnapshot, draft: Draft, now: datetime
    ) -> None:
        """`draft` waits for a decision: its `merged` has conflicts."""
        title = "Changed on disk while you were editing"
        super().__init__(theme, window, "source-merge", title, snapshot.name, _WIDTH)
        self.setObjectName("conflictSheet")
        self._now = now
        self._draft = draft
        self._model = ConflictsModel(self)
        self._settled_model = MergedModel(self)
        self.table = ConflictTable(theme, self._model, most_rows=_MOST_CONFLICTS)
        self.settled = ChangesTable(
            theme, self._settled_model, "Changed by one side only", most_rows=_MOST_SETTLED
        )
        self.later = Button(theme, "Decide later", grand=True)
        self.use = Button(theme, "Use these values", "check", grand=True)
        self.save = Button(theme, "Save", "content-save-outline", kind="primary", grand=True)
        self._count = Label(theme, "", "small", "muted")
        self._changed = Remark(theme, "alert", "amber")
        self._both = Label(theme, "", "section")
        self._keys = Label(theme, "", "small", "muted")
        self._one = Label(theme, "", "section")
        self._kept = Remark(theme, "information-outline")
        self.unusual = UnusualPart(theme)
        self._settled_box = QWidget()
        self.check = SaveCheck(theme)
        self.note = NoteField(theme)
        self.meaning = OtherMeaning(self, self.table.take_keyboard)
        self._would_be: tuple[Draft, frozenset[Spot], Draft] | None = None
        self._stays = 0
        self._stays_there = ""
        self._fill()
        self._connect()
        self.show_draft(snapshot, draft)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.table

    def show_draft(self, snapshot: SessionSnapshot, draft: Draft) -> None:
        """Show the three sides as they are now; choices stay where both values are those of before."""
        merged = draft.merged
        if merged is None:
            return
        anew = draft.newer != self._draft.newer
        if anew:
            again = f"It was changed on disk again ({_saved(snapshot, self._now)})"
            self._changed.say(f"{again}. What became different is to be decided anew.")
        self._draft = draft
        several = len({*merged.document.namespaces, *draft.document.namespaces}) > 1
        saved, count = moment(draft.saved_at), len(merged.conflicts)
        self._model.set_conflicts(
            merged.conflicts,
            on_disk=f"On disk ({_saved(snapshot, self._now)})",
            before=f"{_BEFORE} (saved {clock_or_day(saved, self._now)})" if saved else _BEFORE,
            with_launcher=several,
        )
        self._show_settled(merged, several=several)
        self._both.setText("You both changed this" if count == 1 else f"You both changed these ({count:,})")
        whose = f"{snapshot.saved_by}'s version" if snapshot.saved_by else "the version on disk"
        self._stays_there = (
            f"Nothing is written before you save. Whatever you choose, {whose} stays in History."
        )
        self.check.pressed = self.check.pressed and not anew
        self._show_ready()
        if anew:
            self.meaning.begin()

    def set_one_column(self, narrow: bool) -> None:
        """The keys are named where there is the width for it; F1 has them, too."""
        self._keys.setVisible(self.width() >= self.theme.px(_WITH_KEYS))

    def say_changed(self, sentence: str) -> None:
        """Say at the top why nothing was saved yet."""
        self._changed.say(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Ctrl+S and Ctrl+Enter save once each row is decided, or use what is on disk."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter or (control and event.key() == Qt.Key.Key_S):
            self._confirm()
        else:
            super().keyPressEvent(event)

    # --- within ---------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(16), px(MARGIN), px(18))
        whole.setSpacing(px(10))
        whole.addWidget(self._changed)
        nest(whole, self._make_both())
        whole.addWidget(boxed(self.table))
        for widget in (self.unusual, self.check):
            whole.addWidget(widget)
        whole.addSpacing(px(6))
        whole.addWidget(self._settled_box)
        self._fill_settled()
        whole.addWidget(self.note)
        whole.addWidget(self._kept)
        whole.addStretch(1)
        self.foot.addWidget(self.later)
        self.foot.addStretch(1)
        self.foot.addWidget(self._count)
        self.foot.addSpacing(px(8))
        self.foot.addWidget(self.use)
        self.foot.addWidget(self.save)
        for name, button in (("later", self.later), ("use", self.use), ("saveDecided", self.save)):
            button.setObjectName(f"{name}Button")

    def _make_both(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self.theme.px(8))
        line.addWidget(self._both)
        line.addWidget(self._keys)
        line.addStretch(1)
        for words, side in (("Take all of mine", "mine"), ("Take all from disk", "theirs")):
            button = Button(self.theme, words, kind="link")
            button.clicked.connect(lambda _=False, one=side: self._model.choose_all(one))
            line.addWidget(button)
        return line

    def _fill_settled(self) -> None:
        column, line = QVBoxLayout(self._settled_box), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(8))
        line.setSpacing(self.theme.px(8))
        line.addWidget(self._one)
        line.addWidget(Label(self.theme, "only one side changed them", "small", "muted"))
        line.addStretch(1)
        nest(column, line)
        column.addWidget(boxed(self.settled))

    def _connect(self) -> None:
        self._model.choices_changed.connect(self._show_ready)
        self.type_into(self.note.line)
        self.later.clicked.connect(self.close_sheet)
        self.use.clicked.connect(lambda: self._decide(save=False))
        self.save.clicked.connect(self._confirm)
        self.check.changed.connect(self._take_check)
        self.closed.connect(self.check.want_no_more)
        self.meaning.refused.connect(self.note.say)

    def _show_settled(self, merged: Merge, *, several: bool) -> None:
        theirs, self._stays = merged.theirs_alone, len(merged.applied)
        self._settled_model.set_merged(theirs, merged.applied, with_launcher=several)
        count = len(theirs) + self._stays
        self._one.setText(f"No question here ({count:,})")
        self._settled_box.setVisible(bool(count))

    def _show_ready(self) -> None:
        open_, mine = self._model.open_count, len(self._model.mine)
        rest = len(self._model.conflicts) - open_ - mine
        self._count.setText(f"{open_} still to decide" if open_ else f"{mine} of yours, {rest} from disk")
        self.save.make_room(_save_words(1), _save_words(len(self._model.conflicts) + self._stays))
        applied = self._draft.merged.applied if self._draft.merged else ()
        self.unusual.want((*self._model.changes, *applied))
        self._want_check()
        self.save.set_words(_save_words(self._would_be[2].count) if self._would_be else "Save")
        if self.check.pressed:
            self.save.set_words("Saving when checked …")
        self.use.setEnabled(not open_)
        self._show_use()
        self.save.setEnabled(not open_ and self._saves and (self.check.waiting or self.check.allows))

    @property
    def _saves(self) -> bool:
        """Whether there is anything to be saved, as far as that is decided."""
        return bool(self._model.open_count or self._model.mine or self._stays)

    def _show_use(self) -> None:
        """What Enter does, and whether a note has a place."""
        saves = self._saves
        self._keys.setText(f"{_KEYS} {'saves' if saves else 'uses these values'}")
        self._kept.say(self._stays_there if saves else _NOTHING)
        if not saves:
            self.save.set_words("Nothing to save")
        if self.note.line.hasFocus() and not saves:
            self.table.take_keyboard()  # the next in order is a button that ends the sheet
        self.note.line.setEnabled(saves)

    def _want_check(self) -> None:
        """Have checked what would be saved; nothing as long as that is not decided."""
        draft, mine = self._draft, self._model.mine
        if self._model.open_count or draft.merged is None:
            self.check.pressed, self._would_be = False, None
            self.check.want(draft.directory, draft.document, ())
            return
        known = self._would_be
        if known is None or known[0] is not draft or known[1] != mine:
            known = self._would_be = (draft, mine, draft.would_be(mine))
        would_be = known[2]
        self.check.want(draft.directory, would_be.document, map(spot_of, would_be.changes), mine)

    def _take_check(self) -> None:
        """Save what was to be saved, where the launcher has nothing to say to it; else it is looked at."""
        had_keyboard = self.save.hasFocus()
        pressed = self.check.take_press()
        self._show_ready()
        if pressed and self.check.is_silent:
            self._confirm()
        elif had_keyboard and not self.save.isEnabled():
            self.table.take_keyboard()

    def _confirm(self) -> None:
        if not self._saves:
            self._decide(save=False)
            return
        if self.save.isEnabled():
            self.check.ask_now()
        if self.save.isEnabled() and self.check.press():
            self._show_ready()
        elif self.save.isEnabled():
            self._decide(save=True)

    def _decide(self, *, save: bool) -> None:
        newer = self._draft.newer
        if newer is not None:
            decision = Decision(
                self._draft.directory, newer.etag, self._model.mine, save, self.note.text if save else ""
            )
            self.close_sheet()
            self.decided.emit(decision)


def _save_words(count: int) -> str:
    return "Save 1 change" if count == 1 else f"Save {count:,} changes"


def _saved(snapshot: SessionSnapshot, now: datetime) -> str:
    """ "saved 14:32 by ann", as far as that is known."""
    when = moment(snapshot.saved_at)
    words = ["saved"]
    words += [clock_or_day(when, now)] if when else []
    words += [f"by {snapshot.saved_by}"] if snapshot.saved_by else []
    return escaped(" ".join(words)) if len(words) > 1 else "as it is now"

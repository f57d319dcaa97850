"""The sheet that asks before the saved states of several sessions are cleared: each is named, and what goes.

One idea: as for a single one, it says what goes and what stays, and its default is Cancel; sessions that
cannot be cleared now are named with the reason, and left alone, and so are those of which there is nothing to
clear. Not for clearing.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.exchange import ClearRequest
from app.models.sessions.session_rows import launcher_text
from app.session import Status, Summary
from app.values.fit_text import escaped
from app.views.parts.nesting import nest
from app.views.parts.note_field import NoteField
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.saving.clear_sheet import enter_clears_nothing, said
from app.views.saving.clearable import holds_nothing, not_clearable, saved_states
from app.views.style.theme import Theme
from app.words.apart import told_apart

_WIDTH = 660
_MOST_NAMED = 100


class ClearSeveralSheet(Sheet):
    """`clear_requested` carries ClearRequests, when Clear was pressed.

    `refusals` are folders in which nothing is changed, with the clause that says why.
    """

    clear_requested = Signal(object)

    def __init__(
        self, theme: Theme, window: QWidget, sessions: Sequence[tuple[Summary, Status]],
        refusals: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        without = {one.directory: status.word for one, status in sessions if holds_nothing(one, status)}
        rest = [(one, status) for one, status in sessions if one.directory not in without]
        why = {one.directory: not_clearable(one, status, refusals) for one, status in rest}
        self._goes = [one for one, _ in rest if not why[one.directory]]
        self._names = told_apart([one.directory for one, _ in sessions])
        title = f"Clear {saved_states(len(self._goes))}"
        super().__init__(theme, window, "eraser", title, f"{len(sessions):,} sessions are selected", _WIDTH)
        self.setObjectName("clearSheet")
        self._cancel = Button(theme, "Cancel", grand=True)
        self._cancel.setObjectName("cancelButton")
        self._clear = Button(theme, title, "eraser", kind="danger", grand=True)
        self._clear.setObjectName("clearButton")
        self._clear.setEnabled(bool(self._goes))
        self.note = NoteField(theme)
        self._fill({folder: reason for folder, reason in why.items() if reason}, without)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self._cancel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the note clears nothing, and says so: what clears is to be pressed on purpose."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.note.line.hasFocus():
            self.note.say(enter_clears_nothing(self._clear.accessibleName()))
        else:
            super().keyPressEvent(event)

    def _fill(self, kept: Mapping[str, str], without: Mapping[str, str]) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(8))
        self._add(whole, "What goes", "eraser", "vermilion", [self._what_goes(one) for one in self._goes])
        left = [f"{self._name(folder)}: {escaped(why)}" for folder, why in kept.items()]
        self._add(whole, "What cannot be cleared now", "minus-circle-outline", "amber", left)
        nothing = [f"{self._name(folder)}: {word}." for folder, word in without.items()]
        self._add(whole, "Where there is nothing to clear", "minus-circle-outline", "muted", nothing)
        self._add(whole, "What stays", "check-circle", "green", _what_stays(len(self._goes)))
        whole.addWidget(self.note)
        self.note.setVisible(bool(self._goes))
        whole.addStretch(1)
        self.end_with(self._cancel, self._clear)
        self.type_into(self.note.line)
        self._cancel.clicked.connect(self.close_sheet)
        self._clear.clicked.connect(self._confirm)

    def _add(self, whole: QVBoxLayout, title: str, icon: str, hue: str, texts: Sequence[str]) -> None:
        if not texts:
            return
        whole.addWidget(Label(self.theme, title, "section"))
        for text in texts[:_MOST_NAMED]:
            nest(whole, said(self.theme, icon, hue, text))
        if len(texts) > _MOST_NAMED:
            nest(whole, said(self.theme, icon, hue, f"and {len(texts) - _MOST_NAMED:,} more"))
        whole.addSpacing(self.theme.px(8))

    def _name(self, directory: str) -> str:
        return escaped(self._names[directory])

    def _what_goes(self, summary: Summary) -> str:
        count = summary.attributes
        attributes = "1 attribute" if count == 1 else f"{count:,} attributes"
        return f"{self._name(summary.directory)}: {escaped(launcher_text(summary))}, {attributes}."

    def _confirm(self) -> None:
        requests = tuple(ClearRequest(one.directory, None, one.etag, self.note.text) for one in self._goes)
        self.clear_requested.emit(requests)
        self.close_sheet()


def _what_stays(count: int) -> tuple[str, str]:
    """What Undo does is what the banner's button does: it takes all back that was cleared together."""
    data = "All other files of the sessions: the data of the runs, and session.json where there is one."
    versions = "Every earlier version of each saved state."
    if count > 1:
        back = f"{'both' if count == 2 else f'all {count:,}'} back; Undo clear in the Session menu, one alone"
    else:
        back = "it back"
    return data, f"{versions} Undo brings {back}."

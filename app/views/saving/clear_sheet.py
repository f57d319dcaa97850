"""The sheet that asks before a saved state is cleared: what goes, what stays.

One idea: it says in numbers what will be gone and where it is kept, and its default is Cancel. Not for
clearing: it only says what was chosen.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.exchange import ClearRequest
from app.snapshot import SessionSnapshot
from app.values.fit_text import escaped
from app.views.parts.choices import Radio
from app.views.parts.nesting import nest
from app.views.parts.note_field import NoteField
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Glyph, Label
from app.views.style.theme import Theme
from app.words.edit_texts import are, them, unsaved_edits
from app.words.moments import exact, moment
from persistence.document import Namespace

_STAYS = (
    "All other files of the session: the data of the run, and session.json where there is one.",
    "Every earlier version of the saved state. Undo brings this one back.",
)


class ClearSheet(Sheet):
    """`clear_requested` carries ClearRequests, when Clear was pressed."""

    clear_requested = Signal(object)

    def __init__(
        self, theme: Theme, window: QWidget, snapshot: SessionSnapshot, unsaved: int, name: str
    ) -> None:
        """`snapshot` has a document, and is called `name`; while there are `unsaved` edits nothing can be
        cleared.
        """
        super().__init__(theme, window, "eraser", "Clear saved state", name, 620)
        self.setObjectName("clearSheet")
        self._snapshot = snapshot
        self._unsaved = unsaved
        document = snapshot.document
        self._launchers = [document.namespace(name) for name in document.namespaces] if document else []
        self._choice: str | None = None
        self._goes = QVBoxLayout()
        self.note = NoteField(theme)
        self._cancel = Button(theme, "Cancel", grand=True)
        self._cancel.setObjectName("cancelButton")
        self._clear = Button(theme, "Clear saved state", "eraser", kind="danger", grand=True)
        self._clear.setObjectName("clearButton")
        self._fill()
        self._choose(None)

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

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(8))
        if len(self._launchers) > 1:
            whole.addWidget(Label(self.theme, "Which launcher", "section"))
            nest(whole, self._make_choices())
            whole.addSpacing(px(8))
        if self._unsaved:
            whole.addWidget(Label(self.theme, "What is in the way", "section"))
            nest(whole, said(self.theme, "pencil", "amber", _in_the_way(self._unsaved)))
            whole.addSpacing(px(8))
        whole.addWidget(Label(self.theme, "What goes", "section"))
        self._goes.setSpacing(px(6))
        nest(whole, self._goes)
        whole.addSpacing(px(8))
        whole.addWidget(Label(self.theme, "What stays", "section"))
        for text in _STAYS:
            nest(whole, said(self.theme, "check-circle", "green", text))
        whole.addSpacing(px(8))
        whole.addWidget(self.note)
        self.note.setVisible(not self._unsaved)
        self._clear.setEnabled(not self._unsaved)
        whole.addStretch(1)
        self.end_with(self._cancel, self._clear)
        self.type_into(self.note.line)
        self._cancel.clicked.connect(self.close_sheet)
        self._clear.clicked.connect(self._confirm)

    def _make_choices(self) -> QVBoxLayout:
        column, group = QVBoxLayout(), QButtonGroup(self)
        column.setSpacing(self.theme.px(4))
        texts: Sequence[tuple[str, str | None]] = [
            (f"All {len(self._launchers)} launchers", None),
            *((f"{escaped(one.class_name)} only", one.name) for one in self._launchers),
        ]
        for text, name in texts:
            radio = Radio(self.theme, text)
            radio.setChecked(name is None)
            radio.clicked.connect(lambda _=False, chosen=name: self._choose(chosen))
            group.addButton(radio)
            column.addWidget(radio)
        return column

    def _choose(self, namespace: str | None) -> None:
        self._choice = namespace
        _empty(self._goes)
        for launcher in self._launchers:
            if namespace in (None, launcher.name):
                nest(self._goes, said(self.theme, "eraser", "vermilion", _what_goes(launcher)))

    def _confirm(self) -> None:
        request = ClearRequest(self._snapshot.directory, self._choice, self._snapshot.etag, self.note.text)
        self.clear_requested.emit((request,))
        self.close_sheet()


def _what_goes(launcher: Namespace) -> str:
    count = len(launcher.attributes)
    saved = moment(launcher.saved_at)
    when = f", saved {exact(saved)}" if saved else ""
    return f"{escaped(launcher.class_name)}: {count:,} attribute{'s' * (count != 1)}{when}."


def _in_the_way(unsaved: int) -> str:
    edits = f"There {are(unsaved)} {unsaved_edits(unsaved)}"
    return f"{edits}. Save or discard {them(unsaved)} first, then clear."


def enter_clears_nothing(button: str) -> str:
    """What is said where Enter was pressed in the note."""
    return f'Enter clears nothing here. Press "{button}".'


def said(theme: Theme, icon: str, hue: str, text: str) -> QHBoxLayout:
    """One thing that goes or stays, with its sign."""
    line = QHBoxLayout()
    line.setSpacing(theme.px(10))
    line.addWidget(Glyph(theme, icon, hue), 0, Qt.AlignmentFlag.AlignTop)  # beside the first of several lines
    line.addWidget(Label(theme, text, wrap=True), 1)
    return line


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        line = item.layout()
        while line is not None and (inner := line.takeAt(0)) is not None:
            widget = inner.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

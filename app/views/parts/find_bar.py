"""Finding in a file that is shown as it is: a field, the next place and the one before, what came of it.

One idea: searching goes on between frames, from the caret on and round at the end, and the view is only told
which place to show. Not for painting (`raw_view`), nor for files: it searches what the view has.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.pieces import Pieces
from app.views.parts.fields import SearchField
from app.views.parts.raw_view import RawView
from app.views.parts.widgets import Button, ElidedLabel
from app.views.style.theme import Theme

_LEAST, _ROOM_FOR_BUTTONS = 72, 210


class FindBar(QWidget):
    """Finds in one view."""

    def __init__(self, theme: Theme, view: RawView, name: str) -> None:
        """`name` is the object name of the field."""
        super().__init__()
        self._theme = theme
        self._view = view
        self._searching = Pieces(self)
        self._searching.failed.connect(self._say_failed, Qt.ConnectionType.QueuedConnection)
        self.field = SearchField(theme, "Find in the file", "F3")
        self.field.setObjectName(name)
        self.told = ElidedLabel(theme, "small", "muted")
        self._previous = Button(theme, "", "arrow-up", kind="flat")
        self._next = Button(theme, "", "arrow-down", kind="flat")
        for button in (self._previous, self._next):
            button.setFixedSize(theme.px(32), theme.px(32))
        self._lay_out()
        self.field.textChanged.connect(self._seek_while_typing)
        self.field.installEventFilter(self)
        self.field.left_downwards.connect(view.setFocus)
        self._next.clicked.connect(lambda: self.find_next(backwards=False))
        self._previous.clicked.connect(lambda: self.find_next(backwards=True))

    def find_next(self, *, backwards: bool = False) -> None:
        """Find what stands in the field, from the caret on, and go round at the end."""
        words = self.field.text()
        if not words:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        start = self._view.caret_offset + (0 if backwards else 1)
        self._seek(words, start, backwards=backwards)

    def drop(self) -> None:
        """Other bytes are shown: what was found, or is searched for, is of no interest any more."""
        self._searching.drop()
        self._view.unmark()
        self.told.set_whole("")

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        self.field.setMaximumWidth(self._theme.px(170 if compact else 220))
        self.field.hint_shown = not compact

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room the keys alone go on to the next place."""
        super().resizeEvent(event)
        for button in (self._next, self._previous):
            button.setVisible(self.width() >= self._theme.px(_ROOM_FOR_BUTTONS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter finds the next place, with Shift the one before."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        self.find_next(backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return True

    def _seek(self, words: str, start: int, *, backwards: bool) -> None:
        text = self._view.text
        length = len(words.encode("utf-8", "surrogatepass"))
        self.told.set_whole("Searching …")

        def done(found: int | None) -> None:
            if found is None:
                self.told.set_whole("Not found")
                self._view.unmark()
                return
            let_go = self._view.text.skipped - text.skipped  # lines that were let go since, of a growing file
            self._view.reveal(max(0, found - let_go), length)
            went_round = found > start if backwards else found < start - 1
            self.told.set_whole("Went round at the end" if went_round else "")

        self._searching.begin(text.search(words, start, backwards=backwards), done, whole=False)

    def _say_failed(self) -> None:
        if not self._searching.busy:
            self.told.set_whole("The search failed")
            self._view.unmark()

    def _seek_while_typing(self, words: str) -> None:
        if words:
            self._seek(words, self._view.caret_offset, backwards=False)
        else:
            self.drop()

    def _lay_out(self) -> None:
        px = self._theme.px
        self.field.setMinimumWidth(px(_LEAST))
        self.setMinimumWidth(px(_LEAST))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        for widget in (self.field, self._previous, self._next, self.told):
            line.addWidget(widget)
        line.addStretch(1)
        for button, words in ((self._next, "Find the next"), (self._previous, "Find the one before")):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self.set_compact(False)

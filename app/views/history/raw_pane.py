"""The Raw tab: the state file as it is, for reading, finding and copying; its damage marked.

One idea: the tab never says anything about what the bytes mean, but for the place where they stop to make
sense. They are asked for when somebody looks, and let go with the session. Not for painting (`raw_view`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.pieces import Pieces
from app.past_errands import RawRead
from app.session import Snapshot
from app.values.edit_text import escaped
from app.values.raw_text import RawText
from app.views.history.raw_view import Mark, RawView
from app.views.parts.fields import SearchField
from app.views.parts.message_page import MessagePage, Notice
from app.views.parts.widgets import Button, ElidedLabel
from app.views.style.theme import Theme

_DAMAGED = ("damaged", "being_written")


class RawPane(QWidget):
    """`raw_wanted` carries (directory, whether it is damaged); `copy_wanted` nothing."""

    raw_wanted = Signal(object)
    copy_wanted = Signal()
    refused = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rawPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._session: Snapshot | None = None
        self._asked: tuple[str, str] | None = None
        self._damage: Mark | None = None
        self._searching = Pieces(self)
        self.view = RawView(theme)
        self.field = SearchField(theme, "Find in the file", "F3")
        self.field.setObjectName("rawFind")
        self._next = Button(theme, "", "arrow-down")
        self._previous = Button(theme, "", "arrow-up")
        self._told = ElidedLabel(theme, "small", "muted")
        self.copy = Button(theme, "Save a copy…", "content-duplicate")
        self._broken = Notice(theme, "alert-octagon", "vermilion", button="Go there")
        self._about = Notice(theme, "information-outline", "blue")
        self._message = MessagePage(theme)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    # --- setters --------------------------------------------------------------------------------------------

    def show_session(self, snapshot: Snapshot) -> None:
        """Another session, or another state of it; its bytes are asked for when somebody looks."""
        if self._session is None or self._session.directory != snapshot.directory:
            self.forget()
        self._session = snapshot
        self._ask()

    def forget(self) -> None:
        """No session is known: the bytes are let go."""
        self._session = self._asked = self._damage = None
        self._searching.drop()
        self.view.set_text(None)
        self._say("", "")

    def show_raw(self, read: RawRead) -> None:
        """Show the bytes of a session."""
        if self._session is None or read.errand.directory != self._session.directory:
            return
        self._searching.drop()
        self._told.set_whole("")
        if read.text is None:
            self._say("Nothing to show", read.problem)
            return
        news = self._damage is None
        self._damage = Mark(read.damage.offset, read.damage.sentence) if read.damage else None
        self.view.set_text(read.text, self._damage)
        self._broken.say(self._damage.sentence if self._damage else "")
        self._about.say(_about(read.text))
        self._pages.setCurrentIndex(0)
        if self._damage is not None and news:
            self.go_to_damage()

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        self.field.setMaximumWidth(self._theme.px(170 if compact else 220))
        self.field.hint_shown = not compact
        _show_words(self.copy, "Save a copy…", shown=not compact)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is not known yet, now that somebody looks."""
        super().showEvent(event)
        self._ask()

    # --- what can be done -----------------------------------------------------------------------------------

    def go_to_damage(self) -> None:
        """Bring the place where the file stops to make sense into view."""
        if self._damage is not None:
            self.view.reveal(self._damage.offset)

    def find_next(self, *, backwards: bool = False) -> None:
        """Find what stands in the field, from the caret on, and go round at the end."""
        words = self.field.text()
        if not words:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        start = self.view.caret_offset + (0 if backwards else 1)
        self._seek(words, start, backwards=backwards)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter finds the next place, with Shift the one before."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        self.find_next(backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return True

    # --- within ---------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        session = self._session
        if session is None or not self.isVisible():
            return
        standing = (session.directory, session.etag)
        if self._asked != standing:
            self._asked = standing
            if not self.view.text.rows:
                self._say("Reading the file …", "")
            problem = session.problem
            self.raw_wanted.emit((session.directory, problem is not None and problem.kind in _DAMAGED))

    def _seek(self, words: str, start: int, *, backwards: bool) -> None:
        text = self.view.text
        length = len(words.encode("utf-8", "surrogatepass"))
        self._told.set_whole("Searching …")

        def done(found: int | None) -> None:
            if found is None:
                self._told.set_whole("Not found")
                return
            self.view.reveal(found, length)
            went_round = found > start if backwards else found < start - 1
            self._told.set_whole("Went round at the end" if went_round else "")

        self._searching.begin(text.search(words, start, backwards=backwards), done, whole=False)

    def _seek_while_typing(self, words: str) -> None:
        if words:
            self._seek(words, self.view.caret_offset, backwards=False)
        else:
            self._searching.drop()
            self._told.set_whole("")

    def _say(self, title: str, text: str) -> None:
        self._message.say(title, text)
        self._pages.setCurrentWidget(self._message)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._seek_while_typing)
        self.field.installEventFilter(self)
        self.field.left_downwards.connect(self.view.setFocus)
        self._next.clicked.connect(lambda: self.find_next(backwards=False))
        self._previous.clicked.connect(lambda: self.find_next(backwards=True))
        self.copy.clicked.connect(self.copy_wanted)
        self.view.refused.connect(self.refused)
        self._broken.pressed.connect(self.go_to_damage)

    def _lay_out(self) -> None:
        px, page = self._theme.px, QWidget()
        self.field.setMinimumWidth(px(110))
        top = QHBoxLayout()
        top.setContentsMargins(px(12), px(10), px(12), px(10))
        top.setSpacing(px(8))
        for widget in (self.field, self._next, self._previous, self._told):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.copy)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for notice in (self._broken, self._about):
            column.addWidget(notice)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        self._pages.addWidget(page)
        self._pages.addWidget(self._message)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        _show_words(self._next, "Find the next", shown=False)
        _show_words(self._previous, "Find the one before", shown=False)
        self.set_compact(False)


def _show_words(button: Button, words: str, *, shown: bool) -> None:
    """The words of a button, on it or only for those who ask."""
    button.set_words(words if shown else "")
    button.setAccessibleName(words)
    button.setToolTip("" if shown else words)


def _about(text: RawText) -> str:
    """What a reader should know of the bytes that are shown."""
    told = []
    if not text.rows:
        told.append("The file is empty.")
    if not text.is_utf8:
        told.append("These bytes are not UTF-8: each one that is no text is shown as \ufffd.")
    if text.left_out:
        told.append(f"Only the first {len(text.data):,} of {text.size:,} bytes are shown.")
    return escaped(" ".join(told))

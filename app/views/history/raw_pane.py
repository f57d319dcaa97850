"""The Raw tab: the state file as it is, for reading, finding and copying; its damage marked.

One idea: the tab never says anything about what the bytes mean, but for the place where they stop to make
sense. They are asked for when somebody looks, and let go with the session. Not for painting (`raw_view`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.past_errands import RawRead
from app.snapshot import SessionSnapshot
from app.views.parts.find_bar import FindBar
from app.views.parts.message_page import MessagePage, Notice, fill
from app.views.parts.nesting import nest
from app.views.parts.raw_view import Flaw, RawView
from app.views.parts.whole_row import WholeRow
from app.views.parts.widgets import Button
from app.views.style.theme import Theme
from app.words.file_texts import shown_text

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
        self._session: SessionSnapshot | None = None
        self._asked: tuple[str, str] | None = None
        self._damage: Flaw | None = None
        self._away = ""
        self.view = RawView(theme)
        self.finder = FindBar(theme, self.view, "rawFind")
        self.copy = Button(theme, "Save a copy…", "content-duplicate")
        self.broken = Notice(theme, "alert-octagon", "vermilion", button="Go to the damage")
        self._about = Notice(theme, "information-outline", "blue")
        self._message = MessagePage(theme)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    # --- setters --------------------------------------------------------------------------------------------

    def show_session(self, snapshot: SessionSnapshot) -> None:
        """Another session, or another state of it; its bytes are asked for when somebody looks."""
        if self._session is None or self._session.directory != snapshot.directory:
            self.forget()
        self._session = snapshot
        self._ask()

    def forget(self) -> None:
        """No session is known: the bytes are let go."""
        self._session = self._asked = self._damage = None
        self.finder.drop()
        self.view.set_text(None)
        self._say("", "")

    def show_raw(self, read: RawRead) -> None:
        """Show the bytes of a session."""
        if self._session is None or read.errand.directory != self._session.directory:
            return
        self.finder.drop()
        if read.text is None:
            self._say("Nothing to show", self._away or read.problem)
            return
        news = self._damage is None
        self._damage = Flaw(read.damage.offset, read.damage.sentence) if read.damage else None
        self.view.set_text(read.text, self._damage)
        self.broken.say(self._damage.sentence if self._damage else "")
        self._about.say(shown_text(read.text))
        self._pages.setCurrentIndex(0)
        if self._damage is not None and news:
            self.go_to_damage()

    def show_away(self, sentence: str) -> None:
        """Its folder cannot be reached now, and that is why ("": it can)."""
        self._away = sentence

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        self.finder.set_compact(compact)
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

    def _say(self, title: str, text: str) -> None:
        self._message.say(title, text)
        self._pages.setCurrentWidget(self._message)

    def _connect(self) -> None:
        self.copy.clicked.connect(self.copy_wanted)
        self.view.refused.connect(self.refused)
        self.broken.pressed.connect(self.go_to_damage)

    def _lay_out(self) -> None:
        px, page = self._theme.px, QWidget()
        top = QHBoxLayout()
        top.setContentsMargins(px(12), px(10), px(12), px(10))
        top.setSpacing(px(8))
        top.addWidget(self.finder, 1)
        top.addWidget(self.copy)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for notice in (self.broken, self._about):
            column.addWidget(notice)
        nest(column, top)
        column.addWidget(self.view, 1)
        column.addWidget(WholeRow(self._theme, self.view))
        fill(self, self._pages, page, self._message)
        self.set_compact(False)


def _show_words(button: Button, words: str, *, shown: bool) -> None:
    """The words of a button, on it or only for those who ask."""
    button.set_words(words if shown else "")
    button.setAccessibleName(words)
    button.setToolTip("" if shown else words)

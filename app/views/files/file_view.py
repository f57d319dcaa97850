"""The right side of the Files tab: one file as it is, followed for as long as it is shown.

One idea: what is told of a file goes to where it belongs: more of it is added below, something else takes its
place, and a file that vanished leaves what was read of it, with a word above. Whoever is at the end of a log
stays there; whoever reads further up is left in peace, and told how much came. Not for choosing a file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.file_errands import FileEntry, FileSeen, is_log
from app.values.fit_text import escaped
from app.values.raw_text import RawText
from app.views.parts.find_bar import FindBar
from app.views.parts.message_page import MessagePage, Notice, Offer, fill
from app.views.parts.nesting import nest
from app.views.parts.raw_view import RawView
from app.views.parts.taking_long import TakingLong
from app.views.parts.whole_row import WholeRow
from app.views.parts.widgets import Button, ElidedLabel, Pill
from app.views.style.looks import MARK_LOOKS
from app.views.style.theme import Theme
from app.words.file_texts import happened_text, new_lines_text, not_shown, shown_text, size_text
from app.words.moments import clock

_SHOW = "show"
_NARROW = 380
"""Pixels of the grid below which a mark beside the name of a file is told in few words."""
_LIVE = ("live", "live", "live", "New lines appear by themselves")
_ELSEWHERE = (
    "resumed_as",
    "logs in the new session",
    "new session",
    "This session is resumed from. The run writes its log in the session that it made: Resumed as, above.",
)


class FileView(QWidget):
    """`refused` carries a sentence, `show_wanted` and `copy_wanted` nothing."""

    refused = Signal(object)
    show_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("filePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._now = now
        self._name = ""
        self._live, self._goes_on = False, _LIVE
        self._read_at = ""
        self._left_at = 0
        self._awaited = True
        self._title = ElidedLabel(theme, "strong")
        self._size = ElidedLabel(theme, "small", "muted")
        self._pill = Pill(theme)
        self.copy_path = Button(theme, "", "content-copy", kind="flat")
        self.show_it = Button(theme, "", "folder-open-outline", kind="flat")
        self.view = RawView(theme)
        self.view.setObjectName("fileView")
        self.finder = FindBar(theme, self.view, "fileFind")
        self._trouble = Notice(theme, "alert", "amber")
        self._about = Notice(theme, "information-outline", "blue")
        self.below = Notice(theme, "arrow-down", "blue", button="Go to the end")
        self._message = MessagePage(theme)
        self._pages = QStackedWidget()
        self._long = TakingLong(self)
        self._lay_out()
        self._connect()
        self.say("", "")

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The file that is shown, or waited for; empty for none."""
        return self._name

    def await_file(self, entry: FileEntry) -> None:
        """Another file was chosen; it will be told."""
        self._forget(entry.name)
        self._title.set_whole(escaped(entry.last))
        self._size.set_whole("")
        self.view.setAccessibleName(f"{escaped(entry.last)} as it is")
        self._pages.setCurrentIndex(0)
        self._long.start()

    def show_entry(self, entry: FileEntry) -> None:
        """Something was chosen that is no file."""
        self._forget("")
        self.say(*not_shown(entry))
        self._message.offer((Offer(_SHOW, "folder-open-outline", "Show in file manager", ""),))

    def say(self, title: str, text: str) -> None:
        """Say something in the place of a file."""
        self._message.offer(())
        self._message.say(title, text)
        self._pages.setCurrentWidget(self._message)

    def forget(self) -> None:
        """No file is chosen: its bytes are let go."""
        self._forget("")
        self.say("", "")

    def set_live(self, live: bool, *, elsewhere: bool = False) -> None:
        """Whether somebody works in the session now; `elsewhere`: on a session that was resumed from it."""
        self._live, self._goes_on = live, _ELSEWHERE if elsewhere else _LIVE
        self._pill.setToolTip(self._goes_on[-1])
        self._show_live()

    def show_file(self, told: FileSeen) -> None:
        """Show what was told of the file that was chosen."""
        if told.errand.name != self._name:
            return
        self._long.stop()
        if told.problem:
            self._tell_problem(told.problem)
            return
        self._trouble.say("")
        if told.seen is not None:
            self._show_text(told, told.seen.text)
            self._read_at = clock(self._now(), seconds=True)
        self._show_live()

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        self.finder.set_compact(compact)
        self._size.setVisible(not compact)

    # --- within ---------------------------------------------------------------------------------------------

    def _show_text(self, told: FileSeen, text: RawText) -> None:
        new, self._awaited = self._awaited, False
        if not new and (told.news == "grown" or _goes_on(self.view.text, text)):
            self.view.grow(text)
        else:
            self._replace(text, new=new)
        self._pages.setCurrentIndex(0)
        self._size.set_whole(size_text(text.size))
        happened = happened_text(told.note)
        self._about.say(" ".join(filter(None, (happened, shown_text(text)))))
        self._count_below()

    def _replace(self, text: RawText, *, new: bool) -> None:
        """Other bytes: of a log the end is shown, of another file the place where one was."""
        at_end = new or self.view.is_at_end
        self.finder.drop()
        self.view.set_text(text)
        if is_log(self._name) and at_end:
            self._pages.setCurrentIndex(0)
            self.view.go_to_end()

    def _tell_problem(self, problem: str) -> None:
        if not self._awaited:
            self._trouble.say(f"{problem} What is shown was read at {self._read_at}.")
        else:
            self.say("Nothing to show", problem)
        self._show_live()

    def _forget(self, name: str) -> None:
        self._name, self._read_at, self._awaited = name, "", True
        self._long.stop()
        self.finder.drop()
        self.view.follow(is_log(name))
        self.view.wrap(is_log(name))
        self.view.set_text(None)
        for notice in (self._trouble, self._about, self.below):
            notice.say("")
        self._show_live()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room the name of the file is told whole, and fewer words beside it."""
        super().resizeEvent(event)
        self._show_live()

    def _show_live(self) -> None:
        look, words, short, _ = self._goes_on
        narrow = self.width() < self._theme.px(_NARROW)
        self._pill.show_status(MARK_LOOKS[look], short if narrow else words)
        followed = self._live and is_log(self._name) and self._trouble.isHidden()
        self._pill.setVisible(followed)

    def _count_below(self) -> None:
        """Say how many lines came below, of a log that one reads further up."""
        lines = self.view.text.lines
        if self.view.is_at_end or not is_log(self._name):
            self._left_at = lines
        self.below.say(new_lines_text(lines - self._left_at) if lines > self._left_at else "")

    def _connect(self) -> None:
        self.view.refused.connect(self.refused)
        self._long.timeout.connect(lambda: self.say("Reading the file …", ""))
        self.view.verticalScrollBar().valueChanged.connect(lambda _: self._count_below())
        self.below.pressed.connect(self.view.go_to_end)
        self.copy_path.clicked.connect(self.copy_wanted)
        self.show_it.clicked.connect(self.show_wanted)
        self._message.chosen.connect(lambda _: self.show_wanted.emit())

    def _lay_out(self) -> None:
        px, page = self._theme.px, QWidget()
        self.set_live(False)
        for button, words in ((self.copy_path, "Copy path"), (self.show_it, "Show in file manager")):
            button.setAccessibleName(words)
            button.setToolTip(words)
        first = QHBoxLayout()
        first.setSpacing(px(8))
        for shown in (self._title, self._size, self._pill):
            first.addWidget(shown)
        first.addStretch(1)
        first.addWidget(self.copy_path)
        first.addWidget(self.show_it)
        head = QVBoxLayout()
        head.setContentsMargins(px(12), px(6), px(12), px(10))
        head.setSpacing(px(6))
        nest(head, first)
        head.addWidget(self.finder)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        nest(column, head)
        for notice in (self._trouble, self._about):
            column.addWidget(notice)
        column.addWidget(self.view, 1)
        column.addWidget(WholeRow(self._theme, self.view))
        column.addWidget(self.below)
        fill(self, self._pages, page, self._message)


def _goes_on(before: RawText, text: RawText) -> bool:
    """Whether a text is another one with more behind it, or the same; so it is when one comes back to it."""
    return before.skipped == text.skipped and text.data.startswith(before.data)

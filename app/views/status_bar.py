"""The status bar: the last message at the left; at the right what is watched, and what is not saved yet.

One idea: it can always be seen whether the list is true: how many folders are watched, and when they were
last looked at. Of the message and a notice that waits for its place, what was told last is read. Not for what
needs an answer: that is a banner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStatusBar, QWidget

from app.values.fit_text import escaped
from app.views.parts.announcing import announce
from app.views.parts.widgets import Button, ElidedLabel, Glyph, Label
from app.views.style.looks import BANNER_ICONS
from app.views.style.painting import text_width
from app.views.style.theme import Theme
from app.watch_exchange import WatchedFolder, WatchStatus
from app.words.edit_texts import unsaved_edits
from app.words.people_texts import operator_text
from app.words.plain import tip

if TYPE_CHECKING:
    from app.exchange import Banner

_SEPARATOR = "  ·  "
_GAPS, _LEAST = 60, 80
"""Of the width, what the gaps and a little of the message take, in pixels of the grid."""


class StatusBar(QStatusBar):
    """Message, watch status, unsaved edits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._status = WatchStatus()
        self._sessions = 0
        self._notice: Banner | None = None
        self._answered = False  # by a message, after the notice
        self.message = ElidedLabel(theme, "small", "muted", Qt.TextElideMode.ElideRight)
        self.message.setAccessibleName("Message")
        self._bell = Glyph(theme, "", "amber", 14)
        self.waiting = ElidedLabel(theme, "small", "", Qt.TextElideMode.ElideRight)
        self.waiting.setAccessibleName("Notice")
        self._dot = Glyph(theme, "circle", "muted", 10)
        self.watch = Label(theme, "", "small", "muted")
        self.watch.setObjectName("watchStatus")
        self.trouble = ElidedLabel(theme, "small", "amber", Qt.TextElideMode.ElideRight)
        self.trouble.setObjectName("watchTrouble")
        self._operator = Label(theme, "", "small", "muted")
        self._operator.setObjectName("operator")
        self._before_trouble, self._between = (Label(theme, "·", "small", "muted") for _ in range(2))
        self._pencil = Glyph(theme, "pencil", "amber", 14)
        self.unsaved = Button(theme, "", kind="inline")
        self.unsaved.setFont(theme.font("small"))
        self.unsaved.setToolTip(tip("Go to unsaved edits"))
        self._lay_out()
        self._show()
        self.show_unsaved(0)
        self.show_operator("")
        self.show_waiting(None)

    def show_message(self, text: str) -> None:
        """Show a message; it stays until the next one, or until something else begins."""
        self.message.set_whole(escaped(text))
        self._answered = bool(text)
        self._share()
        announce(self.message, escaped(text))

    def forget_message(self) -> None:
        """Something else begins: what was told is about another session, or another action."""
        self.message.set_whole("")
        self._answered = False
        self._share()

    def end_message(self, text: str) -> None:
        """This is so no longer: it does not stay, where it is what was told last."""
        if text and self.message.accessibleName() == escaped(text):
            self.forget_message()

    def show_waiting(self, banner: Banner | None) -> None:
        """Show, in the place of the message, a notice that has not come yet; None: none waits. A message that
        comes later is read there until something else begins; the sign of the notice stays.
        """
        if banner is not None:
            self._bell.set_icon(BANNER_ICONS[banner.hue], banner.hue)
            self._bell.setToolTip(tip(banner.text))
            self.waiting.set_tone(banner.hue)
            self.waiting.set_whole(escaped(banner.text))
        self._answered = self._answered and banner == self._notice
        self._notice = banner
        self._share()

    def show_watch_status(self, status: WatchStatus, sessions: int) -> None:
        """Show what is watched and how many sessions are listed."""
        self._status, self._sessions = status, sessions
        self._show()

    def show_operator(self, name: str, account: str = "") -> None:
        """Show in whose name changes are made; nothing where that is the account's. The account's own is told
        beside it.
        """
        self._operator.setText(f"working as {escaped(name)}  ·" if name else "")
        self._operator.setToolTip(tip(operator_text(name, account)) if name else "")
        self._operator.setVisible(bool(name))

    def show_unsaved(self, count: int) -> None:
        """Show how many edits are not saved, in all sessions."""
        self.unsaved.set_words(unsaved_edits(count))
        self.unsaved.setAccessibleName(f"Go to unsaved edits: {count:,}")
        self._come_last()
        for widget in (self._between, self._pencil, self.unsaved):
            widget.setVisible(bool(count))
        self._show()

    def _come_last(self) -> None:
        """Tab comes to the number last, also after what was made since the window was."""
        last = self.window().previousInFocusChain()
        while last is not None and last.focusPolicy() == Qt.FocusPolicy.NoFocus:
            last = last.previousInFocusChain()
        if last is not None and last is not self.unsaved:
            QWidget.setTabOrder(last, self.unsaved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell as much as there is room for."""
        super().resizeEvent(event)
        self._show()

    def _share(self) -> None:
        """Message and notice have one place."""
        self._bell.setVisible(self._notice is not None)
        self.waiting.setVisible(self._notice is not None and not self._answered)
        self.message.setVisible(self._notice is None or self._answered)
        self._show_told()

    def _told(self) -> str:
        """Beside a long message in fewer words, so that what happened can be read; in large text there may be
        no room for when folders were last looked at. The tool tip has all of it.
        """
        font, px = self._theme.font("small"), self._theme.px
        others = [self._operator, self._bell, self._dot, self._between, self._pencil, self.unsaved]
        taken = sum(one.sizeHint().width() for one in others if not one.isHidden())
        room = self.width() - taken - px(_GAPS)
        message = self.message if self.waiting.isHidden() else self.waiting
        texts = watch_texts(self._status, self._sessions)
        wanted = max(message.sizeHint().width(), px(_LEAST))
        fitting = [one for one in texts if text_width(one, font) <= room - px(_LEAST)]
        whole = (one for one in fitting if text_width(one, font) <= room - wanted)
        return next(
            iter((*whole, *fitting[-1:])), watch_text(self._status._replace(checked_at=""), self._sessions)
        )

    def _show_told(self) -> None:
        self.watch.setText(self._told())

    def _show(self) -> None:
        text = watch_text(self._status, self._sessions)
        self._show_told()
        self.watch.setAccessibleName(text)
        self.trouble.set_whole(escaped(self._status.problem))
        self.trouble.setMaximumWidth(self.trouble.sizeHint().width())
        for widget in (self._before_trouble, self.trouble):
            widget.setVisible(bool(self._status.problem))
        folders = "\n".join(_folder_text(folder) for folder in self._status.folders)
        self.watch.setToolTip(tip(folders or "No folder is watched"))
        away = any(not folder.available for folder in self._status.folders)
        hue = "muted" if not self._status.folders else "amber" if away or self._status.problem else "green"
        self._dot.set_icon("circle", hue)

    def _lay_out(self) -> None:
        px = self._theme.px
        self.setSizeGripEnabled(False)
        self.setFixedHeight(px(28))
        self.setMinimumWidth(1)  # never wider than the window, whatever it says
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(px(12), 0, px(12), 0)
        line.setSpacing(px(6))
        for told in (self._bell, self.waiting, self.message):
            line.addWidget(told, 0, Qt.AlignmentFlag.AlignVCenter)
        air = QWidget()
        air.setFixedWidth(px(12))  # however long the message and what is wrong are
        line.addWidget(air)
        line.addStretch()
        watched = (self._operator, self._dot, self.watch, self._before_trouble, self.trouble)
        for widget in (*watched, self._between, self._pencil, self.unsaved):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        # What is wrong takes the room that all the others leave.
        self.trouble.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.setStretchFactor(self.trouble, 1)
        self.addWidget(whole, 1)


def watch_texts(status: WatchStatus, sessions: int) -> list[str]:
    """The watch status in ever fewer words: when folders were last looked at says the most."""
    whole = watch_text(status, sessions)
    if not status.checked_at:
        return [whole]
    away = sum(not folder.available for folder in status.folders)
    ends = [f"{away} unavailable"] * bool(away) + [f"checked {status.checked_at}"]
    ends += [escaped(status.busy)] if status.busy else []
    return [whole, _SEPARATOR.join((_sessions_text(sessions), *ends)), _SEPARATOR.join(ends)]


def watch_text(status: WatchStatus, sessions: int) -> str:
    """The watch status in words, but for what is wrong."""
    if not status.folders:
        return "not watching any folder"
    count = len(status.folders)
    away = sum(not folder.available for folder in status.folders)
    parts = [f"watching {count} folder{'s' * (count != 1)}"]
    if away:
        parts.append(f"{away} unavailable")
    parts.append(_sessions_text(sessions))
    if status.checked_at:
        parts.append(f"last checked {status.checked_at}")
    parts += [escaped(status.busy)] if status.busy else []
    return _SEPARATOR.join(parts)


def _sessions_text(sessions: int) -> str:
    return f"{sessions:,} session{'s' * (sessions != 1)}"


def _folder_text(folder: WatchedFolder) -> str:
    """One line of the tool tip: the last look, which is the truth, and what tells of changes in between."""
    note = folder.note.removeprefix(f"{folder.path}: ")  # it begins with what stands before it here
    if not folder.available:
        return note or f"{folder.path}: cannot be reached now"
    state = f"last checked {folder.checked_at}" if folder.checked_at else "not checked yet"
    if folder.how:
        state += f", watched {folder.how}"
    return f"{folder.path}: {state}" + (f". {note[:1].upper()}{note[1:]}" if note else "")

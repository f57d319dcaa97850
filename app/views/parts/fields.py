"""Fields that people type into or choose from: search fields and combo boxes.

One idea: what Qt draws is kept, and a sign is painted over it (magnifier, shortcut, chevron), so that
they look right in both palettes without image files. Not for the field of the subject and the editor of
values, which judge what is typed, nor for names (`name_box`).
"""

import sys

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.views.parts.widgets import Label
from app.views.style.painting import draw_icon
from app.views.style.theme import Theme

_BEFORE, _CLEAR, _LEAST, _AROUND = 27, 31, 56, 9
"""Of a search field, in pixels: the magnifier, the sign that empties it, the least room to type in, and the
room beside its shortcut.
"""
_QT_MARGIN = 2
"""What Qt leaves at each side of what is typed."""
_TAKING_BACK = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_REST_MS = 900
"""Without a key: nobody types any more."""


class TextField(QLineEdit):
    """A line edit whose own keys stay its own: Ctrl+Del deletes a word in it, and clears no saved state. A
    letter that Alt is held with is meant for a menu, and is not typed where none has it; Qt would.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On a Mac Alt makes other letters, elsewhere AltGr does, which is Alt with Ctrl on Windows."""
        for_menu = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.AltModifier
        if for_menu and event.text().isprintable() and event.text() and sys.platform != "darwin":
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that delete words; Qt claims only some of the others by itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            words = (QKeySequence.StandardKey.DeleteEndOfWord, QKeySequence.StandardKey.DeleteStartOfWord)
            if any(event.matches(key) for key in words):
                event.accept()
                return True
        return super().event(event)


class SearchField(TextField):
    """A field that filters: a magnifier, and its shortcut in words while it is empty; it says what it found.

    Esc empties it, and `given_up` is emitted; `left_downwards` is emitted when Enter or Down is pressed, to
    go on in what was found; `note_changed` when another width may be `needed`. Undo and Redo are its own
    while it has typing of its own to take back or to do again; a filter that was given up is not. So is
    Ctrl+Del while anything stands in it.
    """

    left_downwards = Signal()
    given_up = Signal()
    note_changed = Signal()

    def __init__(self, theme: Theme, placeholder: str, shortcut: str) -> None:
        super().__init__()
        self._theme = theme
        self._hint = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.hint_shown = True
        self.note = self._short = self._wrong = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setToolTip(f"{placeholder} ({self._hint})" if self._hint else placeholder)
        self.setFixedHeight(theme.px(32))
        self._clear = self._make_clear()
        self._make_room()
        self.textChanged.connect(self._offer_clear)
        self._restyle()
        theme.changed.connect(self._restyle)

    def clear(self) -> None:
        """Give the filter up, with what was typed for it."""
        self.setText("")

    def set_note(self, note: str, short: str = "") -> None:
        """Say what was found, at the right end of the field; what is typed has the room before it. Where that
        is too little for it, `short` is said.
        """
        self.note, self._short = note, short or note
        self._describe()
        self._make_room()
        self.update()
        self.note_changed.emit()

    def needed(self) -> int:
        """The width in which what is typed, and what is said of it, can be read; pixels."""
        if not self.text():
            return self.minimumWidth()
        return max(self.minimumWidth(), self._wide(self.note) + self._theme.px(_BEFORE + _CLEAR + _LEAST))

    def set_hint(self, hint: str) -> None:
        """Say, to whoever hears the window, what is wrong with the text; it is shown elsewhere."""
        self._wrong = hint
        self._describe()

    def event(self, event: QEvent) -> bool:
        """Leave Undo and Redo to the window where there is nothing to take back here, and Ctrl+Del where
        there is nothing to delete; a key that is held has just deleted.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = self.isUndoAvailable() or self.isRedoAvailable()
            deletes = event.matches(QKeySequence.StandardKey.DeleteEndOfWord)
            leaves = deletes and not self.text() and not event.isAutoRepeat()
            if leaves or (not own and any(event.matches(key) for key in _TAKING_BACK)):
                event.ignore()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for the note now, or none any more."""
        super().resizeEvent(event)
        self._make_room()
        side = self.height() - self._theme.px(8)
        self._clear.setGeometry(self.width() - side - self._theme.px(4), self._theme.px(4), side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field; Enter and Down leave it."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the magnifier, the shortcut or the note."""
        super().paintEvent(event)
        painter = QPainter(self)
        px, colors = self._theme.px, self._theme.colors
        square = QRect(px(7), (self.height() - px(16)) // 2, px(16), px(16))
        draw_icon(painter, self._theme, square, "magnify", "muted", 16)
        painter.setFont(self._theme.font("small"))
        painter.setPen(colors["muted"])
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if self._room_for_note():
            painter.drawText(self.rect().adjusted(0, 0, -px(_CLEAR), 0), right, self._note_that_fits())
        elif not self.text() and self.hint_shown and self._has_room_for_hint():
            painter.drawText(self.rect().adjusted(0, 0, -px(_AROUND), 0), right, self._hint)

    def _room_for_note(self) -> int:
        """How wide the note is, or 0 where it would leave too little to type in."""
        width = self._wide(self._note_that_fits())
        taken = self._theme.px(_BEFORE + _CLEAR + _LEAST)
        return width if self.note and self.text() and width + taken <= self.width() else 0

    def _note_that_fits(self) -> str:
        """The whole of it where what is typed stands whole beside it: of that no letter is cut for a word."""
        if not self.note or not self.text():  # nothing is measured for a first picture
            return self.note
        from PySide6.QtWidgets import QStyle, QStyleOptionFrame

        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).width()
        taken = self._theme.px(_BEFORE + _CLEAR) + 2 * _QT_MARGIN + self._wide(self.note)
        return (
            self.note if taken + self.fontMetrics().horizontalAdvance(self.text()) < inside else self._short
        )

    def _wide(self, note: str) -> int:
        return QFontMetrics(self._theme.font("small")).horizontalAdvance(note)

    def _has_room_for_hint(self) -> bool:
        """Beside the words that stand in the empty field."""
        hint = self._wide(self._hint)
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return hint + words + self._theme.px(_BEFORE + 2 * _AROUND) <= self.width()

    def _make_room(self) -> None:
        px, note = self._theme.px, self._room_for_note()
        clear = px(_CLEAR - 8) if self.text() else 0
        self.setTextMargins(px(_BEFORE), 0, clear + (note + px(8) if note else px(4)), 0)

    def _describe(self) -> None:
        self.setAccessibleDescription(" ".join(filter(None, (self._wrong, self.note))))

    def _restyle(self) -> None:
        self._clear.setIcon(self._theme.icon("close", "muted"))
        self.update()

    def _make_clear(self) -> QToolButton:
        """Qt's own sign has one size for all sizes of text."""
        clear = QToolButton(self)
        clear.setAutoRaise(True)
        clear.setIconSize(QSize(self._theme.px(16), self._theme.px(16)))
        clear.setAccessibleName("Empty the filter")
        clear.setToolTip("Empty the filter (Esc)")
        clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys it is Esc
        clear.setCursor(Qt.CursorShape.ArrowCursor)
        clear.clicked.connect(self.clear)
        clear.hide()
        return clear

    def _offer_clear(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._make_room()


class FieldHint(QWidget):
    """What is wrong with the text of a field, in a strip that covers nothing. Once it is there it stays until
    the field is empty, or nobody has typed for a while, so that what is below it moves once while somebody
    types, and not with every key, and nothing is left empty above what was found.
    """

    def __init__(self, theme: Theme, field: SearchField) -> None:
        super().__init__()
        self.setObjectName("fieldHintStrip")
        px = theme.px
        self._field = field
        self._words = Label(theme, "", "small", "amber", wrap=True)
        self._words.setObjectName("fieldHint")
        self._words.setMargin(px(6))
        policy = self._words.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._words.setSizePolicy(policy)
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(_REST_MS)
        self.rest.timeout.connect(self._close_up)
        field.textChanged.connect(self._wait)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), 0, px(12), px(8))
        column.addWidget(self._words)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self._words.setText(sentence)
        self._words.setVisible(bool(sentence))
        self._field.set_hint(sentence)
        types_on = self.rest.isActive() and not self.isHidden() and bool(self._field.text())
        self.setVisible(bool(sentence) or types_on)

    def _wait(self) -> None:
        """What is said is said anew whenever a session is saved: only a key counts."""
        self.rest.start()

    def _close_up(self) -> None:
        """Nobody types any more."""
        self.setVisible(not self._words.isHidden())


class ComboBox(QComboBox):
    """A choice among a few; draws its own chevron, since a stylesheet could do it only from a file."""

    def __init__(self, theme: Theme, name: str, height: int = 32) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setFixedHeight(theme.px(height))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls what is around; it chooses nothing that nobody meant."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then the chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        px = self._theme.px
        square = QRect(self.width() - px(23), (self.height() - px(16)) // 2, px(16), px(16))
        color = "muted" if self.isEnabled() else "disabled"
        draw_icon(painter, self._theme, square, "chevron-down", color, 16)


def is_typing(event: QKeyEvent) -> bool:
    """Whether a key writes something. With Alt alone, or Ctrl alone, it asks for something; AltGr is both."""
    keys, asks = event.modifiers(), Qt.KeyboardModifier
    alone = bool(keys & asks.AltModifier) != bool(keys & asks.ControlModifier)
    return event.text().isprintable() and bool(event.text()) and not alone

"""The text box in which a value is typed, on one line or many.

One idea: what is put into the box and not touched is read from it to the character: it is read block by
block, because Qt's own reading turns spaces that do not break and other characters into plain ones. What it
would change by itself never gets in (`app.values.box_text` writes that as escapes). Enter confirms what is
on one line, Shift+Enter breaks it where there is room for more, and Enter goes on in what has several;
Ctrl+Enter confirms always. Not for what the text means.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from app.views.parts.widgets import polish
from app.views.style.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONG = 20_000
_UNBROKEN = re.compile(r"\S{3000}")
"""Wrapping what has no place to be wrapped at takes the square of its length."""


class ValueBox(QPlainTextEdit):
    """Plain text in the font of values. `edited` tells of every keystroke, `confirmed` of Enter."""

    edited = Signal()
    confirmed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._many = True
        self.setObjectName("valueText")
        self.setAccessibleName("Value")
        self.setFont(theme.font("mono"))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self.edited)

    def set_many_lines(self, many: bool, lines: int) -> None:
        """Show room for so many lines, or for one."""
        self._many = many
        text = self.fontMetrics().lineSpacing() * (lines if many else 1)
        around = 2 * (round(self.document().documentMargin()) + self.frameWidth()) + self._theme.px(4)
        self.setFixedHeight(max(text + around, self._theme.px(34)))
        self.setProperty("lines", "many" if many else "one")
        polish(self)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if many else policy.ScrollBarAlwaysOff)

    def put(self, text: str) -> None:
        """Show a text, all of it selected unless it has several lines; not told as `edited`."""
        self.blockSignals(True)
        wrap = self.LineWrapMode
        self.setLineWrapMode(wrap.NoWrap if _UNBROKEN.search(text) else wrap.WidgetWidth)
        self.setPlainText(text)
        self.blockSignals(False)
        if "\n" not in text:
            self.selectAll()

    @property
    def ending(self) -> str:
        """Which keys confirm, and which break the line, in words."""
        if self._has_lines:
            return "Ctrl+Enter confirms"
        return "Enter confirms, Shift+Enter breaks the line" if self._many else "Enter confirms"

    @property
    def is_long(self) -> bool:
        """Whether reading and judging the text at each keystroke would be felt."""
        return self.document().characterCount() > _LONG

    def text(self) -> str:
        """The text to the character."""
        block, lines = self.document().firstBlock(), []
        while block.isValid():
            lines.append(block.text())
            block = block.next()
        return "\n".join(lines)

    def show_verdict(self, *, wrong: bool) -> None:
        """Show whether the text means a value."""
        verdict = "wrong" if wrong else "right"
        if self.property("verdict") != verdict:
            self.setProperty("verdict", verdict)
            polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends a single line, and Shift+Enter breaks it; with Ctrl it ends every text."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        elif self._has_lines or (self._many and event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self.textCursor().insertBlock()  # Qt's own Shift+Enter puts a character of its own there
            self.ensureCursorVisible()
        else:
            self.confirmed.emit()

    @property
    def _has_lines(self) -> bool:
        return self._many and self.document().blockCount() > 1

    def event(self, event: QEvent) -> bool:
        """Claim the keys that delete words, and Ctrl+Enter, before the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.key() in _ENTER or event.matches(keys.DeleteEndOfWord):
                event.accept()
                return True
        return super().event(event)

"""The field in which a yes/no is edited in place: both are seen, one is chosen.

One idea: a choice of two is made by one key or one click, and nothing else can be typed; it becomes an edit
as any text does, when it is confirmed. Opening the field chooses nothing. Not for a yes/no that is new or of
another type yet (`value_form`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionFrame, QWidget

from app.values.edit_text import parse
from app.views.state.value_editor import ValueEditor
from app.views.style.painting import draw_icon, draw_text, text_width
from app.views.style.theme import Theme
from app.words.plain import tip
from persistence.values.json_text import JSON

_WORDS: Mapping[bool, tuple[str, ...]] = {
    True: ("yes", "true", "on", "1"),
    False: ("no", "false", "off", "0"),
}
"""What people type for each; the first is what is shown."""
_KEYS: Mapping[int, bool] = {
    Qt.Key.Key_Left: True,
    Qt.Key.Key_Up: True,
    Qt.Key.Key_Right: False,
    Qt.Key.Key_Down: False,
}
_DELETING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
"""There is no text of which something could be taken."""
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_HOW = "Space, the arrows, Y and N choose; Enter keeps it."


class YesNoEditor(ValueEditor):
    """For one yes/no: both words with a sign before them, in the place of the text."""

    def __init__(
        self, theme: Theme, like: JSON, parent: QWidget, hint: Callable[[JSON], str] = lambda _: ""
    ) -> None:
        self._typed = ""
        super().__init__(theme, like, parent, hint)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription(_HOW)
        self.setToolTip(tip(_HOW))

    @property
    def chosen(self) -> bool | None:
        """Which one is chosen; None where something was pasted that is neither."""
        parsed = parse(self.text(), self._like)
        return parsed.value if not parsed.problem and isinstance(parsed.value, bool) else None

    @property
    def wanted_width(self) -> int:
        """Pixels in which both can be seen, and the type."""
        return self.area_of(False).right() + self.beside + self._theme.px(8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by key; Enter, Tab and Esc are for whoever opened the field, Ctrl and Alt for commands."""
        key, text = event.key(), event.text()
        if event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
        elif key in _KEYS or key == Qt.Key.Key_Space:
            self._typed = ""
            self.choose(_KEYS.get(key, self.chosen is False))
        elif text.isprintable() and text:
            self._take_letter(text.casefold())
        elif key not in _DELETING:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose by a click."""
        for answer in _WORDS:
            if self.area_of(answer).contains(event.position().toPoint()):
                self.choose(answer)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As two clicks: there is no word to be marked."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing is marked by it."""

    def choose(self, answer: bool) -> None:
        """Somebody has chosen; what is chosen already is no edit."""
        if self.chosen is not answer:
            self.type_again(_WORDS[answer][0])
            self.selectAll()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, both words and the type."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        for answer in _WORDS:
            self._paint(painter, answer)
        self.paint_kind(painter)

    def _paint(self, painter: QPainter, answer: bool) -> None:
        px, theme, area = self._theme.px, self._theme, self.area_of(answer)
        chosen = self.chosen is answer
        square = QRect(area.x(), area.y(), px(16), area.height())
        icon = "radiobox-marked" if chosen else "radiobox-blank"
        draw_icon(painter, theme, square, icon, "link" if chosen else "muted")
        font = theme.font("mono_strong" if chosen else "mono")
        color = theme.colors["text" if chosen else "muted"]
        draw_text(painter, area.adjusted(px(20), 0, 0, 0), _WORDS[answer][0], font, color)

    def area_of(self, answer: bool) -> QRect:
        """Where one of them stands, its sign included."""
        px, font = self._theme.px, self._theme.font("mono_strong")
        widths = {one: px(20) + text_width(words[0], font) + px(2) for one, words in _WORDS.items()}
        left = px(8) if answer else px(8) + widths[True] + px(14)
        return QRect(left, 0, widths[answer], self.height())

    def _take_letter(self, letter: str) -> None:
        """What is typed is one of the words, letter by letter; "o" may become on or off: neither yet."""
        known = [word for words in _WORDS.values() for word in words]
        longer = self._typed + letter
        self._typed = longer if any(word.startswith(longer) for word in known) else letter
        meant = {
            answer for answer, words in _WORDS.items() if any(word.startswith(self._typed) for word in words)
        }
        self.remark("" if meant else _HOW)
        if len(meant) == 1:
            self.choose(meant.pop())

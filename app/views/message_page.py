"""Sentences in the place of what cannot be shown, and above what can: pages and notices.

One idea: whoever cannot show something says why, right where it would stand. Not for banners, which stay
above everything until somebody has dealt with them.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.edit_text import escaped
from app.views.looks import Look
from app.views.theme import Theme
from app.views.widgets import Button, Glyph, Label


class Notice(QFrame):
    """One sentence above what it is about, perhaps with a button (`pressed`); hidden while there is none."""

    pressed = Signal()

    def __init__(
        self, theme: Theme, icon: str = "lock-outline", hue: str = "blue", *, button: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setProperty("hue", hue)
        self._text = Label(theme, "", "small", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        line.setSpacing(theme.px(8))
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        line.addWidget(Glyph(theme, icon, hue), 0, middle if button else top)
        line.addWidget(self._text, 1)
        if button:
            pressed = Button(theme, button)
            pressed.clicked.connect(self.pressed)
            line.addWidget(pressed)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides the notice."""
        self._text.setText(escaped(text))
        self.setVisible(bool(text))


class MessagePage(QWidget):
    """A title and a sentence in the middle of an otherwise empty page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("messagePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme.px
        self._glyph = Glyph(theme, "information-outline", "muted", 32)
        self._glyph.hide()
        self._title = Label(theme, "", "section")
        self._text = Label(theme, "", tone="muted", wrap=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(48), px(64), px(48), px(24))
        whole.setSpacing(px(8))
        whole.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(self._title)
        whole.addWidget(self._text)
        whole.addStretch(1)

    def say(self, title: str, text: str, look: Look | None = None) -> None:
        """Show a title and a sentence, below a glyph if there is one."""
        self._glyph.setVisible(look is not None)
        if look is not None:
            self._glyph.set_icon(look.icon, look.hue)
        self._title.setText(title)
        self._text.setText(escaped(text))

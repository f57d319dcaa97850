"""One sentence with a glyph before it, in the hue of its meaning: in sheets, beside what it is about.

One idea: what must be known before a button is pressed stands where the eye is, and is nothing when there is
nothing to say. Not for what stays above the list: those are banners.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.values.fit_text import escaped
from app.views.parts.widgets import Glyph, Label
from app.views.style.theme import Theme


class Remark(QWidget):
    """Hidden until it has something to say, which is when it has its place. `tone`: "muted" or a hue."""

    def __init__(self, theme: Theme, icon: str, tone: str = "muted") -> None:
        super().__init__()
        self._glyph = Glyph(theme, icon, tone)
        self._text = Label(theme, "", tone="muted" if tone == "muted" else "", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides the remark."""
        self._text.setText(escaped(text))
        self.setVisible(bool(text))

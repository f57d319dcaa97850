"""In the place of sessions, where none is shown: why, and the way back to all of them.

One idea: what empties the list is taken back where the eye is. Not for finding out why (the model and the
pane know).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme


class NothingShown(QWidget):
    """A sentence and, where something can be taken back, a button; `all_wanted` when that was pressed."""

    all_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = Label(theme, "", tone="muted", wrap=True)
        self.button = Button(theme, "")
        self.button.setObjectName("showAllSessions")
        self.button.clicked.connect(self.all_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self._text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.say("", "")

    @property
    def text(self) -> str:
        """What is said; empty where sessions are shown."""
        return self._text.text()

    def say(self, text: str, way_back: str) -> None:
        """Say this, with a button of these words below; without words there is none."""
        self._text.setText(text)
        if way_back:
            self.button.set_words(way_back)
        self.button.setVisible(bool(way_back))
        self.setVisible(bool(text))

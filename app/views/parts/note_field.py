"""The note that goes into History with a version: wherever one is written and the sheet has room.

One idea: the same field with the same words in each sheet, so that whoever knows one knows all. Not for
reading notes.
"""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.views.parts.fields import TextField
from app.views.parts.nesting import nest
from app.views.parts.remark import Remark
from app.views.parts.widgets import Label
from app.views.style.theme import Theme

_LONGEST = 500
"""Characters."""


class NoteField(QWidget):
    """A title and one line to type in; below it what is to be said of a key that was pressed in it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.line = TextField()
        self.line.setObjectName("noteField")
        self.line.setAccessibleName("Note for History")
        self.line.setMaxLength(_LONGEST)
        self.line.setFixedHeight(theme.px(32))
        self._remark = Remark(theme, "information-outline")
        head, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        head.setSpacing(theme.px(8))
        head.addWidget(Label(theme, "Note", "section"))
        head.addWidget(Label(theme, "optional, shown in History", "small", "muted"))
        head.addStretch(1)
        nest(column, head)
        column.addWidget(self.line)
        column.addWidget(self._remark)

    @property
    def text(self) -> str:
        """What is to be noted; empty for nothing."""
        return self.line.text().strip()

    def say(self, sentence: str) -> None:
        """Say something below the line, to be read where one types."""
        self._remark.say(sentence)
        self.line.setAccessibleDescription(sentence)

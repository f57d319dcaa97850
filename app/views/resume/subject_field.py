"""The field for the subject in the Resume sheet: typed or scanned each time, and compared at each
keystroke.

One idea: the wrong animal stops here. The field is never filled by us (what was typed there
comes back with the sheet), says at once whether what stands
in it is the subject of the session, and a half-typed right one is not called wrong. Not for looking
subjects up.
"""

from enum import Enum

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.views.parts.fields import TextField
from app.views.parts.nesting import nest
from app.views.parts.widgets import Glyph, Label, polish
from app.views.style.painting import draw_icon
from app.views.style.theme import Theme


class SubjectStand(Enum):
    """How typed text stands to the subject of the session."""

    WAITING = "waiting"
    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


def stand_of(typed: str, expected: str) -> SubjectStand:
    """Compare what was typed with what the session says; UNKNOWN when the session says nothing."""
    typed, expected = typed.strip(), expected.strip()
    if not typed:
        return SubjectStand.WAITING
    if not expected:
        return SubjectStand.UNKNOWN
    if typed == expected:
        return SubjectStand.RIGHT
    return SubjectStand.WAITING if expected.startswith(typed) else SubjectStand.WRONG


_WORDS = {
    SubjectStand.WAITING: ("", "", ""),
    SubjectStand.RIGHT: ("check-circle", "green", "Matches this session"),
    SubjectStand.WRONG: ("close-circle", "vermilion", "Not the subject of this session"),
    SubjectStand.UNKNOWN: ("alert", "amber", "This session does not say its subject"),
}


class SubjectField(QWidget):
    """A large field with its verdict below. `changed` is emitted at each keystroke."""

    changed = Signal()

    def __init__(self, theme: Theme, expected: str) -> None:
        super().__init__()
        self._expected = expected
        self.field = _Field(theme)
        self._glyph = Glyph(theme, "check-circle", "green")
        self._words = Label(theme, "", "small_strong")
        self._hint = Label(theme, "Typed or scanned each time", "small", "muted")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(8))
        whole.addWidget(self.field)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._glyph)
        line.addWidget(self._words)
        line.addStretch(1)
        line.addWidget(self._hint)
        nest(whole, line)
        self.field.textChanged.connect(self._judge)
        self._judge()

    @property
    def subject(self) -> str:
        """What was typed, without spaces around it."""
        return self.field.text().strip()

    @property
    def stand(self) -> SubjectStand:
        """How what was typed stands to the subject of the session."""
        return stand_of(self.field.text(), self._expected)

    @property
    def accepted(self) -> bool:
        """Whether work may go on with this subject."""
        return self.stand in (SubjectStand.RIGHT, SubjectStand.UNKNOWN)

    def select_all(self) -> None:
        """Make the next scan replace what stands here."""
        self.field.selectAll()

    def _judge(self) -> None:
        stand = self.stand
        icon, hue, words = _WORDS[stand]
        self._glyph.setVisible(bool(icon))
        if icon:
            self._glyph.set_icon(icon, hue)
        self._words.setText(words)
        self._words.set_tone("vermilion" if stand is SubjectStand.WRONG else "")
        self._hint.setVisible(stand is SubjectStand.WAITING)
        self.field.setProperty("verdict", stand.value)
        self.field.setAccessibleDescription(words)
        polish(self.field)
        self.changed.emit()


class _Field(TextField):
    """The line edit itself, with the sign of a scanner."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("subjectField")
        self.setAccessibleName("Subject")
        self.setFixedHeight(theme.px(44))
        self.setFont(theme.font("title"))
        self.setTextMargins(0, 0, theme.px(28), 0)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the sign."""
        super().paintEvent(event)
        px = self._theme.px
        square = QRect(self.width() - px(30), 0, px(18), self.height())
        draw_icon(QPainter(self), self._theme, square, "barcode-scan", "muted", 16)

"""The text field in which a value is edited in place.

One idea: what is typed is parsed at each keystroke as the type that the value has; the type stands beside
the text, and what is wrong stands below it in a sentence, with Enter waiting until it is right. Nothing
is changed by opening and closing the field. Not for changing a type, which is a choice of its own.
"""

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.edit_text import parse
from app.views.fields import TextField
from app.views.looks import KIND_ICONS
from app.views.painting import draw_icon, draw_text, text_width
from app.views.theme import Theme
from app.views.widgets import Glyph, Label, polish
from persistence.json_text import JSON
from persistence.kinds import Kind, kind_of

_LONGEST = 2**31 - 1  # Qt's own limit of 32,767 characters would cut what is longer


class ValueEditor(TextField):
    """A line of text for one value."""

    def __init__(self, theme: Theme, like: JSON, parent: QWidget) -> None:
        """`like` is the value that is edited: what is typed has to be of its type."""
        super().__init__(parent)
        self._theme = theme
        self._like = like
        self._kind: Kind = kind_of(like)
        self._begun = False
        self.touched = False
        self._reason = _Reason(theme, parent)
        self.setObjectName("valueText")
        self.setMaxLength(_LONGEST)
        self.setFont(theme.font("mono"))
        self.setTextMargins(0, 0, self._badge_width(), 0)
        self.setAccessibleName(f"Value, {self._kind}")
        self.textEdited.connect(self._judge)

    def begin(self, text: str) -> None:
        """Show the text of the value, all of it selected; only the first call counts."""
        if not self._begun:
            self._begun = True
            self.setText(text)
            self.selectAll()

    @property
    def wanted_width(self) -> int:
        """Pixels in which the whole text and its type can be seen."""
        return text_width(self.text(), self._theme.font("mono")) + self._badge_width() + self._theme.px(28)

    @property
    def problem(self) -> str:
        """Why the text is no value of the type; empty when it is one."""
        return parse(self.text(), self._like).problem if self.touched else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the type at its right."""
        super().paintEvent(event)
        px, theme, font = self._theme.px, self._theme, self._theme.font("small")
        left = self.width() - self._badge_width()
        painter = QPainter(self)
        color = "vermilion" if self.property("verdict") == "wrong" else "muted"
        square = QRect(left, 0, px(16), self.height())
        draw_icon(painter, theme, square, KIND_ICONS[self._kind], color, 14)
        room = QRect(left + px(19), 0, self.width(), self.height())
        draw_text(painter, room, str(self._kind), font, theme.colors["muted"])

    def moveEvent(self, event: QEvent) -> None:
        """Keep the sentence below the field."""
        self._place_reason()

    def resizeEvent(self, event: QEvent) -> None:
        """Keep the sentence below the field."""
        self._place_reason()

    def hideEvent(self, event: QEvent) -> None:
        """The sentence goes with the field."""
        self._reason.hide()

    def _badge_width(self) -> int:
        return text_width(str(self._kind), self._theme.font("small")) + self._theme.px(27)

    def _judge(self) -> None:
        self.touched = True
        problem = self.problem
        self.setProperty("verdict", "wrong" if problem else "right")
        polish(self)
        self._reason.say(problem)
        self.setAccessibleDescription(problem)
        self._place_reason()

    def _place_reason(self) -> None:
        self._reason.place(self.geometry())


class _Reason(QFrame):
    """The sentence below the field, over the rows that follow."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setObjectName("reason")
        self._text = Label(theme, "", "small", "vermilion", wrap=False)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(8), theme.px(5), theme.px(10), theme.px(5))
        line.setSpacing(theme.px(6))
        line.addWidget(Glyph(theme, "alert-circle", "vermilion", 14))
        line.addWidget(self._text)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; hide when there is none."""
        self._text.setText(text)
        self.setVisible(bool(text))
        self.adjustSize()

    def place(self, field: QRect) -> None:
        """Stand below the field, above it where the view ends, and within the view's width."""
        view = self._view.rect()
        top = field.bottom() + 2
        if top + self.height() > view.height():
            top = field.top() - self.height() - 1
        left = max(0, min(field.left(), view.width() - self.width()))
        self.move(QPoint(left, top))
        self.raise_()

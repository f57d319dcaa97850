"""The text fields in which a value, or the name of a row, is edited in place.

One idea: what is typed is judged at each keystroke; what is wrong stands below the field in a sentence, with
Enter waiting until it is right. A value has its type beside it and stays of that type. Nothing is changed by
opening and closing the field. Not for changing a type, which is a choice of its own, and not for texts of
many lines (`value_sheets`).
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.editing.draft import Draft
from app.models.state.names import name_warning
from app.models.state.row_edits import CannotBeDone, renamed, seat_of, typed_name
from app.models.state.state_nodes import Node
from app.values.edit_text import parse
from app.views.parts.fields import TextField
from app.views.parts.widgets import Glyph, Label, polish
from app.views.style.fonts import Role
from app.views.style.kind_icons import KIND_ICONS
from app.views.style.painting import draw_icon, draw_text, text_width
from app.views.style.theme import Theme
from app.words.comma_texts import parted_text
from app.words.kind_texts import retyped_text
from app.words.unseen_texts import unseen_text
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of

_LONGEST = 2**31 - 1  # Qt's own limit of 32,767 characters would cut what is longer


class CellEditor(TextField):
    """A line of text in a cell. What it is for says `judge`. `closed` tells that it is not seen any more.

    `over`: it was opened by typing over a value; `begun_with` is what its row said then.
    `touched`: somebody typed.
    `settled`: what was typed has been handed over, and its row may go with that.
    `node` is its row, as long as that is there; `seen` the draft that is shown meanwhile. `wait` says why a
    text that can stand here has to wait, all the same.
    """

    closed = Signal()

    def __init__(self, theme: Theme, role: Role, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.node: Node | None = None
        self.seen: Draft | None = None
        self.wait: Callable[[str], str] = lambda _: ""
        self._overtaken = ""
        self._theme = theme
        self._role: Role = role
        self._begun = False
        self.over = False
        self.begun_with = ""
        self.touched = False
        self.settled = False
        self._reason = _Reason(theme, parent)
        self.setObjectName("valueText")
        self.setMaxLength(_LONGEST)
        self.setFont(theme.font(role))
        self.setAccessibleName(name)
        self.textEdited.connect(self._take_typed)

    def judge(self, text: str) -> str:
        """Why the text cannot stand here; empty when it can."""
        return ""

    def warn(self, text: str) -> str:
        """What should be known of a text that can stand here; mostly nothing."""
        return ""

    @property
    def beside(self) -> int:
        """Pixels that are taken at the right of the text."""
        return 0

    def begin(self, text: str) -> None:
        """Show the text, all of it selected; only the first call counts."""
        if not self._begun:
            self._begun = True
            self.setText(text)
            self.selectAll()

    def type_again(self, text: str) -> None:
        """Show a text as if somebody had just typed it."""
        self.setText(text)
        self._take_typed()

    @property
    def wanted_width(self) -> int:
        """Pixels in which the whole text can be seen."""
        return text_width(self.text(), self._theme.font(self._role)) + self.beside + self._theme.px(28)

    @property
    def problem(self) -> str:
        """Why what was typed cannot stand here; empty when it can."""
        return (self.judge(self.text()) or self.wait(self.text())) if self.touched else ""

    @property
    def waits(self) -> bool:
        """Whether what was typed can stand here once it was decided what is to be kept."""
        return self.touched and not self.judge(self.text()) and bool(self.wait(self.text()))

    def moveEvent(self, event: QEvent) -> None:
        """Keep the sentence below the field."""
        self._place_reason()

    def resizeEvent(self, event: QEvent) -> None:
        """Keep the sentence below the field."""
        self._place_reason()

    def hideEvent(self, event: QEvent) -> None:
        """The sentence goes with the field."""
        self._reason.hide()
        self.closed.emit()

    def overtake(self, sentence: str) -> None:
        """What is edited is not there any more: say so until the field is closed."""
        self._overtaken = sentence
        self.judge_again()

    def remark(self, sentence: str) -> None:
        """Say something below the field that is no judgement of its text; "" for nothing more."""
        self._reason.say(sentence or self._overtaken, "amber")
        self._place_reason()

    def _take_typed(self) -> None:
        self.touched = True
        self.judge_again()

    def judge_again(self) -> None:
        """Say what is to be said of the text, as it is known now; nothing before or after somebody types."""
        if not self.touched or self.isHidden():
            return
        problem = self.problem
        warning = "" if problem else self._overtaken or self.warn(self.text())
        self.setProperty("verdict", "wrong" if problem else "right")
        polish(self)
        self._reason.say(problem or warning, "vermilion" if problem else "amber")
        self.setAccessibleDescription(problem or warning)
        self._place_reason()

    def _place_reason(self) -> None:
        self._reason.place(self.geometry())


class ValueEditor(CellEditor):
    """For one value: what is typed has to be of its type, which stands at the right."""

    def __init__(
        self, theme: Theme, like: JSON, parent: QWidget, hint: Callable[[JSON], str] = lambda _: ""
    ) -> None:
        """`like` is the value that is edited; `hint` says what should be known of another one."""
        self._like = like
        self._hint = hint
        self._kind: Kind = kind_of(like)
        super().__init__(theme, "mono", f"Value, {self._kind}", parent)
        self.setTextMargins(0, 0, self.beside, 0)

    def judge(self, text: str) -> str:
        """Why the text is no value of the type."""
        return parse(text, self._like).problem

    def warn(self, text: str) -> str:
        """What should be known of the value."""
        value = parse(text, self._like).value
        parted = parted_text(text, self._like, value)
        unseen = unseen_text(text) if value == text else ""
        return unseen or parted or retyped_text(self._like, value) or self._hint(value)

    @property
    def beside(self) -> int:
        """The type and its icon."""
        return text_width(str(self._kind), self._theme.font("small")) + self._theme.px(27)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the type at its right."""
        super().paintEvent(event)
        self.paint_kind(QPainter(self))

    def paint_kind(self, painter: QPainter) -> None:
        """Draw the type at the right."""
        px, theme, font = self._theme.px, self._theme, self._theme.font("small")
        left = self.width() - self.beside
        color = "vermilion" if self.property("verdict") == "wrong" else "muted"
        square = QRect(left, 0, px(16), self.height())
        draw_icon(painter, theme, square, KIND_ICONS[self._kind], color, 14)
        room = QRect(left + px(19), 0, self.width(), self.height())
        draw_text(painter, room, str(self._kind), font, theme.colors["muted"])


class NameEditor(CellEditor):
    """For the name of one row: it has to be free; what a launcher will make of it is said."""

    def __init__(
        self, theme: Theme, node: Node, parent: QWidget, hint: Callable[[str], str] = lambda _: ""
    ) -> None:
        """`hint` says what should be known of the name of an attribute."""
        super().__init__(theme, "body", f"Name of {node.path}", parent)
        self._node = node
        self._hint = hint

    def judge(self, text: str) -> str:
        """Why the row cannot be called that."""
        try:
            renamed(self._node, text)
        except CannotBeDone as reason:
            return str(reason)
        return ""

    def warn(self, text: str) -> str:
        """What a launcher will make of an attribute of that name."""
        if seat_of(self._node) != "attribute":
            return ""
        name = typed_name(text, self._node.label)
        return name_warning(name) or self._hint(name)


class _Reason(QFrame):
    """The sentence below the field, over the rows that follow."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setObjectName("reason")
        self._glyph = Glyph(theme, "alert-circle", "vermilion", 14)
        self._text = Label(theme, "", "small", "vermilion", wrap=False)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(8), theme.px(5), theme.px(10), theme.px(5))
        line.setSpacing(theme.px(6))
        line.addWidget(self._glyph)
        line.addWidget(self._text)
        self.hide()

    def say(self, text: str, hue: str) -> None:
        """Show a sentence; hide when there is none."""
        self._text.setText(text)
        self._text.set_tone(hue)
        self._glyph.set_icon("alert-circle" if hue == "vermilion" else "alert", hue)
        if self.property("hue") != hue:
            self.setProperty("hue", hue)
            polish(self)
        self.setVisible(bool(text))

    def place(self, field: QRect) -> None:
        """Stand below the field, above it where the view ends, and within the view's width, on several lines
        where one is too long for that.
        """
        view = self._view.rect()
        self._text.setWordWrap(False)
        size = self.sizeHint()
        if size.width() > view.width():
            self._text.setWordWrap(True)
            size = QSize(view.width(), self.heightForWidth(view.width()))
        self.resize(size)
        top = field.bottom() + 2
        if top + self.height() > view.height():
            top = field.top() - self.height() - 1
        left = max(0, min(field.left(), view.width() - self.width()))
        self.move(QPoint(left, top))
        self.raise_()

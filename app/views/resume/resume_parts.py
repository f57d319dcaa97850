"""Parts of the Resume sheet: the command as a list, how to set one, and what should be checked.

One idea: a command is shown as what it is, a list of arguments, and a missing one is explained with the lines
that would give it. Not for editing the list of commands: that is the operator's own file.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.resume_exchange import ResumeChoice
from app.resuming.around import Caution
from app.session import last_part
from app.values.fit_text import escaped
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, ElidedLabel, Glyph, Label
from app.views.style.looks import CAUTION_LOOKS
from app.views.style.painting import draw_text
from app.views.style.theme import Theme
from app.words.plain import breakable, tip

_PART = 22


def section(theme: Theme, text: str) -> Label:
    """The title of a section of a sheet."""
    return Label(theme, text, "section")


class CautionLines(QWidget):
    """What should be looked at, a line for each caution; hidden without any. `chosen` carries a directory,
    `said` the lines that warn, as pairs of a widget and its text.
    """

    chosen = Signal(object)
    said = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(8), 0, 0)
        self._column.setSpacing(theme.px(8))

    def show_cautions(self, cautions: Sequence[Caution]) -> None:
        """Show these."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._column.addWidget(section(self._theme, f"Please check ({len(cautions)})"))
        lines = [(self._line(caution), caution) for caution in cautions]
        for line, _ in lines:
            self._column.addWidget(line)
        self.setVisible(bool(cautions))
        self.said.emit([(line, caution.text) for line, caution in lines if caution.weight != "know"])

    def _line(self, caution: Caution) -> QWidget:
        theme, whole, look = self._theme, QWidget(), CAUTION_LOOKS[caution.weight]
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(Glyph(theme, look.icon, look.hue), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(theme, breakable(escaped(caution.text)), wrap=True), 1)
        if caution.directory:
            button = Button(theme, "Show", kind="inline")
            button.setAccessibleName(f"Show {escaped(last_part(caution.directory))}")
            button.clicked.connect(lambda: self.chosen.emit(caution.directory))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return whole


class CommandBox(QWidget):
    """The command, one argument on a line, and where it is run."""

    def __init__(self, theme: Theme, choice: ResumeChoice) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        where = ElidedLabel(theme, "small", "muted")
        where.set_whole(f"in {escaped(choice.cwd)}" if choice.cwd else "")
        line = QHBoxLayout()
        line.addWidget(section(theme, "Command"))
        line.addStretch(1)
        line.addWidget(where)
        nest(column, line)
        column.addWidget(_Parts(theme, choice.command))


class _Parts(QFrame):
    """Numbered arguments, each on its own line, elided in the middle."""

    def __init__(self, theme: Theme, parts: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("box")
        self._theme = theme
        self._parts = [escaped(part) for part in parts]
        self.setAccessibleName(f"Command: {' '.join(self._parts)}")
        self.setToolTip(tip("\n".join(self._parts)))
        self.setFixedHeight(theme.px(_PART) * len(self._parts) + theme.px(6))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers and the arguments."""
        super().paintEvent(event)
        px, theme, painter = self._theme.px, self._theme, QPainter(self)
        for position, part in enumerate(self._parts):
            top = px(3) + position * px(_PART)
            number = QRect(px(12), top, px(16), px(_PART))
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colors["muted"])
            painter.drawText(
                number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(position + 1)
            )
            room = QRect(px(43), top, self.width() - px(53), px(_PART))
            middle = Qt.TextElideMode.ElideMiddle
            draw_text(painter, room, part, theme.font("mono"), theme.colors["text"], middle)


class HowToStart(QWidget):
    """Why the launcher cannot be started, and the way to change that. `set_requested`: it is to be set."""

    set_requested = Signal()

    def __init__(self, theme: Theme, choice: ResumeChoice) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(section(theme, "Command"))
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(Glyph(theme, "alert-circle", "vermilion"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(theme, breakable(escaped(choice.problem)), wrap=True), 1)
        nest(column, line)
        if choice.entry is not None:
            note = "Rigstate starts only what you have put into your own list of launchers."
            column.addWidget(Label(theme, note, "small", "muted", wrap=True))
            button = Button(theme, "Set how to start…", "pencil-outline")
            button.setObjectName("setHowToStartButton")
            button.clicked.connect(self.set_requested)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

"""The part of the Resume sheet that says how the launcher is started: which one, and by which command.

One idea: what will be started can be read part by part, and where a launcher of the same name in another
module could be started instead, that is a choice that stands here and is never made for anybody. Not for the
operator's list of commands itself.
"""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.resume.resume_values import alike_text
from app.models.resume.turns import turn_of, turn_text
from app.resume_exchange import ResumeChoice, ResumeOffer
from app.values.fit_text import escaped
from app.views.parts.fields import ComboBox
from app.views.parts.nesting import nest
from app.views.parts.scrolled import Wrapping
from app.views.parts.widgets import Label
from app.views.resume.resume_parts import CommandBox, HowToStart, section
from app.views.style.theme import Theme
from persistence.files.runner import Running


class StartSection(Wrapping):
    """`changed` is emitted when another launcher or another way to start it was chosen; `set_requested` when
    it is to be set how the chosen one is started.
    """

    changed = Signal()
    set_requested = Signal()

    def __init__(self, theme: Theme, offer: ResumeOffer, died: Running | None, now: datetime) -> None:
        """`died`: whose run was over in the session before it saved."""
        super().__init__()
        self._theme = theme
        self._now = now
        self._offer = offer
        self._died = died
        self.launcher = ComboBox(theme, "Launcher", 36)
        self.launcher.addItems([escaped(choice.class_name) for choice in offer.choices])
        names = [choice.namespace for choice in offer.choices]
        if names:
            filled = offer.filled.namespace
            first = names.index(filled) if filled in names else turn_of(offer.choices, died)
            self.launcher.setCurrentIndex(first)
        self._turn = Label(theme, "", "small", "muted", wrap=True)
        self.way = ComboBox(theme, "Start as", 36)
        self._ways_title = section(theme, "Start as")
        self._ways_note = Label(theme, "", "small", "muted", wrap=True)
        self._box = QVBoxLayout()
        self._lay_out()
        self._show_ways()
        self.launcher.currentIndexChanged.connect(self._show_ways)
        self.way.currentIndexChanged.connect(self._show_choice)
        self._choose_way()

    @property
    def choice(self) -> ResumeChoice | None:
        """The launcher and the way to start it that are chosen; None for a session without any launcher."""
        ways = self._ways()
        return ways[max(0, self.way.currentIndex())] if ways else None

    def _ways(self) -> tuple[ResumeChoice, ...]:
        choices = self._offer.choices
        if not choices:
            return ()
        chosen = choices[max(0, self.launcher.currentIndex())]
        return (chosen, *chosen.alike)

    def _show_ways(self) -> None:
        ways = self._ways()
        self.way.blockSignals(True)
        self.way.clear()
        self.way.addItems([escaped(way.started_as) or f"{escaped(way.namespace)} (no entry)" for way in ways])
        self.way.blockSignals(False)
        for widget in (self._ways_title, self.way):
            widget.setVisible(len(ways) > 1)
        self._show_choice()

    def _choose_way(self) -> None:
        """That which was chosen before, as it was set how it is started; else it stays the first."""
        filled = self._offer.filled
        names = [(way.namespace, way.started_as) for way in self._ways()]
        if (wanted := (filled.namespace, filled.started_as)) in names:
            self.way.setCurrentIndex(names.index(wanted))

    def _show_choice(self) -> None:
        while (item := self._box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if (choice := self.choice) is not None:
            self._box.addWidget(self._make(choice))
            self._say(choice)
        self.changed.emit()

    def _say(self, choice: ResumeChoice) -> None:
        """Why this launcher, and this way to start it, or which other."""
        choices = self._offer.choices
        self._turn.setText(turn_text(choice, choices, self._died, self._now) if len(choices) > 1 else "")
        self._ways_note.setText(alike_text(choice))
        for label in (self._turn, self._ways_note):
            label.setVisible(bool(label.text()))

    def _make(self, choice: ResumeChoice) -> QWidget:
        if not choice.problem:
            return CommandBox(self._theme, choice)
        box = HowToStart(self._theme, choice)
        box.set_requested.connect(self.set_requested)
        return box

    def _lay_out(self) -> None:
        px, whole = self._theme.px, QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(8))
        title = section(self._theme, "Launcher")
        for widget in (title, self.launcher):
            whole.addWidget(widget)
            widget.setVisible(len(self._offer.choices) > 1)
        whole.addWidget(self._turn)
        for widget in (self._ways_title, self.way, self._ways_note):
            whole.addWidget(widget)
        nest(whole, self._box)
        for label in (self._turn, self._ways_note):
            label.hide()

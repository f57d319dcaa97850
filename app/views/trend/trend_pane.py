"""The Trend tab: which number, over which sessions; the plot, and the same as a table.

One idea: it asks for what it shows and shows what it is told; where there is nothing to be drawn, why. Not
for what belongs to a trend (`trending`), nor for how plot and table share the room (`plot_over_table`).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.trend.choices import NumberChoice
from app.models.trend.points import Trend
from app.models.trend.trend_table import TrendTable
from app.views.parts.fields import ComboBox
from app.views.parts.message_page import MessagePage, fill
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme
from app.views.trend.plot_over_table import PlotOverTable
from app.words.plain import tip
from app.words.trend_texts import nothing_text, over_text

_ROOMY = 560


class TrendPane(QWidget):
    """`choice_made` carries a NumberChoice, `over_chosen` True for all sessions of the launcher,
    `session_chosen` a directory; `looked` tells that somebody looks.
    """

    choice_made = Signal(object)
    over_chosen = Signal(object)
    session_chosen = Signal(object)
    copy_wanted = Signal()
    looked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("trendPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._choices: Sequence[NumberChoice] = ()
        self._own = ""
        self.model = TrendTable(self)
        self.drawing = PlotOverTable(theme, self.model)
        self.table = self.drawing.table
        self.attribute = ComboBox(theme, "Attribute")
        self.over = ComboBox(theme, "Over which sessions")
        self.copy = Button(theme, "Copy as table", "table", kind="flat")
        self._names = [Label(theme, words, tone="muted") for words in ("Attribute", "over")]
        self._message = MessagePage(theme)
        self._whole_message = MessagePage(theme)
        self._below = QStackedWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self.attribute.activated.connect(lambda row: self.choice_made.emit(self._choices[row]))
        self.over.activated.connect(lambda row: self.over_chosen.emit(row == 1))
        self.table.session_chosen.connect(self.session_chosen)
        self.copy.clicked.connect(self.copy_wanted)

    # --- setters --------------------------------------------------------------------------------------------

    def show_choices(self, choices: Sequence[NumberChoice], chosen: NumberChoice) -> None:
        """Offer these numbers; where two launchers have one of the same name, with the launcher."""
        if choices != self._choices:
            self._choices = choices
            names = [choice.name for choice in choices]
            self.attribute.clear()
            for choice in choices:
                twin = names.count(choice.name) > 1
                self.attribute.addItem(f"{choice.title} ({choice.launcher})" if twin else choice.title)
        self.attribute.setCurrentIndex(list(choices).index(chosen))

    def show_over(self, subject: str, launcher: str, *, every: bool) -> None:
        """Offer the sessions of this subject, or `every` one of the launcher."""
        texts = [over_text(subject, launcher), over_text(None, launcher)]
        if [self.over.itemText(row) for row in range(self.over.count())] != texts:
            self.over.clear()
            self.over.addItems(texts)
        self.over.setCurrentIndex(int(every))
        self.over.setToolTip(tip(self.over.currentText()))

    def show_trend(self, trend: Trend) -> None:
        """Show these sessions; where none has the number, say so."""
        title, launcher = trend.choice.title, trend.choice.launcher
        if not trend.heights:
            reading = ("Reading the values …", "")
            nothing = ("Nothing to draw", nothing_text(title, trend.subject, launcher))
            self._message.say(*(reading if trend.reading else nothing))
            self._below.setCurrentWidget(self._message)
            return
        before = self.model.point_at(self.table.currentIndex().row())
        own = trend.points[trend.own].directory
        self.drawing.show_trend(trend)
        self._below.setCurrentWidget(self.drawing)
        self._give_room()
        if own != self._own:  # one has gone to another session: the mark goes with it
            self._own = own
            self.table.mark(own)
        elif self.table.currentIndex().row() < 0:
            self.table.mark(before.directory if before else own)

    def say(self, title: str, text: str) -> None:
        """Say why there is nothing to choose."""
        self._choices = ()
        self.attribute.clear()
        self.model.set_trend(None)
        self._whole_message.say(title, text)
        self._pages.setCurrentWidget(self._whole_message)

    def show_nothing(self) -> None:
        """Another session is being read: nothing of the one before stays, but what was chosen."""
        self.drawing.show_nothing()
        for message in (self._message, self._whole_message):
            message.say("", "")
        self._below.setCurrentWidget(self._message)

    def show_controls(self) -> None:
        """There is something to choose."""
        self._pages.setCurrentIndex(0)

    # --- events ---------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self._give_room()
        self.looked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room, only what is needed."""
        super().resizeEvent(event)
        roomy = self.width() >= self._theme.px(_ROOMY)
        self.copy.set_words("Copy as table" if roomy else "Copy")
        for label in self._names:
            label.setVisible(roomy)
        self._give_room()

    def _give_room(self) -> None:
        self.drawing.give_width(self.width())
        self.drawing.give_height(self._below.height(), seen=self.isVisible())

    # --- within ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QWidget()
        self._below.addWidget(self.drawing)
        self._below.addWidget(self._message)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        nest(inside, self._make_head())
        inside.addWidget(self._below, 1)
        fill(self, self._pages, page, self._whole_message)

    def _make_head(self) -> QHBoxLayout:
        px, line = self._theme.px, QHBoxLayout()
        line.setContentsMargins(px(16), px(12), px(12), px(8))
        line.setSpacing(px(8))
        for combo, letters, widest in ((self.attribute, 9, 220), (self.over, 15, 300)):
            combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(letters)
            combo.setMinimumWidth(px(90))  # the window may become small
            combo.setMaximumWidth(px(widest))
        self.over.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)  # whose sessions: in full
        line.addWidget(self._names[0])
        line.addWidget(self.attribute, 3)
        line.addSpacing(px(8))
        line.addWidget(self._names[1])
        line.addWidget(self.over, 4)
        line.addStretch(0)
        line.addWidget(self.copy)
        return line

"""The Trend tab: which number, over which sessions; the plot, and the same as a table.

One idea: it asks for what it shows and shows what it is told. The plot comes later than the rest, once its
library is there, and the table is of use without it. Not for what belongs to a trend (`trending`).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.trend.choices import NumberChoice
from app.models.trend.points import Trend
from app.models.trend.trend_table import TrendTable
from app.views.parts.fields import ComboBox
from app.views.parts.message_page import MessagePage, fill
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme
from app.views.trend.legend import Legend
from app.views.trend.trend_view import TrendView
from app.words.plain import tip
from app.words.trend_texts import caption, nothing_text, over_text, single_text

_ROOMY = 560
_LEAST_PLOT, _LEAST_TABLE = 190, 96
_SMALL_PLOT = 160  # where there is little room; with less height it shows nothing, so the pane scrolls


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
        self._plot: QWidget | None = None
        self._pulled = False
        self._own = ""
        self.model = TrendTable(self)
        self.table = TrendView(theme, self.model)
        self.attribute = ComboBox(theme, "Attribute")
        self.over = ComboBox(theme, "Over which sessions")
        self.copy = Button(theme, "Copy as table", "table", kind="flat")
        self._names = [Label(theme, words, tone="muted") for words in ("Attribute", "over")]
        self.legend = Legend(theme)
        self._hint = Label(theme, "Click a point to go to its session", "small", "muted")
        self._caption = Label(theme, "", "small", "muted", wrap=True)
        self._waiting = Label(theme, "The plot is being loaded …", "small", "muted", wrap=True)
        self._message = MessagePage(theme)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._scroll = QScrollArea()
        self._drawing = QVBoxLayout()
        self._drawn = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self.attribute.activated.connect(lambda row: self.choice_made.emit(self._choices[row]))
        self.over.activated.connect(lambda row: self.over_chosen.emit(row == 1))
        self._splitter.splitterMoved.connect(lambda *_: self._note_pulled())
        self.table.installEventFilter(self)
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

    @property
    def said(self) -> str:
        """What is said below the plot."""
        return self._caption.text()

    @property
    def is_drawn(self) -> bool:
        """Whether a plot is there."""
        return self._plot is not None

    def show_plot(self, plot: QWidget) -> None:
        """Draw with this from now on."""
        self._plot = plot
        self._waiting.hide()
        self._drawing.insertWidget(0, plot, 1)

    def show_no_plot(self, why: str) -> None:
        """Say why nothing can be drawn; the table stays."""
        self._waiting.setText(f"The plot cannot be drawn: {why}")

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
        self.model.set_trend(trend)
        self.table.fit_columns(compact=False)
        self.legend.show_trend(trend)
        self._show_hint()
        self._caption.setText(_said_below(trend))
        self._below.setCurrentWidget(self._scroll)
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
        self.model.set_trend(None)
        self._caption.setText("")
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where one scrolls, the table comes into view with the keyboard."""
        if watched is self.table and event.type() == QEvent.Type.FocusIn:
            place = self.table.geometry()  # all of it: ensureWidgetVisible would do with the current row
            for edge in (place.bottom(), place.top()):
                self._scroll.ensureVisible(0, edge, 0, 0)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room, only what is needed."""
        super().resizeEvent(event)
        self._show_hint()
        roomy = self.width() >= self._theme.px(_ROOMY)
        self.copy.set_words("Copy as table" if roomy else "Copy")
        for label in self._names:
            label.setVisible(roomy)
        self._give_room()

    def _give_room(self) -> None:
        """The plot has at least three fifths of the height, and what the table does not need, until the user
        decides. Where there is too little for both, one scrolls to the table.
        """
        height, px = self._below.height(), self._theme.px
        spare = height - px(_LEAST_PLOT + _LEAST_TABLE)  # below banners, in a small window, there is none
        self._caption.setVisible(spare >= 0)
        if not self.isVisible():
            return  # the heights are those of another page, or of none
        plot = max(px(_LEAST_PLOT) + min(spare, 0), px(_SMALL_PLOT))
        self._drawn.setMinimumHeight(plot)
        self._splitter.setMinimumHeight(plot + px(_LEAST_TABLE) + self._splitter.handleWidth())
        height = max(height, self._splitter.minimumHeight())
        if not self._pulled:
            rows = self.model.rowCount() * self.table.verticalHeader().defaultSectionSize()
            needed = self.table.horizontalHeader().height() + rows + 2
            table = min(max(needed, px(_LEAST_TABLE)), height * 2 // 5)
            self._splitter.setSizes([height - table, table])

    def _note_pulled(self) -> None:
        self._pulled = True

    def _show_hint(self) -> None:
        """Only where there is room beside the legend."""
        wanted = self.legend.wanted_width + self._hint.sizeHint().width() + self._theme.px(40)
        self._hint.setVisible(self.width() >= wanted)

    # --- within ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QWidget()
        self._below = QStackedWidget()
        self._whole_message = MessagePage(self._theme)
        self._make_scroll()
        self._below.addWidget(self._scroll)
        self._below.addWidget(self._message)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        nest(inside, self._make_head())
        inside.addWidget(self._below, 1)
        fill(self, self._pages, page, self._whole_message)

    def _make_scroll(self) -> None:
        """The plot over the table; both are scrolled where there is too little room for both."""
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._make_drawing())
        self._splitter.addWidget(self.table)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self.table.setMinimumHeight(self._theme.px(_LEAST_TABLE))
        self._scroll.setWidget(self._splitter)
        self._splitter.setAutoFillBackground(False)  # the area has it filled
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

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

    def _make_drawing(self) -> QWidget:
        px, drawing = self._theme.px, self._drawn
        drawing.setMinimumHeight(px(_LEAST_PLOT))
        line = QHBoxLayout()
        line.setContentsMargins(px(16), px(4), px(16), px(4))
        line.addWidget(self.legend, 1)
        line.addWidget(self._hint)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drawing.addWidget(self._waiting, 1)
        whole = QVBoxLayout(drawing)
        whole.setContentsMargins(0, 0, 0, px(8))
        whole.setSpacing(0)
        nest(whole, line)
        nest(whole, self._drawing, 1)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._caption.setContentsMargins(px(16), 0, px(16), 0)
        whole.addWidget(self._caption)
        return drawing


def _said_below(trend: Trend) -> str:
    title, launcher, subject = trend.choice.title, trend.choice.launcher, trend.subject
    having = [point for point in trend.points if point.value.height is not None]
    if trend.reading:
        return "Reading the values …"
    if len(having) == 1:
        return single_text(title, having[0].name, having[0].value.text)
    without = len(trend.points) - len(having)
    return caption(subject, launcher, without=without, older=trend.older, shown=len(trend.points))

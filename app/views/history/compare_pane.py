"""The Compare tab: two states side by side, and what of the other one is taken over.

One idea: what is compared stands above the two columns and can be changed there; values are copied into the
session that is shown, as unsaved edits and in no other way. Not for choosing what to compare (`sides`), nor
for computing differences.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.past_exchange import CopyAcross, Side, SidesAnswer, SidesQuestion
from app.values.differences import Comparison, copied
from app.views.history.difference_table import DifferenceTable
from app.views.parts.choices import Tick
from app.views.parts.fields import SearchField
from app.views.parts.message_page import MessagePage, Offer, fill
from app.views.parts.nesting import nest
from app.views.parts.remark import Remark
from app.views.parts.widgets import Button, ElidedButton, Label
from app.views.style.theme import Theme
from app.words.difference_texts import SIDE_WORDS, count_sentence, pairs_sentence, subject_text
from persistence.states.diff import Change

CHOOSE = "choose"
_COPY, _COPY_SHORT = "Copy across to this session", "Copy across"


_LEAST = 60
"""Of the table, in pixels of the grid: its titles and a row, so that what stands above is not squeezed."""


class ComparePane(QWidget):
    """`comparison_wanted` carries a SidesQuestion, `copy_requested` a CopyAcross, `choice_wanted` whether it
    is the left side that is to be another.
    """

    comparison_wanted = Signal(object)
    choice_wanted = Signal(object)
    swap_wanted = Signal()
    copy_requested = Signal(object)
    copyable_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("comparePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._sides: tuple[Side, Side] | None = None
        self._titles = ("", "")
        self._home: tuple[str, bool] | None = None
        self._asked: SidesQuestion | None = None
        self.left = ElidedButton(theme, "Compare from")
        self.right = ElidedButton(theme, "Compare with")
        self.swap = Button(theme, "", "swap-horizontal")
        self.filter = SearchField(theme, "Filter differences", "")
        self.equal = Tick(theme, "Hide equal")
        self.copy = Button(theme, _COPY, "content-copy")
        self.table = DifferenceTable(
            theme, "compareView", "Differences of the two sides", several=True, words=SIDE_WORDS
        )
        self._sentence = Label(theme, "", "small", "muted", wrap=True)
        self._subject = Remark(theme, "alert", "amber")
        self._message = MessagePage(theme)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.forget()

    # --- setters --------------------------------------------------------------------------------------------

    def show_sides(
        self, sides: tuple[Side, Side] | None, titles: tuple[str, str], home: tuple[str, bool] | None
    ) -> None:
        """Compare these two, under these titles; None for nothing yet. `home` is the session that is shown,
        and whether it can be edited.
        """
        self._sides, self._titles, self._home = sides, titles, home
        self.left.set_whole(titles[0])
        self.right.set_whole(titles[1])
        if sides is None:
            self._say_how_to_begin()
            return
        self.ask()

    def forget(self) -> None:
        """No session is known."""
        self._sides = self._home = self._asked = None
        self._awaited = False
        self.table.show_comparison(Comparison(), "", "")
        self._message.offer(())
        self._message.say("", "")
        self._pages.setCurrentWidget(self._message)
        self._show_copyable()

    def ask(self, *, again: bool = True) -> None:
        """Ask for the comparison, if somebody looks; not `again` the same."""
        question = self._question()
        if question is None or not self.isVisible() or (question == self._asked and not again):
            return
        if self._asked is None:
            self._say("Comparing …", "")
        self._asked = question
        self.comparison_wanted.emit(question)

    def show_comparison(self, answer: SidesAnswer) -> None:
        """Show how the two sides differ."""
        if answer.question != self._question():
            return
        found = answer.comparison
        if found is None:
            self._awaited = False
            another = Offer(CHOOSE, "compare-horizontal", "Compare with another…", "")
            self._say("These two cannot be compared", answer.problem, another)
            return
        self._pages.setCurrentIndex(0)
        self.table.show_comparison(found, *self._titles)
        self._sentence.setText(f"{count_sentence(found, 'each other')} {pairs_sentence(found)}".strip())
        self._show_copyable()
        if self._awaited:
            self.enter()

    def enter(self) -> None:
        """Take the keyboard, in the table; as soon as there is one to be seen."""
        self._awaited = self._pages.currentIndex() != 0
        if not self._awaited:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        self.table.set_compact(compact)
        self.filter.setMaximumWidth(self._theme.px(180 if compact else 240))
        self.copy.set_words(_COPY_SHORT if compact else _COPY)

    def set_low(self, low: bool) -> None:
        """Leave the height to the rows: how many there are can be seen."""
        self._sentence.setVisible(not low)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is not known yet, now that somebody looks."""
        super().showEvent(event)
        self.ask(again=False)

    # --- copying across -------------------------------------------------------------------------------------

    @property
    def can_copy(self) -> bool:
        """Whether the selected rows can be taken over."""
        return self._home is not None and self._home[1] and bool(self._changes())

    def copy_across(self) -> None:
        """Take over what the selected rows have on the other side."""
        changes = self._changes()
        if self._home is not None and changes:
            self.copy_requested.emit(CopyAcross(self._home[0], changes))

    @property
    def _is_home_left(self) -> bool | None:
        """On which side the session stands that is shown, as it is or with its edits; None for neither."""
        if self._sides is None or self._home is None:
            return None
        own = [side.directory == self._home[0] and isinstance(side.what, str) for side in self._sides]
        if all(own):  # as it is on disk, and with its edits: these take over what is on disk
            return self._sides[0].what == "edits"
        return own[0] if any(own) else None

    def _changes(self) -> tuple[Change, ...]:
        left = self._is_home_left
        return () if left is None else copied(self.table.chosen, to_left=left)

    def _show_copyable(self) -> None:
        left = self._is_home_left
        self.copy.setEnabled(self.can_copy)
        self.copy.setVisible(left is not None)
        self._subject.say(subject_text(self._changes()) if self.can_copy else "")
        self.copyable_changed.emit()

    # --- within ---------------------------------------------------------------------------------------------

    def _question(self) -> SidesQuestion | None:
        if self._sides is None:
            return None
        return SidesQuestion(*self._sides, not self.equal.isChecked(), self.filter.text())

    def _say_how_to_begin(self) -> None:
        self._asked = None
        text = "Choose another session, or an earlier version of this one."
        offer = Offer(CHOOSE, "compare-horizontal", "Compare with…", "Ctrl+D")
        self._say("What is to be compared with this session?", text, offer)
        self._show_copyable()

    def _say(self, title: str, text: str, *offers: Offer) -> None:
        self._message.offer(offers)
        self._message.say(title, text)
        self._pages.setCurrentWidget(self._message)

    def _connect(self) -> None:
        self.left.clicked.connect(lambda: self.choice_wanted.emit(True))
        self.right.clicked.connect(lambda: self.choice_wanted.emit(False))
        self.swap.clicked.connect(self.swap_wanted)
        self._message.chosen.connect(lambda _: self.choice_wanted.emit(False))
        self.filter.textChanged.connect(lambda _: self.ask())
        self.filter.left_downwards.connect(self.table.setFocus)
        self.equal.toggled.connect(lambda _: self.ask())
        self.copy.clicked.connect(self.copy_across)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_copyable())
        self.table.differences.modelReset.connect(self._show_copyable)

    def _lay_out(self) -> None:
        px, page = self._theme.px, QWidget()
        self.equal.setChecked(True)
        self.filter.setMinimumWidth(px(110))
        self.swap.setToolTip("Exchange the sides")
        self.swap.setAccessibleName("Exchange the sides")
        self._subject.setContentsMargins(px(14), px(6), px(12), px(6))
        sides = QHBoxLayout()
        sides.setContentsMargins(px(12), px(10), px(12), 0)
        sides.setSpacing(px(8))
        sides.addWidget(self.left, 1)
        sides.addWidget(self.swap)
        sides.addWidget(self.right, 1)
        tools = QHBoxLayout()
        tools.setContentsMargins(px(12), px(8), px(12), px(8))
        tools.setSpacing(px(12))
        for widget in (self.filter, self.equal):
            tools.addWidget(widget)
        tools.addStretch(1)
        tools.addWidget(self.copy)
        line = QHBoxLayout()
        line.setContentsMargins(px(14), 0, px(12), px(8))
        line.addWidget(self._sentence)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (sides, tools, line):
            nest(column, part)
        column.addWidget(self.table, 1)
        column.addWidget(self._subject)
        fill(self, self._pages, page, self._message)

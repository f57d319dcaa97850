"""The sheet that asks before a saved state is replaced by another one: what is there now, what will be.

One idea: whatever is brought back (a version, an unsaved state, what is left of a damaged file), the operator
sees first what it changes, and that what is there now is kept. Its default is Cancel. Not for doing it: it
only says that it was confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.differences import Comparison
from app.models.difference_texts import count_sentence
from app.views.difference_table import DifferenceTable
from app.views.sheet import MARGIN, Sheet
from app.views.theme import Theme
from app.views.widgets import Button, Glyph, Label

_MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its glyph."""

    icon: str
    hue: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the sheet says. `comparison` has now at the left; `blocked` says why it cannot be done, if so."""

    icon: str
    title: str
    session: str
    comparison: Comparison
    now: str
    then: str
    words: str
    lines: Sequence[Line] = ()
    blocked: str = ""


class BringBackSheet(Sheet):
    """`confirmed` is emitted when the button with the question's words was pressed."""

    confirmed = Signal()

    def __init__(self, theme: Theme, window: QWidget, question: Question) -> None:
        super().__init__(theme, window, question.icon, question.title, question.session, 780)
        self.setObjectName("bringBackSheet")
        self._question = question
        self.table = DifferenceTable(theme, "sheetDifferences", "What changes")
        self._cancel = Button(theme, "Cancel", grand=True)
        self._cancel.setObjectName("cancelButton")
        self._do = Button(theme, question.words, question.icon, kind="primary", grand=True)
        self._do.setObjectName("bringBackButton")
        self._do.setEnabled(not question.blocked)
        self._fill()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self._cancel

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(10))
        question = self._question
        whole.addWidget(Label(self.theme, count_sentence(question.comparison, "now"), wrap=True))
        whole.addWidget(self.table)
        self._fill_table(question.comparison)
        blocked = (Line("alert-circle", "vermilion", question.blocked),) if question.blocked else ()
        for line in (*question.lines, *blocked):
            whole.addLayout(self._make_line(line))
        whole.addStretch(1)
        self.foot.addStretch(1)
        for button in (self._cancel, self._do):
            self.foot.addWidget(button)
        self._cancel.clicked.connect(self.close_sheet)
        self._do.clicked.connect(self._confirm)

    def _fill_table(self, comparison: Comparison) -> None:
        self.table.show_comparison(comparison, self._question.now, self._question.then)
        rows = min(len(comparison.rows), _MOST_ROWS)
        self.table.setFixedHeight(self.theme.px(30 + 28 * rows) + 3)
        self.table.setVisible(bool(rows))

    def _make_line(self, line: Line) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(10))
        row.addWidget(Glyph(self.theme, line.icon, line.hue))
        row.addWidget(Label(self.theme, line.text, wrap=True), 1)
        return row

    def _confirm(self) -> None:
        self.close_sheet()
        self.confirmed.emit()

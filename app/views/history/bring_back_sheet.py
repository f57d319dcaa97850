"""The sheet that asks before a saved state is replaced by another one: what is there now, what will be.

One idea: whatever is brought back (a version, an unsaved state, what is left of a damaged file), the operator
sees first what it changes, and that what is there now is kept. It can be taken back, so Enter does it. Not
for doing it: it only says that it was confirmed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.history.proposals import GlyphLine, Proposal
from app.values.differences import Comparison
from app.views.history.difference_table import DifferenceTable
from app.views.parts.nesting import nest
from app.views.parts.note_field import NoteField
from app.views.parts.sheet import MARGIN, Sheet, boxed
from app.views.parts.widgets import Button, Glyph, Label
from app.views.style.theme import Theme

_MOST_ROWS = 10


class BringBackSheet(Sheet):
    """`confirmed` carries the errand, with what was noted, when the button with its words was pressed."""

    confirmed = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, proposal: Proposal, blocked: str = "") -> None:
        """`blocked` is the sentence that says why it cannot be done now; empty when it can."""
        super().__init__(theme, window, proposal.icon, proposal.title, proposal.session, 780)
        self.setObjectName("bringBackSheet")
        self._proposal = proposal
        self._blocked = blocked
        self.table = DifferenceTable(theme, "sheetDifferences", "What changes")
        self._box = boxed(self.table)
        self._cancel = Button(theme, "Cancel", grand=True)
        self._cancel.setObjectName("cancelButton")
        self._do = Button(theme, proposal.words, proposal.icon, kind="primary", grand=True)
        self._do.setObjectName("bringBackButton")
        self._do.setEnabled(not blocked)
        self.note = NoteField(theme)
        self._told: list[tuple[GlyphLine, Label]] = []
        self._fill()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self._do if self._do.isEnabled() else self._cancel

    def tick(self, now: datetime) -> None:
        """Time has passed: what is told of ages is another."""
        for line, label in self._told:
            label.setText(line.text_at(now))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it from wherever no control wants it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do.click()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(10))
        proposal = self._proposal
        whole.addWidget(Label(self.theme, proposal.sentence, wrap=True))
        whole.addWidget(self._box)
        self._fill_table(proposal.comparison)
        blocked = (GlyphLine("alert-circle", "vermilion", self._blocked),) if self._blocked else ()
        for line in (*proposal.lines, *blocked):
            nest(whole, self._make_line(line))
        whole.addWidget(self.note)
        whole.addStretch(1)
        self.end_with(self._cancel, self._do)
        self.type_into(self.note.line)
        self._cancel.clicked.connect(self.close_sheet)
        self._do.clicked.connect(self._confirm)

    def _fill_table(self, comparison: Comparison) -> None:
        proposal = self._proposal
        self.table.show_comparison(comparison, proposal.now, proposal.then, one_side=not proposal.now)
        rows = min(len(comparison.rows), _MOST_ROWS)
        self.table.setFixedHeight(self.theme.px(30 + 28 * rows) + 3)
        self._box.setVisible(bool(rows))

    def _make_line(self, line: GlyphLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(10))
        row.addWidget(Glyph(self.theme, line.icon, line.hue))
        label = Label(self.theme, line.text, wrap=True)
        self._told.append((line, label))
        row.addWidget(label, 1)
        return row

    def _confirm(self) -> None:
        self.close_sheet()
        self.confirmed.emit(replace(self._proposal.errand, note=self.note.text))

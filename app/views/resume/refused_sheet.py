"""The sheet that says why a session cannot be resumed, in the place of the one that was asked for.

One idea: whoever asks for Resume scans the tag of an animal next, and does not look whether a sheet has come.
So one comes in any case, which what is typed does not go through: without one it would choose another session
in the list, and become a value there. Enter closes it for a hand, and not for a scanner, which presses it
right behind its letters. Not for the reasons (`allowed`).
"""

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.session import last_part
from app.values.fit_text import escaped
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme

_GUARD_MS = 333
"""Between two keys, of a hand that has read what stands there."""
_NEXT = "Nothing was started. Choose another session in the list, or start its launcher at the rig."
_NOWHERE = "What is typed here goes nowhere; Esc or Enter closes this."


class RefusedSheet(Sheet):
    """`guard` is in milliseconds."""

    def __init__(self, theme: Theme, window: QWidget, directory: str, reason: str) -> None:
        name = last_part(directory) if directory else ""
        super().__init__(theme, window, "play-circle-outline", "It cannot be resumed", name, 560)
        self.setObjectName("refusedSheet")
        self.setAccessibleDescription(reason)
        self.guard = _GUARD_MS
        self._last_key = QElapsedTimer()
        self._last_key.start()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(theme.px(MARGIN), theme.px(18), theme.px(MARGIN), theme.px(20))
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, escaped(reason), "strong", wrap=True))
        for text in (_NEXT, _NOWHERE):
            column.addWidget(Label(theme, text, "small", "muted", wrap=True))
        column.addStretch(1)
        close = Button(theme, "Close", grand=True)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a space of what is scanned would press it
        close.clicked.connect(self.close_sheet)
        self.end_with(close)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens: nothing that a key could press."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes it, too, where no key came right before."""
        waited = self._last_key.restart()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif waited >= self.guard and not event.isAutoRepeat():
            self.close_sheet()

"""What needs more height than there is, scrolled; where there is enough, it has all of it.

One idea: nothing inside is lower than it needs to be read, and a table or text comes into view as a whole
when it is given the keyboard, not for its current row alone. Not for a page of words (`message_page`), nor
for sheets.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Never narrower than what is inside."""

    def put(self, inside: QWidget, *parts: QAbstractScrollArea) -> None:
        """Show this, with tables or texts in it that can be given the keyboard."""
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # the area has it filled
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in parts:
            self.follow(part)

    def follow(self, part: QAbstractScrollArea) -> None:
        """Bring this into view, too, when it is given the keyboard."""
        part.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """As wide as what is inside needs it; low, since it scrolls."""
        inside = self.widget()
        least = super().minimumSizeHint()
        return least if inside is None else QSize(inside.minimumSizeHint().width(), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is followed comes into view with the keyboard."""
        inside = self.widget()
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QAbstractScrollArea) and inside:
            top = watched.mapTo(inside, watched.rect().topLeft()).y()
            for edge in (top + watched.height(), top):
                self.ensureVisible(0, edge, 0, 0)
        return super().eventFilter(watched, event)


class Wrapping(QWidget):
    """A part of it with sentences: never lower than these need, on as many lines as they take."""

    def event(self, event: QEvent) -> bool:
        """Its width, or what it says, is another one: Qt thinks of one line only."""
        taken, layout = super().event(event), self.layout()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and layout is not None:
            least = max(layout.minimumHeightForWidth(self.width()), 0)  # -1 where nothing wraps
            if least != self.minimumHeight():
                self.setMinimumHeight(least)
        return taken

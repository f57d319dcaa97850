"""A second press where what was pressed has gone: it reaches nothing of what has come there.

One idea: who has sent a notice away sees it go at once, and what lies below takes its room; but a double
click, or a hand in gloves, presses twice, and would press what is there now. So for a moment, or until the
pointer goes elsewhere, the place takes presses and does nothing. Not for what moves by itself
(`making_room`).
"""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

MOMENT_MS = 1_000
_AROUND = 24
"""Pixels: who goes further aims anew."""


class SecondPress(QWidget):
    """A piece of a window that takes all presses at a point, seen by nobody, until it ends by itself."""

    def __init__(self, window: QWidget, where: QPoint) -> None:
        """`where` the pointer is, on the screen."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        size = QSize(_AROUND, _AROUND)
        self.setGeometry(QRect(window.mapFromGlobal(where) - QPoint(_AROUND, _AROUND) / 2, size))
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._end)
        timer.start(MOMENT_MS)
        self.show()
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing; what lies below hears nothing of it."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The same."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The hand goes elsewhere."""
        super().leaveEvent(event)
        self._end()

    def _end(self) -> None:
        self.hide()
        self.deleteLater()

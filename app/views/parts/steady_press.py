"""A press that was meant for what stood there a moment ago is not taken.

One idea: a notice that appears above the list moves all rows, and whoever had aimed at one would press
another, which here is another animal. Nobody sees and presses within `REACTION`: such a press is taken for
one at what was there before, and told.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Signal
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QWidget

REACTION = 300
"""Milliseconds between seeing something and pressing on it, of the quickest."""

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class SteadyPress(QObject):
    """Watches `moving` for being moved, and `pressed`, which lies in it, for presses. `told` carries a
    sentence for the status bar.
    """

    told = Signal(object)

    def __init__(self, moving: QWidget, pressed: QWidget, reaction: int = REACTION) -> None:
        super().__init__(moving)
        self._moving = moving
        self._reaction = reaction
        self._since = QElapsedTimer()
        moving.installEventFilter(self)
        pressed.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether it is a press that is not to be taken."""
        if watched is self._moving:
            if isinstance(event, QMoveEvent) and event.pos() != event.oldPos() and self._moving.isVisible():
                self._since.start()  # Qt tells of a move when it only lays out anew, too
            return False
        is_late = not self._since.isValid() or self._since.elapsed() >= self._reaction
        if is_late or event.type() not in _PRESSES:
            return False
        self.told.emit("The list moved just before you pressed: nothing was selected. Press again.")
        return True

"""The window goes first: whoever works in the background stands aside while a frame is made.

One idea: the threads of a Python program take turns, and the window gives up its turn at every call into Qt,
of which painting a list makes hundreds. Beside a thread that walks through a folder each of them waits, and a
frame takes three times as long. So a walk asks here between two sessions, and lets a frame be finished. One
begins when something is told to the window, or it is to be painted; it ends when the event loop is at rest.
And whoever does not ask has short turns: Python's own are a third of a frame.

Nobody stands aside for ever: after PATIENCE_SECONDS the work goes on for as long, whatever the window does.
Not a lock: nothing depends on it but time.
"""

import sys
import threading
import time

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

PATIENCE_SECONDS = 0.02
TURN_SECONDS = 0.0005
"""How long a thread may go on in Python while another one waits for its turn."""


class RightOfWay(QObject):
    """Whether a frame of the window is being made. Made on its thread; `give` is for all others."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN_SECONDS)  # of the process, which is the window's to its end
        self._rests = threading.Event()
        self._rests.set()
        self._waited_until = 0.0
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None:  # which of the two comes, and when, is different on each system
            dispatcher.aboutToBlock.connect(self._rests.set)
            dispatcher.awake.connect(self._rests.set)

    def watch(self, window: QWidget) -> None:
        """The frames of this window count."""
        window.installEventFilter(self)

    @Slot(object)
    def begin(self, _told: object = None) -> None:
        """Something is told to the window: a frame begins."""
        self._rests.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A frame begins where the window is to be painted."""
        if event.type() == QEvent.Type.UpdateRequest:
            self._rests.clear()
        return False

    def give(self) -> None:
        """Wait until the window is at rest, for a moment at the most."""
        if self._rests.is_set() or time.monotonic() < self._waited_until:
            return
        if not self._rests.wait(PATIENCE_SECONDS):
            self._waited_until = time.monotonic() + PATIENCE_SECONDS

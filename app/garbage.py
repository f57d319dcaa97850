"""Python's collector of cycles, kept from holding up the hand.

One idea: to look through everything takes 40 ms for each ten thousand sessions that are listed, on whatever
thread it happens, and stops all others. So nothing does so while somebody works: of what comes and goes the
collector looks through the young, and through everything when nobody has touched the window for a while. What
is there then, modules, widgets and sessions, stays to the end and is left alone from then on.

What is left alone is never freed by it. So what has gone meanwhile is collected before more is left alone:
the bytes of a file that hang in a cycle would stay as long as the window.

Not for memory otherwise.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

REST_MS = 20_000
_NEVER = 1_000_000
"""So many collections of the middle for one of everything; Python has ten."""
_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    )
)


def spare_what_is_there() -> None:
    """Let the collector leave alone whatever there is now, and look through the young of the rest alone.

    Takes no time. For when the window is shown: of what it is made of, nothing has gone yet.
    """
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)


class CollectsAtRest(QObject):
    """Collects what has gone, and lets the collector leave alone the rest, whenever nobody has touched a
    window for `rest` milliseconds. For a window that is shown.
    """

    def __init__(self, window: QWidget, rest: int = REST_MS) -> None:
        super().__init__(window)
        self._window = window
        self._rest = QTimer(self)
        self._rest.setInterval(rest)
        self._rest.timeout.connect(self._collect)
        self._rest.start()
        handle = window.windowHandle()
        if handle is not None:  # where every touch of the window comes in
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whoever touches the window is there."""
        if event.type() in _TOUCHES:
            self._rest.start()
        return False

    def _collect(self) -> None:
        if QApplication.activeWindow() in (None, self._window):  # else somebody may be at a dialog
            gc.collect()
            spare_what_is_there()

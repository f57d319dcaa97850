"""When a window was painted, and when it rests: what a process looks at that opens one (see `opening`).

One idea: the program imports Qt in a way of its own, before which nobody else may; so what needs Qt stands
here.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView, QWidget

READ_SECONDS = 2.0
"""Without news for so long, all was read."""


class Painted(QObject):
    """Does something when a widget was painted and something is so."""

    def __init__(self, widget: QWidget, ready: Callable[[], bool], act: Callable[[], None]) -> None:
        super().__init__(widget)
        self._ready, self._act = ready, act
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """After the paint, in the next turn of the event loop."""
        if event.type() == QEvent.Type.Paint and self._ready():
            QTimer.singleShot(0, self._act)
        return False


def leave() -> None:
    """At once: how long a process takes to end is another matter."""
    os._exit(0)


def bare() -> int:
    """The least that a window with a table can be."""
    application = QApplication([])
    window, table = QMainWindow(), QTableView()
    window.setCentralWidget(table)
    window.resize(1440, 900)
    Painted(table.viewport(), lambda: True, leave)
    window.show()
    return application.exec()


class Idle(QObject):
    """Waits until the processor has rest, and then asks how much of it is still taken."""

    def __init__(self, seconds: float, window: QWidget) -> None:
        super().__init__(window)
        self._seconds = seconds
        self._before = self._began = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Look at the processor again and again."""
        if not self._timer.isActive():
            self._before = taken()
            self._timer.start(round(1000 * READ_SECONDS))

    def _look(self) -> None:
        now = taken()
        if now - self._before < 0.05 * READ_SECONDS:
            self._timer.stop()
            self._began = time.monotonic()
            QTimer.singleShot(round(1000 * self._seconds), self._tell)
        self._before = now

    def _tell(self) -> None:
        percent = 100 * (taken() - self._before) / (time.monotonic() - self._began)
        sys.stdout.write(f"{percent}\n")
        sys.stdout.flush()
        leave()


def taken() -> float:
    """Seconds of the processor, of all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

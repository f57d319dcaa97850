"""A process that opens a window and ends when it was painted: `python -m tests.benchmarks.opening HOW ...`.

``bare``: an empty table, and nothing else. ``known ROOT OWN``: ours, the way that `rigstate-gui ROOT` goes,
until real rows of what an index in `OWN` knows of the folder were painted in the list; ``whole ROOT OWN``:
until all of the window is there. ``idle ROOT OWN SECONDS``: ours, for so long after all was read; it prints
the per cent of a core that it took meanwhile.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from functools import cache

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


def bare(application: QApplication) -> int:
    """The least that a window with a table can be."""
    window, table = QMainWindow(), QTableView()
    window.setCentralWidget(table)
    window.resize(1440, 900)
    Painted(table.viewport(), lambda: True, leave)
    window.show()
    return application.exec()


def ours(how: str, root: str, own: str, act: Callable[[], None]) -> int:
    """The program itself; `act` when its list was painted with sessions in it, or when all of it is there."""
    from app.__main__ import main as rigstate_gui
    from app.opening import Opening

    def begun(opening: Opening) -> None:
        window = opening.front.window
        window.resize(1440, 900)
        if how == "whole":
            opening.whole.connect(act)
        else:
            view = window.sessions.view
            Painted(view.viewport(), lambda: view.model().rowCount() > 0, act)

    os.environ["RIGSTATE_CONFIG_DIR"] = own
    return rigstate_gui([root], begun=begun)


class Idle(QObject):
    """Waits until the processor has rest, and then asks how much of it is still taken."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
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


def main(how: str, *arguments: str) -> int:
    """Until it was painted, or for so long."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if how == "bare":
        return bare(QApplication([]))
    root, own, *more = arguments
    idle = cache(lambda: Idle(float(more[0])))  # one, kept; made when there is an application
    act = (lambda: idle().begin()) if how == "idle" else leave
    return ours(how, root, own, act)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

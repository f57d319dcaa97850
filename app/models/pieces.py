"""Long work of the list, done in slices between frames.

One idea: a work is a generator that pauses often; it gets a few milliseconds at a time, then whoever else has
something to do. A newer work takes the place of an older one, whose result is dropped. Not for threads:
everything stays on this one.
"""

import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer

SLICE = 0.006
"""Seconds; less than half of a frame."""


class Pieces(QObject):
    """One work at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Generator[None, None, Any] | None = None
        self._done: Callable[[Any], None] = lambda _: None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether a work is under way."""
        return self._work is not None

    def begin(self, work: Generator[None, None, Any], done: Callable[[Any], None], *, whole: bool) -> None:
        """Do the first slice now and the others between frames; `whole`: all of it now.

        `done` is called with what the work ends with.
        """
        self._work, self._done = work, done
        self._timer.stop()
        self._go_on(whole=whole)

    def drop(self) -> None:
        """Leave the work as it is; nobody wants its result any more."""
        self._work = None
        self._timer.stop()

    def _go_on(self, *, whole: bool = False) -> None:
        if (work := self._work) is None:
            return
        until = time.monotonic() + SLICE
        try:
            next(work)
            while whole or time.monotonic() < until:
                next(work)
        except StopIteration as ended:
            self._work = None
            self._done(ended.value)
        else:
            self._timer.start(0)

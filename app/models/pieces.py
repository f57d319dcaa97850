"""Long work of the list, done in slices between frames.

One idea: a work is a generator that pauses often; it gets a few milliseconds at a time, then whoever else has
something to do. What is done with its result may take as long as a slice, and gets one of its own. A newer
work takes the place of an older one, whose result is dropped. One that raises is over, too, and
its owner is told. Not for threads: everything stays on this one.
"""

import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

SLICE = 0.004
"""Seconds; a quarter of a frame, so that one may be painted in the same turn of the event loop."""


class Pieces(QObject):
    """One work at a time. `failed`: it raised, or what was done with its result did; the exception goes on to
    whoever ran the slice, so an owner who starts something else is best connected by a queue.
    """

    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Generator[None, None, Any] | None = None
        self._done: Callable[[Any], None] = lambda _: None
        self._over = False
        self._instead: Callable[[], None] | None = None
        self._stood_aside = False
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
        self._work, self._done, self._over = work, done, False
        self._instead = None
        self._timer.stop()
        self._go_on(whole=whole)
        if self.busy:
            self._timer.start(1)  # not in the same turn of the event loop

    def instead(self, act: Callable[[], None]) -> None:
        """Do this in place of the next slice, so that not both hold up one frame; never, where there is none.

        For what shows how far the work is.
        """
        self._instead = act

    def drop(self) -> None:
        """Leave the work as it is; nobody wants its result any more."""
        self._work = self._instead = None
        self._timer.stop()

    def finish(self) -> None:
        """Do now what is left of the work, whatever time it takes."""
        while self.busy:
            self._timer.stop()
            self._go_on(whole=True)

    def _go_on(self, *, whole: bool = False) -> None:
        if (work := self._work) is None:
            return
        if not whole and self._stand_aside():
            return
        try:
            self._do(work, whole=whole)
        except BaseException:  # whatever it is, nobody waits for this work any more
            if self._work is work:  # else it is over, or a newer one took its place
                self.drop()
            self.failed.emit()
            raise

    def _stand_aside(self) -> bool:
        """Do what is to be done in place of a slice; not twice in a row, or the work would not go on."""
        act, self._stood_aside = None if self._stood_aside else self._instead, False
        if act is None:
            return False
        self._instead, self._stood_aside = None, True
        self._timer.start(0)
        act()
        return True

    def _do(self, work: Generator[None, None, Any], *, whole: bool) -> None:
        began = time.monotonic()
        try:
            next(work)
            while whole or time.monotonic() < began + SLICE:
                next(work)
        except StopIteration as ended:
            value = ended.value
        else:
            self._timer.start(0)
            return
        soon = time.monotonic() < began + SLICE / 4
        self._end(value, at_once=whole or soon or self._over)

    def _end(self, value: Any, *, at_once: bool) -> None:
        if at_once:
            self._work = None
            self._done(value)
        else:
            self._work, self._over = _ended(value), True
            self._timer.start(0)


def _ended(value: Any) -> Generator[None, None, Any]:
    """A work that has come to its end."""
    yield from ()
    return value

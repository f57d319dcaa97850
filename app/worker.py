"""An object on a thread of its own that is asked by frozen values and answers by frozen values.

One idea: between threads there are two signals of one object each, and nothing else is shared. Errands are
done one after another in the order in which they were asked, so that no lock is needed and a late answer is
never a wrong one.

Not for short computations, and not a pool: whoever makes a worker owns it, and ends it.
"""

import logging
import time
from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, Signal, Slot
from shiboken6 import delete

ENDING_MS = 10_000

_Some = TypeVar("_Some", bound="Worker")
_log = logging.getLogger(__name__)


class Finish:
    """The last errand: everything asked before it is done when it arrives."""


class Worker(QObject):
    """Base of all workers. Subclasses do their errands in `work` and let go of what they hold in `finish`."""

    is_told = True
    """Whether a detailed log tells of its errands."""

    answered = Signal(object)
    _asked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._has_finished = False
        self._asked.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin: from here on everything that this object does happens on its own thread."""
        self.moveToThread(self._thread)
        self._thread.start()

    def ask(self, errand: object) -> None:
        """Put an errand at the end of the row; may be called from any thread."""
        self._asked.emit(errand)

    def close(self) -> None:
        """Ask the thread to end after what was asked so far; what is asked later is not done. Does not wait;
        see `wait`.
        """
        self.ask(Finish())

    def wait(self, milliseconds: int = ENDING_MS) -> bool:
        """Wait for the end of the thread after `close`. False when it hangs on a share."""
        return self._thread.wait(milliseconds)

    def delete_if_ended(self) -> bool:
        """Whether the thread has ended; then nothing of Qt's is left of it. For the window's thread."""
        ended = self.wait(0)
        if ended:
            for one in (self, self._thread):
                delete(one)
        return ended

    def work(self, errand: object) -> None:
        """Do one errand, on the worker's thread; answer through `answered`."""
        raise NotImplementedError

    def finish(self) -> None:
        """Let go of timers and files, on the worker's thread, as its last act."""

    def _do(self, errand: object) -> None:
        """A detailed log says what was done and how long it took, and nothing of what was in it."""
        if not self.is_told or not _log.isEnabledFor(logging.DEBUG):
            self.work(errand)
            return
        began, name = time.monotonic(), type(errand).__name__
        self.work(errand)
        _log.debug("%s: %s, %.0f ms", self._thread.objectName(), name, (time.monotonic() - began) * 1000)

    @Slot(object)
    def _take(self, errand: object) -> None:
        if self._has_finished:  # what waited with the last errand still comes: nobody would end it
            return
        if not isinstance(errand, Finish):
            self._do(errand)
            return
        self._has_finished = True
        try:
            self.finish()
        finally:
            self._thread.quit()


def end_all(workers: Iterable[Worker], milliseconds: int = ENDING_MS) -> bool:
    """End all threads after what was asked of them, and wait for all of them together: many that hang take no
    longer than one. False when one hangs.
    """
    ending = tuple(workers)
    for worker in ending:
        worker.close()
    until = QDeadlineTimer(milliseconds)
    return all(worker.wait(until.remainingTime()) for worker in ending)


def delete_ended(workers: Iterable[_Some]) -> list[_Some]:
    """Those that have not ended yet; the others are deleted here, while there is a window. They hang together
    with what they hold, and the collector of cycles would free them on any thread, as it comes.
    """
    return [worker for worker in workers if not worker.delete_if_ended()]

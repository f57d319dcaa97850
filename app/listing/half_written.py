"""Files that were met half-written, until they are whole, or damaged.

One idea: no event may follow the last byte, so somebody has to look again. Lives on the thread of its worker.
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject, QTimer, Slot

from app.session import Summary

AGAIN_MS = 1000


class HalfWritten(QObject):
    """Sessions that are being written; `look` is called with them a little later."""

    def __init__(self, look: Callable[[list[str]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._sessions: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_again)

    def take(self, summaries: Iterable[Summary], known: AbstractSet[str]) -> None:
        """These were seen now; those that are not `known` any more are not waited for."""
        for summary in summaries:
            written = summary.problem is not None and summary.problem.kind == "being_written"
            (self._sessions.add if written else self._sessions.discard)(summary.directory)
        self._sessions &= known
        if self._sessions and not self._timer.isActive():
            self._timer.start(AGAIN_MS)

    def end(self) -> None:
        """Look at none of them again."""
        self._timer.stop()

    @Slot()
    def _look_again(self) -> None:
        self._look(sorted(self._sessions))

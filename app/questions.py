"""What is asked over the saved values of one folder, answered in pieces and kept true.

One idea: between two pieces whoever wants to open or save has his turn, and an answer is told once it is
whole. Lives on the thread of its worker, which says whenever a session's values became others.

Not for which sessions meet a condition (see `matching`), nor for reading values (see `ledger`).
"""

import time
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.errands import Matched
from app.matching import Conditions, Matching

PIECE_SECONDS = 0.1
TOLD_EVERY = 1.0  # seconds, while answers become others again and again


class Questions(QObject):
    """The questions over one folder. `answered` carries Matched, `searched` tells the end of a search."""

    answered = Signal(object)
    searched = Signal()

    def __init__(self, root: str, parent: QObject) -> None:
        super().__init__(parent)
        self._root = root
        self._matching = Matching()
        self._told_at = 0.0
        self._search = QTimer(self)
        self._search.timeout.connect(self._search_on)

    def ask(self, conditions: Conditions, values: Iterable[tuple[str, str]]) -> None:
        """Begin anew, over the values (as JSON text) of all directories."""
        self._matching.ask(conditions, values)
        self._search.start(0)

    def note(self, directory: str, values: str | None) -> None:
        """A session has these values now; None or "" for none that are known."""
        self._matching.note(directory, values)

    def tell(self) -> None:
        """Tell what is different now, unless a search is under way, which tells at its end."""
        self._told_at = time.monotonic()
        if not self._search.isActive() and (found := self._matching.news()) is not None:
            conditions = self._matching.conditions
            self.answered.emit(Matched(self._root, conditions, found.directories, found.unknown))

    def tell_sometimes(self) -> None:
        """The same, in the middle of a work that goes on: not more often than all TOLD_EVERY seconds."""
        if time.monotonic() - self._told_at > TOLD_EVERY:
            self.tell()

    def end(self) -> None:
        """Answer nothing any more."""
        self._search.stop()

    @Slot()
    def _search_on(self) -> None:
        if self._matching.go_on(PIECE_SECONDS):
            self._search.stop()
            self.searched.emit()
            self.tell()

"""What works on the shape of the list between frames: one work at a time, of a short list at once.

One idea: whoever searches, sorts or shapes says what is to be done; that it is under way, and that it raised,
is told in one place. Not for what is taken in (`arrivals`), nor for slices (`slices`).
"""

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.pieces import Pieces
from app.models.sessions.known import KnownSessions
from app.models.sessions.shape import Shape

SHORT_LIST = 2_000
"""Sessions that are searched, sorted, shaped or taken in without a pause."""


class ShapeWork(QObject):
    """Base of the works on one shape. `failed`: one raised."""

    failed = Signal()

    def __init__(self, known: KnownSessions, shape: Shape, parent: QObject) -> None:
        super().__init__(parent)
        self._known = known
        self._shape = shape
        self._pieces = Pieces(self)
        self._pieces.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Whether a work is under way."""
        return self._pieces.busy

    def _work(self, work: Generator[None, None, Any], take: Callable[[Any], None]) -> None:
        """Do this in the place of what is under way; `take` is called with what it ends with."""
        self._pieces.begin(work, take, whole=len(self._known.roster) <= SHORT_LIST)

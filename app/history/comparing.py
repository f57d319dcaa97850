"""Compares saved states on a thread of its own, because large ones take longer than a frame.

One idea: whoever wants two documents compared asks here, and is answered with the rows to show. What was
compared last is kept, so that other words to be found in the same two cost little.

Not for reading documents (`reading`), nor for what a difference is (`differences`).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.values.differences import Comparison, compare, sifted
from app.worker import Worker
from persistence.document import Document


@dataclass(frozen=True, eq=False, slots=True)
class Compare:
    """Compare two documents, and tell the rows with all the words; the equal ones if wanted.

    `right` is None for a file that cannot be read.
    """

    left: Document
    right: Document | None
    equal: bool = False
    words: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Compared:
    """What came of it. An errand is recognised by being the same object."""

    errand: Compare
    comparison: Comparison


class Comparing(Worker):
    """Takes Compare, answers Compared."""

    def __init__(self) -> None:
        super().__init__("comparing")
        self._last: tuple[Compare, Comparison] | None = None

    def work(self, errand: object) -> None:
        if isinstance(errand, Compare):
            self.answered.emit(Compared(errand, sifted(self._whole(errand), errand.words)))

    def _whole(self, errand: Compare) -> Comparison:
        if self._last is None or not _is_same(self._last[0], errand):
            self._last = (errand, compare(errand.left, errand.right, equal=errand.equal))
        return self._last[1]

    def finish(self) -> None:
        self._last = None


def _is_same(one: Compare, other: Compare) -> bool:
    """Whether only the words are other ones."""
    return one.left is other.left and one.right is other.right and one.equal == other.equal

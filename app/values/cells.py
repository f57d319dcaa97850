"""A saved value as a cell of the list: its text, and what it is sorted by.

One idea: the list needs little of a value, and that little is made where the values are, so that nothing but
small frozen cells crosses between threads. Pure; no Qt.

Not for making one of values (`cell_making`), for editing them (`edit_text`), nor for comparing them with what
somebody typed (`persistence.query`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Cell(NamedTuple):
    """What a session has of one name. `number` is what it is sorted by; None for all that is no number."""

    text: str
    number: int | float | Decimal | None = None

    @property
    def key(self) -> tuple[bool, int | float | Decimal, str]:
        """Numbers come first, by their size, then texts by the alphabet."""
        return self.number is None, self.number or 0, self.text.casefold()

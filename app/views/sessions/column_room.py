"""Which columns have room beside each other, and how wide each is. Pure.

One idea: who matters most comes first. A column gets narrower before another one goes, and one that has no
room goes alone: those that matter less may still have some. Not for measuring what columns need
(`session_columns`).
"""

from collections.abc import Sequence
from typing import NamedTuple


class Wanted(NamedTuple):
    """A column by its number, the width that shows all of it, and the least that it can do with; pixels."""

    column: int
    full: int
    least: int


def shared(room: int, wanted: Sequence[Wanted]) -> dict[int, int]:
    """The widths of the columns that have room, by their numbers; the first matters most."""
    given: dict[int, int] = {}
    left = room
    for one in wanted:
        if one.least <= left:
            given[one.column] = one.least
            left -= one.least
    for one in wanted:
        if one.column in given:
            more = min(left, max(0, one.full - one.least))
            given[one.column] += more
            left -= more
    return given

"""From one list of rows to the next in the fewest words to a view: rows removed, rows inserted. Pure.

One idea: a view keeps selection, scroll and expansion by itself as long as it is told exactly which rows went
and came. Where rows changed their order, or too many ranges would have to be told, the answer is None and the
caller starts the rows anew. Not for what rows hold: only their keys are compared.
"""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

_STRETCH = 1024


class Steps(NamedTuple):
    """Ranges (first, last), each as it is at its turn: first all of `removed`, then all of `inserted`."""

    removed: tuple[tuple[int, int], ...]
    inserted: tuple[tuple[int, int], ...]


def steps(old: Sequence[Hashable], new: Sequence[Hashable], limit: int = 32) -> Steps | None:
    """How to turn `old` into `new`; None when rows were reordered or more than `limit` ranges are needed.

    Keys are unique within each list. Ranges of `removed` come from the end, so that each is valid at its
    turn; ranges of `inserted` come from the start and are positions in `new`.
    """
    start, old_end, new_end = _ends(old, new)
    before, after = old[start:old_end], new[start:new_end]
    kept_in_old, kept_in_new = set(after), set(before)
    if [key for key in before if key in kept_in_old] != [key for key in after if key in kept_in_new]:
        return None
    removed = ranges([start + i for i, key in enumerate(before) if key not in kept_in_old])
    inserted = ranges([start + i for i, key in enumerate(after) if key not in kept_in_new])
    if len(removed) + len(inserted) > limit:
        return None
    return Steps(tuple(reversed(removed)), tuple(inserted))


def _ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int, int]:
    """The length of the common start, and where the common end begins in each list."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return start, len(old) - end, len(new) - end


def _shared(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """The length of the common start; long stretches are compared at once."""
    start, shorter = 0, min(len(old), len(new))
    while start + _STRETCH < shorter and old[start : start + _STRETCH] == new[start : start + _STRETCH]:
        start += _STRETCH
    while start < shorter and old[start] == new[start]:
        start += 1
    return start


def ranges(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring positions as (first, last)."""
    found: list[tuple[int, int]] = []
    for position in positions:
        if found and found[-1][1] == position - 1:
            found[-1] = (found[-1][0], position)
        else:
            found.append((position, position))
    return found

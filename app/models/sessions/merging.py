"""Rows that come into a sorted list, put in their places. Pure; no Qt."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection
from typing import Any


def merged(
    rows: list[int], come: Collection[int], key: Callable[[int], Any], tie: Callable[[int], Any]
) -> list[int]:  # fmt: skip
    """Rows sorted by key and tie, others put in their places: a few comparisons for each, and one copy."""
    pieces: list[int] = []
    start = 0
    for row in sorted(come, key=lambda row: (key(row), tie(row))):
        first = bisect_left(rows, key(row), lo=start, key=key)
        beyond = bisect_right(rows, key(row), lo=first, key=key)
        place = bisect_left(rows, tie(row), lo=first, hi=beyond, key=tie)
        pieces += rows[start:place]
        pieces.append(row)
        start = place
    return pieces + rows[start:]

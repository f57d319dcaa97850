"""Rows that come into a sorted list, put in their places. Pure; no Qt."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection
from typing import Any

from app.models.sessions.in_order import in_order
from app.models.sessions.slices import Work, parts

ROWS_PLACED = 200
"""Rows that are put in their places between two pauses, a millisecond."""


def merged(
    rows: list[int], come: Collection[int], key: Callable[[int], Any], tie: Callable[[int], Any]
) -> Work[list[int]]:  # fmt: skip
    """Rows sorted by key and tie, others put in their places: a few comparisons for each, and one copy."""
    pieces: list[int] = []
    start = 0
    coming = yield from in_order([*come], lambda row: (key(row), tie(row)))
    for some in parts(coming, ROWS_PLACED):
        for row in some:
            first = bisect_left(rows, key(row), lo=start, key=key)
            beyond = bisect_right(rows, key(row), lo=first, key=key)
            place = bisect_left(rows, tie(row), lo=first, hi=beyond, key=tie)
            pieces += rows[start:place]
            pieces.append(row)
            start = place
        yield
    return pieces + rows[start:]

"""Sorting in slices: what `sorted` gives, without a long call. Pure; no Qt.

One idea: rows are sorted in short runs, and then stretch by stretch. Values that lie evenly in the runs
divide them all at the same places; what lies between two of these is short, and stands in sorted runs
already, which `sorted` only has to merge. Rows that are equal to such a value need no sorting: they stand as
they came.

Not for a few rows that come into a sorted list (`merging`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise
from typing import Any

from app.models.sessions.slices import Work, parts

RUN = 4_000
"""Rows of a run: sorted in a millisecond or two."""
Key = Callable[[int], Any]


def in_order(rows: Sequence[int], key: Key, *, falling: bool = False) -> Work[list[int]]:
    """`sorted(rows, key=key, reverse=falling)`."""
    if falling:  # among equals the first stays the first
        rising = yield from in_order(rows[::-1], key)
        return rising[::-1]
    runs: list[list[int]] = []
    for part in parts(rows, RUN):
        runs.append(sorted(part, key=key))
        yield
    borders = [(key(run[0]), key(run[-1])) for run in runs]
    if all(not first < last for (_, last), (first, _) in pairwise(borders)):
        return [*chain.from_iterable(runs)]
    if all(last < first for (first, _), (_, last) in pairwise(borders)):  # as they come the other way round
        return [*chain.from_iterable(reversed(runs))]
    return (yield from _stretches(runs, key))


def _stretches(runs: list[list[int]], key: Key) -> Work[list[int]]:
    begins, whole = [0] * len(runs), list[int]()
    for divider in _dividers(runs, key):
        below = _cuts(bisect_left, runs, begins, divider, key)
        beyond = _cuts(bisect_right, runs, below, divider, key)
        whole += sorted(_between(runs, begins, below), key=key)
        whole += _between(runs, below, beyond)
        begins = beyond
        yield
    whole += sorted(_between(runs, begins, map(len, runs)), key=key)
    return whole


def _cuts(
    bisect: Callable[..., int], runs: list[list[int]], begins: list[int], divider: Any, key: Key
) -> list[int]:
    """Where a key divides each run."""
    return [bisect(run, divider, lo=begin, key=key) for run, begin in zip(runs, begins, strict=True)]


def _between(runs: list[list[int]], begins: Iterable[int], ends: Iterable[int]) -> chain[int]:
    return chain.from_iterable(run[begin:end] for run, begin, end in zip(runs, begins, ends, strict=True))


def _dividers(runs: list[list[int]], key: Key) -> list[Any]:
    """Keys that rise, between two of which there are no more than twice as many rows as in a run."""
    count = len(runs)
    step = max(1, RUN // count)
    samples = sorted(key(row) for run in runs for row in run[step - 1 :: step])
    taken = samples[count - 1 :: count]
    return taken[:1] + [after for before, after in pairwise(taken) if before < after]

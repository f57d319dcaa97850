"""Long work on the rows of the list, cut into slices. Pure; no Qt.

One idea: such a work is a generator that pauses whenever about a millisecond has gone, and ends with its
result. Whoever runs it lets others work at each pause (`pieces`), or nobody (`finished`). What one call into
C would do for a hundred thousand rows is done a part of them at a time: nothing stops a call.

Not for what is done with the rows.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TypeVar

Value = TypeVar("Value")
Work = Generator[None, None, Value]
ROWS = 8_000
"""Rows of a slice, where little is done for each."""


def parts(rows: Sequence[Value], size: int | None = None) -> Iterator[Sequence[Value]]:
    """The rows in parts of this size (ROWS where none is given), the last one shorter."""
    step = size or ROWS
    return (rows[start : start + step] for start in range(0, len(rows), step))


def passing(
    rows: Sequence[Value], sift: Callable[[Sequence[Value]], Iterable[Value]], size: int | None = None
) -> Work[list[Value]]:
    """What `sift` lets through of each part, in their order."""
    passed: list[Value] = []
    for part in parts(rows, size):
        passed += sift(part)
        yield
    return passed


def held(rows: Sequence[int]) -> Work[set[int]]:
    """The rows as a set."""
    made: set[int] = set()
    for part in parts(rows):
        made.update(part)
        yield
    return made


def finished(work: Work[Value]) -> Value:
    """What a work ends with, waited for."""
    while True:
        try:
            next(work)
        except StopIteration as ended:
            return ended.value  # type: ignore[no-any-return]  # the type of a generator's end

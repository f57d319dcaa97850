"""A column of values of which there are few: launchers, subjects, folders. Pure.

One idea: each row holds the number of its value, and what is asked of many rows (does it match, where is it
sorted, which group is it in) is answered once for each value. Not for values that differ in every row.
"""

from array import array
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from app.models.sessions.slices import Work, parts

Value = TypeVar("Value", bound=Hashable)


class Coded(Generic[Value]):
    """`codes` by row, `values` by code. A value that no row has any more keeps its code."""

    def __init__(self) -> None:
        self.codes = array("I")
        self.values: list[Value] = []
        self._code_of: dict[Value, int] = {}

    def __getitem__(self, row: int) -> Value:
        return self.values[self.codes[row]]

    def grow(self) -> None:
        """Make a row after the last one, to be given its value next."""
        self.codes.append(0)

    def put(self, row: int, value: Value) -> None:
        """Give a row its value."""
        code = self._code_of.get(value)
        if code is None:
            code = self._code_of[value] = len(self.values)
            self.values.append(value)
        self.codes[row] = code

    def where(self, holds: Callable[[Value], bool]) -> frozenset[int]:
        """The codes of the values for which this holds."""
        return frozenset(code for code, value in enumerate(self.values) if holds(value))

    def piles(
        self, rows: Sequence[int], key: Callable[[Value], Hashable]
    ) -> Work[dict[Hashable, list[int]]]:  # fmt: skip
        """The rows by the key of their value, each pile in the order of the rows; empty piles left out."""
        piles = yield from deal(rows, self.codes, self.values, key)
        return {key: pile for key, pile in piles.items() if pile}


def deal(
    rows: Sequence[int],
    codes: Sequence[int],
    values: Sequence[Value],
    key: Callable[[Value], Hashable],
) -> Work[dict[Hashable, list[int]]]:
    """The rows in piles, by the key of their value; a call for each row and nothing more. A row may get a
    new value while others are dealt.
    """
    piles: dict[Hashable, list[int]] = {}
    lay: list[Callable[[int], None]] = []
    for part in parts(rows):
        lay += [piles.setdefault(key(value), []).append for value in values[len(lay) :]]
        for row in part:
            lay[codes[row]](row)
        yield
    return piles

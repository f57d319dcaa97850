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
        keys = [key(value) for value in self.values]
        piles = yield from deal(rows, self.codes, keys)
        return {key: pile for key, pile in piles.items() if pile}


def deal(
    rows: Sequence[int], codes: Sequence[int], keys: Sequence[Hashable]
) -> Work[dict[Hashable, list[int]]]:  # fmt: skip
    """The rows in piles, by the key of their code; a call for each row and nothing more."""
    piles: dict[Hashable, list[int]] = {key: [] for key in keys}
    lay = [piles[key].append for key in keys]
    for part in parts(rows):
        for row in part:
            lay[codes[row]](row)
        yield
    return piles

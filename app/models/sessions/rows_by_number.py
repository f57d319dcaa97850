"""A row for each of many numbers, in a tenth of the memory of a dictionary. Pure.

One idea: a hundred thousand numbers and rows are two pieces of bytes in each of a thousand parts, so that
looking one up is a search by C through some hundred bytes, and nothing is ever built anew. Of a number 42
bits are looked at: whoever asks looks whether the row is the one that he means. Not for what it is made of.
"""

from array import array

_PART_BITS = 10
_MARK = 4  # bytes of a number that stand in its part
_ALL = (1 << 8 * _MARK) - 1


class RowsByNumber:
    """One row at the most for each number."""

    def __init__(self) -> None:
        parts = range(1 << _PART_BITS)
        self._marks = [bytearray() for _ in parts]
        self._rows = [array("I") for _ in parts]

    def get(self, number: int) -> int | None:
        """The row of a number; None where it has none."""
        part, place = self._found(number)
        return None if place < 0 else self._rows[part][place]

    def put(self, number: int, row: int) -> None:
        """Give a number its row, instead of another one."""
        part, place = self._found(number)
        if place < 0:
            self._marks[part] += _mark(number)
            self._rows[part].append(row)
        else:
            self._rows[part][place] = row

    def pop(self, number: int) -> int | None:
        """Take a number's row away, and tell which it was; None where it had none."""
        part, place = self._found(number)
        if place < 0:
            return None
        marks, rows = self._marks[part], self._rows[part]
        row, rows[place] = rows[place], rows[-1]
        marks[place * _MARK : (place + 1) * _MARK] = marks[-_MARK:]
        del marks[-_MARK:], rows[-1]
        return row

    def _found(self, number: int) -> tuple[int, int]:
        """The part of a number, and its place there; less than 0 where it has none."""
        part = number & ((1 << _PART_BITS) - 1)
        marks, mark = self._marks[part], _mark(number)
        at = marks.find(mark)
        while at > 0 and at % _MARK:  # of two marks that stand beside each other
            at = marks.find(mark, at + 1)
        return part, at // _MARK


def _mark(number: int) -> bytes:
    return (number >> _PART_BITS & _ALL).to_bytes(_MARK, "little")

"""The bytes of a file as numbered rows for reading, however many there are and however long its lines.

One idea: the bytes stay as they are; only where pages of them begin is noted, and a row is decoded when it is
looked at. A line longer than ROW_BYTES is continued on further rows, so that no row is ever long. What is not
UTF-8 is shown by replacement characters, one for each byte, and known.

Not for what the text says, and not for painting it (`views.raw_view`).
"""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.values.edit_text import escaped

ROW_BYTES = 1000
PAGE_BYTES = 1 << 13
SLICE_BYTES = 1 << 20
"""Bytes that are searched before others have their turn."""


_NO_UTF8 = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it begins, what stands there, the line that it is of (from 1).

    `continued` rows go on with the line of the row before; where `ends` is False, the next row does.
    """

    start: int
    data: bytes
    line: int
    continued: bool
    ends: bool

    @property
    def text(self) -> str:
        """The row as text, without the end of its line; a byte that is no UTF-8 is one lone surrogate."""
        return self.data.removesuffix(b"\r").decode("utf-8", "surrogateescape")

    def offset_of(self, column: int) -> int:
        """Where the character of that column, from 0, stands in the file."""
        return self.start + len(self.text[:column].encode("utf-8", "surrogateescape"))

    def column_of(self, offset: int) -> int:
        """The column of the character that the byte at `offset` begins or is in."""
        before = self.data[: max(0, offset - self.start)]
        return min(len(before.decode("utf-8", "surrogateescape")), len(self.text))

    @property
    def stop(self) -> int:
        """Where its bytes end, the end of the line not counted."""
        return self.start + len(self.data)


def display(text: str) -> str:
    """What is shown for a part of a row: on one line, and nothing in it hides or turns the rest."""
    return escaped(_NO_UTF8.sub("\ufffd", text.replace("\t", "    ")))


class RawText:
    """The rows of some bytes. Never changed after it was made; may be handed from thread to thread."""

    def __init__(self, data: bytes, size: int | None = None) -> None:
        """`size` is that of the whole file, where `data` is only its beginning."""
        self.data = data
        self.size = len(data) if size is None else size
        self.is_utf8 = True
        self._starts = array("Q")
        self._first_rows = array("Q")
        self._first_lines = array("Q")
        self.rows = self.lines = 0
        self._index()
        self._page = lru_cache(maxsize=8)(self._page_rows)

    @property
    def left_out(self) -> int:
        """Bytes of the file that are not shown."""
        return self.size - len(self.data)

    def row(self, number: int) -> Row:
        """A row by its number, from 0. Raises IndexError."""
        if not 0 <= number < self.rows:
            raise IndexError(number)
        page = bisect_right(self._first_rows, number) - 1
        return self._page(page)[number - self._first_rows[page]]

    def row_at(self, offset: int) -> int:
        """The number of the row that holds the byte at `offset`; the last row for what lies behind."""
        if not self.rows:
            return 0
        page = max(0, bisect_right(self._starts, offset) - 1)
        rows = self._page(page)
        inside = bisect_right(rows, offset, key=lambda row: row.start) - 1
        return int(self._first_rows[page]) + max(0, inside)

    def offset_of(self, line: int, column: int) -> int:
        """Where a character stands that is named by its line and column, both from 1."""
        page = max(0, bisect_right(self._first_lines, line) - 1)
        if not self.rows:
            return 0
        while page and self._first_lines[page] == line and self._goes_on(page):
            page -= 1  # the line began on an earlier page
        at = int(self._starts[page])
        for _ in range(line - int(self._first_lines[page])):
            at = self.data.find(b"\n", at) + 1
        if line == 1 and self.data.startswith(codecs.BOM_UTF8):
            at += len(codecs.BOM_UTF8)
        return self._past_characters(at, column - 1)

    def search(self, words: str, start: int, *, backwards: bool = False) -> Generator[None, None, int | None]:
        """Where `words` stand next, whatever the case of Latin letters, going round at the end; else None.

        Pauses after each slice.
        """
        needle = words.encode("utf-8", "surrogatepass").lower()
        if not needle:
            return None
        for first, last in self._slices(start, len(needle), backwards=backwards):
            yield
            part = self.data[first:last].lower()
            found = part.rfind(needle) if backwards else part.find(needle)
            if found >= 0:
                return first + found
        return None

    def _slices(self, start: int, length: int, *, backwards: bool) -> Iterator[tuple[int, int]]:
        """The parts to be searched one after another; each reaches over its end, so that nothing is cut."""
        over, end = length - 1, len(self.data)
        if backwards:
            for begin, stop in ((0, start), (start, end)):
                for last in range(stop, begin, -SLICE_BYTES):
                    yield max(begin, last - SLICE_BYTES), min(end, last + over)
        else:
            for begin, stop in ((start, end), (0, start)):
                for first in range(begin, stop, SLICE_BYTES):
                    yield first, min(end, min(first + SLICE_BYTES, stop) + over)

    # ---- the index

    def _index(self) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")()
        at, line, ended = 0, 1, True
        while at < len(self.data):
            end = self._page_end(at)
            page = self.data[at:end]
            self._starts.append(at)
            self._first_rows.append(self.rows)
            self._first_lines.append(line)
            self.rows += sum(1 for _ in _pieces(page)) if _has_long_lines(page) else _count_lines(page)
            line += page.count(b"\n")
            ended = page.endswith(b"\n")
            self._judge(decoder, page, final=end == len(self.data) and not self.left_out)
            at = end
        self.lines = line - 1 + (not ended) if self.rows else 0

    def _judge(self, decoder: codecs.IncrementalDecoder, page: bytes, *, final: bool) -> None:
        if self.is_utf8:
            try:
                decoder.decode(page, final)
            except UnicodeDecodeError:
                self.is_utf8 = False

    def _page_end(self, at: int) -> int:
        end = at + PAGE_BYTES
        if end >= len(self.data):
            return len(self.data)
        newline = self.data.rfind(b"\n", at, end)
        return newline + 1 if newline >= 0 else _whole_character(self.data, at, end)

    def _goes_on(self, page: int) -> bool:
        """Whether a page begins within a line."""
        start = self._starts[page]
        return start > 0 and self.data[start - 1] != 0x0A

    def _page_rows(self, page: int) -> tuple[Row, ...]:
        start = int(self._starts[page])
        data = self.data[start : self._page_end(start)]
        line, continued = int(self._first_lines[page]), self._goes_on(page)
        rows: list[Row] = []
        for piece, ends in _pieces(data):
            rows.append(Row(start, piece, line, continued, ends))
            start += len(piece) + ends
            line += ends
            continued = not ends
        return tuple(rows)

    def _past_characters(self, at: int, count: int) -> int:
        """Where so many characters after `at` end, at most at the end of the data."""
        while count > 0 and at < len(self.data):
            end = _whole_character(self.data, at, min(at + PAGE_BYTES, len(self.data)))
            text = self.data[at:end].decode("utf-8", "surrogateescape")
            taken = text[:count]
            at += len(taken.encode("utf-8", "surrogateescape"))
            count -= len(taken)
        return at


def _has_long_lines(page: bytes) -> bool:
    return max(map(len, page.split(b"\n"))) > ROW_BYTES


def _count_lines(page: bytes) -> int:
    return page.count(b"\n") + (not page.endswith(b"\n"))


def _pieces(page: bytes) -> Iterator[tuple[bytes, bool]]:
    """The rows of a page, each with whether its line ends there."""
    lines = page.split(b"\n")
    last = lines.pop()  # "" where the page ends with the end of a line
    for line in lines:
        *before, end = _cut(line)
        yield from ((piece, False) for piece in before)
        yield end, True
    if last:
        yield from ((piece, False) for piece in _cut(last))


def _cut(line: bytes) -> Iterator[bytes]:
    """A line in pieces of at most ROW_BYTES, none of which ends within a character."""
    at = 0
    while len(line) - at > ROW_BYTES:
        end = _whole_character(line, at, at + ROW_BYTES)
        yield line[at:end]
        at = end
    yield line[at:]


def _whole_character(data: bytes, at: int, end: int) -> int:
    """`end`, or a little before it, so that no character is cut; what is no UTF-8 may be cut anywhere."""
    for back in range(4):
        if end - back <= at:
            break
        if end - back >= len(data) or data[end - back] & 0xC0 != 0x80:
            return end - back
    return end

"""The bytes of a file as numbered rows for reading, however many there are and however long its lines.

One idea: the bytes stay as they are; only where pages of them begin is noted (`raw_pages`), and a row is
decoded when it is looked at. What is not UTF-8 is shown by replacement characters, one for each byte, and
known.

Not for what the text says, and not for painting it (`views.parts.raw_view`).
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from app.values.fit_text import escaped_whole
from app.values.raw_pages import PAGE_BYTES, Pages, page_end, pieces, whole_character

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
    return escaped_whole(_NO_UTF8.sub("\ufffd", text.replace("\t", "    ")))


class RawText:
    """The rows of some bytes. Never changed after it was made; may be handed from thread to thread."""

    def __init__(
        self, data: bytes, size: int | None = None, *, skipped: int = 0, pages: Pages | None = None
    ) -> None:
        """`size` is that of the whole file, where `data` is only a part of it: its beginning, or what comes
        behind `skipped` bytes. Lines are counted from there then, unless `pages` that are known already say
        otherwise.
        """
        self.data = data
        self.skipped = skipped
        self.size = skipped + len(data) if size is None else size
        self._pages = pages or Pages(numbered=not skipped)
        self._pages.add(data, final=not self.left_out)
        # Of a function that does not hold this text: it would hold itself, and only the collector free it.
        self._page = lru_cache(maxsize=8)(partial(_page_rows, data, self._pages))

    @property
    def left_out(self) -> int:
        """Bytes of the file behind those that are shown."""
        return self.size - self.end

    @property
    def end(self) -> int:
        """Where in the file that what is shown ends."""
        return self.skipped + len(self.data)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self._pages.rows

    @property
    def lines(self) -> int:
        """The number of the last line."""
        return self._pages.line - (not self.data or self.data.endswith(b"\n"))

    @property
    def numbered(self) -> bool:
        """Whether lines have the numbers that they have in the whole file."""
        return self._pages.numbered

    @property
    def is_utf8(self) -> bool:
        """Whether all of it is text."""
        return self._pages.sound

    def grown(self, more: bytes, keep: int, size: int | None = None) -> RawText:
        """The same with what was appended, of a file that is so large now. Of more than `keep` bytes the
        first lines are let go, and count as skipped; the others keep their numbers.
        """
        first = self._pages.to_keep(self.data, len(self.data) + len(more) - keep)
        gone = int(self._pages.starts[first]) if self.rows else 0
        data = b"".join((memoryview(self.data)[gone:], more)) if more or gone else self.data
        return RawText(data, size, skipped=self.skipped + gone, pages=self._pages.but_last(first))

    def row(self, number: int) -> Row:
        """A row by its number, from 0. Raises IndexError."""
        if not 0 <= number < self.rows:
            raise IndexError(number)
        page = bisect_right(self._pages.first_rows, number) - 1
        return self._page(page)[number - self._pages.first_rows[page]]

    def row_at(self, offset: int) -> int:
        """The number of the row that holds the byte at `offset`; the last row for what lies behind."""
        if not self.rows:
            return 0
        page = max(0, bisect_right(self._pages.starts, offset) - 1)
        rows = self._page(page)
        inside = bisect_right(rows, offset, key=lambda row: row.start) - 1
        return int(self._pages.first_rows[page]) + max(0, inside)

    def offset_of(self, line: int, column: int) -> int:
        """Where a character stands that is named by its line and column, both from 1."""
        page = max(0, bisect_right(self._pages.first_lines, line) - 1)
        if not self.rows:
            return 0
        while page and self._pages.first_lines[page] == line and self._pages.goes_on(self.data, page):
            page -= 1  # the line began on an earlier page
        at = int(self._pages.starts[page])
        for _ in range(line - int(self._pages.first_lines[page])):
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

    # ---- within

    def _past_characters(self, at: int, count: int) -> int:
        """Where so many characters after `at` end, at most at the end of the data."""
        while count > 0 and at < len(self.data):
            end = whole_character(self.data, at, min(at + PAGE_BYTES, len(self.data)))
            text = self.data[at:end].decode("utf-8", "surrogateescape")
            taken = text[:count]
            at += len(taken.encode("utf-8", "surrogateescape"))
            count -= len(taken)
        return at


def _page_rows(whole: bytes, pages: Pages, page: int) -> tuple[Row, ...]:
    start = int(pages.starts[page])
    data = whole[start : page_end(whole, start)]
    line, continued = int(pages.first_lines[page]), pages.goes_on(whole, page)
    rows: list[Row] = []
    for piece, ends in pieces(data):
        rows.append(Row(start, piece, line, continued, ends))
        start += len(piece) + ends
        line += ends
        continued = not ends
    return tuple(rows)

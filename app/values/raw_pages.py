"""Where the pages of some bytes begin, and which rows and lines they begin with: what finds a row quickly.

One idea: a page is a few kilobytes that end with a line, or at least with a character, so that what comes
behind a page changes nothing in it; of bytes that grow only the last page is found out again. A line longer
than ROW_BYTES is cut into rows, so that no row is ever long. Not for what stands in the rows (`raw_text`).
"""

from __future__ import annotations

import codecs
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

ROW_BYTES = 1000
PAGE_BYTES = 1 << 13


def _numbers() -> array[int]:
    return array("Q")


@dataclass(slots=True)
class Pages:
    """Pages in their order, each by where it begins, its first row (from 0) and its first line. `rows` and
    `line` are those behind the last page, `sound` whether all of them are UTF-8. Not `numbered` are lines of
    which nobody knows how many stand before them.
    """

    starts: array[int] = field(default_factory=_numbers)
    first_rows: array[int] = field(default_factory=_numbers)
    first_lines: array[int] = field(default_factory=_numbers)
    rows: int = 0
    line: int = 1
    sound: bool = True
    sound_before: bool = True
    numbered: bool = True

    def add(self, data: bytes, *, final: bool) -> None:
        """Find the pages behind those that are known; `final`: nothing follows, not even half a character."""
        at = page_end(data, int(self.starts[-1])) if self.starts else 0
        while at < len(data):
            end = page_end(data, at)
            page = data[at:end]
            self.starts.append(at)
            self.first_rows.append(self.rows)
            self.first_lines.append(self.line)
            self.rows += sum(1 for _ in pieces(page)) if _has_long_lines(page) else _count_lines(page)
            self.line += page.count(b"\n")
            self.sound_before = self.sound
            self.sound = self.sound and _is_sound(page, final=final or end < len(data))
            at = end

    def but_last(self, first: int) -> Pages:
        """The pages from `first` on, counted from there, without the last one, which may go on."""
        if not self.starts:
            return Pages(numbered=self.numbered)
        last = len(self.starts) - 1
        start, row = int(self.starts[first]), int(self.first_rows[first])
        return Pages(
            array("Q", (one - start for one in self.starts[first:last])),
            array("Q", (one - row for one in self.first_rows[first:last])),
            self.first_lines[first:last],
            int(self.first_rows[last]) - row,
            int(self.first_lines[last]),
            self.sound_before,
            self.sound_before,
            self.numbered,
        )

    def to_keep(self, data: bytes, surplus: int) -> int:
        """The first page to keep where so many bytes are too many: if there is one, where a line begins."""
        last = len(self.starts) - 1
        if surplus <= 0 or last < 0:
            return 0
        first = min(bisect_left(self.starts, surplus), last)
        return next((page for page in range(first, last + 1) if not self.goes_on(data, page)), first)

    def goes_on(self, data: bytes, page: int) -> bool:
        """Whether a page begins within a line."""
        start = self.starts[page]
        return start > 0 and data[start - 1] != 0x0A


def page_end(data: bytes, at: int) -> int:
    """Where the page ends that begins there."""
    end = at + PAGE_BYTES
    if end >= len(data):
        return len(data)
    newline = data.rfind(b"\n", at, end)
    return newline + 1 if newline >= 0 else whole_character(data, at, end)


def pieces(page: bytes) -> Iterator[tuple[bytes, bool]]:
    """The rows of a page, each with whether its line ends there."""
    lines = page.split(b"\n")
    last = lines.pop()  # "" where the page ends with the end of a line
    for line in lines:
        *before, end = _cut(line)
        yield from ((piece, False) for piece in before)
        yield end, True
    if last:
        yield from ((piece, False) for piece in _cut(last))


def whole_character(data: bytes, at: int, end: int) -> int:
    """`end`, or a little before it, so that no character is cut; what is no UTF-8 may be cut anywhere."""
    for back in range(4):
        if end - back <= at:
            break
        if end - back >= len(data) or data[end - back] & 0xC0 != 0x80:
            return end - back
    return end


def _cut(line: bytes) -> Iterator[bytes]:
    """A line in pieces of at most ROW_BYTES, none of which ends within a character."""
    at = 0
    while len(line) - at > ROW_BYTES:
        end = whole_character(line, at, at + ROW_BYTES)
        yield line[at:end]
        at = end
    yield line[at:]


def _is_sound(page: bytes, *, final: bool) -> bool:
    """A page of UTF-8 ends with a character, but for the last one of a file that goes on."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(page, final)
    except UnicodeDecodeError:
        return False
    return True


def _has_long_lines(page: bytes) -> bool:
    return max(map(len, page.split(b"\n"))) > ROW_BYTES


def _count_lines(page: bytes) -> int:
    return page.count(b"\n") + (not page.endswith(b"\n"))

"""The output of a started launcher, read from its file piece by piece, in lines that a window can lay out.

One idea: the file has everything; what is shown is what a person could read, as it comes, and where something
is left out that is said. Not for showing it (see `views.resume.output_view`).
"""

import codecs
import os
from collections.abc import Iterator
from pathlib import Path

CHUNK = 1 << 15  # a window lays out as much of the shortest lines without a halt
MOST_BEHIND = 1 << 20
LONGEST_LINE = 4096


class Lines:
    """Output as lines that a window can lay out.

    Of a progress bar, which returns to the start of its line for ever, only what stands there last; lines
    without an end are broken.
    """

    def __init__(self) -> None:
        self._column = 0
        self._held = ""

    def of(self, text: str) -> str:
        """The next piece of the output, in lines."""
        text = self._held + text
        self._held = "\r" if text.endswith("\r") else ""  # the other half of a line's end may follow
        first, *others = text.removesuffix("\r").replace("\r\n", "\n").split("\n")
        lines = [self._line(first)]
        for line in others:
            self._column = 0
            lines.append(self._line(line))
        return "\n".join(lines)

    def _line(self, line: str) -> str:
        last = next((part for part in reversed(line.split("\r")) if part), "")
        start = ""
        if self._column and last and "\r" in line:
            start, self._column = "\n", 0
        return start + "\n".join(self._broken(last))

    def _broken(self, line: str) -> Iterator[str]:
        while self._column + len(line) > LONGEST_LINE:
            room = LONGEST_LINE - self._column
            yield line[:room]
            line, self._column = line[room:], 0
        self._column += len(line)
        yield line


class OutputFile:
    """What a launcher prints, from where it was read last."""

    def __init__(self, path: Path, *, behind: int = MOST_BEHIND) -> None:
        """`behind`: of what is there already, at most so many bytes are read."""
        self._path = path
        self._behind = behind
        self._read = 0
        self._left_out = 0
        self._lines = Lines()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.at_end = False
        """True when the last look has read all that there was."""

    def look(self, *, final: bool = False) -> str:
        """What was printed since the last look; `final`: nothing will follow what is there."""
        data = self._new_bytes()
        self.at_end = len(data) < CHUNK
        left_out, self._left_out = self._left_out, 0
        note = f"\n… {left_out:,} bytes left out here; they are in {self._path} …\n" if left_out else ""
        return note + self._lines.of(self._decoder.decode(data, final=final and self.at_end))

    def _new_bytes(self) -> bytes:
        try:
            with self._path.open("rb") as file:
                self._skip(os.fstat(file.fileno()).st_size)
                file.seek(self._read)
                data = file.read(CHUNK)
        except OSError:  # taken away, or out of reach for now: the run goes on, and so do the others
            return b""
        self._read += len(data)
        return data

    def _skip(self, size: int) -> None:
        """Leave out what nobody could read as fast as it is printed; the file has all of it."""
        if size - self._read > self._behind:
            begin = size - min(CHUNK, self._behind)
            self._left_out += begin - self._read
            self._read = begin
            self._decoder.reset()

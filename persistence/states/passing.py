"""The bytes of a large file as they go by: all of it but what large values go on with.

One idea: to find room for fifty megabytes takes longer than to read them, and who only wants to see where
the attributes of a state stand needs no more than the beginnings of the large ones. What is left is laid out
as the file is (`values.layout`), line for line, with the lengths of the lines that were cut off. Of a file
in another layout that tells nothing, so it is refused at once, before anything of its size is held.

Not for what these lines say (`states.slices`).
"""

from __future__ import annotations

from persistence.values.layout import INDENT

BEGINNING = 1 << 15
"""Bytes of a line that are looked at before it is told whether all of it is needed."""

HEAD = 1 << 10
"""Bytes of a value that are kept, where not all of it is: they tell of what kind it is."""

_TAGGED = 200  # bytes of a mapping in which it says that it is tagged, if it does so at its beginning
_FIRST = f'{{\n{INDENT}"'.encode()
_DEEPER = f"\n{INDENT * 4} ".encode()
"""No line of ours begins so: attributes stand deepest."""


class OtherLayout(Exception):
    """What goes by is laid out in another way than we do it."""


class Passing:
    """Bytes that go by, of which large values are `kept` as far as HEAD, and their last byte.

    `lengths` are those of the lines that are cut off so, by where they begin in what is kept. `size` is how
    many bytes went by.
    """

    def __init__(self) -> None:
        self.kept = bytearray()
        self.lengths: dict[int, int] = {}
        self.size = 0
        self._line = 0  # where the line that goes by begins in what is kept
        self._long = 0  # how long it is by now, where it is cut off
        self._last: bytes | bytearray = b""

    def take(self, piece: bytes | bytearray) -> None:
        """These go by. Raises OtherLayout as soon as that is certain; then nothing more is to be given."""
        at = 0
        self.size += len(piece)
        while at < len(piece):
            at = self._skip(piece, at) if self._long else self._keep(piece, at)

    def _keep(self, piece: bytes | bytearray, at: int) -> int:
        """Keep some lines, or a part of one; where the next one goes on."""
        room = self._line + BEGINNING - len(self.kept)
        if room > 0:
            stop = min(at + room, len(piece))
            end = piece.rfind(b"\n", at, stop) + 1
        else:  # a long line of which all is needed
            end = piece.find(b"\n", at) + 1
            stop = len(piece)
        self.kept += piece[at : end or stop]
        self._refuse_other((end or stop) - at)
        if end:
            self._line = len(self.kept)
        elif len(self.kept) == self._line + BEGINNING and (value := _can_wait(self.kept, self._line)):
            self._long, self._last = BEGINNING, self.kept[-1:]
            del self.kept[min(value + HEAD, len(self.kept) - 1) :]
        return end or stop

    def _refuse_other(self, new: int) -> None:
        """Raises OtherLayout where what is kept shows it; so many bytes at its end were not looked at yet."""
        start = max(0, len(self.kept) - new - len(_DEEPER))
        if self.kept[: len(_FIRST)] != _FIRST[: len(self.kept)]:
            raise OtherLayout
        # Most of it is the beginnings of long lines: one sign is searched for much more quickly than several.
        start = self.kept.find(b"\n", start)
        if start >= 0 and self.kept.find(_DEEPER, start) >= 0:
            raise OtherLayout

    def _skip(self, piece: bytes | bytearray, at: int) -> int:
        """Leave out what goes on, up to the end of its line."""
        end = piece.find(b"\n", at)
        stop = end if end >= 0 else len(piece)
        if stop > at:
            self._long += stop - at
            self._last = piece[stop - 1 : stop]
        if end < 0:
            return stop
        self.lengths[self._line] = self._long
        self.kept += self._last + b"\n"
        self._line, self._long = len(self.kept), 0
        return end + 1


def _can_wait(kept: bytearray, begin: int) -> int:
    """Where the value of a line begins, if that is a list, or a mapping that is not tagged: of others nobody
    can say anything by their beginning. 0 for these.
    """
    name = kept.find(b'": ', begin)
    value = kept[name + 3 : name + 3 + _TAGGED] if name >= 0 else b""
    known = value.startswith(b"[") or (value.startswith(b"{") and b"__type__" not in value)
    return name + 3 if known else 0

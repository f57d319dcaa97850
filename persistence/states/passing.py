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
"""Bytes of a line that are kept, where not all of it is."""

_TAGGED = 200  # bytes of a mapping in which it says that it is tagged, if it does so at its beginning
_FIRST = f'{{\n{INDENT}"'.encode()
_DEEPER = f"\n{INDENT * 4} ".encode()
"""No line of ours begins so: attributes stand deepest."""


class OtherLayout(Exception):
    """What goes by is laid out in another way than we do it."""


class Passing:
    """Bytes that go by, of which large values are `kept` as far as BEGINNING, and their last byte.

    `lengths` are those of the lines that are cut off so, by where they begin in what is kept. `size` is how
    many bytes went by.
    """

    def __init__(self) -> None:
        self.kept = bytearray()
        self.lengths: dict[int, int] = {}
        self.size = 0
        self._line = 0  # where the line that goes by begins in what is kept
        self._cut = 0  # bytes of it that were left out
        self._cutting = False

    def take(self, piece: bytes) -> None:
        """These go by. Raises OtherLayout as soon as that is certain; then nothing more is to be given."""
        at = 0
        self.size += len(piece)
        while at < len(piece):
            at = self._skip(piece, at) if self._cutting else self._keep(piece, at)

    def _keep(self, piece: bytes, at: int) -> int:
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
        elif len(self.kept) == self._line + BEGINNING:
            self._cutting = _can_wait(self.kept, self._line)
        return end or stop

    def _refuse_other(self, new: int) -> None:
        """Raises OtherLayout where what is kept shows it; so many bytes at its end were not looked at yet."""
        start = max(0, len(self.kept) - new - len(_DEEPER))
        if self.kept[: len(_FIRST)] != _FIRST[: len(self.kept)] or self.kept.find(_DEEPER, start) >= 0:
            raise OtherLayout

    def _skip(self, piece: bytes, at: int) -> int:
        """Leave out what goes on, up to the end of its line."""
        end = piece.find(b"\n", at)
        stop = end if end >= 0 else len(piece)
        if stop > at:
            self._cut += stop - at
            self.kept[self._line + BEGINNING :] = piece[stop - 1 : stop]
        if end < 0:
            return stop
        if self._cut:
            self.lengths[self._line] = BEGINNING + self._cut
        self.kept += b"\n"
        self._line, self._cut, self._cutting = len(self.kept), 0, False
        return end + 1


def _can_wait(kept: bytearray, begin: int) -> bool:
    """Whether a line begins a list, or a mapping that is not tagged: of others nobody can say anything by
    their beginning.
    """
    name = kept.find(b'": ', begin)
    value = kept[name + 3 : name + 3 + _TAGGED] if name >= 0 else b""
    return value.startswith(b"[") or (value.startswith(b"{") and b"__type__" not in value)

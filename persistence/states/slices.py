"""A large state file as its bytes lie: its launchers and attributes, each attribute a slice of the bytes.

One idea: in our layout (`values.layout`) every attribute is one line, so that the ends of lines tell
where each value stands. To find them takes a hundredth of the time of reading what stands between. The
document shares the bytes of the file, which are held once, and a value is read when it is asked for.

To find room for the bytes of a large file takes longer than to read them. So a file can be looked through
before, in a little room: `begun` gives the same document, whose large values are no more than their
beginnings until `sliced` finds them in the bytes.

Nothing is judged here: that the lines are those of our layout is made sure of, commas included, and so a
file is sound exactly when each slice is, by itself (`read_all`). Not for files in another layout: they have
no slices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from persistence.document import STATES, Document, mapping_of, parse_document
from persistence.errors import Damaged
from persistence.states.passing import Passing
from persistence.values.depth import MAX_DEPTH
from persistence.values.in_pieces import WINDOW, Unfit, read
from persistence.values.json_text import JSON, ForeignNumber, parse_piece
from persistence.values.layout import INDENT, LAYOUT, Layout
from persistence.values.sameness import same
from persistence.values.spelled import Spelled, plain

LARGE = 1 << 20
"""Bytes from which a file is worth it."""

_PIECE = 1 << 20
_INDENT = INDENT.encode()
_ATTRIBUTES = LAYOUT[STATES][None]["attributes"]
_ABOVE = 4
"""Levels around the value of an attribute."""


class _OtherLayout(Exception):
    """The bytes lie in another way."""


def sliced(data: bytes, told: Document | None = None) -> Document | None:
    """The document of a file, its attributes not read; None where the file is in another layout.

    `told` is what was begun of that file, or what was written into it. Where that is what the bytes say, it
    is the document, and holds all of its values in these bytes from then on. Else the file has become another
    one meanwhile, and `told` stays as it is.
    """
    found = _document(_Lines(data, {}))
    return told if told is not None and found is not None and _continued(told, found) else found


def begun(passing: Passing) -> Document | None:
    """As `sliced`, of a file that went by, of which nothing is held but what small values are, and how large
    ones begin; text and tagged values count as small. None, too, where something large stands beside the
    attributes.
    """
    return _document(_Lines(passing.kept, passing.lengths))


def _document(lines: _Lines) -> Document | None:
    if not lines.data.startswith(b"{\n"):
        return None
    try:
        next(lines)
        tree, more = _members(lines, LAYOUT, b"")
    except (_OtherLayout, Damaged, ForeignNumber, ValueError, StopIteration):
        return None
    return None if more or lines.at != len(lines.data) else Document(tree)


def read_each(document: Document) -> Iterator[tuple[str, str, JSON]]:
    """Read all slices of a document strictly, a piece at a time, and keep nothing of them: launcher, name,
    value.

    Raises Damaged where one is no strict JSON, and ForeignNumber for a number that JSON lacks: then the file
    has to be read whole. Where it raises nothing, reading it whole would give this very document.
    """
    for namespace, name, held in slices_of(document):
        yield namespace, name, _read(held.text)


def _read(text: str) -> JSON:
    levels = MAX_DEPTH - _ABOVE
    if len(text) > WINDOW:
        try:
            return read(text, levels=levels, foreign_numbers=False)
        except Unfit:
            pass
    return parse_piece(text, levels, foreign_numbers=False)


def read_all(document: Document) -> None:
    """Read all slices. Raises as `read_each`."""
    for _ in read_each(document):
        pass


def parse_by_slices(data: bytes) -> Document:
    """As `persistence.document.parse_document`, by slices where the file has any. Raises Damaged."""
    document = sliced(data)
    if document is None:
        return parse_document(data)
    try:
        read_all(document)
    except (Damaged, ForeignNumber):
        return parse_document(data)
    return document


def bytes_under(document: Document) -> bytes:
    """The bytes in which a document holds its values, as far as it does so; b"" for none."""
    views = (held.as_given for _, _, held in slices_of(document))
    under = (view.obj for view in views if isinstance(view, memoryview))
    return next((data for data in under if isinstance(data, bytes)), b"")


def slices_of(document: Document) -> Iterator[tuple[str, str, Spelled]]:
    """The attributes of which the text is at hand: launcher, name, text."""
    states = mapping_of(document.tree.get(STATES))
    for namespace in document.namespaces:
        attributes = mapping_of(mapping_of(states[namespace]).get("attributes"))
        for name, held in cast("dict[str, JSON | Spelled]", attributes).items():
            if isinstance(held, Spelled):
                yield namespace, name, held


class _Lines:
    """The lines of bytes, as (start, end); `at` is where the next one begins. `lengths` are those of lines
    that are cut off, by where they begin.
    """

    def __init__(self, data: bytes | bytearray, lengths: Mapping[int, int]) -> None:
        self.data = data
        self.lengths = lengths
        self.view = memoryview(data)
        self.at = 0

    def __next__(self) -> tuple[int, int]:
        start, end = self.at, self.data.find(b"\n", self.at)
        if end < 0:
            raise StopIteration
        self.at = end + 1
        return start, end

    def __iter__(self) -> _Lines:
        return self


def _members(lines: _Lines, layout: Layout, indent: bytes) -> tuple[dict[str, JSON], bool]:
    """One mapping, from the line after its opening brace to its closing one; and whether a comma follows."""
    data, start, closing = lines.data, indent + _INDENT + b'"', indent + b"}"
    levels = MAX_DEPTH - len(indent) // len(_INDENT) - 1
    made: dict[str, JSON] = {}
    more = True
    for begin, end in lines:
        if not data.startswith(start, begin):
            comma = data.startswith(b",", end - 1)
            if more or data[begin : end - comma] != closing:
                break
            return made, comma
        if not more:
            break
        key, at = _key(data, begin + len(start), end)
        more = data.startswith(b",", end - 1)
        below = layout.get(key, layout.get(None))
        if key in made:
            break
        if below is not None and end - at == 1 and data.startswith(b"{", at):
            made[key], more = _members(lines, below, indent + _INDENT)
        elif layout is _ATTRIBUTES:
            made[key] = cast(JSON, _spelled(lines, begin, at, end, comma=more))
        elif begin in lines.lengths:
            break
        else:
            text = str(lines.view[at : end - more], "utf-8")
            made[key] = parse_piece(text, levels, foreign_numbers=False)
    raise _OtherLayout


def _spelled(lines: _Lines, begin: int, at: int, end: int, *, comma: bool) -> Spelled:
    """The value that stands at a stretch of the line that begins there, up to its end or its comma."""
    length = lines.lengths.get(begin)
    if length is None:
        return Spelled(lines.view[at : end - comma])
    # Behind its beginning stands its last byte alone.
    return Spelled(lines.view[at : end - 1], length=length - (at - begin) - comma)


def _key(data: bytes | bytearray, start: int, end: int) -> tuple[str, int]:
    """The key that begins a line, and where what follows it begins."""
    quote = data.find(b'"', start, end)
    if quote < 0 or data[quote : quote + 3] != b'": ' or b"\\" in data[start:quote]:
        raise _OtherLayout
    return data[start:quote].decode("utf-8"), quote + 3


# --- from the beginnings to the whole ---------------------------------------------------------------------


def _continued(told: Document, found: Document) -> bool:
    """Let what was told of a file hold what was found in its bytes; False where these say something else."""
    try:
        pairs = [*_pairs(told.tree, found.tree, LAYOUT)]
    except _OtherLayout:
        return False
    for here, there in pairs:
        here.hold(there.as_given)
    return True


def _pairs(
    told: Mapping[str, JSON], found: Mapping[str, JSON], layout: Layout
) -> Iterator[tuple[Spelled, Spelled]]:
    """The attributes of both. Raises _OtherLayout at the first that was told otherwise than it was found."""
    if [*told] != [*found]:
        raise _OtherLayout
    for key, here in cast("Mapping[str, JSON | Spelled]", told).items():
        there, below = cast("JSON | Spelled", found[key]), layout.get(key, layout.get(None))
        if isinstance(here, Spelled) and isinstance(there, Spelled):
            if not _goes_on(here, there):
                raise _OtherLayout
            yield here, there
        elif below is not None and isinstance(here, dict) and isinstance(there, dict):
            yield from _pairs(here, there, below)
        elif not same(plain(here), plain(there)):
            raise _OtherLayout


def _goes_on(beginning: Spelled, whole: Spelled) -> bool:
    seen, all_of_it = beginning.as_given, whole.as_given
    if isinstance(seen, str) or isinstance(all_of_it, str):  # what was typed, or written anew
        return beginning.at_hand and beginning.text == whole.text
    if len(beginning) != len(whole):
        return False
    pieces = range(0, len(seen), _PIECE)  # a view is compared sign by sign, and a large copy takes room
    return all(
        bytes(seen[at : at + _PIECE]) == bytes(all_of_it[at : at + _PIECE][: len(seen) - at]) for at in pieces
    )

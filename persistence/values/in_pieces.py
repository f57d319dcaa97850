"""JSON text that is read a piece at a time: the same values, without one long call that nobody can interrupt.

One idea: the C code of `json` is given so much text as takes it a millisecond, again and again, so that
other threads have their turn in between, and whoever reads on a thread that has other things to do can leave
off and go on later. A piece is some items of one list or mapping. Where it ends is guessed and made sure of:
what is a whole list when brackets are put around it is nothing else. An item that is larger than a piece is
read in pieces itself.

What is read is what `values.json_text` reads from the whole. What is not sound is not judged here:
`Unfit` only says that the whole has to be read at once, and that will say what is wrong.

Not for: texts that are read in no time, for bytes, and for writing (`written_in_pieces`).
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

from persistence.errors import Damaged
from persistence.values.depth import MAX_DEPTH
from persistence.values.json_text import JSON, parse_piece

WINDOW = 1 << 15
"""Characters of a piece."""

Items: TypeAlias = "list[JSON] | dict[str, JSON]"
_CLOSING = {"[": "]", "{": "}"}
_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_COLON = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
_SIGN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},"]', re.DOTALL)
_SCALAR_END = re.compile(r"[ \t\n\r,\]}]|$")


class Unfit(Exception):
    """The text cannot be read in pieces: it is damaged, or written in a strange way."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some items of a list or mapping, in their order (none where an item is not whole yet). `end`: how far
    the text has been read, in characters.
    """

    items: Items
    end: int


@dataclass(frozen=True, slots=True)
class _Holder:
    """A list or mapping that is being read: its opening bracket, and how many levels its text may have."""

    opening: str
    levels: int
    foreign_numbers: bool

    def read(self, text: str) -> Items:
        """The items that a text lists. Raises Unfit."""
        try:
            whole = f"{self.opening}{text}{_CLOSING[self.opening]}"
            found = parse_piece(whole, self.levels, foreign_numbers=self.foreign_numbers)
        except Damaged as error:
            raise Unfit from error
        if isinstance(found, list | dict):
            return found
        raise Unfit


def reading(
    text: str, *, levels: int = MAX_DEPTH, foreign_numbers: bool = True
) -> Generator[Run, None, JSON]:
    """Read a text: yields how far it has come, in runs without items, and returns the value.

    Raises Unfit, and ForeignNumber for one where they are not wanted. `levels`: so many it may have.
    """
    start = _after_space(text, 0)
    value, end = yield from _value(text, start, levels, foreign_numbers)
    if _after_space(text, end) != len(text):
        raise Unfit
    return value


def read(text: str, *, levels: int = MAX_DEPTH, foreign_numbers: bool = True) -> JSON:
    """Read a text, on a thread beside others that have their turns meanwhile. Raises as `reading`."""
    work = reading(text, levels=levels, foreign_numbers=foreign_numbers)
    while True:
        try:
            next(work)
        except StopIteration as ended:
            value: JSON = ended.value
            return value


def runs(text: str) -> Generator[Run, None, None]:
    """The items of the list or mapping that a text is, some at a time. Raises Unfit."""
    yield from _runs(text, _after_space(text, 0), MAX_DEPTH, True)


def _value(text: str, at: int, levels: int, foreign: bool) -> Generator[Run, None, tuple[JSON, int]]:
    """The value that begins at `at`, and where it ends; yields runs without items."""
    if text[at : at + 1] not in _CLOSING:
        return _single(text, at, levels, foreign)
    steps = _runs(text, at, levels, foreign)
    items: list[JSON] = []
    members: dict[str, JSON] = {}
    count = 0
    while True:
        try:
            run = next(steps)
        except StopIteration as ended:
            if len(members) + len(items) != count:
                raise Unfit from None  # a key that stands twice
            return (items if text[at] == "[" else members), ended.value
        count += len(run.items)
        if isinstance(run.items, list):
            items += run.items
        else:
            members.update(run.items)
        yield Run([], run.end)


def _single(text: str, at: int, levels: int, foreign: bool) -> tuple[JSON, int]:
    """A text, a number, a word."""
    quoted = text[at : at + 1] == '"'
    found = _STRING.match(text, at) if quoted else _SCALAR_END.search(text, at)
    end = at if found is None else found.end() if quoted else found.start()
    if end == at:
        raise Unfit
    return _Holder("[", levels + 1, foreign).read(text[at:end])[0], end  # type: ignore[index]  # a list


def _runs(text: str, at: int, levels: int, foreign: bool) -> Generator[Run, None, int]:
    """The items of the list or mapping that begins at `at`; returns where it ends."""
    holder = _Holder(text[at : at + 1], levels, foreign)
    if holder.opening not in _CLOSING or levels < 1:
        raise Unfit
    start = position = _after_space(text, at + 1)
    mark = _mark(text, position, holder.opening)
    while True:
        found = _guessed(text, position, mark, holder) if mark else None
        if found is not None:
            items, position = found
            yield Run(items, position)
            continue
        mark = ""  # guesses are wrong here
        last, closed = _searched(text, position)
        if last < 0:
            last = yield from _large(text, position, holder)
        elif items := holder.read(text[position:last]):
            yield Run(items, last)
        elif not closed or position != start:
            raise Unfit  # nothing stands between two commas
        if text[last] == _CLOSING[holder.opening]:
            return last + 1
        if text[last] != ",":
            raise Unfit
        position = _after_space(text, last + 1)


def _guessed(text: str, at: int, mark: str, holder: _Holder) -> tuple[Items, int] | None:
    """Items up to the last `mark` within reach, and where the next one begins; None where that is no end."""
    cut = text.rfind(mark, at, at + WINDOW)
    if cut < 0:
        return None
    comma = cut + mark.index(",")
    try:
        items = holder.read(text[at:comma])
    except Unfit:
        return None
    return (items, comma + 2) if items else None


def _mark(text: str, at: int, opening: str) -> str:
    """How one item ends and the next begins, by how the first of them begins."""
    key = _STRING.match(text, at) if opening == "{" else None
    colon = _COLON.match(text, key.end()) if key else None
    first = text[colon.end() : colon.end() + 1] if colon else text[at : at + 1]
    before = _CLOSING.get(first, '"' if first == '"' else "")
    after = '"' if opening == "{" else first if before else ""
    return f"{before}, {after}"


def _searched(text: str, at: int) -> tuple[int, bool]:
    """Where the last whole item within reach ends (-1 without one), and whether the whole ends there."""
    level, last = 0, -1
    for sign in _SIGN.finditer(text, at, at + WINDOW):
        mark = sign[0]
        if mark == '"':  # a text that goes on
            break
        if mark in "[{":
            level += 1
        elif mark in "]}":
            if level == 0:
                return sign.start(), True
            level -= 1
        elif mark == "," and level == 0:
            last = sign.start()
    return last, False


def _large(text: str, at: int, holder: _Holder) -> Generator[Run, None, int]:
    """One item that does not fit into a piece; returns where it ends."""
    name, start = "", at
    if holder.opening == "{":
        key = _STRING.match(text, at)
        colon = _COLON.match(text, key.end()) if key else None
        if key is None or colon is None:
            raise Unfit
        name, start = _text_of(key[0]), colon.end()
    value, end = yield from _value(text, start, holder.levels - 1, holder.foreign_numbers)
    end = _after_space(text, end)
    if end == len(text):
        raise Unfit
    yield Run({name: value} if holder.opening == "{" else [value], end)
    return end


def _text_of(quoted: str) -> str:
    try:
        return str(parse_piece(quoted, 1))
    except Damaged as error:
        raise Unfit from error


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at

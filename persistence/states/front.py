"""The readable front of damaged bytes: what of a state stands before the damage, and is certain.

One idea: half a value is no value. A state file is read member by member, down to the attributes, and each
member is taken when it is whole and what follows it is as it should be. So ``150`` that was cut to ``15`` is
left out, because nothing shows where it ends; a text or a list shows that itself, where the file merely ends
or zero bytes follow (as after a power cut), but not where it runs into something that cannot stand there.
The first damage ends the front: what comes after it may be older, or another file's.

What is lost is named as far as its name can be read: by its place in the file.

Not for: sound files (`persistence.document`), nor what is made of a front (`states.recovery`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from persistence.codec import MAX_VALUE_DEPTH
from persistence.document import STATES, Document
from persistence.errors import Damaged
from persistence.values.json_text import JSON, parse, too_deep

ATTRIBUTES = "attributes"


@dataclass(frozen=True)
class Lost:
    """What could not be read with certainty: the keys that lead to it from the top of the file, and why."""

    place: tuple[str, ...]
    reason: str

    @property
    def namespace(self) -> str:
        """The launcher that it belongs to; "" for none."""
        return self.place[1] if len(self.place) > 1 else ""

    @property
    def attribute(self) -> str:
        """The attribute that it is; "" when it is something else."""
        return self.place[3] if len(self.place) > 3 else ""


@dataclass(frozen=True)
class Front:
    """What is certain, what is lost, and where the damage is, counted from 1; None when there is none.

    `whole` are the launchers whose attributes could be read to the last one.
    """

    document: Document
    lost: tuple[Lost, ...]
    line: int | None
    column: int | None
    whole: frozenset[str] = frozenset()


def read_front(data: bytes) -> Front:
    """The front of any bytes; of sound ones, all of it. Never raises."""
    text, behind = _readable(data)
    reader = _Reader(text)
    end = reader.read()
    if end is None and not behind:
        return Front(Document(reader.tree), (), None, None, frozenset(reader.whole))
    end = len(text) if end is None else end
    lost = (*reader.lost, *(() if reader.is_whole else _after(text + behind, end, reader)))
    if end == len(text) and not behind:
        end = len(text.rstrip(" \t\r\n"))  # where the text ends too early, as the error says it
    line, column = text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)
    return Front(Document(reader.tree), lost, line, column, frozenset(reader.whole))


def _readable(data: bytes) -> tuple[str, str]:
    """The text up to the first bytes that can be in no text, and what can be made of the rest.

    Where these bytes are no zero bytes and no mere end, a mark stands in the text for them.
    """
    front = data[: data.find(b"\0")] if b"\0" in data else data
    try:
        return front.decode("utf-8-sig"), data[len(front) :].decode("utf-8", "replace")
    except UnicodeDecodeError as error:
        mark = "" if error.reason == "unexpected end of data" else "\ufffd"
        return front[: error.start].decode("utf-8-sig") + mark, data[error.start :].decode("utf-8", "replace")


class _End(Exception):
    """The damage was met."""

    def __init__(self, position: int) -> None:
        super().__init__()
        self.position = position


_SPACE = re.compile(r"[ \t\n\r]*")
_ANY_VALUE = json.JSONDecoder(parse_int=str, parse_float=str)  # finds where a value ends, whatever it says


class _Reader:
    """Reads one text into `tree`, up to its damage."""

    def __init__(self, text: str) -> None:
        self.tree: dict[str, JSON] = {}
        self.lost: list[Lost] = []
        self.is_whole = False
        self.whole: set[str] = set()  # launchers
        self.open: list[tuple[tuple[str, ...], dict[str, JSON]]] = []
        self._text = text

    def read(self) -> int | None:
        """Where the damage is, None without any."""
        try:
            end = self._past_space(self._mapping(self._past_space(0), self.tree, ()))
        except _End as damage:
            self._close()
            return damage.position
        self.is_whole = True
        return end if end < len(self._text) else None

    def _past_space(self, position: int) -> int:
        found = _SPACE.match(self._text, position)
        return found.end() if found else position

    def _mapping(self, at: int, found: dict[str, JSON], place: tuple[str, ...]) -> int:
        """Read the members of a mapping, and return where it ends."""
        if not self._text.startswith("{", at):
            raise _End(at)
        self.open.append((place, found))
        at = self._past_space(at + 1)
        if not self._text.startswith("}", at):
            at = self._members(at, found, place)
        self.open.pop()
        if len(place) == 3:
            self.whole.add(place[1])
        return at + 1

    def _members(self, at: int, found: dict[str, JSON], place: tuple[str, ...]) -> int:
        while True:
            key, at = self._key(at, found, place)
            where = (*place, key)
            if _is_opened(where) and self._text.startswith("{", at):
                inner = found[key] = {}
                at = self._past_space(self._mapping(at, inner, where))
            else:
                found[key], at = self._value(at, where)
                if at < len(self._text) and self._text[at] not in ",}":
                    del found[key]
                    self._lose(where, at)
            if self._text.startswith("}", at):
                return at
            if not self._text.startswith(",", at):
                raise _End(at)
            at = self._past_space(at + 1)

    def _key(self, at: int, found: dict[str, JSON], place: tuple[str, ...]) -> tuple[str, int]:
        """A key, and where its value begins."""
        if not self._text.startswith('"', at):
            raise _End(at)
        try:
            key, end = _ANY_VALUE.raw_decode(self._text, at)
        except json.JSONDecodeError as error:  # half a name is none
            raise _End(self._damage(error)) from None
        if key in found:
            del found[key]
            self._lose((*place, key), at, "its name is there twice")
        end = self._past_space(end)
        if not self._text.startswith(":", end):
            self._lose((*place, key), end)
        return key, self._past_space(end + 1)

    def _value(self, at: int, where: tuple[str, ...]) -> tuple[JSON, int]:
        """A whole value, and where what follows it begins."""
        try:
            _, end = _ANY_VALUE.raw_decode(self._text, at)
        except json.JSONDecodeError as error:
            self._lose(where, self._damage(error))
        except RecursionError:
            self._lose(where, at, "it is nested too deeply")
        spelled = self._text[at:end]
        if end == len(self._text) and spelled[-1].isdigit():
            self._lose(where, end)  # it may have had more digits
        try:
            value = parse(spelled.encode())
        except Damaged:  # a key twice in it, or deeper than anything that is read
            self._lose(where, at, "it is damaged")
        if too_deep(value, spelled, MAX_VALUE_DEPTH):
            self._lose(where, at, "it is nested too deeply")
        return value, self._past_space(end)

    def _damage(self, error: json.JSONDecodeError) -> int:
        """Where a text or value stops to be one: at the end, when it is cut off."""
        cut_off = error.msg.startswith("Unterminated") or not self._text[error.pos :].strip()
        return len(self._text) if cut_off else error.pos

    def _lose(self, where: tuple[str, ...], position: int, reason: str = "") -> NoReturn:
        at_end = position >= len(self._text)
        self.lost.append(Lost(where, reason or ("it is cut off" if at_end else "it is damaged")))
        raise _End(position)

    def _close(self) -> None:
        """Take out what was only begun: mappings without anything, launchers without an attribute."""
        for (place, found), (_, holder) in zip(self.open[:0:-1], self.open[-2::-1], strict=True):
            if len(place) == 2 and not found.get(ATTRIBUTES):
                self.lost.append(Lost(place, "nothing of it can be read"))
                del holder[place[-1]]
            elif not found:
                del holder[place[-1]]


def _is_opened(place: tuple[str, ...]) -> bool:
    """Whether the mapping at that place is read member by member, so that its front can be taken."""
    return place[0] == STATES and (len(place) < 3 or (len(place) == 3 and place[2] == ATTRIBUTES))


_OUR_LAYOUT = f'\n    "{STATES}": {{\n'
_NAME = r'"(?:[^"\\\n]|\\.)*"'
_NAME_LINE = re.compile(rf"^(?: {{8}}({_NAME}): \{{$| {{16}}({_NAME}): )", re.MULTILINE)


def _after(text: str, end: int, reader: _Reader) -> Iterator[Lost]:
    """The attributes whose names can still be read behind the damage, in a file as we lay it out."""
    if _OUR_LAYOUT not in text:
        return
    namespace = reader.open[2][0][1] if len(reader.open) > 2 else ""
    known = {lost.place for lost in reader.lost}
    for found in _NAME_LINE.finditer(text, end):
        name = _said(found[1] or found[2])
        if found[1]:
            namespace = name
        elif namespace and (place := (STATES, namespace, ATTRIBUTES, name)) not in known:
            known.add(place)
            yield Lost(place, "it stands after the damage")


def _said(name: str) -> str:
    try:
        return str(json.loads(name))
    except ValueError:  # a wrong escape
        return name

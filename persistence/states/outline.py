"""What a state file says, at a glance: everything but what its attributes hold.

One idea: in our layout each attribute is one line (`values.layout`), so that the names, times and
outcomes around them can be had without reading them: their lines are passed over as one piece of text. That
is a fraction of the work of reading the whole, and all that a list of a hundred thousand sessions needs
first.

Nothing is judged here: a file whose outline can be had may still be damaged, and one in another layout has
none, however sound it is. Who needs to know reads it whole (`persistence.document`).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, cast

from persistence.document import STATES, Document, mapping_of
from persistence.values.json_text import JSON, parse_text
from persistence.values.json_writing import quoted
from persistence.values.layout import INDENT
from persistence.values.spelled import plain


@dataclass(frozen=True, slots=True)
class Unread:
    """The attributes of a launcher as they stand in the file, one on a line; `text` are these lines."""

    text: str
    count: int

    def __len__(self) -> int:
        return self.count

    def read(self) -> JSON:
        """All of them, by name. Raises Damaged."""
        return parse_text(f"{{{self.text}}}")

    def get(self, name: str) -> JSON:
        """The value of one attribute, None where there is none of that name. Raises Damaged."""
        start = f"{_LEAD}{quoted(name)}: "
        at = 0 if self.text.startswith(start) else self.text.find(f"\n{start}") + 1
        if not at and not self.text.startswith(start):
            return None
        return parse_text(self.text[at + len(start) : self.text.index("\n", at)].removesuffix(","))


_ATTRIBUTES_AS = (dict, Unread)
State: TypeAlias = "Mapping[str, JSON | Unread]"
"""All that is saved of one launcher."""


class Outline(NamedTuple):
    """What a state file says beside its attributes: all of its `tree`, and the launchers in it by name."""

    tree: Mapping[str, JSON]

    @property
    def launchers(self) -> dict[str, State]:
        """What is saved of each, in file order."""
        states = mapping_of(self.tree.get(STATES))
        found = {name: state for name, state in states.items() if isinstance(state, dict)}
        return cast("dict[str, State]", found)


def count_in(state: State) -> int:
    """How many attributes are saved of a launcher."""
    attributes = state.get("attributes")
    return len(attributes) if isinstance(attributes, _ATTRIBUTES_AS) else 0


def attribute_in(state: State, name: str) -> JSON:
    """The value of one attribute; None where there is none. Raises Damaged where it was unread."""
    attributes = state.get("attributes")
    return plain(attributes.get(name)) if isinstance(attributes, _ATTRIBUTES_AS) else None


def attributes_in(state: State) -> JSON:
    """All of them by name, empty without any. Raises Damaged where they were unread."""
    attributes = state.get("attributes")
    if isinstance(attributes, Unread):
        return attributes.read()
    return {name: plain(value) for name, value in mapping_of(attributes).items()}


def outline_in(document: Document) -> Outline:
    """The same of a document that was read whole."""
    return Outline(document.tree)


class _NoOutline(Exception):
    """The text is laid out in another way than ours."""


def outline_of(data: bytes) -> Outline | None:
    """The outline of a state file's bytes; None where its attributes are not laid out as ours.

    An attribute's line is taken for its value unseen.
    """
    try:
        rest, unread = _without_attributes(data.decode("utf-8"))
        tree = _decoded(rest)
    except (_NoOutline, ValueError, RecursionError):  # cut off; not UTF-8; no JSON
        return None
    return _with(unread, tree)


_ATTRIBUTES, _LEVEL = "attributes", 3
_BEGIN = f'\n{INDENT * _LEVEL}"{_ATTRIBUTES}": {{\n'
_END = f"\n{INDENT * _LEVEL}}}"
_LEAD = INDENT * (_LEVEL + 1)
_FIRST, _NEXT = f'{_LEAD}"', f',\n{_LEAD}"'
_PLACE = secrets.token_hex()
"""Stands where attributes were taken out: no file can say this."""


def _without_attributes(text: str) -> tuple[str, list[Unread]]:
    """The text with all of them taken out."""
    kept: list[str] = []
    unread: list[Unread] = []
    at = 0
    while (begin := text.find(_BEGIN, at)) >= 0:
        first = begin + len(_BEGIN)
        end = text.find(_END, first)
        if end < 0 or not (count := _count_in(text[first:end])):
            raise _NoOutline
        unread.append(Unread(text[first : end + 1], count))
        kept += (text[at : first - 2], f'"{_PLACE}"')
        at = end + len(_END)
    kept.append(text[at:])
    return "".join(kept), unread


def _count_in(lines: str) -> int:
    """How many attributes these are; 0 where a line begins none, or one but the last does not end in a comma.

    To count the lines first takes twice as long.
    """
    attributes = lines.split(_NEXT)
    return len(attributes) if lines.startswith(_FIRST) and "\n" not in "".join(attributes) else 0


def _with(unread: list[Unread], tree: dict[str, JSON | Unread]) -> Outline | None:
    """The outline of what is left; None where a launcher's attributes were not taken out, or something else
    was.
    """
    waiting = iter(unread)
    for state in mapping_of(cast(JSON, tree.get(STATES))).values():
        found = state.get(_ATTRIBUTES) if isinstance(state, dict) else None
        if found == _PLACE:
            cast("dict[str, JSON | Unread]", state)[_ATTRIBUTES] = next(waiting)
        elif found:
            return None
    return Outline(cast("dict[str, JSON]", tree)) if next(waiting, None) is None else None


def _decoded(text: str) -> dict[str, JSON | Unread]:
    """What is left, an object and white space after it."""
    tree, end = _decode(text)
    if not isinstance(tree, dict) or text[end:].strip(_SPACE):
        raise _NoOutline
    return cast("dict[str, JSON | Unread]", tree)


def _mapping(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    """What the reader found between two braces; a key that stands twice there is damage."""
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _NoOutline
    return mapping


_SPACE = " \t\n\r"
_decode = json.JSONDecoder(object_pairs_hook=_mapping).raw_decode

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
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from persistence.document import STATES, Document, mapping_of
from persistence.values.json_text import JSON, parse_text, plain
from persistence.values.layout import INDENT

_decoded = json.JSONDecoder().decode


@dataclass(frozen=True, slots=True)
class Unread:
    """The attributes of a launcher as they stand in the file, one on a line; `text` are these lines."""

    text: str

    def __len__(self) -> int:
        return self.text.count("\n")

    def get(self, name: str) -> JSON:
        """The value of one attribute, None where there is none of that name. Raises Damaged."""
        start = f'{_LEAD}"{name}": '
        at = 0 if self.text.startswith(start) else self.text.find(f"\n{start}") + 1
        if not at and not self.text.startswith(start):
            return None
        return parse_text(self.text[at + len(start) : self.text.index("\n", at)].removesuffix(","))


State: TypeAlias = "Mapping[str, JSON | Unread]"
"""All that is saved of one launcher."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a state file says beside its attributes: all of its `tree`, and the launchers in it by name."""

    tree: Mapping[str, JSON]

    @property
    def launchers(self) -> dict[str, State]:
        """What is saved of each, in file order."""
        states = mapping_of(self.tree.get(STATES))
        return {name: cast(State, state) for name, state in states.items() if isinstance(state, dict)}


def count_in(state: State) -> int:
    """How many attributes are saved of a launcher."""
    attributes = state.get("attributes")
    return len(attributes) if isinstance(attributes, dict | Unread) else 0


def attribute_in(state: State, name: str) -> JSON:
    """The value of one attribute; None where there is none. Raises Damaged where it was unread."""
    attributes = state.get("attributes")
    return plain(attributes.get(name)) if isinstance(attributes, dict | Unread) else None


def outline_in(document: Document) -> Outline:
    """The same of a document that was read whole."""
    return Outline(document.tree)


class _NoOutline(Exception):
    """The text is laid out in another way than ours."""


def outline_of(data: bytes) -> Outline | None:
    """The outline of a state file's bytes; None where they are not laid out as ours.

    An attribute's line is taken for its value unseen.
    """
    try:
        text = data.decode("utf-8")
        if not text.startswith("{\n"):
            return None
        tree, end = _members(text, 2, 0)
    except (_NoOutline, ValueError):  # cut off; not UTF-8; no JSON
        return None
    return Outline(cast("dict[str, JSON]", tree)) if end == len(text) else None


_ATTRIBUTES, _INNERMOST = "attributes", 2
_STARTS = tuple(f'{INDENT * level}{INDENT}"' for level in range(_INNERMOST + 1))
_ENDS = tuple(f"{INDENT * level}}}" for level in range(_INNERMOST + 1))
_LEAD = INDENT * (_INNERMOST + 2)
_END_OF_ATTRIBUTES = f"\n{INDENT * (_INNERMOST + 1)}}}"


def _members(text: str, at: int, level: int) -> tuple[dict[str, JSON | Unread], int]:
    """One mapping, from the line after its opening brace, and where the line after its closing one begins.

    Level 0 is the file, 1 its launchers, 2 what is saved of one.
    """
    start = _STARTS[level]
    made: dict[str, JSON | Unread] = {}
    skipped = len(start)
    while text.startswith(start, at):
        end = text.find("\n", at)
        key, _, value = text[at + skipped : end].partition('": ')
        if end < 0 or key in made or "\\" in key:
            raise _NoOutline
        if value != "{":
            made[key] = _value(value.removesuffix(","))
            at = end + 1
        elif level == _INNERMOST:
            made[key], at = _unread(text, end + 1, key)
        elif level == 0 and key != STATES:  # which we would have written on one line
            raise _NoOutline
        else:
            inner, at = _members(text, end + 1, level + 1)
            made[key] = cast(JSON, inner)
    end = text.find("\n", at)
    if end < 0 or text[at:end].removesuffix(",") != _ENDS[level]:
        raise _NoOutline
    return made, end + 1


def _unread(text: str, at: int, key: str) -> tuple[Unread, int]:
    """The lines of the attributes, each of which begins one and all but the last of which end in a comma."""
    end = text.find(_END_OF_ATTRIBUTES, at - 1)
    lines = text[at : end + 1]
    after, count = text.find("\n", end + 1), lines.count("\n") - 1
    sound = (
        key == _ATTRIBUTES
        and end > 0
        and text[end + len(_END_OF_ATTRIBUTES) : after] in ("", ",")
        and lines.startswith(f'{_LEAD}"')
        and lines.count(f'\n{_LEAD}"') == lines.count(",\n") == count
    )
    if not sound:
        raise _NoOutline
    return Unread(lines), after + 1


def _value(text: str) -> JSON:
    if text[:1] == text[-1:] == '"' and text.count('"') == 2 and "\\" not in text:
        return text[1:-1]  # by far the most frequent
    return cast(JSON, _decoded(text))

"""What a state file says, at a glance: everything but what its attributes hold.

One idea: in our layout each attribute is one line (`persistence.layout`), so that the names, times and
outcomes around them can be had without reading them. That is a fraction of the work of reading the whole, and
all that a list of a hundred thousand sessions needs first.

Nothing is judged here: a file whose outline can be had may still be damaged, and one in another layout has
none, however sound it is. Who needs to know reads it whole (`persistence.document`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import cast

from persistence.document import Document
from persistence.json_text import JSON, Spelled
from persistence.layout import INDENT, LAYOUT, Layout


class _NoOutline(Exception):
    """The text is laid out in another way than ours."""


def outline_of(data: bytes) -> Document | None:
    """The document of a state file's bytes, whose attributes are read when they are asked for.

    None where the bytes are not laid out as ours. An attribute's line is taken for its value unseen: what
    stands in it may turn out to be Damaged when it is asked for, though the whole file is sound.
    """
    try:
        lines = iter(data.decode("utf-8").split("\n"))
        if next(lines) != "{":
            return None
        tree = _members(lines, LAYOUT, "")
        return Document(tree) if [*lines] == [""] else None
    except (_NoOutline, StopIteration, ValueError):  # cut off; not UTF-8; no JSON
        return None


def _members(lines: Iterator[str], layout: Layout, indent: str) -> dict[str, JSON]:
    """One mapping, from the line after its opening brace to its closing brace."""
    start, closing = f'{indent}{INDENT}"', f"{indent}}}"
    made: dict[str, JSON] = {}
    for line in lines:
        if not line.startswith(start):
            if line.removesuffix(",") == closing:
                return made
            break
        key, _, text = line[len(start) :].partition('": ')
        if key in made or "\\" in key:
            break
        below = layout.get(key, layout.get(None))
        if below is None or text != "{":
            made[key] = _value(text.removesuffix(","))
        else:
            made[key] = cast(JSON, (_members if below else _attributes)(lines, below, indent + INDENT))
    raise _NoOutline


def _attributes(lines: Iterator[str], _layout: Layout, indent: str) -> dict[str, JSON]:
    """The same for attributes, which are most of the lines, and not looked into."""
    start, closing, count = f'{indent}{INDENT}"', f"{indent}}}", 0
    length = len(start)
    made: dict[str, Spelled] = {}
    for line in lines:
        if line.startswith(start):
            key, _, text = line[length:].partition('": ')
            made[key] = Spelled(text.removesuffix(","))
            count += 1
        elif line.removesuffix(",") == closing and len(made) == count and not _is_escaped(made):
            return cast("dict[str, JSON]", made)
        else:
            break
    raise _NoOutline


def _is_escaped(keys: Iterable[str]) -> bool:
    return "\\" in "".join(keys)


def _value(text: str) -> JSON:
    if text[:1] == text[-1:] == '"' and text.count('"') == 2 and "\\" not in text:
        return text[1:-1]  # by far the most frequent
    return cast(JSON, json.loads(text))

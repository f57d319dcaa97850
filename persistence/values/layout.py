"""How a state file lies in its bytes: one attribute with its whole value on a line.

One idea: a value that stands there has its text, and whoever writes the file again writes that text. So the
attributes of a document that was read or written know how they are spelled (`Spelled`), and a commit that
changes one of them writes one of them anew.

Four spaces of indentation down to the attributes, so that a plain editor and a line diff show one attribute
as one line. Other layouts are read, too; they are spelled in this one when they are written.

Not for: what the parts mean (`persistence.document`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, cast

from persistence.values.depth import MAX_DEPTH, has_matching_brackets
from persistence.values.json_text import JSON, Number
from persistence.values.json_writing import quoted, write
from persistence.values.spelled import Spelled
from persistence.values.written_in_pieces import joined, written

INDENT = "    "
Layout: TypeAlias = "Mapping[str | None, Layout]"
Text: TypeAlias = str | memoryview
_ATTRIBUTES: Layout = {}
LAYOUT: Layout = {"launcher_states": {None: {"attributes": _ATTRIBUTES}}}
"""Which mappings are opened over several lines: None stands for every key."""


def laid_out(tree: Mapping[str, JSON]) -> bytes:
    """The text of a tree, in UTF-8. Raises NotRepresentable when it is so deep that nobody could read it, and
    Damaged where it has a value of which only the beginning is there: a part is never written as all.
    """
    parts: list[Text] = []
    _lay_out(tree, LAYOUT, "", parts)
    parts.append("\n")
    # Part by part: most are ASCII, which is quick.
    return joined([part.encode() if isinstance(part, str) else part for part in parts])


def _lay_out(mapping: Mapping[str, JSON], layout: Layout, indent: str, parts: list[Text]) -> None:
    if not mapping:
        parts.append("{}")
        return
    inner = indent + INDENT
    start = "{\n" + inner
    for key, value in mapping.items():
        parts += (start, quoted(key), ": ")
        below = _below(layout, key, value)
        if below is None:
            parts += _on_one_line(value, inner)
        else:
            _lay_out(cast(dict[str, JSON], value), below, inner, parts)
        start = ",\n" + inner
    parts.append(f"\n{indent}}}")


def _below(layout: Layout, key: str, value: JSON) -> Layout | None:
    """How a value is laid out that is opened over several lines; None for one that is not."""
    return layout.get(key, layout.get(None)) if isinstance(value, dict) else None


def _on_one_line(value: JSON | Spelled, indent: str) -> Iterable[Text]:
    if isinstance(value, Spelled):
        return (value.whole,)
    return written(value, MAX_DEPTH - len(indent) // len(INDENT))


# --- attributes that know their text ----------------------------------------------------------------------


def spelled(tree: Mapping[str, JSON]) -> dict[str, JSON]:
    """The tree with the text of every attribute. Raises NotRepresentable, as `laid_out`."""
    return _spelled(tree, LAYOUT, "")


def _spelled(mapping: Mapping[str, JSON], layout: Layout, indent: str) -> dict[str, JSON]:
    inner = indent + INDENT
    made: dict[str, JSON] = {}
    for key, value in mapping.items():
        below = _below(layout, key, value)
        if below is not None:
            made[key] = _spelled(cast(dict[str, JSON], value), below, inner)
        else:
            made[key] = _with_text(value, inner) if layout is _ATTRIBUTES else value
    return made


def _with_text(value: JSON | Spelled, indent: str) -> JSON:
    if isinstance(value, Spelled):
        return _leaf(value)
    return _leaf(Spelled("".join(written(value, MAX_DEPTH - len(indent) // len(INDENT))), value))


def _leaf(spelled: Spelled) -> JSON:
    """A Spelled stands for a JSON value, in the attributes of a tree and there only: see `Document.tree`."""
    return cast(JSON, spelled)


class _OtherLayout(Exception):
    """The text is laid out in another way than ours."""


def spelled_as(tree: dict[str, JSON], text: str) -> dict[str, JSON]:
    """The tree, with the text of every attribute as it stands in `text`, which the tree was parsed from.

    The very tree where `text` is laid out in another way, or may be. What makes it certain: every line begins
    a member or ends a mapping, where our layout has it, and none is left over; and no value goes on in the
    next line, nor does another begin in its own: its brackets match, or it has no parts and is all there is.
    """
    lines = iter(text.split("\n"))
    try:
        if next(lines) != "{" or not tree:
            return tree
        made = _found(tree, LAYOUT, "", lines)
        return made if [*lines] == ["}", ""] else tree
    except (_OtherLayout, StopIteration):
        return tree


def _found(mapping: Mapping[str, JSON], layout: Layout, indent: str, lines: Iterator[str]) -> dict[str, JSON]:
    """One mapping, from the line after its opening brace to the one before its closing brace."""
    inner, left = indent + INDENT, len(mapping)
    made: dict[str, JSON] = {}
    for key, value in mapping.items():
        left -= 1
        comma, start, line = "," if left else "", f"{inner}{quoted(key)}: ", next(lines)
        below = _below(layout, key, value)
        if below is not None and value:
            made[key] = _found(cast(dict[str, JSON], value), below, inner, lines)
            if line != start + "{" or next(lines) != f"{inner}}}{comma}":
                raise _OtherLayout
        elif line.startswith(start) and line.endswith(comma):
            text = line[len(start) : len(line) - len(comma)]
            made[key] = _taken(value, text) if layout is _ATTRIBUTES else value
        else:
            raise _OtherLayout
    return made


def _taken(value: JSON, text: str) -> JSON:
    if not (has_matching_brackets(text) if isinstance(value, dict | list) else _says(value, text)):
        raise _OtherLayout
    return _leaf(Spelled(text, value))


def _says(value: JSON, text: str) -> bool:
    """Whether a text is that of a value without parts, and nothing more."""
    if text == write(value):
        return True
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(value, Number) or (type(found) is type(value) and found == value)

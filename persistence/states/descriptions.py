"""Texts that describe an object, where a launcher had no way to write the object itself.

One idea: `repr` has a look. ``<rig.Camera object at 0x7f00>``, ``Protocol('a', [])``, ``b'..'`` and lists of
such are what Python says of a thing, and putting that text in the thing's place would give a launcher a text
where it had a camera. Where a text could be either, it is taken for a description: that costs a value which
is told by name, and not a text in the wrong place.

Not for: making anything of a description. Nothing here is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from persistence.document import Place
from persistence.values.json_text import JSON

_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*+(')?|\"(?:[^\"\\]|\\.)*+(\")?", re.DOTALL)
_ANGLES = r"<[A-Za-z_][\w.-]*(?=[>( \[]|: |\.<)"
_CALL = (
    r"(?:_*[A-Z]\w*\(|(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*\("  # Protocol(, datetime.datetime(
    r"|range\(\d|[a-z_]\w*\((?:b?''|[\[{(<]|[A-Za-z_]\w*=|\)))"  # deque([, bytearray(b'', namespace(a=, set()
)
_ANGLED = re.compile(_ANGLES)
_CALLED = re.compile(_CALL)
_HELD = re.compile(rf"(?:^[\[({{]|, |: )(?:{_ANGLES}|{_CALL})")
_LITERAL = r"(?:''|-?\d[\w.+-]*)"
_OTHERS = re.compile(
    rf"b''|Ellipsis|NotImplemented|\{{{_LITERAL}(?:, {_LITERAL})*+\}}"  # bytes, sets
    r"|\(-?[\w.]+(?:e[+-]\d+)?[+-][\w.]+(?:e[+-]\d+)?j\)|-?\d[\d.]*j"  # complex numbers
)


def is_description(text: str) -> bool:
    """Whether a text is what Python says of an object, rather than one that somebody meant."""
    if not text or text[-1] not in ">)]}'\"jsd":
        return False
    bare = _QUOTED.sub(_without_its_text, text)
    if _OTHERS.fullmatch(bare):
        return True
    if _ANGLED.match(bare):
        return not bare.endswith("/>") and _is_one_pair(bare, "<", ">")
    if _CALLED.match(bare):
        return _is_one_pair(bare, "(", ")")
    return bare[0] + bare[-1] in ("[]", "()", "{}") and _HELD.search(bare) is not None


def _without_its_text(quoted: re.Match[str]) -> str:
    """What is quoted may hold any bracket. Python cuts off what it says of a process, also within quotes."""
    if quoted[1] or quoted[2]:
        return "''"
    return "'>" if quoted[0].endswith("...>") else "'"


def _is_one_pair(text: str, opening: str, closing: str) -> bool:
    """Whether the first bracket of that kind is closed by the last character, and not before."""
    depth = 0
    for found in re.finditer(f"[{re.escape(opening + closing)}]", text):
        depth += 1 if found[0] == opening else -1
        if depth == 0:
            return found.end() == len(text)
    return False


def description_in(value: JSON) -> tuple[Place, str] | None:
    """The first description in a value, with its place, ``()`` for the value itself; None without any."""
    return next(_descriptions_in(value, ()), None)


def _descriptions_in(value: JSON, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _descriptions_in(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _descriptions_in(item, (*place, index))
    elif isinstance(value, str) and is_description(value):
        yield place, value

"""What is said where a comma parts what may be one number: to who writes 1.5 as 1,5. Pure.

One idea: [1,5] is a list of two, and stays one; but where a comma is typed without a space, between two whole
numbers, in the place of decimals or of nothing known, somebody may have meant one number, and is told. Not
for a number alone (`scalar_text` refuses it, with the point).
"""

from __future__ import annotations

import re

from app.values.state_parts import part_count
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_PAIR = re.compile(r"(?<![\w.,])([+-]?\d+),(\d+)(?![\w.])(?!,\d)")
"""Two whole numbers with a comma and nothing else between them; three are no number with a decimal comma."""
_MOST_LOOKED_AT = 10_000
"""Characters: nobody types more, and nobody waits for what they say."""


def parted_text(text: str, before: JSON, after: JSON) -> str:
    """What a typed list or mapping made of a comma that may have been meant as a point; empty where it was
    surely not: the value of before had as many items, or nothing but whole numbers.
    """
    if len(text) > _MOST_LOOKED_AT or not isinstance(after, list | dict):
        return ""
    kind = kind_of(after)
    if kind is not Kind.MAPPING and kind is kind_of(before) and _are_items(before, part_count(after)):
        return ""
    found = _PAIR.search(_QUOTED.sub('""', text))
    if found is None:
        return ""
    first, second = found.groups()
    return f"{first},{second} is two items, {first} and {second}. The number is written {first}.{second}."


def kept_text(text: str) -> str:
    """What is said of a number with a decimal comma that was taken for a text; empty of any other text."""
    found = _PAIR.fullmatch(text.strip())
    return f"Kept as a text. The number is written {found[1]}.{found[2]}." if found else ""


def _are_items(before: JSON, count: int) -> bool:
    """Whether what was there before leaves no doubt: as many items, or whole numbers."""
    inner = before["value"] if isinstance(before, dict) else before
    items = inner if isinstance(inner, list) else []
    return len(items) == count or (bool(items) and all(kind_of(one) is Kind.INTEGER for one in items))

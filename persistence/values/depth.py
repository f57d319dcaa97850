"""How deeply containers stand inside containers.

One idea: a text with too many levels would end the program that walks through it, so nobody walks through one
before its levels are counted; for nearly all texts its brackets alone say that they are few.
"""

from __future__ import annotations

MAX_DEPTH = 200
"""Containers inside containers that a text may have; Python's own recursion limit is five times that."""

_SHALLOW = 20  # levels that states usually do not have
_ONE_KIND = bytes.maketrans(b"[]", b"{}")
_ALL_BUT_BRACKETS = bytes({*range(256)} - {*b'{}[]"\\'})


def is_shallow(text: str, levels: int) -> bool:
    """Whether brackets alone show that there are no more levels; quick, and False where they do not."""
    if text.count("[") + text.count("{") <= levels:
        return True
    return levels >= _SHALLOW and has_matching_brackets(text)


def has_matching_brackets(text: str) -> bool:
    """Whether as many brackets close as open, in no more than a few levels, and none stands in a string.

    Quick, and False where that is not certain.
    """
    if "{" not in text and "[" not in text:
        return "}" not in text and "]" not in text
    brackets = text.encode("utf-8", "surrogatepass").translate(_ONE_KIND, _ALL_BUT_BRACKETS)
    brackets = brackets.replace(b'""', b"")  # all that is left of a string without brackets
    for _ in range(_SHALLOW):
        brackets = brackets.replace(b"{}", b"")
        if not brackets:
            return True
    return False


def has_more_levels(value: object, levels: int) -> bool:
    """Whether a value of lists and dicts has more than so many levels; one without end has."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(levels):
        level = [
            child
            for item in level
            for child in (item.values() if type(item) is dict else item)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True

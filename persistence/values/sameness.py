"""Whether two saved values are the same.

One idea: 1, 1.0 and True are equal in Python, and three values in a state file; so values are compared by
their types, too, all the way down. Not for: which differences there are (`states.diff`).
"""

from __future__ import annotations

from typing import cast

from persistence.values.json_text import JSON
from persistence.values.spelled import Spelled, plain


def same(a: JSON | Spelled, b: JSON | Spelled) -> bool:
    """Whether two values are equal and of the same types throughout: True is not 1, 1 is not 1.0, nan is nan.

    The order of keys does not count, the spelling of a Number does, that of all else does not.
    """
    if type(a) is Spelled or type(b) is Spelled:
        return same(plain(a), plain(b))
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        other = cast("dict[str, JSON]", b)
        if len(a) != len(other):
            return False
        return all(key in other and same(item, other[key]) for key, item in a.items())
    if isinstance(a, list):
        items = cast("list[JSON]", b)
        return len(a) == len(items) and all(map(same, a, items))
    if isinstance(a, float):
        return repr(a) == repr(b)  # nan is nan, and -0.0 is not 0.0
    return a == b

"""A value on one line, by itself or beside another one, cut so that it is seen how the two differ. Pure.

One idea: of two values that are read beside each other what both share may go, and what differs stays. Not
for what a change is called (`change_texts`), nor for what differs inside a list (`inside_texts`).
"""

from __future__ import annotations

from app.values.edit_text import editable_text, shown, whole_line
from app.values.fit_text import before_escape, escaped
from app.values.state_parts import holds_parts, part_count
from app.words.places import NOT_THERE
from persistence.document import Absent
from persistence.values.json_text import JSON

LONGEST = 300  # characters of a value
_MOST_ITEMS = 50
"""A longer list or mapping is told by its number of items."""
_BEFORE_IT = 60
"""Of a text that is cut at its front, in characters: what stays before the first difference."""
_LEAST_SHARED, _MOST_BEFORE = 6, 12
"""Of two values, in characters: what they have to share to be shown without it, and what of it stays."""
_LEAST_ENDING = 4
_GAPS = " ,/\\-"
_ENDINGS = f"{_GAPS}+:"


def value_text(value: JSON | Absent, limit: int = LONGEST) -> str:
    """A value on one line of at most `limit` characters; short lists and mappings with what is in them."""
    if isinstance(value, Absent):
        return NOT_THERE
    if not holds_parts(value) or part_count(value) > _MOST_ITEMS:
        return shown(value, limit)
    text = editable_text(value)
    return escaped(text if len(text) <= limit else f"{text[: limit - 1]}…")


def beside(value: JSON | Absent, other: JSON | Absent, limit: int, *, in_short: bool = False) -> str:
    """A value on one line of at most `limit` characters, cut so that it is seen where a long text says
    something else than the other one; `in_short`: with as little before that as tells where it is.
    """
    text, beside_it = _whole_text(value), _whole_text(other)
    shared = _shared(text, beside_it)
    start = _start_before(text, shared, min(_BEFORE_IT, limit // 2))
    is_whole = len(text) <= limit and len(escaped(text)) <= limit
    if not text or not beside_it or start < 2 or is_whole or shared == len(text) == len(beside_it):
        return value_text(value, limit)
    start = max(start, _start_in_short(text, shared)) if in_short else start
    cut = escaped(text[start : start + limit])
    return f"…{cut[: limit - 2]}…" if len(cut) > limit - 1 else f"…{cut}"


def _start_before(text: str, place: int, room: int) -> int:
    """The place from which as much of a text as has room, escapes and all, is shown before another place."""
    start = place
    while start and (room := room - len(escaped(text[start - 1]))) >= 0:
        start -= 1
    return start


def _whole_text(value: JSON | Absent) -> str:
    """What `value_text` would cut, uncut; empty for what it does not cut."""
    if isinstance(value, Absent):
        return ""
    return editable_text(value) if 0 < part_count(value) <= _MOST_ITEMS else whole_line(value)


def _shared(text: str, other: str) -> int:
    """How many characters both begin with. By halves: one by one takes too long for a text of megabytes."""
    low, high = 0, min(len(text), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if text[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def from_where_they_differ(text: str, other: str) -> str:
    """The part of a text that says how it differs from another one, behind "…" in place of what both begin
    with; whole where they share little, or are the same. What the other one only goes on from is told by
    its end.
    """
    shared = _shared(text, other)
    if shared < _LEAST_SHARED or text == other:
        return text
    start = _start_in_short(text, shared)
    return f"…{text[start:]}" if start > 1 else text


def _start_in_short(text: str, shared: int) -> int:
    """The place from which a text is shown that begins with so much that another one has, too."""
    first = max(0, shared - _MOST_BEFORE)
    gaps = (place + 1 for place in range(first, min(shared, len(text) - 1)) if text[place] in _GAPS)
    return before_escape(text, max(gaps, default=first))


def where_they_differ(text: str, other: str) -> str:
    """The same, with "…" in place of what both end with, too: of two times of one day and one zone, what the
    clock says.
    """
    return _without_ending(from_where_they_differ(text, other), text, other)


def until_where_they_differ(text: str, other: str) -> str:
    """A text from its beginning, with "…" in place of what both end with: of two times of one zone, the whole
    day and what the clock says.
    """
    return _without_ending(text, text, other)


def _without_ending(start: str, text: str, other: str) -> str:
    ends = zip(reversed(text), reversed(other), strict=False)
    shared = next((place for place, (one, two) in enumerate(ends) if one != two), 0)
    tail = text[len(text) - shared :] if shared < len(text) else ""
    cut = next((place for place, one in enumerate(tail) if one in _ENDINGS), len(tail))
    rest = len(tail) - cut
    return f"{start[:-rest]}…" if _LEAST_ENDING <= rest < len(start) - 1 else start

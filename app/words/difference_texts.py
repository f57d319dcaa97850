"""What the table of differences says in words: values, kinds, sentences. Pure.

One idea: two values that differ must not look alike. Small containers are written out, because "2 items" and
"2 items" say nothing; where the two sides begin alike and there is little room, the common beginning gives
way. Not for which rows there are (`app.values.differences`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.values.differences import Comparison, DifferenceKind
from app.values.edit_text import SHOWN_LIMIT, editable_text, shown
from app.values.fit_text import escaped, escaped_whole
from app.words.beside_texts import beside
from app.words.places import NOT_THERE
from persistence.document import Absent
from persistence.states.diff import Change
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.readable import array_numbers

KIND_WORDS: Mapping[DifferenceKind, str] = {
    "changed": "Changed",
    "type": "Type changed",
    "added": "Added",
    "removed": "Removed",
    "equal": "Equal",
    "unknown": "Not known",
}
SIDE_WORDS: Mapping[DifferenceKind, str] = {
    **KIND_WORDS,
    "changed": "Differs",
    "type": "Type differs",
    "added": "Only right",
    "removed": "Only left",
}
"""The same where neither side is the later one."""
_WRITTEN_OUT = 12
"""Items, or as many short texts, of a container that is shown by them and not by their number."""
_SUBJECT = "subject_id"


def value_text(value: JSON | Absent, limit: int = SHOWN_LIMIT) -> str:
    """One side of a difference on one line."""
    if isinstance(value, Absent):
        return NOT_THERE
    if kind_of(value) is Kind.ARRAY:
        numbers = array_numbers(value, _WRITTEN_OUT)
        text = f"{shown(value)}: {numbers}" if numbers else shown(value)
    elif not _is_small(value):
        return shown(value, limit)
    else:
        text = escaped_whole(editable_text(value))
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def side_text(value: JSON | Absent, other: JSON | Absent, limit: int = SHOWN_LIMIT) -> str:
    """The same; what is too long is cut so that it is seen where the other side differs."""
    text = value_text(value, limit)
    return text if len(text) < limit else beside(value, other, limit)


def subject_text(changes: Iterable[Change]) -> str:
    """What is said where changes that are copied name another subject; empty where none does."""
    for one in changes:
        if one.place == (_SUBJECT,):
            before = "" if isinstance(one.before, Absent) else f" instead of {value_text(one.before)}"
            after = "no subject" if isinstance(one.after, Absent) else value_text(one.after)
            where = "Whose session this is stands in session.json, where that names a subject."
            return f"{_SUBJECT} is taken over: {after}{before}. {where}"
    return ""


def _is_small(value: JSON) -> bool:
    inner = value.get("value", value) if isinstance(value, dict) else value
    return isinstance(inner, dict | list) and _room_left(inner, _WRITTEN_OUT) >= 0


def _room_left(value: JSON, room: int) -> int:
    """What is left of `room` characters and items after the value; less than 0 when it is too large."""
    if isinstance(value, str):
        return room - 1 - len(value) // 16
    if not isinstance(value, dict | list):
        return room - 1
    for item in value.values() if isinstance(value, dict) else value:
        room = _room_left(item, room)
        if room < 0:
            break
    return room


def count_sentence(comparison: Comparison, other: str) -> str:
    """How many attributes differ: "7 attributes differ from now, 5 are equal."; of rows that nothing could be
    compared with, that.
    """
    differing, equal = comparison.differing, comparison.equal
    if not differing and not equal:
        cannot = "What they are compared with cannot be read; these are the attributes of one side."
        return cannot if comparison.rows else "Neither side has an attribute."
    if not differing:
        return f"All {equal:,} attributes are equal." if equal != 1 else "The one attribute is equal."
    told = f"{differing:,} attribute{' differs' if differing == 1 else 's differ'} from {other}"
    rest = "none is" if not equal else "1 is" if equal == 1 else f"{equal:,} are"
    return f"{told}, {rest} equal."


def pairs_sentence(comparison: Comparison) -> str:
    """Which launchers of different names are compared with each other; "" where there are none."""
    told = [
        f"{escaped(last_class(pair.left))} with {escaped(last_class(pair.right))}"
        for pair in comparison.pairs
        if pair.by_attribute_name
    ]
    return f"Compared by attribute name: {'; '.join(told)}." if told else ""


def last_class(namespace: str) -> str:
    """A launcher's class; the whole name where it has no module."""
    return namespace.rpartition(".")[2]

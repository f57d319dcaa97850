"""The values of a saved state that a query may ask for, small enough to be kept for every session of a list.

One idea: only single values are kept, under dotted names, as plain JSON: an index can store them as they are
and read them back with nothing but `json`. What is not a JSON value of its own is a mapping of one key:
``{"number": "1e400"}`` for a number that keeps its spelling (and for exact decimals, nan and infinities),
``{"time": "2026-11-23T14:05:00"}`` for a date-time or date, ``{"clock": "14:05:00"}`` for a time of the day.
UUIDs and paths are texts.

Left out: lists, tuples, sets, arrays and all other tags; texts and names of more than LONGEST characters;
mappings below LEVELS of them; names after the first MAX_NAMES.

Not for: comparing values (`sessions.query_order`), or getting all of a state (`persistence.document`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from persistence.document import ABSENT, STATES, Absent, Document, is_tagged, mapping_of
from persistence.values.json_text import JSON, Number
from persistence.values.spelled import Spelled

Scalar: TypeAlias = "bool | int | float | str | dict[str, str] | None"
"""One value, as plain JSON."""
Values: TypeAlias = "Mapping[str, Sequence[Scalar]]"
"""Values by dotted name; one for each launcher that has an attribute of that name."""

MAX_NAMES = 200
LEVELS = 3
"""Mappings inside an attribute: ``a.b.c.d`` can be asked for, ``a.b.c.d.e`` cannot."""
LONGEST = 256
"""Characters of a text, and of a name."""
_LONGEST_NUMBER = 10_000  # characters; an integer beyond 4,300 digits is what keeps its spelling

_SHORT = frozenset((bool, int, type(None)))
_KINDS = {"datetime": "time", "date": "time", "time": "clock", "Decimal": "number", "float": "number"}
_TEXTS = frozenset(("UUID", "Path"))


def values_of(document: Document) -> Values:
    """What conditions are asked over, of a document that was read whole. Shares values with it."""
    found: dict[str, list[Scalar]] = {}
    states = mapping_of(document.tree.get(STATES))
    for name in document.namespaces:
        _gather(mapping_of(mapping_of(states[name]).get("attributes")), "", LEVELS, found)
    return found


def _gather(mapping: Mapping[str, Any], prefix: str, levels: int, found: dict[str, list[Scalar]]) -> None:
    """It runs for every attribute of a hundred thousand sessions: what is most common is asked first."""
    for key, value in mapping.items():
        kind = type(value)
        if kind is Spelled:
            value = value.value  # noqa: PLW2901 - what stands there, spelled or not
            kind = type(value)
        if kind in _SHORT or (kind is str and len(value) <= LONGEST):
            _add(found, prefix + key, value)
        elif kind is dict and not is_tagged(value):
            if levels:
                _gather(value, f"{prefix}{key}.", levels - 1, found)
        elif (kept := _kept(value)) is not ABSENT:
            _add(found, prefix + key, kept)


def _add(found: dict[str, list[Scalar]], name: str, value: Scalar) -> None:
    if name in found:
        found[name].append(value)
    elif len(found) < MAX_NAMES and len(name) <= LONGEST:
        found[name] = [value]


def _kept(value: JSON) -> Scalar | Absent:
    """The value as it is kept; ABSENT where it is left out, as lists and long texts are."""
    if isinstance(value, float):
        return value if math.isfinite(value) else {"number": str(value)}
    if isinstance(value, Number):
        return {"number": value.text} if len(value.text) <= _LONGEST_NUMBER else ABSENT
    return _untagged(value) if isinstance(value, dict) else ABSENT


def _untagged(tagged: dict[str, JSON]) -> Scalar | Absent:
    tag, text = tagged["__type__"], tagged.get("value")
    if not isinstance(text, str) or len(text) > LONGEST:
        return ABSENT
    if tag in _TEXTS:
        return text
    kind = _KINDS.get(cast(str, tag))
    return {kind: text} if kind else ABSENT


def dump_values(values: Values) -> str:
    """The values as JSON, compact and in ASCII, so that any database takes it."""
    return json.dumps(values, separators=(",", ":"))


def load_values(text: str) -> Values:
    """What `dump_values` was given. Raises ValueError for other texts."""
    return cast("Values", json.loads(text))

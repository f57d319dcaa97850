"""The values that a query may ask for, gathered from a saved state; `query_values` says which these are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from persistence.document import ABSENT, STATES, Absent, Document, is_tagged, mapping_of
from persistence.sessions.query_values import LEVELS, LONGEST, MAX_NAMES, Scalar, Values
from persistence.values.json_text import JSON, Number
from persistence.values.spelled import Spelled

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

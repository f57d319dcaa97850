"""The values of a saved state that a query may ask for, small enough to be kept for every session of a list.

One idea: only single values are kept, under dotted names, as plain JSON: an index can store them as they are
and read them back with nothing but `json`. What is not a JSON value of its own is a mapping of one key:
``{"number": "1e400"}`` for a number that keeps its spelling (and for exact decimals, nan and infinities),
``{"time": "2026-11-23T14:05:00"}`` for a date-time or date, ``{"clock": "14:05:00"}`` for a time of the day.
UUIDs and paths are texts.

Left out: lists, tuples, sets, arrays and all other tags; texts and names of more than LONGEST characters;
mappings below LEVELS of them; names after the first MAX_NAMES.

Not for: getting them out of a state (`sessions.gathering`), or comparing them (`sessions.query_order`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

Scalar: TypeAlias = "bool | int | float | str | dict[str, str] | None"
"""One value, as plain JSON."""
Values: TypeAlias = "Mapping[str, Sequence[Scalar]]"
"""Values by dotted name; one for each launcher that has an attribute of that name."""

MAX_NAMES = 200
LEVELS = 3
"""Mappings inside an attribute: ``a.b.c.d`` can be asked for, ``a.b.c.d.e`` cannot."""
LONGEST = 256
"""Characters of a text, and of a name."""


def dump_values(values: Values) -> str:
    """The values as JSON, compact and in ASCII, so that any database takes it."""
    return json.dumps(values, separators=(",", ":"))


def load_values(text: str) -> Values:
    """What `dump_values` was given. Raises ValueError for other texts."""
    return cast("Values", json.loads(text))

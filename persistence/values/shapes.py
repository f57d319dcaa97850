"""JSON that is not of the shape that was expected, in words; and numbers in it that JSON does not have.

One idea: what is wrong with a value is told and changes nothing; everything else of it can be used. Pure. Not
for what a state file should hold (`persistence.document`), nor for names of types in the window (`kinds`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from persistence.values.json_text import JSON
from persistence.values.spelled import Spelled, plain

_NAMES: Mapping[type, str] = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    bool: "yes/no",
    type(None): "empty (None)",
}


def shape(value: JSON) -> str:
    """What a value is, with its article."""
    return _NAMES.get(type(value), "a number")


def wrong_fields(holder: Mapping[str, JSON], wanted: Mapping[str, type], where: str) -> Iterator[str]:
    """A sentence for each field that is there and not of the type that is wanted; None is of every one."""
    for key, kind in wanted.items():
        if key in holder and type(holder[key]) is not kind and holder[key] is not None:
            name = _NAMES.get(kind, "a whole number")
            yield f"{where}{key} should be {name}, and is {shape(holder[key])}"


def foreign_numbers(value: JSON | Spelled, where: str = "") -> Iterator[tuple[float, str]]:
    """The numbers that JSON does not have (NaN, infinite), each with the way to it from `where`."""
    value = plain(value)
    if isinstance(value, float) and not math.isfinite(value):
        yield value, where
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from foreign_numbers(item, f"{where}/{key}" if where else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from foreign_numbers(item, f"{where}/{index}")

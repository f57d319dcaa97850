"""A value with all its types as one text: two values are the same exactly when their texts are.

One idea: ``==`` takes True for 1 and finds nan unlike itself, so values are compared by what can be said of
them: the class of everything inside, each float by its digits and sign, the order of mappings, the fold of
times. A zone is said by its offset, which is all that a state file keeps of it.

Not for: objects in general; what is not known here is an error, so that nothing is ever compared by accident.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID


def exactly(value: object) -> str:
    """The text of a value. Raises TypeError for what stands in no table."""
    content = _reader_of(value)(value)  # few calls for each level: values go as deep as a file may
    return f"{_class_of(value)}({content})"


def _class_of(value: object) -> str:
    cls = type(value)
    return f"{cls.__module__}.{cls.__qualname__}".removeprefix("builtins.")


def _reader_of(value: Any) -> Callable[[Any], str]:
    if isinstance(value, Enum):
        return _member
    if is_dataclass(value):
        return _fields
    if type(value).__module__ == "numpy":
        return _array
    if isinstance(value, defaultdict):
        return _with_factory
    for base, content in _CONTENTS.items():
        if isinstance(value, base):
            return content
    raise TypeError(f"nothing is known of the class {_class_of(value)}")


def _member(value: Enum) -> str:
    return f"{value.name} {value.value!r}"


def _fields(value: Any) -> str:
    return _mapping({field.name: getattr(value, field.name) for field in fields(value)})


def _with_factory(value: Any) -> str:
    return f"{value.default_factory}, {_mapping(value)}"


def _mapping(value: Mapping[Any, object]) -> str:
    told = []
    for key, item in value.items():  # not in a comprehension: that would be one more call for each level
        told.append(f"{exactly(key)}: {exactly(item)}")
    return ", ".join(told)


def _each(value: Iterable[object]) -> list[str]:
    told = []
    for item in value:
        told.append(exactly(item))  # noqa: PERF401 - as above
    return told


def _items(value: Any) -> str:
    return ", ".join(_each(value))


def _any_order(value: Any) -> str:
    return ", ".join(sorted(_each(value)))


def _float(value: float) -> str:
    return float.__repr__(value) if not math.isnan(value) else "nan"


def _complex(value: complex) -> str:
    return f"{_float(value.real)}, {_float(value.imag)}"


def _moment(value: dt.datetime | dt.time) -> str:
    return f"{value.isoformat()} fold {value.fold}"


def _array(value: Any) -> str:
    """Of an array or a scalar: the bytes, so that each nan is itself."""
    return f"{value.dtype.descr} {value.dtype.str} {value.shape} {value.tobytes().hex()}"


# Subclasses before their bases (a date-time is a date, True is an integer). The methods are those of the
# bases: a subclass may print as something else.
_CONTENTS: Mapping[type, Callable[[Any], str]] = {
    bool: repr,
    int: hex,  # has no limit of digits
    float: _float,
    complex: _complex,
    str: str.__repr__,
    bytes: bytes.__repr__,
    type(None): repr,
    dict: _mapping,
    list: _items,
    tuple: _items,
    set: _any_order,
    frozenset: _any_order,
    dt.datetime: _moment,
    dt.time: _moment,
    dt.date: dt.date.isoformat,
    dt.timedelta: repr,
    Decimal: repr,
    UUID: repr,
    PurePath: str,
}


def difference(a: str, b: str) -> str:
    """The two texts from shortly before where they part, as a clause."""
    start = next(
        (index for index, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    shown = slice(max(0, start - 40), start + 120)
    return f"...{a[shown]}... became ...{b[shown]}..."

"""Values that only a whole attribute can be: saved by content, rebuilt through the current value.

One idea: the file holds a dataclass's fields, an enum's name, the content of an OrderedDict, and never the
class. The class comes from the object that the launcher has at that moment, so nothing in a file names
code.

===================================== =====================================================================
the attribute is                      is saved as, and rebuilt by
===================================== =====================================================================
a dataclass                           a mapping of its fields; a new instance through its own `__init__`,
                                      then every field exactly as saved
an Enum / a Flag                      its name / its number
a pydantic model (version 1 or 2)     `model_dump()`; `model_validate()`. pydantic itself is not imported. One
                                      whose dump leaves out what it has is refused
a subclass of dict, list, set         that content; a copy of the current value, emptied and refilled, which
(OrderedDict, defaultdict, ...)       keeps a default factory
a namedtuple, a subclass of tuple,    that content; the class called with it
frozenset, str, int, float, bytes
===================================== =====================================================================

What stands in a field or an item must be representable itself. A subclass whose instance carries attributes
beside its content is refused: they would be lost.

Not for: the exact types (`persistence.codec`), and what fits what (`values.attributes`).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum, Flag
from typing import Any, cast

from persistence.codec import encode, is_exact
from persistence.errors import Mismatch, NotRepresentable
from persistence.values.json_text import JSON
from persistence.values.json_writing import tagged_float, write
from persistence.values.value_text import text_of

_NAN = write(tagged_float(math.nan))


def encode_attribute(value: object) -> JSON:
    """As `encode`, of a whole attribute: its own class may also be one of the forms that `rebuild` restores.

    Raises NotRepresentable. May run code of the value's class (properties, `model_dump`), which may raise
    anything.
    """
    return encode(value if is_exact(value) else _told(value))


def attribute_text(value: object) -> str:
    """The JSON text of `encode_attribute`, and raises as it does."""
    return text_of(value if is_exact(value) else _told(value))


def _told(value: object) -> object:
    """What is saved of a value that is of none of the exact types."""
    if isinstance(value, Enum):
        return value.value if isinstance(value, Flag) else value.name
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    dump = _model_dump(value)
    return _content(value) if dump is None else _of_model(value, dump)


def _of_model(value: Any, dump: Callable[[], object]) -> object:
    """What a model says of itself, if one that is made of it says the same."""
    told = cast("dict[str, object]", dump())
    text = text_of(told)
    if _validate(type(value))(told) == value:
        return told
    left_out = vars(value).keys() - told.keys() or getattr(value, "__pydantic_private__", None)
    if left_out or _NAN not in text:  # a nan is not equal to itself, and all that is well with it
        cause = f"a {type(value).__name__} that would lose what its own dump leaves out"
        raise NotRepresentable(cause, type_name=type(value).__name__)
    return told


def _validate(cls: Any) -> Callable[[object], object]:
    """How a model is made of its fields."""
    return cast("Callable[[object], object]", getattr(cls, "model_validate", None) or cls.parse_obj)


def _model_dump(value: object) -> Callable[[], object] | None:
    """How a pydantic model (of version 2 or 1) gives its fields; None for anything else."""
    cls: Any = type(value)
    if callable(getattr(cls, "model_dump", None)) and callable(getattr(cls, "model_validate", None)):
        return cast(Any, value).model_dump  # type: ignore[no-any-return]
    if hasattr(cls, "__fields__") and callable(getattr(cls, "parse_obj", None)):
        return cast(Any, value).dict  # type: ignore[no-any-return]
    return None


def _content(value: object) -> object:
    """The content of a subclass of a built-in type as that type; anything else itself."""
    if getattr(value, "__dict__", None):
        return value  # attributes beside the content would be lost: encode refuses it
    for base, content in _CONTENTS.items():
        if isinstance(value, base):
            return content(value)
    return value


_CONTENTS: Mapping[type, Callable[[Any], object]] = {
    dict: lambda value: dict(value.items()),
    list: lambda value: list.__getitem__(value, slice(None)),
    tuple: lambda value: tuple.__getitem__(value, slice(None)),
    set: lambda value: {*value},
    frozenset: frozenset,
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
}


def rebuild(
    current: object, value: object, fit: Callable[[object, object], object] = lambda _current, value: value
) -> object:
    """The `value` that was saved, decoded, as the type of the launcher's own `current` one.

    `fit(current, value)` judges (and may convert) the fields of a dataclass, as the caller judges whole
    attributes. Raises Mismatch when a value of that type cannot be made of what was saved. No class is ever
    found by a name in the file.
    """
    cls: Any = type(current)
    if value is None or current is None or is_exact(current):
        return value
    try:
        return _rebuilt(current, value, fit)
    except Mismatch:
        raise
    except Exception as error:  # the class is the launcher's own, and may raise anything
        raise Mismatch(f"{cls.__name__} cannot be made of it: {str(error) or cls.__name__}") from error


def _rebuilt(current: object, value: object, fit: Callable[[object, object], object]) -> object:
    cls: Any = type(current)
    if isinstance(current, Enum):
        return cls(value) if isinstance(current, Flag) else cls[value]
    if is_dataclass(current):
        return _with_fields(current, value, fit)
    if _model_dump(current) is not None:
        return _validate(cls)(value)
    base = next((base for base in _CONTENTS if isinstance(current, base)), None)
    if base is None:
        return value
    if type(value) is not base:
        raise Mismatch(f"a {type(value).__name__} was saved, and a {cls.__name__} holds a {base.__name__}")
    return _refilled(current, value)


def _refilled(current: Any, value: Any) -> object:
    if isinstance(current, tuple) and hasattr(current, "_make"):
        return type(current)._make(value)
    if not isinstance(current, dict | list | set):
        return type(current)(value)
    made = copy.copy(current)  # keeps a default factory, and whatever else the class hangs on it
    made.clear()
    if isinstance(made, list):
        made.extend(value)
    else:
        made.update(value)
    return made


def _with_fields(current: Any, value: object, fit: Callable[[object, object], object]) -> object:
    """A new instance through the class's own `__init__`, then every field exactly as it was saved."""
    known = {field.name: field for field in fields(current)}
    if not isinstance(value, dict) or not value.keys() <= known.keys():
        raise Mismatch(f"{type(current).__name__} has other fields than were saved")
    wanted = {name: fit(getattr(current, name), item) for name, item in value.items()}
    made = replace(current, **{name: item for name, item in wanted.items() if known[name].init})
    for name, item in wanted.items():
        object.__setattr__(made, name, item)  # also of a frozen class, and past a __post_init__ that converts
    return made

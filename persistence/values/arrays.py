"""numpy arrays and scalars to JSON and back, for launchers that use numpy.

One idea: an array is its element type, its shape and its bytes. numpy itself is never imported here: a
launcher that has none of it has no arrays to save, and reads those of others as the unknown mappings that
they are then.

===================  ====================================================================================
key of the value     holds
===================  ====================================================================================
``dtype``            what `numpy.dtype.str` says (``<f8``); of a structured array, a list of fields, each
                     ``[name, type]`` or ``[name, type, shape]``, as in the header of an .npy file
``shape``            the lengths; ``[]`` for a scalar
``data``             base64 of the bytes in C order
``array``            true for an array without dimensions, which is no scalar; else not there
===================  ====================================================================================

Not for: arrays of Python objects and subclasses of arrays (matrix, masked), which need a handler.
"""

from __future__ import annotations

import base64
import math
import re
import sys
from typing import Any, cast

from persistence.errors import NotRepresentable
from persistence.values.json_text import JSON, Number

TAG = "ndarray"

_PLAIN_TYPE = re.compile(r"[<>|=]?(?:[?bBiufcSUV]\d+|[mM]8(?:\[[A-Za-z0-9/]+\])?)")
_KEYS = ({"dtype", "shape", "data"}, {"dtype", "shape", "data", "array"})


def is_numpys(kind: type) -> bool:
    """Whether a type is numpy's own. A subclass that somebody made of one is not."""
    return kind.__module__ == "numpy" or kind.__module__.startswith("numpy.")


def is_number(value: Any) -> bool:
    """Whether a value is one number of numpy's, whole or decimal."""
    if not is_numpys(type(value)):
        return False
    return isinstance(value, sys.modules["numpy"].generic) and value.dtype.kind in "iuf"


def encode_array(value: Any) -> JSON:
    """What stands in the tag of an array or scalar. Raises NotRepresentable for numpy's other things."""
    numpy = sys.modules["numpy"]
    name = type(value).__name__
    if type(value) is not numpy.ndarray and not isinstance(value, numpy.generic):
        raise NotRepresentable(f"{name} cannot be saved without a handler", type_name=f"numpy.{name}")
    described = _description(value.dtype)
    if described is None or (value.shape and not value.dtype.itemsize):
        cause = f"a numpy {name} of {value.dtype}, which is more than bytes"
        raise NotRepresentable(cause, type_name=f"numpy.{name}")
    made: dict[str, JSON] = {
        "dtype": described,
        "shape": list(value.shape),
        "data": base64.b64encode(value.tobytes() if value.dtype.itemsize else b"").decode("ascii"),
    }
    return {**made, "array": True} if type(value) is numpy.ndarray and not value.shape else made


def _description(dtype: Any) -> JSON:
    """An element type as JSON; None when it would not come back the same."""
    described = cast(JSON, dtype.str) if dtype.names is None else _as_lists(dtype.descr)
    try:
        return described if not dtype.hasobject and _dtype(described) == dtype else None
    except (TypeError, ValueError):
        return None


def _as_lists(described: Any) -> JSON:
    if isinstance(described, list | tuple):
        return [_as_lists(part) for part in described]
    return cast(JSON, described)


def decode_array(value: JSON) -> object:
    """The array or scalar, one of its own. Raises ValueError or TypeError when there is none, or no numpy."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not is_array(value):
        raise ValueError
    told = cast("dict[str, Any]", value)
    dtype = _dtype(told["dtype"])
    data = base64.b64decode(told["data"], validate=True)
    if dtype.hasobject or len(data) != dtype.itemsize * math.prod(told["shape"]):
        raise ValueError
    if not dtype.itemsize:  # an empty text; of such items there could be any number in no bytes
        return _empty(dtype, told)
    made = numpy.ndarray(tuple(told["shape"]), dtype, data).copy()
    return made if told["shape"] or "array" in told else made[()]


def _empty(dtype: Any, told: dict[str, Any]) -> object:
    if told["shape"] or "array" in told:
        raise ValueError
    return dtype.type()


def is_array(value: JSON) -> bool:
    """Whether a value has the form of an array, as far as one can tell without numpy."""
    if not isinstance(value, dict) or value.keys() not in _KEYS or value.get("array", True) is not True:
        return False
    shape = value["shape"]
    lengths = isinstance(shape, list) and all(map(_is_length, shape))
    return lengths and isinstance(value["data"], str) and isinstance(value["dtype"], str | list)


def _is_length(length: JSON) -> bool:
    """Whether it is a whole number that can be one, however it is spelled."""
    return (type(length) is int and length >= 0) or length == Number("-0")


def _dtype(described: JSON) -> Any:
    """The element type, of such texts as numpy itself writes, though it knows others. Raises ValueError."""
    return sys.modules["numpy"].dtype(_checked(described))


def _checked(described: JSON) -> Any:
    if isinstance(described, str) and _PLAIN_TYPE.fullmatch(described):
        return described
    if isinstance(described, list):
        return [_field(field) for field in described]
    raise ValueError


def _field(field: JSON) -> Any:
    if not isinstance(field, list) or len(field) not in (2, 3):
        raise ValueError
    name = tuple(field[0]) if isinstance(field[0], list) else field[0]  # a title and a name
    shape = [tuple(cast("list[int]", part)) if isinstance(part, list) else part for part in field[2:]]
    return (name, _checked(field[1]), *shape)

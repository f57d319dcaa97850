"""The words for types of values: the same in the window, on the command line and in the docs.

One idea: a kind is judged from the saved JSON alone, so that a value can be named, shown and edited without
any Python object being made of it.

Not for: converting values (`persistence.codec`) or deciding what fits what (`values.attributes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from persistence.codec import decode
from persistence.values.arrays import is_array, is_numpys
from persistence.values.json_text import JSON, Number


class Kind(StrEnum):
    """What a saved value is, in words for people."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes/no"
    EMPTY = "empty"
    LIST = "list"
    MAPPING = "mapping"
    DATE_TIME = "date-time"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    TUPLE = "tuple"
    SET = "set"
    FROZEN_SET = "frozen set"
    BYTES = "bytes"
    COMPLEX = "complex number"
    EXACT_DECIMAL = "exact decimal"
    UUID = "UUID"
    PATH = "path"
    ARRAY = "array"
    UNKNOWN = "unknown"


_PLAIN: Mapping[type, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    float: Kind.DECIMAL,
    bool: Kind.YES_NO,
    type(None): Kind.EMPTY,
    list: Kind.LIST,
}

_TAGGED: Mapping[str, Kind] = {
    "datetime": Kind.DATE_TIME,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "timedelta": Kind.DURATION,
    "tuple": Kind.TUPLE,
    "set": Kind.SET,
    "frozenset": Kind.FROZEN_SET,
    "bytes": Kind.BYTES,
    "complex": Kind.COMPLEX,
    "Decimal": Kind.EXACT_DECIMAL,
    "UUID": Kind.UUID,
    "Path": Kind.PATH,
    "float": Kind.DECIMAL,
    "dict": Kind.MAPPING,
    "ndarray": Kind.ARRAY,
}

TAGS = frozenset(_TAGGED)
"""The names of all tags that are known; a value with one of them that is UNKNOWN is broken."""
_HOLDERS = (Kind.TUPLE, Kind.SET, Kind.FROZEN_SET, Kind.MAPPING)


def kind_of(value: JSON) -> Kind:
    """What a saved value is. An unknown tag, or a known one with a value that it cannot have, is UNKNOWN."""
    if isinstance(value, Number):
        return Kind.DECIMAL if any(sign in value.text for sign in ".eE") else Kind.INTEGER
    if not isinstance(value, dict):
        return _PLAIN[type(value)]
    tag = value.get("__type__")
    if not isinstance(tag, str):
        return Kind.MAPPING
    kind = _TAGGED.get(tag, Kind.UNKNOWN)
    if kind in _HOLDERS:  # their items are judged one by one, where they are shown
        return kind if len(value) == 2 and isinstance(value.get("value"), list) else Kind.UNKNOWN
    if kind is Kind.ARRAY:  # to be told where there is no numpy, too
        return kind if len(value) == 2 and is_array(value.get("value")) else Kind.UNKNOWN
    return Kind.UNKNOWN if isinstance(decode(value), dict) else kind


_WORDS: Mapping[str, str] = {
    "str": "text",
    "int": "an integer",
    "float": "a decimal",
    "bool": "yes/no",
    "NoneType": "empty (None)",
    "list": "a list",
    "dict": "a mapping",
    "datetime": "a date-time",
    "date": "a date",
    "time": "a time",
    "timedelta": "a duration",
    "tuple": "a tuple",
    "set": "a set",
    "frozenset": "a frozen set",
    "bytes": "bytes",
    "complex": "a complex number",
    "Decimal": "an exact decimal",
    "UUID": "a UUID",
    "PosixPath": "a path",
    "WindowsPath": "a path",
    "UnknownTag": "a value of an unknown type",
}
_HOMES = ("builtins", "datetime", "decimal", "uuid", "pathlib", "pathlib._local", "persistence.values.tags")


def word_for_type(value: object) -> str:
    """What a Python value is, with its article: ``an integer``; else by class name, ``a ProtocolConfig``."""
    cls = type(value)
    if is_numpys(cls):
        return "an array" if cls.__name__ == "ndarray" else f"a numpy {cls.__name__}"
    if cls.__module__ in _HOMES and cls.__name__ in _WORDS:
        return _WORDS[cls.__name__]
    return f"{'an' if cls.__name__[:1] in 'AEIOUaeiou' else 'a'} {cls.__name__}"

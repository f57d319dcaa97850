"""Python value to JSON value and back: every type rule of a state file in one place.

One idea: a value is saved only when it comes back equal and of the same type; whatever cannot, says so by
name. Types are judged by `type(value) is ...`, never by `isinstance`: a subclass that came back as its base
would be a silent change.

================================ ==========================================================================
a value of exactly the type      is saved as
================================ ==========================================================================
str, bool, None, list            itself. A text with the two halves of one character as two is refused
int                              itself; beyond 4,300 digits a `Number`
float                            itself; ``{"__type__": "float", "value": "nan"}``, ``"inf"``, ``"-inf"``
dict                             itself when all keys are str and none is ``__type__``; else tag ``dict``
                                 with ``[[key, value], ...]``
UnknownTag                       as it came: what `decode` makes of an unknown tag, or of a broken one
datetime, date, time             tag with `isoformat()`; ``"fold": 1`` as a third key when set. A time zone
                                 is kept as its offset from UTC, not by name; one without offset is refused
timedelta                        tag with ``[days, seconds, microseconds]``
tuple, set, frozenset            tag with a list; sets sorted by the JSON text of their items
bytes                            tag with base64
complex                          tag with ``[real, imag]``
Decimal, UUID                    tag with `str()`
Path                             tag with `str()`, relative ones with forward slashes. One of another system
                                 (``C:\\...`` on Linux, ``/...`` on Windows) comes back as text
================================ ==========================================================================

Nothing here ever imports, evaluates or constructs a class that a file names.

Not for: dataclasses, enums and subclasses, which may be a whole attribute only (`persistence.whole`); what a
launcher saves (`persistence.attributes`); words for types (`persistence.kinds`).
"""

from __future__ import annotations

import base64
import datetime as dt
import math
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from persistence.errors import NotRepresentable
from persistence.json_text import JSON, MAX_DEPTH, MAX_DIGITS, Number, digits_of, same, tagged_float, write

MAX_VALUE_DEPTH = MAX_DEPTH - 10
"""Levels of JSON that one value may have; the rest is for the file around it."""

_PATH: type = type(Path())
_HUGE = 10**MAX_DIGITS
_TWO_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_OTHER_SYSTEMS_PATH = re.compile(r"/" if sys.platform == "win32" else r"[A-Za-z]:\\|\\")


class UnknownTag(dict[object, object]):
    """A tag that nobody here knows, or a broken one, as the mapping it is; `encode` puts it back."""

    __slots__ = ()


# --- Python value -> JSON ---------------------------------------------------------------------------------


def encode(value: object) -> JSON:
    """The JSON of a value, sharing nothing with it.

    Raises NotRepresentable, with the place inside the value, for a type of which the table says nothing,
    for a cycle, and for more than MAX_VALUE_DEPTH levels.
    """
    return _encode(value, MAX_VALUE_DEPTH)


def _encode(value: object, levels: int) -> JSON:
    """As `encode`; `levels` is how many levels of containers the JSON may still have."""
    kind = type(value)
    encoder = _ENCODERS.get(kind) or _LAZY_ENCODERS.get((kind.__module__, kind.__qualname__))
    if encoder is None:
        name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
        raise NotRepresentable(f"{kind.__name__} cannot be saved without a handler", type_name=name)
    if levels < 0:
        cause = f"nested more than {MAX_VALUE_DEPTH} levels deep, or containing itself"
        raise NotRepresentable(cause, type_name=kind.__name__)
    return encoder(value, levels)


def _itself(value: Any, _levels: int) -> JSON:
    return cast("bool | None", value)


def _str(value: str, _levels: int = 0) -> str:
    if not value.isascii() and _TWO_HALVES.search(value):
        raise NotRepresentable("a text that holds two halves of one character apart", type_name="str")
    return value


def _int(value: int, _levels: int) -> JSON:
    return value if -_HUGE < value < _HUGE else Number(digits_of(value))


def _float(value: float, _levels: int) -> JSON:
    return value if math.isfinite(value) else tagged_float(value)


def _items(values: Iterable[object], levels: int) -> list[JSON]:
    made: list[JSON] = []
    try:
        for item in values:
            made.append(_encode(item, levels))  # noqa: PERF401 - its length tells where it failed
    except NotRepresentable as error:
        error.inside(len(made))
        raise
    return made


def _list(value: list[object], levels: int) -> JSON:
    return _items(value, levels - 1)


def _tagged(name: str, value: JSON) -> dict[str, JSON]:
    return {"__type__": name, "value": value}


def _tuple(value: tuple[object, ...], levels: int) -> JSON:
    return _tagged("tuple", _items(value, levels - 2))


def _set(value: set[object] | frozenset[object], levels: int) -> JSON:
    return _tagged(type(value).__name__, sorted(_items(value, levels - 2), key=write))


def _dict(value: dict[object, object], levels: int) -> JSON:
    if "__type__" not in value and all(type(key) is str for key in value):
        return _mapping(cast("dict[str, object]", value), levels)
    pairs: list[JSON] = []
    for key, item in value.items():
        try:
            pairs.append(_items((key, item), levels - 3))
        except NotRepresentable as error:
            error.pointer = error.pointer.partition("/")[2]  # which half of the pair says nothing to people
            error.inside(key)
            raise
    return _tagged("dict", pairs)


def _mapping(value: Mapping[str, object], levels: int) -> JSON:
    made: dict[str, JSON] = {}
    key = ""
    try:
        for key, item in value.items():
            made[_str(key)] = _encode(item, levels - 1)
    except NotRepresentable as error:
        error.inside(key)
        raise
    return made


def _unknown_tag(value: UnknownTag, levels: int) -> JSON:
    """As it came, unless somebody changed it to what is no tag to be kept."""
    content = dict(value)
    try:
        plain = _plain(content, levels)
    except _NotPlain:
        return _dict(content, levels)
    return plain if _untagged(plain) is plain else _dict(content, levels)


class _NotPlain(Exception):
    """A value that is not its own JSON."""


def _plain(value: object, levels: int) -> JSON:
    kind = type(value)
    if kind is dict and levels > 0:
        mapping = cast("dict[object, object]", value)
        if all(type(key) is str for key in mapping):
            return {_str(str(key)): _plain(item, levels - 1) for key, item in mapping.items()}
    elif kind is list and levels > 0:
        return [_plain(item, levels - 1) for item in cast("list[object]", value)]
    elif kind in (str, int, bool, type(None)) or (kind is float and math.isfinite(cast(float, value))):
        return _encode(value, levels)
    raise _NotPlain


def _moment(value: dt.datetime | dt.time, _levels: int) -> JSON:
    try:
        offset, text = value.utcoffset(), value.isoformat()
    except Exception as error:  # a tzinfo is code of the launcher's and may raise anything
        cause = f"its time zone fails: {error}"
        raise NotRepresentable(cause, type_name=type(value).__name__) from error
    if value.tzinfo is not None and type(value).fromisoformat(text).utcoffset() != offset:
        # An offset of less than a second: Python reads back as UTC what it wrote.
        cause = f"a {type(value).__name__} whose offset from UTC cannot be written"
        raise NotRepresentable(cause, type_name=type(value).__name__)
    if value.tzinfo is not None and offset is None:
        cause = f"a {type(value).__name__} with a zone that has no fixed offset from UTC"
        raise NotRepresentable(cause, type_name=type(value).__name__)
    tag = _tagged(type(value).__name__, text)
    return {**tag, "fold": 1} if value.fold else tag


def _date(value: dt.date, _levels: int) -> JSON:
    return _tagged("date", value.isoformat())


def _timedelta(value: dt.timedelta, _levels: int) -> JSON:
    return _tagged("timedelta", [value.days, value.seconds, value.microseconds])


def _bytes(value: bytes, _levels: int) -> JSON:
    return _tagged("bytes", base64.b64encode(value).decode("ascii"))


def _complex(value: complex, levels: int) -> JSON:
    return _tagged("complex", [_float(value.real, levels), _float(value.imag, levels)])


def _path(value: Path, _levels: int) -> JSON:
    text = str(value) if value.is_absolute() else value.as_posix()
    if _OTHER_SYSTEMS_PATH.match(text):
        raise NotRepresentable("a path that reads as one of another system", type_name="Path")
    return _tagged("Path", _str(text))


def _by_text(value: object, _levels: int) -> JSON:
    return _tagged(type(value).__name__, str(value))


_Encoder: TypeAlias = Callable[[Any, int], JSON]
_ENCODERS: Mapping[type, _Encoder] = {
    str: _str,
    int: _int,
    float: _float,
    bool: _itself,
    type(None): _itself,
    list: _list,
    dict: _dict,
    UnknownTag: _unknown_tag,
    tuple: _tuple,
    set: _set,
    frozenset: _set,
    dt.datetime: _moment,
    dt.time: _moment,
    dt.date: _date,
    dt.timedelta: _timedelta,
    bytes: _bytes,
    complex: _complex,
    _PATH: _path,
}
# By name, so that neither module is imported before a launcher has done it.
_LAZY_ENCODERS: Mapping[tuple[str, str], _Encoder] = {
    ("decimal", "Decimal"): _by_text,
    ("uuid", "UUID"): _by_text,
}


# --- JSON -> Python value ---------------------------------------------------------------------------------


def is_exact(value: object) -> bool:
    """Whether a value's own type stands in the table."""
    kind = type(value)
    return kind in _ENCODERS or (kind.__module__, kind.__qualname__) in _LAZY_ENCODERS


def decode(value: JSON) -> object:
    """The Python value that a JSON value says, sharing nothing with it. Never raises.

    An unknown tag, and a known one whose value it cannot have, stays the mapping it is, an `UnknownTag`.
    """
    kind = type(value)
    if kind is dict:
        mapping = cast("dict[str, JSON]", value)
        if "__type__" in mapping:
            found = _untagged(mapping)
            return UnknownTag(_numbers_made(mapping)) if found is mapping else found
        return {key: decode(item) for key, item in mapping.items()}
    if kind is list:
        return [decode(item) for item in cast("list[JSON]", value)]
    return _number(value) if isinstance(value, Number) else value


def _untagged(value: JSON) -> object:
    """The Python value of a sound tag; any other value itself."""
    if not isinstance(value, dict):
        return value
    tag = value.get("__type__")
    decoder = _DECODERS.get(tag) if isinstance(tag, str) else None
    if decoder is None or "value" not in value:
        return value
    fold = len(value) == 3 and same(value.get("fold"), 1) and tag in ("datetime", "time")
    if len(value) != 2 and not fold:
        return value
    try:
        made = decoder(value["value"])
    except (
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
    ):  # what the constructors below raise for a wrong value
        return value
    return made.replace(fold=1) if fold and isinstance(made, dt.datetime | dt.time) else made


def _numbers_made(value: JSON) -> Any:
    if isinstance(value, dict):
        return {key: _numbers_made(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers_made(item) for item in value]
    return _number(value) if isinstance(value, Number) else value


def _number(number: Number) -> int | float:
    if any(sign in number.text for sign in ".eE"):
        return float(number.text)
    sign = -1 if number.text.startswith("-") else 1
    return sign * _from_digits(number.text.lstrip("-"))


def _from_digits(digits: str) -> int:
    if len(digits) <= 600:  # below any limit that a process can set
        return int(digits)
    half = len(digits) // 2
    power: int = 10**half
    return _from_digits(digits[:-half]) * power + _from_digits(digits[-half:])


def _as_text(value: JSON) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


def _as_list(value: JSON) -> list[object]:
    if isinstance(value, list):
        return [decode(item) for item in value]
    raise TypeError


def _to_timedelta(value: JSON) -> dt.timedelta:
    days, seconds, microseconds = _as_list(value)
    if type(days) is type(seconds) is type(microseconds) is int:
        return dt.timedelta(days, seconds, microseconds)
    raise TypeError


def _to_complex(value: JSON) -> complex:
    real, imag = _as_list(value)
    if (
        isinstance(real, int | float)
        and isinstance(imag, int | float)
        and bool not in (type(real), type(imag))
    ):
        return complex(real, imag)
    raise TypeError


def _to_decimal(value: JSON) -> object:
    from decimal import Decimal

    return Decimal(_as_text(value))


def _to_uuid(value: JSON) -> object:
    from uuid import UUID

    return UUID(_as_text(value))


def _to_path(value: JSON) -> object:
    text = _as_text(value)
    return text if _OTHER_SYSTEMS_PATH.match(text) else Path(text)


def _to_float(value: JSON) -> float:
    return {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[_as_text(value)]


def _to_dict(value: JSON) -> object:
    made: dict[object, object] = {}
    for pair in _as_list(value):
        if not isinstance(pair, list) or len(pair) != 2 or pair[0] in made:
            raise ValueError
        made[pair[0]] = pair[1]
    return made


_DECODERS: Mapping[str, Callable[[JSON], object]] = {
    "datetime": lambda value: dt.datetime.fromisoformat(_as_text(value)),
    "date": lambda value: dt.date.fromisoformat(_as_text(value)),
    "time": lambda value: dt.time.fromisoformat(_as_text(value)),
    "timedelta": _to_timedelta,
    "tuple": lambda value: tuple(_as_list(value)),
    "set": lambda value: set(_as_list(value)),
    "frozenset": lambda value: frozenset(_as_list(value)),
    "bytes": lambda value: base64.b64decode(_as_text(value), validate=True),
    "complex": _to_complex,
    "Decimal": _to_decimal,
    "UUID": _to_uuid,
    "Path": _to_path,
    "float": _to_float,
    "dict": _to_dict,
}

"""Python value to JSON text, in one step where that is safe.

One idea: the C encoder of `json` is quick, and takes for granted what must not be taken for granted: it
writes a tuple as a list and a subclass as what it is a subclass of. So the types of all values are looked at
first, a level of nesting at a time, which is work for C too. What the encoder would write right it writes;
for everything else there is `persistence.codec`, whose rules are the only ones: `text_of(value)` is always
``write(encode(value))``, or raises what that raises.

Not for: rules about types (`persistence.codec`).
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from json import encoder as json_encoder
from operator import contains
from pathlib import Path
from typing import Any

from persistence.codec import encode
from persistence.errors import NotRepresentable
from persistence.values.json_text import JSON
from persistence.values.json_writing import write

_SCALARS = frozenset((str, int, float, bool, type(None)))
_TEXT = frozenset((str,))
# What the C encoder does not know, and hands over to be encoded. A tuple is not among it, and nothing that
# may hold other values: how deep those stand would not be known.
_HANDED_OVER = frozenset((dt.datetime, dt.date, dt.time, dt.timedelta, bytes, complex, type(Path())))
_SAFE = _SCALARS | {dict, list} | _HANDED_OVER
_DEEPEST = 20  # levels; deeper values are rare, and endless ones are found out by `encode`


def text_of(value: object) -> str:
    """The JSON text of a value on one line. Raises NotRepresentable, see `persistence.codec.encode`."""
    scalar = type(value) in _SCALARS
    if scalar or _is_safe(value):
        text = _quick_text(value)
        # What another thread put in meanwhile was not looked at.
        if text is not None and (scalar or threading.active_count() == 1 or _is_safe(value)):
            return text
    return write(encode(value))


def _is_safe(value: object) -> bool:
    """Whether the C encoder writes all of it as `encode` would."""
    level: Sequence[Any] = (value,)
    for _ in range(_DEEPEST):
        kinds = {*map(type, level)}
        if not kinds <= _SAFE:
            return False
        dicts = _of_type(dict, kinds, level)
        lists = _of_type(list, kinds, level)
        if not dicts and not lists:
            return True
        if not _are_ordinary(dicts) or _has_twins(dicts, lists):
            return False
        level = [*chain.from_iterable(map(dict.values, dicts)), *chain.from_iterable(lists)]
    return False


def _of_type(kind: type, kinds: set[type], level: Sequence[Any]) -> Sequence[Any]:
    if kind not in kinds:
        return ()
    return level if len(kinds) == 1 else [item for item in level if type(item) is kind]


def _are_ordinary(dicts: Sequence[dict[Any, Any]]) -> bool:
    """Whether all keys are texts, and none is the one that makes a tag."""
    if any(map(contains, dicts, repeat("__type__"))):
        return False
    return {*map(type, chain.from_iterable(dicts))} <= _TEXT


def _has_twins(dicts: Sequence[object], lists: Sequence[object]) -> bool:
    """Whether one container stands there twice: a value that contains itself could be walked for ever."""
    count = len(dicts) + len(lists)
    return count > 1 and len({*map(id, dicts), *map(id, lists)}) < count


def _hand_over(value: object) -> JSON:
    """What the C encoder is to write for a value that it does not know."""
    if type(value) is dt.datetime and value.tzinfo is None and not value.fold:  # by far the most frequent
        return {"__type__": "datetime", "value": value.isoformat()}
    return encode(value)


def _new_encoder() -> Callable[[object, int], Iterable[str]] | None:
    """`JSONEncoder.encode` makes one at each call; where Python is without the C one, `write` does it all."""
    make: Any = getattr(json_encoder, "c_make_encoder", None)
    if make is None:
        return None
    made: Callable[[object, int], Iterable[str]] = make(
        None, _hand_over, json_encoder.encode_basestring, None, ": ", ", ", False, False, False
    )
    return made


_ENCODER = _new_encoder()


def _quick_text(value: object) -> str | None:
    """The text as the C encoder writes it; None where that is not what `encode` and `write` do."""
    if _ENCODER is None:
        return None
    try:
        text = "".join(_ENCODER(value, 0))
    except (ValueError, NotRepresentable):  # a nan, an integer of too many digits, a type that is refused
        return None
    except (TypeError, RuntimeError):  # another thread has put in a key that is no text, or one more item
        return None
    return text if text.isascii() or not _has_halves(text) else None


def _has_halves(text: str) -> bool:
    """Whether half a character stands in a text; such texts are escaped, or refused."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False

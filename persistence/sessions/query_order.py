"""How a saved value stands to what somebody typed: below it, equal, above, or not to be compared at all.

One idea: what was saved decides how it is compared. The typed text is looked at once (`Typed`) for everything
that it may mean, and each kind of value asks for the meaning that it needs:

=================== ====================================================================================
saved is            compared with what was typed
=================== ====================================================================================
a number            as an exact number, by all its digits; ``inf`` is one, ``nan`` equals only ``nan``
yes/no              yes or true, no or false; neither is above the other, and 1 is not yes
empty               none, null or empty
a date-time, date   as ISO text, cut to what was typed: ``2025-11`` equals all of November 2025
a time of the day   likewise: ``14`` equals the hour from 14:00
a text              as text, whatever the case
=================== ====================================================================================

Zones are part of the text: nothing is converted.

Not for: the grammar of queries (`persistence.query`), or where values come from (`sessions.query_values`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from persistence.sessions.query_values import Scalar
from persistence.values.digits import digits_of

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*(?:e[+-]?[0-9]+)?|\.[0-9]+(?:e[+-]?[0-9]+)?|inf|infinity)")
_ZONE = r"(?:Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_CLOCK = r"[0-9]{2}(?::[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?" + _ZONE + ")?)?"
_DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T" + _CLOCK + ")?)?)?"
_IS_CLOCK, _IS_MOMENT = re.compile(_CLOCK), re.compile(_DATE)

_TRUTHS: Mapping[str, bool] = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything that a typed text may mean; None or "" where it does not mean that."""

    text: str
    """In lower case, as all texts are compared."""
    number: Decimal | None
    truth: bool | None
    empty: bool
    moment: str
    """A date, or a date and time, as far as it was typed."""
    clock: str


def typed(text: str) -> Typed:
    """What a text may mean. Never raises."""
    folded = text.casefold()
    moment = text.upper().replace(" ", "T")
    return Typed(
        text=folded,
        number=_number(folded),
        truth=_TRUTHS.get(folded),
        empty=folded in ("none", "null", "empty"),
        moment=moment if _IS_MOMENT.fullmatch(moment) else "",
        clock=moment if _IS_CLOCK.fullmatch(moment) else "",
    )


def _number(folded: str) -> Decimal | None:
    if not _NUMBER.fullmatch(folded):
        return None
    try:
        return Decimal(folded)
    except ArithmeticError:  # an exponent of 19 digits
        return None


def order(value: Scalar, to: Typed) -> int | None:
    """-1 when `value` is below what was typed, 0 when equal, 1 when above, None when they do not compare."""
    return _ORDERS[type(value)](value, to)


def order_in_time(value: Scalar, to: Typed) -> int | None:
    """As `order`, of a text that is known to be a date and time, such as when a session was saved."""
    return _cut_to(value, to.moment) if isinstance(value, str) else order(value, to)


def shown(value: Scalar) -> str:
    """The text in which one looks for a part of it."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return next(iter(value.values()))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return digits_of(value)
    return "" if value is None else repr(value)


def _compared(one: Any, other: Any) -> int:
    return int(one > other) - int(one < other)


def _text(value: str, to: Typed) -> int:
    return _compared(value.casefold(), to.text)


def _integer(value: int, to: Typed) -> int | None:
    return None if to.number is None else _compared(value, to.number)


def _float(value: float, to: Typed) -> int | None:
    return None if to.number is None else _compared(Decimal(repr(value)), to.number)


def _yes_no(value: bool, to: Typed) -> int | None:
    return 0 if value is to.truth else None


def _empty(_value: None, to: Typed) -> int | None:
    return 0 if to.empty else None


def _special(value: dict[str, str], to: Typed) -> int | None:
    ((kind, text),) = value.items()
    if kind == "number":
        return _spelled(text, to)
    return _cut_to(text, to.moment if kind == "time" else to.clock)


def _spelled(text: str, to: Typed) -> int | None:
    number = _number(text.casefold())
    if number is None:  # nan, or beyond all exponents: equal to itself alone
        return 0 if text.casefold() == to.text else None
    return None if to.number is None else _compared(number, to.number)


def _cut_to(text: str, typed: str) -> int | None:
    return _compared(text[: len(typed)], typed) if typed else None


_ORDERS: Mapping[type, Callable[[Any, Typed], int | None]] = {
    str: _text,
    int: _integer,
    float: _float,
    bool: _yes_no,
    type(None): _empty,
    dict: _special,
}

"""What VALUE stands for in the place of a saved value, and how one of its type is written.

One idea: VALUE is JSON, and what is said about one that does not fit leads to a value of the same type, never
to another type by a detour. Dates, times, durations and what is not finite, which JSON lacks, are taken as
they are typed in the window, and so are numbers, yes and no: 6 in the place of 2.5 is 6.0.

Not for whether another type is allowed (`changing`).
"""

from __future__ import annotations

import re

from persistence.cli import choosing
from persistence.cli.answers import Usage
from persistence.cli.plain import one_line
from persistence.document import ABSENT, Absent
from persistence.errors import Damaged
from persistence.values.json_text import JSON, Number, parse
from persistence.values.json_writing import write
from persistence.values.kinds import Kind, kind_of
from persistence.values.typed_numbers import (
    NOT_FINITE,
    YES_NO,
    decimal_slip,
    decimal_token,
    out_of_range,
    whole_slip,
    whole_token,
)  # fmt: skip
from persistence.values.typed_times import FROM_TYPED, NotThisKind, zone_stays

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SUPERFLUOUS = re.compile(r"^\+?(-?)0*(?=[0-9])")
"""A sign and zeros in front that JSON does not have."""
_QUOTED = "Write it as it stands here, without quotes and without --string"


def value_for(text: str, before: JSON | Absent, *, plain: bool, as_typed: bool = False) -> JSON:
    """The value that an argument says in the place of `before`; `plain`: it is the text itself; `as_typed`:
    of the type that it looks like, where it is JSON.

    Raises Usage.
    """
    if plain or isinstance(before, Absent):
        return choosing.value(text, plain=plain)
    kind = kind_of(before)
    if not as_typed and not isinstance(number := _number(text, kind), Absent):
        return number
    if kind is Kind.TEXT or _is_json(text):
        return choosing.value(text, plain=False)
    if kind in FROM_TYPED:
        return _moment(text, before)
    if not isinstance(meant := _word(text, kind), Absent):
        return meant
    raise Usage(f"VALUE is not JSON; the value there is of type {kind}. {how_to_write(text, before)}")


def how_to_write(text: str, before: JSON) -> str:
    """How a value of the type of `before` is written, in view of what was tried, as a sentence."""
    kind = kind_of(before)
    if kind is Kind.TEXT:
        return "For plain text, use --string."
    if kind is Kind.EMPTY:
        return "For plain text, add --string and --type-change."
    if not isinstance(_word(text, kind), Absent):
        return f"Write it without --string: {text}"
    if kind is Kind.YES_NO:
        return "Write yes or no."
    if kind in (Kind.DECIMAL, Kind.INTEGER):
        return _how_a_number(text.strip('"'), kind)
    if kind in FROM_TYPED:
        return _how_a_moment(text.strip('"'), before)
    return f"Write it as JSON, as {one_line(write(before))} is."


def _word(text: str, kind: Kind) -> JSON | Absent:
    """What a word means in the place of a value of `kind`, as it is typed in the window."""
    word = text.strip().casefold()
    if kind is Kind.YES_NO and word in YES_NO:
        return YES_NO[word]
    if kind is Kind.DECIMAL and word in NOT_FINITE:
        return {"__type__": "float", "value": NOT_FINITE[word]}
    return _number(text, kind)


def _number(text: str, kind: Kind) -> JSON | Absent:
    """What digits mean in the place of a number, however short they are typed, as in the window."""
    if kind is Kind.INTEGER:
        token = whole_token(text.strip())
    else:
        token = decimal_token(text.strip()) if kind is Kind.DECIMAL else None
    if token is None or (kind is Kind.DECIMAL and out_of_range(token)):
        return ABSENT
    return parse(token.encode())


def _is_json(text: str) -> bool:
    try:
        parse(text.encode("utf-8", "surrogatepass"))
    except Damaged:
        return False
    return True


def _moment(text: str, before: JSON) -> JSON:
    try:
        value = FROM_TYPED[kind_of(before)](text)
        zone_stays(before, value)
    except NotThisKind as reason:
        raise Usage(f"VALUE is no {kind_of(before)} as it is needed here. {reason}") from None
    return value


def _how_a_moment(text: str, before: JSON) -> str:
    try:
        _moment(text, before)
    except Usage as reason:
        return str(reason)
    return f"{_QUOTED}: {text}"


def _how_a_number(text: str, kind: Kind) -> str:
    if slip := (decimal_slip if kind is Kind.DECIMAL else whole_slip)(text):
        return slip
    if kind is Kind.DECIMAL and (token := decimal_token(text)):
        return out_of_range(token)
    pointed = _SUPERFLUOUS.sub(r"\1", text.replace(",", "."))
    if not _NUMBER.fullmatch(pointed):
        return f"Write a {'number, such as 5.5' if kind is Kind.DECIMAL else 'whole number, such as 150'}."
    fits = kind_of(Number(pointed)) is kind
    if kind is Kind.INTEGER:
        return f"Write {pointed}" if fits else "A whole number has no decimal point."
    if "," in text:
        return f"Use a point: {pointed}"
    return f"Write {pointed}" if fits else f"Write {pointed}.0"

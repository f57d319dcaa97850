"""Single values as an operator types them: for each kind, the value from its text.

One idea: `FROM_TEXT[kind]` and `TO_TEXT[kind]` (`persistence.values.readable`) are inverse to each other, and
the value that comes back is of the very same kind. Dates keep microseconds and zone, durations their
microseconds, numbers the spelling that was typed. Values are those of a state file (JSON, with tags for what
JSON lacks), texts are single lines.

Not for containers and not for choosing the kind (see `edit_text`), not for widgets. What is typed for dates,
times and durations is read in `values.typed_times`, for the command line too.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from uuid import UUID

from persistence.codec import encode
from persistence.values import json_text
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind
from persistence.values.readable import EMPTY_TEXT
from persistence.values.typed_numbers import (
    NOT_FINITE,
    YES_NO,
    decimal_slip,
    decimal_token,
    out_of_range,
    whole_slip,
    whole_token,
)  # fmt: skip
from persistence.values.typed_times import FROM_TYPED, NotThisKind, suggest_point

_WITH_UNIT = re.compile(
    r"(?![+-]?0[xX]|[+-]?0[bBoO]$)([+-]?[0-9][0-9.]*) ?(?![eExX]$)([A-Za-zµμ°%][A-Za-zµμ°%/]*)"
)
"""Nothing with digits is a unit, nor is an exponent or a factor that is still being typed, nor what begins
digits of another base."""


def tagged(name: str, value: JSON) -> JSON:
    """A value that JSON lacks, as the state file writes it."""
    return {"__type__": name, "value": value}


def _token(text: str) -> JSON:
    return json_text.parse(text.encode())


# ---- numbers ---------------------------------------------------------------------------------


def _integer(text: str) -> JSON:
    if (token := whole_token(text.strip())) is not None:
        return _token(token)
    if slip := whole_slip(text.strip()):
        raise NotThisKind(slip)
    _suggest_bare(text, re.compile("[+-]?[0-9]+").fullmatch)
    if "." in text or "," in text:
        raise NotThisKind("A whole number has no decimal point.")
    raise NotThisKind("Type a whole number, such as 150.")


def _suggest_bare(text: str, accepts: Callable[[str], object]) -> None:
    """Raise NotThisKind where a number would do without the unit that stands behind it."""
    found = _WITH_UNIT.fullmatch(text.strip())
    if found is not None and accepts(found[1]) is not None:
        raise NotThisKind(f"Without the unit: {found[1]}")


def _suggest_digits(text: str, accepts: Callable[[str], object]) -> None:
    """Raise NotThisKind where a number that may have a point is only spelled otherwise, or has a unit."""
    if slip := decimal_slip(text):
        raise NotThisKind(slip)
    suggest_point(text, accepts)
    _suggest_bare(text, accepts)


def _decimal(text: str) -> JSON:
    stripped = text.strip()
    if stripped.casefold() in NOT_FINITE:
        return tagged("float", NOT_FINITE[stripped.casefold()])
    token = decimal_token(stripped)
    if token is None:
        _suggest_digits(stripped, decimal_token)
        raise NotThisKind("Type a number, such as 5.5.")
    if problem := out_of_range(token):
        raise NotThisKind(problem)
    return _token(token)


def _exact_decimal(text: str) -> JSON:
    stripped = text.strip()
    if (number := _exact(stripped)) is not None:
        return tagged("Decimal", str(number))
    _suggest_digits(stripped, _exact)
    raise NotThisKind("Type a number, such as 0.10.")


def _exact(text: str) -> Decimal | None:
    try:
        return None if "_" in text else Decimal(text)
    except InvalidOperation:
        return None


def _complex(text: str) -> JSON:
    compact = re.sub("[iI]$", "j", text.replace(" ", ""))
    try:
        if "_" in compact:
            raise ValueError(compact)
        return encode(complex(compact))
    except ValueError:
        if "," in text:
            raise NotThisKind("Use a point, as in 1.5+2.0j.") from None
        raise NotThisKind("Type a complex number, such as 1.5+2.0j.") from None


# ---- yes/no and nothing ----------------------------------------------------------------------


def _yes_no(text: str) -> JSON:
    try:
        return YES_NO[text.strip().casefold()]
    except KeyError:
        raise NotThisKind("Type yes or no.") from None


def _empty(text: str) -> JSON:
    if text.strip().casefold() in ("", "empty", "none", "null", EMPTY_TEXT.casefold()):
        return None
    raise NotThisKind(f"This is {EMPTY_TEXT}. Ctrl+T gives it another type.")


# ---- the rest --------------------------------------------------------------------------------


def _bytes(text: str) -> JSON:
    try:
        return encode(bytes.fromhex(text))
    except ValueError:
        raise NotThisKind("Type pairs of hexadecimal digits: 00 ff") from None


def _uuid(text: str) -> JSON:
    try:
        return encode(UUID(text.strip()))
    except ValueError:
        raise NotThisKind("Type a UUID: 32 hexadecimal digits.") from None


def _path(text: str) -> JSON:
    if not text:
        raise NotThisKind("Type a path.")
    return tagged("Path", text)


FROM_TEXT: Mapping[Kind, Callable[[str], JSON]] = {
    Kind.TEXT: str,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: _yes_no,
    Kind.EMPTY: _empty,
    **FROM_TYPED,
    Kind.BYTES: _bytes,
    Kind.COMPLEX: _complex,
    Kind.EXACT_DECIMAL: _exact_decimal,
    Kind.UUID: _uuid,
    Kind.PATH: _path,
}

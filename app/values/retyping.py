"""What a change of type offers: the types there are, and the text to begin with.

One idea: a value is converted where there is only one way to do it (150 to 150.0, the text "150" to 150);
where there is none, its own text stands there to be typed over, and why it does not fit beside it. Nothing is
rounded, cut or guessed. Not for widgets, and not for the meaning of text (see `box_text`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from app.values.box_text import CONTAINERS, TEXTS, Boxed, boxed, parse_box
from app.values.edit_text import editable_text
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.readable import EMPTY_TEXT, TO_TEXT

CHOICES: tuple[Kind, ...] = (
    Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.YES_NO, Kind.EMPTY, Kind.DATE_TIME, Kind.DATE, Kind.TIME,
    Kind.DURATION, Kind.LIST, Kind.MAPPING, Kind.TUPLE, Kind.SET, Kind.FROZEN_SET, Kind.BYTES,
    Kind.EXACT_DECIMAL, Kind.COMPLEX, Kind.PATH, Kind.UUID,
)  # fmt: skip
"""The types that a value can be given. No text stands for an array, nor for what nobody here knows."""
_MAX_DIGITS = 400
_LOOKED_FOR = (
    Kind.INTEGER, Kind.DECIMAL, Kind.YES_NO, Kind.DATE_TIME, Kind.DATE, Kind.TIME, Kind.LIST, Kind.MAPPING,
)  # fmt: skip
_LONGEST_LOOKED_AT = 2_000  # characters


_AS_TYPED: Mapping[Kind, re.Pattern[str]] = {
    Kind.INTEGER: re.compile(r"0|-?[1-9][0-9]{0,14}"),
    Kind.DECIMAL: re.compile(r"-?(0|[1-9][0-9]*)?\.[0-9]*"),
    Kind.YES_NO: re.compile("yes|no|true|false", re.IGNORECASE),
}
"""What says the same as a number, or as yes/no, as it said as a text. `007` would lose its zeros, `1e5` and
`+5` are spelled as codes are, too, and of many digits other programs lose the last.
"""
_EXACT_DIGITS = 15
"""As many digits has every decimal that comes back as it was typed, in whatever program."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a typed text is taken for (None: for a text), and what a text could be, too (None: nothing)."""

    taken: Kind | None = None
    could_be: Kind | None = None

    @property
    def other(self) -> Kind | None:
        """The other way to take it; None where there is none."""
        return Kind.TEXT if self.taken is not None else self.could_be


def guessed(text: str) -> Guess:
    """What a typed text is taken for as long as nobody has chosen a type."""
    taken = looks_like(text)
    return Guess(taken, None if taken is not None else could_be(text))


def could_be(text: str) -> Kind | None:
    """The first type but text that a typed text can be read as; None where it can be read as none."""
    if not text.strip() or len(text) > _LONGEST_LOOKED_AT:
        return None
    return next((kind for kind in _LOOKED_FOR if not parse_box(text.strip(), kind).problem), None)


def looks_like(text: str) -> Kind | None:
    """The type that a text would be taken for by whoever reads it; None for a text that is simply one, and
    for one that would become another one, such as 007.
    """
    kind = could_be(text)
    pattern = _AS_TYPED.get(kind) if kind is not None else None
    if pattern is None or pattern.fullmatch(text.strip()) is None:
        return kind if pattern is None else None
    digits = re.sub("[^0-9]", "", text).lstrip("0")
    return None if kind is Kind.DECIMAL and len(digits) > _EXACT_DIGITS else kind


def offered(value: JSON, kind: Kind) -> Boxed:
    """The text to begin with when `value` is to become one of another type."""
    now = kind_of(value)
    if kind is now:
        return boxed(value)
    if kind is Kind.EMPTY:
        return Boxed(EMPTY_TEXT)
    if now is Kind.EMPTY:
        return Boxed("")
    text = _text(value, kind)
    parsed = parse_box(text, kind)
    return Boxed(text) if parsed.problem else boxed(parsed.value)


def _text(value: JSON, kind: Kind) -> str:
    now = kind_of(value)
    if now in TEXTS:
        return TO_TEXT[now](value)
    if now is Kind.DECIMAL and kind is Kind.INTEGER:
        return _digits(editable_text(value))
    return boxed(value).text if now in CONTAINERS else editable_text(value)


def _digits(text: str) -> str:
    """A whole number without its decimal point; any other as it is."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    whole = (
        number.is_finite() and abs(number.adjusted()) < _MAX_DIGITS and number == number.to_integral_value()
    )
    return f"{abs(number) if number == 0 else number:.0f}" if whole else text

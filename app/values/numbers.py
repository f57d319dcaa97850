"""Numbers as they are saved, and as high as a plot can draw them. Pure.

One idea: what a number is, exactly, and where it stands among others are two things. A saved number keeps all
its digits wherever it is told; only who compares many, or draws them, takes the nearest float.

Not for typing numbers (`scalar_text`), nor for comparing with a typed one (`sessions.query_order`).
"""

import math
from collections.abc import Mapping
from decimal import Decimal

from app.values.cells import Cell
from persistence.values.json_text import JSON
from persistence.values.json_text import Number as SpelledNumber

Number = int | float | Decimal
HIGHEST = 1e300
"""What is higher is not drawn: sums and differences of heights stay finite."""


def number_in(value: JSON) -> Number | None:
    """The number that a saved value is; None for all others, for yes and no, and for not a number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return None if isinstance(value, float) and math.isnan(value) else value
    if isinstance(value, SpelledNumber):
        return _spelled(value.text)
    tagged = isinstance(value, Mapping) and value.get("__type__") in ("Decimal", "float")
    return _spelled(value.get("value")) if tagged and isinstance(value, Mapping) else None


def is_nan(value: JSON) -> bool:
    """Whether a value has the type of a number, and is none."""
    if isinstance(value, float):
        return math.isnan(value)
    tagged = isinstance(value, Mapping) and value.get("__type__") in ("Decimal", "float")
    text = value.get("value") if tagged and isinstance(value, Mapping) else None
    return isinstance(text, str) and text.strip("+-").casefold() in ("nan", "snan")


def is_finite(number: Number) -> bool:
    """Whether it is no infinity; an integer never is one, however large."""
    return isinstance(number, int) or math.isfinite(number)


def height(number: Number | None) -> float | None:
    """Where a number stands in a plot; None where it has no place there."""
    try:
        found = math.nan if number is None else float(number)
    except (OverflowError, ValueError):  # an integer beyond all floats; a signalling nan
        return None
    return found if abs(found) <= HIGHEST else None


def change(now: Number, before: Number) -> str:
    """By how much a number became another, with its sign: "+5"; as exact as both are spelled, to 28 digits.
    Nothing where that is no number.
    """
    try:
        by = Decimal(str(now)) - Decimal(str(before))
    except (ArithmeticError, ValueError):  # of two infinities, and of numbers of more digits than are told
        return ""
    if not by.is_finite():
        return ""
    return f"{by.normalize():+f}" if abs(by.adjusted()) < 16 else f"{by.normalize():+}"


def cell_height(cell: Cell | None) -> float | None:
    """Where a cell of the list stands in a plot."""
    return height(cell.number) if cell is not None else None


def _spelled(text: object) -> Decimal | None:
    try:
        found = Decimal(text) if isinstance(text, str) else None
    except ArithmeticError:  # an exponent of 19 digits
        return None
    return None if found is None or found.is_nan() else found

"""Saved values as cells of the list: where values are, on the thread that has them. Pure; no Qt."""

from collections.abc import Sequence
from decimal import Decimal

from app.values.cells import Cell
from app.values.edit_text import NO_TEXT
from app.values.fit_text import escaped
from persistence.sessions.query_order import shown
from persistence.sessions.query_values import Scalar, Values, load_values

LONGEST = 200
"""Characters of a cell."""


def cell_of(values: Sequence[Scalar]) -> Cell | None:
    """The cell of the values that the launchers of a session have of a name; None where they have none."""
    if not values:
        return None
    texts = dict.fromkeys(map(_text, values))
    text = escaped("; ".join(texts))
    cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return Cell(cut, _number(values[0]) if len(texts) == 1 else None)


def values_in(text: str) -> Values:
    """The values in a text of the index; none where nobody of ours wrote it."""
    try:
        held = load_values(text)
    except (ValueError, RecursionError):
        return {}
    fits = isinstance(held, dict) and all(isinstance(values, list) for values in held.values())
    return held if fits else {}


def _text(value: Scalar) -> str:
    """Nothing is an empty cell."""
    return "empty (None)" if value is None else shown(value) or NO_TEXT


def _number(value: Scalar) -> int | float | Decimal | None:
    """The number that a value is; not a number is none."""
    if isinstance(value, dict):
        return _spelled(value.get("number"))
    return None if isinstance(value, bool | str) else value


def _spelled(text: object) -> Decimal | None:
    try:
        found = Decimal(text) if isinstance(text, str) else None
    except ArithmeticError:  # nothing that can be counted, such as an exponent of 19 digits
        return None
    return None if found is None or found.is_nan() else found

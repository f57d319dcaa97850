"""What was meant, perhaps, by a value of a query that is asked for as it is, and finds nothing: pure.

One idea: nothing is read as what it may mean, since a text may be saved just so; who typed a number or a date
as they are written elsewhere is told how they are asked for. Not for how values compare (`query_order`).
"""

from __future__ import annotations

import re

from persistence.values.typed_numbers import in_digits
from persistence.values.typed_slips import date_slip

_WITH_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_DATES = re.compile(r"[0-9]{4}-[0-9]{2}-.*")


def meant(text: str) -> tuple[str, tuple[str, ...]]:
    """What is to be done about a value that was typed, and the values that may be meant; both are empty where
    nothing is to be said.
    """
    if _WITH_COMMA.fullmatch(text):
        return "Use a point", (text.replace(",", "."),)
    if digits := in_digits(text):
        return "Use digits only", (digits,)
    how, _, dates = date_slip(text).partition(": ")
    return (how, tuple(dates.split(" or "))) if _DATES.fullmatch(dates) else ("", ())

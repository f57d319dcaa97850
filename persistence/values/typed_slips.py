"""What is wrong with a date or a time that cannot be read, as a sentence: an impossible day, another order.

One idea: who typed a moment as it is written elsewhere is told what is other here, with what was typed put in
the order that is read; nothing is read that way, since one order looks like another. Not for reading
(`typed_times`).
"""

from __future__ import annotations

import re
from calendar import monthrange

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])(.*)", re.DOTALL)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})(?![0-9])")
_SLASHES = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})(?![0-9])")
_YEAR_SLASHES = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})(?![0-9])")
_TIME = re.compile(r"[T ]*([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?(?![0-9])")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
"""In English, whatever the program's locale."""


def date_slip(text: str) -> str:
    """What is wrong with the date that a text begins with; empty where that cannot be said."""
    typed = text.strip()
    if found := _DAY_FIRST.match(typed):
        day, month, year = map(int, found.groups())
        return _impossible(year, month, day) or f"Year first: {_iso(year, month, day)}"
    if found := _SLASHES.match(typed):
        return _of_two_orders(*map(int, found.groups()))
    if found := _YEAR_SLASHES.match(typed):
        year, month, day = map(int, found.groups())
        return _impossible(year, month, day) or f"With hyphens: {_iso(year, month, day)}"
    if found := _ISO.match(typed):
        year, month, day = map(int, found.groups()[:3])
        short = "" if len(found[2]) == len(found[3]) == 2 else f"Two digits each: {_iso(year, month, day)}"
        return _impossible(year, month, day) or short or time_slip(found[4])
    return ""


def time_slip(text: str) -> str:
    """What is wrong with the time that a text begins with; empty where that cannot be said."""
    found = _TIME.match(text)
    if found is None:
        return ""
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour > 23:
        return f"There is no hour {hour}: a day has 24, from 00 to 23."
    if minute > 59 or second > 59:
        what, one = ("minute", minute) if minute > 59 else ("second", second)
        return f"There is no {what} {one}."
    short = any(part is not None and len(part) < 2 for part in found.groups())
    seconds = "" if found[3] is None else f":{second:02d}"
    return f"Two digits each: {hour:02d}:{minute:02d}{seconds}" if short else ""


def _impossible(year: int, month: int, day: int) -> str:
    if not 1 <= month <= len(_MONTHS):
        return f"There is no month {month}."
    if year < 1:
        return "There is no year 0."
    last, name = monthrange(year, month)[1], _MONTHS[month - 1]
    if 1 <= day <= last:
        return ""
    return f"There is no {day} {name}: {name}{f' {year}' if month == 2 else ''} has {last} days."


def _of_two_orders(one: int, two: int, year: int) -> str:
    """Month first as in America, or day first: said where only one of the two can be meant."""
    if one > len(_MONTHS):
        return _impossible(year, two, one) or f"Year first: {_iso(year, two, one)}"
    if two > len(_MONTHS):
        return _impossible(year, one, two) or f"Year first: {_iso(year, one, two)}"
    either = "" if one == two else f" or {_iso(year, two, one)}"
    return f"Year first: {_iso(year, one, two)}{either}"


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}"

"""What is wrong with a date or a time that cannot be read, as a sentence: an impossible day, another order.

One idea: who typed a moment as it is written elsewhere is told what is other here, with what was typed put in
the order that is read; nothing is read that way, since one order looks like another. Not for reading
(`typed_times`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])(.*)", re.DOTALL)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})(?![0-9])")
_SLASHES = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})(?![0-9])")
_YEAR_SLASHES = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})(?![0-9])")
_TIME = re.compile(
    r"[T, ]*([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?(?![0-9])(?: *([AaPp])\.?[Mm]\.?(?![A-Za-z]))?"
)
_MINUTES = re.compile(r"([0-9]{1,6}):([0-5][0-9])")
_AMOUNT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?) ?([A-Za-z]*)")
_SECONDS = {
    "": 1, **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
}  # fmt: skip
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
        return _ordered("Year first", ((year, month, day),), typed[found.end() :])
    if found := _SLASHES.match(typed):
        one, two, year = map(int, found.groups())
        return _ordered("Year first", _of_two_orders(one, two, year), typed[found.end() :])
    if found := _YEAR_SLASHES.match(typed):
        year, month, day = map(int, found.groups())
        return _ordered("With hyphens", ((year, month, day),), typed[found.end() :])
    if found := _ISO.match(typed):
        year, month, day = map(int, found.groups()[:3])
        if len(found[2]) == len(found[3]) == 2:
            return _impossible(year, month, day) or time_slip(found[4])
        return _ordered("Two digits each", ((year, month, day),), found[4])
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
    short = any(part is not None and len(part) < 2 for part in found.groups()[:3])
    if not (found[4] or short):
        return ""
    return f"{'Two digits each' if short else 'From 00 to 23'}: {_clock(found)}"


def duration_slip(text: str) -> str:
    """How a duration that was typed otherwise is written; empty where that cannot be said."""
    if found := _MINUTES.fullmatch(text):
        one, two = int(found[1]), int(found[2])
        return f"{_long(one * 3600 + two * 60)} or {_long(one * 60 + two)}"
    found = _AMOUNT.fullmatch(text)
    if found is None or found[2].casefold() not in _SECONDS:
        return ""
    seconds = Decimal(found[1]) * _SECONDS[found[2].casefold()]
    return _long(seconds) + ("" if found[2] else " if these are seconds")


def _long(seconds: Decimal | int) -> str:
    minutes, rest = divmod(Decimal(seconds), 60)
    whole, part = f"{rest:f}".partition(".")[::2]
    part = part.rstrip("0")
    return f"{minutes // 60}:{minutes % 60:0>2}:{whole:0>2}{f'.{part}' if part else ''}"


def _clock(found: re.Match[str]) -> str:
    """A time that can be, by the clock of 24 hours; empty where a clock of 12 has no such hour."""
    hour, half = int(found[1]), (found[4] or "").casefold()
    if half and not 1 <= hour <= 12:
        return ""
    hour = hour % 12 + 12 * (half == "p") if half else hour
    seconds = "" if found[3] is None else f":{int(found[3]):02d}"
    return f"{hour:02d}:{int(found[2]):02d}{seconds}"


def _ordered(how: str, dates: tuple[tuple[int, int, int], ...], rest: str) -> str:
    """How these dates are written, and the time behind them, or what is impossible in the first."""
    found = _TIME.match(rest)
    slip = _impossible(*dates[0]) or ("" if found is None or _can_be(found) else time_slip(rest))
    clock = _clock(found) if found is not None else ""
    written = [f"{_iso(*one)}{f' {clock}' if clock else ''}" for one in dates]
    return slip or f"{how}: {' or '.join(written)}"


def _can_be(found: re.Match[str]) -> bool:
    return int(found[1]) < 24 and int(found[2]) < 60 and int(found[3] or 0) < 60


def _impossible(year: int, month: int, day: int) -> str:
    if not 1 <= month <= len(_MONTHS):
        return f"There is no month {month}."
    if year < 1:
        return "There is no year 0."
    last, name = monthrange(year, month)[1], _MONTHS[month - 1]
    if 1 <= day <= last:
        return ""
    return f"There is no {day} {name}: {name}{f' {year}' if month == 2 else ''} has {last} days."


def _of_two_orders(one: int, two: int, year: int) -> tuple[tuple[int, int, int], ...]:
    """Month first as in America, or day first: both where either can be meant."""
    if one > len(_MONTHS):
        return ((year, two, one),)
    if two > len(_MONTHS) or one == two:
        return ((year, one, two),)
    return (year, one, two), (year, two, one)


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}"

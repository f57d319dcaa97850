"""Dates, times and durations as people type them: the same rules in the window and on the command line.

One idea: text in, the very value out that a state file has for it, or a sentence that says how to type one.
Microseconds and zone are kept, nothing is guessed: a time without a zone gets none.

Not for showing them (the window does that), and not for what files say (`persistence.codec`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from persistence.codec import decode, encode
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind
from persistence.values.typed_slips import date_slip, duration_slip, time_slip

FOLDED = " fold=1"
"""Stands behind a time of the hour that clocks go through twice, where the second time is meant."""
_HOW: Mapping[Kind, tuple[str, str]] = {
    Kind.DATE_TIME: ("Type date and time", "2026-11-23 14:29:51"),
    Kind.DATE: ("Type a date", "2026-11-23"),
    Kind.TIME: ("Type a time", "14:29:51"),
    Kind.DURATION: ("Type hours:minutes:seconds", "0:48:12.500"),
}
_DURATION = re.compile(
    r"(-?) *(?:([0-9]+) *d(?:ays?)?(,?) +)?([0-9]+):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,6}))?"
)
_ZONE = re.compile(r"[+-][0-9:.]+$")
_ODD_ZONE = re.compile(r":[0-9.]+ ?(?:[A-Za-z/_]{2,}|[+-][0-9:.]*)$")


class NotThisKind(ValueError):
    """The text is not a value of the kind that was asked for; the message is a sentence for the operator."""


def suggest_point(text: str, accepts: Callable[[str], object]) -> None:
    """Raise NotThisKind with the hint about the decimal point when a comma is all that is wrong."""
    candidate = text.replace(",", ".")
    if text.count(",") == 1 and "." not in text and accepts(candidate) is not None:
        raise NotThisKind(f"Use a point: {candidate}")


def _date_time(text: str) -> JSON:
    return _moment(text, datetime.fromisoformat, Kind.DATE_TIME, _date_time_slip)


def _date_time_slip(text: str) -> str:
    """Who typed a day alone is told that a time belongs to it, too."""
    slip = date_slip(text)
    return f"{slip}, then the time, such as 14:29:51" if slip[-1:].isdigit() and ":" not in text else slip


def _time(text: str) -> JSON:
    return _moment(text, time.fromisoformat, Kind.TIME, time_slip)


def how_to_type(kind: Kind, example: str = "") -> str:
    """What is said of a text that is none of these: how one is typed, in the form of an example."""
    what, usual = _HOW[kind]
    return f"{what}: {example or usual}"


def _moment(
    text: str, read: Callable[[str], datetime | time], kind: Kind, slip: Callable[[str], str]
) -> JSON:
    iso = text.strip()
    second_pass = iso.endswith(FOLDED)
    iso = iso.removesuffix(FOLDED)
    if re.search(r"[.,][0-9]{7}", iso):
        raise NotThisKind("Microseconds are the finest: at most six digits after the point.")
    try:
        if ":" not in iso:
            raise ValueError(iso)
        return encode(read(iso).replace(fold=int(second_pass)))
    except ValueError:
        zone = "Write the zone as +01:00." if _ODD_ZONE.search(iso) else ""
        raise NotThisKind(slip(iso) or zone or how_to_type(kind)) from None


def zone_stays(old: JSON, new: JSON) -> None:
    """Raise NotThisKind where a moment would gain or lose its zone: it would be another kind of moment."""
    before, after = decode(old), decode(new)
    if not isinstance(before, datetime | time) or not isinstance(after, datetime | time):
        return
    if before.tzinfo is not None and after.tzinfo is None:
        zone = _ZONE.search(before.isoformat())
        raise NotThisKind(f"It has a zone: write one at the end, such as {zone[0] if zone else '+00:00'}.")
    if before.tzinfo is None and after.tzinfo is not None:
        raise NotThisKind("It has no zone: leave out what stands behind the time.")


def _date(text: str) -> JSON:
    try:
        return encode(date.fromisoformat(text.strip()))
    except ValueError:
        raise NotThisKind(date_slip(text) or how_to_type(Kind.DATE)) from None


def _duration(text: str) -> JSON:
    match = _DURATION.fullmatch(text.strip())
    if match is None or (match[1] and match[3]):  # of -1 day, 2:00:00 Python takes the day away alone
        suggest_point(text.strip(), _DURATION.fullmatch)
        raise NotThisKind(how_to_type(Kind.DURATION, duration_slip(text.strip())))
    sign, days, _, hours, minutes, seconds, part = match.groups()
    try:
        size = timedelta(
            days=int(days or 0), hours=int(hours), minutes=int(minutes), seconds=int(seconds),
            microseconds=int((part or "0").ljust(6, "0")),
        )  # fmt: skip
        return encode(-size if sign else size)
    except OverflowError:
        raise NotThisKind("This duration is too long.") from None


FROM_TYPED: Mapping[Kind, Callable[[str], JSON]] = {
    Kind.DATE_TIME: _date_time,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DURATION: _duration,
}
"""What is typed for a kind, read. Each raises NotThisKind."""

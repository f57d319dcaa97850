"""Times in words for people: "2 min ago", "22 Nov 15:58".

One idea: what happened today is told by its distance, what is older by its date, the exact time stands in the
tool tip. All times are local and naive, as the state file writes them. Not for parsing what a user types.
"""

from datetime import datetime, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEVER = "—"
_UNITS = ((24 * 365, "year"), (24 * 30, "month"), (24 * 7, "week"), (24, "day"), (1, "hour"))


def moment(text: str | None) -> datetime | None:
    """The local, naive time that an ISO text says; None when it says none."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone().replace(tzinfo=None) if found.tzinfo else found
    except (
        ValueError,
        OverflowError,
        OSError,
    ):  # OSError, OverflowError: a year that the system cannot convert
        return None


def ago(then: datetime | None, now: datetime, *, with_time: bool = True) -> str:
    """How long ago, for today; else the date, with its time unless the room is scarce."""
    if then is None:
        return NEVER
    if then.date() != now.date():
        return day_text(then, now, with_time=with_time)
    seconds = int((now - then).total_seconds())
    if seconds < 0:  # another computer's clock is ahead
        return clock(then)
    if seconds < 1:
        return "just now"
    if seconds < 60:
        return f"{seconds} s ago"
    return f"{seconds // 60} min ago" if seconds < 3600 else f"{seconds // 3600} h ago"


def day_text(then: datetime, now: datetime, *, with_time: bool = True) -> str:
    """The date, "22 Nov 15:58"; of another year "22 Nov 2025"."""
    day = f"{then.day} {_MONTHS[then.month - 1]}"
    if then.year != now.year:
        return f"{day} {then.year}"
    return f"{day} {clock(then)}" if with_time else day


def clock(then: datetime, *, seconds: bool = False) -> str:
    """The time of the day, "14:30" or "14:30:00".

    Put together here: `strftime` imports a module at each call, which is slow where Qt watches imports.
    """
    text = f"{then.hour:02}:{then.minute:02}"
    return f"{text}:{then.second:02}" if seconds else text


def exact(then: datetime | None) -> str:
    """For tool tips, without room for doubt: the ISO date and the time to the second."""
    return f"{then:%Y-%m-%d %H:%M:%S}" if then else "never"


def clock_or_day(then: datetime | None, now: datetime, *, seconds: bool = False) -> str:
    """For headers: only the time when it was today, else date and time."""
    if then is None:
        return "never"
    return clock(then, seconds=seconds) if then.date() == now.date() else day_text(then, now)


def age_words(age: timedelta) -> str:
    """An age of an hour or more: "5 hours", "3 weeks"; the largest unit that it holds, rounded down."""
    whole = age // timedelta(hours=1)
    hours, unit = next(((hours, unit) for hours, unit in _UNITS if whole >= hours), (1, "hour"))
    count = max(1, whole // hours)
    return f"{count} {unit}{'s' * (count != 1)}"

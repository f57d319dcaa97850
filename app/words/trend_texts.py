"""What is said of a number over sessions, and of one that is unusual: captions, hints. Pure.

One idea: the plot says nothing that is not said in words, too. Not for what is usual (`app.values.usual`).
"""

from datetime import datetime

from app.values.fit_text import escaped
from app.values.usual import Usual
from app.words.moments import clock, day_text

NO_NUMBER = "no number"
NAN = "Unusual: nan is not a number, and nothing can be computed with it"

INFINITE = "Unusual: inf is no measured number, and little can be computed with it"


def over_text(subject: str | None, launcher: str) -> str:
    """Whose sessions these are: "Subject 764521", "All of PredictiveLauncher"."""
    return f"Subject {escaped(subject)}" if subject is not None else f"All of {escaped(launcher)}"


def caption(
    subject: str | None, launcher: str, *, without: int, older: int, shown: int, unread: int = 0
) -> str:
    """The line below the plot."""
    whose = f"subject {escaped(subject)}" if subject is not None else escaped(launcher)
    parts = [f"Sessions of {whose}, oldest to newest"]
    if older:
        parts[0] = f"The newest {shown:,} of {shown + older:,} sessions of {whose}, oldest to newest"
    if without:
        parts.append(f"{without:,} without a number")
    if unread:
        parts.append(f"{unread:,} without a readable state")
    return "  ·  ".join(parts)


def nothing_text(title: str, subject: str | None, launcher: str) -> str:
    """What is said where no session has the number."""
    whose = f"subject {escaped(subject)}" if subject is not None else escaped(launcher)
    return f"No session of {whose} has a number in {title} that can be drawn."


def single_text(title: str, name: str, value: str) -> str:
    """What is said where one session has it."""
    return f"Only {escaped(name)} has a number in {title}, {value}: there is nothing to compare it with yet."


def date_lines(began: datetime, now: datetime, *, seconds: bool = False) -> str:
    """A date below the plot, in two lines: the day, and the time or the year."""
    day = day_text(began, now, with_time=False)
    if began.year != now.year:
        return "\n".join(day.rsplit(" ", 1))
    return f"{day}\n{clock(began, seconds=seconds)}"


def value_words(text: str, *, has_number: bool) -> str:
    """A value that is told beside its session."""
    if has_number:
        return text
    return f"{text} ({NO_NUMBER})" if text else "no value"


def unusual_text(usual: Usual, least: str, greatest: str) -> str:
    """The hint beside a number that is typed; `least` and `greatest` are those of the sessions, as text."""
    if usual.least == usual.greatest:
        return f"Unusual: {least} in each of the last {usual.count} sessions"
    return f"Unusual: {least} to {greatest} in the last {usual.count} sessions"

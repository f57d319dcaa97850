"""Where a session came from and what became of it, in fewer and fewer words. Pure.

One idea: in little room, when it began tells a session from others of the subject: its name, whose ends are
alike, does not. Of two that stand beside each other "From" and "As" are enough, and if both began on one day,
their times are worth more than "Resumed". Not for how much room there is (`views.lineage_line`).
"""

from datetime import datetime
from typing import NamedTuple

from app.words.moments import clock_or_day, day_text, moment
from persistence.sessions.session_files import started_in_name

FROM, AS = "Resumed from", "Resumed as"


class Shorter(NamedTuple):
    """What stands for the name of each, from many words to few: what has one place in both fits together.
    Empty for a name that tells no time, or for none.
    """

    source: tuple[str, ...]
    heir: tuple[str, ...]


def shorter(source: str, heir: str, now: datetime) -> Shorter:
    """For the names of the session that one came from, and of the one that it was resumed as; "" for none."""
    began, followed = (moment(started_in_name(name)) for name in (source, heir))
    if not (source and heir):
        return Shorter(_alone(FROM, began, now), _alone(AS, followed, now))
    if began is None or followed is None or began.date() != followed.date():
        return Shorter(_beside(FROM, began, now), _beside(AS, followed, now))
    return Shorter(_of_one_day(FROM, began, now, 1), _of_one_day(AS, followed, now, 2))


def others_texts(count: int) -> tuple[str, str]:
    """So many more that it was resumed as, in words and in short."""
    return f"and {count:,} more", f"+{count:,}"


def _alone(words: str, then: datetime | None, now: datetime) -> tuple[str, ...]:
    """Whatever the room, it says what it is: "As 28 Nov" told nothing."""
    return (f"{words} {_when(then, now)}", f"{words} {_day(then, now)}") if then is not None else ()


def _beside(words: str, then: datetime | None, now: datetime) -> tuple[str, ...]:
    if then is None:
        return ()
    few, when, day = _few(words), _when(then, now), _day(then, now)
    return f"{words} {when}", f"{words} {day}", f"{few} {when}", f"{few} {day}"


def _of_one_day(words: str, then: datetime, now: datetime, holds: int) -> tuple[str, ...]:
    """It holds its time for so many steps after the first: one that still has it tells both apart."""
    few, when, day = _few(words), _when(then, now), _day(then, now)
    return f"{words} {when}", *(f"{few} {when}",) * holds, *(f"{few} {day}",) * (3 - holds)


def _few(words: str) -> str:
    return words.removeprefix("Resumed ").title()


def _when(then: datetime, now: datetime) -> str:
    return clock_or_day(then, now)


def _day(then: datetime, now: datetime) -> str:
    """The day alone; of today the time, which is shorter."""
    return _when(then, now) if then.date() == now.date() else day_text(then, now, with_time=False)

"""That a run was over in a session before it saved, in words: beside a state, over its mark, before a start.

Pure. One idea: what stands there is not of that run, and each of these says so and which run that was. Not
for the mark itself (`app.session`), nor for an end while the window watches (`listing.endings`).
"""

from datetime import datetime

from app.session import Running, launcher_of
from app.words.moments import clock_or_day, exact, moment


def last_run(died: Running, now: datetime, *, short: bool = False) -> str:
    """Which run that was: "last run (MyLauncher, 08:12)"; in `short` only when it began."""
    launcher = "" if short else launcher_of(died)
    told = ", ".join(filter(None, (launcher, clock_or_day(moment(died.started), now))))
    return f"last run ({told})"


def not_saved(died: Running | None, now: datetime, *, short: bool = False) -> str:
    """As a part of a line that tells when a state was saved; empty where every run has."""
    return f"{last_run(died, now, short=short)} did not save" if died is not None else ""


def not_saved_exactly(died: Running | None) -> str:
    """The same for a tool tip, in lines of their own."""
    if died is None:
        return ""
    who = launcher_of(died) or "A launcher"
    began = exact(moment(died.started))
    return f"{who} began {began} and ended without saving:\nwhat is saved is not of that run."


def before_it(died: Running, saved_at: datetime | None, now: datetime) -> str:
    """The sentence to whoever starts on a state that was saved at that time."""
    began, text = moment(died.started), f"The {last_run(died, now)} ended without saving"
    if saved_at is None or began is None or saved_at >= began:  # of another launcher, which has saved since
        return f"{text}."
    return f"{text}: what is resumed is the state of before it, saved {clock_or_day(saved_at, now)}."


def of_another(died: Running, now: datetime) -> str:
    """The sentence to whoever starts another launcher of the same file."""
    return f"The {last_run(died, now)} ended without saving; what is resumed here is of another launcher."

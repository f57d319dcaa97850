"""The ways back to a state in words: what each is called, and what it leads to. Pure.

One idea: a way says what it would bring, of when, and by whom, before anybody goes it. Not for looking for
ways (`app.files.ways`).
"""

from __future__ import annotations

from datetime import datetime

from app.past_errands import Crash, Unsaved, WaysFound
from app.values.fit_text import escaped
from app.words.difference_texts import last_class
from app.words.moments import clock_or_day, moment
from app.words.version_texts import made_text
from persistence.files.version_log import Version


def good_text(version: Version, now: datetime) -> str:
    """Of the last good version: "The last good one, saved 14:30:00 by rig3"."""
    return f"The last good one, {made_text(version, now)}"


def remains_text(found: WaysFound) -> str:
    """Of what can be read: "9 attributes, up to line 15, column 31; 3 of version 5 are lost"."""
    whose = f" of version {found.good.sequence:,}" if found.good else ""
    lost = f"; {found.lost:,}{whose} {'is' if found.lost == 1 else 'are'} lost" if found.lost else ""
    return f"{_attributes(found.readable)}, {found.damage}{lost}"


def crash_text(crash: Crash, now: datetime) -> str:
    """Of what a crash kept: "10 attributes, kept when it crashed at 14:02"."""
    then = moment(crash.time)
    when = f" at {clock_or_day(then, now)}" if then else ""
    return f"{_attributes(crash.attributes)}, kept when it crashed{when}"


def unsaved_text(unsaved: Unsaved, now: datetime) -> str:
    """Of a state that could not get into its file: of whom, of when, and why it could not."""
    names = ", ".join(escaped(last_class(name)) for name in unsaved.launchers) or "A launcher"
    then = moment(unsaved.saved_at)
    when = f" at {clock_or_day(then, now)}" if then else ""
    why = f": {escaped(unsaved.reason)}" if unsaved.reason else ""
    return f"{names} could not save it{when}{why}"


def found_text(unsaved: tuple[Unsaved, ...], now: datetime) -> str:
    """Above a state that could be another: "An unsaved state was found: ..."; "" without any."""
    if not unsaved:
        return ""
    count = len(unsaved)
    what = "An unsaved state was found" if count == 1 else f"{count} unsaved states were found, the newest"
    return f"{what}: {unsaved_text(unsaved[-1], now)}."


def _attributes(count: int) -> str:
    return "1 attribute" if count == 1 else f"{count:,} attributes"

"""The groups of the list, and the rows with their headings among them. Pure; no Qt.

One idea: a group is a pile of rows that keep their order; what is decided about titles is decided once for
each group, never for each row. All of it is work in slices. Not for which rows there are, nor for their
order.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from app.models.sessions.roster import Roster, number_of
from app.models.sessions.session_rows import Grouping, Heading
from app.models.sessions.slices import Work, finished, parts
from app.words.moments import NEVER

Groups = list[tuple[str, list[int]]]
"""Titles with their rows."""
_DAYS = ("Today", "Yesterday", "Older")
_GROUPS_LAID = 250
"""Groups that are laid out between two pauses."""


class Arranged(NamedTuple):
    """The rows of the list from top to bottom: of a session its number, of a heading its key."""

    lines: list[int | str]
    headings: Mapping[str, Heading] = MappingProxyType({})
    positions: Sequence[int] = ()
    """Where the headings are."""


def arrange(groups: Groups, grouping: Grouping, collapsed: Collection[str]) -> Work[Arranged]:
    """The rows of groups under their headings; rows of collapsed groups left out."""
    lines: list[int | str] = []
    headings: dict[str, Heading] = {}
    positions = []
    if grouping == "none":
        return Arranged([*chain.from_iterable(members for _, members in groups)])
    for some in parts(groups, _GROUPS_LAID):
        for title, members in some:
            key = f"{grouping}:{title}"
            headings[key] = Heading(key, title, len(members), key in collapsed)
            positions.append(len(lines))
            lines.append(key)
            lines += [] if key in collapsed else members
        yield
    return Arranged(lines, headings, positions)


def group_key(row: int, roster: Roster, grouping: Grouping, today: date) -> str:
    """The key of the heading that a row stands under; empty where there are no groups."""
    if grouping == "none":
        return ""
    ((title, _),) = finished(grouped([row], roster, grouping, today))
    return f"{grouping}:{title}"


def grouped(
    rows: list[int], roster: Roster, grouping: Grouping, today: date, *, newest_first: bool = False
) -> Work[Groups]:
    """The rows, in their order, in groups, none of them empty; without grouping, in a single one."""
    if grouping == "none":
        return [("", rows)]
    if grouping == "date":
        days = _cut(rows, roster, today) if newest_first else (yield from _dealt(rows, roster, today))
        return [(title, members) for title, members in zip(_DAYS, days, strict=True) if members]
    if grouping == "subject":
        piles = yield from roster.subjects.piles(rows, lambda subject: subject or "No subject")
    elif grouping == "launcher":
        piles = yield from roster.launchers.piles(rows, lambda text: text if text != NEVER else "No launcher")
    else:
        piles = yield from roster.folders.piles(rows, str)
    return sorted(((str(title), members) for title, members in piles.items()), key=lambda one: _place(one[0]))


def _place(title: str) -> tuple[bool, str]:
    return title in ("No subject", "No launcher"), title.casefold()


def _starts(today: date) -> tuple[int, int]:
    """When today and yesterday began."""
    midnight = datetime.combine(today, time.min)
    return number_of(midnight), number_of(midnight - timedelta(days=1))


def _cut(rows: list[int], roster: Roster, today: date) -> Sequence[list[int]]:
    """Today, yesterday and older of rows that stand newest first."""
    first, second = (
        bisect_right(rows, -start, key=lambda row: -roster.began[row]) for start in _starts(today)
    )
    return rows[:first], rows[first:second], rows[second:]


def _dealt(rows: list[int], roster: Roster, today: date) -> Work[Sequence[list[int]]]:
    """The same of rows in any order."""
    (this, last), began = _starts(today), roster.began
    days: tuple[list[int], ...] = ([], [], [])
    for part in parts(rows):
        recent = [row for row in part if began[row] >= last]
        held = frozenset(recent)  # few, as a rule: most sessions are older
        days[0].extend(row for row in recent if began[row] >= this)
        days[1].extend(row for row in recent if began[row] < this)
        days[2].extend([row for row in part if row not in held] if held else part)
        yield
    return days

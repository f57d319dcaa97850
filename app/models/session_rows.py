"""One session as a row of the list, and how rows are filtered, sorted and grouped. Pure; no Qt.

One idea: a row is frozen and carries what it is compared by (its times, its text in lower case), so that
filtering and sorting are passes over ready values. Groups are heading rows among the others, because one flat
list is what a view can show at any length. Not for signals: `sessions` tells the view what moved.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from app.models.moments import NEVER, day_text, moment
from app.session import Status, Summary

Grouping = Literal["date", "subject", "launcher", "folder", "none"]
GROUPINGS: tuple[Grouping, ...] = ("date", "subject", "launcher", "folder", "none")
Chip = Literal["all", "completed", "running", "problems"]
CHIPS: Mapping[Chip, frozenset[str]] = {
    "all": frozenset(),
    "completed": frozenset({"completed"}),
    "running": frozenset({"running", "finishing", "being_written"}),
    "problems": frozenset({"failed", "interrupted", "no_state", "damaged", "newer", "unavailable"}),
}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of the list. `started` orders it, `saved` is shown, the filter searches `haystack`."""

    summary: Summary
    status: Status
    launcher: str
    started: datetime
    saved: datetime | None
    haystack: str

    @property
    def key(self) -> str:
        """What tells this row from every other: its directory."""
        return self.summary.directory


@dataclass(frozen=True, slots=True)
class Heading:
    """The title row of a group; it cannot be selected, and folds its group away."""

    key: str
    title: str
    count: int
    collapsed: bool

    @property
    def text(self) -> str:
        """The title as it is shown."""
        return f"{self.title} ({self.count})"


Line = SessionRow | Heading


def make_row(summary: Summary, status: Status, now: datetime) -> SessionRow:
    """The row of a summary; `now` decides how dates without a year are searched for."""
    saved = moment(summary.saved_at)
    started = moment(summary.started) or moment(summary.created_at) or saved or _written(summary)
    launcher = launcher_text(summary)
    when = f"{summary.saved_at} {day_text(saved, now)}" if saved else ""
    marks = " ".join(mark.text for mark in status.marks)
    words = (summary.name, summary.subject, launcher, when, status.word, marks)
    return SessionRow(summary, status, launcher, started, saved, " ".join(words).casefold())


def launcher_text(summary: Summary) -> str:
    """The launcher's short class name, "2 launchers" when the file holds more."""
    if len(summary.launchers) > 1:
        return f"{len(summary.launchers)} launchers"
    name = summary.launchers[0] if summary.launchers else summary.running.launcher if summary.running else ""
    return name.rpartition(".")[2] or NEVER


def matches(row: SessionRow, words: Sequence[str]) -> bool:
    """Whether every word of the filter (in lower case) stands somewhere in the row."""
    return all(word in row.haystack for word in words)


def in_chip(row: SessionRow, chip: Chip) -> bool:
    """Whether the row belongs to a chip; every row belongs to "all"."""
    kinds = CHIPS[chip]
    return not kinds or row.status.kind in kinds


_SORT_KEYS: tuple[Callable[[SessionRow], object], ...] = (
    lambda row: row.summary.name.casefold(),
    lambda row: row.summary.subject.casefold(),
    lambda row: row.launcher.casefold(),
    lambda row: row.saved or datetime.min,
    lambda row: row.status.word,
)


def in_order(rows: Iterable[SessionRow], column: int, *, descending: bool) -> list[SessionRow]:
    """The rows newest first, or sorted by a column (0 to 4), newest first among equals; -1 is no column."""
    newest = sorted(rows, key=lambda row: (row.started, row.key), reverse=True)
    if column < 0:
        return newest
    key: Callable[[SessionRow], object] = _SORT_KEYS[column]
    return sorted(newest, key=key, reverse=descending)  # type: ignore[arg-type]


def arrange(
    rows: Sequence[SessionRow], grouping: Grouping, collapsed: Collection[str], today: date
) -> list[Line]:
    """The rows, in their order, under the headings of their groups; rows of collapsed groups left out."""
    if grouping == "none":
        return list(rows)
    groups: dict[str, list[SessionRow]] = {}
    for row in rows:
        groups.setdefault(group_of(row, grouping, today), []).append(row)
    lines: list[Line] = []
    for title in sorted(groups, key=lambda title: _group_order(title, grouping)):
        key = f"{grouping}:{title}"
        members = groups[title]
        lines.append(Heading(key, title, len(members), key in collapsed))
        lines.extend([] if key in collapsed else members)
    return lines


def group_of(row: SessionRow, grouping: Grouping, today: date) -> str:
    """The title of the group that a row belongs to."""
    if grouping == "date":
        return _day_group(row.started.date(), today)
    if grouping == "subject":
        return row.summary.subject or "No subject"
    if grouping == "launcher":
        return row.launcher if row.launcher != NEVER else "No launcher"
    return _parent(row.summary.directory)


_DAYS = ("Today", "Yesterday", "Older")


def _day_group(day: date, today: date) -> str:
    if day >= today:
        return "Today"
    return "Yesterday" if day == today - timedelta(days=1) else "Older"


def _group_order(title: str, grouping: Grouping) -> tuple[int, str]:
    if grouping == "date":
        return _DAYS.index(title), ""
    return int(title in ("No subject", "No launcher")), title.casefold()


def _parent(directory: str) -> str:
    cut = max(directory.rfind("/"), directory.rfind("\\"))
    return directory[:cut] or directory[: cut + 1]


def _written(summary: Summary) -> datetime:
    try:
        return datetime.fromtimestamp(summary.mtime_ns / 1e9)
    except (ValueError, OverflowError, OSError):  # a file system that says a time no calendar has
        return datetime.min

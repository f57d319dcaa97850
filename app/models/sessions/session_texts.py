"""What the list of sessions says in words: columns, tool tips, and names for screen readers. Pure.

One idea: a cell has three texts (shown, exact, spoken), and they stand beside each other here. Where there is
nothing to show, every column shows the same dash, whoever chose the column: a cell is never blank.
Not for which rows there are: that is `sessions`.
"""

from datetime import datetime

from PySide6.QtCore import Qt

from app.models.sessions.session_rows import FIRST_EXTRA, Column, Heading, SessionRow
from app.session import Summary, is_cleared
from app.words.died_texts import not_saved_exactly
from app.words.moments import NEVER, ago, clock_or_day, exact, moment
from app.words.plain import tip
from app.words.version_texts import BY_WHOM

HEADERS = ("Session", "Subject", "Launcher", "Saved", "Status")
SAVED_TIP = "When the launcher saved. What people edited since then is marked under Status."


def row_data(
    row: SessionRow, column: int, role: int, now: datetime, *, short_dates: bool, title: str
) -> object:
    """The data of a session for a column, which has this title, and a role."""
    if role == Qt.ItemDataRole.DisplayRole:
        return shown(row, column, now, short_dates=short_dates)
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip(_exact(row, column))
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return _spoken(row, column, now, title)
    return None


def title_tip(section: int) -> str | None:
    """What is to be known of a column, over its title."""
    return SAVED_TIP if section == Column.SAVED else None


def when_text(summary: Summary, now: datetime, *, short: bool = False) -> str:
    """When the launcher saved, and who edited that when: "saved 06:27, edited 06:30 by ann".

    `short` tells the last of it only, which is what the file holds now.
    """
    saved, edited = moment(summary.saved_at), moment(summary.edited_at)
    told = [f"saved {clock_or_day(saved, now)}"] if saved else []
    if edited is not None:
        told.append(f"{_done(summary)} {clock_or_day(edited, now)} by {summary.edited_by}")
    if summary.written_at is not None:
        written = moment(summary.written_at)
        told.append(f"written {f'{clock_or_day(written, now)} ' if written else ''}outside history")
    return ", ".join(told[-1:] if short else told)


def _done(summary: Summary) -> str:
    return "cleared" if is_cleared(summary) else "edited"


def heading_data(heading: Heading, column: int, role: int) -> object:
    """The data of a heading; its text stands in the first column."""
    if column != Column.SESSION:
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return heading.text
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip(heading.text)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{heading.text}, {'closed' if heading.collapsed else 'open'} group"
    return None


def shown(row: SessionRow, column: int, now: datetime, *, short_dates: bool) -> str:
    """What a cell shows: a dash where there is nothing."""
    return _held(row, column, now, short_dates=short_dates) or NEVER


def _held(row: SessionRow, column: int, now: datetime, *, short_dates: bool) -> str:
    if column == Column.SESSION:
        return row.name
    if column == Column.SUBJECT:
        return row.summary.subject
    if column == Column.LAUNCHER:
        return row.launcher
    if column == Column.SAVED:
        return ago(row.saved, now, with_time=not short_dates)
    return row.status.word if column == Column.STATUS else row.cells[column - FIRST_EXTRA]


def _exact(row: SessionRow, column: int) -> str:
    if column == Column.SAVED:
        summary, edited = row.summary, moment(row.summary.edited_at)
        by = f"\n{_done(summary).capitalize()} {exact(edited)} by {summary.edited_by}" if edited else ""
        by += _written(summary)
        if row.saved is None:
            return by.removeprefix("\n") or _not_saved(summary)
        return f"{'Saved by the launcher' if by else 'Saved'} {exact(row.saved)}{by}"
    if column == Column.LAUNCHER and row.summary.launchers:
        return "\n".join(row.summary.launchers)
    if column == Column.STATUS:
        parts = (row.status.word, *(mark.text for mark in row.status.marks), row.status.reason)
        parts = (*parts, not_saved_exactly(row.summary.died))
        return "\n".join(part for part in parts if part)
    return row.cells[column - FIRST_EXTRA] if column >= FIRST_EXTRA else row.summary.directory


def _not_saved(summary: Summary) -> str:
    """Why no time is told. What cannot be read may have been saved at any."""
    problem = summary.problem
    nothing = not summary.launchers if problem is None else problem.kind == "no_state"
    return "Nothing is saved" if nothing else "When it was saved is not known"


def _written(summary: Summary) -> str:
    """What history does not know who did it after all that, in lines of their own."""
    if summary.written_at is None:
        return ""
    written = moment(summary.written_at)
    at = f" {exact(written)}" if written else ""
    doubt = f"what {summary.edited_by} changed may not be in it any more" if summary.edited_by else BY_WHOM
    return f"\nWritten{at} outside history:\n{doubt}"


def _spoken(row: SessionRow, column: int, now: datetime, title: str) -> str:
    if column == Column.STATUS:
        return ", ".join((row.status.word, *(mark.text for mark in row.status.marks)))
    text = shown(row, column, now, short_dates=False)
    return f"{title} {'nothing' if text == NEVER else text}"

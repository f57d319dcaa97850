"""What is said of the files of a session: their sizes and times, what they are, how much of one is shown.

One idea: a file is told in the words of an operator, and what cannot be shown says why. Pure.
"""

from __future__ import annotations

from datetime import datetime

from app.file_errands import METADATA, FileEntry
from app.values.fit_text import escaped
from app.values.raw_text import RawText
from app.words.moments import clock_or_day, day_text, exact

_KINDS = {"folder": "folder", "link": "link", "other": "pipe or device"}
_WHAT_HAPPENED = {
    "shortened": "The file was shortened while you looked; this is what it holds since then.",
    "replaced": "The file was replaced while you looked; this is the new one.",
}


def size_text(size: int) -> str:
    """A file's size in words: "4.2 kB"; a kB is 1,000 bytes."""
    if size < 1000:
        return f"{size} B"
    for unit, factor in (("kB", 1e3), ("MB", 1e6)):
        if size < factor * 1000:
            return f"{size / factor:.1f} {unit}"
    return f"{size / 1e9:.1f} GB"


def changed_at(entry: FileEntry) -> datetime | None:
    """When it was changed, in local time; None for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(entry.changed)
    except (OverflowError, OSError, ValueError):
        return None


def size_or_kind(entry: FileEntry) -> str:
    """The size of a file; of anything else what it is."""
    return _KINDS.get(entry.kind) or size_text(entry.size)


def changed_text(entry: FileEntry, now: datetime, *, in_short: bool = False) -> str:
    """When it was changed: the time of today, else the day, with its time unless `in_short`; nothing where no
    calendar has it.
    """
    then = changed_at(entry)
    if then is None:
        return ""
    return (
        day_text(then, now, with_time=False)
        if in_short and then.date() != now.date()
        else clock_or_day(then, now)
    )


def entry_tip(entry: FileEntry) -> str:
    """For tool tips: the whole name and the exact time."""
    return f"{escaped(entry.name)}, changed {exact(changed_at(entry))}"


def not_shown(entry: FileEntry) -> tuple[str, str]:
    """Title and sentence in the place of what is no file."""
    if entry.name == METADATA:
        return "What the launcher wrote", "Its files stand in the list, below its name."
    if entry.kind == "folder":
        return "A folder", "What lies in it is not looked at here. The file manager shows it."
    return "A pipe or a device", "It is never read: it might not end, or take what somebody else waits for."


def happened_text(note: str) -> str:
    """What happened to a file that was looked at, as a sentence; nothing where that needs no words."""
    return _WHAT_HAPPENED.get(note, "")


def shown_text(text: RawText) -> str:
    """What a reader should know of the bytes that are shown."""
    told = []
    if not text.rows:
        told.append("The file is empty.")
    if not text.is_utf8:
        told.append("These bytes are not UTF-8: each one that is no text is shown as \ufffd.")
    if text.skipped:
        told.append(
            f"Only the last {size_text(len(text.data))} of {size_text(text.size)} are shown; "
            + ("lines have the numbers of the file." if text.numbered else "lines are counted from there.")
        )
    if text.left_out:
        told.append(f"Only the first {len(text.data):,} of {text.size:,} bytes are shown.")
    return " ".join(told)


def new_lines_text(count: int) -> str:
    """How much came below what one is reading."""
    return "1 new line below" if count == 1 else f"{count:,} new lines below"

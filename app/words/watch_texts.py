"""How a folder is watched, in a sentence or two.

One idea: the last look at the whole folder is the truth, what tells of changes in between is said after it,
and what was missed is not hushed up. Pure. Not for the status bar, which has a line for all folders.
"""

from app.watch_exchange import WatchedFolder


def watched_text(folder: WatchedFolder) -> str:
    """What is known of one watched folder now."""
    return " ".join(filter(None, (_means(folder), _losses(folder), _note(folder))))


def tone_of(folder: WatchedFolder) -> str:
    """Green while changes are noticed, amber where something is wrong, muted before the first look."""
    if not folder.available or folder.note:
        return "amber"
    return "green" if folder.checked_at else "muted"


def _means(folder: WatchedFolder) -> str:
    if not folder.available:
        return ""
    where = "On another computer, watched" if folder.remote else "Watched"
    how = folder.how or "by a look at the whole folder now and then"
    seen = f"last checked {folder.checked_at}" if folder.checked_at else "not checked yet"
    count = f"{folder.sessions:,} session{'s' * (folder.sessions != 1)}"
    return f"{where} {how}; {seen}, {count}."


def _losses(folder: WatchedFolder) -> str:
    """Nothing of the list is lost by that: all is looked at again."""
    if not folder.losses:
        return ""
    times = "once" if folder.losses == 1 else f"{folder.losses:,} times"
    return f"Events were lost {times}, and the whole folder was looked at again."


def _note(folder: WatchedFolder) -> str:
    """What is wrong; it begins with the path, which stands above it here."""
    note = folder.note.removeprefix(f"{folder.path}: ")
    return f"{note[:1].upper()}{note[1:]}"

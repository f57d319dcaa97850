"""The nouns of the application: frozen, without Qt, what every other room speaks in.

One idea: whatever crosses from one thread or room to another is a value that cannot change, so that
"did anything change?" is a comparison. Here stand the session as the list knows it (`Summary`, made by
`persistence.scan`), what became of the folders that are watched, and the one pure function that says in words
how a session stands (`status`).

Not for a session as it was opened (`snapshot`), for reading files, or for deciding what to do: this module
computes words from values, nothing else.
"""

import ntpath
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from persistence.files.runner import Running
from persistence.sessions.summary import Problem, Summary

__all__ = [
    "Delta",
    "Mark",
    "Problem",
    "RootStatus",
    "Running",
    "Status",
    "Summary",
    "holds",
    "is_cleared",
    "last_part",
    "launcher_of",
    "outcome_word",
    "reaches",
    "status",
    "still_running",
    "unreadable_status",
    "whole",
]

MarkKind = Literal["unsaved", "found", "died", "edited_by", "written", "resumed_as", "live"]
StatusKind = Literal[
    "completed", "checkpoint", "running", "finishing", "being_written", "failed", "damaged",
    "interrupted", "newer", "no_state", "moved", "cleared", "unavailable", "ready",
]  # fmt: skip

_OUTCOMES: Mapping[str, tuple[StatusKind, str]] = {
    "completed": ("completed", "Completed"),
    "checkpoint": ("checkpoint", "Checkpoint"),
    "failed": ("failed", "Failed"),
    "interrupted": ("interrupted", "Interrupted"),
}
_PROBLEMS: Mapping[str, tuple[StatusKind, str]] = {
    "no_state": ("no_state", "No saved state"),
    "moved": ("moved", "Moved"),
    "damaged": ("damaged", "Damaged"),
    "newer": ("newer", "Needs newer Rigstate"),
    "unreadable": ("damaged", "Unreadable"),
    "too_large": ("damaged", "Too large"),
    "being_written": ("being_written", "Being written"),
}
_WAS_CLEARED = "The saved state was cleared; its earlier versions are kept."
_HOLDS_NOTHING = "No launcher has a saved state in it."


class Mark(NamedTuple):
    """A small word beside the status, such as "1 unsaved" or "Edited by ann"."""

    kind: MarkKind
    text: str


class Status(NamedTuple):
    """How a session stands: a kind (for glyph and colour), its word, its marks, and perhaps the reason."""

    kind: StatusKind
    word: str
    marks: tuple[Mark, ...] = ()
    reason: str = ""


class Delta(NamedTuple):
    """What became different in the list: summaries that are new or changed, directories that are gone."""

    added: tuple[Summary, ...] = ()
    changed: tuple[Summary, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """False when there is nothing to tell."""
        return bool(self.added or self.changed or self.removed)


class RootStatus(NamedTuple):
    """One watched folder: whether it can be reached, when it was last checked, whether events arrive.

    Times are local and naive, `isoformat(timespec="seconds")`. `since` is when it became unreachable.
    While it is looked at as a whole (`scanning`), `found` sessions were met, of about `expected` (0: not
    known). `out_of_reach` are folders in it that could not be listed, and of which sessions are known.
    `live` is False when only the periodic look keeps it true; `note` then says why. `how` says by what means
    changes are noticed; empty when they are not. `watched` of its `folders` are listened to, where they are
    one by one; `losses` is how often some of what was heard was lost. `remote`: it lies on another computer,
    as far as the system says so. It is looked at every `looked_at_every` seconds; 0: not known yet.
    """

    root: str
    available: bool = True
    since: str | None = None
    checked_at: str | None = None
    scanning: bool = False
    found: int = 0
    expected: int = 0
    live: bool = False
    sessions: int = 0
    note: str = ""
    how: str = ""
    out_of_reach: tuple[str, ...] = ()
    watched: int = 0
    folders: int = 0
    looked_at_every: float = 0.0
    losses: int = 0
    remote: bool = False


def status(summary: Summary, *, unsaved: int = 0, away: str = "", resumed_as: str | None = None) -> Status:
    """Say how a session stands. Pure: the same summary and marks give the same words.

    What cannot be read comes first, then a living run (by the lock that its launcher holds), then a file
    that is being written, by whom is not known, then how the last run ended; a session whose folder is `away`
    (which says the one) is Unavailable whatever was known of it.
    """
    kind, word, reason = _standing(summary, away)
    return Status(kind, word, _marks(summary, unsaved, resumed_as, kind), reason)


def _standing(summary: Summary, away: str) -> tuple[StatusKind, str, str]:
    if away:
        return "unavailable", "Unavailable", f"The folder {away} cannot be reached now."
    problem = summary.problem
    if (found := unreadable_status(problem)) is not None:
        return (*found, problem.text if problem else "")
    if summary.running is not None:
        return _running(summary.running)
    if problem is not None:
        return (*_PROBLEMS[problem.kind], problem.text)
    if not summary.launchers:
        known = summary.edited_by or summary.written_at is not None  # else history knows of nothing before
        return "cleared", "Cleared", _WAS_CLEARED if known else _HOLDS_NOTHING
    return (*_OUTCOMES.get(summary.outcome or "", ("ready", "Ready")), "")


def unreadable_status(problem: Problem | None) -> tuple[StatusKind, str] | None:
    """How a session stands whose saved state is there and cannot be read: kind and word; None where it can,
    or is not there.
    """
    if problem is None or problem.kind in ("no_state", "moved", "being_written"):
        return None
    return _PROBLEMS[problem.kind]


def _running(running: Running) -> tuple[StatusKind, str, str]:
    if running.finishing:
        return "finishing", "Finishing", f"{_runner(running)} has saved its state and is finishing."
    return "running", "Running", f"{_runner(running)} is running."


def outcome_word(outcome: str | None) -> str:
    """How a run ended, in a word; "Ready" for a saved state that does not say."""
    return _OUTCOMES.get(outcome or "", ("ready", "Ready"))[1]


def still_running(running: Running) -> str:
    """Say why nothing is changed in a session now, and when it can be."""
    if running.elsewhere:
        who = f"{_runner(running)} was started on this saved state and is still running"
        return f"{who}; this can be changed when it has ended."
    return f"{_runner(running)} is still running; this can be changed when it has saved for the last time."


def _runner(running: Running) -> str:
    return f"{launcher_of(running) or 'A launcher'} on {running.host}"


def launcher_of(running: Running) -> str:
    """The launcher by its class name, as far as it is known."""
    return last_part(running.launcher.replace(".", "/"))


def _marks(summary: Summary, unsaved: int, resumed_as: str | None, kind: StatusKind) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    if unsaved:
        marks.append(Mark("unsaved", f"{unsaved} unsaved"))
    if summary.unsaved:
        marks.append(Mark("found", "Unsaved state found"))
    if summary.died is not None:
        marks.append(Mark("died", "Last run did not save"))
    if kind != "unavailable" and summary.running is not None and not summary.running.finishing:
        marks.append(Mark("live", "live" if kind == "running" else "running"))
    marks += _touched(summary)
    if resumed_as:
        marks.append(Mark("resumed_as", f"Resumed as {last_part(resumed_as).rpartition('_')[2]}"))
    return tuple(marks)


def _touched(summary: Summary) -> Iterator[Mark]:
    """Who touched it since its launcher saved. What is not in the file any more is never called an edit."""
    if summary.written_at is not None:
        by = f"since the edit by {summary.edited_by}" if summary.edited_by else "outside history"
        yield Mark("written", f"Written {by}")
    elif summary.edited_by:
        done = "Cleared" if is_cleared(summary) else "Edited"
        yield Mark("edited_by", f"{done} by {summary.edited_by}")


def is_cleared(summary: Summary) -> bool:
    """Whether what was done to it last is a clear, also where another run goes on there by now."""
    return not summary.launchers and summary.problem is None and summary.written_at is None


def last_part(path: str) -> str:
    """The last name in a path of this or another system; the path itself when it has none."""
    return ntpath.basename(path.rstrip("/\\")) or path


def holds(folder: str, path: str) -> bool:
    """True when `path` is the folder itself or lies below it. Compares text, never touches the disk."""
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


def whole(path: str) -> str:
    """The path of a folder from the root of the system, without dots in it. Reads nothing."""
    return os.path.normpath(Path(path).absolute())


def reaches(folder: str, path: str) -> bool:
    """True when a look at all of the folder gets to `path`, as far as names tell: those that begin with a dot
    are left out.
    """
    return holds(folder, path) and not any(
        name.startswith(".") for name in PurePath(path[len(folder) :]).parts
    )

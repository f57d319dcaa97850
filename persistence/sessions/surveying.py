"""What a list says of one session, read.

One idea: everything is read once, cheaply, into a small frozen value, and whatever is wrong with a session
is part of that value, in a word that a program can ask for and a sentence that a person can read. Nothing
here raises for what stands on a disk.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from persistence.document import Document, is_newer
from persistence.errors import Damaged, NoStateFile, StateError, TooLarge
from persistence.files.history import FOLDER, History, local_time, tail
from persistence.files.runner import Running
from persistence.files.running import MARKER_FILE, UNMARKED, read_marker, read_running
from persistence.sessions import session_files
from persistence.sessions.died import died_in
from persistence.sessions.session_files import subject_in_name
from persistence.sessions.site import Site, is_sign
from persistence.sessions.spilling import names_in
from persistence.sessions.summary import Problem, Summary
from persistence.sessions.touched import Touched, touched
from persistence.sessions.whose import (
    held_before,
    held_beside,
    left_by_clears,
    newest_of,
    source_in,
    subject_in,
    text_in,
)
from persistence.states.outline import State, count_in
from persistence.store import (
    ABSENT_ETAG,
    STATE_FILE,
    Outlined,
    StateFile,
    outlined,
    read_outline,
)
from persistence.values.json_text import JSON

_FRESH = 5.0  # seconds; so young a torn file is most likely being written
_NEVER_SAVED = "The run never saved a state."
_TAKEN_AWAY = "Its saved state is not here any more: it was moved, archived or deleted."
_UNTOUCHED = Touched()


@dataclass(frozen=True, slots=True)
class Survey:
    """A session that was read whole: its summary, and the document that it was made of (None without)."""

    summary: Summary
    document: Document | None


def summarize(directory: Path, root: Path) -> Summary | None:
    """The summary of a session directory; None when it is none (any more). Never raises."""
    found = survey(Site(str(directory)), str(root))
    return found.summary if found else None


def survey(site: Site, root: str) -> Survey | None:
    """Read a session whole, and judge it; None when it is none (any more). Never raises."""
    documents: list[Document] = []

    def read(directory: str) -> Outlined:
        snapshot = StateFile(directory).read()
        documents.append(snapshot.document)
        return outlined(snapshot)

    summary = summary_by(site, root, read)
    return Survey(summary, documents[0] if documents else None) if summary else None


def glance(site: Site, root: str) -> Summary | None:
    """The same summary, at a fraction of the price: what attributes hold is neither read nor judged.

    So a damaged file may look sound, until it is surveyed. Never raises.
    """
    try:
        return summary_by(site, root, read_outline)
    except Damaged:  # an attribute that had to be looked into is not what its line seemed to be
        found = survey(site, root)
    return found.summary if found else None


def summary_by(site: Site, root: str, read: Callable[[str], Outlined]) -> Summary | None:
    """The summary that follows from what `read` gives of the state file, or raises of it (a StateError).

    None when the directory is no session (any more).
    """
    directory = site.directory
    about = session_files.about(directory, site.may_hold)
    marker = read_marker(directory) if site.may_hold(MARKER_FILE) else UNMARKED
    try:
        found = read(directory)
    except StateError as error:
        return _without_state(site, root, about, marker.running, error)
    launchers = found.outline.launchers
    newest = newest_of(launchers)
    outcome = text_in(newest, "outcome")
    edited, written, under_way = touched(directory, found) if site.may_hold(FOLDER) else _UNTOUCHED
    cleared = edited is not None and found.etag in left_by_clears(directory)
    held = _held_before(site, found.etag) if cleared or not launchers else {}
    source = source_in(held or launchers)
    return Summary(  # in their order: by name it takes three times as long, for each of a hundred thousand
        directory,
        sys.intern(root),  # shared, as all below that many sessions have in common
        site.name,
        about.subject or subject_in(launchers) or subject_in(held) or subject_in_name(site.name),
        tuple(map(sys.intern, launchers)),
        text_in(newest, "saved_at"),
        text_in(found.outline.tree, "created_at"),
        sys.intern(outcome) if outcome else None,
        sum(map(count_in, launchers.values())),
        found.size,
        found.mtime_ns,
        found.etag,
        _newer(found.outline.tree),
        marker.running,
        (edited.who or edited.program or None) if edited else None,
        (edited.time or None) if edited else None,
        local_time(found.mtime_ns / 1e9) if written else None,
        text_in(source, "path"),
        about.started or None,
        sys.intern(about.rig),
        _unsaved(site),
        under_way,
        about.by_metadata,
        text_in(source, "etag"),
        died_in(directory, marker.left, _saved_at(launchers)) if marker.left is not None else None,
    )


def _saved_at(launchers: Mapping[str, State]) -> Mapping[str, str | None]:
    """When each of them has saved."""
    return {name: text_in(state, "saved_at") for name, state in launchers.items()}


def _held_before(site: Site, etag: str = "") -> Mapping[str, State]:
    """What a session held that has no state to ask."""
    return held_before(site.directory, etag) if site.may_hold(FOLDER) else {}


def _unsaved(site: Site) -> tuple[str, ...]:
    if site.names is None:
        return names_in(Path(site.directory))
    return tuple(sorted(site.spills))


def _newer(tree: Mapping[str, JSON]) -> Problem | None:
    if not is_newer(tree.get("version")):
        return None
    version = Document(tree).version
    return Problem("newer", f"It was saved in format {version}; a newer Rigstate is needed to change it.")


# --- without a state --------------------------------------------------------------------------------------


def _without_state(
    site: Site, root: str, about: session_files.About, running: Running | None, error: StateError
) -> Summary | None:
    directory = Path(site.directory)
    status = _status(directory)
    problem = _problem(error, directory, running, status)
    if problem is None:
        return None
    there = not isinstance(error, NoStateFile)
    unsaved = _unsaved(site)
    held = _held_before(site) or (held_beside(site.directory, unsaved) if unsaved else {})
    source = source_in(held)
    return Summary(
        directory=site.directory,
        root=sys.intern(root),
        name=site.name,
        subject=about.subject or subject_in(held) or subject_in_name(site.name),
        size=status.st_size if status and there else 0,
        mtime_ns=status.st_mtime_ns if status else 0,
        etag="" if there else ABSENT_ETAG,
        problem=problem,
        running=running,
        started=about.started or None,
        rig=sys.intern(about.rig),
        unsaved=unsaved,
        by_metadata=True,
        resumed_from=text_in(source, "path"),
        resumed_version=text_in(source, "etag"),
    )


def _is_session(directory: Path) -> bool:
    try:
        with os.scandir(directory) as entries:
            return any(is_sign(entry.name) for entry in entries)
    except OSError:
        return False


def _status(directory: Path) -> os.stat_result | None:
    """Of the state file, else of the directory."""
    for path in (directory / STATE_FILE, directory):
        with suppress(OSError):
            return os.lstat(path)
    return None


def problem_by(directory: str, error: StateError) -> Problem | None:
    """What it means that the state file cannot be read, as `error` says; None where the directory is no
    session (any more).
    """
    path = Path(directory)
    return _problem(error, path, read_running(directory), _status(path))


def _problem(
    error: StateError, directory: Path, running: Running | None, status: os.stat_result | None
) -> Problem | None:
    if isinstance(error, NoStateFile):
        if not _is_session(directory):
            return None
        return _without_file(directory, running)
    if isinstance(error, Damaged):
        fresh = status is not None and 0 <= time.time() - status.st_mtime < _FRESH
        if error.still_changing or (error.ends_early and fresh):
            return Problem("being_written", "It is being written right now.")
        return Problem("damaged", str(error))
    return Problem("too_large" if isinstance(error, TooLarge) else "unreadable", str(error))


def _without_file(directory: Path, running: Running | None) -> Problem:
    """What it means that there is no state file: that a run never saved, or that it was taken elsewhere."""
    kept = History(directory).has_bytes()
    if kept or tail(directory):
        parts = (_TAKEN_AWAY, "Its history has it." if kept else "", "The run goes on." if running else "")
        return Problem("moved", " ".join(filter(None, parts)))
    if running is not None:
        return Problem("no_state", "Nothing is saved yet; the run goes on.")
    crash = session_files.crash_of(directory)
    return Problem("no_state", f"The run failed before it saved: {crash}" if crash else _NEVER_SAVED)

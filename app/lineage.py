"""Which session a session was resumed from, and as which: among those that are listed. Pure; no Qt.

One idea: a session knows the path of its source as it was then, and the source's version; when the directory
has moved since, it is found by its name, and where several have it, by that version. What cannot be told is
named and leads nowhere: nothing is guessed. The disk is never asked.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from app.session import Summary, last_part


@dataclass(frozen=True, slots=True)
class Relative:
    """A session by its name; `directory` is empty where it is not listed."""

    name: str
    directory: str = ""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a session came from, and what became of it."""

    source: Relative | None = None
    heir: Relative | None = None


def lineage_of(summary: Summary, etag: str, sessions: Iterable[Summary]) -> Lineage:
    """The lineage of a session among all; `etag` is of the version that it was resumed from, if known."""
    listed = tuple(sessions)
    return Lineage(_source(summary, etag, listed), _heir(summary, listed))


def _source(summary: Summary, etag: str, listed: tuple[Summary, ...]) -> Relative | None:
    path = summary.resumed_from
    if not path:
        return None
    name, spelled = last_part(path), _spelling(path)
    alike = [one for one in listed if one.name == name and one.directory != summary.directory]
    at_path = [one for one in alike if _spelling(one.directory) == spelled]
    found = at_path or [one for one in alike if etag and one.etag == etag] or alike
    return Relative(name, found[0].directory if len(found) == 1 else "")


def _heir(summary: Summary, listed: tuple[Summary, ...]) -> Relative | None:
    """The latest session that was resumed from this one: by its path, else by its name alone."""
    spelled = _spelling(summary.directory)
    resumed = [one for one in listed if one.resumed_from and one.directory != summary.directory]
    found = [one for one in resumed if _spelling(one.resumed_from or "") == spelled]
    if not found:
        named = [one for one in resumed if last_part(one.resumed_from or "") == summary.name]
        there = {_spelling(one.directory) for one in listed} if named else set()
        found = [one for one in named if _spelling(one.resumed_from or "") not in there]
    latest = max(found, key=lambda one: (one.started or "", one.name), default=None)
    return Relative(latest.name, latest.directory) if latest else None


def _spelling(path: str) -> str:
    """One spelling for all that name the same directory, as far as text can tell."""
    return os.path.normcase(os.path.normpath(path))

"""Which session a session was resumed from, and as which: among those that are listed. Pure; no Qt.

One idea: a session knows the path of its source as it was then, and the source's version; when the directory
has moved since, it is found by its name, and where several have it, by that version. What cannot be told is
named and leads nowhere: nothing is guessed. The disk is never asked.
"""

import os
from collections.abc import Collection, Mapping, Sequence
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


def with_source(summary: Summary, made: Mapping[str, str]) -> Summary:
    """A session that does not say where it came from, with what is known; `made` is from it to its source."""
    source = made.get(summary.directory)
    return summary._replace(resumed_from=source) if source and not summary.resumed_from else summary


def lineage_of(summary: Summary, etag: str, sessions: Collection[Summary]) -> Lineage:
    """The lineage of a session among all; `etag` is of the version that it was resumed from, if known."""
    wanted = last_part(summary.resumed_from or "")
    alike: list[Summary] = []
    resumed: list[Summary] = []
    for one in sessions:  # once, because there may be a hundred thousand
        if one.resumed_from and one.directory != summary.directory:
            resumed.append(one)
        if one.name == wanted and one.directory != summary.directory:
            alike.append(one)
    heirs = [one for one in resumed if summary.name in (one.resumed_from or "")]
    return Lineage(_source(summary, etag, alike), _heir(summary, heirs, sessions))


def _source(summary: Summary, etag: str, alike: Sequence[Summary]) -> Relative | None:
    """Of those with the source's name: the one at its path, else with its version, else the only one."""
    if not summary.resumed_from:
        return None
    spelled = _spelling(summary.resumed_from)
    at_path = [one for one in alike if _spelling(one.directory) == spelled]
    found = at_path or [one for one in alike if etag and one.etag == etag] or alike
    return Relative(last_part(summary.resumed_from), found[0].directory if len(found) == 1 else "")


def _heir(summary: Summary, resumed: Sequence[Summary], sessions: Collection[Summary]) -> Relative | None:
    """The latest that was resumed from here: from this path, else from this name where nobody is any more."""
    here, name = _spelling(summary.directory), summary.name
    found = [one for one in resumed if _spelling(one.resumed_from or "") == here]
    if not found and resumed:
        there = {_spelling(one.directory) for one in sessions if one.name == name}
        named = [one for one in resumed if last_part(one.resumed_from or "") == name]
        found = [one for one in named if _spelling(one.resumed_from or "") not in there]
    latest = max(found, key=lambda one: (one.started or "", one.name), default=None)
    return Relative(latest.name, latest.directory) if latest else None


def _spelling(path: str) -> str:
    """One spelling for all that name the same directory, as far as text can tell."""
    return os.path.normcase(os.path.normpath(path))

"""Which session a session was resumed from, and as which: among those that are listed. Pure; no Qt.

One idea: a session knows the path of its source as it was then, and the source's version; when the directory
has moved since, it is found by its name, and where several have it or it was renamed, by that version. What
cannot be told is named and leads nowhere: nothing is guessed. The disk is never asked.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.session import Delta, Summary, last_part


@dataclass(frozen=True, slots=True)
class Relative:
    """A session by its name; `directory` is empty where it is not listed."""

    name: str
    directory: str = ""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a session came from, and what became of it: the latest that was resumed from it, and the `others`
    before that one, the latest first.
    """

    source: Relative | None = None
    heir: Relative | None = None
    others: tuple[Relative, ...] = ()


def with_source(summary: Summary, made: Mapping[str, str]) -> Summary:
    """A session that does not say where it came from, with what is known; `made` is from it to its source."""
    source = made.get(summary.directory)
    return summary._replace(resumed_from=source) if source and not summary.resumed_from else summary


def is_concerned(summary: Summary, lineage: Lineage, delta: Delta) -> bool:
    """Whether the lineage of a session may be another one since what a delta tells of the list."""
    known = {one.directory for one in (lineage.source, lineage.heir, *lineage.others) if one is not None}
    if not known.isdisjoint(delta.removed) or any(one.resumed_from for one in (*delta.added, *delta.changed)):
        return True
    source, version = lineage.source, summary.resumed_version
    return source is not None and any(
        one.name == source.name or (version and one.etag == version) for one in (*delta.added, *delta.changed)
    )


def lineage_of(summary: Summary, sessions: Collection[Summary], earlier: Collection[str] = ()) -> Lineage:
    """The lineage of a session among all; `earlier`: which versions its history knows, as far as known."""
    here, version, wanted = summary.directory, summary.resumed_version, last_part(summary.resumed_from or "")
    versions = {summary.etag, *earlier}
    likely: list[Summary] = []
    resumed: list[Summary] = []
    for one in sessions:  # once, because there may be a hundred thousand
        if one.resumed_from and one.directory != here:
            resumed.append(one)
        if (one.name == wanted or (version and one.etag == version)) and one.directory != here:
            likely.append(one)
    heirs = [
        one for one in resumed if summary.name in (one.resumed_from or "") or one.resumed_version in versions
    ]
    heir, *others = _heirs(summary, versions, heirs, sessions) or (None,)
    return Lineage(_source(summary, likely), heir, tuple(filter(None, others)))


def _source(summary: Summary, likely: Sequence[Summary]) -> Relative | None:
    """The one at the source's path, else that of its name with its version, else that with its version, by
    whatever name, else that of its name: where there is only one.
    """
    if not summary.resumed_from:
        return None
    spelled, name = _spelling(summary.resumed_from), last_part(summary.resumed_from)
    named = [one for one in likely if one.name == name]
    same = [one for one in likely if summary.resumed_version and one.etag == summary.resumed_version]
    at_path = [one for one in named if _spelling(one.directory) == spelled]
    found = at_path or [one for one in named if one in same] or same or named
    return Relative(found[0].name, found[0].directory) if len(found) == 1 else Relative(name)


def _heirs(
    summary: Summary, versions: set[str], resumed: Sequence[Summary], sessions: Collection[Summary]
) -> Sequence[Relative]:
    """Those that were resumed from here, the latest first: from this path, else from this name, or one of
    these versions, where nobody is any more.
    """
    here = _spelling(summary.directory)
    found = [one for one in resumed if _spelling(one.resumed_from or "") == here]
    if not found and resumed:
        names = {last_part(one.resumed_from or "") for one in resumed}
        there = {_spelling(one.directory) for one in sessions if one.name in names}
        alike = [
            one
            for one in resumed
            if last_part(one.resumed_from or "") == summary.name or one.resumed_version in versions
        ]
        found = [one for one in alike if _spelling(one.resumed_from or "") not in there]
    found = sorted(found, key=lambda one: (one.started or "", one.name), reverse=True)
    return [Relative(one.name, one.directory) for one in found]


def _spelling(path: str) -> str:
    """One spelling for all that name the same directory, as far as text can tell."""
    return os.path.normcase(os.path.normpath(path))

"""Which session was resumed as which. Pure; no Qt.

One idea: a session knows only where it came from, by path and version; its source learns of it here, so that
the list can mark the source "Resumed as ..."; what runs of ours made is known before it has saved anything.
Where nobody is at that path any more, whoever has the version is the source: its directory was renamed or
moved. Paths are compared as text, in one spelling; the disk is never asked.
"""

import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.session import Summary


class _Heir(NamedTuple):
    """The latest session that was resumed from a path, and in which version that was."""

    directory: str
    version: str


class Heirs:
    """From source to the latest session that was resumed from it. `is_listed` says whether anybody is at a
    path, in our spelling; `holder` who has a version, "" for nobody.
    """

    def __init__(self, is_listed: Callable[[str], bool], holder: Callable[[str], str]) -> None:
        self._is_listed = is_listed
        self._holder = holder
        self._heirs: dict[str, _Heir] = {}
        self._sources: dict[str, str] = {}  # by version: the path where that was resumed last
        self._made: dict[str, list[str]] = {}  # by source: the sessions that runs of ours made of it

    def of(self, directory: str, version: str) -> str | None:
        """The directory of the session that this one was resumed as, None when there is none."""
        if not self._heirs and not self._made:
            return None
        found = self._heirs.get(spelling(directory))
        if found is None and (source := self._sources.get(version)) and not self._is_listed(source):
            found = self._heirs.get(source)
        made = self._made.get(spelling(directory), ())
        heirs = [found.directory] if found is not None else []
        heirs = heirs + [one for one in made if self._is_listed(spelling(one))] or list(made)
        return max((one for one in heirs if one != directory), default=None)

    def note(self, source: str, made: str) -> None:
        """A run of ours made a session of this source, which says so itself only when it has saved."""
        known = self._made.setdefault(spelling(source), [])
        if made not in known:
            known.append(made)

    def update(self, before: Iterable[Summary], told: Iterable[Summary]) -> set[str]:
        """Forget what `before` said and note what is told now; returns the sources that may have changed."""
        sources: set[str] = set()
        for summary in before:
            source = spelling(summary.resumed_from) if summary.resumed_from else ""
            found = self._heirs.get(source)
            if found is not None and found.directory == summary.directory:
                sources |= self._places(source)
                del self._heirs[source]
                self._sources.pop(found.version, None)
        for summary in told:
            if summary.resumed_from:
                source, version = spelling(summary.resumed_from), summary.resumed_version or ""
                self._heirs[source] = max(_Heir(summary.directory, version), self._heirs.get(source, _NOBODY))
                if version:
                    self._sources[version] = source
                sources |= self._places(source)
        return sources

    def concerned(self, directory: str) -> set[str]:
        """Whose heir may be another one since somebody came to a path or went from there."""
        sources = {one for one, made in self._made.items() if directory in made}
        return sources | (self._places(source) if (source := spelling(directory)) in self._heirs else set())

    def _places(self, source: str) -> set[str]:
        """A source by its path of then, and where it may be now."""
        version = self._heirs[source].version
        if not version or self._is_listed(source):
            return {source}
        return {source, self._holder(version)} - {""}


_NOBODY = _Heir("", "")


def spelling(path: str) -> str:
    """One spelling for all that name the same directory, as far as text can tell."""
    return os.path.normcase(os.path.normpath(path))

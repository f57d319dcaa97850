"""Which session was resumed as which. Pure; no Qt.

One idea: a session knows only where it came from; its source learns of it here, so that the list can mark the
source "Resumed as ...". Paths are compared as text, in one spelling; the disk is never asked.
"""

import os
from collections.abc import Iterable

from app.session import Summary


class Heirs:
    """From source to the latest session that was resumed from it."""

    def __init__(self) -> None:
        self._heirs: dict[str, str] = {}

    def of(self, directory: str) -> str | None:
        """The directory of the session that this one was resumed as, None when there is none."""
        return self._heirs.get(spelling(directory)) if self._heirs else None

    def update(self, before: Iterable[Summary], told: Iterable[Summary]) -> set[str]:
        """Forget what `before` said and note what is told now; returns the sources that may have changed."""
        sources: set[str] = set()
        for summary in before:
            source = spelling(summary.resumed_from) if summary.resumed_from else ""
            if source and self._heirs.get(source) == summary.directory:
                del self._heirs[source]
                sources.add(source)
        for summary in told:
            if summary.resumed_from:
                source = spelling(summary.resumed_from)
                self._heirs[source] = max(summary.directory, self._heirs.get(source, ""))
                sources.add(source)
        return sources


def spelling(path: str) -> str:
    """One spelling for all that name the same directory, as far as text can tell."""
    return os.path.normcase(os.path.normpath(path))

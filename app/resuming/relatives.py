"""The relatives of the selected session, told as soon as they are other ones.

One idea: which session came from which is asked when the selected one was read, and again when the list tells
of one that may belong to it; nobody is asked for each of many that do not. Not for how that is known
(`lineage`), nor for sessions that are not listed (`outlying`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.listing.catalog import Catalog
from app.resuming.lineage import Lineage, Relative, is_concerned, lineage_of, with_source
from app.resuming.outlying import Outlying
from app.session import Delta, last_part
from app.snapshot import SessionSnapshot


class Relatives(QObject):
    """`told` carries the directory of the selected session, and its lineage."""

    told = Signal(object, object)

    def __init__(
        self,
        catalog: Catalog,
        outlying: Outlying,
        made: Callable[[], Mapping[str, str]],
        selected: Callable[[], SessionSnapshot | None],
        parent: QObject | None = None,
    ) -> None:
        """`made` gives the sessions that runs of ours made, and of which each was resumed; `selected` what
        was read of the one that is selected.
        """
        super().__init__(parent)
        self._catalog = catalog
        self._outlying = outlying
        self._made = made
        self._selected = selected
        self._read = ("", "")
        self._lineage = Lineage()
        catalog.sessions_changed.connect(self.take_delta)
        outlying.resumed.connect(lambda one: self.tell() if one == self._read[0] else None)

    def of(self, snapshot: SessionSnapshot) -> Lineage:
        """The lineage of a session as it was read."""
        summary = self._catalog.get(snapshot.directory)
        if summary is None:
            return Lineage()
        made, known = self._made(), self._catalog.summaries
        listed = [with_source(one, made) for one in known] if made else known
        found = lineage_of(with_source(summary, made), listed, snapshot.earlier)
        unlisted = self._outlying.earlier(snapshot.directory, self.is_listed)
        if found.heir is not None or unlisted is None:
            return found
        return replace(found, heir=Relative(last_part(unlisted.session)))

    def is_listed(self, session: str) -> bool:
        """Whether the list has a session."""
        return self._catalog.get(session) is not None

    def tell(self) -> None:
        """Find out, and tell."""
        if (snapshot := self._selected()) is not None:
            self._lineage = self.of(snapshot)
            self.told.emit(snapshot.directory, self._lineage)

    def forget(self) -> None:
        """Another session is selected, and not read yet."""
        self._read = ("", "")

    def take_session(self) -> None:
        """The selected session was read: it is asked for once in each version."""
        snapshot = self._selected()
        if snapshot is not None and (snapshot.directory, snapshot.etag) != self._read:
            self._read = (snapshot.directory, snapshot.etag)
            self.tell()

    def take_delta(self, delta: Delta) -> None:
        """What the list says now. A run that has saved nothing yet says nowhere where it came from."""
        made, snapshot = self._made(), self._selected()
        summary = self._catalog.get(snapshot.directory) if snapshot is not None else None
        begun = any(one.directory in made for one in (*delta.added, *delta.changed))
        if summary is not None and (begun or is_concerned(summary, self._lineage, delta)):
            self.tell()

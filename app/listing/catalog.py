"""Every session that is known, by directory: compares what it is told with what it holds, and tells the
difference.

One idea: equal means silence. Events, periodic looks and our own commits all arrive here as the same values,
in any number; what is already held is dropped, so that nobody needs to know whose change an echo was.

A folder that cannot be reached keeps its sessions: they are not gone, they are out of sight. Not for reading.
"""

import time
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from app.folder_errands import Progress, RootSeen, ScanEnded, Seen
from app.session import Delta, RootStatus, Summary, holds

RECOVERY_SHARE = 2  # listeners may be busy with the list for a third of the time
SHORTEST_RECOVERY_MS = 10


class Catalog(QObject):
    """`sessions_changed` carries a Delta, `roots_changed` a tuple of RootStatus."""

    sessions_changed = Signal(object)
    roots_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summaries: dict[str, Summary] = {}
        self._roots: dict[str, RootStatus] = {}
        self._untold: dict[str, Summary | None] = {}
        self._recovery = QTimer(self)
        self._recovery.setSingleShot(True)
        self._recovery.timeout.connect(self._tell_untold)

    def get(self, directory: str) -> Summary | None:
        """What is known of one session."""
        return self._summaries.get(directory)

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """Every session that is known."""
        return tuple(self._summaries.values())

    def below(self, root: str) -> tuple[Summary, ...]:
        """The sessions of one watched folder."""
        return tuple(summary for summary in self._summaries.values() if summary.root == root)

    @property
    def roots(self) -> tuple[RootStatus, ...]:
        """How every watched folder stands."""
        return tuple(self._roots.values())

    def add_root(self, root: str) -> None:
        """Begin to tell of one more folder."""
        self._put_root(RootStatus(root, scanning=True))

    def remove_root(self, root: str) -> None:
        """Forget a folder that is no longer watched, with its sessions."""
        if self._roots.pop(root, None) is not None:
            gone = tuple(path for path, summary in self._summaries.items() if summary.root == root)
            self._tell(Delta(removed=gone))
            self.roots_changed.emit(self.roots)

    def hand_over(self, inner: str, outer: str) -> None:
        """A folder is watched with the one around it from now on: its sessions are the other one's."""
        if self._roots.pop(inner, None) is not None:
            moved = tuple(summary._replace(root=outer) for summary in self.below(inner))
            self._tell(Delta(changed=moved))
            held = self._roots[outer]
            self._put_root(held._replace(sessions=held.sessions + len(moved)))
            self.roots_changed.emit(self.roots)

    def take_root(self, seen: RootSeen) -> None:
        """Take in whether a folder could be listed."""
        if (held := self._roots.get(seen.root)) is None:
            return
        since = None if seen.available else held.since or seen.at
        live = held.live and seen.available
        # What was said of events stands until they say more.
        note = held.note if held.available and seen.available else seen.reason
        self._put_root(
            held._replace(
                available=seen.available,
                since=since,
                live=live,
                scanning=seen.available,
                note=note,
                how=held.how if live else "",
            )
        )

    def take_watch(
        self, root: str, *, live: bool, note: str = "", how: str = "", counts: tuple[int, int] = (0, 0),
        lost: bool = False, remote: bool = False,
    ) -> None:  # fmt: skip
        """Take in whether events arrive for a folder, and for how many of how many folders in it."""
        if (held := self._roots.get(root)) is not None and held.available:
            watched, folders = counts
            known = held._replace(live=live, note=note, how=how, watched=watched, folders=folders)
            remote = remote if how else held.remote  # nobody has found out while nothing is heard
            self._put_root(known._replace(losses=held.losses + lost, remote=remote))

    def take_progress(self, progress: Progress) -> None:
        """Take in how far a look at a whole folder is."""
        if (held := self._roots.get(progress.root)) is not None and held.scanning:
            self._put_root(held._replace(found=progress.found, expected=progress.expected))

    def take_scan_end(self, ended: ScanEnded) -> None:
        """Take in that a look at a whole folder ended."""
        if (held := self._roots.get(ended.root)) is not None:
            over = held._replace(checked_at=ended.at, scanning=False, found=0, expected=0)
            every = ended.every or held.looked_at_every
            self._put_root(over._replace(out_of_reach=ended.out_of_reach, looked_at_every=every))

    def take(self, seen: Seen) -> None:
        """Take in sessions as they are now, and tell what is different from before."""
        if seen.root not in self._roots:
            return
        added = tuple(one for one in seen.summaries if one.directory not in self._summaries)
        changed = tuple(one for one in seen.summaries if self._summaries.get(one.directory, one) != one)
        removed = tuple(self._gone(seen))
        self._tell(Delta(added, changed, removed))

    def _gone(self, seen: Seen) -> list[str]:
        there = seen.all
        if there is None:
            return [path for path in sorted(seen.gone) if path in self._summaries]
        if there == {seen.directory}:
            return []
        others = [path for path in self._summaries if path not in there]
        return [
            path for path in others if self._summaries[path].root == seen.root and holds(seen.directory, path)
        ]

    def _tell(self, delta: Delta) -> None:
        """Take the difference over, and tell it now, or with what else comes while listeners recover."""
        if not delta:
            return
        for directory in _directories(delta):
            self._untold.setdefault(directory, self._summaries.get(directory))
        for summary in (*delta.added, *delta.changed):
            self._summaries[summary.directory] = summary
        gone = [self._summaries.pop(directory).root for directory in delta.removed]
        counts = Counter(summary.root for summary in delta.added)
        counts.subtract(gone)
        for root, count in counts.items():
            if (held := self._roots.get(root)) is not None:
                self._put_root(held._replace(sessions=held.sessions + count))
        if not self._recovery.isActive():
            self._tell_untold()

    def _tell_untold(self) -> None:
        """Tell what became different since it was told last.

        The longer that takes, the longer the next time waits: two thousand sessions that land at once would
        otherwise be sorted in two thousand times, and nobody could do anything meanwhile.
        """
        before, self._untold = self._untold, {}
        now = {directory: self._summaries.get(directory) for directory in before}
        delta = Delta(
            tuple(one for path, one in now.items() if one is not None and before[path] is None),
            tuple(one for path, one in now.items() if one is not None and before[path] not in (None, one)),
            tuple(path for path, one in now.items() if one is None and before[path] is not None),
        )
        began = time.monotonic()
        if delta:
            self.sessions_changed.emit(delta)
        rest = round(RECOVERY_SHARE * (time.monotonic() - began) * 1000)
        if rest >= SHORTEST_RECOVERY_MS:
            self._recovery.start(rest)

    def _put_root(self, status: RootStatus) -> None:
        if self._roots.get(status.root) != status:
            self._roots[status.root] = status
            self.roots_changed.emit(self.roots)


def _directories(delta: Delta) -> Iterator[str]:
    yield from (summary.directory for summary in (*delta.added, *delta.changed))
    yield from delta.removed

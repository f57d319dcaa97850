"""The watched folders as a whole: which there are, what is known of each, and who looks when.

One idea: the periodic look tells whether a folder is there and whether it is still the same one; events are
asked for only where it is, and again when it came back. One folder inside another is watched once, with the
outer one, unless a look at that leaves it out; one that leads into another by links is told, once the disk
has found that out (see `doubled`).

Not for sessions (see `catalog`), not for reading (see `disk`).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.disk.doubled import doubled
from app.disk.folders import Folders
from app.folder_errands import Progress, RootSeen, ScanEnded, Seen
from app.listing.catalog import Catalog
from app.session import RootStatus, reaches, whole
from app.watch_exchange import WatchedFolder, WatchStatus

if TYPE_CHECKING:  # watchdog is imported after the first paint
    from app.watch.root_watch import How
    from app.watch.stirrings import Stirred, Watched
    from app.watch.watcher import Watcher


class Watching(QObject):
    """Ties folders, watcher and catalog together. `status_changed` carries a WatchStatus, `doubled` a folder
    whose sessions are listed with another, and the sentence that says so.
    """

    status_changed = Signal(object)
    unavailable_changed = Signal(object)
    doubled = Signal(object, object)

    def __init__(self, folders: Folders, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._catalog = catalog
        self._watcher: Watcher | None = None
        self._there: dict[str, tuple[int, int]] = {}
        self._how: dict[str, How] = {}
        self._real: dict[str, str] = {}
        catalog.roots_changed.connect(self._tell)

    def begin(self, watcher: Watcher) -> None:
        """From now on ask for events too; the folders that were found so far are watched at once."""
        self._watcher = watcher
        for root, identity in self._there.items():
            watcher.watch(root, identity, self._how[root])

    def end(self) -> bool:
        """Ask for events no longer, and end the threads that did. False when one hangs."""
        watcher, self._watcher = self._watcher, None
        return watcher is None or watcher.shutdown()

    def add(self, path: str, how: How = "auto") -> str:
        """Watch a folder, by the means that the operator chose. Returns "" or the sentence that says why it
        is not watched on its own.
        """
        root = whole(path)
        for held in self._folders.roots:
            if reaches(held, root):
                return f"{root} is being watched already, with {held}."
        inner_ones = [held for held in self._folders.roots if reaches(root, held)]
        self._how[root] = how
        self._catalog.add_root(root)
        self._folders.add(root)
        for inner in inner_ones:
            self._hand_over(inner, root)
        return ""

    def _hand_over(self, inner: str, outer: str) -> None:
        """A folder is watched with the one around it, which is asked for its sessions from now on: whoever
        hears that they are the other one's may open one at once.
        """
        self._folders.remove(inner)
        self._watch(inner, None)
        self._real.pop(inner, None)
        self._catalog.hand_over(inner, outer)

    def watch_as(self, root: str, how: How) -> None:
        """Watch a folder by another means from now on."""
        if self._how.get(root) == how or root not in self._folders.roots:
            return
        self._how[root] = how
        if (identity := self._there.get(root)) is not None and self._watcher is not None:
            self._watcher.watch(root, identity, how)
        self._tell(self._catalog.roots)

    def remove(self, root: str) -> None:
        """Watch a folder no longer."""
        self._real.pop(root, None)
        self._folders.remove(root)
        self._watch(root, None)
        self._catalog.remove_root(root)

    def take(self, answer: object) -> None:
        """Take in what the disk answered about folders and lists."""
        match answer:
            case RootSeen():
                self._catalog.take_root(answer)
                self._take_root(answer)
            case Seen():
                self._catalog.take(answer)
                if self._watcher is not None:
                    self._watcher.know(answer)
            case Progress():
                self._catalog.take_progress(answer)
            case ScanEnded():
                self._catalog.take_scan_end(answer)
                self._tell_doubled(answer.root)

    def take_stirred(self, stirred: Stirred) -> None:
        """Something happened below a folder: look again."""
        self._folders.look(stirred.root, stirred.directories)

    def take_watched(self, watched: Watched) -> None:
        """Events begin or cease to arrive, or some were lost: then everything is looked at again."""
        counts = watched.watched, watched.folders
        self._catalog.take_watch(
            watched.root, live=watched.live, note=watched.note, how=watched.how, counts=counts,
            lost=watched.lost, remote=watched.remote,
        )  # fmt: skip
        as_network = self._how.get(watched.root) == "polling"
        self._folders.trust(watched.root, events=watched.complete, as_network=as_network)
        if watched.missed:
            self._say_what_is_known(watched.root)
            self._folders.look(watched.root, frozenset({watched.root}))

    def _say_what_is_known(self, root: str) -> None:
        """To whoever watches sessions one by one: the disk tells only of those that are different."""
        if self._watcher is not None:
            self._watcher.know(Seen(root, root, self._catalog.below(root)))

    def _take_root(self, seen: RootSeen) -> None:
        if seen.root not in self._folders.roots:
            return
        self._watch(seen.root, seen.identity)
        self._real.pop(seen.root, None)
        if seen.real:
            self._real[seen.root] = seen.real
            self._tell_doubled(seen.root)

    def _tell_doubled(self, root: str) -> None:
        """Of two folders that share sessions, the one that came later is the one too many."""
        order = [one for one in self._folders.roots if one in self._real]
        for other in order if root in order else ():
            older, newer = sorted((root, other), key=order.index)
            sentence = self._doubled(newer, older) if other != root else ""
            if sentence:
                self.doubled.emit(newer, sentence)
                return

    def _doubled(self, newer: str, older: str) -> str:
        looked_through = {root.root for root in self._catalog.roots if root.checked_at}
        return doubled(
            newer,
            older,
            self._real,
            self._there,
            is_looked_through=looked_through.__contains__,
            is_session=lambda path: self._catalog.get(path) is not None,
        )

    def _watch(self, root: str, identity: tuple[int, int] | None) -> None:
        """Ask for events of a folder that is there, by its identity; no longer of one that is not (None)."""
        self._there.pop(root, None)
        if identity is not None:
            self._there[root] = identity
        if self._watcher is not None and identity is not None:
            self._watcher.watch(root, identity, self._how[root])
        elif self._watcher is not None:
            self._watcher.unwatch(root)

    def _tell(self, roots: tuple[RootStatus, ...]) -> None:
        away = ([root.root] if not root.available else root.out_of_reach for root in roots)
        self.unavailable_changed.emit(frozenset(chain.from_iterable(away)))
        by_looking = frozenset(root for root, how in self._how.items() if how == "polling")
        self.status_changed.emit(watch_status(roots, by_looking))


def watch_status(roots: tuple[RootStatus, ...], by_looking: frozenset[str] = frozenset()) -> WatchStatus:
    """What the status bar says of the watched folders: the oldest look counts, and every trouble is named.

    `by_looking` are those of which the operator said so.
    """
    folders = tuple(_folder(root)._replace(as_network=root.root in by_looking) for root in roots)
    times = [folder.checked_at for folder in folders if folder.available]
    busy = _looking([root for root in roots if root.scanning and not root.checked_at])
    problem = " ".join(folder.note for folder in folders if folder.note)
    return WatchStatus(folders, min(times, default=""), busy, problem)


def _looking(roots: list[RootStatus]) -> str:
    """How far the first looks at whole folders are; "" where there is none."""
    found, expected = sum(root.found for root in roots), sum(root.expected for root in roots)
    about = f" of about {expected:,}" if expected >= found else ""
    far = f": {found:,}{about}" if found else ""
    return f"looking for sessions{far}" if roots else ""


def _folder(root: RootStatus) -> WatchedFolder:
    cut_off = (f"{folder} cannot be listed; its sessions are kept." for folder in root.out_of_reach)
    note = " ".join(filter(None, (root.note or _sparse(root), *cut_off)))
    if not root.available:
        note = f"{root.root} cannot be reached since {_clock(root.since)}: {root.note}."
    return WatchedFolder(
        root.root, root.available, _clock(root.checked_at), note, root.how,
        remote=root.remote, losses=root.losses, sessions=root.sessions,
    )  # fmt: skip


def _sparse(root: RootStatus) -> str:
    """What to say where the system gives fewer watches than there are folders."""
    if root.watched >= root.folders:
        return ""
    seconds = root.looked_at_every
    often = f"{seconds:.2g} s" if seconds < 90 else f"{seconds / 60:.0f} min"
    rescanning = f", rescanning every {often}" if seconds else ""
    return f"{root.root}: watching {root.watched:,} of {root.folders:,} folders{rescanning}."


def _clock(time: str | None) -> str:
    return time.partition("T")[2] if time else ""

"""Hears the file system, and says which sessions to look at again.

One idea: each watched folder has a worker, with an ear of the kind that hears something there (see `ears`,
which the worker imports, so that the window does not wait for it). Not for what an event means.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.folder_errands import Seen
from app.watch.root_watch import How, RootWatch, Watch
from app.watch.stirrings import Ear, Stirred, Watched
from app.worker import delete_ended


def _ear(root: str, how: How, wake: Callable[[], None], cancelled: Callable[[], bool]) -> Ear:
    from app.watch import ears

    return ears.ear_for(root, how, wake, cancelled)


class Watcher(QObject):
    """The watches of all folders. `stirred` carries Stirred, `watched` carries Watched."""

    stirred = Signal(object)
    watched = Signal(object)

    def __init__(self, parent: QObject | None = None, *, give_way: Callable[[], None] = lambda: None) -> None:
        """`give_way` is called by all watches, often, where much happens, and may let them wait."""
        super().__init__(parent)
        self._give_way = give_way
        self._watches: dict[str, RootWatch] = {}
        self._ending: list[RootWatch] = []

    def watch(self, root: str, identity: object, how: How = "auto") -> None:
        """Watch a folder, or go on watching it. `identity` differs when the folder is another one by that
        name; `how` is what the operator chose.
        """
        if root not in self._watches:
            watch = RootWatch(root, _ear, self._give_way)
            watch.answered.connect(self._pass_on)
            watch.start()
            self._watches[root] = watch
        self._watches[root].ask(Watch(identity, how))

    def know(self, seen: Seen) -> None:
        """What the disk has seen, for those that watch sessions one by one."""
        if seen.root in self._watches:
            self._watches[seen.root].ask(seen)

    def unwatch(self, root: str) -> None:
        """Stop watching a folder; its thread may end later, when the folder hangs."""
        self._ending = delete_ended(self._ending)
        if (watch := self._watches.pop(root, None)) is not None:
            watch.close()
            self._ending.append(watch)

    def shutdown(self) -> bool:
        """End all threads. False when one hangs."""
        for root in tuple(self._watches):
            self.unwatch(root)
        ended = all(watch.wait() for watch in self._ending)
        self._ending = delete_ended(self._ending)
        return ended

    @Slot(object)
    def _pass_on(self, answer: Stirred | Watched) -> None:
        (self.stirred if isinstance(answer, Stirred) else self.watched).emit(answer)

"""The watched folders: one disk worker each, and the way of an errand to the right one.

One idea: a folder is a thread. One that hangs, on a share that does not answer, keeps its own errands waiting
and nobody else's. Not for reading anything itself (see `disk`).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.change_errands import ChangeErrand, Done, NotDone
from app.disk.disk import Disk
from app.folder_errands import Forget, Look, Rescan, Terms, Trust
from app.listing.rests import RESCAN_SECONDS
from app.past_errands import PastErrand
from app.session import holds
from app.session_errands import LookBack, Open, ReadReplaced
from app.value_errands import CountNames, FindUsers, Match, Question, ShowValues, Trace
from app.worker import ENDING_MS, delete_ended


class Folders(QObject):
    """All disk workers. `answered` carries what they answer, on the thread of this object."""

    answered = Signal(object)

    def __init__(
        self,
        rescan_seconds: float = RESCAN_SECONDS,
        parent: QObject | None = None,
        *,
        cache: Path | None = None,
        give_way: Callable[[], None] = lambda: None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        """`cache` is the folder of the indexes, None for none.

        `give_way` is called by all workers, often, and may let them wait. `clock` tells the local time.
        """
        super().__init__(parent)
        self._clock = clock
        self._rescan_seconds = rescan_seconds
        self._cache = cache
        self._give_way = give_way
        self._who = ""
        self._refusals: Mapping[str, str] = {}
        self._kept: dict[type | str, Match | ShowValues | Trace] = {}
        self._disks: dict[str, Disk] = {}
        self._ending: list[Disk] = []

    @property
    def roots(self) -> tuple[str, ...]:
        """The watched folders, in the order in which they were added."""
        return tuple(self._disks)

    def add(self, root: str) -> None:
        """Watch one more folder, and look at all of it at once."""
        if root in self._disks:
            return
        disk = Disk(root, self._rescan_seconds, self._cache, self._give_way, self._clock)
        disk.answered.connect(self._pass_on)
        disk.start()
        disk.ask(Rescan())
        for errand in self._kept.values():
            disk.ask(errand)
        self._disks[root] = disk
        self._tell_terms(root)

    def remove(self, root: str) -> None:
        """Watch a folder no longer, and keep nothing of it; one that hangs may end its thread later."""
        self._ending = delete_ended(self._ending)
        if root in self._disks:
            self._disks[root].ask(Forget())
            self._end(root)

    def ask_all(self, errand: Question) -> None:
        """Ask all folders; what is to be kept true is asked of those to come, too."""
        if not isinstance(errand, CountNames | FindUsers):
            self._kept[errand.asker if isinstance(errand, Trace) else type(errand)] = errand
        for disk in self._disks.values():
            disk.ask(errand)

    def sign_as(self, who: str) -> None:
        """Make all changes from now on in this name; "" is the account's."""
        self._who = who
        for root in self._disks:
            self._tell_terms(root)

    def refuse(self, reasons: Mapping[str, str]) -> None:
        """Say in which folders, also inside others, nothing is to be changed from now on, and why."""
        self._refusals = reasons
        for root in self._disks:
            self._tell_terms(root)

    def _tell_terms(self, root: str) -> None:
        inside = tuple(
            (path, why) for path, why in self._refusals.items() if path != root and holds(root, path)
        )
        self._disks[root].ask(Terms(self._who, self._refusals.get(root, ""), inside))

    def rescan(self) -> None:
        """Look at all folders again."""
        for disk in self._disks.values():
            disk.ask(Rescan())

    def trust(self, root: str, *, events: bool, as_network: bool = False) -> None:
        """Say whether every change in a folder is heard, and whether it is to be treated as one of another
        computer.
        """
        if root in self._disks:
            self._disks[root].ask(Trust(events, as_network))

    def look(self, root: str, directories: frozenset[str]) -> None:
        """Look at some directories of one folder again."""
        if root in self._disks:
            self._disks[root].ask(Look(directories))

    def look_at(self, directories: Iterable[str]) -> None:
        """Look at some sessions again, where watched folders hold them."""
        for directory in directories:
            self.look(self.root_of(directory), frozenset({directory}))

    def ask(self, errand: Open | PastErrand | LookBack | ReadReplaced | ChangeErrand) -> bool:
        """Send an errand about one session to the folder that holds it. False when no watched folder does."""
        root = self.root_of(errand.directory)
        if root:
            self._disks[root].ask(errand)
        return bool(root)

    def give_up(self, directory: str) -> None:
        """Let a change of a session end undone, if it was not begun yet or waits for somebody else's lock."""
        root = self.root_of(directory)
        if root:
            self._disks[root].give_up(directory)

    def root_of(self, directory: str) -> str:
        """The innermost watched folder that holds a session; empty when none does."""
        return max((root for root in self._disks if holds(root, directory)), key=len, default="")

    def shutdown(self, milliseconds: int = ENDING_MS) -> bool:
        """End all threads, after what was asked of them. False when one hangs."""
        for root in self.roots:
            self._end(root)
        return all(disk.wait(milliseconds) for disk in self._ending)

    def let_go(self) -> None:
        """After `shutdown`, when their last answers were heard: leave nothing of those that have ended to the
        collector, which frees what they hold in any order, and twice.
        """
        self._ending = delete_ended(self._ending)

    def _end(self, root: str) -> None:
        disk = self._disks.pop(root)
        disk.answered.disconnect(self._pass_on)
        disk.answered.connect(self._pass_on_changes)
        disk.close()
        self._ending.append(disk)

    @Slot(object)
    def _pass_on_changes(self, answer: object) -> None:
        """Whoever asked for a change hears what came of it, also when the folder is not watched any more."""
        if isinstance(answer, Done | NotDone):
            self.answered.emit(answer)

    @Slot(object)
    def _pass_on(self, answer: object) -> None:
        self.answered.emit(answer)

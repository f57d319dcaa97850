"""One watched folder: a thread with an ear, and what it tells.

One idea: whatever an ear loses, it says so, and the whole folder is looked at; whatever goes wrong in it is
logged, and it goes on. So nothing goes blind in silence. A folder that hangs keeps its own thread waiting,
and no other.

Not for how things are heard (see `inotify_ear`, `polling` and `watcher`).
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal, Slot

from app.folder_errands import Seen
from app.session import reaches
from app.watch.stirrings import Ear, Heard, Settling, Stirred, Watched
from app.worker import Worker

How = Literal["auto", "events", "polling"]
"""By what means a folder is watched; "auto" finds out what hears something there."""

EarFor = Callable[[str, How, Callable[[], None], Callable[[], bool]], Ear]

ALIVE_SECONDS = 10.0
"""After so long it is looked whether an ear still hears: the look at the whole folder may be an hour away."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watch:
    """Errand: watch the folder that has this identity, or go on watching it."""

    identity: object
    how: How = "auto"


class RootWatch(Worker):
    """Watches one folder. Takes `Watch` and `Seen`, answers `Stirred` and `Watched`.

    `ear_for` makes the ear, on this thread, because finding out which may hang. It is given the means, what
    wakes this worker from any thread, and what says that it is to end, which calls `give_way` first: that may
    wait.
    """

    _woken = Signal()

    def __init__(self, root: str, ear_for: EarFor, give_way: Callable[[], None] = lambda: None) -> None:
        super().__init__(f"watch {root}")
        self._give_way = give_way
        self._root = root
        self._ear_for = ear_for
        self._ear: Ear | None = None
        self._wanted: Watch | None = None
        self._told = Watched(root, live=False)
        self._closing = False
        self._settling = Settling()
        self._telling = self._timer(self._tell)
        self._asking = self._timer(self._take_in)
        self._checking = self._timer(self._replace_the_dead)
        self._woken.connect(self._take_in, Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Ask the thread to end; a walk through the folder is cut short."""
        self._closing = True
        super().close()

    def work(self, errand: object) -> None:
        match errand:
            case Watch():
                self._watch(errand)
            case Seen() if self._ear is not None:
                self._ear.know(errand)
                self._say_if_different()

    def finish(self) -> None:
        """Stop watching."""
        self._telling.stop()
        self._stop()

    # ---- beginning and ending

    def _watch(self, wanted: Watch) -> None:
        """Begin; begin anew when the folder was made again, or when the ear has died."""
        ear = self._ear
        if ear is not None and wanted == self._wanted and ear.is_alive():
            ear.refresh()
            self._say_if_different()
            return
        self._stop()
        self._wanted = wanted
        try:
            self._ear = self._ear_for(self._root, wanted.how, self._woken.emit, self._is_over)
            self._ear.start()
        except OSError as error:
            self._go_blind(self._late(error))
        else:
            self._say(missed=True)
            self._ask_again_later()
            self._checking.start(round(ALIVE_SECONDS * 1000))

    @Slot()
    def _replace_the_dead(self) -> None:
        """What reads events is a thread of somebody else's, and ends by whatever it did not expect."""
        if self._ear is None or self._wanted is None:
            return
        if self._ear.is_alive():
            self._checking.start(round(ALIVE_SECONDS * 1000))
            return
        _log.warning("What heard the changes in %s has ended; it begins anew.", self._root)
        self._watch(self._wanted)

    def _is_over(self) -> bool:
        self._give_way()
        return self._closing

    def _stop(self) -> None:
        self._asking.stop()
        self._checking.stop()
        ear, self._ear = self._ear, None
        if ear is not None:
            ear.stop()

    def _go_blind(self, note: str) -> None:
        self._stop()
        self._told = Watched(self._root, live=False, note=note)
        self.answered.emit(self._told)

    def _late(self, error: OSError) -> str:
        return f"Changes in {self._root} are seen late: {error.strerror or error}."

    # ---- listening

    @Slot()
    def _take_in(self) -> None:
        if self._ear is not None:
            heard = self._heard(self._ear)
            ours = [one for one in heard.directories if reaches(self._root, one)]
            self._settling.add(ours, time.monotonic())
            if heard.missed:
                self._say(missed=True, lost=True)
            if heard.more:
                self._woken.emit()
            self._ask_again_later()
            self._wait_for_more()

    def _heard(self, ear: Ear) -> Heard:
        try:
            heard = ear.take()
        except OSError as error:
            self._go_blind(self._late(error))
            return Heard(frozenset({self._root}))
        except Exception:  # noqa: BLE001 - whatever it is, which folder is where is not known any more
            _log.exception("What happened in %s could not be taken in; it begins anew.", self._root)
            self._stop()
            if self._wanted is not None:
                self._watch(self._wanted)
            return Heard(missed=True)
        if heard.gone:
            self._go_blind(f"{self._root} was moved or deleted.")
            return Heard(heard.directories | {self._root})
        return heard

    def _ask_again_later(self) -> None:
        if self._ear is not None and self._ear.period:
            self._asking.start(round(self._ear.period * 1000))

    # ---- telling

    def _say(self, *, missed: bool = False, lost: bool = False) -> None:
        if (ear := self._ear) is not None:
            watched, folders = ear.counts
            self._told = Watched(self._root, True, "", ear.how, watched, folders, remote=ear.remote)
            self.answered.emit(replace(self._told, missed=missed, lost=lost))

    def _say_if_different(self) -> None:
        """How many folders are watched is of interest where these are not all."""
        if self._ear is not None and self._told.live and self._ear.how != self._told.how:
            self._say()

    @Slot()
    def _tell(self) -> None:
        ready = self._settling.take(time.monotonic())
        if ready:
            self.answered.emit(Stirred(self._root, ready))
        self._say_if_different()
        self._wait_for_more()

    def _wait_for_more(self) -> None:
        due = self._settling.next_due()
        if due is not None:
            self._telling.start(max(0, ceil((due - time.monotonic()) * 1000)))  # never a little before it

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

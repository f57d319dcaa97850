"""The worker of one watched folder: it keeps the list of its sessions true, and does what is asked of them.

One idea: a folder has one thread, which does everything below it, one thing after another; what takes long is
done in pieces in between (see `walking`). So opening and saving wait for nothing but what was asked before.

Never used on the GUI thread. Not for reading and changing a session that was opened (see `changes`).
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock

from app.change_errands import BringIn, ChangeErrand, Clear, Commit, Done, NotDone, Recover, Restore, Waiting
from app.files import unforeseen
from app.files.apart import NotWanted
from app.files.changes import GivenUp, change, given_up, not_foreseen, read_session
from app.files.large import Large
from app.files.overwritten import read_replaced
from app.files.reading import read
from app.folder_errands import Forget, Look, Rescan, Terms, Trust
from app.listing.host import Host
from app.listing.rests import RESCAN_SECONDS
from app.listing.rounds import Rounds
from app.past_errands import FindWays, ReadHistory, ReadRaw, ReadVersion, SaveCopy, TryWay
from app.session import holds
from app.session_errands import Glimpsed, LookBack, Open, Opened, ReadReplaced
from app.snapshot import SessionSnapshot
from app.value_errands import CountNames, FindUsers, Match, ShowValues, Trace
from app.worker import Worker


class Disk(Worker):
    """Reads and writes below one folder. Errands and answers are those of `app`'s `*_errands`."""

    def __init__(
        self,
        root: str,
        rescan_seconds: float = RESCAN_SECONDS,
        cache: Path | None = None,
        give_way: Callable[[], None] = lambda: None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        """`cache` is the folder for what is to be known at the next start; None for nothing.

        `give_way` is called often where much is done, and may wait. `clock` tells the local time.
        """
        super().__init__(f"disk {root}")
        self._clock = clock
        self._closing = False
        self._given_up: set[str] = set()
        self._terms = Terms()
        self._any_size: set[str] = set()
        self._newest = 0
        self._counting = Lock()
        self._waiting = 0  # errands that were asked and are not begun yet
        self._large = Large()
        host = Host(self.ask, self._is_idle, lambda: self._closing, give_way, clock)
        self._rounds = Rounds(root, rescan_seconds, cache, host, self, self._large)
        self._rounds.answered.connect(self.answered)

    def close(self) -> None:
        """Ask the thread to end: a walk is cut short, changes asked before are done."""
        self._closing = True
        super().close()

    def give_up(self, directory: str) -> None:
        """Let a change of a session end without being done, if it was not begun yet or waits for somebody
        else's lock; from any thread.
        """
        self._given_up.add(directory)

    def work(self, errand: object) -> None:
        with self._counting:
            self._waiting -= 1
        match errand:
            case Rescan() | Look() | Trust() | Forget() | LookBack():
                self._rounds.do(errand)
            case Match() | ShowValues() | CountNames() | FindUsers() | Trace():
                self._rounds.do(errand)
            case Terms():
                self._terms = errand
            case Open():
                if errand.any_size:
                    self._any_size.add(errand.directory)
                self._open(errand)
            case ReadVersion() | ReadHistory() | ReadRaw() | SaveCopy() | FindWays() | TryWay():
                self.answered.emit(read(errand, self._terms_of(errand.directory)))
            case ReadReplaced():
                self.answered.emit(read_replaced(errand))
            case Commit() | Clear() | Restore() | Recover() | BringIn():
                try:
                    self.answered.emit(self._changed(errand))
                finally:
                    self._given_up.discard(errand.directory)
                    self._rounds.do(Look(frozenset([errand.directory])))

    def ask(self, errand: object) -> None:
        """Put an errand at the end of the row; may be called from any thread."""
        with self._counting:
            self._waiting += 1
        if isinstance(errand, Commit | Clear | Restore | Recover | BringIn):
            self._given_up.discard(errand.directory)  # what was said of the change before
        if isinstance(errand, Open):
            self._newest = max(self._newest, errand.stamp)
        super().ask(errand)

    def _changed(self, errand: ChangeErrand) -> Done | NotDone:
        """What came of a change, whatever happens: until that is told nobody can change the session again."""
        wait, terms = partial(self._wait, errand.directory), self._terms_of(errand.directory)
        try:
            if errand.directory in self._given_up:
                return given_up(errand, terms, self._large)
            return change(errand, wait, terms, self._large, self._clock)
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for the answer
            why = unforeseen.told(error)
        return not_foreseen(errand, why, terms, self._large)  # by now what it held is let go of

    def _open(self, errand: Open) -> None:
        """Show a large session before it is judged; nobody waits for it who has opened another."""
        directory, stamp = errand.directory, errand.stamp

        def shown(glimpse: SessionSnapshot) -> None:
            self.answered.emit(Glimpsed(glimpse, stamp))

        def wanted() -> bool:
            return not self._closing and (stamp < 0 or self._newest <= stamp)

        with suppress(NotWanted):
            snapshot = read_session(directory, self._terms_of(directory), self._large, shown, wanted)
            if snapshot.problem is not None and snapshot.problem.kind == "too_large":
                self._any_size.discard(directory)  # it is not read again before that is asked for again
            self.answered.emit(Opened(snapshot, stamp))
            self._rounds.compare(snapshot)

    def _is_idle(self) -> bool:
        """Whether nobody has asked for anything that is not begun yet; from any thread."""
        return self._waiting == 0 and not self._closing

    def _terms_of(self, directory: str) -> Terms:
        inside = (why for folder, why in self._terms.inside if holds(folder, directory))
        refusal = self._terms.refusal or next(inside, "")
        return replace(self._terms, refusal=refusal, any_size=directory in self._any_size)

    def _wait(self, directory: str, holder: str, seconds_left: float) -> None:
        if directory in self._given_up:
            raise GivenUp
        self.answered.emit(Waiting(directory, holder, seconds_left))

    def finish(self) -> None:
        self._rounds.end()

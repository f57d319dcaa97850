"""What is asked over the saved values of one folder, answered in pieces and kept true.

One idea: between two pieces whoever wants to open or save has his turn; the questions take turns, too. Lives
on the thread of its worker, which says whenever a session's values became others.

Not for which sessions meet a condition (see `matching`), what a column shows (see `shown_values`) or a trend
(see `traces`), nor for reading values (see `ledger`).
"""

import time
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.listing.host import PIECE_SECONDS
from app.listing.matching import Matching
from app.listing.shown_values import Names, ShownValues, Users
from app.listing.traces import Traces, ValuesOf
from app.session import Summary
from app.value_errands import (
    CountNames,
    FindUsers,
    Match,
    Matched,
    NamesCounted,
    ShowValues,
    Trace,
    UsersFound,
    ValuesShown,
)

PORTION = 500
"""Sessions whose values are told together."""
TOLD_EVERY = 1.0  # seconds, while answers become others again and again


class Questions(QObject):
    """The questions over one folder. `answered` carries an answer to one of them; `searched` tells that all
    values were looked at for one.
    """

    answered = Signal(object)
    searched = Signal()

    def __init__(
        self, root: str, parent: QObject, known: Callable[[str], Summary | None] = lambda _: None
    ) -> None:
        """`known` says what is known of a session."""
        super().__init__(parent)
        self._root = root
        self._traces = Traces(root, known)
        self._matching = Matching()
        self._shown = ShownValues()
        self._names, self._users = Names(), Users()
        self._under_way: dict[type | str, Callable[[], bool]] = {}
        self._told_at = 0.0
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._go_on)

    def ask(
        self, errand: Match | ShowValues | CountNames | FindUsers, values: Iterable[tuple[str, str]]
    ) -> None:
        """Begin anew, over the values (as JSON text) of all directories."""
        match errand:
            case Match():
                self._matching.ask(errand.conditions, values)
                self._under_way[Match] = self._search_on
            case ShowValues():
                self._shown.ask(errand.names, values)
                self._under_way[ShowValues] = self._show_on
            case CountNames():
                self._names.ask(values)
                self._under_way[CountNames] = self._count_on
            case FindUsers():
                self._users.ask(values)
                self._under_way[FindUsers] = self._find_on
        self._turns.start(0)

    def trace(self, errand: Trace, summaries: Iterable[Summary], values_of: ValuesOf) -> None:
        """Begin anew, over these sessions and the values of those that will be picked of them."""
        self._traces.ask(errand, summaries, values_of)
        self._under_way[errand.asker] = partial(self._trace_on, errand.asker)
        self._turns.start(0)

    def note(self, directory: str, values: str | None) -> None:
        """A session has these values now; None or "" for none that are known."""
        self._matching.note(directory, values)
        self._shown.note(directory, values)
        self._traces.note(directory, values)

    def tell(self) -> None:
        """Tell what is different now; of a search that is under way, it is told at its end."""
        self._told_at = time.monotonic()
        if Match not in self._under_way and (found := self._matching.news()) is not None:
            conditions = self._matching.conditions
            self.answered.emit(Matched(self._root, conditions, found.directories, found.unknown))
        if rows := self._shown.news():
            self.answered.emit(ValuesShown(self._root, self._shown.names, rows))
        for traced in self._traces.news(self._under_way):
            self.answered.emit(traced)

    def tell_sometimes(self) -> None:
        """The same, in the middle of a work that goes on: not more often than all TOLD_EVERY seconds."""
        if time.monotonic() - self._told_at > TOLD_EVERY:
            self.tell()

    def end(self) -> None:
        """Answer nothing any more."""
        self._turns.stop()

    # ---- in pieces

    @Slot()
    def _go_on(self) -> None:
        question = next(iter(self._under_way))
        work = self._under_way.pop(question)
        if not work():
            self._under_way[question] = work  # behind the others
        else:
            self.searched.emit()
            self.tell()
        if not self._under_way:
            self._turns.stop()

    def _search_on(self) -> bool:
        return self._matching.go_on(PIECE_SECONDS)

    def _show_on(self) -> bool:
        rows, ended = self._shown.go_on(PIECE_SECONDS, PORTION)
        if rows:
            self.answered.emit(ValuesShown(self._root, self._shown.names, rows))
        return ended

    def _trace_on(self, asker: str) -> bool:
        traced, ended = self._traces.go_on(asker, PIECE_SECONDS)
        if traced is not None:
            self.answered.emit(traced)
        return ended

    def _count_on(self) -> bool:
        ended = self._names.go_on(PIECE_SECONDS)
        if ended:
            self.answered.emit(NamesCounted(self._root, self._names.counts))
        return ended

    def _find_on(self) -> bool:
        ended = self._users.go_on(PIECE_SECONDS)
        if ended:
            self.answered.emit(UsersFound(self._root, self._users.found))
        return ended

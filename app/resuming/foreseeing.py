"""Asking the launchers of a session, while its Resume sheet is open, what they would make of its state.

One idea: the sheet opens at once with what the file alone tells; what the launcher itself says comes when it
comes, and an answer that nobody waits for any more is dropped. One of the same name in another module is
asked when it is chosen, and not before: there may be many. Not for how a launcher is asked (`rehearsal`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.checks import Checked
from app.rehearsing.rehearsal import Asked, Rehearse, Stop, Way
from app.resume_exchange import Foreseen, ResumeChoice, ResumeOffer
from persistence.document import Document


class Foreseeing(QObject):
    """`foreseen` carries a Foreseen: what is known so far."""

    foreseen = Signal(object)

    def __init__(self, ask: Callable[[Rehearse | Stop], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._stamp = 0
        self._waiting = False
        self._about: tuple[str, Document] | None = None
        self._said: dict[Way, Checked | None] = {}  # None: it has not answered yet

    def begin(self, offer: ResumeOffer, document: Document) -> None:
        """Ask those launchers of the offer that may be asked, about the state as they will find it."""
        self.stop()
        self._about = offer.directory, document
        self._said = {Way(choice.namespace): None for choice in offer.choices if choice.asks}
        self._ask_all()

    def choose(self, choice: ResumeChoice) -> None:
        """Another launcher or way to start it was chosen: ask that, too, where nobody has."""
        other = choice.started_as if choice.started_as != choice.namespace else ""
        way = Way(choice.namespace, other)
        if self._about is not None and choice.asks and way not in self._said:
            self._said[way] = None
            self._ask_all()

    def stop(self) -> None:
        """The sheet is gone: nobody waits."""
        self._about = None
        if self._waiting:
            self._waiting = False
            self._ask(Stop(self._stamp))

    def take(self, answer: object) -> None:
        """Take in what a launcher said."""
        if isinstance(answer, Asked) and self._waiting and answer.stamp == self._stamp:
            self._waiting = bool(answer.asking)
            self._said.update({Way(one.namespace, one.started_as): one for one in answer.launchers})
            known = tuple(one for one in self._said.values() if one is not None)
            self.foreseen.emit(Foreseen(answer.directory, known, answer.asking))

    def _ask_all(self) -> None:
        """All that have not answered: a new request takes the place of the one under way."""
        ways = tuple(way for way, said in self._said.items() if said is None)
        if self._about is not None and ways:
            directory, document = self._about
            self._stamp += 1
            self._waiting = True
            self._ask(Rehearse(directory, self._stamp, document, ways=ways))

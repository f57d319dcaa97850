"""Asking the launchers of a session, while its Resume sheet is open, what they would make of its state.

One idea: the sheet opens at once with what the file alone tells; what the launcher itself says comes when it
comes, and an answer that nobody waits for any more is dropped. Not for how a launcher is asked (`rehearsal`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.rehearsing.rehearsal import Asked, Rehearse, Stop
from app.resume_exchange import Foreseen, ResumeOffer
from persistence.document import Document


class Foreseeing(QObject):
    """`foreseen` carries a Foreseen: what is known so far."""

    foreseen = Signal(object)

    def __init__(self, ask: Callable[[Rehearse | Stop], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._stamp = 0
        self._waiting = False

    def begin(self, offer: ResumeOffer, document: Document) -> None:
        """Ask those launchers of the offer that may be asked, about the state as they will find it."""
        self.stop()
        names = tuple(choice.namespace for choice in offer.choices if choice.asks)
        if names:
            self._stamp += 1
            self._waiting = True
            self._ask(Rehearse(offer.directory, self._stamp, document, names))

    def stop(self) -> None:
        """The sheet is gone: nobody waits."""
        if self._waiting:
            self._waiting = False
            self._ask(Stop(self._stamp))

    def take(self, answer: object) -> None:
        """Take in what a launcher said."""
        if isinstance(answer, Asked) and self._waiting and answer.stamp == self._stamp:
            self._waiting = bool(answer.asking)
            self.foreseen.emit(Foreseen(answer.directory, answer.launchers, answer.asking))

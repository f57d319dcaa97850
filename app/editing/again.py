"""Doing changes again that a run wrote over.

One idea: the run's save stands; what it wrote over is offered with its difference, and doing it again makes
unsaved edits of it, on the newest version, which are looked at and saved like any other. It never saves by
itself. Not for finding out what was written over (`overwritten`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.editing.drafts import Drafts
from app.editing.notices import named
from app.exchange import AgainRequest, Banner
from app.session import last_part
from app.session_errands import ReadReplaced, ReplacedRead
from app.snapshot import SessionSnapshot
from app.words.change_texts import change_text
from persistence.errors import StateError

APPLY, SHOW = "apply_again", "show_overwritten"
_GONE = "The session was changed since then. Nothing was applied again."


class Again(QObject):
    """`offer_shown` carries a ReplacedRead: the sheet is to be opened with it. The others carry what the
    window's setters of these names take.
    """

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)
    session_chosen = Signal(object)
    offer_shown = Signal(object)

    def __init__(
        self, drafts: Drafts, ask: Callable[[ReadReplaced], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._ask = ask
        self._asked: set[ReadReplaced] = set()
        self._offers: dict[str, ReplacedRead] = {}

    def take_session(self, shown: tuple[SessionSnapshot, Draft | None]) -> None:
        """Look whether the run that saved what is shown wrote over a change; once for each version."""
        snapshot = shown[0]
        directory = snapshot.directory
        if directory in self._offers and self._offers[directory].errand.etag != snapshot.etag:
            self._forget(directory)
        errand = ReadReplaced(directory, snapshot.etag)
        if errand not in self._asked and _says_so(snapshot) and self._ask(errand):
            self._asked.add(errand)

    def take(self, answer: object) -> None:
        """Take in what was found."""
        if isinstance(answer, ReplacedRead) and answer.changes:
            directory = answer.errand.directory
            self._offers[directory] = answer
            actions = (("Apply it again", APPLY), ("Show", SHOW))
            self.banner_shown.emit(Banner(f"again:{directory}", "amber", _text(answer), actions))

    def act(self, key: str, action: str) -> None:
        """Do what a button of one of our banners says."""
        offer = self._offers.get(key.partition(":")[2])
        if offer is None or action not in (APPLY, SHOW):
            return
        directory = offer.errand.directory
        if action == APPLY:
            spots = frozenset((one.namespace, one.place) for one in offer.changes)
            self.apply(AgainRequest(directory, offer.errand.etag, spots))
        else:
            self.session_chosen.emit(directory)
            self.offer_shown.emit(offer)

    def apply(self, request: AgainRequest) -> None:
        """Make unsaved edits of the changes at these places."""
        offer, draft = self._offers.get(request.directory), self._drafts.get(request.directory)
        if offer is None or draft is None or draft.base_etag != request.etag or draft.outdated:
            self.message_shown.emit(_GONE)
            return
        changes = [one for one in offer.changes if (one.namespace, one.place) in request.places]
        try:
            self._drafts.apply(request.directory, changes)
        except StateError as error:
            self.message_shown.emit(f"Not applied again: {error}")
            return
        self._forget(request.directory)
        what = (
            "1 change is an unsaved edit"
            if len(changes) == 1
            else f"{len(changes):,} changes are unsaved edits"
        )
        self.message_shown.emit(f"{what} again. Look at what it would be now, then save.")

    def _forget(self, directory: str) -> None:
        self._offers.pop(directory, None)
        self.banner_removed.emit(f"again:{directory}")


def _says_so(snapshot: SessionSnapshot) -> bool:
    document = snapshot.document
    return document is not None and any(document.namespace(name).replaced for name in document.namespaces)


def _text(offer: ReplacedRead) -> str:
    whose = f"{offer.who}'s change" if offer.who else "a change"
    what = named(offer.changes)
    if len(offer.changes) == 1:
        text = change_text(offer.changes[0])
        what = f"{text.attribute} ({text.after}, now {text.before})"
    return f"The run of {last_part(offer.errand.directory)} saved over {whose} of {what}. Apply it again?"

"""Brings back what a session held before: a version of it.

One idea: each is one commit like any other, over the version that the operator saw and over no other, and is
taken back by bringing back the version that it replaced. What came of it is told by a banner that offers
that. Not for looking (`past`), nor for the question before (`views.bring_back_sheet`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.drafts import Drafts
from app.errands import Change, Done, NotDone, Restore
from app.exchange import Banner
from app.past_exchange import RestoreRequest
from app.session import last_part

UNDO = "undo_back"
_EDITED = "It has unsaved edits. Save or discard them first, then try again."


class BringingBack(QObject):
    """Its signals carry what the window's setters of these names take."""

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)

    def __init__(
        self, drafts: Drafts, change: Callable[[Change], bool], parent: QObject | None = None
    ) -> None:
        """`change` asks for a change and says whether that could be asked."""
        super().__init__(parent)
        self._drafts = drafts
        self._change = change
        self._asked: list[Change] = []
        self._undo: dict[str, Restore] = {}

    def restore(self, request: RestoreRequest) -> None:
        """Bring a version back, as confirmed."""
        self._ask(Restore(request.directory, request.sequence, request.etag))

    def act(self, key: str, action: str) -> None:
        """Do what the button of one of our banners says."""
        restore = self._undo.pop(key, None) if action == UNDO else None
        if restore is not None:
            self.banner_removed.emit(key)
            self._ask(restore)

    def take(self, answer: object) -> None:
        """Take in what the disk answered to one of ours."""
        if isinstance(answer, Done | NotDone) and any(one is answer.errand for one in self._asked):
            self._asked = [one for one in self._asked if one is not answer.errand]
            if isinstance(answer, Done):
                self._take_done(answer)
            else:
                self._tell_refused(answer.errand.directory, answer.sentence)

    def _ask(self, errand: Change) -> None:
        draft = self._drafts.get(errand.directory)
        if draft is not None and draft.count:
            self._tell_refused(errand.directory, _EDITED)
        elif self._change(errand):
            self._asked.append(errand)

    def _take_done(self, done: Done) -> None:
        directory = done.errand.directory
        key = f"back:{directory}"
        actions: tuple[tuple[str, str], ...] = ()
        if done.replaced is not None:
            self._undo[key] = Restore(directory, done.replaced, done.etag)
            actions = (("Undo", UNDO),)
        self.banner_removed.emit(f"refused:{directory}")
        self.banner_shown.emit(Banner(key, "green", _told(done), actions))

    def _tell_refused(self, directory: str, sentence: str) -> None:
        text = f"{last_part(directory)}: {sentence}" if last_part(directory) not in sentence else sentence
        self.banner_shown.emit(Banner(f"refused:{directory}", "vermilion", text))


def _told(done: Done) -> str:
    name, errand = last_part(done.errand.directory), done.errand
    what = f"Version {errand.sequence} of {name}" if isinstance(errand, Restore) else name
    return f"{what} is back, as version {done.sequence}. Every version before it is kept."

"""Two states side by side: a session as it is, with its edits, a version of it, or another session.

One idea: a question names its two sides; what is not at hand is read, what became another is read again, and
only the last question is answered. What is copied across becomes unsaved edits of the selected session, in
one step that Undo takes back, and is never written. Not for what a difference is (`differences`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.editing.drafts import Drafts
from app.history.comparing import Compare, Compared
from app.past_errands import PastErrand, ReadVersion, VersionRead
from app.past_exchange import CopyAcross, Side, SidesAnswer, SidesQuestion
from app.session import Delta, last_part
from app.snapshot import SessionSnapshot
from app.words.difference_texts import subject_text
from persistence.document import Document
from persistence.errors import StateError

_UNWATCHED = "This session is in no folder that is being watched."


class SideBySide(QObject):
    """`comparison_shown` carries a SidesAnswer, `message_shown` a sentence."""

    comparison_shown = Signal(object)
    message_shown = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        ask: Callable[[PastErrand], bool],
        compare: Callable[[Compare], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._ask = ask
        self._compare = compare
        self._session: SessionSnapshot | None = None
        self._question: SidesQuestion | None = None
        self._read: dict[Side, Document] = {}
        self._comparing: Compare | None = None

    # ---- intents

    def tell(self, question: SidesQuestion) -> None:
        """Tell how two states differ."""
        self._question = question
        self._comparing = None
        sides = (question.left, question.right)
        self._read = {side: document for side, document in self._read.items() if side in sides}
        left, right = (self._document(side) for side in sides)
        if left is not None and right is not None:
            self._comparing = Compare(left, right, question.equal, question.words)
            self._compare(self._comparing)

    def copy(self, request: CopyAcross) -> None:
        """Stage values of the other side as unsaved edits."""
        session, count = self._session, len(request.changes)
        if session is None or session.directory != request.directory or not session.editable:
            reason = session.not_editable_because if session else "It is not open."
            self.message_shown.emit(f"Nothing was copied. {reason}")
            return
        try:
            self._drafts.apply(request.directory, request.changes)
        except StateError as error:
            self.message_shown.emit(f"Nothing was copied: {error.cause}.")
            return
        what = "1 value is" if count == 1 else f"{count:,} values are"
        edits = "an unsaved edit" if count == 1 else "unsaved edits"
        self.message_shown.emit(f"{what} copied, as {edits} of {session.name}.{_subject(request)}")

    # ---- answers and facts

    def take_session(self, shown: tuple[SessionSnapshot, Draft | None]) -> None:
        """Take note of what the selected session holds now."""
        self._session = shown[0]

    def take_delta(self, delta: Delta) -> None:
        """Compare again where one of the two sessions has changed."""
        changed = {one.directory for one in (*delta.added, *delta.changed)}
        stale = [side for side in self._read if side.what == "now" and side.directory in changed]
        for side in stale:
            del self._read[side]
        if stale and self._question is not None:
            self.tell(self._question)

    def take(self, answer: object) -> None:
        """Take in what the disk answered."""
        question = self._question
        if not isinstance(answer, VersionRead) or question is None:
            return
        for side in (question.left, question.right):
            if answer.errand == _errand(side) and side not in self._read:
                self._take_side(question, side, answer)
                return

    def take_compared(self, answer: object) -> None:
        """Take in what came of a comparison."""
        if isinstance(answer, Compared) and answer.errand is self._comparing and self._question is not None:
            self.comparison_shown.emit(SidesAnswer(self._question, answer.comparison))

    def _take_side(self, question: SidesQuestion, side: Side, read: VersionRead) -> None:
        if read.document is None:
            problem = f"{last_part(side.directory)}: {read.problem}"
            self.comparison_shown.emit(SidesAnswer(question, problem=problem))
            return
        self._read[side] = read.document
        self.tell(question)

    def _document(self, side: Side) -> Document | None:
        """The state of a side; where it is not at hand it is asked for."""
        if side in self._read:
            return self._read[side]
        session = self._session
        if session is not None and side.directory == session.directory and isinstance(side.what, str):
            draft = self._drafts.get(side.directory) if side.what == "edits" else None
            if (document := draft.shown.document if draft else session.document) is not None:
                return document
        if not self._ask(_errand(side)) and self._question is not None:
            self.comparison_shown.emit(SidesAnswer(self._question, problem=_UNWATCHED))
        return None


def _subject(request: CopyAcross) -> str:
    said = subject_text(request.changes)
    return f" {said}" if said else ""


def _errand(side: Side) -> ReadVersion:
    return ReadVersion(side.directory, side.what if isinstance(side.what, int) else None)

"""What a session held before: its versions, and how each of them differs from now.

One idea: a question of the window becomes questions to the disk and to whoever compares; only the answer to
the last question is passed on. Not for bringing anything back (`bringing_back`), nor for comparing sessions
with each other (`side_by_side`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.exchange import Banner
from app.history.comparing import Compare, Compared
from app.past_errands import (
    CopySaved,
    HistoryRead,
    PastErrand,
    RawRead,
    ReadHistory,
    ReadRaw,
    ReadVersion,
    SaveCopy,
    VersionRead,
)
from app.past_exchange import CopyRequest, VersionAnswer, VersionQuestion
from app.session import last_part
from app.snapshot import SessionSnapshot
from persistence.document import Document

_UNWATCHED = "This session is in no folder that is being watched."


class Past(QObject):
    """`history_shown` carries a HistoryRead, `difference_shown` a VersionAnswer, `raw_shown` a RawRead; the
    others what the window's setters of these names take.
    """

    history_shown = Signal(object)
    difference_shown = Signal(object)
    raw_shown = Signal(object)
    message_shown = Signal(object)
    banner_shown = Signal(object)

    def __init__(
        self,
        ask: Callable[[PastErrand], bool],
        compare: Callable[[Compare], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._compare = compare
        self._now: SessionSnapshot | None = None
        self._question: VersionQuestion | None = None
        self._version: VersionRead | None = None
        self._comparing: Compare | None = None

    # ---- intents

    def tell_history(self, directory: str) -> None:
        """Tell all versions of a session."""
        if not self._ask(ReadHistory(directory)):
            self.history_shown.emit(HistoryRead(ReadHistory(directory), problem=_UNWATCHED))

    def tell_difference(self, question: VersionQuestion) -> None:
        """Tell how a version differs from now."""
        self._question = question
        errand = ReadVersion(question.directory, question.sequence)
        if self._version is not None and self._version.errand == errand:
            self._compare_with_now(question, self._version)
        elif not self._ask(errand):
            self.difference_shown.emit(VersionAnswer(question, problem=_UNWATCHED))

    def tell_raw(self, wanted: tuple[str, bool]) -> None:
        """Tell the bytes of a session's file; of a damaged one, where the damage is."""
        errand = ReadRaw(*wanted)
        if not self._ask(errand):
            self.raw_shown.emit(RawRead(errand, problem=_UNWATCHED))

    def save_copy(self, request: CopyRequest) -> None:
        """Write the exact bytes of a version where the operator wants them."""
        errand = SaveCopy(request.directory, request.sequence, request.target)
        if self._ask(errand):
            self.message_shown.emit(f"Saving a copy of {last_part(errand.directory)} …")
        else:
            self._tell_copy(CopySaved(errand, _UNWATCHED))

    # ---- answers and facts

    def take_session(self, shown: tuple[SessionSnapshot, Draft | None]) -> None:
        """Take note of what the selected session holds now."""
        snapshot = shown[0]
        if self._version is not None and self._version.errand.directory != snapshot.directory:
            self._version = self._question = None
        self._now = snapshot

    def take(self, answer: object) -> None:
        """Take in what the disk answered."""
        match answer:
            case HistoryRead():
                self.history_shown.emit(answer)
            case VersionRead():
                self._take_version(answer)
            case RawRead():
                self.raw_shown.emit(answer)
            case CopySaved():
                self._tell_copy(answer)

    def take_compared(self, answer: object) -> None:
        """Take in what came of a comparison."""
        if isinstance(answer, Compared) and answer.errand is self._comparing and self._question is not None:
            self.difference_shown.emit(VersionAnswer(self._question, answer.comparison))

    def _tell_copy(self, copy: CopySaved) -> None:
        errand = copy.errand
        if copy.problem:
            text = f"{last_part(errand.directory)}: {copy.problem}"
            self.banner_shown.emit(Banner(f"copy:{errand.target}", "vermilion", text))
            return
        what = f"version {errand.sequence} of " if errand.sequence is not None else ""
        self.message_shown.emit(f"Saved a copy of {what}{last_part(errand.directory)}: {errand.target}")

    def _take_version(self, read: VersionRead) -> None:
        question = self._question
        if question is None or read.errand != ReadVersion(question.directory, question.sequence):
            return
        self._version = read if read.document is not None else None
        self._compare_with_now(question, read)

    def _compare_with_now(self, question: VersionQuestion, read: VersionRead) -> None:
        if read.document is None:
            self.difference_shown.emit(VersionAnswer(question, problem=read.problem))
        elif self._now is not None and self._now.directory == question.directory:
            self._comparing = Compare(read.document, _document_of(self._now), question.equal)
            self._compare(self._comparing)


def _document_of(now: SessionSnapshot) -> Document | None:
    """What the session holds now: nothing, where it has no state; None where nobody can tell."""
    gone = now.problem is not None and now.problem.kind in ("no_state", "moved")
    return Document({}) if gone else now.document

"""Looking at the files of a session for as long as somebody does: what lies there, and one of them.

One idea: a look is asked for when the one before was answered, and after a rest that grows with what that one
took; so nothing piles up, on a slow share or before a window that is busy. What is the same is not told.

Not for reading (`files.followed`), and without a thread of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.file_errands import FileErrand, FileSeen, FilesListed, ListFiles, LookAt

LOOK_MS = 300
LIST_MS = 1500
_RESTS, _MOST_REST_MS = 10, 10_000  # times as long as the look took, but no longer than that
_UNWATCHED = "This session is in no folder that is being watched."


class Looking(QObject):
    """`files_shown` carries a FilesListed, `file_shown` a FileSeen, of what is looked at now."""

    files_shown = Signal(object)
    file_shown = Signal(object)

    def __init__(self, ask: Callable[[FileErrand], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = _Turn(self, LIST_MS, ask)
        self._look = _Turn(self, LOOK_MS, ask)
        self._listed: FilesListed | None = None
        self._seen: FileSeen | None = None

    # ---- intents

    def look_into(self, directory: str | None) -> None:
        """Look at what lies in a session from now on; None: nobody looks any more."""
        self._listed = None
        self._look.stop()
        if directory is None:
            self._list.stop()
        elif not self._list.begin(ListFiles(directory)):
            self.files_shown.emit(FilesListed(ListFiles(directory), problem=_UNWATCHED))

    def look_at(self, wanted: tuple[str, str] | None) -> None:
        """Look at one file of a session, (directory, name), from now on; None: at none."""
        self._seen = None
        if wanted is None:
            self._look.stop()
            return
        errand = LookAt(*wanted)
        if not self._look.begin(errand):
            self.file_shown.emit(FileSeen(errand, "problem", problem=_UNWATCHED))

    # ---- answers

    def take(self, answer: object) -> None:
        """Take in what a reader answered."""
        if isinstance(answer, FilesListed) and self._list.take(answer.errand):
            if answer != self._listed:
                self._listed = answer
                self.files_shown.emit(answer)
            self._list.rest(answer.errand)
        elif isinstance(answer, FileSeen) and self._look.take(answer.errand):
            self._tell(answer)
            self._look.rest(LookAt(answer.errand.directory, answer.errand.name, answer.seen))

    def _tell(self, answer: FileSeen) -> None:
        before = self._seen
        self._seen = answer
        if answer.news != "same" or (before is not None and before.problem):
            if before is not None and answer.problem and answer.problem == before.problem:
                return
            self.file_shown.emit(answer)


class _Turn(QObject):
    """One errand after another, none before the last is answered."""

    def __init__(self, parent: QObject, rest_ms: int, ask: Callable[[FileErrand], bool]) -> None:
        super().__init__(parent)
        self._rest_ms = rest_ms
        self._ask = ask
        self._out: FileErrand | None = None
        self._next: FileErrand | None = None
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def begin(self, errand: FileErrand) -> bool:
        """Ask now; an answer that is still to come is of no interest. False where nobody can be asked."""
        self.stop()
        self._out, self._began = errand, time.monotonic()
        return self._ask(errand)

    def stop(self) -> None:
        """Ask nothing any more."""
        self._out = self._next = None
        self._timer.stop()

    def take(self, errand: FileErrand) -> bool:
        """Whether that is the errand whose answer was waited for."""
        return errand is self._out

    def rest(self, errand: FileErrand) -> None:
        """Ask this, after a rest."""
        took = (time.monotonic() - self._began) * 1000
        self._out, self._next = None, errand
        self._timer.start(max(self._rest_ms, min(round(_RESTS * took), _MOST_REST_MS)))

    def _go_on(self) -> None:
        if self._next is not None:
            self.begin(self._next)

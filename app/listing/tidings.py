"""What was found of a folder's sessions, and all that follows from it.

One idea: whoever finds something, by a walk or by a single look, tells it here, and need not know who else is
concerned. The list is told. What was only glanced at is read wholly, what is half-written is looked at again,
what is gone is forgotten by all; answers over saved values become others, and what is known is kept for the
next start.

Lives on the thread of its worker. Not for finding (see `walking` and `looks`), nor for what is known (see
`ledger`).
"""

from collections.abc import Callable, Collection, Container, Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.folder_errands import Seen
from app.listing.half_written import HalfWritten
from app.listing.host import PIECE_SECONDS, Host
from app.listing.judging import Judging
from app.listing.ledger import Ledger
from app.listing.questions import Questions
from app.listing.walk import Walks
from app.session import Summary

WRITTEN_AFTER_MS = 500  # of what single looks found; till then a frame has been painted, and more has come


class Tidings(QObject):
    """`answered` carries Seen, and answers of `value_errands`. `look` is called with sessions that are to be
    looked at again.
    """

    answered = Signal(object)

    def __init__(
        self,
        root: str,
        ledger: Callable[[], Ledger],
        walks: Walks,
        host: Host,
        look: Callable[[list[str]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._root = root
        self._ledger = ledger
        self._walks = walks
        self._half_written = HalfWritten(look, self)
        self.questions = Questions(root, self, self._summary)
        self.questions.answered.connect(self.answered)
        self.questions.searched.connect(self.write)
        self.judging = Judging(
            ledger,
            self.questions,
            self._tell_judged,
            self.write,
            self,
            host.is_idle,
            host.give_way,
            host.starts,
        )
        self._writing = QTimer(self)
        self._writing.setSingleShot(True)
        self._writing.timeout.connect(self.write)

    def tell(self, seen: Seen) -> None:
        """Tell what was found."""
        self._half_written.take(seen.summaries, self._ledger().directories)
        self.answered.emit(seen)

    def judge_later(self, summaries: Iterable[Summary]) -> None:
        """Read these wholly, unless a look at the whole folder is under way, which lets read all."""
        self.judging.add(one.directory for one in summaries)
        if self._root not in self._walks:
            self.judging.begin()

    def judge_all(self, away: Container[str] = ()) -> None:
        """Read wholly what was only glanced at, the newest first; what is `away` might hang."""
        self.judging.begin(one for one in self._ledger().not_surveyed()[::-1] if one not in away)

    def forget(self, gone: Collection[str]) -> None:
        """These are no sessions any more."""
        self._ledger().forget(gone)
        self._walks.forget(gone)
        for directory in gone:
            self.questions.note(directory, None)

    @Slot()
    def write(self) -> None:
        """Keep what is known now, in pieces, and tell what follows from it."""
        if not self._ledger().write(PIECE_SECONDS):
            self._writing.start(0)
        if self._ledger().take_loss() and self._root not in self._walks:
            self.judge_all()
        self.questions.tell()

    def write_soon(self) -> None:
        """The same, when more may have come."""
        if not self._writing.isActive():
            self._writing.start(WRITTEN_AFTER_MS)

    def end(self) -> None:
        """Tell nothing any more."""
        self.questions.end()
        self.judging.pause()
        self._half_written.end()
        self._writing.stop()

    def _tell_judged(self, summaries: tuple[Summary, ...]) -> None:
        self._walks.note([one.directory for one in summaries])
        self.tell(Seen(self._root, self._root, summaries))

    def _summary(self, directory: str) -> Summary | None:
        return self._ledger().get(directory)

"""What keeps the list of one watched folder true: rounds through it, and looks at parts of it.

One idea: the disk is asked, never remembered. Here stands who is asked for what, and the ledger that all of
them share: walks through the whole folder (`walking`), looks at single sessions that somebody heard of
(`looks`), and what follows from what either finds (`tidings`), with the questions that are asked over it.

Lives on the thread of its worker (see `disk`). Not for comparing (see `catalog`), not for what has to be read
again (see `ledger`).
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.files.large import Large
from app.folder_errands import Forget, Look, Rescan, ScanEnded, Seen, Trust
from app.listing.at_home import AtHome
from app.listing.host import Host
from app.listing.index import Index
from app.listing.index_files import remove_unused
from app.listing.known import is_unreadable
from app.listing.ledger import Ledger
from app.listing.looks import Looks
from app.listing.precedents import look_back
from app.listing.tidings import Tidings
from app.listing.walk import Walks
from app.listing.walking import Walking
from app.session_errands import LookBack
from app.snapshot import SessionSnapshot
from app.value_errands import CountNames, FindUsers, Match, Question, ShowValues, Trace
from persistence.sessions.spilling import session_key


class Rounds(QObject):
    """The rounds through one folder. `answered` carries the answers of `folder_errands` and `value_errands`.

    `cache` is the folder for what is to be known at the next start, None for nothing; `host` is the worker.
    """

    answered = Signal(object)

    def __init__(
        self,
        root: str,
        rescan_seconds: float,
        cache: Path | None,
        host: Host,
        parent: QObject,
        large: Large | None = None,
    ) -> None:
        super().__init__(parent)
        self._root = root
        self._cache = cache
        self._host = host
        self._large = large
        self._forgetting = False
        self._ledger: Ledger | None = None
        self._walks = Walks()
        known, walks = self._known, self._walks
        self._tidings = Tidings(root, known, walks, host, self._look_at, self)
        self._walking = Walking(root, rescan_seconds, known, walks, self._tidings, host, self)
        self._looks = Looks(root, known, walks, self._tidings, self._walking.below, host)
        self._at_home = AtHome()
        self._tidings.answered.connect(self._tell)
        self._walking.answered.connect(self._tell)

    def do(self, errand: Rescan | Look | Trust | Forget | LookBack | Question) -> None:
        """What is asked about the list."""
        questions = self._tidings.questions
        match errand:
            case Rescan():
                self._walking.rescan()
            case Look():
                self._look_at(sorted(errand.directories))
            case Trust():
                self._walking.trust(errand)
            case Forget():
                self._forgetting = True
            case Match() | ShowValues() | CountNames() | FindUsers():
                questions.ask(errand, self._known().values())
            case Trace():
                questions.trace(errand, self._known().summaries(), self._known().values_of)
            case LookBack():
                self.answered.emit(look_back(errand, self._known()))

    def compare(self, snapshot: SessionSnapshot) -> None:
        """Look at a session again that somebody has read, and the list says otherwise whether it can be: what
        a user may read becomes another without any change of the file.
        """
        listed = self._known().get(snapshot.directory)
        if listed is not None and is_unreadable(listed.problem) != is_unreadable(snapshot.problem):
            self._look_at([snapshot.directory])

    def end(self) -> None:
        """Stop, and let go of threads and files."""
        self._tidings.end()
        self._walking.end()
        if self._forgetting:
            self._known().discard()
        elif self._ledger is not None:
            self._ledger.close()

    def _known(self) -> Ledger:
        """The ledger, which is opened here because it belongs to this thread."""
        if self._ledger is None:
            index = Index(self._cache, self._root)
            self._ledger = Ledger(index, self._root, self._large, self._host.give_way)
            if self._cache is not None:
                remove_unused(self._cache)
        return self._ledger

    @Slot(object)
    def _tell(self, answer: object) -> None:
        """Pass on what was found, and sessions that have other unsaved states at home than a moment ago."""
        ended = isinstance(answer, ScanEnded)
        turned = self._at_home.look(again=ended) if ended or isinstance(answer, Seen) else frozenset[str]()
        if turned:
            known = self._known().summaries()
            others = tuple(one for one in known if session_key(one.directory) in turned)
            self.answered.emit(self._with_those_at_home(Seen(self._root, self._root, others)))
        self.answered.emit(self._with_those_at_home(answer) if isinstance(answer, Seen) else answer)

    def _with_those_at_home(self, seen: Seen) -> Seen:
        return replace(seen, summaries=tuple(map(self._at_home.added_to, seen.summaries)))

    def _look_at(self, directories: list[str]) -> None:
        """Look at these, and tell what came of it; what is kept for the next start is kept soon."""
        if (seen := self._looks.at(directories)) is not None:
            self._tidings.tell(seen)
        self._tidings.questions.tell()
        self._tidings.write_soon()

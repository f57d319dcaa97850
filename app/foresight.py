"""Everything behind checks of a draft and names that are typed, put together: its worker, and who hears whom.

One idea: like `main`, this room only builds and connects. What is known of edits before they are saved comes
from two sides: a launcher that is asked on a thread of its own, and other sessions, which the disk looks at.
Not for behaviour: what a connection means is decided in the room at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.checks import CheckRequest
from app.disk.folders import Folders
from app.editing.drafts import Drafts
from app.keeping import Keeping
from app.rehearsing.checking import Checking
from app.rehearsing.knowing_names import KnowingNames
from app.rehearsing.rehearsal import Rehearsals
from app.settings import Places
from app.worker import Worker

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


class Foresight(QObject):
    """The rooms that know what would become of edits."""

    def __init__(
        self,
        where: Places,
        drafts: Drafts,
        folders: Folders,
        keeping: Keeping,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._folders = folders
        self._desk = keeping.desk
        self._rehearsals = Rehearsals(where)
        self.checking = Checking(self._rehearsals.ask, folders.ask, self)
        self._knowing_names = KnowingNames(self._rehearsals.ask, folders.ask, self._desk.snapshot, self)

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Whom to start at the beginning, and to end."""
        return (self._rehearsals,)

    def connect_window(self, window: MainWindow) -> None:
        """Let the window ask, and be told."""
        checking, knowing, strangers = self.checking, self._knowing_names, window.detail.state.strangers
        for telling in (self._rehearsals, self._folders):
            telling.answered.connect(knowing.take)
            telling.answered.connect(checking.take)
        strangers.names_wanted.connect(knowing.ask)
        knowing.known.connect(strangers.take)
        window.checkup.check_requested.connect(self.check)
        window.checkup.stop_requested.connect(checking.stop)
        checking.checks_shown.connect(window.checkup.show_checks)

    def check(self, request: CheckRequest) -> None:
        """Check what is chosen of the draft of a session; nothing where the session is not shown."""
        shown, draft = self._desk.selected, self._drafts.get(request.directory)
        if shown is None or shown.directory != request.directory or shown.document is None or draft is None:
            return
        if request.mine is not None and draft.merged is not None:
            draft = draft.would_be(request.mine)
        self.checking.check(request, draft.choose(request.places), draft.chosen(request.places))

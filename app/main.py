"""The application: builds every room that is no part of the window, connects them, and ends every thread.

One idea: rooms do not know each other; who hears whom is written here, or in a part of this room that has the
rooms around one thing (`keeping` and its like), and for rooms of the window among each other in `furnishing`.
Everything that touches the disk is a worker on a thread of its own, everything that shows is on this one.

What is painted first (`front`) is there before; the rest is built in steps, which follow each other at once,
or with what the user does between them (see `opening`). The steps and their order are the same; whether the
window is shown, and used, before the first of them is not.

Not for behaviour: what a connection means is decided in the room at its end.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QProcess, QTimer

from app.class_table import make_room
from app.disk.folders import Folders
from app.disk.watching import Watching
from app.editing.drafts import Drafts
from app.exchange import Banner
from app.first_start import FirstStart
from app.folder_errands import Seen
from app.foresight import Foresight
from app.front import Front
from app.hindsight import Hindsight
from app.inquiry import Inquiry
from app.keeping import Keeping
from app.launchers.rig_config import PLACES
from app.launchers.trust import Trusting
from app.listing.catalog import Catalog
from app.listing.endings import Endings
from app.listing.rests import RESCAN_SECONDS
from app.models.state.state_tree import StateTreeModel
from app.nearby import Nearby
from app.program import window
from app.remembering import Remembering
from app.resumption import Resumption
from app.right_of_way import RightOfWay
from app.settings_file import SettingsRead
from app.trends import Trends
from app.troubles import Journal, Troubles
from app.views.furnishing import furnishing
from app.worker import Worker, end_all


class Application(QObject):
    """All rooms, from construction to `shutdown`. Needs a QApplication.

    `roots` are watched in this run, beside the remembered folders, and are not remembered themselves.
    `config_dir` takes the place of the per-user directories; `rescan_seconds` is the rest between two looks
    at a whole folder. `clock` tells the local time of all that is shown and changed. `title` stands above the
    window, `greeting` in a banner at the start. Of `rig_configs` the first that is there names the folder to
    begin with.

    `front` is what was painted already, in place of `roots`, `config_dir`, `clock` and `title`; then nothing
    is built here but by `build`, step by step.
    """

    def __init__(
        self,
        roots: Iterable[str | Path] = (),
        config_dir: str | Path | None = None,
        *,
        rescan_seconds: float = RESCAN_SECONDS,
        clock: Callable[[], datetime] = datetime.now,
        title: str = "Rigstate",
        greeting: str = "",
        rig_configs: Sequence[str] = PLACES,
        front: Front | None = None,
    ) -> None:
        super().__init__()
        make_room()  # before there are threads
        self.front = front or Front(roots, config_dir, clock=clock, title=title)
        self.window = self.front.window
        self._theme, self._sessions = self.front.theme, self.front.sessions
        self._over = False
        self._rescan_seconds = rescan_seconds
        self._rig_configs = rig_configs
        self._greeting = greeting
        self._steps = self._built()
        if front is None:
            self.build_all()

    def build(self) -> bool:
        """Do the next step; False when there is none."""
        return next(self._steps, self) is None

    def build_all(self) -> None:
        """Do all steps that are left."""
        for _ in self._steps:
            pass

    def _built(self) -> Iterator[None]:
        self._make_rooms()
        self._make_parts()
        self._hear_troubles()
        yield
        yield from furnishing(self.window, self._sessions, self._state, self.front.clock)
        yield
        self._start_workers()
        yield
        self._connect()
        yield
        if self._greeting:
            self.window.show_banner(Banner("greeting", "blue", self._greeting))
        self._begin()

    def _make_rooms(self) -> None:
        """What knows of all folders and sessions."""
        where = self.front.where
        self._journal = Journal(where.data)
        self._troubles = Troubles(self._journal, self)
        self._right_of_way = RightOfWay(self)
        self._folders = Folders(
            self._rescan_seconds, self, cache=where.cache, give_way=self._right_of_way.give,
            clock=self.front.clock,
        )  # fmt: skip
        self._catalog = Catalog(self)
        self._watching = Watching(self._folders, self._catalog, self)
        self._trusting = Trusting(self)
        self._drafts = Drafts(self)
        self._endings = Endings(self)
        self._remembering = Remembering(where.config, self._theme, self, only=self.front.only)
        self._state = StateTreeModel()

    def _make_parts(self) -> None:
        """What puts together the rooms around one thing."""
        where, clock = self.front.where, self.front.clock
        self._inquiry = Inquiry(self._folders, self._catalog, self._sessions, self)
        self._keeping = Keeping(
            where.data / "drafts", self._drafts, self._folders, self._catalog, self._sessions.called, self
        )
        self._desk = self._keeping.desk
        self._foresight = Foresight(where, self._drafts, self._folders, self._keeping, self)
        self._hindsight = Hindsight(self._drafts, self._folders, self._catalog, self._keeping, clock, self)
        self._nearby = Nearby(self._folders.root_of, self._journal.path, self)
        self._trends = Trends(self._folders, self)
        self._first_start = FirstStart(self._rig_configs)
        self._resumption = Resumption(where, self._keeping, self._drafts, self._catalog, self)

    def shutdown(self) -> bool:
        """End every thread after what was asked of it; drafts and settings are on disk then.

        False when a thread hangs on a share that does not answer: it can only end with the process.
        """
        if self._over:
            return True
        self._over = True
        self.build_all()  # whoever closes it early closes a whole one
        self._remembering.end()
        ended = [self._watching.end(), self._folders.shutdown()]
        # What came of the last changes: a draft that was saved is not kept for the next start, and where one
        # was to be resumed, nothing starts any more.
        self._resumption.start_nothing_more()
        QCoreApplication.sendPostedEvents(self._folders, QEvent.Type.MetaCall.value)
        self._folders.let_go()
        ended.append(end_all(self._workers))
        ended.append(end_all((self._journal,)))  # the others may have had something to tell it
        self._catalog.blockSignals(True)  # what it has still to tell would be told to a window that is gone
        self._troubles.remove()
        self.window.close()
        self.window.deleteLater()
        return all(ended)

    # ---- beginning

    def _hear_troubles(self) -> None:
        """From the first step on: what goes wrong in the others is noted, too."""
        self._troubles.banner_shown.connect(self.window.show_banner)
        self._journal.start()
        self._troubles.install()

    def _start_workers(self) -> None:
        for worker in self._workers:
            worker.start()

    @property
    def _workers(self) -> tuple[Worker, ...]:
        """Whom to start, and to end; the journal apart, which all may have something to tell."""
        parts = (
            self._foresight, self._keeping, self._hindsight, self._nearby, self._trends, self._resumption,
        )  # fmt: skip
        of_parts = (worker for part in parts for worker in part.workers)
        return (*of_parts, self._remembering.file, self._first_start)

    def _begin(self) -> None:
        remembering, first = self._remembering, self.front.looked
        self._sessions.want_again()
        remembering.join(
            self.window, self._watching, self._trusting, self._resumption, self._folders, self._troubles
        )
        remembering.watch_named(self.front.roots)
        remembering.begin(None if first.settings is None else SettingsRead(first.settings, first.problem))
        for folder, page in first.pages:
            self._watching.take(Seen(folder, folder, page))
        self._keeping.begin()
        if self._over:
            self.window.wishes.forget()
            return
        self.window.take_up()
        QTimer.singleShot(0, self, self._begin_watching)

    def _begin_watching(self) -> None:
        """After the first paint, because the import takes as long as building the window."""
        if self._over:
            return
        from app.watch.watcher import Watcher

        watcher = Watcher(self, give_way=self._right_of_way.give)
        watcher.stirred.connect(self._watching.take_stirred)
        watcher.watched.connect(self._watching.take_watched)
        self._watching.begin(watcher)

    # ---- connections

    def _connect(self) -> None:
        self._right_of_way.watch(self.window)
        self._connect_disk()
        self._keeping.connect_window(self.window, self._state)
        self._inquiry.connect_window(self.window)
        self._foresight.connect_window(self.window)
        self._hindsight.connect_window(self.window)
        self._nearby.connect_window(self.window, self._desk)
        self._trends.connect_window(self.window)
        self._first_start.connect_window(self.window)
        self._connect_endings()
        self._connect_trust()
        self._connect_window()
        self._connect_resume()

    def _connect_disk(self) -> None:
        self._folders.answered.connect(self._right_of_way.begin)
        self._folders.answered.connect(self._watching.take)
        self._inquiry.connect_disk()
        self._catalog.roots_changed.connect(self._nearby.take_roots)
        self._catalog.roots_changed.connect(self.window.trends.take_roots)
        self._catalog.sessions_changed.connect(self._sessions.apply)
        self._keeping.connect_disk()
        self._hindsight.connect_disk()
        self._watching.unavailable_changed.connect(self._sessions.set_unavailable)
        self._watching.unavailable_changed.connect(self._desk.take_unavailable)
        self._watching.status_changed.connect(self.window.show_watch_status)
        self._drafts.draft_changed.connect(self._count_unsaved)
        self._keeping.aside.counted.connect(self._sessions.set_aside)

    def _connect_trust(self) -> None:
        trusting, window = self._trusting, self.window
        trusting.refusals_changed.connect(self._refuse)
        trusting.banner_shown.connect(window.show_banner)
        trusting.banner_removed.connect(window.remove_banner)
        window.banner_action.connect(trusting.act)
        window.preferring.trust_chosen.connect(trusting.choose)

    def _connect_endings(self) -> None:
        endings, window = self._endings, self.window
        self._catalog.sessions_changed.connect(endings.take)
        endings.banner_shown.connect(window.show_banner)
        endings.banner_removed.connect(window.remove_banner)
        endings.session_chosen.connect(window.select_session)
        window.banner_action.connect(endings.act)
        window.banner_dismissed.connect(endings.forget)
        window.session_selected.connect(endings.see)
        window.output.watched.connect(endings.watch)

    def _connect_window(self) -> None:
        window = self.window
        window.rescan_requested.connect(self._folders.rescan)
        window.demo_requested.connect(self._open_demo)

    def _connect_resume(self) -> None:
        self._resumption.connect_window(self.window)
        self._resumption.look_wanted.connect(self._folders.look_at)
        self._resumption.session_made.connect(self._sessions.set_heir)

    # ---- where a connection needs a word from a third room

    def _count_unsaved(self, directory: str) -> None:
        draft = self._drafts.get(directory)
        self._sessions.set_unsaved(directory, draft.count if draft else 0)

    def _refuse(self, reasons: Mapping[str, str]) -> None:
        """Some folders are only looked at; what is shown of a session says so at once."""
        self._folders.refuse(reasons)
        self.window.preferring.show_folders(self._trusting.folders)
        self.window.clearing.show_refusals(reasons)
        if self._desk.selected is not None:
            self._desk.select(self._desk.selected.directory)

    def _open_demo(self) -> None:
        """A window of its own, in a process of its own, with its own settings."""
        program, *arguments = window()
        self.window.show_message("The demo is being made; its window opens in a moment.")
        started, _ = QProcess.startDetached(program, [*arguments, "--demo"])
        if not started:
            self.window.show_message("The demo could not be started.")

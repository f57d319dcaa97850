"""Everything behind Resume, put together: its workers and flows, and who of them hears whom.

One idea: like `main`, this room only builds and connects; it is a room of its own because the connections of
Resume are as many as those of half the window. Not for behaviour: what a connection means is decided in the
room at its end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.editing.drafts import Drafts
from app.keeping import Keeping
from app.launchers.entries import Entries
from app.listing.catalog import Catalog
from app.rehearsing.rehearsal import Rehearsals
from app.resume_exchange import USUALLY_OLD, Filled, Neighbour, ResumeOffer, ResumeRequest, ResumeReturn
from app.resuming.foreseeing import Foreseeing
from app.resuming.going_on import GoingOn
from app.resuming.lineage import Relative
from app.resuming.offering import Prepare
from app.resuming.outlying import Outlying
from app.resuming.planning import MakePlan, Planning
from app.resuming.relatives import Relatives
from app.resuming.resume import Begun, Resume
from app.resuming.starting import Starting
from app.runs.following import FindEnded, FindRuns, Follow, Following, ReadOutput, StopRun
from app.session import Delta, last_part
from app.settings import Places
from app.worker import Worker

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


_NOTHING_YET = Filled()


class Resumption(QObject):
    """`user_confirmed` carries the name of whoever resumes, before anything is saved or started,
    `user_withdrawn` the same name where nothing started then;
    `look_wanted` directories in which a run began, went on or ended; `session_made` as `Starting` has it.
    """

    user_confirmed = Signal(object)
    user_withdrawn = Signal(object)
    look_wanted = Signal(object)
    session_made = Signal(object, object)

    def __init__(
        self,
        where: Places,
        keeping: Keeping,
        drafts: Drafts,
        catalog: Catalog,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = keeping.desk
        self._saves = keeping.saves
        self._drafts = drafts
        self._catalog = catalog
        self._resume = Resume(where)
        self._following = Following(where)
        self._rehearsals = Rehearsals(where)
        self._planning = Planning()
        self._starting = Starting(self._resume.ask, self)
        self._starting.session_made.connect(self.session_made)
        self._outlying = Outlying(self)
        self._relatives = Relatives(
            catalog, self._outlying, lambda: self._starting.made, lambda: self._desk.selected, self
        )
        self._going_on = GoingOn(self)
        self._foreseeing = Foreseeing(self._rehearsals.ask, self)
        self._entries = Entries(self._resume.ask, self)
        self._users: tuple[str, ...] = ()
        self._old_after = USUALLY_OLD
        self._wanted: tuple[str, tuple[str, ...]] | None = None

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Whom to start at the beginning, and to end."""
        return self._resume, self._following, self._rehearsals, self._planning

    def set_users(self, users: tuple[str, ...]) -> None:
        """Whom to offer: those who resumed from here before."""
        self._users = users

    def set_old_after(self, age: timedelta) -> None:
        """From which age on a saved state counts as old."""
        self._old_after = age

    def start_nothing_more(self) -> None:
        """Edits that are still being saved are not resumed with any more: the window is going."""
        self._saves.saved.disconnect(self._starting.take_saved)

    def connect_window(self, window: MainWindow) -> None:
        """Let the window ask, and be told."""
        self._resume.answered.connect(self._take_begun)
        self._resume.answered.connect(self._starting.take)
        self._following.answered.connect(self._starting.take)
        self._connect_runs(window)
        self._connect_outlying(window)
        self._connect_going_on(window)
        self._connect_sheet(window)
        self._connect_lineage(window)
        self._connect_by_hand(window)
        self._connect_entries(window)
        self._connect_starting(window)

    def _connect_sheet(self, window: MainWindow) -> None:
        """The sheet, its plan, and what the launcher says while it is open."""
        window.resuming.plan_wanted.connect(self._plan)
        self._planning.answered.connect(window.resuming.take_planned)
        self._rehearsals.answered.connect(self._foreseeing.take)
        window.asking.resume_sheet_requested.connect(self._offer)
        window.resume_requested.connect(lambda request: self._start(request, window))
        window.resuming.copy_requested.connect(self._starting.copy)
        self._starting.line_copied.connect(window.resuming.put_line)
        window.resuming.launcher_chosen.connect(self._foreseeing.choose)
        window.resuming.closed.connect(self._foreseeing.stop)
        window.resuming.again_requested.connect(self._offer_back)
        self._starting.offer_shown.connect(lambda offer: self._show_offer(offer, window))
        self._foreseeing.foreseen.connect(window.resuming.show_foreseen)

    def _connect_starting(self, window: MainWindow) -> None:
        """From the sheet to a launcher that runs: edits are saved first, and waits are told."""
        starting = self._starting
        starting.banner_shown.connect(window.show_banner)
        starting.banner_removed.connect(window.remove_banner)
        starting.patience.banner_shown.connect(window.show_banner)
        starting.patience.banner_removed.connect(window.remove_banner)
        window.banner_action.connect(starting.patience.act)
        starting.message_shown.connect(window.show_message)
        starting.message_over.connect(window.end_message)
        starting.save_requested.connect(self._saves.save_all)
        starting.user_confirmed.connect(self.user_confirmed)
        starting.user_withdrawn.connect(self.user_withdrawn)
        starting.look_wanted.connect(self.look_wanted)
        self._saves.saved.connect(starting.take_saved)
        self._saves.not_saved.connect(starting.take_not_saved)

    def _connect_runs(self, window: MainWindow) -> None:
        """Launchers that were started: what they say, and how they are stopped."""
        starting, ask = self._starting, self._following.ask
        starting.run_shown.connect(window.show_run)
        starting.output_printed.connect(lambda printed: window.append_output(*printed))
        starting.output_wanted.connect(window.show_output_of)
        starting.stop_wanted.connect(window.resuming.ask_stop)
        starting.offer_wanted.connect(lambda wanted: self._offer_again(window, *wanted))
        window.banner_action.connect(starting.act)
        window.resuming.stop_requested.connect(lambda key: ask(StopRun(key)))
        window.detail.output.output_wanted.connect(lambda key: ask(ReadOutput(key)))
        self._desk.session_shown.connect(self._offer_when_shown)
        ask(FindRuns())

    def _connect_outlying(self, window: MainWindow) -> None:
        """Sessions that runs have made where nobody watches."""
        outlying = self._outlying
        self._following.answered.connect(outlying.take)
        self._catalog.roots_changed.connect(outlying.take_roots)
        outlying.banner_shown.connect(window.show_banner)
        outlying.banner_removed.connect(window.remove_banner)
        outlying.watch_wanted.connect(window.watch_folder_requested)
        window.banner_action.connect(outlying.act)

    def _connect_going_on(self, window: MainWindow) -> None:
        """Runs of an earlier window that go on."""
        going_on = self._going_on
        self._following.answered.connect(going_on.take)
        going_on.banner_shown.connect(window.show_banner)
        going_on.banner_removed.connect(window.remove_banner)
        going_on.output_wanted.connect(window.show_output_of)
        window.banner_action.connect(going_on.act)
        window.banner_dismissed.connect(going_on.forget)

    def _connect_lineage(self, window: MainWindow) -> None:
        relatives = self._relatives
        relatives.told.connect(window.show_lineage)
        window.session_selected.connect(lambda _: relatives.forget())
        self._desk.session_shown.connect(lambda _: relatives.take_session())
        self._starting.look_wanted.connect(lambda _: relatives.tell())

    def _connect_by_hand(self, window: MainWindow) -> None:
        """Runs on a command line: looked for where the selected session may have had one, which marks it."""
        ask = self._following.ask

        def look(delta: Delta) -> None:
            snapshot = self._desk.selected
            if snapshot is not None and any(one.directory == snapshot.directory for one in delta.changed):
                ask(FindEnded())

        window.session_selected.connect(lambda _: ask(FindEnded()))
        self._catalog.sessions_changed.connect(look)

    def _connect_entries(self, window: MainWindow) -> None:
        """The operator's list of launchers."""
        entries, preferring = self._entries, window.preferring
        self._resume.answered.connect(entries.take)
        preferring.launchers_wanted.connect(entries.tell)
        preferring.entry_confirmed.connect(entries.keep)
        preferring.return_wanted.connect(self._offer_back)
        preferring.removal_requested.connect(entries.drop)
        entries.launchers_shown.connect(preferring.open)
        entries.offer_wanted.connect(self._offer_back)
        preferring.missing_wanted.connect(entries.look_for)
        entries.missing_told.connect(preferring.show_missing)
        entries.banner_shown.connect(window.show_banner)
        entries.banner_removed.connect(window.remove_banner)
        entries.message_shown.connect(window.show_message)

    # ---- where a connection needs a word from a third room

    def _take_begun(self, answer: object) -> None:
        if isinstance(answer, Begun):
            self._following.ask(Follow(answer.started))

    def _offer_again(self, window: MainWindow, directory: str, left_out: tuple[str, ...]) -> None:
        """Offer to resume without what could not be restored, as soon as the session is shown."""
        self._wanted = (directory, left_out)
        window.select_session(directory)
        self._offer_when_shown()

    def _offer_when_shown(self, *_shown: object) -> None:
        snapshot = self._desk.selected
        if self._wanted is not None and snapshot is not None and snapshot.directory == self._wanted[0]:
            (directory, left_out), self._wanted = self._wanted, None
            self._offer(directory, left_out)

    def _offer_back(self, back: ResumeReturn) -> None:
        """The sheet of before, with what was filled in there."""
        self._offer(back.directory, back.filled.left_out, back.filled)

    def _offer(self, directory: str, left_out: tuple[str, ...] = (), filled: Filled = _NOTHING_YET) -> None:
        snapshot, summary = self._desk.selected, self._catalog.get(directory)
        if snapshot is None or snapshot.directory != directory:
            return
        lineage = self._relatives.of(snapshot)
        errand = Prepare(
            snapshot,
            summary.subject if summary else "",
            self._users,
            resumed_as=_place(lineage.heir),
            resumed_before=len(lineage.others),
            resumed_from=_place(lineage.source),
            neighbours=tuple(
                Neighbour(one.directory, one.subject, one.running)
                for one in self._catalog.summaries
                if one.running is not None
            ),
            left_out=left_out,
            filled=filled,
            earlier=self._outlying.earlier(directory, self._relatives.is_listed),
        )
        self._starting.offer(errand)

    def _show_offer(self, offer: ResumeOffer, window: MainWindow) -> None:
        snapshot, draft = self._desk.snapshot(offer.directory), self._drafts.get(offer.directory)
        document = draft.document if draft is not None else snapshot.document if snapshot else None
        window.show_resume_sheet(replace(offer, old_after=self._old_after))
        if document is not None:
            self._foreseeing.begin(offer, document)

    def _plan(self, errand: MakePlan) -> None:
        """A slot of the worker's own would be one more attribute of it while its thread is there."""
        self._planning.ask(errand)

    def _start(self, request: ResumeRequest, window: MainWindow) -> None:
        snapshot, summary = self._desk.selected, self._catalog.get(request.directory)
        if snapshot is not None and snapshot.directory == request.directory:
            self._starting.start(request, snapshot, summary.subject if summary else "")
        else:
            window.show_message(f"{last_part(request.directory)}: not started, it is not shown any more.")


def _place(relative: Relative | None) -> str:
    """Where a relative is, or at least its name."""
    return (relative.directory or relative.name) if relative is not None else ""

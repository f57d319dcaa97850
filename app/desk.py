"""What the operator does with the selected session: intents come in, errands go out, and what came of them is
told.

One idea: nothing is assumed. An intent becomes an errand with the version that the operator saw; only the
answer changes what is shown. A save that is refused leaves draft and file as they are and says the way on.

Not for showing (the window is told by signals), not for clearing (`clearing`) nor for starting launchers
(`starting`), not for the disk.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app import notices
from app.draft import Draft
from app.draft_files import Loaded, NotKept
from app.drafts import Drafts
from app.edits import Edit
from app.errands import Change, Commit, Done, NotDone, Open, Opened, Waiting
from app.exchange import Banner, Decision, SaveRequest
from app.session import Delta, Snapshot, last_part
from persistence.errors import StateError


@dataclass(frozen=True, slots=True)
class _Asked:
    """A change under way; `looking` when it was confirmed on a sheet, which then opens again if it must."""

    errand: Change
    looking: bool = False


class Desk(QObject):
    """One selected session, and the changes that are under way.

    `session_shown` carries (Snapshot, Draft or None), `saved` a Snapshot and `not_saved` a directory: the
    edits are, or are not, what the file holds now. `save_wanted` carries (directory, sentence): the sheet is
    to be opened, and why. `give_up_requested` carries the directory whose change is not to be waited for. The
    others carry what the window's setter of that name takes.
    """

    session_shown = Signal(object)
    session_gone = Signal(object)
    session_chosen = Signal(object)
    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)
    save_wanted = Signal(object)
    give_up_requested = Signal(object)
    saved = Signal(object)
    not_saved = Signal(object)

    def __init__(
        self, drafts: Drafts, ask: Callable[[Open | Change], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._ask = ask
        self._selected: str | None = None
        self._stamp = 0
        self._snapshots: dict[str, Snapshot] = {}
        self._changing: dict[str, _Asked] = {}
        self._sheet_for: str | None = None
        self._running: set[str] = set()
        self._told: dict[str, Banner | None] = {}
        drafts.draft_changed.connect(self._show)

    @property
    def selected(self) -> Snapshot | None:
        """The selected session as it was read last; None before its first answer."""
        return self.snapshot(self._selected) if self._selected else None

    def snapshot(self, directory: str) -> Snapshot | None:
        """A session as it was read last; None where it was not, or is of no interest any more."""
        return self._snapshots.get(directory)

    # ---- intents

    def select(self, directory: str | None) -> None:
        """Show another session, or none."""
        self._selected = directory
        self._sheet_for = self._sheet_for if self._sheet_for == directory else None
        self._stamp += 1
        self._snapshots = {
            path: snapshot for path, snapshot in self._snapshots.items() if self._is_needed(path)
        }
        if directory:
            self._open(directory)

    def stage(self, directory: str, edit: Edit) -> None:
        """Stage an edit, unless nothing can be edited there now."""
        snapshot = self._snapshots.get(directory)
        if snapshot is None or not snapshot.editable:
            self.message_shown.emit(snapshot.not_editable_because if snapshot else "It is not open.")
            return
        try:
            self._drafts.stage(directory, edit)
        except StateError as error:
            self.message_shown.emit(f"Not changed: {error}")

    def revert(self, directory: str) -> None:
        """Discard all edits; over a version that is no longer on disk that means the disk's version."""
        draft = self._drafts.get(directory)
        if draft is not None and draft.outdated:
            self._reload(directory)
        elif draft is not None:
            self._drafts.revert(directory)

    def save(self, request: SaveRequest) -> None:
        """Save what was confirmed on the sheet, as one commit over the version that it showed."""
        self._save(request, looking=True)

    def save_all(self, directory: str) -> None:
        """Save all changes of a session.

        Ends in `saved` or in `not_saved`, whatever happens: somebody may wait for it to start a launcher.
        """
        draft = self._drafts.get(directory)
        self._save(SaveRequest(directory, draft.base_etag if draft else ""), looking=False)

    def decide(self, decision: Decision) -> None:
        """Take over what was decided, if it is about what the disk holds now, and save it if wanted."""
        directory, draft = decision.directory, self._drafts.get(decision.directory)
        if draft is None or draft.newer is None or draft.newer.etag != decision.etag:
            self._look_again(directory, "It was changed again before your decision was taken over.")
            return
        self._drafts.decide(directory, decision.mine)
        if decision.save:
            self.save(SaveRequest(directory, decision.etag))

    def save_later(self, directory: str) -> None:
        """The edits stay until the run has ended; then they are offered to be saved."""
        self._running.add(directory)
        self.message_shown.emit("Your edits are kept. You are told when the run has saved for the last time.")

    def act(self, key: str, action: str) -> None:
        """Do what a button of one of our banners says."""
        directory = key.partition(":")[2]
        if action == notices.RELOAD:
            self._reload(directory)
        elif action in (notices.DECIDE, notices.SAVE):
            self._show_sheet(directory)
            if action == notices.SAVE:
                self.banner_removed.emit(key)
        elif action == notices.CANCEL:
            self.give_up_requested.emit(directory)
        elif action == notices.SHOW:
            self.session_chosen.emit(directory)
            self.banner_removed.emit(key)

    # ---- answers and facts

    def take(self, answer: object) -> None:
        """Take in what the disk answered."""
        match answer:
            case Opened(snapshot, stamp):
                if stamp == self._stamp:
                    self._take_snapshot(snapshot)
            case Waiting(directory, holder, seconds_left):
                self.banner_shown.emit(notices.waiting(directory, holder, seconds_left))
            case Done():
                self._take_done(answer, self._end(answer.errand))
            case NotDone():
                self._take_not_done(answer, self._end(answer.errand))

    def take_drafts(self, answer: object) -> None:
        """Take in what became of the drafts that are kept on disk."""
        match answer:
            case Loaded(drafts, problems):
                self._drafts.restore(drafts)
                for number, problem in enumerate(problems):
                    self.banner_shown.emit(Banner(f"draft-file:{number}", "amber", problem))
                for draft in drafts:
                    self.banner_shown.emit(notices.kept(draft))
            case NotKept(directory, sentence):
                self.banner_shown.emit(Banner(f"not-kept:{directory}", "amber", sentence))

    def take_delta(self, delta: Delta) -> None:
        """Read the selected session again when the list says that it changed, and say when it is gone.

        A session with edits whose run has ended is offered to be saved.
        """
        for one in (*delta.added, *delta.changed):
            self._take_running(one.directory, running=one.running is not None and not one.running.finishing)
        if self._selected is None:
            return
        if any(one.directory == self._selected for one in (*delta.added, *delta.changed)):
            self._open(self._selected)
        elif self._selected in delta.removed:
            kept = " Your unsaved edits are kept." if self._has_edits(self._selected) else ""
            self.session_gone.emit((self._selected, f"This session is no longer in its folder.{kept}"))

    # ---- the selected session

    def _open(self, directory: str) -> None:
        if not self._ask(Open(directory, self._stamp)):
            self.session_gone.emit((directory, "This session is in no folder that is being watched."))

    def _take_snapshot(self, snapshot: Snapshot) -> None:
        directory = snapshot.directory
        self._snapshots[directory] = snapshot
        before = self._drafts.get(directory)
        merge = self._drafts.open(snapshot)
        draft = self._drafts.get(directory)
        if draft is before:
            self._show(directory)
        if draft is not None and merge is not None:
            self.banner_shown.emit(notices.merged(draft, snapshot, merge))
        if directory == self._sheet_for == self._selected:
            self._show_sheet(directory)

    def _show(self, directory: str) -> None:
        snapshot, draft = self._snapshots.get(directory), self._drafts.get(directory)
        if snapshot is not None and draft is not None and draft.outdated and not draft.count:
            self._drafts.open(snapshot)  # the last edit was undone: nothing is left of the old base
            return
        self._tell_standing(directory, draft, snapshot)
        if directory == self._selected and snapshot is not None:
            self.session_shown.emit((snapshot, draft))

    def _tell_standing(self, directory: str, draft: Draft | None, snapshot: Snapshot | None) -> None:
        """How the edits stand to what the disk holds now; told when that becomes another."""
        banner = notices.standing(draft, snapshot) if draft is not None and snapshot is not None else None
        if banner is None:
            self.banner_removed.emit(f"outdated:{directory}")
        elif banner != self._told.get(directory):
            self.banner_removed.emit(f"merged:{directory}")
            self.banner_shown.emit(banner)
        self._told[directory] = banner
        if draft is None or not draft.count:
            self.banner_removed.emit(f"merged:{directory}")

    def _show_sheet(self, directory: str, sentence: str = "") -> None:
        """Open the sheet that leads to a save, now or when the session is shown."""
        if directory == self._selected and directory in self._snapshots:
            self._sheet_for = None
            self.save_wanted.emit((directory, sentence))
        else:
            self._sheet_for = directory
            self.session_chosen.emit(directory)

    def _take_running(self, directory: str, *, running: bool) -> None:
        draft = self._drafts.get(directory)
        if running:
            self._running.add(directory)
            self.banner_removed.emit(f"ended-run:{directory}")
        elif directory in self._running:
            self._running.discard(directory)
            if draft is not None and draft.count:
                self.banner_shown.emit(notices.ended(draft))

    def _is_needed(self, directory: str) -> bool:
        return directory == self._selected or directory in self._changing or self._has_edits(directory)

    def _has_edits(self, directory: str) -> bool:
        draft = self._drafts.get(directory)
        return draft is not None and bool(draft.count)

    # ---- changes

    def change(self, errand: Change) -> bool:
        """Ask for a change of a session, unless one is under way there; False, and told, when not asked."""
        return self._ask_for(_Asked(errand))

    def _ask_for(self, asked: _Asked) -> bool:
        directory = asked.errand.directory
        if directory in self._changing:
            self.message_shown.emit(f"{last_part(directory)} is still being saved.")
            return False
        if not self._ask(asked.errand):
            self.banner_shown.emit(notices.refused(directory, "It is in no folder that is being watched."))
            return False
        self._changing[directory] = asked
        return True

    def _end(self, errand: Change) -> _Asked:
        self.banner_removed.emit(f"waiting:{errand.directory}")
        return self._changing.pop(errand.directory, _Asked(errand))

    def _save(self, request: SaveRequest, *, looking: bool) -> None:
        directory, draft = request.directory, self._drafts.get(request.directory)
        asked = None
        if draft is None or not draft.count or request.places == frozenset():
            self.message_shown.emit("There is nothing to save.")
        elif draft.merged:
            self._look_again(directory, "Nothing is saved yet. Decide first what both of you changed.")
        elif draft.base_etag != request.etag:
            self._look_again(directory, "Nothing is saved yet. It was changed while you were looking at it.")
        else:
            document = draft.document if request.places is None else draft.choose(request.places)
            asked = _Asked(Commit(directory, document, draft.base_etag, request.note), looking)
        if asked is None or not self._ask_for(asked):
            self.not_saved.emit(directory)

    def _take_done(self, done: Done, asked: _Asked) -> None:
        directory, errand = done.errand.directory, asked.errand
        self.banner_removed.emit(f"refused:{directory}")
        if isinstance(errand, Commit):
            self._drafts.saved(done.snapshot, errand.document, done.etag)
            self.message_shown.emit(f"Saved {last_part(directory)} as version {done.sequence}.")
        self._take_snapshot(done.snapshot)
        if done.doubt:
            self.banner_shown.emit(Banner(f"doubt:{directory}", "amber", done.doubt))
        if not isinstance(errand, Commit):
            return
        for kind in ("merged", "ended-run", "kept"):
            self.banner_removed.emit(f"{kind}:{directory}")
        if done.snapshot.etag == done.etag:
            self.saved.emit(done.snapshot)
        else:
            self.banner_shown.emit(notices.overtaken(done.snapshot, done.sequence))
            self.not_saved.emit(directory)

    def _take_not_done(self, answer: NotDone, asked: _Asked) -> None:
        directory = answer.errand.directory
        self._take_snapshot(answer.snapshot)
        if not isinstance(answer.errand, Commit):
            return
        if answer.kind == "cancelled":
            self.message_shown.emit(answer.sentence)
        elif answer.kind == "changed" and asked.looking:
            self._look_again(directory, notices.changed_first(answer.snapshot))
        else:
            self.banner_shown.emit(notices.refused(directory, answer.sentence))
        self.not_saved.emit(directory)

    def _look_again(self, directory: str, sentence: str) -> None:
        """Show what is to be saved, or decided, as it is now, and say why it comes again."""
        if directory == self._selected and self._has_edits(directory):
            self._show_sheet(directory, sentence)
        else:
            self.message_shown.emit(sentence)

    def _reload(self, directory: str) -> None:
        snapshot, draft = self._snapshots.get(directory), self._drafts.get(directory)
        if snapshot is None or draft is None or snapshot.document is None:
            reason = snapshot.not_editable_because if snapshot else "Open it first."
            self.banner_shown.emit(notices.refused(directory, reason))
            return
        self._drafts.reload(snapshot)
        self.message_shown.emit("Your edits were set aside. Undo brings them back.")

"""What the operator does with sessions: intents come in, errands go out, and what came of them is told.

One idea: nothing is assumed. An intent becomes an errand with the version that the operator saw; only the
answer changes what is shown. A save that is refused leaves draft and file as they are and offers the two ways
on; a clear offers the way back.

Not for showing (the window is told by signals), not for starting launchers (see `starting`), not for the
disk.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.draft import Draft
from app.draft_files import Loaded, NotKept
from app.drafts import Drafts
from app.edits import Edit
from app.errands import Change, Clear, Commit, Done, NotDone, Open, Opened, Restore
from app.exchange import Banner, ClearRequest
from app.session import Delta, Snapshot, last_part
from persistence.document import Document
from persistence.errors import StateError

RELOAD, SAVE_MINE, UNDO, SHOW = "reload", "save_mine", "undo", "show"


class Desk(QObject):
    """One selected session, and the changes that are under way.

    `session_shown` carries (Snapshot, Draft or None), `saved` a Snapshot and `not_saved` a directory: the
    edits are, or are not, what the file holds now. The others carry what the window's setter of that name
    takes.
    """

    session_shown = Signal(object)
    session_gone = Signal(object)
    session_chosen = Signal(object)
    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)
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
        self._changing: dict[str, Document | None] = {}  # with what was shown when it was asked
        self._cleared: dict[str, Restore] = {}
        drafts.draft_changed.connect(self._show)

    @property
    def selected(self) -> Snapshot | None:
        """The selected session as it was read last; None before its first answer."""
        return self._snapshots.get(self._selected) if self._selected else None

    # ---- intents

    def select(self, directory: str | None) -> None:
        """Show another session, or none."""
        self._selected = directory
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

    def save(self, directory: str) -> None:
        """Save the draft of a session, as one commit over the version that it was made on.

        Ends in `saved` or in `not_saved`, whatever happens: somebody may wait for it to start a launcher.
        """
        draft = self._drafts.get(directory)
        if draft is None or not draft.count:
            self.message_shown.emit("There is nothing to save.")
            self.not_saved.emit(directory)
            return
        if draft.outdated:
            self.message_shown.emit("Nothing is saved yet: choose above whether to reload or to save yours.")
        self._change(Commit(directory, draft.document, draft.base_etag))

    def clear(self, request: ClearRequest) -> None:
        """Clear saved state, as confirmed."""
        directory = request.directory
        snapshot, draft = self._snapshots.get(directory), self._drafts.get(directory)
        if draft is not None and draft.count:
            self._tell_refused(directory, "It has unsaved edits. Save or discard them first, then clear.")
        elif snapshot is not None and request.etag not in ("", snapshot.etag):
            sentence = "It was changed while you were looking at it. Look at it again, then clear."
            self._tell_refused(directory, sentence)
        elif snapshot is not None:
            self._change(Clear(directory, request.namespace, snapshot.etag))

    def act(self, key: str, action: str) -> None:
        """Do what a button of one of our banners says."""
        directory = key.partition(":")[2]
        if action == RELOAD:
            self._reload(directory)
        elif action == SAVE_MINE:
            self._save_mine(directory)
        elif action == UNDO and directory in self._cleared:
            self._change(self._cleared.pop(directory))
            self.banner_removed.emit(key)
        elif action == SHOW:
            self.session_chosen.emit(directory)
            self.banner_removed.emit(key)

    # ---- answers and facts

    def take(self, answer: object) -> None:
        """Take in what the disk answered."""
        match answer:
            case Opened(snapshot, stamp):
                if stamp == self._stamp:
                    self._take_snapshot(snapshot)
            case Done():
                self._take_done(answer, self._changing.pop(answer.errand.directory, None))
            case NotDone():
                self._changing.pop(answer.errand.directory, None)
                self._take_not_done(answer)

    def take_drafts(self, answer: object) -> None:
        """Take in what became of the drafts that are kept on disk."""
        match answer:
            case Loaded(drafts, problems):
                self._drafts.restore(drafts)
                for number, problem in enumerate(problems):
                    self.banner_shown.emit(Banner(f"draft-file:{number}", "amber", problem))
                self._tell_kept(drafts)
            case NotKept(directory, sentence):
                self.banner_shown.emit(Banner(f"not-kept:{directory}", "amber", sentence))

    def take_delta(self, delta: Delta) -> None:
        """Read the selected session again when the list says that it changed, and say when it is gone."""
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
        self._drafts.open(snapshot)
        draft = self._drafts.get(directory)
        if draft is before:
            self._show(directory)
        if draft is not None and draft.outdated and draft.count:
            self._tell_outdated(draft, snapshot)
        else:
            self.banner_removed.emit(f"outdated:{directory}")

    def _show(self, directory: str) -> None:
        snapshot = self._snapshots.get(directory)
        draft = self._drafts.get(directory)
        if snapshot is not None and draft is not None and draft.outdated and not draft.count:
            self._drafts.open(snapshot)  # the last edit was undone: nothing is left of the old base
        elif directory == self._selected and snapshot is not None:
            self.session_shown.emit((snapshot, draft))

    def _is_needed(self, directory: str) -> bool:
        return directory == self._selected or directory in self._changing or self._has_edits(directory)

    def _has_edits(self, directory: str) -> bool:
        draft = self._drafts.get(directory)
        return draft is not None and bool(draft.count)

    # ---- changes

    def _change(self, errand: Change) -> None:
        if errand.directory in self._changing:
            self.message_shown.emit(f"{last_part(errand.directory)} is still being saved.")
            self.not_saved.emit(errand.directory)
        elif self._ask(errand):
            draft = self._drafts.get(errand.directory)
            self._changing[errand.directory] = draft.document if draft else None
        else:
            self._tell_refused(errand.directory, "It is in no folder that is being watched.")
            self.not_saved.emit(errand.directory)

    def _take_done(self, done: Done, shown: Document | None) -> None:
        directory, errand = done.errand.directory, done.errand
        name = last_part(directory)
        self.banner_removed.emit(f"refused:{directory}")
        if isinstance(errand, Commit):
            self._drafts.saved(done.snapshot, shown or errand.document)
            self.message_shown.emit(f"Saved {name} as version {done.sequence}.")
        elif isinstance(errand, Clear):
            self._offer_undo(done)
        else:
            self.message_shown.emit(f"The saved state of {name} is back as it was.")
        self._take_snapshot(done.snapshot)
        if done.doubt:
            self.banner_shown.emit(Banner(f"doubt:{directory}", "amber", done.doubt))
        if not isinstance(errand, Commit):
            return
        if done.snapshot.etag == done.etag:
            self.saved.emit(done.snapshot)
        else:
            self._tell_overtaken(done)
            self.not_saved.emit(directory)

    def _offer_undo(self, cleared: Done) -> None:
        directory = cleared.errand.directory
        if cleared.replaced is not None:
            self._cleared[directory] = Restore(directory, cleared.replaced, cleared.etag)
        self._show_undo(directory)

    def _show_undo(self, directory: str) -> None:
        text = (
            f"Cleared the saved state of {last_part(directory)}. Its data and all earlier versions are kept."
        )
        self.banner_shown.emit(Banner(f"cleared:{directory}", "green", text, (("Undo", UNDO),)))

    def _take_not_done(self, answer: NotDone) -> None:
        directory = answer.errand.directory
        self._take_snapshot(answer.snapshot)
        draft = self._drafts.get(directory)
        if answer.kind == "refused" or draft is None or not draft.outdated:
            self._tell_refused(directory, answer.sentence)
        if answer.kind == "refused" and isinstance(answer.errand, Restore):
            self._cleared[directory] = answer.errand
            self._show_undo(directory)
        self.not_saved.emit(directory)

    def _reload(self, directory: str) -> None:
        snapshot, draft = self._snapshots.get(directory), self._drafts.get(directory)
        if snapshot is None or draft is None or snapshot.document is None:
            self._tell_refused(directory, snapshot.not_editable_because if snapshot else "Open it first.")
            return
        self.banner_removed.emit(f"outdated:{directory}")
        self._drafts.reload(snapshot)
        self.message_shown.emit("Your edits were set aside. Undo brings back those that still fit.")

    def _save_mine(self, directory: str) -> None:
        """Put the edits, and nothing but the edits, onto what is on disk now."""
        snapshot, draft = self._snapshots.get(directory), self._drafts.get(directory)
        if snapshot is None or draft is None:
            self.session_chosen.emit(directory)
            return
        if snapshot.document is None:
            self._tell_refused(directory, snapshot.not_editable_because)
            return
        try:
            document = draft.over(snapshot.document)
        except StateError as error:
            self._tell_refused(directory, f"Your edits do not fit the version on disk: {error}")
            return
        self.banner_removed.emit(f"outdated:{directory}")
        self._change(Commit(directory, document, snapshot.etag, note="edited over a later version"))

    def _tell_kept(self, drafts: tuple[Draft, ...]) -> None:
        for draft in drafts:
            edits = "1 unsaved edit" if draft.count == 1 else f"{draft.count} unsaved edits"
            text = f"{last_part(draft.directory)} has {edits} from an earlier time."
            self.banner_shown.emit(Banner(f"kept:{draft.directory}", "blue", text, (("Show", SHOW),)))

    def _tell_outdated(self, draft: Draft, found: Snapshot) -> None:
        who = f" by {found.saved_by}" if found.saved_by else ""
        what = f"{last_part(draft.directory)} was changed on disk{who} while you were editing"
        text = f"{what}. Your edits are not saved."
        actions = (("Reload", RELOAD), ("Save mine as a further version", SAVE_MINE))
        self.banner_shown.emit(Banner(f"outdated:{draft.directory}", "amber", text, actions))

    def _tell_overtaken(self, done: Done) -> None:
        directory = done.errand.directory
        who = f" by {done.snapshot.saved_by}" if done.snapshot.saved_by else ""
        text = (
            f"{last_part(directory)} was changed{who} right after your edits were saved as version "
            f"{done.sequence}. Look at what it holds now."
        )
        self.banner_shown.emit(Banner(f"overtaken:{directory}", "amber", text))

    def _tell_refused(self, directory: str, sentence: str) -> None:
        text = f"{last_part(directory)}: {sentence}" if last_part(directory) not in sentence else sentence
        self.banner_shown.emit(Banner(f"refused:{directory}", "vermilion", text))

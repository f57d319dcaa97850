"""The selected session, and what is done to edits short of saving them.

One idea: nothing is assumed. What is shown is what the disk answered, with the draft over it; when either
becomes another, that is shown.

Not for showing (the window is told by signals), not for what another file means for edits (`standing`), nor
for changing what is on disk (`saves`, `clearing`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.editing import notices
from app.editing.draft import Draft
from app.editing.draft_files import DraftNotKept, DraftsLoaded
from app.editing.drafts import Drafts
from app.editing.edits import Edit, Edits
from app.editing.standing import Standing
from app.exchange import Banner
from app.folder_errands import ScanEnded
from app.session import Delta, holds, last_part
from app.session_errands import Glimpsed, Open, Opened
from app.snapshot import SessionSnapshot
from persistence.document import Document, Place
from persistence.errors import StateError

_BEHIND = -2
"""The stamp of a look at a session that is not selected: what is told of its edits may not be so any more."""
_FREED = -3
"""The stamp of a look whether the rights to save in the selected session are back: no file tells of that."""


class Desk(QObject):
    """`session_shown` carries (SessionSnapshot, Draft or None), `save_wanted` (directory, sentence): the
    sheet that leads to a save is to be opened, and why. The others carry what the window's setters of these
    names take.
    """

    session_shown = Signal(object)
    glimpse_shown = Signal(object)
    session_gone = Signal(object, object)
    session_chosen = Signal(object)
    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)
    save_wanted = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        ask: Callable[[Open], bool],
        parent: QObject | None = None,
        *,
        called: Callable[[str], str] = last_part,
    ) -> None:
        """`called` says what a session is called among all."""
        super().__init__(parent)
        self._drafts = drafts
        self._ask = ask
        self._selected: str | None = None
        self._stamp = 0
        # since it was selected: a state that nobody has judged is better than none only
        self._is_read = False
        self._snapshots: dict[str, SessionSnapshot] = {}
        self._sheet_for: str | None = None
        self._unreachable: frozenset[str] = frozenset()
        self.standing = Standing(drafts, self.snapshot, called, self)
        self.standing.banner_shown.connect(self.banner_shown)
        self.standing.banner_removed.connect(self.banner_removed)
        self.standing.message_shown.connect(self.message_shown)
        drafts.draft_changed.connect(self._show)

    @property
    def selected(self) -> SessionSnapshot | None:
        """The selected session as it was read last; None before its first answer."""
        return self.snapshot(self._selected) if self._selected else None

    def snapshot(self, directory: str) -> SessionSnapshot | None:
        """A session as it was read last; None where it was not, or is of no interest any more."""
        return self._snapshots.get(directory)

    # ---- intents

    def select(self, directory: str | None) -> None:
        """Show another session, or none."""
        self._selected, self._is_read = directory, False
        self._sheet_for = self._sheet_for if self._sheet_for == directory else None
        self._stamp += 1
        self._snapshots = {
            path: snapshot for path, snapshot in self._snapshots.items() if self._is_needed(path)
        }
        if directory:
            self._open(directory)

    def stage(self, directory: str, edit: Edit, seen: Draft | None = None) -> None:
        """Stage an edit, unless nothing can be edited there now; `seen` is an earlier draft that whoever made
        it had before the eyes, and could edit then: it is kept whatever became of the session.
        """
        snapshot = self._snapshots.get(directory)
        if snapshot is None or seen is None:
            self.stage_together(directory, (edit,))
            return
        try:
            self._drafts.stage_on(snapshot, edit, seen)
        except StateError as error:
            self.message_shown.emit(f"Not changed: {error}")

    def stage_together(self, directory: str, edits: Edits) -> None:
        """Stage several edits as one step, unless nothing can be edited there now."""
        snapshot = self._snapshots.get(directory)
        if snapshot is None or not snapshot.editable:
            self.message_shown.emit(snapshot.not_editable_because if snapshot else "It is not open.")
            return
        try:
            self._drafts.stage_together(directory, edits)
        except StateError as error:
            self.message_shown.emit(f"Not changed: {error}")

    def take_back(self, directory: str, namespace: str, place: Place) -> None:
        """Take the edits at one place back, unless that has to wait for a decision."""
        try:
            self._drafts.take_back(directory, namespace, place)
        except StateError as error:
            self.message_shown.emit(f"Not taken back: {error}")

    def revert(self, directory: str) -> None:
        """Discard all edits; over a version that is no longer on disk that means the disk's version."""
        snapshot, draft = self._snapshots.get(directory), self._drafts.get(directory)
        if draft is None or not draft.count or self.standing.is_away(directory):
            return
        if draft.outdated and snapshot is not None and snapshot.document is not None:
            self._drafts.reload(snapshot)
        else:
            self._drafts.revert(directory)
        self.message_shown.emit(notices.discarded(draft.count))

    def act(self, key: str, action: str) -> None:
        """Do what a button of one of our banners says."""
        directory = key.partition(":")[2]
        if action in (notices.RELOAD, notices.DECIDE) and self.standing.is_away(directory):
            return
        if action == notices.RELOAD:
            self._reload(directory)
        elif action in (notices.DECIDE, notices.SAVE):
            self._show_sheet(directory)
            if action == notices.SAVE:
                self.banner_removed.emit(key)
                self.standing.forget(key)
        elif action == notices.SHOW:
            self.session_chosen.emit(directory)
            self.banner_removed.emit(key)

    # ---- answers and facts

    def take(self, answer: object) -> None:
        """Take in what the disk answered."""
        if isinstance(answer, Opened) and answer.stamp == _BEHIND:
            if self._is_needed(answer.snapshot.directory):
                self.take_snapshot(answer.snapshot)
        elif isinstance(answer, Opened) and answer.stamp == _FREED:
            shown = self._snapshots.get(answer.snapshot.directory)
            if shown is not None and shown != answer.snapshot:
                self.take_snapshot(answer.snapshot)
        elif isinstance(answer, ScanEnded) and self._selected and holds(answer.root, self._selected):
            self.look_for_rights()
        elif isinstance(answer, Opened | Glimpsed) and answer.stamp == self._stamp:
            if isinstance(answer, Opened):
                self.take_snapshot(answer.snapshot)
            elif not self._is_read:
                self.glimpse_shown.emit(answer.snapshot)

    def look_for_rights(self) -> None:
        """Read the selected session again if nothing could be saved there: perhaps it can by now."""
        if (shown := self.selected) is not None and shown.not_writable_because:
            self._ask(Open(shown.directory, _FREED))

    def take_drafts(self, answer: object) -> None:
        """Take in what became of the drafts that are kept on disk."""
        match answer:
            case DraftsLoaded(drafts, problems):
                self._drafts.restore(drafts)
                for number, problem in enumerate(problems):
                    self.banner_shown.emit(Banner(f"draft-file:{number}", "amber", problem))
                for draft in drafts:
                    self.standing.tell_kept(draft.directory, seen=draft.directory == self._selected)
            case DraftNotKept(directory, sentence):
                self.banner_shown.emit(Banner(f"not-kept:{directory}", "amber", sentence))

    def take_delta(self, delta: Delta) -> None:
        """Read the selected session again when the list says that it changed, and say when it is gone; read
        another one of whose edits it is told how they stand to what the disk held before, or whose are met by
        that: the disk may have gone on from them.
        """
        self.standing.take(delta)
        for one in (*delta.added, *delta.changed):
            if one.directory != self._selected and self._is_outdated(one.directory):
                self._ask(Open(one.directory, _BEHIND))
        if self._selected is None:
            return
        if any(one.directory == self._selected for one in (*delta.added, *delta.changed)):
            self._open(self._selected)
        elif self._selected in delta.removed:
            draft = self._drafts.get(self._selected)
            kept = f" {notices.edits_kept(draft)}" if draft is not None and draft.count else ""
            self.session_gone.emit(self._selected, f"This session is no longer in its folder.{kept}")

    def take_unavailable(self, folders: frozenset[str]) -> None:
        """Take in which folders cannot be reached now. A session that was read while its folder was away is
        read again: of one that comes back as it was the list has nothing to say.
        """
        turned, self._unreachable = self._unreachable ^ folders, folders
        self.standing.take_unavailable(folders)
        directory, shown = self._selected, self.selected
        unread = shown is None or shown.document is None
        if directory and unread and any(holds(folder, directory) for folder in turned):
            self._open(directory)
        for other, read in self._snapshots.items():
            is_back = any(holds(folder, other) for folder in turned - folders)
            if other != directory and read.document is None and is_back:
                self._ask(Open(other, _BEHIND))

    # ---- the selected session

    def open_anyway(self, directory: str) -> None:
        """Open the selected session although its file is larger than what is opened by itself."""
        if directory == self._selected:
            self._stamp += 1
            self._ask(Open(directory, self._stamp, any_size=True))

    def _open(self, directory: str) -> None:
        if not self._ask(Open(directory, self._stamp)):
            self.session_gone.emit(directory, "This session is in no folder that is being watched.")

    def take_snapshot(self, snapshot: SessionSnapshot, saved: Document | None = None, etag: str = "") -> None:
        """Take in what the disk holds of a session now, whoever asked for it; that we have put the version
        `etag` there ("": none); and that it is `saved`, made of its draft: both are shown at once.
        """
        directory = snapshot.directory
        self._is_read = self._is_read or directory == self._selected
        held = self._snapshots.get(directory)
        if held is not None and held.not_writable_because and not snapshot.not_writable_because:
            self.banner_removed.emit(f"refused:{directory}")  # why something was not done is over
        self._snapshots[directory] = snapshot
        before = self._drafts.get(directory)
        if saved is not None:
            self._drafts.saved(snapshot, saved, etag)
        theirs = self._drafts.open(snapshot)
        draft = self._drafts.get(directory)
        if draft is before:
            self._show(directory)
        if draft is not None and theirs:
            own = etag == snapshot.etag
            self.standing.tell_merged(draft, snapshot, theirs, own=own)
        if directory == self._selected:
            self._drafts.leave_all_but(directory)
        if directory == self._sheet_for == self._selected:
            self._show_sheet(directory)

    def _show(self, directory: str) -> None:
        snapshot, draft = self._snapshots.get(directory), self._drafts.get(directory)
        readable = snapshot is not None and snapshot.document is not None
        if snapshot is not None and readable and draft is not None and draft.outdated and not draft.count:
            self._drafts.open(snapshot)  # the last edit was undone: nothing is left of the old base
            return
        self.standing.look(directory)
        if directory == self._selected and snapshot is not None:
            self.standing.see_kept(directory)
            self.session_shown.emit((snapshot, draft))

    def _show_sheet(self, directory: str, sentence: str = "") -> None:
        """Open the sheet that leads to a save, now or when the session is shown."""
        if directory == self._selected and directory in self._snapshots:
            self._sheet_for = None
            self.save_wanted.emit((directory, sentence))
        else:
            self._sheet_for = directory
            self.session_chosen.emit(directory)

    def _is_needed(self, directory: str) -> bool:
        draft = self._drafts.get(directory)
        return directory == self._selected or (draft is not None and draft.is_kept)

    def _has_edits(self, directory: str) -> bool:
        draft = self._drafts.get(directory)
        return draft is not None and bool(draft.count)

    def _is_outdated(self, directory: str) -> bool:
        draft = self._drafts.get(directory)
        if draft is None:
            return False
        return bool(draft.met) or (draft.outdated and directory in self._snapshots)

    def look_again(self, directory: str, sentence: str) -> None:
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
        self.message_shown.emit(notices.set_aside(draft.count))

"""How the edits of each session stand to what is on the disk, told when that becomes another.

One idea: what is told once is not told again until it is different: that the file is another one by now, that
the run has ended which kept edits from being saved, that edits of an earlier time are there again. Edits of a
session that is not there stand against nothing, and nothing is done with them. Not for the words (`notices`),
nor for what the operator does about it (`desk`).
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.editing import notices
from app.editing.draft import Draft
from app.editing.drafts import Drafts
from app.exchange import Banner
from app.session import Delta, holds
from app.snapshot import SessionSnapshot
from persistence.files.runner import Running
from persistence.states.diff import Change


class Standing(QObject):
    """The signals carry what the window's setters of these names take."""

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)
    message_over = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        snapshot: Callable[[str], SessionSnapshot | None],
        called: Callable[[str], str],
        parent: QObject,
    ) -> None:
        """`snapshot` gives a session as it was read last, `called` what it is called among all."""
        super().__init__(parent)
        self._drafts = drafts
        self._called = called
        self._snapshot = snapshot
        self._running: set[str] = set()
        self._promised: dict[str, str] = {}  # that the end of a run will be told
        self._ended: dict[str, Banner] = {}  # runs of which the end is told
        self._untold: set[str] = set()  # those of them of which it is not told while nothing can be saved
        self._finishing: set[str] = set()  # those of them that only save their last state
        self._away: set[str] = set()  # not there now: nothing on disk that edits could stand against
        self._unreachable: frozenset[str] = frozenset()
        self._read_away: dict[str, SessionSnapshot] = {}  # of what was away then: it tells nothing
        self._told: dict[str, Banner | None] = {}
        self._kept: dict[str, str] = {}  # what sessions were called of whose edits it was told
        drafts.carried.connect(self._carry_end)

    def look(self, directory: str) -> None:
        """Something became of the draft, or of the session."""
        draft, snapshot, banner = self._drafts.get(directory), self._snapshot(directory), None
        if directory in self._away:
            self._note_away(snapshot)
        elif draft is not None and snapshot is not None:
            banner = self._banner(draft, snapshot)
        if banner is None:
            self.banner_removed.emit(f"outdated:{directory}")
        elif banner != self._told.get(directory):
            self.banner_removed.emit(f"merged:{directory}")
            if self._is_unread(directory):
                self._leave_end_untold(directory)
            else:
                self._see_end(directory)
            self.banner_shown.emit(banner)
        self._told[directory] = banner
        if draft is None or not draft.count:
            self.see_kept(directory)
            self._see_end(directory)
        elif directory in self._ended and directory not in self._away:
            self._show_end(draft)
        if draft is None or not draft.is_kept:
            self.banner_removed.emit(f"merged:{directory}")

    def _banner(self, draft: Draft, snapshot: SessionSnapshot) -> Banner | None:
        """How edits stand to what was read; nothing where it was away then, and is back."""
        directory = snapshot.directory
        if snapshot.document is None and draft.count and self._is_unreachable(directory):
            self._note_away(snapshot)
            return notices.unreachable(draft)
        if self._read_away.get(directory) is snapshot:
            return None
        self._read_away.pop(directory, None)
        return notices.standing(draft, snapshot)

    def _note_away(self, snapshot: SessionSnapshot | None) -> None:
        if snapshot is not None and snapshot.document is None:
            self._read_away[snapshot.directory] = snapshot

    def take(self, delta: Delta) -> None:
        """Take in which sessions went, came, or changed; one whose run has ended is offered to be saved."""
        for directory in delta.removed:
            self._away.add(directory)
            self.look(directory)
            self._leave_end_untold(directory)
        for one in (*delta.added, *delta.changed):
            if one.directory in self._away:
                self._away.discard(one.directory)
                self.look(one.directory)
            self._take_running(one.directory, one.running)
        for directory, name in tuple(self._kept.items()):
            if name != self._called(directory):  # another one of its name is known now
                self.tell_kept(directory, seen=False)

    def take_unavailable(self, folders: frozenset[str]) -> None:
        """Take in which folders cannot be reached now: nobody can say then what they hold."""
        self._unreachable = folders
        for directory, banner in tuple(self._told.items()):
            if banner is not None:
                self.look(directory)

    def wait_for_end(self, directory: str) -> None:
        """The edits stay until the run of a session has ended; then they are offered to be saved."""
        draft = self._drafts.get(directory)
        self._running.add(directory)
        self._promised[directory] = notices.waits(draft.count if draft is not None else 0)
        self.message_shown.emit(self._promised[directory])

    def tell_merged(
        self, draft: Draft, found: SessionSnapshot, theirs: Sequence[Change], *, own: bool
    ) -> None:
        """Tell that edits were put onto another version; with the end of a run, where that is told."""
        ended = self._ended.get(draft.directory)
        if ended is None or own:
            self.banner_shown.emit(notices.merged(draft, found, theirs, own=own))
        else:
            self.banner_shown.emit(notices.with_theirs(ended, found, theirs))

    def forget(self, key: str) -> None:
        """A notice was dismissed, or its button was pressed."""
        kind, _, directory = key.partition(":")
        if kind == "ended-run":
            self._see_end(directory)

    def _is_unreachable(self, directory: str) -> bool:
        return any(holds(folder, directory) for folder in self._unreachable)

    def is_away(self, directory: str) -> bool:
        """Whether it is not there now; then it is said that nothing is done with its edits."""
        away, draft = directory in self._away, self._drafts.get(directory)
        if away and draft is not None and draft.count:
            self.banner_shown.emit(notices.away(draft))
        return away

    def tell_kept(self, directory: str, *, seen: bool) -> None:
        """Tell that edits of an earlier time are there again, and the way to them unless they are `seen`."""
        draft = self._drafts.get(directory)
        if draft is None or not draft.count:
            return
        if seen:
            self.message_shown.emit(notices.there_again(draft))
        else:
            name = self._kept[directory] = self._called(directory)
            self.banner_shown.emit(notices.kept(draft, name))

    def see_kept(self, directory: str) -> None:
        """The edits of an earlier time are seen, or gone."""
        self._kept.pop(directory, None)
        self.banner_removed.emit(f"kept:{directory}")

    def _take_running(self, directory: str, run: Running | None) -> None:
        if run is not None and not run.finishing:
            self._running.add(directory)
            self._see_end(directory)
        elif directory in self._running:
            self._running.discard(directory)
            self.message_over.emit(self._promised.pop(directory, ""))
            self._tell_end(directory, finishing=run is not None)

    def _carry_end(self, directory: str, to: str) -> None:
        """Edits were put to where their session is by now: the end of its run, told or not, is told there."""
        draft, waits = self._drafts.get(directory), directory in self._running
        if draft is None or draft.outdated or to in self._running or not (waits or directory in self._ended):
            return
        self._running.discard(directory)
        self.message_over.emit(self._promised.pop(directory, ""))
        self._tell_end(to, finishing=False)

    def _tell_end(self, directory: str, *, finishing: bool) -> None:
        draft = self._drafts.get(directory)
        if draft is not None and draft.count:
            self.banner_removed.emit(f"merged:{directory}")
            (self._finishing.add if finishing else self._finishing.discard)(directory)
            self._show_end(draft)

    def _show_end(self, draft: Draft) -> None:
        """Tell the end of a run, where what is told of it is different by now."""
        directory = draft.directory
        before = self._ended.get(directory)
        banner = notices.ended(draft, finishing=directory in self._finishing)
        self._ended[directory] = banner
        if self._is_unread(directory):
            self._leave_end_untold(directory)
        elif banner != before or directory in self._untold:
            self._untold.discard(directory)
            self.banner_shown.emit(banner)

    def _leave_end_untold(self, directory: str) -> None:
        """Nothing can be saved there now: that it can is told when it is so."""
        if directory in self._ended:
            self._untold.add(directory)
        self.banner_removed.emit(f"ended-run:{directory}")

    def _is_unread(self, directory: str) -> bool:
        """Whether what stands there could not be read, and not only while it was away."""
        snapshot = self._snapshot(directory)
        unread = snapshot is not None and snapshot.document is None
        return unread and self._read_away.get(directory) is not snapshot

    def _see_end(self, directory: str) -> None:
        """The end of a run is seen, or is told no longer."""
        self._ended.pop(directory, None)
        self._untold.discard(directory)
        self.banner_removed.emit(f"ended-run:{directory}")

"""Unsaved edits whose session is not there any more, or is in no watched folder.

One idea: the edits stay whatever became of the folder, a banner says so, and the edited state can be written
into a file of the operator's choice, or put where just the state is by now that they are of, or that was
saved last there: what both changed is decided in the new place. A folder that is only not watched any more
can be watched again. Nothing is made anew where the session was: it may have been moved on purpose.
Not for writing (`elsewhere`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.editing.drafts import Drafts
from app.editing.notices import ELSEWHERE, edits_kept, refused
from app.exchange import Banner
from app.files.elsewhere import EditedWritten, WriteEdited
from app.session import Delta, Summary, last_part
from app.session_errands import Open, Opened
from app.snapshot import SessionSnapshot
from app.words.edit_texts import are, the_edits, them, your_edits

DISCARD, UNDO_DISCARD, WATCH, CARRY = "discard_gone", "undo_discard", "watch_again", "carry_edits"
_LOOK = -1
"""The stamp of a look at a session that is not to be shown."""


class Gone(QObject):
    """`watch_wanted` carries a folder, `session_chosen` a directory to be selected, `file_wanted` the
    directory whose edits are to be written elsewhere, `gone_shown` a directory, the sentence to be read in
    the place of its state ("": none any more), how many edits of it there are, and the session that holds
    what was edited ("": none). The others carry what the window's setters of these names take.
    """

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)
    file_wanted = Signal(object)
    gone_shown = Signal(object)
    watch_wanted = Signal(object)
    session_chosen = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        ask: Callable[[Open], bool],
        write: Callable[[WriteEdited], None],
        root_of: Callable[[str], str],
        parent: QObject | None = None,
        *,
        listed: Callable[[], Iterable[Summary]] = tuple,
    ) -> None:
        """`root_of` gives the watched folder that holds a session, "" where there is none; `listed` all
        sessions.
        """
        super().__init__(parent)
        self._drafts = drafts
        self._ask = ask
        self._write = write
        self._root_of = root_of
        self._listed = listed
        self._told: dict[str, int] = {}  # of how many edits
        self._missing: set[str] = set()
        self._discarded: set[str] = set()
        self._held: dict[str, str] = {}  # of sessions with edits: the version that is known to be the last
        drafts.draft_changed.connect(self._follow)

    # ---- facts

    def take_delta(self, delta: Delta) -> None:
        """Hear which sessions went, and which came back."""
        self._missing.update(delta.removed)
        for directory in delta.removed:
            self._tell(directory)
        for one in (*delta.added, *delta.changed):
            self._held.pop(one.directory, None)
            if self._count(one.directory):
                self._held[one.directory] = one.etag
            self._missing.discard(one.directory)
            self._take_back(one.directory)
            self._end_offer(one.directory)
        etags = {one.etag for one in delta.added}
        for directory in tuple(self._told):
            draft = self._drafts.get(directory)
            if draft is not None and not etags.isdisjoint(self._versions(draft)):
                self._tell(directory)  # it has another name now

    def miss(self, directory: str) -> None:
        """The session that was shown is not listed any more: say why, where none is to be seen now."""
        draft, name = self._drafts.get(directory), last_part(directory)
        if not self._root_of(directory):
            return  # it is not watched any more, as somebody wanted
        if draft is not None and draft.count:
            self.gone_shown.emit((directory, *self._became(draft)))
        else:
            self.gone_shown.emit((directory, f"{name} was moved, renamed or deleted.", 0, ""))

    def look_for(self, directory: str) -> None:
        """Find out whether a session with edits is there, because somebody wants to see it."""
        if self._count(directory) and not self._ask(Open(directory, _LOOK)):
            self._tell(directory)

    def take(self, answer: object) -> None:
        """Take in what was found, or what came of writing."""
        match answer:
            case Opened(snapshot, stamp) if stamp == _LOOK and _is_gone(snapshot):
                self._tell(snapshot.directory)
            case EditedWritten(errand, problem):
                self._tell_written(errand, problem)

    # ---- intents

    def act(self, key: str, action: str) -> None:
        """Do what a button of our banner says."""
        directory = key.partition(":")[2]
        if action == ELSEWHERE:
            self.file_wanted.emit(directory)
        elif action == WATCH:
            self.watch_wanted.emit(str(Path(directory).parent))
        elif action == DISCARD and self._count(directory):
            self._discard(directory)
        elif action == CARRY:
            self.carry(directory)
        elif action == UNDO_DISCARD:
            self._drafts.undo(directory)

    def save_elsewhere(self, directory: str, target: str) -> None:
        """Write the edited state of a session into this file."""
        draft = self._drafts.get(directory)
        if draft is not None:
            self._write(WriteEdited(directory, draft.document, target))

    def carry(self, directory: str) -> None:
        """Put the edits of a session where the state is by now that they are of."""
        heir = self._heir(directory)
        if heir:
            self._drafts.carry(directory, heir)
            self.session_chosen.emit(heir)
        elif count := self._count(directory):
            kept = f"{your_edits(count)} {are(count)} kept."
            self.message_shown.emit(f"No session holds that saved state any more. {kept}")

    # ---- within

    def _discard(self, directory: str) -> None:
        """Where no session can be selected, the step back is offered right here."""
        count = self._count(directory)
        self._drafts.revert(directory)
        self._discarded.add(directory)
        what = f"{the_edits(count).capitalize()} of {last_part(directory)} {are(count)} discarded"
        text = f"{what}. Undo is possible while this window is open."
        self.banner_shown.emit(Banner(f"discarded:{directory}", "blue", text, (("Undo", UNDO_DISCARD),)))

    def _heir(self, directory: str) -> str:
        """The one session without edits that holds just the state that these edits are of, or the one that
        was saved over that before the session went; "" for none.
        """
        draft = self._drafts.get(directory)
        if draft is None or not draft.count:
            return ""
        versions = self._versions(draft)
        same = [
            one.directory for one in self._listed() if one.etag in versions and one.directory != directory
        ]
        return same[0] if len(same) == 1 and not self._count(same[0]) else ""

    def _versions(self, draft: Draft) -> set[str]:
        return {draft.base_etag, self._held.get(draft.directory) or draft.base_etag}

    def _end_offer(self, directory: str) -> None:
        """The edits are back, or the session is, with an Undo of its own."""
        if directory in self._discarded:
            self._discarded.discard(directory)
            self.banner_removed.emit(f"discarded:{directory}")

    def _count(self, directory: str) -> int:
        draft = self._drafts.get(directory)
        return draft.count if draft is not None else 0

    def _follow(self, directory: str) -> None:
        draft = self._drafts.get(directory)
        if draft is None or not draft.count:
            self._take_back(directory)
            return
        self._end_offer(directory)
        if draft.newer is not None and draft.newer.document is not None:
            self._held[directory] = draft.newer.etag  # met in a save, perhaps, before the list tells it
        is_told = directory in self._told
        if (is_told or directory in self._missing) and self._told.get(directory) != draft.count:
            self._tell(directory)  # what somebody was typing when it went

    def _tell(self, directory: str) -> None:
        draft = self._drafts.get(directory)
        if draft is not None and draft.count:
            self._told[directory] = draft.count
            watched = bool(self._root_of(directory))
            text, edited, heir = self._became(draft)
            again = () if watched else (("Watch its folder", WATCH),)
            again = (*again, (f"Put {them(draft.count)} there", CARRY)) if heir else again
            actions = (
                *again,
                ("Save elsewhere…", ELSEWHERE),
                ("Discard edits", DISCARD),
            )
            self.banner_shown.emit(Banner(f"gone:{directory}", "amber", text, actions))
            if watched:
                self.gone_shown.emit((directory, text, edited, heir))

    def _became(self, draft: Draft) -> tuple[str, int, str]:
        """What became of a session with edits, in words, how many there are, and which holds their state."""
        watched, heir = bool(self._root_of(draft.directory)), self._heir(draft.directory)
        what = "is no longer where it was" if watched else "is in no folder that is watched now"
        text = f"{last_part(draft.directory)} {what}. {edits_kept(draft)}"
        return f"{text} {self._holds(draft, heir)}" if heir else text, draft.count, heir

    def _holds(self, draft: Draft, heir: str) -> str:
        """Which state it is that is there by now."""
        is_base = any(one.directory == heir and one.etag == draft.base_etag for one in self._listed())
        what = "the state that was edited" if is_base else "what was saved there last"
        return f"{last_part(heir)} holds {what}."

    def _take_back(self, directory: str) -> None:
        if directory in self._told:
            del self._told[directory]
            self.banner_removed.emit(f"gone:{directory}")
            self.gone_shown.emit((directory, "", 0, ""))

    def _tell_written(self, errand: WriteEdited, problem: str) -> None:
        if problem:
            self.banner_shown.emit(refused(errand.directory, problem))
        else:
            name = last_part(errand.directory)
            self.banner_removed.emit(f"refused:{errand.directory}")
            what = the_edits(count := self._count(errand.directory)).capitalize()
            kept = f" {what} {are(count)} kept, too." if count else ""
            self.message_shown.emit(f"Saved the edited state of {name}: {errand.target}.{kept}")


def _is_gone(snapshot: SessionSnapshot) -> bool:
    return snapshot.problem is not None and snapshot.problem.kind in ("no_state", "moved")

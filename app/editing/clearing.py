"""Clearing saved states, and taking that back.

One idea: what was cleared comes back by restoring the version before, over the version that clearing made
and over no other. The banner offers it at once, until something else is saved there; as long as history has
that version as the newest but one, the session does, too.

Not for the question before (`views.saving.clear_sheet`), nor for the disk.
"""

from collections.abc import Callable, Sequence
from itertools import islice

from PySide6.QtCore import QObject, Signal

from app.change_errands import ChangeErrand, Clear, Done, NotDone, Restore
from app.editing.drafts import Drafts
from app.editing.notices import refused
from app.exchange import Banner, ClearRequest
from app.session import Delta
from app.snapshot import SessionSnapshot
from app.words.edit_texts import them, unsaved_edits

UNDO = "undo_clear"
_CHANGED = "It was changed while you were looking at it. Look at it again, then clear."
_MOST_NAMED = 3


class Clearing(QObject):
    """Clears that were asked for here. Its signals carry what the window's setters of these names take."""

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        change: Callable[[ChangeErrand], bool],
        called: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        """`change` asks for a change and says whether that could be asked; `called` says what a session is
        called among all.
        """
        super().__init__(parent)
        self._drafts = drafts
        self._change = change
        self._called = called
        self._asked: dict[Clear | Restore, str] = {}
        self._cleared: dict[str, dict[str, Restore]] = {}
        self._before: dict[str, str] = {}  # the etag that each had, until the list has heard of its clear
        self._back: dict[str, list[str]] = {}  # what came back of those that were asked for together

    def clear(self, requests: Sequence[ClearRequest]) -> None:
        """Clear saved states, as confirmed together; what comes of them is told together."""
        key = f"cleared:{requests[0].directory}" if requests else ""
        if self._cleared.pop(key, None):
            self.banner_removed.emit(key)
        for request in requests:
            draft = self._drafts.get(request.directory)
            if draft is not None and draft.count:
                has, it = unsaved_edits(draft.count), them(draft.count)
                sentence = f"It has {has}. Save or discard {it} first, then clear."
                self.banner_shown.emit(refused(request.directory, sentence))
                continue
            if self._ask(Clear(request.directory, request.namespace, request.etag, request.note), key):
                self._before[request.directory] = request.etag

    def undo(self, snapshot: SessionSnapshot) -> None:
        """Bring back what the newest version of a session was cleared of."""
        if snapshot.cleared:
            restore = Restore(snapshot.directory, snapshot.cleared, snapshot.etag)
            self._ask(restore, self._key_of(snapshot.directory))

    def undo_last(self, snapshot: SessionSnapshot) -> None:
        """Do by Ctrl+Z what the banner's button does, only where it was cleared here; else it is said how."""
        key = self._key_of(snapshot.directory)
        if key in self._cleared:
            self.act(key, UNDO)
        elif snapshot.cleared:
            self.message_shown.emit("It was not cleared just now. Undo clear brings it back all the same.")

    def act(self, key: str, action: str) -> None:
        """Take back what a banner of ours tells of."""
        if action == UNDO:
            self.banner_removed.emit(key)
            for restore in self._cleared.pop(key, {}).values():
                if not self._ask(restore, key):
                    self._offer(restore, key)

    def take(self, answer: object) -> None:
        """Take in what the disk answered to one of ours."""
        match answer:
            case Done(Clear() | Restore() as errand) if errand in self._asked:
                self._take_done(answer, self._asked.pop(errand))
            case NotDone(Clear() | Restore() as errand) if errand in self._asked:
                self._take_not_done(answer, self._asked.pop(errand))

    def take_delta(self, delta: Delta) -> None:
        """What the list says now: nothing that was saved since is offered to be undone."""
        if not (self._cleared or self._before):
            return  # a list may be told anew as a whole
        for summary in (*delta.added, *delta.changed):
            directory = summary.directory
            if self._before.get(directory) == summary.etag:
                continue  # it has not heard of the clear yet
            self._before.pop(directory, None)  # from now on, that version is there because it was restored
            restore = self._cleared.get(self._key_of(directory), {}).get(directory)
            if restore is not None and summary.etag != restore.etag:
                self._forget(directory)

    def _ask(self, errand: Clear | Restore, key: str) -> bool:
        asked = self._change(errand)
        if asked:
            self._asked[errand] = key
        return asked

    def _take_done(self, done: Done, key: str) -> None:
        directory = done.errand.directory
        if isinstance(done.errand, Restore):
            self._back.setdefault(key, []).append(directory)
            self._forget(directory)
            self._tell_back(key)
            return
        self._drafts.begin_line(directory)
        if done.snapshot.etag != done.etag:
            self.message_shown.emit(
                f"Cleared {self._called(directory)}; it was saved again right after that."
            )
        elif done.replaced is not None:
            self._offer(Restore(directory, done.replaced, done.etag), key)

    def _take_not_done(self, answer: NotDone, key: str) -> None:
        errand = answer.errand
        if isinstance(errand, Clear):
            self._before.pop(errand.directory, None)
        if answer.kind == "cancelled":
            self.message_shown.emit(answer.sentence)
        elif answer.kind == "changed":
            sentence = _CHANGED if isinstance(errand, Clear) else f"Not brought back: {answer.sentence}"
            self.banner_shown.emit(refused(errand.directory, sentence))
        else:
            self.banner_shown.emit(refused(errand.directory, answer.sentence))
        if isinstance(errand, Restore) and answer.kind != "changed":
            self._offer(errand, key)
        self._tell_back(key)

    def _tell_back(self, key: str) -> None:
        """What came back, when nothing more is to come of what was asked for together."""
        if any(one == key and isinstance(errand, Restore) for errand, one in self._asked.items()):
            return
        back = self._back.pop(key, [])
        if len(back) > 1:
            self.message_shown.emit(f"The saved states of {len(back):,} sessions are back as they were.")
        elif back:
            self.message_shown.emit(f"The saved state of {self._called(back[0])} is back as it was.")

    def _offer(self, restore: Restore, key: str) -> None:
        """Offer to bring it back."""
        self._cleared.setdefault(key, {})[restore.directory] = restore
        self._tell(key)

    def _key_of(self, directory: str) -> str:
        """The banner that tells of it, perhaps together with others; else one of its own."""
        telling = (key for key, cleared in self._cleared.items() if directory in cleared)
        return next(telling, f"cleared:{directory}")

    def _forget(self, directory: str) -> None:
        """It is not cleared any more, whichever way it was brought back."""
        self._before.pop(directory, None)
        for key, cleared in tuple(self._cleared.items()):
            if cleared.pop(directory, None) is not None and cleared:
                self._tell(key)
            elif not cleared:
                self._cleared.pop(key)
                self.banner_removed.emit(key)

    def _tell(self, key: str) -> None:
        cleared = self._cleared[key]
        names = [self._called(directory) for directory in islice(cleared, _MOST_NAMED)]
        more = f" and {len(cleared) - _MOST_NAMED:,} more" if len(cleared) > _MOST_NAMED else ""
        what = (
            f"the saved state of {names[0]}. Its"
            if len(cleared) == 1
            else f"the saved states of {', '.join(names)}{more}. Their"
        )
        text = f"Cleared {what} data and all earlier versions are kept."
        both = "both" if len(cleared) == 2 else f"all {len(cleared):,}"
        words = "Undo" if len(cleared) == 1 else f"Undo {both}"
        self.banner_shown.emit(Banner(key, "green", text, ((words, UNDO),)))

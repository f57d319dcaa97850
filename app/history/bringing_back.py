"""Brings a state back: a version that a session held before, what is left of a damaged one, an unsaved one;
and what there was before edits were saved.

One idea: each is one commit like any other, over the version that the operator saw and over no other, and is
taken back by bringing back the version that it replaced; a clear that is taken back is as if it had never
been. Unsaved edits stay: they are put on top of it, as of
any other version that is found on disk. What came of it is told by a banner that offers to take it back where
there was a sound one, and else says where the bytes are; Undo does the same, and Redo brings it back again.
Not for looking (`past`, `recovering`), nor for the
question before (`views.history.bring_back_sheet`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.change_errands import BringIn, ChangeErrand, Clear, Done, NotDone, Restore
from app.editing.drafts import Drafts
from app.editing.edits import Edits
from app.exchange import Banner
from app.past_exchange import BackOffer
from app.session import Delta, last_part
from app.session_errands import Opened
from app.snapshot import SessionSnapshot

_IN_A_WORD = {Restore: "restore", BringIn: "bring in"}
UNDO, HISTORY = "undo_back", "show_history"
_NO_UNDO = "Undo does not go back behind that; History has every version."


@dataclass(frozen=True, slots=True)
class _Undo:
    """What takes a change back, the banner that offers it, and how Undo and Redo do.

    `edits` are those that there were in that moment. It is `passed` when something else was edited after that
    which Redo would bring back: the banner still does.
    """

    restore: Restore
    banner: Banner
    offer: BackOffer
    edits: Edits = ()
    passed: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """What a state was told to be: the number of the version, its etag, and for as long as the list may not
    know of it that of the version before.
    """

    sequence: int
    etags: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A change that is under way, whether what it replaces can be brought back again, how many steps of
    edits there were when it was asked for, and which offer it is the taking back of.
    """

    errand: ChangeErrand
    was_sound: bool
    steps: int
    undo: _Undo | None = None


class BringingBack(QObject):
    """Its signals carry what the window's setters of these names take, `history_wanted` a directory,
    `offers_changed` what can be taken back now: a BackOffer by directory.
    """

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)
    history_wanted = Signal(object)
    offers_changed = Signal(object)

    def __init__(
        self,
        change: Callable[[ChangeErrand], bool],
        snapshot: Callable[[str], SessionSnapshot | None],
        drafts: Drafts,
        parent: QObject | None = None,
    ) -> None:
        """`change` asks for a change and says whether it could be asked; `snapshot` is what was read last,
        `drafts` know which steps of edits can be undone there.
        """
        super().__init__(parent)
        self._change = change
        self._snapshot = snapshot
        self._drafts = drafts
        drafts.draft_changed.connect(self._take_draft)
        self._asked: list[_Asked] = []
        self._undo: dict[str, _Undo] = {}
        self._told: dict[str, _Told] = {}
        self._cleared: dict[str, _Undo] = {}  # what could be taken back when it was cleared
        self._saved = ""  # the banner of what was saved last

    def bring_back(self, errand: ChangeErrand) -> None:
        """Do what was confirmed."""
        self._ask(errand)

    def act(self, key: str, action: str) -> None:
        """Do what the button of one of our banners says."""
        if action == HISTORY:
            self.history_wanted.emit(key.partition(":")[2])
        undo = self._undo.get(key) if action == UNDO else None
        if undo is not None and self._ask(undo.restore, undo):
            self._take_offer(key)
            self.banner_removed.emit(key)

    def turn_back(self, directory: str) -> None:
        """Do by Undo, or by Redo, what the banner's button does."""
        self.act(f"back:{directory}", UNDO)

    def take(self, answer: object) -> None:
        """Take in what the disk answered to one of ours, and what it was found to hold."""
        if isinstance(answer, Opened) and answer.snapshot.version:
            seen = answer.snapshot
            self._tell_passed(seen.name, self._take_version(seen.directory, seen.etag, seen.version))
        if not isinstance(answer, Done | NotDone):
            return
        asked = next((one for one in self._asked if one.errand is answer.errand), None)
        if asked is None:
            if isinstance(answer, Done) and isinstance(answer.errand, Clear):
                self._keep_through_clear(answer.errand)
            if answer.snapshot.etag:  # else nobody could read what is there
                now = answer.snapshot
                self._take_version(now.directory, now.etag, now.version)
            if isinstance(answer, Done) and isinstance(answer.errand, Restore):
                self._offer_again(answer)
            return
        self._asked.remove(asked)
        if isinstance(answer, Done):
            self._take_done(answer, asked)
        else:
            self._take_not_done(answer, asked.undo)

    def take_saved(self, done: Done, left: int) -> None:
        """Edits were saved from their sheet, and `left` steps were not. The last save has a banner; Undo
        takes the others back, too.
        """
        if done.replaced is None:
            return
        directory = done.errand.directory
        what = f"Saved {last_part(directory)} as version {done.sequence}."
        self.banner_removed.emit(self._saved)
        self._saved = f"back:{directory}"
        banner = self._show(done, f"{what} The version before it is kept.", (("Undo", UNDO),))
        self._offer(done, done.replaced, banner, BackOffer(left, what="save"))

    def turn_to(self, directory: str | None) -> None:
        """A session is selected: what came to be of another one needs no banner any more where Undo takes it
        back there, for as long as it stands.
        """
        if directory is None:
            return
        for key in self._undo:
            if key != f"back:{directory}":
                self.banner_removed.emit(key)
        if self._saved != f"back:{directory}":
            self._saved = ""

    def take_delta(self, delta: Delta) -> None:
        """What the list says now: no banner says that a state is back which is another one since, and none
        offers to take back what a launcher works with. Undo does so when that has ended.
        """
        for summary in (*delta.added, *delta.changed):
            if summary.running is not None and (key := f"back:{summary.directory}") in self._undo:
                self.banner_removed.emit(key)
            self._tell_passed(summary.name, self._take_version(summary.directory, summary.etag))

    def _tell_passed(self, name: str, passed: bool) -> None:
        if passed:
            self.message_shown.emit(f"{name} was changed outside this window. {_NO_UNDO}")

    def _take_version(self, directory: str, etag: str, sequence: int = 0) -> bool:
        """The disk holds this version (0: its number is not known): what was saved after a state was brought
        back is not taken back so, nor are the same bytes that somebody else put there again.

        Whether something was offered to be taken back that is not any more.
        """
        told = self._told.get(directory)
        if told is None:
            return False
        if etag in told.etags and sequence <= told.sequence:
            if etag == told.etags[0]:
                self._told[directory] = replace(told, etags=(etag,))
            return False
        del self._told[directory]
        self.banner_removed.emit(f"back:{directory}")
        return self._take_offer(f"back:{directory}")

    def _keep_through_clear(self, clear: Clear) -> None:
        """What could be taken back when it was cleared."""
        undo = self._undo.get(f"back:{clear.directory}")
        self._cleared.pop(clear.directory, None)
        if undo is not None and undo.restore.etag == clear.etag:
            self._cleared[clear.directory] = undo

    def _offer_again(self, done: Done) -> None:
        """A clear was taken back: Undo goes on from the very state that there was before it."""
        undo = self._cleared.pop(done.errand.directory, None)
        if undo is not None and undo.restore.etag == done.etag == done.snapshot.etag:
            self._told[done.errand.directory] = _Told(done.sequence, (done.etag, done.errand.etag))
            self._offer(done, undo.restore.sequence, undo.banner, undo.offer)

    def _ask(self, errand: ChangeErrand, undo: _Undo | None = None) -> bool:
        if not self._change(errand):
            return False
        now = self._snapshot(errand.directory)
        was_sound, steps = now is not None and now.document is not None, self._drafts.steps(errand.directory)
        self._asked.append(_Asked(errand, was_sound, steps, undo))
        return True

    def _take_done(self, done: Done, asked: _Asked) -> None:
        self.banner_removed.emit(f"refused:{done.errand.directory}")
        told = _told(done)
        self.message_shown.emit(told)
        text = f"{told} Every version before it is kept."
        key = f"back:{done.errand.directory}"
        self._take_offer(key)
        if self._saved == key:  # it stands for what is told now, and no more for a save
            self._saved = ""
        if done.replaced is None:
            self._show(done, text)
        elif asked.was_sound:
            again = asked.undo is not None and not asked.undo.offer.again
            what = asked.undo.offer.what if asked.undo else _IN_A_WORD.get(type(done.errand), "recovery")
            banner = self._show(done, text, (("Undo", UNDO),))
            self._offer(done, done.replaced, banner, BackOffer(asked.steps, again, what))
        else:  # undone, nobody could read it
            text += f" What it replaces is version {done.replaced}."
            self._show(done, text, (("Go to History", HISTORY),))

    def _show(self, done: Done, text: str, actions: tuple[tuple[str, str], ...] = ()) -> Banner:
        """Tell what a state is now, for as long as it is that."""
        self._told[done.errand.directory] = _Told(done.sequence, (done.etag, done.errand.etag))
        banner = Banner(f"back:{done.errand.directory}", "green", text, actions)
        self.banner_shown.emit(banner)
        return banner

    def _offer(self, done: Done, before: int, banner: Banner, offer: BackOffer) -> None:
        """Offer to take it back, over the version that it became and over no other. What was typed since it
        was asked for is undone before it.
        """
        directory = done.errand.directory
        draft, steps = self._drafts.get(directory), self._drafts.steps(directory)
        restore = Restore(directory, before, done.etag, over=done.sequence)
        offer, edits = replace(offer, steps=min(offer.steps, steps)), draft.edits if draft is not None else ()
        self._put_offer(_Undo(restore, banner, offer, edits))

    def _take_draft(self, directory: str) -> None:
        """Its edits are others: Redo does not bring back what was there before a step that was made since."""
        undo = self._undo.get(f"back:{directory}")
        if undo is not None and not undo.passed and self._is_passed(undo):
            self._put_offer(undo)

    def _is_passed(self, undo: _Undo) -> bool:
        """Whether a step was made that Redo would have to go behind. One that is undone and taken again is
        none, and leads to the very edits that there were.
        """
        draft, steps = self._drafts.get(undo.restore.directory), undo.offer.steps
        if draft is None or not undo.offer.again:
            return False
        return len(draft.past) > steps or (len(draft.past) == steps and draft.edits is not undo.edits)

    def _take_not_done(self, answer: NotDone, undo: _Undo | None) -> None:
        if answer.kind == "cancelled":
            self.message_shown.emit(answer.sentence)
        else:
            self._tell_refused(answer.errand.directory, answer.sentence)
        if undo is not None and answer.kind != "changed":  # it can still be taken back
            self._put_offer(undo)
            self.banner_shown.emit(undo.banner)

    def _put_offer(self, undo: _Undo) -> None:
        self._undo[undo.banner.key] = replace(undo, passed=self._is_passed(undo))
        self._tell_offers()

    def _take_offer(self, key: str) -> bool:
        """Whether there was one."""
        taken = self._undo.pop(key, None) is not None
        if taken:
            self._tell_offers()
        return taken

    def _tell_offers(self) -> None:
        standing = (undo for undo in self._undo.values() if not undo.passed)
        self.offers_changed.emit({undo.restore.directory: undo.offer for undo in standing})

    def _tell_refused(self, directory: str, sentence: str) -> None:
        text = f"{last_part(directory)}: {sentence}" if last_part(directory) not in sentence else sentence
        self.banner_shown.emit(Banner(f"refused:{directory}", "vermilion", text))


def _told(done: Done) -> str:
    name, errand = last_part(done.errand.directory), done.errand
    match errand:
        case Restore(_, sequence):
            what = f"Version {sequence} of {name} is back"
        case BringIn():
            what = f"The unsaved state of {name} is brought in"
        case _:
            what = f"What could be recovered of {name} is saved"
    return f"{what}, as version {done.sequence}."

"""Changes of sessions under way, and above all the saving of drafts.

One idea: an intent becomes an errand over the version that the operator saw, one at a time for each session,
and only the answer changes anything. A save that is refused leaves draft and file as they are and says the
way on.

Not for what is shown (`desk`), nor for what is decided on sheets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.change_errands import BringIn, ChangeErrand, Clear, Commit, Done, NotDone, Recover, Restore, Waiting
from app.editing import notices
from app.editing.drafts import Drafts
from app.editing.patience import Patience
from app.exchange import Banner, Decision, SaveRequest
from app.session import last_part
from app.snapshot import SessionSnapshot
from persistence.document import Document


@dataclass(frozen=True, slots=True)
class _Asked:
    """A change under way; `looking` when it was confirmed on a sheet, which then opens again if it must.
    `left` is how many steps of edits it leaves over, of those that there were when it was asked for.
    """

    errand: ChangeErrand
    looking: bool = False
    left: int = 0


_DOING: dict[type, str] = {
    Commit: "Saving",
    Clear: "Clearing",
    Restore: "Restoring",
    Recover: "Recovering",
    BringIn: "Bringing in the unsaved state of",
}


class Saves(QObject):
    """`saved` carries a SessionSnapshot and `not_saved` a directory: the edits are, or are not, what the file
    holds now. `confirmed` carries the Done of what was confirmed on its sheet and is what the file holds now,
    and how many steps of edits it left over: what was typed since is not counted. `sheet_wanted` carries
    (directory, sentence): the edits are to be looked at, and why. The others carry what the window's setters
    of these names take, `give_up_requested` a directory.
    """

    saved = Signal(object)
    not_saved = Signal(object)
    confirmed = Signal(object, object)
    sheet_wanted = Signal(object)
    give_up_requested = Signal(object)
    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        ask: Callable[[ChangeErrand], bool],
        show: Callable[[SessionSnapshot, Document | None, str], None],
        parent: QObject | None = None,
    ) -> None:
        """`ask` sends an errand and says whether it could; `show` takes what the disk holds afterwards, and
        what was saved of the draft (None for nothing), by the etag of that version.
        """
        super().__init__(parent)
        self._drafts = drafts
        self._ask = ask
        self._show = show
        self._under_way: dict[str, _Asked] = {}
        self._patience = Patience("changes", self._waited_for, self)
        self._patience.banner_shown.connect(self.banner_shown)
        self._patience.banner_removed.connect(self.banner_removed)
        self._patience.given_up.connect(self._give_up)

    # ---- intents

    def save(self, request: SaveRequest) -> None:
        """Save what was confirmed on the sheet, as one commit over the version that it showed."""
        self._save(request, looking=True)

    def save_all(self, directory: str, note: str = "") -> None:
        """Save all changes of a session, with a note for history.

        Ends in `saved` or in `not_saved`, whatever happens: somebody may wait for it to start a launcher.
        """
        draft = self._drafts.get(directory)
        self._save(SaveRequest(directory, draft.base_etag if draft else "", note=note), looking=False)

    def decide(self, decision: Decision) -> None:
        """Take over what was decided, if it is about what the disk holds now, and save it if wanted."""
        directory, draft = decision.directory, self._drafts.get(decision.directory)
        if draft is None or draft.newer is None or draft.newer.etag != decision.etag:
            sentence = "It was changed again before your decision was taken over."
            self.sheet_wanted.emit((directory, sentence))
            return
        self._drafts.decide(directory, decision.mine)
        if decision.save:
            self.save(SaveRequest(directory, decision.etag, note=decision.note))

    def change(self, errand: ChangeErrand) -> bool:
        """Ask for a change of a session, unless one is under way there; False, and told, when not asked."""
        return self._ask_for(_Asked(errand))

    def act(self, key: str, action: str) -> None:
        """Do what the button of the banner of a wait says."""
        self._patience.act(key, action)
        if action == notices.CANCEL:
            self.give_up_requested.emit(key.partition(":")[2])

    # ---- answers

    def take(self, answer: object) -> None:
        """Take in what the disk answered."""
        match answer:
            case Waiting(directory, holder, seconds_left):
                self._patience.end(directory)  # that banner says more
                self.banner_shown.emit(notices.waiting(directory, holder, seconds_left))
            case Done():
                self._take_done(answer, self._end(answer.errand))
            case NotDone():
                self._take_not_done(answer, self._end(answer.errand))

    def _take_done(self, done: Done, asked: _Asked) -> None:
        directory, errand = done.errand.directory, asked.errand
        self.banner_removed.emit(f"refused:{directory}")
        if isinstance(errand, Commit):
            self.message_shown.emit(f"Saved {last_part(directory)} as version {done.sequence}.")
        self._show(done.snapshot, errand.document if isinstance(errand, Commit) else None, done.etag)
        if done.doubt:
            self.banner_shown.emit(Banner(f"doubt:{directory}", "amber", done.doubt))
        if isinstance(errand, Commit):
            self._tell_saved(done, asked)

    def _tell_saved(self, done: Done, asked: _Asked) -> None:
        for kind in ("merged", "ended-run", "kept"):
            self.banner_removed.emit(f"{kind}:{done.errand.directory}")
        if done.snapshot.etag == done.etag:
            self.saved.emit(done.snapshot)
            if asked.looking:
                self.confirmed.emit(done, asked.left)
        else:
            self.banner_shown.emit(notices.overtaken(done.snapshot, done.sequence))
            self.not_saved.emit(done.errand.directory)

    def _take_not_done(self, answer: NotDone, asked: _Asked) -> None:
        directory = answer.errand.directory
        self._show(answer.snapshot, None, "")
        if not isinstance(answer.errand, Commit):
            return
        if answer.kind == "cancelled":
            self.message_shown.emit(answer.sentence)
        elif answer.kind == "changed" and asked.looking:
            self.sheet_wanted.emit((directory, notices.changed_first(answer.snapshot)))
        else:
            self.banner_shown.emit(notices.not_saved(directory, answer.sentence))
        self.not_saved.emit(directory)

    # ---- within

    def _save(self, request: SaveRequest, *, looking: bool) -> None:
        directory, draft = request.directory, self._drafts.get(request.directory)
        asked = None
        if draft is None or not draft.count or request.places == frozenset():
            self.message_shown.emit("There is nothing to save.")
        elif draft.merged:
            sentence = "Nothing is saved yet. Decide first what both of you changed."
            self.sheet_wanted.emit((directory, sentence))
        elif draft.base_etag != request.etag:
            sentence = "Nothing is saved yet. It was changed while you were looking at it."
            self.sheet_wanted.emit((directory, sentence))
        else:
            errand = Commit(directory, draft.choose(request.places), draft.base_etag, request.note)
            asked = _Asked(errand, looking, len(draft.after_saving(errand.document, "").past))
        if asked is None or not self._ask_for(asked):
            self.not_saved.emit(directory)

    def _ask_for(self, asked: _Asked) -> bool:
        directory = asked.errand.directory
        if directory in self._under_way:
            self.message_shown.emit(f"{last_part(directory)} is still being saved.")
            return False
        if not self._ask(asked.errand):
            self.banner_shown.emit(notices.refused(directory, "It is in no folder that is being watched."))
            return False
        self._under_way[directory] = asked
        self._patience.begin(directory)
        return True

    def _waited_for(self, directories: tuple[str, ...]) -> str:
        kinds = {type(self._under_way[one].errand) for one in directories}
        what = _DOING.get(kinds.pop(), "Changing") if len(kinds) == 1 else "Changing"
        name = last_part(directories[0])
        return f"{what} {name if len(directories) == 1 else f'{len(directories)} sessions, {name} first'} …"

    def _give_up(self, directories: tuple[str, ...]) -> None:
        for directory in directories:
            self.give_up_requested.emit(directory)

    def _end(self, errand: ChangeErrand) -> _Asked:
        self.banner_removed.emit(f"waiting:{errand.directory}")
        self._patience.end(errand.directory)
        return self._under_way.pop(errand.directory, _Asked(errand))

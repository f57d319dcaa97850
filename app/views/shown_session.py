"""The session that is selected, from the click to its state.

One idea: the list knows a session at once, its state comes later, and a late answer about another session is
dropped. What is shown in between says so when it takes long. Not for reading: who is asked hears of the
selection, and the answer enters through a setter.
"""

from collections.abc import Mapping
from functools import partial
from operator import is_
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.editing.draft import Draft
from app.models.sessions.sessions import SessionsModel
from app.models.state.state_tree import StateTreeModel
from app.past_exchange import BackOffer
from app.session import Status, Summary
from app.snapshot import SessionSnapshot
from app.views.allowed import allowed, step_words, why_not
from app.views.frame import Frame
from app.views.header import about_several
from app.views.parts.taking_long import TakingLong
from app.views.saving.clearable import MOST, Clearable, clearable
from app.views.state.refused_texts import RefusedTexts
from app.views.state.under_hand import UnderHand
from app.views.why_not import WhyNot

_WENT = "This session is not listed any more."


class Offer(NamedTuple):
    """What is offered to be done depends on this."""

    directory: str | None
    snapshot: SessionSnapshot | None
    draft: Draft | None
    reachable: bool
    several: Clearable | None
    back: BackOffer | None


class ShownSession(QObject):
    """`wanted` and `selected` carry the directory of a session, or None: the first at once, for whoever
    reads it and answers later, the second when nothing is shown any more of the one before; `state_shown`
    its SessionSnapshot and its Draft or None, `state_forgotten` that no state is shown any more, `unshown` a
    title and a text in place of one. `missed`: the list has lost this one. `allowed_changed`: other actions
    can be triggered now. `told` carries a sentence for the status bar; `resume_refused` carries a directory,
    or None, and why that cannot be resumed, though it was asked for.
    """

    wanted = Signal(object)
    selected = Signal(object)
    state_shown = Signal(object, object)
    state_forgotten = Signal()
    unshown = Signal(object, object)
    missed = Signal(object)
    allowed_changed = Signal()
    told = Signal(object)
    resume_refused = Signal(object, object)

    def __init__(self, frame: Frame, sessions: SessionsModel, state: StateTreeModel) -> None:
        super().__init__(frame)
        self._frame = frame
        self._view = frame.sessions.view
        self._detail = frame.detail
        self._sessions = sessions
        self._hand = UnderHand(frame.detail.state, state, sessions.status, self)
        self._hand.told.connect(self.told)
        self._refused = RefusedTexts(frame.detail.state, state, self)
        self._refused.told.connect(self.told)
        self._refused.banner_shown.connect(frame.banners.put)
        frame.detail.state.view.in_place.over.connect(frame.status.end_message)
        self._why_not = WhyNot(frame)
        self._why_not.told.connect(self.told)
        self._why_not.resume_refused.connect(lambda reason: self.resume_refused.emit(self.directory, reason))
        self._snapshot: SessionSnapshot | None = None
        self._draft: Draft | None = None
        self._headed: tuple[Summary, Status] | None = None
        self._offered: Offer | None = None
        self._among = 0
        self._refusals: Mapping[str, str] = {}
        self._backs: Mapping[str, BackOffer] = {}
        self._waiting = TakingLong(self)
        self._waiting.timeout.connect(lambda: self._show_why_not("Reading the saved state …", ""))
        self._view.session_selected.connect(self._take_selection)
        self._view.selection_changed.connect(self._follow_selection)
        sessions.counts_changed.connect(self._show_header)
        sessions.dataChanged.connect(self._show_header)
        sessions.dataChanged.connect(self._follow_several)
        self._show_header()  # of the one that was selected before

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def directory(self) -> str | None:
        """The directory of the selected session."""
        return self._view.selected_directory

    @property
    def snapshot(self) -> SessionSnapshot | None:
        """The selected session as it was read; None until it has been."""
        return self._snapshot

    @property
    def draft(self) -> Draft | None:
        """The draft on it, as it is shown."""
        return self._draft

    @property
    def back(self) -> BackOffer | None:
        """What was brought back of it, and can be taken back now, or brought back again."""
        changeable = self._snapshot is not None and self._snapshot.editable and self._is_reachable
        return self._backs.get(self.directory or "") if changeable else None

    def show_state(self, snapshot: SessionSnapshot, draft: Draft | None) -> None:
        """Show the state of the selected session, and the draft on it."""
        if snapshot.directory != self.directory:
            return
        if snapshot is not self._snapshot:
            self._hand.lets_stay()
        self._snapshot, self._draft = snapshot, draft
        self._put(snapshot, draft)
        self.state_shown.emit(snapshot, draft)
        self._show_header()
        self.show_allowed()
        self._refused.bring_back()

    def show_glimpse(self, snapshot: SessionSnapshot) -> None:
        """Show the state of the selected session before anybody knows whether it is sound: for looking
        only.
        """
        if snapshot.directory == self.directory and self._snapshot is None:
            self._put(snapshot, None)

    def show_problem(self, directory: str, sentence: str) -> None:
        """Say why the selected session cannot be shown; not while somebody types in it."""
        later = partial(self.show_problem, directory, sentence)
        if directory == self.directory and not self._hand.holds(sentence, later):
            self._end_editing()
            self._waiting.stop()
            self._forget()
            self._show_why_not("This session cannot be shown", sentence)

    def show_allowed(self) -> None:
        """Offer what can be done with the session as it is now."""
        self._offered = offered = self._offer()
        about, reachable, several = offered[:3], offered.reachable, offered.several
        self._frame.actions_.show_clear_count(*self._among_them)
        self._detail.header.show_among(*self._among_them)
        self._frame.actions_.enable(
            **allowed(*about, reachable=reachable, several=several, back=offered.back)
        )
        self._frame.tool_bar.show_steps(*step_words(offered.snapshot, offered.draft, offered.back))
        self._why_not.show(why_not(*about, reachable=reachable, several=several, back=offered.back))
        self._frame.tool_bar.show_save_count(self._draft.count if self._draft else 0)
        self._detail.header.resume.setEnabled(self._frame.actions_["actionResume"].isEnabled())
        self.allowed_changed.emit()

    def show_refusals(self, reasons: Mapping[str, str]) -> None:
        """In these folders nothing is cleared, and that is why."""
        self._refusals = reasons
        self._follow_several()

    def show_back_offers(self, offers: Mapping[str, BackOffer]) -> None:
        """These sessions hold a state that was brought back, and can be taken back."""
        self._backs = offers
        self._show_others()

    def take_up(self, directory: str) -> None:
        """Go on with a session that was selected before anybody could hear of it."""
        self._take_selection(directory)

    # --- within ---------------------------------------------------------------------------------------------

    def _take_selection(self, directory: str | None) -> None:
        before = self._headed
        if directory is None and self._hand.holds(_WENT, self._go_on):
            self._show_others()
            return
        if before is not None and directory == before[0].directory and self._hand.lets_stay():
            self.wanted.emit(directory)  # it was held, and is there again
            return
        self._frame.status.forget_message()
        self._end_editing()
        self.wanted.emit(directory)  # what is read is read while the rest is done
        self._forget()
        if directory is None:
            self._headed = None
            self._detail.show_nothing()
        else:
            self._waiting.start()
        self.selected.emit(directory)
        if directory is None and before is not None:
            self.missed.emit(before[0].directory)
        self._show_header()  # while it is read

    def _go_on(self) -> None:
        """Nobody types any more in a session that went."""
        if self.directory is None:
            self._take_selection(None)

    def _follow_selection(self) -> None:
        """Say what is about all sessions that are selected, and what about the one that is shown."""
        before, self._among = self._among, self._view.selected_count
        self._show_others()
        if self._among > 1:
            self.told.emit(f"{self._among:,} sessions are selected. {about_several(*self._among_them)}.")
        elif before > 1:
            self._frame.status.forget_message()

    def _end_editing(self) -> None:
        self._refused.keep()
        self._detail.state.view.in_place.end()

    def _put(self, snapshot: SessionSnapshot, draft: Draft | None) -> None:
        self._waiting.stop()
        self._hand.show(snapshot, draft)

    def _forget(self) -> None:
        self._snapshot = self._draft = None
        self._hand.forget()
        self._detail.state.show_nothing()
        self.state_forgotten.emit()
        self.show_allowed()

    def _show_why_not(self, title: str, text: str) -> None:
        self._detail.state.show_message(title, text)
        self.unshown.emit(title, text)

    def _show_header(self) -> None:
        """The list knows it, and says something else of it now and then."""
        directory = self.directory
        summary = self._sessions.summary(directory) if directory else None
        status = self._sessions.status(directory) if directory else None
        if summary is not None and status is not None and self._headed != (summary, status):
            self._headed = (summary, status)
            self._detail.show_summary(summary, status)
            self._detail.show_away(status.reason if status.kind == "unavailable" else "")
            self._show_others()

    @property
    def _is_reachable(self) -> bool:
        status = self._sessions.status(self.directory) if self.directory else None
        return status is None or status.kind != "unavailable"

    def _offer(self) -> Offer:
        held = self.directory is None  # where somebody types in one that went, nothing is to be done to it
        about = (None, None, None) if held else (self.directory, self._snapshot, self._draft)
        return Offer(*about, self._is_reachable, self._clearable(), self.back)

    @property
    def _among_them(self) -> tuple[int, int]:
        """How many sessions are selected, and of how many of them Clear is."""
        several = self._offered.several if self._offered is not None else None
        return (several.selected, several.goes) if several is not None else (1, 1)

    def _clearable(self) -> Clearable | None:
        """What of several sessions can be cleared; the same object as before where it says the same."""
        count = self._view.selected_count
        if count < 2:
            return None
        chosen = self._view.selected_directories(MOST) if count <= MOST else ()
        known = [(self._sessions.summary(one), self._sessions.status(one)) for one in chosen]
        sessions = [(summary, status) for summary, status in known if summary and status]
        found = clearable(count, sessions, self._refusals)
        before = self._offered.several if self._offered else None
        return before if found == before else found

    def _follow_several(self) -> None:
        """Some of them may stand otherwise now."""
        if self._among > 1:
            self._show_others()

    def _show_others(self) -> None:
        """Offer what can be done, unless it is offered of just that: a click on a session tells of it by many
        ways.
        """
        now = self._offer()
        if self._offered is None or not all(map(is_, now, self._offered)):
            self.show_allowed()

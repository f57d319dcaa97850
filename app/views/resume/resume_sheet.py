"""The sheet that starts a launcher again on a saved state.

One idea: everything that will happen is seen before it happens (command, part by part; edits that are
saved first; the plan, attribute by attribute), what warns has been on the screen before, and the two things
that a person must say are asked each time: which animal, and who. As long as nothing can be started, the
reason stands beside the button. Not for starting: it only says what was confirmed; nor for where its parts
stand (`resume_columns`).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.editing.draft import Draft
from app.models.resume.resume_values import (
    around_of,
    basis_text,
    given_of,
    is_quick,
    said_by,
    stranger_text_of,
    subtitle,
    untold_of,
)
from app.resume_exchange import Filled, Foreseen, ResumeChoice, ResumeOffer, ResumeRequest, ResumeReturn
from app.resuming.cautions import cautions
from app.resuming.people import people_to_leave_out
from app.resuming.planning import MakePlan, Planned, planned
from app.snapshot import SessionSnapshot
from app.views.parts.nesting import nest
from app.views.parts.note_field import NoteField
from app.views.parts.sheet import Sheet
from app.views.parts.sight import Sight
from app.views.parts.unusual_part import UnusualPart
from app.views.parts.widgets import Label
from app.views.resume.edits_list import EditsList
from app.views.resume.resume_columns import ResumeColumns
from app.views.resume.resume_foot import ResumeFoot
from app.views.resume.resume_parts import CautionLines, section
from app.views.resume.resume_people import People
from app.views.resume.resume_plan import PlanSection
from app.views.resume.resume_start import StartSection
from app.views.style.theme import Theme
from persistence.states.diff import Change

_WIDTH = 1064
_UNSEEN = "What is to be checked stands further down."
_PLANNING = "What is restored is still being compared."
_NOT_SAVED = "Save what is edited first: a command that is pasted starts on what is saved."
_OUTDATED = "The saved state was changed meanwhile."


class ResumeSheet(Sheet):
    """`resume_requested` carries a ResumeRequest, when the main button was pressed, `copy_requested` the same
    for a terminal; `session_chosen` the directory of a session that a caution leads to, `set_requested` the
    ResumeChoice that has no entry yet, and the ResumeReturn that brings this sheet back, `again_requested`
    that alone: the state is another one by now. `plan_wanted` carries a MakePlan that takes long,
    `launcher_chosen` the ResumeChoice that is shown.
    """

    resume_requested = Signal(object)
    copy_requested = Signal(object)
    session_chosen = Signal(object)
    set_requested = Signal(object, object)
    again_requested = Signal(object)
    plan_wanted = Signal(object)
    launcher_chosen = Signal(object)

    def __init__(
        self, theme: Theme, window: QWidget, offer: ResumeOffer, snapshot: SessionSnapshot,
        draft: Draft | None, now: datetime,
    ) -> None:  # fmt: skip
        """The launcher will find what `draft` shows, edits included."""
        count = len(offer.choices)
        name = f"1 of {count} launchers" if count > 1 else "a launcher"
        name = offer.choices[0].class_name if count == 1 else name
        super().__init__(
            theme, window, "play-circle-outline", f"Resume with {name}", subtitle(offer, now), _WIDTH
        )
        self.setObjectName("resumeSheet")
        self._offer = offer
        self._snapshot = snapshot
        self._draft = draft
        self._now = now
        self._left_out: tuple[str, ...] | None = offer.left_out
        self._stopped = ""
        self._planning: MakePlan | None = None
        self._untold: tuple[str, ...] = ()
        self._foreseen = Foreseen(offer.directory, ())
        self.people = People(theme, offer.subject, offer.users)
        self.subject, self.user = self.people.subject, self.people.user
        self.start = StartSection(theme, offer, snapshot.died, now)
        self.plan = PlanSection(theme)
        self.checks = CautionLines(theme)
        self.unusual = UnusualPart(theme)
        self.sight = Sight(self)
        self.note = NoteField(theme)
        self._end = ResumeFoot(theme, self.foot, self._resume_words())
        self.resume, self.copy, self.cancel = self._end.resume, self._end.copy, self._end.cancel
        self._columns = ResumeColumns(theme, self.body, self.people, self.start, self.checks)
        self._fill_right()
        self.note.line.setText(offer.filled.note)
        self._connect()

    def begin(self) -> None:
        """Show what there is, and ask for the rest: there is somebody who hears it."""
        self.people.fill_in(self._offer.filled.subject, self._offer.filled.user)
        self._show_choice()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.subject.field

    @property
    def directory(self) -> str:
        """The session that it is about."""
        return self._offer.directory

    @property
    def choice(self) -> ResumeChoice | None:
        """The launcher that is chosen; None for a session without any."""
        return self.start.choice

    def take_session(self, snapshot: SessionSnapshot) -> None:
        """The session was read again: what was changed under the sheet is not started on."""
        held, self._snapshot = self._snapshot.held, snapshot
        if snapshot.held and not held:
            self._show_plan()
        self._show_cautions()
        self._show_ready()

    def take_foreseen(self, foreseen: Foreseen) -> None:
        """A launcher has said what it would make of its state; ticks stay."""
        self._foreseen = foreseen
        self._show_plan()
        self._show_cautions()

    def take_planned(self, found: Planned) -> None:
        """What becomes of each attribute; what answers an earlier question is dropped."""
        if found.errand is self._planning:
            self._planning = None
            left_out, self._left_out = self._left_out, None
            self.plan.show_plan(found.plan, left_out)
            self._show_ready()

    def set_one_column(self, narrow: bool) -> None:
        """Two columns side by side, or below each other where the window is narrow."""
        self._columns.set_narrow(narrow, self.width())

    # --- within ---------------------------------------------------------------------------------------------

    @property
    def _changes(self) -> Sequence[Change]:
        return self._draft.changes if self._draft else ()

    @property
    def _back(self) -> ResumeReturn:
        """The sheet as it is filled in, for whoever opens it again."""
        choice = self.choice
        filled = Filled(
            self.subject.subject,
            self.people.user_name,
            self.note.text,
            choice.namespace if choice else "",
            self._left_out or self.plan.plan.leave_out,
            choice.started_as if choice else "",
        )
        return ResumeReturn(self._offer.directory, filled)

    def _fill_right(self) -> None:
        column = self._columns.right
        if self._changes:
            line = QHBoxLayout()
            line.addWidget(section(self.theme, f"Unsaved edits ({len(self._changes):,})"))
            line.addStretch(1)
            line.addWidget(Label(self.theme, "saved before the launcher starts", "small", "muted"))
            nest(column, line)
            column.addWidget(EditsList(self.theme, self._changes))
            column.addSpacing(self.theme.px(12))
        column.addWidget(self.unusual)
        column.addSpacing(self.theme.px(6) if self._changes else 0)
        column.addWidget(self.note)
        self.note.setVisible(bool(self._changes))
        self.unusual.want(self._changes)
        column.addWidget(self.plan)
        column.addStretch(1)

    def _connect(self) -> None:
        self.people.changed.connect(self._take_people)
        self.people.said.connect(partial(self.sight.watch, "people"))
        self.people.scanned.connect(lambda: self.bring_into_sight([self.user]))
        self.people.done.connect(self._go_on)
        self.start.changed.connect(self._show_choice)
        self.start.set_requested.connect(self._ask_to_set)
        self.plan.changed.connect(self._show_ready)
        self.checks.chosen.connect(self._go_to)
        self.checks.said.connect(partial(self.sight.watch, "checks"))
        self.unusual.said.connect(partial(self.sight.watch, "unusual"))
        self.unusual.said.connect(self._show_ready)
        self.sight.changed.connect(self._show_ready, Qt.ConnectionType.QueuedConnection)
        self._end.look.clicked.connect(self._look)
        self._end.again.clicked.connect(self._ask_again)
        self.cancel.clicked.connect(self.close_sheet)
        self.copy.clicked.connect(self._copy)
        self.resume.clicked.connect(self._confirm)

    def _take_people(self) -> None:
        """Cautions are shown anew only where the people make others of them: this is so at each keystroke."""
        if self.choice is not None and self._untold_now(self.choice) != self._untold:
            self._show_cautions()
        self._show_ready()

    def _untold_now(self, choice: ResumeChoice) -> tuple[str, ...]:
        given = given_of(choice, self._snapshot, self._draft)
        return untold_of(given, choice, self.subject.subject, self.people.user_name)

    def _show_choice(self) -> None:
        self._show_plan()
        self._show_cautions()
        self._show_ready()
        if self.choice is not None:
            self.launcher_chosen.emit(self.choice)

    def _show_plan(self) -> None:
        """At once where few values are looked at; else it comes, and what is shown stays until then."""
        if self.choice is None:
            return
        given = given_of(self.choice, self._snapshot, self._draft)
        self._planning = errand = MakePlan(given, said_by(self.choice, self._foreseen))
        self.plan.say_basis(basis_text(self.choice, self._foreseen))
        if is_quick(given):
            self.take_planned(planned(errand))
            return
        self.plan.say_waiting(_PLANNING)
        self._show_ready()
        if self._snapshot.held:  # else there are only the beginnings of what is compared
            self.plan_wanted.emit(errand)

    def _show_cautions(self) -> None:
        if self.choice is None:
            return
        given = given_of(self.choice, self._snapshot, self._draft)
        strangers = stranger_text_of(given, said_by(self.choice, self._foreseen))
        self._untold = untold = self._untold_now(self.choice)
        around = around_of(
            self._offer, self.choice, self._snapshot, given, untold=untold, strangers=strangers
        )
        found = cautions(around, self._now)
        self.checks.show_cautions(found)
        self._stopped = _OUTDATED if self._snapshot.etag != self._offer.etag else ""
        self._stopped = self._stopped or next((one.text for one in found if one.weight == "stop"), "")

    def _why_not(self) -> str:
        """The sentence that says why nothing can be started yet; empty when it can."""
        if self.choice is None:
            return "There is no launcher in this saved state."
        if self._stopped:
            return self._stopped
        if self.choice.problem:
            return "This launcher cannot be started yet; see Command."
        planning = _PLANNING if self._planning is not None else ""
        return self.people.missing or planning or (_UNSEEN if self.sight.unseen else "")

    def _show_ready(self) -> None:
        reason = self._why_not()
        outdated, stopped = reason == _OUTDATED, bool(self._stopped)
        self._end.say(reason, unseen=reason == _UNSEEN, outdated=outdated, stopped=stopped)
        self._end.offer_copy(reason or (_NOT_SAVED if self._changes else ""))

    def _resume_words(self) -> str:
        count = len(self._changes)
        return f"Save {count:,} change{'s' * (count != 1)} and resume" if count else "Resume"

    def _go_on(self) -> None:
        if self.resume.isEnabled():
            self.resume.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._look()

    def _look(self) -> None:
        self.bring_into_sight(self.sight.unseen)

    def _go_to(self, directory: str) -> None:
        self.close_sheet()
        self.session_chosen.emit(directory)

    def _ask_to_set(self) -> None:
        choice, back = self.choice, self._back
        self.close_sheet()
        self.set_requested.emit(choice, back)

    def _ask_again(self) -> None:
        back = self._back
        self.close_sheet()
        self.again_requested.emit(back)

    def _copy(self) -> None:
        if self.choice is not None:
            self.copy_requested.emit(self._request(self.choice))

    def _confirm(self) -> None:
        if self.choice is not None:
            self.resume_requested.emit(self._request(self.choice))
            self.close_sheet()

    def _request(self, choice: ResumeChoice) -> ResumeRequest:
        """What is filled in and ticked."""
        given = given_of(choice, self._snapshot, self._draft)
        subject, user = self.subject.subject, self.people.user_name
        people = people_to_leave_out(given.attributes, subject, user)
        return ResumeRequest(
            directory=self._offer.directory,
            namespace=choice.namespace,
            subject=subject,
            user=user,
            save_first=bool(self._changes),
            etag=self._offer.etag,
            leave_out=(*self.plan.plan.leave_out, *people),
            partial=self.plan.partial.isChecked(),
            started_as=choice.started_as,
            note=self.note.text,
        )

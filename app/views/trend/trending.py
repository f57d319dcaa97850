"""What belongs to a trend: the number and the sessions that were chosen, what these have, and what is edited.

One idea: whoever looks at the tab has a question, a name over sessions of a kind; it is asked again only when
it becomes another one, and what comes as an answer is put together and drawn once a frame, if it differs. A
choice stays while one goes from session to session. Not for the tab itself (`trend_pane`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.editing.draft import Draft
from app.models.sessions.sessions import SessionsModel
from app.models.trend.choices import NumberChoice, choices_in, likely, value_at
from app.models.trend.points import MOST, Own, Trend, trend, value_of
from app.session import RootStatus
from app.snapshot import SessionSnapshot
from app.value_errands import Trace, Traced
from app.values.cells import Cell
from app.views.parts.stage import Stage
from app.views.tab_actions import go_into
from app.views.trend.trend_pane import TrendPane
from app.views.trend.unusual_edits import UnusualEdits
from app.views.trend.usuals import Usuals
from persistence.document import Absent, Document
from persistence.values.sameness import same

if TYPE_CHECKING:
    from app.views.trend.plot import Plot

_FRAME_MS = 30


class Trending(QObject):
    """`trace_wanted` carries a Trace, `plot_wanted` asks for the library that draws, `session_chosen` carries
    a directory, `told` a sentence for the status bar.
    """

    trace_wanted = Signal(object)
    plot_wanted = Signal()
    session_chosen = Signal(object)
    told = Signal(object)

    def __init__(self, stage: Stage, sessions: SessionsModel) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._sessions = sessions
        self._session: SessionSnapshot | None = None
        self._draft: Draft | None = None
        self._choice: NumberChoice | None = None
        self._wishes: dict[str, NumberChoice] = {}  # of each launcher the last; all in their order
        self._every = False
        self._errand = Trace("trend")
        self._cells: dict[str, Cell | None] = {}
        self._alike: dict[str, int] = {}
        self._unread: dict[str, tuple[str, ...]] = {}
        self._roots: frozenset[str] = frozenset()
        self._answered: set[str] = set()
        self._drawn: Trend | None = None
        self._plot: Plot | None = None
        self._plot_asked = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_FRAME_MS)
        self.pane = TrendPane(stage.theme)
        self.usuals = Usuals(sessions, self)
        self.unusual = UnusualEdits(sessions, self)
        stage.detail.put_tab(self.pane, "Trend")
        stage.detail.state.view.hint_by(self.usuals)
        self._connect()
        self._show_allowed()

    # --- setters --------------------------------------------------------------------------------------------

    def show_session(self, snapshot: SessionSnapshot, draft: Draft | None) -> None:
        """The selected session was read, or edited."""
        self._session, self._draft = snapshot, draft
        self.usuals.show_session(snapshot)
        self.unusual.show_session(snapshot)
        self._ask()

    def forget(self) -> None:
        """No session is known any more; what was chosen stays."""
        self._session = self._draft = self._drawn = None
        self.pane.show_nothing()
        self.usuals.show_session(None)
        self._show_allowed()

    def show_message(self, title: str, text: str) -> None:
        """Say why no session is known."""
        self.pane.say(title, text)

    def take_roots(self, statuses: Sequence[RootStatus]) -> None:
        """These folders are watched: each is asked, and what others have told counts no longer."""
        roots = frozenset(status.root for status in statuses)
        if roots != self._roots:
            self._roots = roots
            self._answered &= roots
            self._alike = {root: alike for root, alike in self._alike.items() if root in roots}
            self._unread = {root: unread for root, unread in self._unread.items() if root in roots}
            self._draw_soon()

    def take(self, answer: object) -> None:
        """Take in what sessions have; a folder that is watched no longer may still answer."""
        self.usuals.take(answer)
        self.unusual.take(answer)
        if isinstance(answer, Traced) and answer.errand == self._errand and answer.root in self._roots:
            self._cells.update(answer.rows)
            self._alike[answer.root], self._unread[answer.root] = answer.alike, answer.unread
            if answer.all:
                self._answered.add(answer.root)
            self._draw_soon()

    def show_plot(self, why_not: str = "") -> None:
        """The library that draws is there; or why it is not."""
        if why_not:
            self.pane.drawing.show_no_plot(why_not)
            return
        from app.views.trend.plot import Plot

        plot = Plot(self._stage.theme, self._stage.now)
        plot.setAccessibleName("Plot; the table below says the same in words")
        plot.session_chosen.connect(self.session_chosen)
        self.pane.table.session_marked.connect(plot.mark)
        self.pane.drawing.show_plot(plot)
        self._plot = plot
        if self._drawn is not None:
            self._show_plotted(self._drawn)

    # --- the question ---------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask what is to be known now, if somebody looks."""
        self._show_allowed()
        session = self._session
        if session is None or not self.pane.isVisible():
            return
        summary, choices = self._sessions.summary(session.directory), self._choices()
        if summary is None or not choices:
            self._choice, self._drawn = None, None
            self.pane.say("No number to follow", _why_none(session))
            self._show_allowed()
            return
        self._choice = _nearest(self._wishes, choices) or likely(choices, self._shown_document)
        self.pane.show_controls()
        self.pane.show_choices(choices, self._choice)
        self.pane.show_over(summary.subject, self._choice.launcher, every=self._every)
        subject = None if self._every else summary.subject
        errand = Trace("trend", self._choice.name, self._choice.launcher, subject, MOST)
        if errand != self._errand:
            self._errand, self._cells, self._alike, self._answered = errand, {}, {}, set()
            self._unread = {}
            self.trace_wanted.emit(errand)
        self._show_allowed()
        self._draw()

    def _choices(self) -> tuple[NumberChoice, ...]:
        """The numbers of the session, also those that are edited to be one."""
        saved = choices_in(self._document)
        return tuple(dict.fromkeys((*saved, *choices_in(self._draft.document)))) if self._draft else saved

    @property
    def _document(self) -> Document | None:
        return self._session.document if self._session is not None else None

    @property
    def _shown_document(self) -> Document | None:
        return self._draft.document if self._draft is not None else self._document

    def _choose(self, choice: NumberChoice) -> None:
        self._wish(choice)
        self._ask()

    def _wish(self, choice: NumberChoice) -> None:
        self._wishes.pop(choice.namespace, None)
        self._wishes[choice.namespace] = choice

    def _choose_over(self, every: bool) -> None:
        self._every = every
        self._ask()

    def _look(self) -> None:
        if self._plot is None and not self._plot_asked:
            self._plot_asked = True
            self.plot_wanted.emit()
        self._ask()

    # --- drawing --------------------------------------------------------------------------------------------

    def _draw_soon(self) -> None:
        if self._choice is not None and not self._later.isActive():
            self._later.start()

    def _draw(self) -> None:
        if self._session is None or self._choice is None or not self.pane.isVisible():
            return
        own = self._own(self._session.directory, self._choice)
        alike = sum(self._alike.values())
        drawn = trend(
            self._errand,
            self._choice,
            own,
            self._cells,
            self._sessions.standing,
            alike,
            reading=not self._roots <= self._answered,
            unread=chain.from_iterable(self._unread.values()),
        )
        if drawn != self._drawn:
            self._drawn = drawn
            self.pane.show_trend(drawn)
            self._show_plotted(drawn)

    def _show_plotted(self, drawn: Trend) -> None:
        if self._plot is not None:
            self._plot.show_trend(drawn)
            self._plot.setAccessibleDescription(self.pane.drawing.said)

    def _own(self, directory: str, choice: NumberChoice) -> Own:
        saved = value_at(self._document, choice)
        now = value_at(self._draft.document, choice) if self._draft is not None else saved
        edited = not isinstance(now, Absent) and (isinstance(saved, Absent) or not same(saved, now))
        return Own(directory, value_of(saved), value_of(now) if edited else None)

    # --- actions --------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._later.timeout.connect(self._draw)
        for asking in (self.usuals, self.unusual):
            asking.trace_wanted.connect(self.trace_wanted)
        self.pane.looked.connect(self._look)
        self.pane.choice_made.connect(self._choose)
        self.pane.over_chosen.connect(self._choose_over)
        self.pane.session_chosen.connect(self.session_chosen)
        self.pane.copy_wanted.connect(self._copy)
        self._sessions.counts_changed.connect(self._draw_soon)
        self._sessions.dataChanged.connect(self._draw_soon)
        self._stage.actions["actionTrend"].triggered.connect(self._go)
        self._stage.actions["actionCopyTrend"].triggered.connect(self._copy)

    def _go(self) -> None:
        """Show the tab, with the number of the current row of the state, if it is one."""
        state = self._stage.detail.state
        node = state.view.current_node if state.isVisible() else None
        if node is not None and (choice := NumberChoice(node.namespace, node.place)) in self._choices():
            self._wish(choice)
        go_into(self._stage.detail.tabs, self.pane)
        self._ask()

    def _copy(self) -> None:
        if self.pane.model.rowCount():
            QGuiApplication.clipboard().setText(self.pane.model.as_text())
            self.told.emit(f"Copied {self.pane.model.rowCount():,} rows as a table.")

    def _show_allowed(self) -> None:
        there = self._session is not None
        self._stage.actions.enable(Trend=there, CopyTrend=there and self._choice is not None)


def _nearest(wishes: Mapping[str, NumberChoice], choices: Sequence[NumberChoice]) -> NumberChoice | None:
    """The number that was chosen last for a launcher of the session, else one of the name that was chosen
    last; None where nobody has chosen one that it has.
    """
    last = list(wishes.values())[::-1]
    own = next((one for one in last if one in choices), None)
    return own or next((one for one in choices if last and one.name == last[0].name), None)


def _why_none(session: SessionSnapshot) -> str:
    if session.document is None:
        return session.not_editable_because
    return "This saved state has no attribute that is a number. Numbers in lists cannot be followed."

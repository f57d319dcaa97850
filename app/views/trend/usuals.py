"""Numbers that are typed, held against those of earlier sessions: a hint where one lies far outside.

One idea: when an editor opens, the values of the newest sessions of the same launcher and subject are asked
for, and from then on each keystroke can be judged at once. A hint is never a refusal, and what is saved is
never hinted at. Not for what is far outside (`app.values.usual`), nor for how a hint looks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.sessions.sessions import SessionsModel
from app.models.state.state_nodes import Node
from app.models.trend.choices import dotted
from app.session import Summary
from app.snapshot import SessionSnapshot
from app.value_errands import Trace, Traced
from app.values.cells import Cell
from app.values.numbers import Number, cell_height, height, is_finite, is_nan, number_in
from app.values.usual import Usual, usual
from app.words.trend_texts import INFINITE, NAN, unusual_text
from persistence.document import Absent, Place
from persistence.sessions.listed import began, classes_of
from persistence.values.json_text import JSON
from persistence.values.sameness import same

LAST = 20
"""Sessions that count; what was usual long ago is not usual any more."""
_MOST = LAST + 1  # one of them may be the session itself
Hint = Callable[[JSON], str]
"""What should be known of a value that is typed; mostly nothing."""


class Usuals(QObject):
    """`trace_wanted` carries a Trace; `changed` tells that hints may be others now."""

    trace_wanted = Signal(object)
    changed = Signal()

    def __init__(self, sessions: SessionsModel, parent: QObject | None = None, asker: str = "usual") -> None:
        """`asker`: as who it asks, of whom each has one question at a time."""
        super().__init__(parent)
        self._sessions = sessions
        self._asker = asker
        self._directory = ""
        self._errand = Trace(asker)
        self._cells: dict[str, Cell | None] = {}
        self._usual: Usual | None = None
        self._ends = ("", "")

    # --- setters --------------------------------------------------------------------------------------------

    def show_session(self, snapshot: SessionSnapshot | None) -> None:
        """This is the session whose values are edited."""
        self._directory = snapshot.directory if snapshot is not None else ""

    def ask_no_more(self) -> None:
        """Nobody looks at hints any more."""
        if self._errand != Trace(self._asker):
            self._errand, self._cells = Trace(self._asker), {}
            self.trace_wanted.emit(self._errand)

    def begin(self, node: Node) -> Hint:
        """Somebody begins to type a value there; the hints for it."""
        self._ask(node.namespace, node.place)
        return partial(self.hint, node.namespace, node.place, node.base)

    def hint(self, namespace: str, place: Place, saved: JSON | Absent, value: JSON) -> str:
        """What should be known of a value that is typed there, as far as it is known by now."""
        number = number_in(value)
        if not isinstance(saved, Absent) and same(value, saved):
            return ""
        if number is None:
            return NAN if is_nan(value) else ""
        if not is_finite(number):
            return INFINITE
        self._ask(namespace, place)
        if self._usual is None or self._usual.has(_anywhere(number)):
            return ""
        return unusual_text(self._usual, *self._ends)

    def take(self, answer: object) -> None:
        """Take in what sessions have."""
        if isinstance(answer, Traced) and answer.errand == self._errand:
            self._cells.update(answer.rows)
            self._judge()
            self.changed.emit()

    # --- within ---------------------------------------------------------------------------------------------

    def _ask(self, namespace: str, place: Place) -> None:
        summary, name = self._sessions.summary(self._directory), dotted(place)
        errand = Trace(self._asker)
        if summary is not None and name:
            errand = Trace(self._asker, name, namespace.rpartition(".")[2], summary.subject, _MOST)
        if errand != self._errand:
            self._errand, self._cells = errand, {}
            self.trace_wanted.emit(errand)
        self._judge()

    def _judge(self) -> None:
        known = ((self._sessions.summary(path), cell) for path, cell in self._cells.items())
        others = [(one, cell) for one, cell in known if one is not None and self._counts(one)]
        others.sort(key=lambda pair: began(pair[0]), reverse=True)
        heights = {
            one.directory: (found, cell.text)
            for one, cell in others
            if cell is not None and (found := cell_height(cell)) is not None
        }
        last = list(heights.values())[:LAST]
        self._usual = usual([number for number, _ in last])
        if last:
            self._ends = min(last)[1], max(last)[1]

    def _counts(self, summary: Summary) -> bool:
        """A session is no witness of its own."""
        alike = summary.subject == self._errand.subject and self._errand.launcher in classes_of(summary)
        return alike and summary.directory != self._directory


def _anywhere(number: Number) -> float:
    """Its height, at one of both ends where it has none in a plot."""
    found = height(number)
    return found if found is not None else float("inf") if number > 0 else float("-inf")

"""A number over sessions, as the points of a plot: a frozen value, compared before anything is drawn. Pure.

One idea: what sessions have of a name, what the list knows of these sessions, and what is edited in the one
that is shown are put together here, oldest first; a session without the number is a point without a height,
so that it is a gap and no zero. Not for drawing (`views.trend.plot`), nor for words (`trend_texts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.models.trend.choices import NumberChoice
from app.session import Status, Summary
from app.value_errands import Trace, is_unread
from app.values.cells import Cell
from app.values.edit_text import shown
from app.values.numbers import Number, change, height, number_in
from app.words.moments import moment
from persistence.document import Absent
from persistence.sessions.listed import began, classes_of
from persistence.values.json_text import JSON

MOST = 500
"""Sessions in a plot; of more, nobody could tell one from another."""
KnownSession = Callable[[str], tuple[Summary, Status] | None]
"""What the list says of a session."""


@dataclass(frozen=True, slots=True)
class PointValue:
    """A value as people see it; `height` is None for what has no place in a plot."""

    text: str = ""
    number: Number | None = None

    @property
    def height(self) -> float | None:
        """Where it stands."""
        return height(self.number)


@dataclass(frozen=True, slots=True)
class Point:
    """One session. `change` is against the session before that has the number."""

    directory: str
    name: str
    began: datetime
    status: Status
    value: PointValue
    saved: datetime | None = None
    own: bool = False
    change: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """The session that is shown: what is saved there, and what it is edited to (None: as it is saved)."""

    directory: str
    saved: PointValue
    edit: PointValue | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """A number over the sessions of a launcher and of a subject (None: of all), oldest first.

    `older` sessions of the kind are left out, and some that are `unread`. `reading`: it is not known yet what
    the others have.
    """

    choice: NumberChoice
    subject: str | None
    points: tuple[Point, ...]
    edit: PointValue | None = None
    older: int = 0
    reading: bool = False
    unread: int = 0

    @property
    def heights(self) -> tuple[float, ...]:
        """All that a plot has to hold."""
        values = [point.value for point in self.points] + ([self.edit] if self.edit else [])
        return tuple(found for value in values if (found := value.height) is not None)

    @property
    def own(self) -> int:
        """The place of the session that is shown among the points; -1 where it is not among them."""
        return next((place for place, point in enumerate(self.points) if point.own), -1)

    @property
    def counted(self) -> int:
        """The sessions that have the number."""
        return sum(point.value.height is not None for point in self.points)


def value_of(value: JSON | Absent) -> PointValue:
    """A saved value as people see it."""
    return PointValue() if isinstance(value, Absent) else PointValue(shown(value), number_in(value))


def trend(
    errand: Trace, choice: NumberChoice, own: Own, cells: Mapping[str, Cell | None], known: KnownSession,
    alike: int, *, reading: bool = False, unread: Iterable[str] = (),
) -> Trend:  # fmt: skip
    """Put a trend together of what sessions have, and of what the list knows of them; of some that were
    `unread`, or have become so.
    """
    found = (_point(path, cells.get(path), own, errand, known) for path in {*cells, own.directory})
    points = sorted((one for one in found if one is not None), key=lambda one: (one.began, one.directory))
    kept = [one for place, one in enumerate(points) if one.own or place >= len(points) - errand.most]
    older = max(alike, len(points)) - len(kept)
    there = filter(None, map(known, {*cells, *unread} - {own.directory}))
    without = sum(is_unread(errand, summary) for summary, _ in there)
    return Trend(choice, errand.subject, tuple(_changes(kept)), own.edit, max(0, older), reading, without)


def _point(path: str, cell: Cell | None, own: Own, errand: Trace, known: KnownSession) -> Point | None:
    """None for a session that is not listed, or not of the kind (any more)."""
    found = known(path)
    if found is None:
        return None
    summary, status = found
    if path == own.directory:
        saved = moment(summary.saved_at)
        return Point(path, summary.name, began(summary), status, own.saved, saved, own=True)
    if errand.launcher not in classes_of(summary) or errand.subject not in (None, summary.subject):
        return None
    value = PointValue(cell.text, cell.number) if cell is not None else PointValue()
    return Point(path, summary.name, began(summary), status, value, moment(summary.saved_at))


def _changes(points: Iterable[Point]) -> Iterable[Point]:
    before: Number | None = None
    for point in points:
        now = point.value.number
        told = change(now, before) if now is not None and before is not None else ""
        before = before if now is None else now
        yield replace(point, change=told)

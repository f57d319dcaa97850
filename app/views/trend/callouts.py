"""Two small frames in a plot, beside their points: what this session has, and what it is edited to.

One idea: they say in words what the two special points are, stand inside the plot and never on each other.
The mouse goes through them. Not for where points are: that is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.models.trend.points import Trend
from app.views.parts.nesting import nest
from app.views.parts.widgets import ElidedLabel, Glyph, Label
from app.views.style.theme import Theme
from app.views.trend.marks import EDIT, OWN, PointMark
from app.words.moments import clock_or_day

_WIDEST = 220
_MOST_COVERED = 1
"""Points below a frame; rather than hide more, it is not shown: legend and table say the same."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Where points are drawn: this session's and its edit's, None where they are not, and all of them."""

    own: QPoint | None
    edit: QPoint | None
    all: Sequence[QPoint]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place for a frame: its area, the point that it is about, and how many others it would hide."""

    area: QRect
    at: QPoint
    covered: int

    @property
    def distance(self) -> int:
        """From the point, in pixels."""
        return (self.area.center() - self.at).manhattanLength()


class Callouts:
    """Both frames of one plot."""

    def __init__(self, theme: Theme, plot: QWidget) -> None:
        self._theme = theme
        self._plot = plot
        self.own = _Callout(theme, plot, OWN, "blue")
        self.edit = _Callout(theme, plot, EDIT, "amber")

    def put_on_top(self) -> None:
        """Stand over whatever else is in the plot."""
        self.own.raise_()
        self.edit.raise_()

    def hide(self) -> None:
        """Show neither."""
        self.own.hide()
        self.edit.hide()

    def show(self, trend: Trend, spots: Spots, now: datetime) -> None:
        """Say what this session has and is edited to, beside these points, over few others."""
        point = trend.points[trend.own]
        saved = f"Saved {clock_or_day(point.saved, now)}, " if point.saved is not None else ""
        self.own.say(f"This session: {point.value.text}", f"{saved}{point.status.word}")
        if trend.edit is not None:
            self.edit.say(f"Your edit: {trend.edit.text}", "Not saved yet")
        wanted = [(one, at) for one, at in ((self.own, spots.own), (self.edit, spots.edit)) if at is not None]
        places = [self._places(callout.size(), at, spots.all) for callout, at in wanted]
        areas: Sequence[QRect | None] = _arranged(places) or [_nearest(some) for some in places[:1]]
        for callout in (self.own, self.edit):
            callout.hide()
        for (callout, _), area in zip(wanted, areas, strict=False):
            callout.setVisible(area is not None)
            if area is not None:
                callout.setGeometry(area)

    def _places(self, size: QSize, at: QPoint, spots: Sequence[QPoint]) -> list[_Place]:
        """Where a frame can stand beside its point, over few others: at its left, or at its right."""
        gap, step, room = self._theme.px(22), size.height() * 2 // 3, self._room()
        sides = (at.x() - gap - size.width(), at.x() + gap)
        tops = [at.y() - size.height() // 2 + row * step for row in (0, -1, 1, -2, 2, -3, 3)]
        areas = [_moved_into(QRect(QPoint(left, top), size), room) for left in sides for top in tops]
        found = [_Place(area, at, self._covered(area, spots)) for area in areas if room.contains(area)]
        return [place for place in found if place.covered <= _MOST_COVERED]

    def _covered(self, area: QRect, spots: Sequence[QPoint]) -> int:
        """How many points would be hidden."""
        air = self._theme.px(6)
        return sum(map(area.adjusted(-air, -air, air, air).contains, spots))

    def _room(self) -> QRect:
        """The plot without the numbers and dates at its sides."""
        px = self._theme.px
        return self._plot.rect().adjusted(px(48), 0, -px(4), -px(44))


def _nearest(places: Sequence[_Place]) -> QRect | None:
    """The best place for one frame alone."""
    best = min(places, key=lambda place: (place.covered, place.distance), default=None)
    return best.area if best is not None else None


def _arranged(places: Sequence[Sequence[_Place]]) -> list[QRect] | None:
    """The best places for two frames: the one of the higher point above; None where they cannot stand so."""
    if len(places) != 2:
        return None
    pairs = [
        (one, other)
        for one in places[0]
        for other in places[1]
        if not one.area.intersects(other.area)
        and (one.area.y() <= other.area.y()) == (one.at.y() <= other.at.y())
    ]
    if not pairs:
        return None
    one, other = min(
        pairs,
        key=lambda pair: (pair[0].covered + pair[1].covered, pair[0].distance + pair[1].distance),
    )
    return [one.area, other.area]


def _moved_into(area: QRect, room: QRect) -> QRect:
    """Moved up or down, as far as it takes."""
    area.moveTop(max(room.top(), min(area.top(), room.bottom() - area.height() + 1)))
    return area


class _Callout(QFrame):
    """A glyph and two lines."""

    def __init__(self, theme: Theme, plot: QWidget, mark: PointMark, hue: str) -> None:
        super().__init__(plot)
        self.setObjectName("callout")
        self.setProperty("hue", hue)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        px = theme.px
        self._title = ElidedLabel(theme, "strong", "link" if hue == "blue" else hue)
        self._text = Label(theme, "", "small", "muted")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Glyph(theme, mark.icon, mark.color))
        head.addWidget(self._title)
        head.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(10), px(5), px(10), px(6))
        whole.setSpacing(px(1))
        nest(whole, head)
        whole.addWidget(self._text)
        self.setMaximumWidth(px(_WIDEST))
        self.hide()

    def say(self, title: str, text: str) -> None:
        """Show these lines."""
        self._title.set_whole(title)
        self._text.setText(text)
        if (layout := self.layout()) is not None:  # until then it answers with what its lines took before
            layout.activate()
        self.resize(self.sizeHint().boundedTo(self.maximumSize()))

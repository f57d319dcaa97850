"""The plot of a trend: its points on the canvas of a library that is dear to import, so it is imported late.

One idea: what a trend says becomes data of the layers, and nothing else is asked of the library. What a point
says stands in a tool tip and in small frames of our own. Not for what is shown (`points`), which labels have
room (`ticks`), which point is meant (`pointing`), nor how the library is put together (`canvas`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPen
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from app.models.trend.points import Point, PointValue, Trend
from app.models.trend.scales import scale, unit
from app.values.fit_text import escaped
from app.views.style.painting import text_width
from app.views.style.theme import Theme
from app.views.trend.callouts import Callouts, Spots
from app.views.trend.canvas import SHAPES, Canvas
from app.views.trend.marks import EDIT, OWN, ink, mark_of
from app.views.trend.pointing import NOWHERE, Pointing
from app.views.trend.ticks import dates, thinned
from app.views.trend.tip_places import place_for
from app.words.moments import exact
from app.words.plain import tip

_REACH = 18  # pixels around a point
_WIDEST_DATE = "28 Nov"
_BAND = 56  # pixels, at the most
_CROWDED = 60  # points; smaller from there on
_SIDE = 0.6  # of the distance of two points, at the left and right end


class Plot(QWidget):
    """`session_chosen` carries the directory of a point that was clicked."""

    session_chosen = Signal(object)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._now = now
        self._trend: Trend | None = None
        self._places = np.empty((0, 2))
        self._marked = ""
        self._unit = 1.0
        self._heights: Sequence[tuple[float, str]] = ()
        self.canvas = Canvas()
        self._callouts = Callouts(theme, self)
        self._pointing = Pointing(self.canvas.viewport(), self, self._spots, lambda: theme.px(_REACH))
        self._pointing.moved.connect(self._tell_point)
        self._pointing.pressed.connect(self._choose)
        self._furnish()
        theme.changed.connect(self._draw)

    # --- setters --------------------------------------------------------------------------------------------

    def show_trend(self, trend: Trend) -> None:
        """Draw these sessions, oldest at the left."""
        self._trend = trend
        self._pointing.forget()
        self._draw()

    def mark(self, directory: str) -> None:
        """Show where a session is, as the pointer would."""
        self._marked = directory
        self._draw_halo()

    def position(self, place: int) -> QPoint:
        """Where a point is drawn, in pixels of this widget."""
        return self._to_widget(*self._places[place])

    # --- pointing -------------------------------------------------------------------------------------------

    def _tell_point(self) -> None:
        """Say what the point under the mouse says, and show that it can be clicked."""
        place = self._pointing.place
        pointing = Qt.CursorShape.ArrowCursor if place == NOWHERE else Qt.CursorShape.PointingHandCursor
        self.canvas.viewport().setCursor(pointing)
        self._draw_halo()
        if place == NOWHERE or self._trend is None:
            QToolTip.hideText()
            return
        said, spots = _said(self._trend, self._trend.points[place]), self._spots()
        at = spots.pop(place)
        where = place_for(_tip_size(said, self._theme.px(16)), at, spots.values(), self._theme.px(1))
        QToolTip.showText(self.mapToGlobal(where), tip(said), self)

    def _choose(self, place: int) -> None:
        if self._trend is not None:
            self.session_chosen.emit(self._trend.points[place].directory)

    def _to_widget(self, x: float, y: float) -> QPoint:
        found: QPoint = self.canvas.mapTo(self, self.canvas.at(x, y))
        return found

    def _spots(self) -> dict[int, QPoint]:
        """Where all points are drawn, by their place: from two of them one knows the others."""
        (left, right), (low, high) = self.canvas.box.viewRange()
        first, last = self._to_widget(left, low), self._to_widget(right, high)
        across, up = (last.x() - first.x()) / (right - left), (last.y() - first.y()) / (high - low)
        return {
            place: QPoint(round(first.x() + (x - left) * across), round(first.y() + (y - low) * up))
            for place, (x, y) in enumerate(self._places.tolist())
            if not math.isnan(y)
        }

    # --- drawing --------------------------------------------------------------------------------------------

    def _furnish(self) -> None:
        self.canvas.box.sigResized.connect(lambda _: self._fit())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(self._theme.px(12), 0, self._theme.px(16), 0)
        whole.addWidget(self.canvas)
        self._callouts.put_on_top()
        self._draw()

    def _draw(self) -> None:
        colors = self._theme.colors
        self.canvas.dress(self._theme)
        trend = self._trend
        if trend is None:
            return
        self._unit = unit(trend.heights)
        heights = [math.nan if (at := self._drawn(one.value)) is None else at for one in trend.points]
        self._places = np.column_stack([np.arange(float(len(heights))), np.array(heights, dtype=float)])
        self._stretch(trend)
        self.canvas.curve.setData(self._places[:, 0], self._places[:, 1], pen=_pen(colors["accent_line"], 2))
        self._draw_dots(trend)
        self._draw_special(trend)
        self._draw_halo()
        self._fit()

    def _stretch(self, trend: Trend) -> None:
        """Fit the frame to what is drawn, with round numbers at the side."""
        sides = scale(trend.heights)
        self.canvas.box.setRange(
            xRange=(-_SIDE, len(trend.points) - 1 + _SIDE),
            yRange=(sides.low / self._unit, sides.high / self._unit),
            padding=0.05,
        )
        self._heights = [(height / self._unit, label) for height, label in sides.ticks]
        across = self.canvas.box.viewRange()[0] * len(self._heights)
        up = [height for height, _ in self._heights]
        self.canvas.grid.setData(across, np.repeat(up, 2), pen=_pen(self._theme.colors["row_line"], 1))
        self.canvas.band.setBrush(self._theme.colors["accent_soft"])
        self.canvas.band.setPen(QPen(Qt.PenStyle.NoPen))

    def _drawn(self, value: PointValue) -> float | None:
        """Where a value stands, as it is drawn; None where it has no place."""
        height = value.height
        return None if height is None else height / self._unit

    def _draw_dots(self, trend: Trend) -> None:
        """Those of one mark together: pyqtgraph paints a shape anew for each brush that it is given."""
        base, px = self._theme.colors["base"], self._theme.px
        size = px(10) if len(trend.points) <= _CROWDED else px(6)
        marks = [None if one.own else mark_of(one.status.kind) for one in trend.points]
        for mark, dots in self.canvas.dots.items():
            at = self._places[[one is mark for one in marks] & np.isfinite(self._places[:, 1])]
            dots.setData(
                at[:, 0], at[:, 1], size=size, symbol=SHAPES[mark.shape], pen=_pen(base, 1.2),
                brush=ink(self._theme, mark.color),
            )  # fmt: skip

    def _draw_special(self, trend: Trend) -> None:
        """This session as a target, and what it is edited to as a ring."""
        base, px, own = self._theme.colors["base"], self._theme.px, trend.own
        spots: list[dict[str, object]] = []
        saved = self._drawn(trend.points[own].value) if own >= 0 else None
        edit = self._drawn(trend.edit) if trend.edit is not None and own >= 0 else None
        if saved is not None:
            blue = ink(self._theme, OWN.color)
            spots.append(_spot(own, saved, px(15), base, _pen(blue, 2.5)))
            spots.append(_spot(own, saved, px(6), blue, _pen(blue, 0.5)))
        if edit is not None:
            spots.append(_spot(own, edit, px(12), base, _pen(ink(self._theme, EDIT.color), 2)))
        self.canvas.special.setData(spots=spots)
        both = saved is not None and edit is not None
        dashed = _pen(ink(self._theme, EDIT.color), 1.6, Qt.PenStyle.DashLine)
        self.canvas.to_edit.setData([own, own] if both else [], [saved, edit] if both else [], pen=dashed)

    def _draw_halo(self) -> None:
        pointed = self._pointing.place
        place = self._marked_place() if pointed == NOWHERE else pointed
        if not 0 <= place < len(self._places) or math.isnan(self._places[place][1]):
            self.canvas.halo.setData(spots=[])
            return
        colors = self._theme.colors
        pen = _pen(colors["link"], 1.5)
        x, y = self._places[place]
        self.canvas.halo.setData(spots=[_spot(x, y, self._theme.px(20), colors["highlight"], pen)])

    def _marked_place(self) -> int:
        """The place of the session that is marked; -1 for this session, which can be seen anyway."""
        points = self._trend.points if self._trend else ()
        found = (place for place, one in enumerate(points) if one.directory == self._marked and not one.own)
        return next(found, -1)

    def _label_dates(self) -> None:
        trend = self._trend
        if trend is None or not trend.points:
            return
        wide = text_width(_WIDEST_DATE, self._theme.font("small")) + self._theme.px(10)
        found = dates(trend, self.canvas.box.width() / wide, self._now())
        self.canvas.dates.set_own(
            found.get(trend.own, ""), self._theme.font("small_strong"), self._theme.colors["text"]
        )
        self.canvas.dates.setTicks([list(found.items())])

    def _label_heights(self) -> None:
        line = QFontMetrics(self._theme.font("small")).lineSpacing()
        self.canvas.heights.setTicks([thinned(self._heights, max(1.0, self.canvas.box.height()) / line)])

    def _fit(self) -> None:
        """As many numbers and dates as there is room for; the frames go with their points."""
        self._draw_band()
        self._label_heights()
        self._label_dates()
        self._place_callouts()

    def _draw_band(self) -> None:
        """Behind this session, as wide as its share, and no wider than a date."""
        own = self._trend.own if self._trend is not None else -1
        (left, right), (low, high) = self.canvas.box.viewRange()
        widest = self._theme.px(_BAND) * (right - left) / max(1.0, self.canvas.box.width())
        half = min(0.42, widest / 2) if own >= 0 else 0.0
        self.canvas.band.setRect(QRectF(own - half, low, 2 * half, high - low))

    def _place_callouts(self) -> None:
        trend = self._trend
        own = trend.own if trend is not None else -1
        if trend is None or own < 0:
            self._callouts.hide()
            return
        saved, edit = trend.points[own].value.height, trend.edit.height if trend.edit else None
        at, to = (None if height is None else self._to_widget(own, height) for height in (saved, edit))
        self._callouts.show(trend, Spots(at, to, tuple(self._spots().values())), self._now())


def _pen(color: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen that is as wide as it says, in pixels, however the plot is stretched."""
    pen = QPen(color, width, style)
    pen.setCosmetic(True)
    return pen


def _spot(x: float, y: float, size: int, fill: QColor, pen: QPen) -> dict[str, object]:
    return {"pos": (x, y), "size": size, "brush": fill, "pen": pen}


def _tip_size(text: str, around: int) -> QSize:
    """How large the tip of this text will be, or a little less."""
    return QFontMetrics(QToolTip.font()).size(0, text) + QSize(2 * around, 2 * around)


def _said(trend: Trend, point: Point) -> str:
    """What a point says: session, value, status and time."""
    value = f"{trend.choice.title}: {point.value.text}"
    edit = f"\nYour edit, not saved yet: {trend.edit.text}" if point.own and trend.edit else ""
    return f"{escaped(point.name)}\n{value}{edit}\n{point.status.word}, {exact(point.began)}"

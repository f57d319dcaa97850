"""The plot of a trend, drawn with pyqtgraph: the only room that imports it, and so it is imported late.

One idea: pyqtgraph draws, and nothing else. Mouse and wheel never reach it, so that it has no menus, no zoom
and no export; no text is given to those of its labels that take markup, only ticks, which it paints as they
are. What a point says stands in a tool tip and in small frames of our own. Not for what is shown (`points`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import numpy as np
import pyqtgraph  # type: ignore[import-untyped]  # it has no types of its own
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QToolTip, QVBoxLayout, QWidget

from app.models.trend.points import Point, Trend
from app.models.trend.scales import scale
from app.values.fit_text import escaped
from app.views.style.painting import text_width
from app.views.style.theme import Theme
from app.views.trend.callouts import Callouts, Spots
from app.views.trend.marks import EDIT, OWN, SESSION_MARKS, ink, mark_of
from app.words.moments import exact
from app.words.plain import tip
from app.words.trend_texts import date_lines

pyqtgraph.setConfigOption("exitCleanup", False)  # whoever makes a plot ends it; at exit nothing is left to do

_OWN = "\u2060"  # invisible; told from other labels of the same words by it
_REACH = 18  # pixels around a point
_WIDEST_DATE = "28 Nov"
_BAND = 56  # pixels, at the most
_CROWDED = 60  # points; smaller from there on
_SIDE = 0.6  # of the distance of two points, at the left and right end


def _crossed() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(-0.5, -0.5, 1, 1)
    for way in (1, -1):
        path.moveTo(-0.2, -0.2 * way)
        path.lineTo(0.2, 0.2 * way)
    return path


_SHAPES: Mapping[str, object] = {"dot": "o", "crossed": _crossed(), "square": "s", "diamond": "d"}
_HEARD = frozenset(
    {
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.ContextMenu, QEvent.Type.Leave,
        QEvent.Type.ToolTip,
    }
)  # fmt: skip


class _Dates(pyqtgraph.AxisItem):  # type: ignore[misc]  # it has no types of its own
    """The dates below the plot. `own` is that of this session: it stands out, as its point does."""

    own = ""

    def set_own(self, text: str, font: QFont, color: QColor) -> None:
        """Say which one stands out, and how."""
        self.own, self._own_font, self._own_color = text, font, color

    def drawPicture(  # a name of pyqtgraph's
        self, painter: QPainter, line: object, marks: object, texts: Sequence[tuple[QRectF, int, str]]
    ) -> None:
        """Draw the others as ever, and the own one in its own looks."""
        super().drawPicture(painter, line, marks, [one for one in texts if one[2] != self.own])
        for area, flags, text in texts:
            if text == self.own:
                painter.setFont(self._own_font)
                painter.setPen(self._own_color)
                painter.drawText(area, int(flags), text.removesuffix(_OWN))


class Plot(QWidget):
    """`session_chosen` carries the directory of a point that was clicked."""

    session_chosen = Signal(object)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._now = now
        self._trend: Trend | None = None
        self._places = np.empty((0, 2))
        self._pointed = -1
        self._marked = ""
        self._heights: Sequence[tuple[float, str]] = ()
        self.canvas = pyqtgraph.GraphicsView()
        self._box = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False)
        self._left, self._bottom = pyqtgraph.AxisItem("left"), _Dates("bottom")
        self._band = QGraphicsRectItem()
        self._grid = pyqtgraph.PlotCurveItem(connect="pairs")
        self._line = pyqtgraph.PlotCurveItem(antialias=True, connect="finite")
        self._to_edit = pyqtgraph.PlotCurveItem(antialias=True)
        self._special, self._halo, *dots = (pyqtgraph.ScatterPlotItem(antialias=True) for _ in range(6))
        self._dots = dict(zip(SESSION_MARKS, dots, strict=True))
        self._callouts = Callouts(theme, self)
        self._furnish()
        theme.changed.connect(self._draw)

    # --- setters --------------------------------------------------------------------------------------------

    def show_trend(self, trend: Trend) -> None:
        """Draw these sessions, oldest at the left."""
        self._trend = trend
        self._pointed = -1
        self._draw()

    def mark(self, directory: str) -> None:
        """Show where a session is, as the pointer would."""
        self._marked = directory
        self._draw_halo()

    def position(self, place: int) -> QPoint:
        """Where a point is drawn, in pixels of this widget."""
        return self._to_widget(*self._places[place])

    # --- events ---------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear what would be pyqtgraph's: it gets none of it."""
        if event.type() not in _HEARD:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Leave:
            self._point_at(-1)
        elif isinstance(event, QMouseEvent):
            place = self._place_at(event.position())
            self._point_at(place)
            pressed = event.type() == QEvent.Type.MouseButtonPress
            if pressed and place >= 0 and event.button() == Qt.MouseButton.LeftButton and self._trend:
                self.session_chosen.emit(self._trend.points[place].directory)
        elif event.type() == QEvent.Type.Wheel:
            event.ignore()  # whatever is around may scroll
        return True

    # --- pointing -------------------------------------------------------------------------------------------

    def _place_at(self, where: QPointF) -> int:
        """The nearest point within reach; -1 where there is none."""
        spots = self._spots()
        nearest = min(spots, key=lambda place: _distance(spots[place], where), default=-1)
        return nearest if nearest >= 0 and _distance(spots[nearest], where) <= self._theme.px(_REACH) else -1

    def _point_at(self, place: int) -> None:
        if place == self._pointed:
            return
        self._pointed = place
        pointing = Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor
        self.canvas.viewport().setCursor(pointing)
        self._draw_halo()
        if place < 0 or self._trend is None:
            QToolTip.hideText()
            return
        where = self.mapToGlobal(self.position(place) + QPoint(self._theme.px(8), self._theme.px(8)))
        QToolTip.showText(where, tip(_said(self._trend, self._trend.points[place])), self)

    def _to_widget(self, x: float, y: float) -> QPoint:
        scene = self._box.mapViewToScene(QPointF(float(x), float(y)))
        found: QPoint = self.canvas.mapTo(self, self.canvas.mapFromScene(scene))
        return found

    def _spots(self) -> dict[int, QPoint]:
        """Where all points are drawn, by their place: from two of them one knows the others."""
        (left, right), (low, high) = self._box.viewRange()
        first, last = self._to_widget(left, low), self._to_widget(right, high)
        across, up = (last.x() - first.x()) / (right - left), (last.y() - first.y()) / (high - low)
        return {
            place: QPoint(round(first.x() + (x - left) * across), round(first.y() + (y - low) * up))
            for place, (x, y) in enumerate(self._places.tolist())
            if not math.isnan(y)
        }

    # --- drawing --------------------------------------------------------------------------------------------

    def _furnish(self) -> None:
        self.canvas.setFrameShape(self.canvas.Shape.NoFrame)
        for part in (self.canvas, self.canvas.viewport()):  # the table is for the keyboard
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.viewport().installEventFilter(self)
        self.canvas.viewport().setMouseTracking(True)
        frame = pyqtgraph.GraphicsLayout()  # not its PlotItem, which makes menus and labels of markup
        frame.setSpacing(0)
        frame.setContentsMargins(0, 0, 0, 0)
        for item, row, column in ((self._left, 0, 0), (self._box, 0, 1), (self._bottom, 1, 1)):
            frame.addItem(item, row, column)
        for axis in (self._left, self._bottom):
            axis.linkToView(self._box)
        self.canvas.setCentralItem(frame)
        self._box.disableAutoRange()
        self._box.sigResized.connect(lambda _: self._fit())
        layers = (
            self._band,
            self._grid,
            self._line,
            self._to_edit,
            self._halo,
            *self._dots.values(),
            self._special,
        )
        for layer, item in enumerate(layers):
            item.setZValue(layer - 1)
            self._box.addItem(item, ignoreBounds=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(self._theme.px(12), 0, self._theme.px(16), 0)
        whole.addWidget(self.canvas)
        self._callouts.put_on_top()
        self._draw()

    def _draw(self) -> None:
        colors = self._theme.colors
        self.canvas.setBackground(colors["base"])
        for axis, pen in ((self._left, colors["base"]), (self._bottom, colors["input_border"])):
            axis.setPen(pen)
            axis.setTextPen(colors["muted"])
            axis.setStyle(tickFont=self._theme.font("small"), tickLength=0, hideOverlappingLabels=False)
        lines = QFontMetrics(self._theme.font("small")).lineSpacing() * 2
        self._bottom.setHeight(lines + self._theme.px(8))
        trend = self._trend
        if trend is None:
            return
        heights = [math.nan if one.value.height is None else one.value.height for one in trend.points]
        self._places = np.column_stack([np.arange(float(len(heights))), np.array(heights, dtype=float)])
        self._stretch(trend)
        self._line.setData(self._places[:, 0], self._places[:, 1], pen=_pen(colors["accent_line"], 2))
        self._draw_dots(trend)
        self._draw_special(trend)
        self._draw_halo()
        self._fit()

    def _stretch(self, trend: Trend) -> None:
        """Fit the frame to what is drawn, with round numbers at the side."""
        sides = scale(trend.heights)
        self._box.setRange(
            xRange=(-_SIDE, len(trend.points) - 1 + _SIDE), yRange=(sides.low, sides.high), padding=0.05
        )
        self._heights = sides.ticks
        across, up = self._box.viewRange()[0] * len(sides.ticks), [height for height, _ in sides.ticks]
        self._grid.setData(across, np.repeat(up, 2), pen=_pen(self._theme.colors["row_line"], 1))
        self._band.setBrush(self._theme.colors["accent_soft"])
        self._band.setPen(QPen(Qt.PenStyle.NoPen))

    def _draw_dots(self, trend: Trend) -> None:
        """Those of one mark together: pyqtgraph paints a shape anew for each brush that it is given."""
        base, px = self._theme.colors["base"], self._theme.px
        size = px(10) if len(trend.points) <= _CROWDED else px(6)
        marks = [None if one.own else mark_of(one.status.kind) for one in trend.points]
        for mark, dots in self._dots.items():
            at = self._places[[one is mark for one in marks] & np.isfinite(self._places[:, 1])]
            dots.setData(
                at[:, 0], at[:, 1], size=size, symbol=_SHAPES[mark.shape], pen=_pen(base, 1.2),
                brush=ink(self._theme, mark.color),
            )  # fmt: skip

    def _draw_special(self, trend: Trend) -> None:
        """This session as a target, and what it is edited to as a ring."""
        base, px, own = self._theme.colors["base"], self._theme.px, trend.own
        spots: list[dict[str, object]] = []
        saved = trend.points[own].value.height if own >= 0 else None
        edit = trend.edit.height if trend.edit is not None and own >= 0 else None
        if saved is not None:
            blue = ink(self._theme, OWN.color)
            spots.append(_spot(own, saved, px(15), base, _pen(blue, 2.5)))
            spots.append(_spot(own, saved, px(6), blue, _pen(blue, 0.5)))
        if edit is not None:
            spots.append(_spot(own, edit, px(12), base, _pen(ink(self._theme, EDIT.color), 2)))
        self._special.setData(spots=spots)
        both = saved is not None and edit is not None
        dashed = _pen(ink(self._theme, EDIT.color), 1.6, Qt.PenStyle.DashLine)
        self._to_edit.setData([own, own] if both else [], [saved, edit] if both else [], pen=dashed)

    def _draw_halo(self) -> None:
        place = self._pointed if self._pointed >= 0 else self._marked_place()
        if not 0 <= place < len(self._places) or math.isnan(self._places[place][1]):
            self._halo.setData(spots=[])
            return
        colors = self._theme.colors
        pen = _pen(colors["link"], 1.5)
        x, y = self._places[place]
        self._halo.setData(spots=[_spot(x, y, self._theme.px(20), colors["highlight"], pen)])

    def _marked_place(self) -> int:
        """The place of the session that is marked; -1 for this session, which can be seen anyway."""
        points = self._trend.points if self._trend else ()
        found = (place for place, one in enumerate(points) if one.directory == self._marked and not one.own)
        return next(found, -1)

    def _label_dates(self) -> None:
        """Every date where there is room, else every second, third ...; the one of this session always."""
        trend = self._trend
        if trend is None or not trend.points:
            return
        points, always = trend.points, trend.own if trend.own >= 0 else len(trend.points) - 1
        wide = text_width(_WIDEST_DATE, self._theme.font("small")) + self._theme.px(10)
        every = math.ceil(len(points) / max(1.0, self._box.width() / wide))
        chosen = range(always % every, len(points), every)
        ticks = {place: date_lines(points[place].began, self._now()) for place in chosen}
        if trend.own >= 0:  # others may have begun in the same minute
            ticks[trend.own] += _OWN
        self._bottom.set_own(
            ticks.get(trend.own, ""), self._theme.font("small_strong"), self._theme.colors["text"]
        )
        self._bottom.setTicks([list(ticks.items())])

    def _label_heights(self) -> None:
        """Every number at the side where there is room, else every second, third ..., from the lowest on."""
        line = QFontMetrics(self._theme.font("small")).lineSpacing()
        every = math.ceil(len(self._heights) * line / max(1.0, self._box.height()))
        self._left.setTicks([self._heights[:: max(1, every)]])

    def _fit(self) -> None:
        """As many numbers and dates as there is room for; the frames go with their points."""
        self._draw_band()
        self._label_heights()
        self._label_dates()
        self._place_callouts()

    def _draw_band(self) -> None:
        """Behind this session, as wide as its share, and no wider than a date."""
        own = self._trend.own if self._trend is not None else -1
        (left, right), (low, high) = self._box.viewRange()
        widest = self._theme.px(_BAND) * (right - left) / max(1.0, self._box.width())
        half = min(0.42, widest / 2) if own >= 0 else 0.0
        self._band.setRect(QRectF(own - half, low, 2 * half, high - low))

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


def _distance(one: QPoint, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def _spot(x: float, y: float, size: int, fill: QColor, pen: QPen) -> dict[str, object]:
    return {"pos": (x, y), "size": size, "brush": fill, "pen": pen}


def _said(trend: Trend, point: Point) -> str:
    """What a point says: session, value, status and time."""
    value = f"{trend.choice.title}: {point.value.text}"
    edit = f"\nYour edit, not saved yet: {trend.edit.text}" if point.own and trend.edit else ""
    return f"{escaped(point.name)}\n{value}{edit}\n{point.status.word}, {exact(point.began)}"

"""What a trend is drawn on: parts of pyqtgraph, put together. The only room that imports it.

One idea: parts, not its PlotItem, which makes menus and labels of markup. No text is given to those of its
labels that take markup, only ticks, which it paints as they are; and whoever holds the canvas keeps the mouse
from it (`pointing`). Not for what is drawn on it (`plot`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyqtgraph  # type: ignore[import-untyped]  # it has no types of its own
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsRectItem

from app.views.style.theme import Theme
from app.views.trend.marks import SESSION_MARKS
from app.views.trend.ticks import OWN

pyqtgraph.setConfigOption("exitCleanup", False)  # whoever makes a plot ends it; at exit nothing is left to do


def _crossed() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(-0.5, -0.5, 1, 1)
    for way in (1, -1):
        path.moveTo(-0.2, -0.2 * way)
        path.lineTo(0.2, 0.2 * way)
    return path


SHAPES: Mapping[str, object] = {"dot": "o", "crossed": _crossed(), "square": "s", "diamond": "d"}
"""How pyqtgraph knows the shapes of `marks`."""


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
                painter.drawText(area, int(flags), text.removesuffix(OWN))


class Canvas(pyqtgraph.GraphicsView):  # type: ignore[misc]  # it has no types of its own
    """A frame (`box`) between two axes, and the layers in it; `dots` are those of other sessions, by mark."""

    def __init__(self) -> None:
        super().__init__()
        self.box = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False)
        self.heights, self.dates = pyqtgraph.AxisItem("left"), _Dates("bottom")
        self.band = QGraphicsRectItem()
        self.grid = pyqtgraph.PlotCurveItem(connect="pairs")
        self.curve = pyqtgraph.PlotCurveItem(antialias=True, connect="finite")
        self.to_edit = pyqtgraph.PlotCurveItem(antialias=True)
        self.special, self.halo, *dots = (pyqtgraph.ScatterPlotItem(antialias=True) for _ in range(6))
        self.dots = dict(zip(SESSION_MARKS, dots, strict=True))
        self._frame()
        self._stack()

    def dress(self, theme: Theme) -> None:
        """Take the colours and the font as they are now."""
        colors = theme.colors
        self.setBackground(colors["base"])
        for axis, pen in ((self.heights, colors["base"]), (self.dates, colors["input_border"])):
            axis.setPen(pen)
            axis.setTextPen(colors["muted"])
            axis.setStyle(tickFont=theme.font("small"), tickLength=0, hideOverlappingLabels=False)
        lines = QFontMetrics(theme.font("small")).lineSpacing() * 2
        self.dates.setHeight(lines + theme.px(8))

    def at(self, x: float, y: float) -> QPoint:
        """Where a point of the plot is drawn, in pixels of this widget."""
        found: QPoint = self.mapFromScene(self.box.mapViewToScene(QPointF(float(x), float(y))))
        return found

    def _frame(self) -> None:
        self.setFrameShape(self.Shape.NoFrame)
        for part in (self, self.viewport()):  # the table is for the keyboard
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame = pyqtgraph.GraphicsLayout()
        frame.setSpacing(0)
        frame.setContentsMargins(0, 0, 0, 0)
        for item, row, column in ((self.heights, 0, 0), (self.box, 0, 1), (self.dates, 1, 1)):
            frame.addItem(item, row, column)
        for axis in (self.heights, self.dates):
            axis.linkToView(self.box)
        self.setCentralItem(frame)

    def _stack(self) -> None:
        self.box.disableAutoRange()
        below = (self.band, self.grid, self.curve, self.to_edit, self.halo)
        for layer, item in enumerate((*below, *self.dots.values(), self.special)):
            item.setZValue(layer - 1)
            self.box.addItem(item, ignoreBounds=True)

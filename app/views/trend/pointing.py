"""The mouse over a plot: which of its points is meant, heard in the place of the library that draws.

One idea: whatever the mouse does on the canvas ends here, so that the library has no menus, no zoom and no
export; what is left of it is the point that lies nearest. Not for what a point says, nor for where it is
drawn (`plot`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

NOWHERE = -1
_HEARD = frozenset(
    {
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.ContextMenu, QEvent.Type.Leave,
        QEvent.Type.ToolTip,
    }
)  # fmt: skip


class Pointing(QObject):
    """`moved` tells that another point is meant, or none; `pressed` carries the place of one that is clicked.
    `place` is that of the point that is meant now.
    """

    moved = Signal()
    pressed = Signal(object)

    def __init__(
        self,
        canvas: QWidget,
        plot: QWidget,
        spots: Callable[[], Mapping[int, QPoint]],
        reach: Callable[[], int],
    ) -> None:
        """`spots` says where the points are drawn in `plot`, by their place, `reach` how far from one counts;
        all in pixels.
        """
        super().__init__(plot)
        self._canvas = canvas
        self._plot = plot
        self._spots = spots
        self._reach = reach
        self.place = NOWHERE
        canvas.installEventFilter(self)
        canvas.setMouseTracking(True)

    def forget(self) -> None:
        """Mean no point, until the mouse moves: others are drawn now."""
        self.place = NOWHERE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear what would be the library's: it gets none of it."""
        if event.type() not in _HEARD:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Leave:
            self._mean(NOWHERE)
        elif isinstance(event, QMouseEvent):
            place = self._nearest(self._canvas.mapTo(self._plot, event.position()))
            self._mean(place)
            pressed = event.type() == QEvent.Type.MouseButtonPress
            if pressed and place != NOWHERE and event.button() == Qt.MouseButton.LeftButton:
                self.pressed.emit(place)
        elif event.type() == QEvent.Type.Wheel:
            event.ignore()  # whatever is around may scroll
        return True

    def _nearest(self, where: QPointF) -> int:
        spots = self._spots()
        nearest = min(spots, key=lambda place: _distance(spots[place], where), default=NOWHERE)
        return nearest if nearest >= 0 and _distance(spots[nearest], where) <= self._reach() else NOWHERE

    def _mean(self, place: int) -> None:
        if place != self.place:
            self.place = place
            self.moved.emit()


def _distance(one: QPoint, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())

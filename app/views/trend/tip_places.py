"""Where the tip of a point stands: at the corner of it where the fewest other points are hidden.

One idea: who goes along a curve from point to point sees the next one; where there is a choice, the tip
stands below and at the right, as tips do. Qt puts a tip a little away from where it is asked to, by the size
of the pointer, and does not tell how far. Not for the frames that stand in the plot for good (`callouts`).
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize

OFFSET = QPoint(2, 24)
"""How far away, at the most that was seen."""
_AIR = 6
"""Pixels of the grid around the middle of a point."""


def place_for(size: QSize, at: QPoint, others: Iterable[QPoint], unit: int) -> QPoint:
    """Where to ask for a tip of this size, beside a point; `unit` is a pixel of the grid."""
    gap, width, height = 8 * unit, size.width(), size.height()
    right, below = at.x() + gap + OFFSET.x(), at.y() + gap + OFFSET.y()
    left, above = at.x() - gap - width, at.y() - 2 * gap - height
    corners = [QPoint(x, y) for y in (below, above) for x in (right, left)]
    spots = list(others)
    air = _AIR * unit

    def hidden(corner: QPoint) -> int:
        return sum(map(QRect(corner, size).adjusted(-air, -air, air, air).contains, spots))

    return min(corners, key=hidden) - OFFSET

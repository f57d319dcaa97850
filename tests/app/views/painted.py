"""What of a widget is painted from now on: for tests of whether a change is seen whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """Notes the paint events of one widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of what is painted."""
        if isinstance(event, QPaintEvent):
            self._region = self._region.united(event.region())
        return super().eventFilter(watched, event)

    def covers(self, area: QRect) -> bool:
        """Whether all of an area was painted."""
        return QRegion(area).subtracted(self._region).isEmpty()

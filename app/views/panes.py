"""The room of list and detail: side by side, and moved sideways where large text leaves no room for both.

One idea: below a width at which every word of both can still be read, nothing is squeezed any more; what has
the keyboard is moved into sight. Not for how the two share the room (`frame`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSplitter, QWidget

from app.views.style.theme import Theme

_BOTH, _LEAST_DETAIL = 900, 340
"""In pixels of the grid: from where on there is room for both, and what the detail needs in less."""


class Panes(QScrollArea):
    """Shows a splitter, all of it wherever there is room."""

    def __init__(self, theme: Theme, splitter: QSplitter) -> None:
        super().__init__()
        self._splitter = splitter
        self.setObjectName("panes")
        self._theme = theme
        splitter.setMinimumSize(1, 1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(splitter)
        self.viewport().setAutoFillBackground(False)
        splitter.setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room for this size of text, keep what both need at the least."""
        super().resizeEvent(event)
        px, (sessions, detail) = self._theme.px, (self._splitter.widget(place) for place in (0, 1))
        tight = self.width() < px(_BOTH)
        if sessions is not None and detail is not None:
            detail.setMinimumWidth(px(_LEAST_DETAIL) if tight else 0)
            least = sessions.minimumSizeHint().width() + px(_LEAST_DETAIL) + self._splitter.handleWidth()
            self._splitter.setMinimumWidth(least if tight else 1)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The keyboard went to another widget: the side that it is in comes into sight."""
        panes = [self._splitter.widget(place) for place in range(self._splitter.count())]
        for pane in panes:
            if pane is not None and now is not None and pane.isAncestorOf(now) and self._is_moved:
                self.ensureWidgetVisible(pane, 0, 0)

    @property
    def _is_moved(self) -> bool:
        """Whether there is too little room for both."""
        return self.horizontalScrollBar().maximum() > 0

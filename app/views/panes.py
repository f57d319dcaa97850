"""The room of list and detail: side by side, and moved sideways where large text leaves no room for both.

One idea: below a width at which every word of both can still be read, nothing is squeezed any more; what has
the keyboard is moved into sight. Not for how the two share the room (`frame`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSplitter, QWidget

from app.views.style.theme import Theme

_LEAST = 700
"""What list and detail need together, in pixels of the grid; a window has more in text of the usual size."""


class Panes(QScrollArea):
    """Shows a splitter, all of it wherever there is room."""

    def __init__(self, theme: Theme, splitter: QSplitter) -> None:
        super().__init__()
        self._splitter = splitter
        self.setObjectName("panes")
        splitter.setMinimumSize(theme.px(_LEAST), 1)
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

"""The row of a file that somebody has gone to, whole, below the file: what is cut there can be read here.

One idea: rows of a file other than a log are not wrapped, so that they stand below each other as they are
written; the one that is read is, in a strip of its own, which the keyboard reaches by Tab. Not for the file
(`raw_view`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from app.views.parts.raw_view import RawView
from app.views.style.theme import Theme

_MOST_LINES = 5
"""Of a longer row the rest is scrolled to."""
_PADDING = 6
"""Above and below: what the stylesheet has, and a little, or there is a scroll bar for nothing."""


class WholeRow(QPlainTextEdit):
    """Shown while the row of the caret of `view` is cut there."""

    def __init__(self, theme: Theme, view: RawView) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("wholeRow")
        self.setAccessibleName("The whole line")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.hide()
        self._restyle()
        theme.changed.connect(self._restyle)
        view.cut_row_changed.connect(self._show_row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width it takes another number of lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._fit()

    def _show_row(self, text: object) -> None:
        if text != self.toPlainText():
            self.setPlainText(str(text))
        self.setVisible(bool(text))
        self._fit()

    def _restyle(self) -> None:
        self.setFont(self._theme.font("mono"))
        self._fit()

    def _fit(self) -> None:
        lines = min(max(1, round(self.document().size().height())), _MOST_LINES)
        around = 2 * (self._theme.px(_PADDING) + 1 + round(self.document().documentMargin()))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + around)

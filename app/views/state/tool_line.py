"""The line above the tree of a state: its filter, what that found, and what is done to rows most.

One idea: nothing in it stands empty. The buttons have words where the filter has room beside them for what
is typed and what it says of it; else they are icons, and the filter has what that leaves. Not for what filter
and buttons do.
"""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.views.parts.fields import SearchField
from app.views.state.match_bar import MatchBar
from app.views.state.row_buttons import RowButtons
from app.views.style.theme import Theme

_WIDEST_FILTER = 300


class ToolLine(QWidget):
    """Lays the three out beside each other."""

    def __init__(self, theme: Theme, field: SearchField, matches: MatchBar, buttons: RowButtons) -> None:
        super().__init__()
        self._filter, self._matches, self._buttons = field, matches, buttons
        field.setMaximumWidth(theme.px(_WIDEST_FILTER))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        self._line.addWidget(field, 100)
        self._line.addWidget(matches)
        self._line.addStretch(1)
        self._line.addWidget(buttons)
        field.note_changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for words now, or none any more."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A part came or went, or text got another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        edges, gap = self._line.contentsMargins(), self._line.spacing()
        beside = (self._matches,) if not self._matches.isHidden() else ()
        taken = edges.left() + edges.right() + sum(one.sizeHint().width() + gap for one in beside)
        left = self.width() - taken - 2 * gap - self._filter.needed()
        self._buttons.set_worded(self._buttons.isHidden() or left >= self._buttons.wide(worded=True))

"""The list and the detail side by side: how they share the width.

One idea: until somebody pulls the line between them, both have the same parts of what there is, and the list
never less than it needs to say when a session was saved; from then on they stay as they were pulled. Not for
one of them alone (`one_pane`).
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from app.views.style.theme import Theme

_PANES = (756, 683)
_COMPACT_PANES = (516, 507)


class Panes(QSplitter):
    """The list and the detail, or its place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._compact = self._chosen = False
        self._widths = _PANES
        self.setMinimumSize(1, 1)  # never the reason why the window is wider than the screen
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._note)

    def fill(self, sessions: QWidget, detail: QWidget) -> None:
        """Put both in."""
        self.addWidget(sessions)
        self.addWidget(detail)
        self.setChildrenCollapsible(False)
        for pane in range(2):
            self.setStretchFactor(pane, 1)  # Qt knows no number over 255

    def set_compact(self, compact: bool) -> None:
        """Make do with less room, or use more."""
        self._compact = compact
        self.share()
        QTimer.singleShot(0, self, self.share)  # until then the room that they needed before counts

    def share(self) -> None:
        """Give both their usual widths, unless the user has given them others."""
        if not self._chosen:
            left, right = _COMPACT_PANES if self._compact else _PANES
            room = max(left + right, self.width() - 1)  # of what was left over Qt gives all to one
            list_ = max(round(room * left / (left + right)), min(self._theme.px(_COMPACT_PANES[0]), room))
            self.setSizes([list_, room - list_])

    def chosen(self, *, alone: bool) -> tuple[int, int] | None:
        """The widths that the user has given them, None for the usual ones; `alone`: one of them has all."""
        left, right = self._widths if alone else self.sizes()
        return (left, right) if self._chosen else None

    def choose(self, left: int, right: int) -> None:
        """Give them these widths, as the user chose them; they are kept from then on."""
        self._chosen = True
        self._widths = (left, right)
        self.setSizes([left, right])

    def forget_chosen(self) -> None:
        """Have the usual widths from now on."""
        self._chosen = False

    def _note(self) -> None:
        self._chosen = True
        left, right = self.sizes()
        self._widths = (left, right)

"""How wide the columns of the session list are, and which are shown.

One idea: names and statuses are never cut. The columns of names and subjects are as wide as the longest, the
status keeps room for its longest word, and the other columns give way, one by one. What the user has pulled
stays as it is. Not for what the columns show.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from app.models.session_rows import Column
from app.models.sessions import SessionsModel
from app.views.session_delegate import INDENT, PADDING
from app.views.theme import Theme

_WIDTHS = {Column.SESSION: 216, Column.SUBJECT: 68, Column.LAUNCHER: 132, Column.SAVED: 102}
_COMPACT_WIDTHS = {Column.SESSION: 212, Column.SUBJECT: 66, Column.LAUNCHER: 132, Column.SAVED: 84}
_WIDEST_NAME = 320
_WIDEST_SUBJECT = 140
_USUAL_STATUS = "Being written"
_LONGEST_DATE = "30 Nov 2026"
_GIVING_WAY = (Column.SAVED, Column.SUBJECT, Column.LAUNCHER)  # the first is the last to go


class SessionColumns(QObject):
    """Fits the columns of one table."""

    def __init__(self, view: QTableView, sessions: SessionsModel, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._sessions = sessions
        self._theme = theme
        self._pulled: set[int] = set()
        self._fitting = False
        view.horizontalHeader().sectionResized.connect(self._note_pulled)

    def fit(self, *, compact: bool) -> None:
        """Fit to the width of the table; `compact` folds the launcher away."""
        widths, status = self._wanted(compact=compact)
        left = self._view.viewport().width() - status - widths[Column.SESSION]
        self._fitting = True
        for column in _GIVING_WAY:
            left -= widths[column]
            self._view.setColumnHidden(column, left < 0 or (compact and column == Column.LAUNCHER))
        for column, width in widths.items():
            if column not in self._pulled:
                self._view.setColumnWidth(column, width)
        self._fitting = False

    def _wanted(self, *, compact: bool) -> tuple[dict[Column, int], int]:
        """Widths in pixels by column, and what the status needs at least."""
        px, metrics = self._theme.px, QFontMetrics(self._theme.font("body"))
        usual = _COMPACT_WIDTHS if compact else _WIDTHS
        widths = {column: px(width) for column, width in usual.items()}
        date = metrics.horizontalAdvance(_LONGEST_DATE) + px(2 * PADDING) + 2
        widths[Column.SAVED] = max(date, widths[Column.SAVED])
        name = metrics.horizontalAdvance(self._sessions.longest_name()) + px(INDENT + PADDING) + 2
        widths[Column.SESSION] = min(max(name, widths[Column.SESSION]), px(_WIDEST_NAME))
        subject = metrics.horizontalAdvance(self._sessions.longest_subject()) + px(2 * PADDING) + 2
        widths[Column.SUBJECT] = min(max(subject, widths[Column.SUBJECT]), px(_WIDEST_SUBJECT))
        words = (_USUAL_STATUS, self._sessions.longest_status())
        return widths, max(map(metrics.horizontalAdvance, words)) + px(22 + 3 * PADDING)

    def _note_pulled(self, column: int, before: int, after: int) -> None:
        if not self._fitting and before and after:  # hiding and showing are told as sizes, too
            self._pulled.add(column)

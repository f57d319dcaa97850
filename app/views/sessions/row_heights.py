"""How high the rows of the session list are: a heading is higher than a session.

One idea: Qt's header of rows keeps one usual height, and headings are the few exceptions, found again each
time they move. Not for the widths of columns (`session_columns`).
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QTableView

from app.models.sessions.sessions import SessionsModel
from app.views.style.theme import Theme

ROW, HEADING_ROW = 24, 30


class RowHeights:
    """The heights of one table's rows. It is made when the table has its model."""

    def __init__(self, view: QTableView, sessions: SessionsModel, theme: Theme) -> None:
        self._rows = view.verticalHeader()
        self._sessions = sessions
        self._theme = theme
        self._headings: Sequence[int] = ()
        self._rows.hide()
        self._rows.setMinimumSectionSize(theme.px(10))
        self._rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._rows.setDefaultSectionSize(theme.px(ROW))

    def follow(self) -> None:
        """Rows are others, or in their places again: once for each list of headings."""
        if self._headings is not self._sessions.heading_positions():
            self.fit()

    def fit(self) -> None:
        """Give headings their height; with updates on, each would make Qt add up the heights of all rows."""
        rows, low, high = self._rows, self._theme.px(ROW), self._theme.px(HEADING_ROW)
        wanted = self._sessions.heading_positions()
        rows.setUpdatesEnabled(False)
        for position in set(self._headings).difference(wanted):
            if position < rows.count():
                rows.resizeSection(position, low)
        for position in wanted:
            rows.resizeSection(position, high)
        rows.setUpdatesEnabled(True)
        self._headings = wanted

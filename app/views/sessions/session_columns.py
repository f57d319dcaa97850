"""How wide the columns of the session list are, where they stand, and which are shown.

One idea: names and statuses are never cut. The columns of names and subjects are as wide as the longest, the
status keeps room for its longest word (in little room for its usual ones), and the other columns give way:
the launcher gets narrower, then they go one by one; those by choice, before the status, are the last to do
so. Room for the scroll bar is always left, so that nothing changes when it comes. What the user has pulled
stays as it is. Not for what the columns show.
"""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from app.models.sessions.session_rows import FIRST_EXTRA, Column
from app.models.sessions.sessions import SessionsModel
from app.views.sessions.session_painter import INDENT, PADDING
from app.views.style.painting import text_width
from app.views.style.theme import Theme

_WIDTHS = {Column.SESSION: 216, Column.SUBJECT: 68, Column.LAUNCHER: 132, Column.SAVED: 102}
_COMPACT_WIDTHS = {Column.SESSION: 212, Column.SUBJECT: 66, Column.LAUNCHER: 132, Column.SAVED: 84}
_WIDEST_NAME = 320
_WIDEST_SUBJECT = 140
_USUAL_STATUS = "No saved state"
"""In little room the status has room for this; the glyph stands alone where a longer one does not fit."""
_LONGEST_DATE = "30 Nov 2026"
_WIDEST_EXTRA = 160
_MEASURED = 200  # characters: wider than any column gets, however long a text is
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
        for about_to in (sessions.columnsAboutToBeInserted, sessions.columnsAboutToBeRemoved):
            about_to.connect(self._expect)  # the header tells other widths then, which nobody has pulled
        sessions.columnsInserted.connect(self._place)
        sessions.columnsRemoved.connect(self._forget_pulled)

    @property
    def pulled(self) -> dict[Column, int]:
        """Which of the list's own columns were pulled, and how wide, in pixels of the grid."""
        own = [column for column in _WIDTHS if column in self._pulled]  # the status takes what is left
        seen = [column for column in own if not self._view.isColumnHidden(column)]
        return {column: round(self._view.columnWidth(column) / self._theme.scale) for column in seen}

    def pull(self, widths: Mapping[Column, int]) -> None:
        """Take these as pulled, and no others."""
        self._pulled = {int(column) for column in widths}
        self._fitting = True
        for column, width in widths.items():
            self._view.setColumnWidth(column, self._theme.px(width))
        self._fitting = False

    def fit(self, *, compact: bool) -> None:
        """Fit to the width of the table; `compact` folds the launcher and the columns by choice away."""
        widths, status = self._wanted(compact=compact)
        extras = range(FIRST_EXTRA, FIRST_EXTRA + len(self._sessions.columns))
        folded = {Column.LAUNCHER, *extras} if compact else set()
        left = self._room() - status - widths[Column.SESSION]
        self._fitting = True
        for column in (*extras, *_GIVING_WAY):
            if column == Column.LAUNCHER:
                widths[column] = max(min(widths[column], left), self._narrowest(column))
            hidden = column in folded or left < widths[column]
            left -= 0 if column in folded else widths[column]
            self._view.setColumnHidden(column, hidden)
        for column, width in widths.items():
            if column not in self._pulled:
                self._view.setColumnWidth(column, width)
        self._fitting = False

    def fitting(self, column: int) -> int:
        """The width that shows the texts of a column whole, of the rows in sight."""
        view, sessions = self._view, self._sessions
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        rows = range(max(0, first), last + 1 if last >= 0 else sessions.rowCount())
        texts = (str(sessions.index(row, column).data() or "") for row in rows if sessions.is_session(row))
        left = INDENT if column == Column.SESSION else PADDING
        font = self._theme.font("body")
        return max((text_width(text, font) for text in texts), default=0) + self._theme.px(left + PADDING)

    def _room(self) -> int:
        """What all columns have together, whether there is a scroll bar now or not."""
        view = self._view
        return view.width() - 2 * view.frameWidth() - view.verticalScrollBar().sizeHint().width()

    def _narrowest(self, column: int) -> int:
        """What a title needs, with its sign for the order."""
        title = str(self._sessions.headerData(column, Qt.Orientation.Horizontal))
        return text_width(title, self._theme.font("column")) + self._theme.px(2 * PADDING + 14)

    def _wanted(self, *, compact: bool) -> tuple[dict[int, int], int]:
        """Widths in pixels by column, and what the status needs at least."""
        px, metrics = self._theme.px, QFontMetrics(self._theme.font("body"))
        usual = _COMPACT_WIDTHS if compact else _WIDTHS
        widths: dict[int, int] = {column: px(width) for column, width in usual.items()}
        date = metrics.horizontalAdvance(_LONGEST_DATE) + px(2 * PADDING) + 2
        widths[Column.SAVED] = max(date, widths[Column.SAVED])
        name = metrics.horizontalAdvance(self._sessions.longest_name()[:_MEASURED]) + px(INDENT + PADDING) + 2
        widths[Column.SESSION] = min(max(name, widths[Column.SESSION]), px(_WIDEST_NAME))
        subject = (
            metrics.horizontalAdvance(self._sessions.longest_subject()[:_MEASURED]) + px(2 * PADDING) + 2
        )
        widths[Column.SUBJECT] = min(max(subject, widths[Column.SUBJECT]), px(_WIDEST_SUBJECT))
        for position in range(len(self._sessions.columns)):
            widths[FIRST_EXTRA + position] = self._extra_width(position, metrics)
        words = (_USUAL_STATUS, "" if compact else self._sessions.longest_status())
        return widths, max(map(metrics.horizontalAdvance, words)) + px(22 + 3 * PADDING)

    def _extra_width(self, position: int, metrics: QFontMetrics) -> int:
        """For the title with its sign for the order, and the longest text, up to a limit."""
        px, head = self._theme.px, self._narrowest(FIRST_EXTRA + position)
        longest = (
            metrics.horizontalAdvance(self._sessions.longest_cell(position)[:_MEASURED]) + px(2 * PADDING) + 2
        )
        return min(max(head, longest), px(_WIDEST_EXTRA))

    def _expect(self) -> None:
        self._fitting = True

    def _place(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Columns by choice stand before the status, which takes the rest of the width."""
        header = self._view.horizontalHeader()
        for column in range(first, last + 1):
            header.moveSection(header.visualIndex(column), header.visualIndex(Column.STATUS))
        self._fitting = False

    def _forget_pulled(self) -> None:
        """Their numbers are those of other columns now."""
        self._pulled = {column for column in self._pulled if column < FIRST_EXTRA}
        self._fitting = False

    def _note_pulled(self, column: int, before: int, after: int) -> None:
        if not self._fitting and before and after:  # hiding and showing are told as sizes, too
            self._pulled.add(column)

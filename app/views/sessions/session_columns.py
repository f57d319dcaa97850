"""How wide the columns of the session list are, and which are shown.

One idea: the name is what one reads first, and is there whole; the status keeps room for its usual words,
else its sign stands alone, and for the signs of its marks. The other columns that are chosen share the
rest, in the order in which they matter: those by choice, when it was saved, the subject, the launcher.
Each gets narrower before one goes (a number, a subject and a time are never cut); what has no room is
told by `without_room`. Or all of them are as wide as they need, and the list scrolls sideways.

Room for the scroll bar is always left, so that nothing changes when it comes. What the user has pulled stays
as it is. Not for what the columns show, nor for sharing (`column_room`) or their order (`column_order`).
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from app.models.sessions.session_rows import FIRST_EXTRA, Column
from app.models.sessions.sessions import SessionsModel
from app.views.sessions.column_order import ColumnOrder
from app.views.sessions.column_room import Wanted, shared
from app.views.sessions.session_painter import INDENT, MARKS_GAP, PADDING, STATUS_TEXT, marks_width
from app.views.style.looks import SHORT_WORDS
from app.views.style.painting import text_width
from app.views.style.theme import Theme

_WIDTHS = {Column.SESSION: 216, Column.SUBJECT: 68, Column.LAUNCHER: 132, Column.SAVED: 102}
_COMPACT_WIDTHS = {Column.SESSION: 212, Column.SUBJECT: 66, Column.LAUNCHER: 132, Column.SAVED: 84}
_WIDEST_NAME, _WIDEST_BESIDE = 400, 320
"""Of a name, and of one that its folder stands beside."""
_WIDEST_SUBJECT, _WIDEST_LAUNCHER = 140, 200
_USUAL_STATUS, _LEAST_STATUS, _SHORT_STATUS = "No saved state", "Needs newer", "Completed"
"""In little room the status has room for the first if it can be, for the second before any other column has
some, and for the sake of a long name for the third: what is shorter then stands in `SHORT_WORDS`, else the
glyph stands alone.
"""
_LONGEST_DATE = "30 Nov 2026"
_WIDEST_EXTRA = 160
_MARKS = -1  # the number under which the marks of the status ask for room
_MEASURED = 200  # characters: wider than any column gets, however long a text is


class SessionColumns(QObject):
    """Fits the columns of one table. `changed`: others are chosen now, or have no room, or they stand in
    another `order`. `compact` makes do with less; `put_away` are the list's own columns that are not chosen;
    `sideways`: all are as wide as they need.
    """

    changed = Signal()

    def __init__(self, view: QTableView, sessions: SessionsModel, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._sessions = sessions
        self._theme = theme
        self._pulled: set[int] = set()
        self._fitting = self.compact = False
        self._fitted = 0  # the width of the table that the columns were fitted to
        self.put_away: frozenset[Column] = frozenset()
        self.sideways = False
        self.without_room: frozenset[int] = frozenset()
        self.order = ColumnOrder(view, sessions)
        self.order.changed.connect(self._follow_order)
        view.horizontalHeader().sectionResized.connect(self._note_pulled)
        for about_to in (sessions.columnsAboutToBeInserted, sessions.columnsAboutToBeRemoved):
            about_to.connect(self._expect)  # the header tells other widths then, which nobody has pulled
        sessions.columnsInserted.connect(self._stop_expecting)
        sessions.columnsRemoved.connect(self._forget_pulled)
        self._marks = 0  # pixels for a status with its marks
        sessions.dataChanged.connect(self._follow_marks)

    @property
    def pulled(self) -> dict[Column, int]:
        """Which of the list's own columns were pulled, and how wide, in pixels of the grid."""
        own = [Column(column) for column in self.order.seen[:-1] if column in self._pulled & {*Column}]
        return {column: round(self._view.columnWidth(column) / self._theme.scale) for column in own}

    def pull(self, widths: Mapping[Column, int]) -> None:
        """Take these as pulled, and no others."""
        self._pulled = {int(column) for column in widths}
        self._fitting = True
        for column, width in widths.items():
            self._view.setColumnWidth(column, self._theme.px(width))
        self._fitting = False
        self.fit()

    def choose(self, put_away: Iterable[Column], *, sideways: bool) -> None:
        """Show the list's own columns but for these, and all of them as wide as they need if `sideways`."""
        self.put_away, self.sideways = frozenset(put_away), sideways
        self.fit()
        self.changed.emit()

    def follow_width(self) -> None:
        """Fit to the width of the table, where it is another: what is seen of it has another size also when a
        scroll bar comes or goes.
        """
        if self._view.width() != self._fitted:
            self.fit()

    def fit(self) -> None:
        """Fit to the width of the table."""
        self._fitted = self._view.width()
        wanted = self._wanted()
        status = max(self._status(_SHORT_STATUS), self._marked())  # one long name takes no row its marks
        name = self._name(self._theme.px(_WIDEST_NAME) if self.sideways else self._room() - status)
        if self.sideways:
            given = {one.column: one.full for one in wanted}
        else:
            given = self._shared(self._room() - name, wanted)
        self._show({**given, Column.SESSION: name})
        found = frozenset(one.column for one in wanted if one.column not in given)
        if found != self.without_room:
            self.without_room = found
            self.changed.emit()

    def fitting(self, column: int) -> int:
        """The width that shows the texts of a column whole, of the rows in sight."""
        view, sessions = self._view, self._sessions
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        rows = range(max(0, first), last + 1 if last >= 0 else sessions.rowCount())
        texts = (str(sessions.index(row, column).data() or "") for row in rows if sessions.is_session(row))
        left = INDENT if column == Column.SESSION else PADDING
        font = self._theme.font("body")
        return max((text_width(text, font) for text in texts), default=0) + self._theme.px(left + PADDING)

    # --- what is needed -------------------------------------------------------------------------------------

    def _room(self) -> int:
        """What all columns have together, whether there is a scroll bar now or not."""
        view = self._view
        return view.width() - 2 * view.frameWidth() - view.verticalScrollBar().sizeHint().width()

    def _name(self, most: int) -> int:
        """Wide enough for every name; for the folder beside some of them, as far as that is usual."""
        px, around = self._theme.px, self._theme.px(INDENT + PADDING) + 2
        usual = px((_COMPACT_WIDTHS if self.compact else _WIDTHS)[Column.SESSION])
        beside = min(self._advance(self._sessions.longest_name()) + around, px(_WIDEST_BESIDE))
        own = min(self._advance(self._sessions.longest_own_name()) + around, px(_WIDEST_NAME))
        return max(min(max(usual, beside, own), most), usual)

    def _wanted(self) -> list[Wanted]:
        """What the columns that are chosen need; the first matters most."""
        px, usual = self._theme.px, _COMPACT_WIDTHS if self.compact else _WIDTHS
        least, usual_status = self._status(_LEAST_STATUS), self._status(_USUAL_STATUS)
        longest = 0 if self.compact else self._status(self._sessions.longest_status())
        saved = max(self._advance(_LONGEST_DATE) + px(2 * PADDING) + 2, px(usual[Column.SAVED]))
        subject = self._advance(self._sessions.longest_subject()) + px(2 * PADDING) + 2
        subject = min(max(subject, px(usual[Column.SUBJECT])), px(_WIDEST_SUBJECT))
        extras = range(FIRST_EXTRA, FIRST_EXTRA + len(self._sessions.columns))
        launcher = self._advance(self._sessions.longest_launcher()) + px(2 * PADDING) + 2
        launcher = min(max(launcher, px(usual[Column.LAUNCHER])), px(_WIDEST_LAUNCHER))
        wanted = [
            *map(self._extra, extras),
            Wanted(Column.SAVED, saved, saved),
            Wanted(Column.SUBJECT, subject, subject),
            Wanted(Column.LAUNCHER, launcher, min(launcher, self._narrowest(Column.LAUNCHER))),
            Wanted(Column.STATUS, max(least, usual_status, longest), least),
        ]
        return [one for one in wanted if one.column not in self.put_away]

    def _extra(self, column: int) -> Wanted:
        """As wide as its longest text, up to a limit; a text may be cut down to the width of the title."""
        px, head = self._theme.px, self._narrowest(column)
        longest = self._advance(self._sessions.longest_cell(column - FIRST_EXTRA)) + px(2 * PADDING) + 2
        full = min(max(head, longest), px(_WIDEST_EXTRA))
        return Wanted(column, full, full if self._sessions.is_numeric(column) else min(head, full))

    def _shared(self, room: int, wanted: Sequence[Wanted]) -> dict[int, int]:
        """What the name leaves, shared: the status has its usual words before any other column has room, or
        what a long name leaves of them. Its marks go before what makes other columns wider, and the launcher
        goes before them.
        """
        (status,) = (one for one in wanted if one.column == Column.STATUS)
        least = min(status.least, max(room, self._status(_SHORT_STATUS)))
        marks = max(0, self._marked() - least)
        beyond = status._replace(full=max(0, status.full - least - marks), least=0)
        others = [beyond if one is status else one for one in wanted]
        given = shared(room - least, [Wanted(_MARKS, marks, 0), *others])
        if given.get(_MARKS, 0) < marks and Column.LAUNCHER in given:  # that one goes before a mark does
            others = [one for one in others if one.column != Column.LAUNCHER]
            given = shared(room - least, [Wanted(_MARKS, marks, 0), *others])
        of_marks = given.pop(_MARKS, 0)
        return {**given, Column.STATUS: least + of_marks + given.get(Column.STATUS, 0)}

    def _marked(self) -> int:
        """What the widest status needs with its marks as glyphs."""
        least = self._theme.px(PADDING + STATUS_TEXT + MARKS_GAP)
        self._marks = max(
            (
                least + self._advance(SHORT_WORDS.get(kind, word)) + marks_width(self._theme, count)
                for (kind, word), count in self._sessions.most_marks().items()
            ),
            default=0,
        )
        return self._marks

    def _status(self, word: str) -> int:
        return self._advance(word) + self._theme.px(STATUS_TEXT + 3 * PADDING)

    def _narrowest(self, column: int) -> int:
        """What a title needs, with its sign for the order."""
        title = str(self._sessions.headerData(column, Qt.Orientation.Horizontal))
        return text_width(title, self._theme.font("column")) + self._theme.px(2 * PADDING + 14)

    def _advance(self, text: str) -> int:
        return QFontMetrics(self._theme.font("body")).horizontalAdvance(text[:_MEASURED])

    # --- what is shown --------------------------------------------------------------------------------------

    def _show(self, given: Mapping[int, int]) -> None:
        """Give these columns these widths; the last one takes what is left, where anything is."""
        view, header = self._view, self._view.horizontalHeader()
        self._fitting = True
        for column in range(header.count()):
            view.setColumnHidden(column, column not in given)
        pulled = {column: view.columnWidth(column) for column in self._pulled.intersection(given)}
        last = self.order.seen[-1]
        widths = {**given, **pulled, last: given[last]}
        least = self._status(_LEAST_STATUS) if last == Column.STATUS and not self.sideways else widths[last]
        others = sum(width for column, width in widths.items() if column != last)
        is_stretched = others + min(least, widths[last]) <= self._room()
        if header.stretchLastSection() != is_stretched:
            header.setStretchLastSection(is_stretched)
        if is_stretched:
            del widths[last]  # to set it would give the others their widths of before
        for column, width in widths.items():
            view.setColumnWidth(column, width)
        self._fitting = False

    def _follow_marks(self) -> None:
        before = self._marks
        if self._marked() != before:
            self.fit()

    def _expect(self) -> None:
        self._fitting = True

    def _stop_expecting(self) -> None:
        self._fitting = False

    def _follow_order(self) -> None:
        """Another one may take what is left now."""
        self.fit()
        self.changed.emit()

    def _forget_pulled(self) -> None:
        """Their numbers are those of other columns now."""
        self._pulled = {column for column in self._pulled if column < FIRST_EXTRA}
        self._fitting = False

    def _note_pulled(self, column: int, before: int, after: int) -> None:
        is_rest = self._view.horizontalHeader().stretchLastSection() and column == self.order.seen[-1]
        if not (self._fitting or is_rest) and before and after:  # hiding and showing are told as sizes, too
            self._pulled.add(column)

"""The table of sessions: keys, mouse and focus.

One idea: a list with headings is used as a tree, though it is a flat table: headings fold, and are never
selected. Not for these (`session_headings`), for which session is selected (`session_selection`), what stays
in its place when rows are made anew (`kept_place`), painting (`session_painter`), nor for filter and chips
(`session_pane`).
"""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.models.headers import Index
from app.models.sessions.session_rows import Column, Heading, SessionRow
from app.models.sessions.sessions import SessionsModel
from app.views.parts.rows import behave_as_rows, put_ground
from app.views.sessions.kept_place import KeptPlace
from app.views.sessions.row_heights import RowHeights
from app.views.sessions.row_meant import RowMeant
from app.views.sessions.session_columns import SessionColumns
from app.views.sessions.session_headings import SessionHeadings
from app.views.sessions.session_painter import INDENT, SessionPainter
from app.views.sessions.session_selection import SessionSelection
from app.views.sessions.sort_header import SortHeader
from app.views.style.theme import Theme

_Move = QAbstractItemView.CursorAction


class SessionView(QTableView):
    """Sessions under their headings. `session_selected` carries the directory that is to be shown, or None;
    `selection_changed` tells that others beside it were selected, or are not any more; `entered_session` that
    the keyboard is to go into the one that is shown; `menu_wanted` carries a row or heading, and a point of
    the screen. `columns` says which columns there are.
    """

    session_selected = Signal(object)
    selection_changed = Signal()
    entered_session = Signal()
    menu_wanted = Signal(object, object)

    def __init__(self, model: SessionsModel, theme: Theme) -> None:
        super().__init__()
        put_ground(self)
        self._theme = theme
        self._sessions = model
        self.setObjectName("sessionView")
        self.setAccessibleName("Sessions")
        self._header = SortHeader(theme, self)
        self.setHorizontalHeader(self._header)
        self._behave()
        self._painter = SessionPainter(theme, model, self)
        self._place = KeptPlace(self, model)
        self._selection = SessionSelection(self, model)
        RowMeant(self, model).pressed.connect(self._take_press)
        self.setModel(model)
        self._heights = RowHeights(self, model, theme)
        self._header.shape()
        self.setSortingEnabled(True)
        self.columns = SessionColumns(self, model, theme)
        self._selection.begin()
        self.headings = SessionHeadings(self, model)
        model.modelReset.connect(self._find_place_again)
        model.counts_changed.connect(self._follow)
        model.columns_changed.connect(self._follow_columns)
        model.columns_grew.connect(self.columns.fit)
        self._selection.session_selected.connect(self.session_selected)
        self._selection.changed.connect(self.selection_changed)
        theme.rescaled.connect(self._note_place)
        theme.changed.connect(self._restyle)

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def selected_directory(self) -> str | None:
        """The session that is selected, also while a filter hides it."""
        return self._selection.directory

    @property
    def selected_count(self) -> int:
        """How many sessions are selected."""
        return self._selection.count

    def selected_directories(self, most: int) -> tuple[str, ...]:
        """The sessions that are selected and can be seen, in their order; no more than so many."""
        return self._selection.directories(most)

    def select(self, directory: str) -> bool:
        """Select a session and bring it into view; False when it is not listed or the filter hides it."""
        index = self._sessions.reveal(directory)
        if not index.isValid():
            return False
        self._selection.take(index)
        self.scrollTo(index)
        return True

    def show_selected(self) -> None:
        """Bring the selected session into sight, where it is listed."""
        if self._selection.index.isValid():
            self.updateGeometries()  # else the scroll bar still has the range of the rows before
            self.scrollTo(self._selection.index)

    def enter(self) -> None:
        """Take the keyboard, and select the first session where none that is shown is selected."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._selection.take_first()

    def take_keyboard_back(self) -> None:
        """Take the keyboard where a session is selected, to go on from there; its group is opened."""
        if self.selected_directory is not None:
            self._sessions.reveal(self.selected_directory)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sort_by(self, column: int) -> None:
        """Sort by a column, -1 for newest first, as a click on its head does: again is the other way."""
        self._header.turn(column)

    def set_compact(self, compact: bool) -> None:
        """Fold the launcher column away and narrow the others, for windows below 1200 pixels."""
        self.columns.compact = self._painter.glyphs_only = compact
        self._sessions.set_short_dates(compact)
        self.columns.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.columns.follow_width()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into sight; sideways all stays, since the name of a row is always seen."""
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.horizontalScrollBar().setValue(sideways)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Sideways nothing is only moved: the names stay."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self._header.paint_anew()
            self.viewport().update()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Where names stay at the left, they lie over other columns."""
        index = super().indexAt(point)
        return index.siblingAtColumn(Column.SESSION) if self._header.is_of_names(point.x()) else index

    def sizeHintForColumn(self, column: int) -> int:
        """For a double click on the edge of a column."""
        return self.columns.fitting(column)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight, all rows in one go."""
        self._painter.paint(QPainter(self.viewport()), event.rect())

    # --- keys and mouse -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right fold and open groups, as in a tree; Enter and Space toggle a heading.

        Enter goes into a session.
        """
        index = self.currentIndex()
        line = self._sessions.line(index.row()) if index.isValid() else None
        key = Qt.Key(event.key())
        if isinstance(line, SessionRow) and key in _TAKES and not self.selectionModel().isSelected(index):
            self._selection.take(index)
        elif isinstance(line, SessionRow) and key in _ENTERS:
            self.entered_session.emit()
        elif isinstance(line, Heading) and key in _TOGGLES and line.collapsed is not _WANTED.get(key):
            self.headings.toggle(line)
        elif isinstance(line, SessionRow) and key == Qt.Key.Key_Left:
            self.headings.go_above(index.row())
        elif key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a heading folds its group; it never changes the selection."""
        line = self._line_at(event.position().toPoint())
        if not isinstance(line, Heading):
            super().mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.headings.toggle(line)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row below the pointer, or of the one that the keyboard stands on."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if by_key:
            self.scrollTo(index)
        line, row = self._sessions.line(index.row()), self.visualRect(index.siblingAtColumn(0))
        if isinstance(line, Heading):
            self.headings.go_to(index)
        elif not self.selectionModel().isSelected(index):
            self._selection.take(index)
        point = row.bottomLeft() + QPoint(self._theme.px(INDENT), 0) if by_key else event.pos()
        self.menu_wanted.emit(line, self.viewport().mapToGlobal(point))

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and Down pass over the headings of open groups, and stop at closed ones, which keys can open.

        Home and End go to the first and the last row, not to the first and the last column.
        """
        ends = {_Move.MoveHome: 0, _Move.MoveEnd: self._sessions.rowCount() - 1}
        if action in ends:
            index = self._sessions.index(ends[action], 0)
        else:
            index = super().moveCursor(action, modifiers)
        step = -1 if action == _Move.MoveUp else 1
        while index.isValid() and self.headings.is_open(index.row()):
            beyond = index.siblingAtRow(index.row() + step)
            if not beyond.isValid():
                return self.currentIndex()
            index = beyond
        return index

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Qt would select a neighbour of a row that goes; a session that a filter hides stays selected."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)
        super().rowsAboutToBeRemoved(parent, start, end)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The frame goes round a whole row; Qt would paint the current cell anew, and leave the rest. Other
        rows stay as they are: to paint all of them takes half a frame.
        """
        super().currentChanged(current, previous)
        for row in {current.row(), previous.row()} - {-1}:
            area = QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
            self.viewport().update(area)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the focused row; Tab selects it, so that keys have something to go on from."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._selection.take_current()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the frame of the focused row."""
        super().focusOutEvent(event)
        self.viewport().update()

    # --- within ---------------------------------------------------------------------------------------------

    def _take_press(self, index: QModelIndex) -> None:
        """A row was pressed that has moved since it was aimed at."""
        line = self._sessions.line(index.row())
        if isinstance(line, Heading):
            self.headings.toggle(line)
        else:
            self._selection.take(index)
            self.clicked.emit(index)

    def _note_place(self, _how: object) -> None:
        self._place.note_in_view(self._selection.index)

    def _restyle(self) -> None:
        self._painter.restyle()
        self._heights.fit()  # with the size of text, all rows get the same height
        self.columns.fit()
        self.viewport().update()
        self._place.keep_in_view(lambda: self._selection.index)

    def _behave(self) -> None:
        behave_as_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _line_at(self, point: QPoint) -> SessionRow | Heading | None:
        index = self.indexAt(point)
        return self._sessions.line(index.row()) if index.isValid() else None

    def _follow(self) -> None:
        """All rows are in their places again, told one by one or made anew."""
        self._heights.follow()
        self._place.settle()
        self.columns.fit()
        self._selection.take_again()
        self._selection.forget_if_gone()

    def _follow_columns(self) -> None:
        """Columns came or went; the sign for the order stays at its column."""
        self._header.follow(*self._sessions.order)
        self.columns.fit()
        self._selection.widen()

    def _find_place_again(self) -> None:
        self._heights.follow()
        self._selection.take_again()
        self._place.scroll_back()


_TOGGLES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
"""Keys that select the current row where Tab has only made it current."""
_WANTED = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
"""What Left and Right want a group to be: closed, open. Enter and Space turn it over."""

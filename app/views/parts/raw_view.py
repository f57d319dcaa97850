"""A file as it is: rows of text with line numbers, for reading and copying; it may grow at its end.

One idea: only the rows that can be seen are ever decoded, measured or painted, so that a large file costs no
more than a small one. Text is painted as it is written; what would hide or turn it is shown as an escape.

Not for editing, for scrolling (`raw_scroll`), nor for what is searched for (`find_bar`).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QMenu

from app.models.raw_caret import Caret, CaretSpot, moved, word_at
from app.values.raw_text import RawText, Row, display
from app.views.parts.raw_rows import Range, RowLook
from app.views.parts.raw_scroll import RawScroll
from app.views.style.theme import Theme

COPY_LIMIT = 8 * 1024 * 1024
"""Bytes that are put into the clipboard at the most."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A byte at which something is wrong, and the sentence that says what."""

    offset: int
    sentence: str


class RawView(RawScroll):
    """Shows a RawText. `refused` carries a sentence: why something was not copied; `cut_row_changed` the row
    that somebody has gone to, where it has no room here, else "".
    """

    refused = Signal(object)
    cut_row_changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._caret = Caret()
        self._mark: Flaw | None = None
        self._found: tuple[int, int] | None = None
        self._gone_to = False  # and not left since: whatever room there is, its column is in sight
        self._chosen = False  # by hand: the row of the caret is the one that is read
        self.horizontalScrollBar().actionTriggered.connect(self._leave)
        self.setObjectName("rawView")
        self.setAccessibleName("The file as it is")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        theme.changed.connect(self._measure_again)

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def caret_offset(self) -> int:
        """The byte at which the caret stands."""
        row = self._row(self._caret.spot.row)
        return row.offset_of(self._caret.spot.column) if row else 0

    def set_text(self, text: RawText | None, mark: Flaw | None = None) -> None:
        """Show other bytes; the place where one has scrolled to stays, as far as there still is one."""
        self._mark, self._found, self._caret = mark, None, Caret()
        self._leave()
        self._behind = self._rows.behind(mark.sentence if mark else "")
        self._replace(text or RawText(b""))
        self._choose(chosen=False)

    def grow(self, text: RawText) -> None:
        """Show the same with what was appended, perhaps without its first lines; caret and place stay with
        their lines, or with the end.
        """
        gone = text.skipped - self._text.skipped
        rows = self._text.row_at(gone) if gone else 0
        self._caret = self._caret.up(rows)
        if self._found is not None:
            self._found = (self._found[0] - gone, self._found[1] - gone)
        self._grow(text, rows)

    def reveal(self, offset: int, length: int = 0) -> None:
        """Bring a place into view, with the caret on it; `length` bytes of it are marked as found."""
        self._found = (offset, offset + length) if length else None
        number = self._text.row_at(offset)
        row = self._row(number)
        if row is not None:
            spot = CaretSpot(number, row.column_of(offset))
            self._put(Caret(spot, spot), middle=True)
            self._choose(chosen=bool(length))

    def unmark(self) -> None:
        """Nothing is marked as found any more; the caret stays."""
        self._found = None
        self.viewport().update()

    def _measure_again(self) -> None:
        """Another size of text: what was gone to stays in sight."""
        self._behind = self._rows.behind(self._mark.sentence if self._mark else "")
        seen, self._widest = self._sees(self._caret.spot.row), 0
        self._scrolled()
        self._size_bars()
        if self._gone_to and seen:
            self._put(self._caret, middle=True)
        self._choose(chosen=self._chosen)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The row of the caret stays in sight, if it was: the damage, or what was found, which may have been
        gone to before there was room. With another size of text, rows are higher by now than they were seen.
        """
        row = self._caret.spot.row
        seen = self._sees(row)
        super().resizeEvent(event)
        if seen and not (self._follows and self.is_at_end):
            self._show_row(row)
        if self._gone_to:
            self._show_column(self._row(row), self._caret.spot.column, afresh=True)
        self._choose(chosen=self._chosen)

    # --- keys and mouse -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Copying and selecting all are this view's own while it has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
            if any(event.matches(key) for key in own):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, pages and ends move the caret, with Shift they select."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif (spot := moved(self._text, self._caret.spot, event, self._page_rows)) is not None:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._put(self._caret.to(spot, extend=extend))
            self._choose(chosen=True)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the caret; with Shift select up to there."""
        if event.button() == Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._put(self._caret.to(self._spot_at(event.position().toPoint()), extend=extend))
            self._choose(chosen=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select what the mouse is drawn over."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._put(self._caret.to(self._spot_at(event.position().toPoint()), extend=True))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        spot = self._spot_at(event.position().toPoint())
        row = self._row(spot.row)
        if row is not None:
            first, last = word_at(row.text, spot.column)
            self._put(Caret(CaretSpot(spot.row, first), CaretSpot(spot.row, last)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy and select all, for the mouse."""
        menu = QMenu(self)
        copy = menu.addAction("&Copy", self.copy)
        copy.setEnabled(not self._caret.is_empty)
        menu.addAction("Select &all", self.select_all)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def select_all(self) -> None:
        """Select the whole file, and stay where one is."""
        last = self._row(self._text.rows - 1)
        if last is not None:
            self._caret = Caret(CaretSpot(0, 0), CaretSpot(self._text.rows - 1, len(last.text)))
            self.viewport().update()

    def copy(self) -> None:
        """Put what is selected into the clipboard, exactly as it stands in the file."""
        first, last = self._caret.ordered
        start, end = self._row(first.row), self._row(last.row)
        if self._caret.is_empty or start is None or end is None:
            return
        data = self._text.data[start.offset_of(first.column) : end.offset_of(last.column)]
        if len(data) > COPY_LIMIT:
            self.refused.emit("That is too much for the clipboard. Copy the file itself instead.")
        else:
            QGuiApplication.clipboard().setText(data.decode("utf-8", "replace"))

    # --- painting -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that can be seen."""
        painter, colors = QPainter(self.viewport()), self._theme.colors
        area, gutter, height = self.viewport().rect(), self._gutter, self._rows.height
        painter.fillRect(area, colors["base"])
        painter.fillRect(0, 0, gutter, area.height(), colors["alternate"])
        number, top = self.verticalScrollBar().value(), 0
        while top < area.height() and (row := self._row(number)) is not None:
            strip = QRect(0, top, area.width(), height)
            self._rows.paint(painter, strip, row, self._look(row, number), self._wrapped_at)
            top += self._height(number)
            number += 1
        painter.fillRect(gutter - 1, 0, 1, area.height(), colors["row_line"])

    def _look(self, row: Row, number: int) -> RowLook:
        damage = self._mark if self._mark and self._text.row_at(self._mark.offset) == number else None
        return RowLook(
            self._left,
            self._gutter,
            self._caret.within(number, len(row.text)),
            self._found_in(row),
            row.column_of(damage.offset) if damage else None,
            damage.sentence if damage else "",
            self._caret.spot.column if self.hasFocus() and self._caret.spot.row == number else None,
        )

    def _found_in(self, row: Row) -> Range | None:
        if self._found is None or self._found[0] >= row.stop or self._found[1] <= row.start:
            return None
        return row.column_of(self._found[0]), row.column_of(self._found[1])

    # --- the caret ------------------------------------------------------------------------------------------

    def _spot_at(self, point: QPoint) -> CaretSpot:
        number, last = self.verticalScrollBar().value(), max(0, self._text.rows - 1)
        y = point.y()
        while y < 0 < number:
            number -= 1
            y += self._height(number)
        while number < last and y >= (height := self._height(number)):
            number += 1
            y -= height
        row = self._row(number)
        if row is None:
            return CaretSpot()
        parts = self._rows.lines(row, self._wrapped_at)
        line = min(max(0, y // self._rows.height), len(parts) - 1)
        before = sum(len(part.text) for part in parts[:line])
        return CaretSpot(number, before + self._rows.column_at(parts[line], point.x() - self._left))

    def _choose(self, *, chosen: bool) -> None:
        """Whether somebody has gone to the row of the caret; that it is cut is told."""
        self._chosen = chosen
        row = self._row(self._caret.spot.row) if chosen else None
        cut = row is not None and self._is_cut(self._caret.spot.row, row)
        self.cut_row_changed.emit(display(row.text) if cut and row is not None else "")

    def _is_cut(self, number: int, row: Row) -> bool:
        if self._wraps:
            return self._height(number) > self.viewport().height()
        return self._rows.width(row) > self._room

    def _leave(self, _action: int = 0) -> None:
        """Somebody has scrolled across, or there is another text."""
        self._gone_to = False

    def _put(self, caret: Caret, *, middle: bool = False) -> None:
        """Move the caret, and bring it into view; `middle`: with rows above it, where it was out of view."""
        self._caret, self._gone_to = caret, middle
        self._show_row(caret.spot.row, middle=middle)
        found = self._row(caret.spot.row)
        self._show_column(found, caret.spot.column, afresh=middle)
        if found is not None:
            self.setAccessibleDescription(f"Line {found.line}: {display(found.text)[:200]}")
        self.viewport().update()

"""Which rows of a long text can be seen: scrolling over them, and staying where one is when the text grows.

One idea: a row is one step of the scroll bar, whatever stands in it and on however many lines it is wrapped,
so that nothing has to be measured but what can be seen. Who is at the end of a text that is followed stays
there; everybody else stays with the lines that he reads. Not for caret, keys, mouse and painting: `raw_view`.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from app.values.raw_text import RawText, Row
from app.views.parts.raw_rows import PADDING, RawRows
from app.views.style.theme import Theme


class RawScroll(QAbstractScrollArea):
    """A RawText, and how far one has scrolled in it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows = RawRows(theme)
        self._text = RawText(b"")
        self._widest = 0
        self._behind = 0  # pixels that something behind a row needs
        self._follows = self._wraps = False
        self._page_rows = 1
        """How many rows could be seen when that was measured last."""
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def text(self) -> RawText:
        """What is shown."""
        return self._text

    def follow(self, wanted: bool) -> None:
        """Whether who has scrolled to the end stays there, whatever comes."""
        self._follows = wanted

    def wrap(self, wanted: bool) -> None:
        """Whether a row that has no room on one line is wrapped."""
        self._wraps = wanted

    @property
    def is_at_end(self) -> bool:
        """Whether the last row can be seen."""
        return self.verticalScrollBar().value() >= self.verticalScrollBar().maximum()

    def go_to_end(self) -> None:
        """Bring the last row into view; the caret stays where it is."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the scroll bars to the new size; who stays at the end stays there."""
        super().resizeEvent(event)
        stays = self._follows and self.is_at_end
        self._size_bars()
        if stays:
            self.go_to_end()

    def _replace(self, text: RawText) -> None:
        """Show other rows; the place stays, as far as there still is one."""
        place = self.verticalScrollBar().value()
        self._text, self._widest = text, 0
        self._size_bars()
        self.verticalScrollBar().setValue(place)
        self._scrolled()

    def _grow(self, text: RawText, gone: int) -> None:
        """Show the same with more behind it, and so many rows less before it."""
        bar = self.verticalScrollBar()
        place, at_end = bar.value(), self.is_at_end
        self._text = text
        self._size_bars()
        bar.setValue(bar.maximum() if self._follows and at_end else place - gone)
        self._scrolled()

    def _show_row(self, row: int, *, middle: bool = False) -> None:
        """Bring a row into view; `middle`: with rows above it, where it was out of view."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if row < bar.value() and not middle:
            bar.setValue(row)
        elif not self._sees(row):
            bar.setValue(self._first_above(row, height // 2 + self._height(row) if middle else height))

    def _show_column(self, row: Row | None, column: int, *, afresh: bool = False) -> None:
        """Bring a column into view; `afresh`: with the beginning of its row, where there is room for both."""
        at = self._rows.x(row, column) if row and not self._wraps else 0
        bar, room, margin = self.horizontalScrollBar(), self._room, self._theme.px(16)
        if afresh:
            margin = max(margin, min(self._behind, room * 2 // 3))
        from_beginning = at <= room - margin
        if afresh and from_beginning:
            bar.setValue(0)
        elif not bar.value() <= at <= bar.value() + room - margin:
            bar.setValue(0 if from_beginning else at - min(room // 2, room - margin))

    # --- measures -------------------------------------------------------------------------------------------

    @property
    def _gutter(self) -> int:
        return self._rows.gutter(self._text.lines)

    @property
    def _left(self) -> int:
        """Where the first character of a row stands."""
        return self._gutter + self._theme.px(PADDING) - self.horizontalScrollBar().value()

    @property
    def _room(self) -> int:
        return max(1, self.viewport().width() - self._gutter - self._theme.px(PADDING))

    @property
    def _wrapped_at(self) -> int:
        """The room of a line; 0 where lines are as long as they are."""
        return self._room if self._wraps else 0

    def _height(self, number: int) -> int:
        """Of a row, on all its lines."""
        row = self._row(number) if self._wraps else None
        return self._rows.height * (len(self._rows.lines(row, self._room)) if row else 1)

    def _first_above(self, last: int, room: int) -> int:
        """The first of the rows that have so much room together, down to the `last`, which may have none."""
        first, room = last, room - self._height(last)
        while first > 0 and (room := room - self._height(first - 1)) >= 0:
            first -= 1
        return first

    def _sees(self, row: int) -> bool:
        """Whether a row could be seen when that was measured last."""
        first = self.verticalScrollBar().value()
        return first <= row < first + self._page_rows

    def _measure_page(self) -> None:
        """Count the rows that can be seen whole from where one has scrolled to."""
        first, room = self.verticalScrollBar().value(), self.viewport().height()
        number = first
        while (room := room - self._height(number)) >= 0:
            number += 1
        self._page_rows = max(1, number - first)

    def _row(self, number: int) -> Row | None:
        return self._text.row(number) if 0 <= number < self._text.rows else None

    def _scrolled(self) -> None:
        """Rows that are wider than those seen before make the horizontal range wider."""
        self._measure_page()
        first = self.verticalScrollBar().value()
        rows = (self._row(first + place) for place in range(self._page_rows + 1))
        seen = max((self._rows.width(row) for row in rows if row is not None), default=0)
        if seen > self._widest:
            self._widest = seen
            self._size_bars()
        self.viewport().update()

    def _size_bars(self) -> None:
        rows, across = self.verticalScrollBar(), self.horizontalScrollBar()
        rows.setSingleStep(1)
        rows.setRange(0, self._first_above(max(0, self._text.rows - 1), self.viewport().height()))
        self._measure_page()
        rows.setPageStep(self._page_rows)
        across.setPageStep(self._room)
        across.setSingleStep(self._theme.px(16))
        beyond = self._widest + max(self._theme.px(24), self._behind) - self._room
        across.setRange(0, 0 if self._wraps else max(0, beyond))

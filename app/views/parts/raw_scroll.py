"""Which rows of a long text can be seen: scrolling over them, and staying where one is when the text grows.

One idea: a row is one step of the scroll bar, whatever stands in it, so that nothing has to be measured but
what can be seen. Who is at the end of a text that is followed stays there; everybody else stays with the
lines that he reads. Not for caret, keys, mouse and painting (`raw_view`).
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
        self._follows = False
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def text(self) -> RawText:
        """What is shown."""
        return self._text

    def follow(self, wanted: bool) -> None:
        """Whether who has scrolled to the end stays there, whatever comes."""
        self._follows = wanted

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
        bar, rows = self.verticalScrollBar(), self._page_rows
        if not bar.value() <= row < bar.value() + rows:
            above = rows // 2 if middle else 0 if row < bar.value() else rows - 1
            bar.setValue(row - above)

    def _show_column(self, row: Row | None, column: int, *, afresh: bool = False) -> None:
        """Bring a column into view; `afresh`: with the beginning of its row, where there is room for both."""
        at = self._rows.x(row, column) if row else 0
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
    def _page_rows(self) -> int:
        return max(1, self.viewport().height() // self._rows.height)

    def _row(self, number: int) -> Row | None:
        return self._text.row(number) if 0 <= number < self._text.rows else None

    def _scrolled(self) -> None:
        """Rows that are wider than those seen before make the horizontal range wider."""
        first = self.verticalScrollBar().value()
        rows = (self._row(first + place) for place in range(self._page_rows + 1))
        seen = max((self._rows.width(row) for row in rows if row is not None), default=0)
        if seen > self._widest:
            self._widest = seen
            self._size_bars()
        self.viewport().update()

    def _size_bars(self) -> None:
        rows, across = self.verticalScrollBar(), self.horizontalScrollBar()
        rows.setPageStep(self._page_rows)
        rows.setSingleStep(1)
        rows.setRange(0, max(0, self._text.rows - self._page_rows))
        across.setPageStep(self._room)
        across.setSingleStep(self._theme.px(16))
        across.setRange(0, max(0, self._widest + max(self._theme.px(24), self._behind) - self._room))

"""Paints the session list: rows with their statuses and marks, and headings of groups.

One idea: while sessions are found the list is painted over and over, so the rows in sight are painted in one
go, and what fits into a cell is worked out once. By way of a delegate Qt asks several things of Python for
every cell, and a frame takes four times as long.

A mark whose words do not fit is its glyph alone; a status is never cut, nor is a glyph: "…" stands behind the
first for those that do not fit, which count less. Where the list is scrolled sideways
the names stay at its left, over the other columns: nobody is to guess whose row it is. Not for what the words
are.
"""

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from app.models.sessions.session_rows import Column, Heading, SessionRow
from app.models.sessions.sessions import SessionsModel
from app.session import Mark
from app.views.style.looks import MARK_LOOKS, SHORT_WORDS, UNKNOWN_LOOK, status_look
from app.views.style.painting import (
    MOST_DRAWN,
    draw_fitting,
    draw_icon,
    draw_pill,
    draw_text,
    elided,
    fill,
    pill_size,
)
from app.views.style.theme import Theme

INDENT = 26
"""Where the text of the first column begins, headings included; the chevron stands before it."""
PADDING = 8
STATUS_TEXT, MARKS_GAP = 22, 8
"""From the glyph of a status to its word, and from there to its marks."""
_MARK, _MARK_GLYPH = 22, 16
_FITTED = 4_000
"""Texts that are kept as they fit."""


class _Cell(NamedTuple):
    """A column in sight: its number, where it begins, how wide it is, and whether its texts stand right."""

    column: int
    left: int
    width: int
    right: bool


class SessionPainter:
    """Paints the rows of one table. It asks the model itself: by way of Qt, answers cost more."""

    def __init__(self, theme: Theme, sessions: SessionsModel, view: QTableView) -> None:
        self._theme = theme
        self._sessions = sessions
        self._view = view
        self._fitted: dict[tuple[str, int, bool], str] = {}
        self.glyphs_only = False

    def restyle(self) -> None:
        """The theme has changed: texts are fitted anew."""
        self._fitted.clear()

    def paint(self, painter: QPainter, seen: QRect) -> None:
        """Paint all rows that lie in a part of the viewport."""
        fill(painter, seen, self._theme.colors["base"])
        view, count = self._view, self._sessions.rowCount()
        cells, row = self._cells(seen), view.rowAt(seen.top())
        focused = view.currentIndex().row() if view.hasFocus() else -1
        metrics = QFontMetrics(self._theme.font("body"))
        while 0 <= row < count and (top := view.rowViewportPosition(row)) <= seen.bottom():
            area = QRect(self._left(), top, view.horizontalHeader().length(), view.rowHeight(row))
            self._paint_row(painter, area, row, cells, metrics)
            if row == focused:
                self._paint_frame(painter, area)
            row += 1

    # --- where ----------------------------------------------------------------------------------------------

    def _left(self) -> int:
        return -self._view.horizontalHeader().offset()

    @property
    def _is_scrolled(self) -> bool:
        return self._view.horizontalHeader().offset() > 0

    def _cells(self, seen: QRect) -> list[_Cell]:
        """Those in sight; names that stay at the left come last, over the others."""
        header = self._view.horizontalHeader()
        places = (
            _Cell(
                column,
                header.sectionViewportPosition(column),
                header.sectionSize(column),
                self._sessions.is_numeric(column),
            )
            for column in range(header.count())
            if not header.isSectionHidden(column)
        )
        cells = [one for one in places if one.left <= seen.right() and one.left + one.width >= seen.left()]
        if self._is_scrolled:
            others = [one for one in cells if one.column != Column.SESSION]
            cells = [*others, _Cell(Column.SESSION, 0, header.sectionSize(Column.SESSION), False)]
        return cells

    # --- rows -----------------------------------------------------------------------------------------------

    def _paint_row(
        self, painter: QPainter, area: QRect, row: int, cells: list[_Cell], metrics: QFontMetrics
    ) -> None:
        line = self._sessions.line(row)
        if isinstance(line, Heading):
            self._paint_heading(painter, area, line)
            return
        is_selected = self._view.selectionModel().isSelected(self._sessions.index(row, 0))
        if is_selected:
            self._paint_selection(painter, area)
        painter.setFont(self._theme.font("body"))
        for column, left, width, right in cells:
            cell = QRect(left, area.y(), width, area.height())
            if column == Column.STATUS:
                self._paint_status(painter, cell, line, metrics)
            elif column == Column.SESSION:
                if self._is_scrolled:
                    self._cover(painter, cell, selected=is_selected)
                room = cell.adjusted(self._theme.px(INDENT), 0, -self._theme.px(4), 0)
                self._paint_name(painter, room, line, metrics)
            else:
                text = self._sessions.text(line, column)
                room = cell.adjusted(self._theme.px(PADDING), 0, -self._theme.px(PADDING if right else 4), 0)
                self._paint_text(painter, room, text, metrics, right=right)

    def _paint_selection(self, painter: QPainter, area: QRect) -> None:
        colors = self._theme.colors
        fill(painter, area, colors["highlight"])
        fill(painter, QRect(area.x(), area.y(), self._theme.px(3), area.height()), colors["accent"])

    def _cover(self, painter: QPainter, cell: QRect, *, selected: bool) -> None:
        """The ground of a name that stays at the left."""
        colors = self._theme.colors
        fill(painter, cell, colors["base"])
        if selected:
            self._paint_selection(painter, cell)
        fill(painter, QRect(cell.right(), cell.y(), 1, cell.height()), colors["pane_line"])

    def _paint_frame(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(self._theme.colors["link"])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _paint_heading(self, painter: QPainter, area: QRect, heading: Heading) -> None:
        px, theme = self._theme.px, self._theme
        area = QRect(0, area.y(), self._view.viewport().width(), area.height())
        chevron = "chevron-right" if heading.collapsed else "chevron-down"
        draw_icon(painter, theme, QRect(area.x(), area.y(), px(INDENT), area.height()), chevron, "muted")
        room, font = area.adjusted(px(INDENT), 0, -px(PADDING), 0), theme.font("small_strong")
        text = fitted_heading(heading, QFontMetrics(font), room.width())
        draw_text(painter, room, text, font, theme.colors["muted"])

    # --- cells ----------------------------------------------------------------------------------------------

    def _paint_name(self, painter: QPainter, room: QRect, row: SessionRow, metrics: QFontMetrics) -> None:
        """Of a name with a folder beside it the beginning of the folder gives way, and the name stays."""
        key = (row.name, room.width(), True)
        fitting = self._fitted.get(key)
        if fitting is None:
            fitting = self._keep(key, fitted_name(row, metrics, room.width()))
        painter.setPen(self._theme.colors["text"])
        draw_fitting(painter, room, fitting)

    def _paint_text(
        self, painter: QPainter, room: QRect, text: str, metrics: QFontMetrics, *, right: bool
    ) -> None:
        key = (text, room.width(), False)
        fitting = self._fitted.get(key)
        if fitting is None:
            cut = elided(metrics, text[:MOST_DRAWN], Qt.TextElideMode.ElideRight, room.width())
            fitting = self._keep(key, cut)
        painter.setPen(self._theme.colors["muted"])
        draw_fitting(painter, room, fitting, right=right)

    def _keep(self, key: tuple[str, int, bool], fitting: str) -> str:
        if len(self._fitted) >= _FITTED:
            self._fitted.clear()
        self._fitted[key] = fitting
        return fitting

    def _paint_status(self, painter: QPainter, cell: QRect, row: SessionRow, metrics: QFontMetrics) -> None:
        px, theme = self._theme.px, self._theme
        area, word = cell.adjusted(px(PADDING), 0, -1, 0), row.status.word
        look = status_look(row.status.kind)
        painter.save()
        painter.setClipRect(cell)
        glyph = QRect(area.x(), area.y(), px(_MARK_GLYPH), area.height())
        draw_icon(painter, theme, glyph, look.icon, look.hue)
        painter.setPen(theme.colors.hue(look.hue).text)
        left = area.x() + px(STATUS_TEXT)
        width = metrics.horizontalAdvance(word)
        if width > area.right() - left:
            word = SHORT_WORDS.get(row.status.kind, word)
            width = metrics.horizontalAdvance(word)
        if width <= area.right() - left:  # else the glyph alone: the tool tip has the words
            draw_fitting(painter, QRect(left, area.y(), area.right() - left, area.height()), word)
            left += width + px(MARKS_GAP)
        if row.status.marks:
            marks = QRect(left, area.y(), area.right() - left, area.height())
            self._paint_marks(painter, marks, row.status.marks)
        painter.restore()

    def _paint_marks(self, painter: QPainter, area: QRect, marks: tuple[Mark, ...]) -> None:
        px, left = self._theme.px, area.x()
        dots = QFontMetrics(self._theme.font("body")).horizontalAdvance("…")
        most = (area.width() + px(_MARK - _MARK_GLYPH)) // px(_MARK)
        some = min(most, max(1, (area.width() - dots) // px(_MARK)))  # the first goes before "…"
        seen = marks if len(marks) <= most else marks[: max(0, some)]
        for position, mark in enumerate(seen):
            look = MARK_LOOKS.get(mark.kind, UNKNOWN_LOOK)
            size = pill_size(self._theme, mark.text)
            later = len(marks) - position - 1  # each of these needs at least its glyph
            fits = left + size.width() + later * px(_MARK) <= area.right()
            if fits and not self.glyphs_only:
                top = area.y() + (area.height() - size.height()) // 2
                pill = QRect(left, top, size.width(), size.height())
                draw_pill(painter, self._theme, pill, look, mark.text)
                left += size.width() + px(6)
            else:
                glyph = QRect(left, area.y(), px(_MARK_GLYPH), area.height())
                draw_icon(painter, self._theme, glyph, look.icon, look.hue, 14)
                left += px(_MARK)
        if len(seen) < len(marks) and most > 0 and left + dots <= area.right():
            painter.setPen(self._theme.colors["muted"])
            draw_fitting(painter, QRect(left, area.y(), area.right() - left, area.height()), "…")


def marks_width(theme: Theme, count: int) -> int:
    """What so many marks need as glyphs, in pixels."""
    return theme.px(_MARK) * count - theme.px(_MARK - _MARK_GLYPH) + 2 if count else 0


def fitted_heading(heading: Heading, metrics: QFontMetrics, room: int) -> str:
    """The title of a group as it fits: cut in its middle, so that the number of its sessions stays."""
    count = heading.text[len(heading.title) :]
    left = room - metrics.horizontalAdvance(count) - 1
    return elided(metrics, heading.title[:MOST_DRAWN], Qt.TextElideMode.ElideMiddle, left) + count


def fitted_name(row: SessionRow, metrics: QFontMetrics, room: int) -> str:
    """A name as it fits: cut in its middle only where it does not fit alone."""
    name = row.name[:MOST_DRAWN]
    if metrics.horizontalAdvance(name) <= room or not row.beside:
        return elided(metrics, name, Qt.TextElideMode.ElideMiddle, room)
    own = row.summary.name[:MOST_DRAWN]
    head = f"{own} · "
    left = room - metrics.horizontalAdvance(head)
    if left < metrics.horizontalAdvance("…") + 3 * metrics.averageCharWidth():
        return elided(metrics, own, Qt.TextElideMode.ElideMiddle, room)
    return head + metrics.elidedText(row.beside[-MOST_DRAWN:], Qt.TextElideMode.ElideLeft, left)

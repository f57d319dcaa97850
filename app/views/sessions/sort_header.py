"""The head of the list of sessions: its arrow points up where values rise downwards, and stands by its word.

One idea: operators know the arrow from file managers and spreadsheets, where ▲ stands for A to Z and is part
of the title; Fusion draws it the other way, and at the far end of a wide column. The style is told of none
then, and we draw our own beside the word: by way of the style it would cost the start 5 ms, which PySide
takes to know all that a style can be asked for. Where the list is scrolled sideways, the title of the names
stays at the left, as they do, and Qt is told of what is done to it where it would lie. Not for sorting, nor
for which columns there are.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

from app.models.sessions.session_rows import Column
from app.views.sessions.session_painter import INDENT, PADDING
from app.views.style.theme import Theme

_UP = Qt.SortOrder.AscendingOrder
_GRIP = 4  # px, as Fusion has it; to ask a style makes all that PySide has for styles
_Arrow = QStyleOptionHeader.SortIndicator
_TURNED = {_Arrow.SortDown: _Arrow.SortUp, _Arrow.SortUp: _Arrow.SortDown}
_GAP, _SIDE = 4, 10
"""Between the word and the arrow, and how wide and high it is, in pixels."""


class SortHeader(QHeaderView):
    """A horizontal head whose sections can be clicked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._beside: tuple[_Arrow, int] | None = None
        self._back = 0
        self._to_edge: int | None = None
        self.setSectionsClickable(True)

    def shape(self) -> None:
        """Look as the head of a list that is sorted by no column: of one that has its model."""
        self.setFont(self._theme.font("column"))
        self.setFixedHeight(self._theme.px(30))
        self.setHighlightSections(False)
        self.setMinimumSectionSize(self._theme.px(40))
        self.setStretchLastSection(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, _UP)

    def turn(self, column: int) -> None:
        """Do as a click on a title does, -1 for none: again is the other way."""
        again = column == self.sortIndicatorSection() and self.sortIndicatorOrder() == _UP
        self.setSortIndicator(column, Qt.SortOrder.DescendingOrder if again else _UP)

    def follow(self, column: int, order: Qt.SortOrder) -> None:
        """Show the order that there is, where columns have come or gone; nothing is sorted for it."""
        self.blockSignals(True)
        self.setSortIndicator(column, order)
        self.blockSignals(False)
        self.paint_anew()

    def paint_anew(self) -> None:
        """All titles; to ask its viewport for that makes a kind of widget known to PySide."""
        self.headerDataChanged(Qt.Orientation.Horizontal, 0, self.count() - 1)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Turn the arrow, and take it over where there is room for it by the word."""
        super().initStyleOptionForIndex(option, section)
        self._beside, arrow = None, _TURNED.get(option.sortIndicator)
        if arrow is None:
            return
        option.sortIndicator = arrow
        left = self._left_of_arrow(option, section)
        if left is not None:
            self._beside = arrow, left
            option.sortIndicator = _Arrow.None_

    def paintEvent(self, event: QPaintEvent) -> None:
        """The titles; that of the names over the others, where these are scrolled."""
        super().paintEvent(event)
        if self.offset() > 0:
            stays = QRect(0, 0, self.sectionSize(Column.SESSION), self.height())
            self.paintSection(QPainter(self.viewport()), stays, Column.SESSION)

    def is_of_names(self, x: int) -> bool:
        """Whether the names lie over other columns there."""
        return self.offset() > 0 and 0 <= x < self.sectionSize(Column.SESSION)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the title of the names no other column is pressed that lies below."""
        self._to_edge = self._edge_from(_x(event))
        if self._to_edge is None:
            super().mousePressEvent(self._put_back(event, anew=True))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nor pulled."""
        super().mouseDoubleClickEvent(self._put_back(event, anew=True))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the end of the names; Qt does not, beyond the left end."""
        x = _x(event)
        if self._to_edge is not None:
            self.resizeSection(Column.SESSION, max(self.minimumSectionSize(), x + self._to_edge))
        elif not event.buttons() and self.is_of_names(x):
            self._show_hold(self._edge_from(x) is not None)
        else:
            super().mouseMoveEvent(self._put_back(event, anew=False))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Sort by the names, or pull them no more."""
        if self._to_edge is None:
            super().mouseReleaseEvent(self._put_back(event, anew=False))
        self._to_edge = None

    def viewportEvent(self, event: QEvent) -> bool:
        """Over the title of the names no tool tip of another column."""
        if isinstance(event, QHelpEvent) and self.is_of_names(event.pos().x()):
            place = event.pos() - QPoint(self.offset(), 0)
            event = QHelpEvent(event.type(), place, event.globalPos())
        return super().viewportEvent(event)

    def _edge_from(self, x: int) -> int | None:
        """How far the end of the names is, where it can be taken hold of there."""
        left = self.sectionSize(Column.SESSION) - x
        return left if self.is_of_names(x) and left <= _GRIP else None

    def _show_hold(self, there: bool) -> None:
        if there:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.unsetCursor()

    def _put_back(self, event: QMouseEvent, *, anew: bool) -> QMouseEvent:
        """To where the title lies by Qt's reckoning: outside, at the left."""
        if anew:
            self._back = self.offset() if self.is_of_names(_x(event)) else 0
        if not self._back:
            return event
        self.viewport().update()
        return QMouseEvent(
            event.type(),
            event.position() - QPointF(self._back, 0),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The word, and the arrow beside it."""
        super().paintSection(painter, rect, section)
        if self._beside is not None:
            arrow, left = self._beside
            top = rect.y() + (rect.height() - self._theme.px(_SIDE)) // 2
            self._draw(painter, arrow, rect.x() + left, top)

    def _draw(self, painter: QPainter, arrow: _Arrow, left: int, top: int) -> None:
        side = self._theme.px(_SIDE)
        high, low = top + 0.25 * side, top + 0.75 * side
        tip, base = (high, low) if arrow == _Arrow.SortUp else (low, high)
        corners = [QPointF(left, base), QPointF(left + side, base), QPointF(left + side / 2, tip)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colors["muted"])
        painter.drawPolygon(QPolygonF(corners))
        painter.restore()

    def _left_of_arrow(self, option: QStyleOptionHeader, section: int) -> int | None:
        """Where it stands in its section: behind a word at the left, before one at the right."""
        px, width = self._theme.px, self.sectionSize(section)
        before, word = px(INDENT if section == Column.SESSION else PADDING), px(_GAP)
        word += self.fontMetrics().horizontalAdvance(option.text)
        if before + word + px(_SIDE) + px(PADDING) > width:
            return None
        at_right = bool(option.textAlignment & Qt.AlignmentFlag.AlignRight)
        return width - px(PADDING) - word - px(_SIDE) if at_right else before + word


def _x(event: QMouseEvent) -> int:
    return event.position().toPoint().x()

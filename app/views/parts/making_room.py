"""What comes or goes above the panes moves nothing under the hand, and covers nothing there.

One idea: notices stand above the panes, or above the tree of a state, and take their room from these, so each
that comes or goes moves all rows, and whoever aims at one would press another, which here is another animal.
So while the hand is in what lies below, nothing there moves: a notice that comes waits above, out of sight,
and where one went its room stays. All takes its place as soon as the hand is elsewhere (`hand`). Where the
pointer itself lies there all the same, its next press may have been aimed before that (`unmoved_press`).

Not for the notices themselves (`banners`), nor for saying that one waits: who is told `held` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.parts.hand import REST_MS, Hand
from app.views.parts.unmoved_press import UnmovedPress


class MakingRoom(QWidget):
    """`above` over `below`, which makes room for it. `held` carries whether something waits to come. `rest`
    is in milliseconds; `pointer` says where that is. `resized`: there is more room in all, or less. `refused`
    carries why a press reached nothing.
    """

    held = Signal(object)
    resized = Signal()
    refused = Signal(object)

    def __init__(
        self,
        above: QWidget,
        below: QWidget,
        *,
        rest: int = REST_MS,
        pointer: Callable[[], QPoint] = QCursor.pos,
    ) -> None:
        super().__init__()
        self._room = QWidget()
        self._holder = _Holder(above, self)
        self._below = below
        self._hand = Hand(below, rest=rest, pointer=pointer)
        self._unmoved = UnmovedPress(self, pointer)
        self._unmoved.refused.connect(self.refused)
        self._is_held = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._room)
        column.addWidget(below, 1)
        self._holder.raise_()
        self._room.setFixedHeight(0)
        self._holder.laid_out.connect(self._fit)
        self._hand.gone.connect(self.settle)

    @property
    def is_waiting(self) -> bool:
        """Whether the room is not yet what is wanted, because the hand is where all would move."""
        return self._hand.is_awaited

    @property
    def keeps_still(self) -> bool:
        """Whether the hand is where all would move."""
        return self._hand.is_there

    @property
    def is_held(self) -> bool:
        """Whether something waits to come."""
        return self._is_held

    def settle(self) -> None:
        """Make the room that is wanted, wherever the hand is."""
        self._hand.stop()
        wanted = self._holder.wanted(self.width())
        if self._room.minimumHeight() != wanted:
            if self._below.underMouse():
                self._unmoved.expect()
            self._room.setFixedHeight(wanted)
        self._put_holder()

    def forget(self) -> None:
        """The pointer lies there because a sheet above has gone: nothing is aimed at yet."""
        self._hand.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever opens the window has not aimed at anything in it."""
        super().showEvent(event)
        self._hand.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All moves when the window gets another size."""
        super().resizeEvent(event)
        self.resized.emit()
        self.settle()

    # --- within ---------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Notices came, went, or are of another height."""
        if self._room.minimumHeight() == self._holder.wanted(self.width()) or not self._hand.is_there:
            self.settle()
        else:
            self._put_holder()
            self._hand.await_()

    def _put_holder(self) -> None:
        """What has no room yet is above the upper edge: what stands in the room stays where it is."""
        wanted, room = self._holder.wanted(self.width()), self._room.minimumHeight()
        self._holder.setGeometry(0, min(0, room - wanted), self.width(), wanted)
        self._holder.hide_above(wanted - room)
        if self._is_held != (room < wanted):
            self._is_held = room < wanted
            self.held.emit(self._is_held)


class _Holder(QWidget):
    """What notices stand on. `laid_out`: they want another room, perhaps."""

    laid_out = Signal()

    def __init__(self, above: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._above = above
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(above)

    def wanted(self, width: int) -> int:
        """How high it is to be at a width, in pixels; 0 where nothing stands on it."""
        if self._above.isHidden():
            return 0
        if self._above.hasHeightForWidth():  # what it needs at the least is of the narrowest then
            return self._above.heightForWidth(width)
        return self._above.minimumSizeHint().height()

    def hide_above(self, edge: int) -> None:
        """Of what does not lie wholly below that edge nothing is seen; 0 or less: all is seen."""
        if edge <= 0:
            self.clearMask()
            return
        start = min((top for top in self._tops(self._above) if top >= edge), default=self.height())
        self.setMask(QRegion(0, start, self.width(), max(1, self.height() - start)))

    def _tops(self, stack: QWidget) -> Iterator[int]:
        """Where each of those that stand below each other begins."""
        if not isinstance(stack.layout(), QVBoxLayout):
            yield stack.mapTo(self, QPoint(0, 0)).y()
            return
        for part in stack.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not part.isHidden():
                yield from self._tops(part)

    def event(self, event: QEvent) -> bool:
        """Tell when it was laid out anew."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return taken

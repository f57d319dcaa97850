"""What comes or goes above the panes moves nothing under the hand.

One idea: notices stand above the panes, or above the tree of a state, and take their room from these, so each
that comes or goes moves all rows, and whoever aims at one would press another, which here is another animal.
So while the pointer is in what lies below, nothing there moves: a notice that comes lies over its top, and
where one went its room stays. All takes its usual place as soon as the hand is elsewhere: when the pointer
leaves, as it does on its way to the notice; when a key is pressed; or when it has not moved for a while. A
pointer that has not been touched since, or since the window was opened, is no hand.

In the moment in which a notice comes, a press in its place was meant for what it covers, and reaches that.
Not for the notices themselves (`banners`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

REACTION_MS = 300
"""Between seeing something and pressing on it, of the quickest."""
REST_MS = 5_000
"""Who has not moved the pointer for so long does not aim at anything."""

_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
"""Keys that are held down while the pointer selects."""


class MakingRoom(QWidget):
    """`above` over `below`, which makes room for it. `rest` and `reaction` are milliseconds; `pointer` says
    where that is.
    """

    def __init__(
        self,
        above: QWidget,
        below: QWidget,
        *,
        rest: int = REST_MS,
        reaction: int = REACTION_MS,
        pointer: Callable[[], QPoint] = QCursor.pos,
    ) -> None:
        super().__init__()
        self._above = above
        self._below = below
        self._room = QWidget()
        self._holder = _Holder(above, self)
        self._keys: QWidget | None = None
        self._pointer = pointer
        self._where = QPoint()
        self._untouched = QPoint()
        self._rest = _timer(self, rest, self._look)
        self._news = _timer(self, reaction, self._take_presses)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._room)
        column.addWidget(below, 1)
        self._room.setFixedHeight(0)
        self._holder.laid_out.connect(self._fit)
        below.installEventFilter(self)
        if isinstance(application := QApplication.instance(), QApplication):
            application.focusChanged.connect(self._follow_keys)

    @property
    def is_waiting(self) -> bool:
        """Whether the room is not yet what is wanted, because the hand is where all would move."""
        return self._rest.isActive()

    def settle(self) -> None:
        """Make the room that is wanted, wherever the hand is."""
        self._rest.stop()
        self._hear_keys_of(None)
        self._take_presses()
        self._put_holder()
        if self._room.minimumHeight() != self._holder.height():
            self._room.setFixedHeight(self._holder.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever opens the window has not aimed at anything in it."""
        super().showEvent(event)
        self._untouched = self._pointer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All moves when the window gets another size."""
        super().resizeEvent(event)
        self.settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer leaves the panes, or a key is pressed."""
        if self.is_waiting and _is_typed(event):
            self._untouched = self._pointer()
            self.settle()
        elif self.is_waiting and event.type() == QEvent.Type.Leave:
            self.settle()
        return super().eventFilter(watched, event)

    # --- within ---------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Notices came, went, or are of another height."""
        before = self._holder.height()
        self._put_holder()
        if not self._is_hand_below() or self._room.minimumHeight() == self._holder.height():
            self.settle()
            return
        if self._holder.height() > before:
            self._holder.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._news.start()
        if not self.is_waiting:
            self._wait()

    def _is_hand_below(self) -> bool:
        return self._below.underMouse() and self._pointer() != self._untouched

    def _put_holder(self) -> None:
        self._holder.setGeometry(0, 0, self.width(), self._holder.wanted(self.width()))
        self._holder.raise_()

    def _wait(self) -> None:
        self._where = self._pointer()
        self._rest.start()
        self._hear_keys_of(QApplication.focusWidget())

    def _look(self) -> None:
        if self._pointer() == self._where:
            self._untouched = self._where
            self.settle()
        else:
            self._wait()

    def _take_presses(self) -> None:
        self._news.stop()
        self._holder.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)

    @Slot(QWidget, QWidget)
    def _follow_keys(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.is_waiting:
            self._hear_keys_of(now)

    def _hear_keys_of(self, widget: QWidget | None) -> None:
        if self._keys is not None and isValid(self._keys):
            self._keys.removeEventFilter(self)
        self._keys = widget
        if widget is not None:
            widget.installEventFilter(self)


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

    def event(self, event: QEvent) -> bool:
        """Tell when it was laid out anew."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return taken


def _is_typed(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() not in _HELD


def _timer(parent: QObject, milliseconds: int, slot: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer

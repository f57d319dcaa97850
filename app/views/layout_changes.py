"""When the window may be laid out otherwise than a moment ago: a crash is to cost no more than that moment.

One idea: whatever a layout is made of says that it was touched, and a little later that is told once, however
often it was; whether it is another one then, only a comparison says. Not for what a layout is (`layout`), nor
for keeping it.
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from app.views.frame import Frame

LATER_MS = 1_500
_SIZES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange)


class LayoutChanges(QObject):
    """`settled` comes `later` milliseconds after the first touch since the last one."""

    settled = Signal()

    def __init__(self, frame: Frame, later: int = LATER_MS) -> None:
        super().__init__(frame)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(later)
        self._timer.timeout.connect(self.settled)
        self._connect(frame)

    def end(self) -> None:
        """The window goes: nothing is told any more."""
        self._timer.stop()
        self.blockSignals(True)

    def touch(self, *_: object) -> None:
        """It may be another one now."""
        if not self._timer.isActive():
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Size and place of the window belong to its layout."""
        if event.type() in _SIZES:
            self.touch()
        return False

    def _connect(self, frame: Frame) -> None:
        pane, header = frame.sessions, frame.sessions.view.horizontalHeader()
        for touched in (
            pane.view.session_selected, pane.grouping_chosen, pane.chips.chosen, frame.splitter.splitterMoved,
            frame.detail.tabs.currentChanged, header.sectionResized, header.sectionCountChanged,
            header.sortIndicatorChanged, pane.view.columns.changed,
        ):  # fmt: skip
            touched.connect(self.touch)
        frame.installEventFilter(self)

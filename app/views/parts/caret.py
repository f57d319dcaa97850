"""The caret blinks while somebody types, and stands still when nobody does.

One idea: a window that is left alone overnight with its caret in a field would otherwise paint that field
twice a second until the morning, which is most of what it does then. Whoever types, clicks or goes to another
field moves the caret, and then it blinks again, as the desktop has it.

Not for how it looks.
"""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

REST_MS = 10_000
_AS_THE_DESKTOP_HAS_IT = -1


class RestingCaret(QObject):
    """Lets the carets of all fields rest when none has moved for `rest` milliseconds."""

    def __init__(self, parent: QObject, rest: int = REST_MS) -> None:
        super().__init__(parent)
        self._hints = QGuiApplication.styleHints()
        self._left_alone = QTimer(self)
        self._left_alone.setSingleShot(True)
        self._left_alone.setInterval(rest)
        self._left_alone.timeout.connect(self._rest)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._move)
        self._move()

    @Slot()
    def _move(self) -> None:
        if not self._left_alone.isActive():
            self._hints.setCursorFlashTime(_AS_THE_DESKTOP_HAS_IT)
        self._left_alone.start()

    @Slot()
    def _rest(self) -> None:
        self._hints.setCursorFlashTime(0)

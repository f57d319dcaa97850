"""From the first picture to the whole window, in stages.

One idea: the list is painted before the rest of the program is imported, and a person can go on at once. The
rest is imported on a thread of its own, built in steps between events, and takes up what was selected or
asked for meanwhile (`wishes`). What is built, and in which order, is the application's (`main`), and the same
where nobody waits.

Where the rest cannot be imported there is no use in a list: the program ends, and says why (`whole`).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.untold import Untold

if TYPE_CHECKING:
    from app.front import Front
    from app.main import Application

_TURN = 0.001
"""Seconds that a thread may go on while another one wants to: the window, while the rest is imported."""
_PATIENCE_MS = 1500
"""How long the rest waits for the first paint."""


class Opening(QObject):
    """Shows the front, and makes the rest after it was `painted`, or could have been: a window that opens
    minimised may never be. `whole`: all of it is there.
    """

    painted = Signal()
    whole = Signal()
    _imported = Signal(object)

    def __init__(self, front: Front, greeting: str = "", also: Callable[[], object] = lambda: None) -> None:
        """`also` is done on the thread that imports the rest."""
        super().__init__()
        self.front = front
        self.application: Application | None = None
        self._greeting = greeting
        self._also = also
        self._failed: BaseException | None = None
        self._usual_turn = sys.getswitchinterval()
        self._untold = Untold()
        self._thread = threading.Thread(target=self._import, name="importing the rest")
        self._next = QTimer(self)
        self._next.timeout.connect(self._go_on)
        self._imported.connect(self._begin)
        self._unpainted = QTimer(self)
        self._unpainted.setSingleShot(True)
        self._unpainted.timeout.connect(self._import_rest)
        front.window.installEventFilter(self)
        front.window.show()
        self._unpainted.start(_PATIENCE_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """After the first paint, in the next turn of the event loop, which comes after all of it."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._unpainted.start(0)
        return False

    def shutdown(self) -> bool:
        """End all that was begun; False when a thread hangs. Raises what kept the rest from being there."""
        self._unpainted.stop()
        self._next.stop()
        self._end_thread()
        if self._failed is not None:
            raise self._failed
        self._untold.end()
        if self.application is None:
            self.front.window.wishes.forget()
            return True
        return self.application.shutdown()

    # ---- within

    def _import_rest(self) -> None:
        self.front.window.removeEventFilter(self)
        self.painted.emit()
        from app.class_table import make_room

        make_room()  # for the classes that the thread makes
        sys.setswitchinterval(_TURN)
        self._thread.start()

    def _import(self) -> None:
        try:
            self._also()
            from app import main as found
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is said where the window was begun
            self._imported.emit(error)
        else:
            self._imported.emit(found)

    def _end_thread(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()
        sys.setswitchinterval(self._usual_turn)

    @Slot(object)
    def _begin(self, found: ModuleType | BaseException) -> None:
        self._end_thread()
        if isinstance(found, BaseException):
            self._fail(found)
        elif not self.front.window.isHidden():  # else somebody has closed it already
            self._do(lambda: self._make(found))

    def _make(self, found: ModuleType) -> None:
        self.application = found.Application(front=self.front, greeting=self._greeting)
        self._untold.hand_over(self.application.build)
        self._next.start(0)

    def _go_on(self) -> None:
        self._do(self._build)

    def _build(self) -> None:
        if self.front.window.isHidden():
            self._next.stop()  # somebody has closed it: `shutdown` does what is left
        elif self.application is not None and not self.application.build():
            self._next.stop()
            self.whole.emit()

    def _do(self, step: Callable[[], None]) -> None:
        """An error in a slot would be noted, and half a window would go on."""
        try:
            step()
        except Exception as error:  # noqa: BLE001 - a room that is built may raise anything; it is said
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        self._failed = error
        self._next.stop()
        self.front.window.close()
        QApplication.exit()

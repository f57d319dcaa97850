"""What takes longer than half a second is said, with a way not to wait for it.

One idea: whoever asks for something that a slow disk or a slow launcher may keep says so here, and that it
has come; in between, and only if it takes long, one banner tells what is waited for. Not for waiting: nothing
waits here, and what was given up is dropped by who asked for it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.exchange import Banner

PATIENCE_MS = 500
_GIVE_UP = "give_up"


class Patience(QObject):
    """`given_up` carries the keys that nobody wants to wait for any longer, a tuple of texts; the others what
    the window's setters of these names take.
    """

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    given_up = Signal(object)

    def __init__(
        self, name: str, say: Callable[[tuple[str, ...]], str], parent: QObject | None = None
    ) -> None:
        """`name` is for the banner; `say` tells what is waited for, by the keys that are not there yet."""
        super().__init__(parent)
        self._banner = f"busy:{name}"
        self._say = say
        self._waited: dict[str, None] = {}
        self._shown = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._show)

    def join(
        self, show: Callable[[Banner], None], remove: Callable[[str], None], acted: SignalInstance
    ) -> None:
        """Have the banner shown and removed by these, and its button heard by the last."""
        self.banner_shown.connect(show)
        self.banner_removed.connect(remove)
        acted.connect(self.act)

    def begin(self, key: str) -> None:
        """Something was asked for."""
        self._waited[key] = None
        if self._shown:
            self._show()
        elif not self._timer.isActive():
            self._timer.start()

    def end(self, key: str) -> None:
        """It has come, or is told of by somebody else from now on; nothing where nobody waited for it."""
        if key not in self._waited:
            return
        del self._waited[key]
        if self._shown and self._waited:
            self._show()
        elif not self._waited:
            self._hide()

    def act(self, key: str, action: str) -> None:
        """Give up, when the button of our banner was pressed."""
        if key == self._banner and action == _GIVE_UP:
            keys = tuple(self._waited)
            self._waited.clear()
            self._hide()
            self.given_up.emit(keys)

    def _show(self) -> None:
        self._shown = True
        text = self._say(tuple(self._waited))
        self.banner_shown.emit(
            Banner(self._banner, "blue", text, (("Do not wait", _GIVE_UP),), dismissible=False)
        )

    def _hide(self) -> None:
        self._timer.stop()
        if self._shown:
            self._shown = False
            self.banner_removed.emit(self._banner)

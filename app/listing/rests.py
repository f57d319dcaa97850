"""How long a folder rests before it is walked through again.

One idea: a walk may take a small share of the time, however large the folder, and a much smaller one where
every change is heard, and every loss of one is noticed. Lives on the thread of its worker. Not for walking
(see `walking`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

RESCAN_SECONDS = 10.0
RESTING_SHARE = 20  # a walk may take a twentieth of the time
TRUSTING_SHARE = 1000  # and a thousandth where events are trusted
LONGEST, LONGEST_TRUSTING = 600.0, 3600.0  # seconds


class Rests:
    """`begin` a rest, and `over` is called at its end. It lasts `least` seconds, or as long as is said."""

    def __init__(self, least: float, over: Callable[[], None], parent: QObject) -> None:
        self._least = least
        self._trusting = False
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(over)

    def trust(self, *, events: bool) -> None:
        """Say whether every change is heard. Where that ends, nobody waits for the end of a long rest."""
        self._trusting = events
        if not events and self._timer.remainingTime() > self._least * 1000:
            self.begin()

    def after(self, took: float) -> float:
        """The seconds to rest after a walk that took so many."""
        share, longest = (TRUSTING_SHARE, LONGEST_TRUSTING) if self._trusting else (RESTING_SHARE, LONGEST)
        return max(self._least, min(share * took, longest))

    def begin(self, seconds: float | None = None) -> None:
        """Rest for so many seconds from now on."""
        self._timer.start(round((self._least if seconds is None else seconds) * 1000))

    def stop(self) -> None:
        """Rest for as long as nothing is begun."""
        self._timer.stop()

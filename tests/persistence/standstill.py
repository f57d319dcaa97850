"""A disk that stands still at one point of a save, until it is told to go on.

One idea: the time of the save is up when it stands there, not some tenths of a second after it began, in
which a busy machine brings it no further than to its beginning. All else is real: the thread, the files, the
rest of the budget.
"""

import threading
from typing import Any

import pytest

SAVES = "rigstate-save"


class Standstill:
    """The first save that comes by stands still where it calls `here`, until `go_on`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._stands: threading.Thread | None = None
        self._over = threading.Event()
        self._join: Any = threading.Thread.join

        def join(thread: threading.Thread, *limit: float | None) -> None:
            self._wait_for(thread, *limit)

        monkeypatch.setattr(threading.Thread, "join", join)

    def here(self) -> None:
        """Called where the disk does not answer."""
        if self._stands is None:
            self._stands = threading.current_thread()
            self._over.wait(60)

    def go_on(self) -> None:
        """The disk answers, and what stood still comes to its end."""
        self._over.set()
        if self._stands is not None:
            self._join(self._stands)

    def _wait_for(self, thread: threading.Thread, *limit: float | None) -> None:
        if thread.name != SAVES:
            self._join(thread, *limit)
            return
        while thread.is_alive() and thread is not self._stands:
            self._join(thread, 0.005)

"""Programs that are being started, for the list of one watched folder.

One idea: a start hangs where the program lies on a disk that does not answer, and nothing ends that but the
disk. So where one hangs no more are tried: each would be a thread that hangs as well, with every walk.

Not for starting them (`scouts`), nor for what is done instead (`walk`, `judging`).
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

HANGING_SECONDS = 10.0
"""Most starts take a hundredth of a second; on a disk that others use, too, a few."""


class Starts:
    """Those that are under way; for any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began: list[float] = []

    @property
    def hang(self) -> bool:
        """Whether one of them takes too long."""
        with self._lock:
            return any(time.monotonic() > began + HANGING_SECONDS for began in self._began)

    @contextmanager
    def one(self) -> Iterator[None]:
        """While one more is started."""
        began = time.monotonic()
        with self._lock:
            self._began.append(began)
        try:
            yield
        finally:
            with self._lock:
                self._began.remove(began)

"""Stopping a process: asked for by a signal or by another thread, first gently, then firmly.

One idea: a request to stop is only noted and passed on at once; nobody waits inside a signal handler. The
one who waits for the process sees to it that it ends.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

GRACE = 5.0
"""Seconds that a process has to end after it was asked to."""
_LOOK_EVERY = 0.1  # seconds; on Windows a signal is handled only between two waits
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))


@contextlib.contextmanager
def on_stop_signals(ask: Callable[[], None]) -> Iterator[None]:
    """Call `ask` when the user or the system wants this program to stop; never outside the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        ask()

    before = {number: signal.signal(number, handle) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            # None: it was not set by Python, and only the default can be put back
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


class Stopper:
    """Whether a process shall stop, and that it does; any thread or signal handler may `ask`."""

    def __init__(self) -> None:
        self.asked = False
        self._deadline = 0.0
        self._process: subprocess.Popen[Any] | None = None

    def ask(self) -> None:
        """The process shall stop; asked again, it is killed."""
        again, self.asked = self.asked, True
        self._deadline = time.monotonic() + (0.0 if again else GRACE)
        if self._process is not None and not again:
            _end(self._process.terminate)

    def interrupt(self) -> None:
        """As `ask`, by a signal. A second one raises where there is no process yet, so that code that hangs
        before it starts one can be ended.

        Raises:
            KeyboardInterrupt: as Python itself does.
        """
        if self.asked and self._process is None:
            raise KeyboardInterrupt
        self.ask()

    def wait_for(self, process: subprocess.Popen[Any]) -> int:
        """The exit code of `process`, which is made to end if that is asked for, now or meanwhile."""
        self._process = process
        if self.asked:
            _end(process.terminate)
        while True:
            try:
                return process.wait(_LOOK_EVERY)
            except subprocess.TimeoutExpired:
                if self.asked and time.monotonic() > self._deadline:
                    _end(process.kill)


def _end(action: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):  # it ended by itself in this moment
        action()

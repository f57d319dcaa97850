"""Stopping a process: asked for by a signal or by another thread, first gently, then firmly.

One idea: a request to stop is only noted; nobody waits inside a signal handler. The one who waits for the
process passes it on and sees to it that it ends: it is interrupted, as by Ctrl+C, has its time to clean up,
is terminated, and killed at last. What has heard the key itself is not interrupted a second time, which would
break off its cleaning up; it may hear one from the moment that it is started, before anybody knows of it.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

CLEAN_UP = 8.0
"""Seconds that a process has to clean up after it was interrupted, before it is terminated."""
GRACE = 5.0
"""Seconds that it has from then on, before it is killed."""
_WINDOWS = os.name == "nt"
_BREAK: int = getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT)
_LOOK_EVERY = 0.1  # seconds; on Windows a signal is handled only between two waits


def _signals(*names: str) -> tuple[int, ...]:
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


_KEYS = _signals("SIGINT", "SIGBREAK")  # pressed for all that share a console: the process hears them, too
_SIGNALS = (*_KEYS, *_signals("SIGTERM"))


@contextlib.contextmanager
def on_stop_signals(ask: Callable[[int], None]) -> Iterator[None]:
    """Call `ask`, with the number of the signal, when the user or the system wants this program to stop.

    Never outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(number: int, _frame: FrameType | None) -> None:
        ask(number)

    before = {number: signal.signal(number, handle) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            # None: it was not set by Python, and only the default can be put back
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


class Stopper:
    """Whether a process shall stop, and that it does; any thread or signal handler may `ask`.

    `leads_group`: on Windows the process leads a group of its own, which it cannot tell by itself.
    """

    def __init__(self, *, leads_group: bool = False) -> None:
        self.asked = False
        self._leads_group = leads_group
        self._told = False  # whether the process was interrupted, or has heard the key
        self._key: int | None = None  # that was pressed when there may have been a process to hear it
        self._terminate_at = self._kill_at = math.inf
        self._starting = False
        self._process: subprocess.Popen[Any] | None = None

    def ask(self) -> None:
        """The process shall stop; asked again, it is killed."""
        self._note()

    def interrupt(self, number: int) -> None:
        """As `ask`, by a signal. A second one raises where there is no process yet, so that code that hangs
        before it starts one can be ended.

        Raises:
            KeyboardInterrupt: as Python itself does.
        """
        if self.asked and self._process is None:
            raise KeyboardInterrupt
        is_heard = number in _KEYS and (self._process or (self._starting and _may_have_started_one()))
        self._note(number if is_heard else None)

    def started(self, make: Callable[[], subprocess.Popen[Any] | None]) -> subprocess.Popen[Any] | None:
        """What `make` starts, which is known from then on. Raises what it raises."""
        self._starting = True
        try:
            self._process = make()
        finally:
            self._starting = False
        return self._process

    def wait_for(self, process: subprocess.Popen[Any]) -> int:
        """The exit code of `process`, which is made to end if that is asked for, now or meanwhile."""
        self._process = process
        while True:
            if self.asked:
                self._press(process)
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(_LOOK_EVERY)

    def _note(self, key: int | None = None) -> None:
        now = time.monotonic()
        if self.asked:
            self._kill_at = now
        else:
            self._key = key
            self._terminate_at = now + CLEAN_UP
            self._kill_at = self._terminate_at + GRACE
            self.asked = True

    def _hears(self, process: subprocess.Popen[Any], key: int) -> bool:
        """Whether a key that is pressed for this program is pressed for the process, too.

        On Windows the leader of a group is deaf to Ctrl+C alone; of others that is not known, and most hear.
        """
        if _WINDOWS:
            return not self._leads_group or key != signal.SIGINT
        return _is_in_our_group(process)

    def _interrupt(self, process: subprocess.Popen[Any]) -> bool:
        """Interrupt it alone, as Ctrl+C would, on Windows by Ctrl+Break; False where keys are pressed there
        for all or for nobody, or no console is there to press them.
        """
        if _WINDOWS and not self._leads_group:
            return False
        return _end(lambda: process.send_signal(_BREAK if _WINDOWS else signal.SIGINT))

    def _press(self, process: subprocess.Popen[Any]) -> None:
        """Do what is due by now."""
        now = time.monotonic()
        if not self._told:
            self._told = True
            has_heard = self._key is not None and self._hears(process, self._key)
            if not (has_heard or self._interrupt(process)):
                self._terminate_at = now
        if now >= self._kill_at:
            _end(process.kill)
        elif now >= self._terminate_at:
            self._terminate_at = math.inf
            _end(process.terminate)


def _may_have_started_one() -> bool:
    """Whether this program has started a process; where the system does not tell, it may have."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    except (OSError, AttributeError):  # Windows
        pass
    return True


def _is_in_our_group(process: subprocess.Popen[Any]) -> bool:
    with contextlib.suppress(OSError):
        return os.getpgid(process.pid) == os.getpgrp()
    return True


def _end(action: Callable[[], None]) -> bool:
    """Whether that could be done: it may have ended by itself in this moment."""
    with contextlib.suppress(OSError):
        action()
        return True
    return False

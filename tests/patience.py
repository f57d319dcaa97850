"""pytest-qt's hands with more patience than its own five seconds.

The one idea: a limit of a wait is there to end a test that hangs, and what takes milliseconds takes seconds
on a machine that has others to serve. So whoever waits names no limit, and this one costs nothing where all
is well. Not for limits that are what a test is about: those it gives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits for a minute where nobody says for how long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Until `callback` returns True, or nothing without failing an assertion."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:
        """A context that is left when the signal came."""
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        """A context that is left when the window is on the screen."""
        return super().waitExposed(widget, timeout=timeout)

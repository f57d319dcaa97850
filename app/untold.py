"""Exceptions before there is somebody to hear them: kept, and told as soon as there is.

One idea: who notes what nobody expected (`troubles`) comes with the rest of the window, and the list can be
used before that. Where Windows gave the process no terminal, an exception would be told nowhere.

Not for what keeps the window from opening: that is said in a sentence, and ends it (`__main__`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType


class Untold:
    """Hears from its construction to `hand_over` or `end`, and leaves it to whoever heard before, too."""

    def __init__(self) -> None:
        self._heard: list[tuple[type[BaseException], BaseException, TracebackType | None]] = []
        self._before = sys.excepthook
        self._hook = self._hear
        sys.excepthook = self._hook

    def hand_over(self, begin: Callable[[], object]) -> None:
        """Tell all of it to the hook that `begin` sets."""
        self.end()
        begin()
        heard, self._heard = self._heard, []
        for one in heard:
            sys.excepthook(*one)

    def end(self) -> None:
        """Leave things as they were before."""
        if sys.excepthook is self._hook:
            sys.excepthook = self._before

    def _hear(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._heard.append((kind, error, trace))
        self._before(kind, error, trace)

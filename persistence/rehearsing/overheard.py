"""What code warns of and logs while one listens: warnings, and records of level WARNING and above.

One idea: everything that reaches the root logger is told as a frozen value, with what was under way. What
our own loading and saving say of single attributes is left out: the findings say it already.

Not for what is printed, which goes through no logger.
"""

from __future__ import annotations

import logging
import os
import warnings
from types import TracebackType
from typing import TextIO

from persistence.rehearsing.rehearsed import HeardLine

MOST = 200
"""So many are told; more would be read by nobody."""
_LONGEST = 1000  # characters
_TOLD_ALREADY = (
    "persistence.launching.loading",
    "persistence.launching.saving",
    "persistence.launching.collecting",
)


class Overheard(logging.Handler):
    """Listens between `with` and its end; `during` is what the launcher is doing."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.during = ""
        self._heard: list[HeardLine] = []

    @property
    def heard(self) -> tuple[HeardLine, ...]:
        """All of it, in the order in which it came."""
        return tuple(self._heard)

    def __enter__(self) -> Overheard:
        self._show = warnings.showwarning
        warnings.showwarning = self._warned
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self)
        warnings.showwarning = self._show

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record. Never raises, as no handler does."""
        if record.name not in _TOLD_ALREADY:
            try:
                text = record.getMessage()
            except Exception:  # noqa: BLE001 - its arguments are foreign, and need not fit; then it is told as it stands
                text = str(record.msg)
            self._keep(record.levelname.lower(), record.name, text)

    def _warned(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,  # noqa: ARG002 - a warning is told as Python tells it
        line: str | None = None,  # noqa: ARG002
    ) -> None:
        source = f"{category.__name__}, {os.path.basename(filename)} line {lineno}"
        self._keep("warning", source, str(message))

    def _keep(self, level: str, source: str, text: str) -> None:
        if len(self._heard) < MOST:
            self._heard.append(HeardLine(self.during, level, source, text.strip()[:_LONGEST]))

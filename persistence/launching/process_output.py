"""The log of one session, `launcher_metadata/launcher.log`, and the process output that streams into it.

One idea: one file handler is the only writer of the file. It gets all that is logged in this process
meanwhile, and every line of the experiment's own process, whatever level the root logger has. Each pipe is
read by a thread that ends with it.
"""

from __future__ import annotations

import codecs
import collections
import logging
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from persistence.files.version_log import Clock

log = logging.getLogger(__name__)

_LONGEST_LINE = 64 * 1024  # bytes; a longer one is logged in pieces, so that it cannot fill the memory
_TAIL = 20  # lines


class _ByTheClock(logging.Formatter):
    """Lines as logging has them, with the time of a clock of the launcher's own."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._now = clock

    def formatTime(self, _record: logging.LogRecord, _format: str | None = None) -> str:  # noqa: N802
        """The local time to the millisecond, as logging writes it."""
        return self._now().isoformat(" ", "milliseconds").replace(".", ",")


class SessionLog:
    """The log file while it is open; usable, and writing nowhere, when it cannot be opened."""

    def __init__(self, path: Path, clock: Clock = datetime.now) -> None:
        self._path = path
        self._clock = clock
        self._handler: logging.Handler = logging.NullHandler()

    def __enter__(self) -> SessionLog:
        try:
            self._path.parent.mkdir(exist_ok=True)
            self._handler = logging.FileHandler(self._path, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            log.error("%s cannot be written, and the session has no log file: %s", self._path, error)
        self._handler.setFormatter(_ByTheClock(self._clock))
        self._handler.addFilter(lambda record: not hasattr(record, "process_output"))
        logging.getLogger().addHandler(self._handler)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()

    def line(self, stream: str, text: str) -> None:
        """One line of the process, into the file and to whoever else listens to this logger at level INFO.

        In the file the name of its stream stands before it; others get the line alone.
        """
        record = log.makeRecord(log.name, logging.INFO, __file__, 0, f"{stream}: %s", (text,), None)
        self._handler.acquire()
        try:
            self._handler.emit(record)
        finally:
            self._handler.release()
        log.info("%s", text, extra={"process_output": True})


class ProcessOutput:
    """Reads the pipes of a process until they end. `handle` gets each line of its standard output."""

    def __init__(
        self, process: subprocess.Popen[Any], session_log: SessionLog, handle: Callable[[str], None]
    ) -> None:
        self._log = session_log
        self._handle = handle
        self._listening = True
        self._tail: collections.deque[str] = collections.deque(maxlen=_TAIL)
        pipes = {"stdout": process.stdout, "stderr": process.stderr}
        self._threads = [
            threading.Thread(target=self._read, args=(name, pipe), name=f"rigstate-{name}", daemon=True)
            for name, pipe in pipes.items()
            if pipe is not None
        ]
        for thread in self._threads:
            thread.start()

    @property
    def last_error_line(self) -> str:
        """What the process said last on its error output; "" when it said nothing."""
        return self._tail[-1] if self._tail else ""

    def finish(self, timeout: float) -> None:
        """Wait at most `timeout` seconds for the pipes to end; what comes later is not logged."""
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._listening = False
        if any(thread.is_alive() for thread in self._threads):
            log.warning("The process left another one behind that still writes; its output is not logged.")

    def _read(self, name: str, pipe: IO[Any]) -> None:
        """Read a pipe to its end. Of a text pipe the bytes are read: one that is no text must not end it."""
        data, encoding = getattr(pipe, "buffer", pipe), getattr(pipe, "encoding", "utf-8")
        if codecs.lookup(encoding).name == "ascii":  # a bare locale, which says nothing of what is printed
            encoding = "utf-8"
        with pipe:
            while line := data.readline(_LONGEST_LINE):
                text = line.decode(encoding, "replace").rstrip("\r\n")
                if name == "stderr" and text.strip():
                    self._tail.append(text)
                if self._listening:
                    self._log.line(name, text)
                    if name == "stdout":
                        self._hand_over(text)

    def _hand_over(self, text: str) -> None:
        try:
            self._handle(text)
        except Exception:  # the launcher's own code may raise anything, and the pipe must be read on
            log.exception("The launcher could not handle a line of its process.")

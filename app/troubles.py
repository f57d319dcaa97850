"""What nobody expected: an exception in a slot or a thread goes into the log and into the window, and the
process lives.

One idea: the hooks of Python are the one net under everything, so that no other room catches what it does not
understand, but where somebody waits for an answer (`files.unforeseen`). The net itself does nothing that can
fail: it hands a text over, and a worker writes it.

Not for errors that were foreseen: those are answers, each with its own sentence.
"""

import logging
import sys
import threading
import traceback
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from app.exchange import Banner
from app.worker import Worker

NAME = "rigstate.log"
LIMIT = 1 << 20
KEPT = 2 * LIMIT
"""About how many bytes of log there are at the most: the log, and one earlier one."""

_OURS = ("app", "persistence")


@dataclass(frozen=True, slots=True)
class LogLine:
    """Errand: add this to the log."""

    text: str


class Journal(Worker):
    """The log file below `directory`. One earlier file is kept beside it."""

    is_told = False

    def __init__(self, directory: Path) -> None:
        super().__init__("journal")
        self.path = directory / NAME

    def work(self, errand: object) -> None:
        if isinstance(errand, LogLine):
            try:
                self._write(errand.text)
            except OSError:
                return  # a full disk: there is nowhere left to say it, and the window has said it already

    def _write(self, text: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and self.path.stat().st_size > LIMIT:
            self.path.replace(self.path.with_suffix(".1.log"))
        with self.path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now().isoformat(timespec='milliseconds')} {text.rstrip()}\n")


class _ToJournal(logging.Handler):
    """Sends warnings of any room, of any thread, to the journal."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(logging.WARNING)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        self._journal.ask(LogLine(self.format(record)))


class Troubles(QObject):
    """The net, from `install` to `remove`. `banner_shown` may be emitted from any thread."""

    banner_shown = Signal(object)

    def __init__(self, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal = journal
        self._handler = _ToJournal(journal)
        self._before = sys.excepthook
        self._before_in_threads = threading.excepthook

    def install(self) -> None:
        """Be the one who hears of every exception that nobody caught."""
        self._before, self._before_in_threads = sys.excepthook, threading.excepthook
        sys.excepthook = _weakly(self._heard, self._before)
        threading.excepthook = _weakly(self._heard_in_thread, self._before_in_threads)
        logging.getLogger().addHandler(self._handler)

    @property
    def path(self) -> Path:
        """Where the log is."""
        return self._journal.path

    def set_detailed(self, detailed: bool) -> None:
        """Note also what goes well: what every thread does, and how long that takes."""
        self._handler.setLevel(logging.DEBUG if detailed else logging.WARNING)
        for name in _OURS:
            logging.getLogger(name).setLevel(logging.DEBUG if detailed else logging.NOTSET)

    def remove(self) -> None:
        """Leave things as they were before `install`."""
        self.set_detailed(False)
        sys.excepthook, threading.excepthook = self._before, self._before_in_threads
        logging.getLogger().removeHandler(self._handler)

    def _heard(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._note(kind, error, trace)
        if self._before is not sys.__excepthook__:
            self._before(kind, error, trace)

    def _heard_in_thread(self, args: threading.ExceptHookArgs) -> None:
        self._note(args.exc_type, args.exc_value, args.exc_traceback)
        if self._before_in_threads is not threading.__excepthook__:
            self._before_in_threads(args)

    def _note(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._journal.ask(LogLine("".join(traceback.format_exception(kind, error, trace))))
        what = f"{kind.__name__}: {error}".rstrip(".")
        text = f"Something unexpected went wrong ({what}). It is noted in {self._journal.path}."
        self.banner_shown.emit(Banner("trouble", "vermilion", text))


def _weakly(hear: Callable[..., object], otherwise: Callable[..., object]) -> Callable[..., object]:
    """A hook that hears as long as the object of `hear` is there, and does `otherwise` after it.

    Python's threads keep the hooks that there were when they began, and those that Qt began are known to
    Python until another thread has their number. What such a hook held, this net and the journal, was freed
    by that other thread, beside a window that was at work.
    """
    known = weakref.WeakMethod(hear)

    def hook(*what: object) -> None:
        (known() or otherwise)(*what)

    return hook

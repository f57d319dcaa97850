"""Rows of the catalog: the whole window over a tree, from a file that lands to its row, painted.

One idea: the real application, its threads, its watcher and its list; another process makes sessions land, as
launchers do, and says by the clock of the machine when each was there. The event loop is turned by hand, so
that what holds it up is seen.

Not for single steps: finding (`tests.benchmarks.listing`) and the list (`tests.benchmarks.session_list`) have
rows of their own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QTableView

from app.garbage import spare_what_is_there
from app.main import Application
from app.models.sessions.sessions import SessionsModel
from app.settings import places as places_in
from tests.benchmarks.figures import Line, Terms, figure_of
from tests.benchmarks.listing import fill
from tests.benchmarks.race import Contender, Field, Race
from tests.benchmarks.tables import SESSIONS, application
from tests.benchmarks.trees import make_tree, standing_tree

AMONG = 10_000
"""Sessions that are there already, where others land."""
SINGLE, AT_ONCE, BURST = 100, 1_000, 10_000
IDLE_SECONDS = 30.0
PATIENCE = 600.0
"""Seconds after which a benchmark that waits for something that does not come ends in an error."""
START = (
    "a bare window does little that is not done here, too; of what is beyond it half is importing ninety"
    " modules, the classes made in them and the hundred enumerations of `Qt`, the other half building,"
    " styling and painting the list, tools and menus that a bare window lacks."
)
"""Of the first page."""
BLOCK = "longest block of the event loop"
CHECKOUT = Path(__file__).resolve().parents[2]
_OPENING = "tests.benchmarks.opening"
_LANDING = "tests.benchmarks.landing"


class Watching(QObject):
    """The application over a folder. `longest`: seconds that the event loop was held up at the most."""

    def __init__(self, root: Path, own: Path) -> None:
        application()
        super().__init__()
        self.longest = 0.0
        self.painted = (0, 0.0)  # how many sessions the list had when it was painted last, and when that was
        self.application = Application(roots=[root], config_dir=own)
        window = self.application.window
        window.resize(1440, 900)
        window.show()
        spare_what_is_there()
        self._view = cast(QTableView, window.findChild(QTableView, "sessionView"))
        self._view.viewport().installEventFilter(self)

    @property
    def model(self) -> SessionsModel:
        """The list."""
        return cast(SessionsModel, self._view.model())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take note of each paint of the list."""
        if event.type() == QEvent.Type.Paint:
            self.painted = (self.model.session_count(), time.monotonic())
        return False

    def until(self, done: Callable[[], bool]) -> None:
        """Turn the event loop until something is so."""
        patience = time.monotonic() + PATIENCE
        while not done():
            began = time.perf_counter()
            QCoreApplication.processEvents()
            self.longest = max(self.longest, time.perf_counter() - began)
            if time.monotonic() > patience:
                raise TimeoutError("the list did not become what it was to be")
            time.sleep(0.0005)

    def until_painted(self, count: int) -> float:
        """Until so many sessions are listed and were painted; when that was."""
        self.until(lambda: self.painted[0] >= count)
        return self.painted[1]

    def rest(self, seconds: float) -> None:
        """Turn it for so long."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def end(self) -> None:
        """Close the window and end all threads."""
        self.application.shutdown()
        QCoreApplication.sendPostedEvents(self.application.window, QEvent.Type.DeferredDelete.value)


@contextmanager
def watching(root: Path, own: Path) -> Iterator[Watching]:
    """The application, until the end of the measurement."""
    made = Watching(root, own)
    try:
        yield made
    finally:
        made.end()


class Lander:
    """Another process that makes sessions land in a tree of so many."""

    def __init__(self, root: Path, there: int) -> None:
        command = [*_program(_LANDING), str(root), str(there)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=CHECKOUT, stdin=pipe, stdout=pipe, text=True)
        self.landed = there

    def land(self, count: int) -> None:
        """Let so many land, one after the other, as fast as the disk takes them; not waited for."""
        self.landed += count
        ask = cast(IO[str], self._process.stdin)
        ask.write(f"{count}\n")
        ask.flush()

    def last(self) -> float:
        """When the last of them was there. Waits for it."""
        return float(cast(IO[str], self._process.stdout).readline())

    def end(self) -> None:
        """End the process."""
        cast(IO[str], self._process.stdin).close()
        cast(IO[str], self._process.stdout).close()
        self._process.wait()


@dataclass(frozen=True)
class Landing:
    """From a state file that is there to its row, painted; and the loop, while many land."""

    name: str = "landing"

    def measure(self, terms: Terms) -> list[Line]:
        """In one window: single ones and many at once for each run, then a burst in which none is lost."""
        there, single, together = terms.shrunk(AMONG), list[Landed](), list[Landed]()
        with ExitStack() as ends:
            own = Path(ends.enter_context(tempfile.TemporaryDirectory(dir=terms.directory)))
            make_tree(own / "root", there)
            window = ends.enter_context(watching(own / "root", own / "own"))
            lander = Lander(own / "root", there)
            ends.callback(lander.end)
            window.until_painted(there)
            window.rest(10 * terms.pace)  # until all was read wholly
            for _ in range(terms.runs):
                single += [_landed(window, lander, 1) for _ in range(terms.shrunk(SINGLE))]
                together.append(_landed(window, lander, terms.shrunk(AT_ONCE)))
            before = window.model.session_count()
            burst = _landed(window, lander, terms.shrunk(BURST))
            listed = window.model.session_count() - before
        late = statistics.quantiles([one.late for one in single * 2], n=100)[-1]
        return [
            _told("a state file lands: 99 of 100 rows painted within", [late], 40),
            _told("1,000 landing at once: all painted after the last", [one.late for one in together], 1000),
            _told("10,000 landing at once: all painted after the last", [burst.late]),
            Line("10,000 landing at once: of them listed", "–", figure_of([listed], "sessions")),
            _told(f"{BLOCK}: a state file lands", [one.block for one in single], 16),
            _told(f"{BLOCK}: 1,000 landing, with disk and watcher", [one.block for one in together], 16),
            _told(f"{BLOCK}: 10,000 landing, with disk and watcher", [burst.block], 16),
        ]


@dataclass(frozen=True)
class Landed:
    """What came of a landing, in seconds: from the last file to the last row, and the longest block."""

    late: float
    block: float


def _landed(window: Watching, lander: Lander, count: int) -> Landed:
    window.longest = 0.0
    lander.land(count)
    painted = window.until_painted(lander.landed)
    return Landed(painted - lander.last(), window.longest)


def _told(work: str, seconds: list[float], goal: float | None = None) -> Line:
    return Line(work, "–", figure_of([1000 * one for one in seconds], "ms"), goal=goal)


@dataclass(frozen=True)
class Standing:
    """All sessions in the window for the first time, and then nothing to do."""

    name: str = "standing"

    def measure(self, terms: Terms) -> list[Line]:
        """One window for each run that lists them; the last one is left in peace, and its processor asked."""
        blocks, size = list[float](), terms.shrunk(SESSIONS)
        with ExitStack() as ends:
            own = Path(ends.enter_context(tempfile.TemporaryDirectory(dir=terms.directory)))
            root = standing_tree(replace(terms, directory=own), size)
            for run in range(terms.runs):
                with watching(root, own / f"own{run}") as window:
                    window.until_painted(size)
                    blocks.append(window.longest)
            idle = _idle(root, own / "own0", IDLE_SECONDS * terms.pace)
        return [
            _told(f"{BLOCK}: first listing of 100,000 sessions, in the window", blocks, 16),
            Line("idle, 100,000 sessions watched", "–", figure_of([idle], "% of a core"), goal=0.1),
        ]


def _idle(root: Path, own: Path, seconds: float) -> float:
    """Per cent of a core that a window takes which nobody touches, in a process of its own."""
    told = subprocess.run(
        [*_program(_OPENING), "idle", root, own, str(seconds)],
        check=True,
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
    )
    return float(told.stdout)


def first_page(terms: Terms, ends: ExitStack) -> Field:
    """The whole process, from its start to the first page that is painted."""
    return _opening("known", terms, ends)


def whole(terms: Terms, ends: ExitStack) -> Field:
    """The same, to the window that has all its parts."""
    return _opening("whole", terms, ends)


def _opening(how: str, terms: Terms, ends: ExitStack) -> Field:
    own = Path(ends.enter_context(tempfile.TemporaryDirectory(dir=terms.directory)))
    root = standing_tree(terms, terms.shrunk(SESSIONS))
    fill(root, places_in(own / "own").cache)
    # As where it is installed: modules are compiled once, at the latest by the call that is not counted.
    compiled = {**os.environ, "PYTHONPYCACHEPREFIX": str(own / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    compiled["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(own / 'screen.json')}"

    def opened(*arguments: str | Path) -> Callable[[], object]:
        command = [*_program(_OPENING), *map(str, arguments)]
        return lambda: subprocess.run(command, check=True, cwd=CHECKOUT, env=compiled)

    return Field(
        Contender("a bare PySide6 window with an empty table", opened("bare")),
        [Contender("", opened(how, root, own / "own"))],
        [],
    )


def _screen(path: Path) -> Path:
    """A screen on which a window has its usual size; without one there is one of 800 × 800."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1080}
    path.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    return path


def _program(module: str) -> list[str]:
    return [sys.executable, "-m", module]


ROWS = (
    Race(
        "first-page",
        "first page painted at start, 100,000 known sessions",
        1.5,
        first_page,
        pieces=1,
        shortfall=START,
    ),
    Race(
        "whole-window",
        "all of the window there at start, 100,000 known sessions",
        None,
        whole,
        pieces=1,
    ),
    Landing(),
    Standing(),
)

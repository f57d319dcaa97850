"""Rows of the tree: a large state in the window, from the first paint of its rows to a saved edit.

One idea: the reference is the quickest reader there is, which builds a million values that nobody looks at;
the peers are what one would write first. All else that a hand feels is absolute: how long it took, and the
longest time for which the event loop was held up meanwhile.

Not for the states (`tests.benchmarks.large_states`), nor for working the window
(`tests.benchmarks.large_window`).
"""

from __future__ import annotations

import gc
import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView

from persistence.store import STATE_FILE
from tests.benchmarks import race
from tests.benchmarks.figures import Line, Terms, figure_of
from tests.benchmarks.large_states import BIG, LIST, RARE, items_of, make_large_session
from tests.benchmarks.large_window import LargeWindow, Took, large_window
from tests.benchmarks.race import Contender, Field, Race
from tests.benchmarks.tables import application, show
from tests.benchmarks.watching import BLOCK

STATE = "a 50 MB state (a million values)"
FRAME = 16
"""Milliseconds that the event loop may be held up."""

REST = 5.0
"""Seconds after which the list has judged all sessions, and nothing is under way."""

CHECKOUT = Path(__file__).resolve().parents[2]
_MEMORY = "tests.benchmarks.large_memory"


# --- the first paint, as a race ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Opening:
    """The first paint of a large state."""

    name: str = "tree-open"

    def measure(self, terms: Terms) -> list[Line]:
        """A race; but for the usual model, of which one run takes as long as all others together."""
        work = f"open {STATE}: first paint of its tree, in the window"
        (line,) = Race(self.name, work, 0.15, opening, pieces=1).measure(terms)
        (usual,) = Race(self.name, work, 0.15, opening_usually, pieces=1).measure(replace(terms, runs=1))
        return [replace(line, peers={**line.peers, "QStandardItemModel": usual.ours})]


def opening(terms: Terms, ends: ExitStack) -> Field:
    """Two sessions in turn, so that each time another one is shown."""
    sessions = made_sessions(terms, 2)
    window = ends.enter_context(large_window(terms.directory / "root", terms.directory / "own", 2))
    window.rest(REST * terms.pace)
    turns, file = cycle(sessions), sessions[0] / STATE_FILE
    ours = Contender("", lambda: window.select(next(turns)))
    return Field(_reference(file), [ours], [_jq(file)])


def opening_usually(terms: Terms, _ends: ExitStack) -> Field:
    """What one would write first: all values as items of Qt's own model, in a tree."""
    application()
    file = made_sessions(terms, 1)[0] / STATE_FILE
    return Field(_reference(file), [Contender("", lambda: _show_usually(file))], [])


def _reference(file: Path) -> Contender:
    name = "orjson" if importlib.util.find_spec("orjson") else "json"
    loads: Callable[[bytes], object] = importlib.import_module(name).loads
    return Contender(f"`{name}.loads` of the file", lambda: loads(file.read_bytes()))


def _jq(file: Path) -> Contender:
    program = shutil.which("jq")
    if program is None:
        return Contender("jq", None)
    return Contender("jq", lambda: subprocess.run([program, "empty", file], check=True))


def _show_usually(file: Path) -> None:
    model = QStandardItemModel()
    _fill(model.invisibleRootItem(), json.loads(file.read_bytes()))
    with ExitStack() as ends:
        view = QTreeView()
        view.setModel(model)
        show(view, ends)


def _fill(above: QStandardItem, value: Any) -> None:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in members:
        holds = isinstance(inner, dict | list)
        row = [QStandardItem(str(name)), QStandardItem("" if holds else repr(inner))]
        above.appendRow(row)
        if holds:
            _fill(row[0], inner)


# --- what is told in milliseconds -------------------------------------------------------------------------


@dataclass(frozen=True)
class Expanding:
    """A list of a hundred thousand numbers is opened: for the first time, and again."""

    name: str = "tree-expand"

    def measure(self, terms: Terms) -> list[Line]:
        """Each time it is read anew, because another session was shown before."""
        first, again = list[float](), list[float]()
        with _window(terms, 2) as (window, sessions):
            for _ in range(terms.runs):
                _show(window, sessions)
                first.append(window.took(lambda: window.open(LIST)).time)
                window.read(LIST)
                window.close(LIST)
                again.append(window.took(lambda: window.open(LIST)).time)
        eager = figure_of([_eager(items_of(terms)) for _ in range(terms.runs)], "ms")
        work = "expand a list of 100,000, painted"
        return [
            Line(f"{work}: the first time", "–", figure_of(first, "ms"), {"QTreeView, eager": eager}, 60),
            Line(f"{work}: again", "–", figure_of(again, "ms"), goal=FRAME),
        ]


def _eager(items: int) -> float:
    """Milliseconds until a tree has opened a row with so many below it, all of which are there already."""
    application()
    model = QStandardItemModel()
    above = QStandardItem("list")
    above.appendRows([QStandardItem(str(number)) for number in range(items)])
    model.appendRow(above)
    with ExitStack() as ends:
        view = QTreeView()
        view.setModel(model)
        show(view, ends)

        def expand() -> None:
            view.expand(model.index(0, 0))
            QCoreApplication.processEvents()

        return 1000 * race.timed(expand, 1)


@dataclass(frozen=True)
class Working:
    """All that an operator does to one large state, one after the other."""

    name: str = "tree-work"

    def measure(self, terms: Terms) -> list[Line]:
        """One window; each run shows a session that was not shown before it."""
        seen: dict[str, list[Took]] = {}
        with _window(terms, 2) as (window, sessions):
            for run in range(terms.runs):
                for work, took in _worked(window, sessions, run):
                    seen.setdefault(work, []).append(took)
        return [line for work, all_of_them in seen.items() for line in _told(work, all_of_them)]


GOALS = {"one edit in it, painted": FRAME}


def _worked(window: LargeWindow, sessions: list[Path], run: int) -> Iterator[tuple[str, Took]]:
    yield "open it, until it can be edited", window.took(lambda: _show(window, sessions))
    yield "read an attribute of 15 MB in it", window.took(lambda: window.read(BIG))
    window.go_to(BIG, 100, "lick_rate_hz")
    yield "one edit in it, painted", window.took(lambda: window.edit(f"{run + 100}.5"))
    yield "filter, first match painted", window.took(lambda: window.type_filter("oddball"))
    yield "filter, until 10,000 rows are found", window.took(window.until_searched)
    window.clear_filter()
    yield "filter by a word at its end, until found", window.took(lambda: window.type_filter(RARE))
    window.until_searched()
    yield "clear the filter", window.took(window.clear_filter)
    yield "Save of one edit, until it is read back", window.took(window.save)


def _told(work: str, seen: list[Took]) -> Iterator[Line]:
    times, blocks = ([took.time for took in seen], [took.block for took in seen])
    yield Line(f"{STATE}: {work}", "–", figure_of(times, "ms"), goal=GOALS.get(work))
    yield Line(f"{BLOCK}: {work}", "–", figure_of(blocks, "ms"), goal=FRAME)


@dataclass(frozen=True)
class Pauses:
    """What a full run of Python's collector of cycles takes, which stops everything."""

    name: str = "tree-pauses"

    def measure(self, terms: Terms) -> list[Line]:
        """As the window has told the collector, and as Python has it."""
        with _window(terms, 1) as (window, sessions):
            _show(window, sessions)
            window.read(BIG)
            spared = [1000 * race.timed(gc.collect, 1) for _ in range(terms.runs)]
            gc.unfreeze()
            usual = race.duration(statistics.median(race.timed(gc.collect, 1) for _ in range(terms.runs)))
        work = f"{STATE}: a full run of the collector of cycles, an attribute of 15 MB read"
        return [Line(work, f"as Python has it: {usual}", figure_of(spared, "ms"), goal=FRAME)]


# --- memory -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Memory:
    """What the process takes more, in sizes of the file, each time in a process of its own."""

    name: str = "tree-memory"

    def measure(self, terms: Terms) -> list[Line]:
        """One process for each run."""
        told: dict[str, list[float]] = {}
        with tempfile.TemporaryDirectory(dir=terms.directory) as directory:
            own = Path(directory)
            make_large_session(own / "root" / "mouse" / "session", terms)
            for run in range(terms.runs):
                for when, times in _remembered(own / "root", own / f"own{run}", terms).items():
                    told.setdefault(when, []).append(times)
        return [
            Line(f"memory for {STATE}, {when}", "the size of the file", figure_of(times), goal=2)
            for when, times in told.items()
        ]


def _remembered(root: Path, own: Path, terms: Terms) -> dict[str, float]:
    command = [sys.executable, "-m", _MEMORY, str(root), str(own), str(REST * terms.pace)]
    told = subprocess.run(command, check=True, cwd=CHECKOUT, stdout=subprocess.PIPE)
    answer: dict[str, float] = json.loads(told.stdout)
    return answer


# --- within -----------------------------------------------------------------------------------------------


def made_sessions(terms: Terms, count: int) -> list[Path]:
    """So many large sessions below the root of the measurement."""
    sessions = [terms.directory / "root" / "mouse" / f"session{number}" for number in range(count)]
    for seed, session in enumerate(sessions):
        make_large_session(session, terms, seed)
    return sessions


@contextmanager
def _window(terms: Terms, count: int) -> Iterator[tuple[LargeWindow, list[Path]]]:
    with tempfile.TemporaryDirectory(dir=terms.directory) as directory:
        within = Terms(Path(directory), terms.runs, terms.pace, terms.shrink)
        sessions = made_sessions(within, count)
        with large_window(within.directory / "root", within.directory / "own", count) as window:
            window.rest(REST * terms.pace)
            yield window, sessions


def _show(window: LargeWindow, sessions: list[Path]) -> None:
    """The session that was not shown last."""
    sessions.append(sessions.pop(0))
    window.select(sessions[0])
    window.until_judged()


ROWS = (
    Opening(),
    Memory(),
    Expanding(),
    Working(),
    Pauses(),
)

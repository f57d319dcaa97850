"""Rows of the catalog: the list of 100,000 sessions, filtered, sorted, and never in the way of a hand.

One idea: what can be compared races against the usual list (`tests.benchmarks.tables`); what a hand feels is
the longest time for which the event loop was held up, whatever came of it. Not for finding sessions
(`tests.benchmarks.listing`).
"""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle

from PySide6.QtCore import Qt

from app.garbage import spare_what_is_there
from app.listing.questions import PORTION
from app.models.sessions.session_rows import CHIPS, FIRST_EXTRA, GROUPINGS, OUTCOME, Column, Extra, Heading
from app.session import Delta, Summary
from app.values.cells import Cell
from tests.benchmarks.figures import Line, Terms, figure_of
from tests.benchmarks.race import Contender, Field, Race
from tests.benchmarks.tables import SESSIONS, Ours, Usual, application, filled, summary_of
from tests.benchmarks.trees import Place, places

TYPED = ("mouse0123", "2025-11", "failed slap")
KEYS = tuple(word[:length] for word in TYPED for length in range(1, len(word) + 1))
KEYSTROKE = "a key typed into the filter of 100,000 sessions, painted"
LANDING = 1_000
COUNT = Extra("trial_count")


def typing(terms: Terms, ends: ExitStack) -> Field:
    """The same keys for both, one after the other."""
    size = terms.shrunk(SESSIONS)
    ours, usual = Ours(ends, size), Usual(ends, size)
    gc.collect()

    def keys(type_: Callable[[str], None]) -> Callable[[], None]:
        texts = cycle(KEYS)
        return lambda: type_(next(texts))

    return Field(
        Contender("QSortFilterProxyModel with `filterAcceptsRow`", keys(usual.type)),
        [Contender("", keys(ours.type))],
        [],
    )


def sorting(terms: Terms, ends: ExitStack) -> Field:
    """Each column of ours against the names of the other, upwards and downwards in turns."""
    size = terms.shrunk(SESSIONS)
    ours, usual = Ours(ends, size), Usual(ends, size)
    gc.collect()

    def by(sort: Callable[[int, Qt.SortOrder], object], column: int) -> Callable[[], object]:
        orders = cycle(Qt.SortOrder)
        return lambda: sort(column, next(orders))

    names = {column: f"by {column.name.lower()}" for column in Column}
    return Field(
        Contender("QSortFilterProxyModel, by session", by(usual.proxy.sort, Column.SESSION)),
        [Contender(name, by(ours.sort, column)) for column, name in names.items()],
        [],
    )


@dataclass(frozen=True)
class Keystroke:
    """How long single keys take: the slowest of twenty."""

    name: str = "slow-keys"

    def measure(self, terms: Terms) -> list[Line]:
        """Type everything once for each run."""
        with ExitStack() as ends:
            ours = Ours(ends, terms.shrunk(SESSIONS))
            gc.collect()
            late = [statistics.quantiles(_times_of(ours), n=20)[-1] for _ in range(terms.runs)]
        work = f"{KEYSTROKE}: 19 of 20 within"
        return [Line(work, "–", figure_of([1000 * each for each in late], "ms"), goal=25)]


def _times_of(ours: Ours) -> list[float]:
    times = []
    for text in KEYS:
        began = time.perf_counter()
        ours.type(text)
        times.append(time.perf_counter() - began)
    return times


@dataclass(frozen=True)
class Memory:
    """What a session costs in the list: all that the list holds, which can give each summary back."""

    name: str = "memory"

    def measure(self, terms: Terms) -> list[Line]:
        """Fill a list for each run; the summaries go as soon as they are taken in."""
        size = terms.shrunk(SESSIONS)
        objects = _cost(lambda: [summary_of(place) for place in places(size)]) / size
        ours = [_cost(partial(filled, size)) / size for _ in range(terms.runs)]
        told = f"the summaries alone, as objects: {objects:,.0f} B"
        return [Line("memory a session, in the list", told, figure_of(ours, "B"), goal=500)]


def _cost(make: Callable[[], object]) -> int:
    """Bytes that are held by what is made."""
    gc.collect()
    tracemalloc.start()
    try:
        made = make()
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        del made
    finally:
        tracemalloc.stop()
    return held


@dataclass(frozen=True)
class Blocks:
    """For how long the event loop is held up, at the most, by what is done to the list."""

    name: str = "longest-block"

    def measure(self, terms: Terms) -> list[Line]:
        """Do everything once for each run."""
        longest: dict[str, list[float]] = {}
        for _ in range(terms.runs):
            for work, seconds in _lived(terms.shrunk(SESSIONS), terms.shrunk(LANDING)):
                longest.setdefault(work, []).append(1000 * seconds)
        return [
            Line(f"longest block of the event loop: {work}", "–", figure_of(times, "ms"), goal=16)
            for work, times in longest.items()
        ]


def _lived(size: int, landing: int) -> Iterator[tuple[str, float]]:
    """What was done, and the longest block of it."""
    with ExitStack() as ends:
        application()
        ends.callback(gc.set_threshold, *gc.get_threshold())
        ends.callback(gc.unfreeze)
        spare_what_is_there()  # as when the window is shown
        ours = Ours(ends, size)
        yield "all arriving", ours.longest
        gc.collect()
        for work, life in LIVES.items():
            ours.longest = 0.0
            life(ours, landing)
            yield work, ours.longest


def _land(ours: Ours, landing: int) -> None:
    """Each by itself, fifty between two frames."""
    news = [summary_of(Place(ours.model.session_count() + number)) for number in range(landing)]
    size = ours.model.session_count() + landing
    for start in range(0, landing, 50):
        ours.do(lambda told=news[start : start + 50]: _tell(ours, told))  # type: ignore[misc]  # bound at once
    ours.wait(lambda: ours.model.count("all") == size)
    ours.settle()


def _tell(ours: Ours, summaries: list[Summary]) -> None:
    for summary in summaries:
        ours.model.apply(Delta(added=(summary,)))


def _type(ours: Ours, _: int) -> None:
    for text in (*KEYS, ""):
        ours.type(text)


def _sort(ours: Ours, _: int) -> None:
    for column in (*Column, -1):
        for order in Qt.SortOrder:
            ours.do(partial(ours.model.sort, column, order))
            ours.settle()


def _choose(ours: Ours, _: int) -> None:
    for chip in (*CHIPS, "all"):
        ours.do(partial(ours.model.set_chip, chip))
        ours.settle()


def _group(ours: Ours, _: int) -> None:
    for grouping in GROUPINGS:
        ours.do(partial(ours.model.set_grouping, grouping))
        ours.settle()
        for position in [*ours.model.heading_positions()][-3:]:
            _fold(ours, position)
    ours.do(partial(ours.model.set_grouping, GROUPINGS[0]))
    ours.settle()


def _fold(ours: Ours, position: int) -> None:
    """Fold a group, and open it again."""
    for _ in range(2):
        heading = ours.model.line(position)
        if isinstance(heading, Heading):
            ours.do(partial(ours.model.toggle, heading))


def _leave(ours: Ours, _: int) -> None:
    for away in (["/data/rigs"], []):
        ours.do(partial(ours.model.set_unavailable, away))
        ours.settle()


def _edit(ours: Ours, _: int) -> None:
    for count in range(5):
        ours.do(partial(ours.model.set_unsaved, summary_of(Place(0)).directory, count))


def _choose_columns(ours: Ours, _: int) -> None:
    """A column with another value in every row: filled, sorted by, searched in, and gone again."""
    ours.do(partial(ours.model.set_columns, (OUTCOME, COUNT)))
    count = ours.model.session_count()
    for start in range(0, count, PORTION):
        numbers = range(start, min(start + PORTION, count))
        rows = tuple((summary_of(Place(one)).directory, (Cell(f"{one}.5", one + 0.5),)) for one in numbers)
        ours.do(partial(ours.model.take_values, (COUNT.name,), rows))
    ours.settle()
    for order in Qt.SortOrder:
        ours.do(partial(ours.model.sort, FIRST_EXTRA + 1, order))
        ours.settle()
    for text in ("9", "99.5", ""):
        ours.type(text)
    ours.do(partial(ours.model.set_columns, ()))
    ours.settle()


def _tick(ours: Ours, _: int) -> None:
    for _second in range(5):
        ours.do(ours.model.tick)


LIVES: Mapping[str, Callable[[Ours, int], None]] = {
    "1,000 landing at once": _land,
    "keys in the filter": _type,
    "sorting": _sort,
    "chips": _choose,
    "grouping and folding": _group,
    "a folder that goes and comes": _leave,
    "columns by choice": _choose_columns,
    "unsaved edits": _edit,
    "the clock": _tick,
}
ROWS = (
    Race("keystroke", KEYSTROKE, 0.3, typing, pieces=len(KEYS)),
    Keystroke(),
    Race("sort", "100,000 sessions sorted", 0.01, sorting, pieces=1),
    Memory(),
    Blocks(),
)

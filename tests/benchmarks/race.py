"""A race: the same work by a reference, by us and by peers, in turns.

One idea: a machine that others use is slow for everybody at the same time. So the contenders take short turns
(A B C A B C ...) until each has had a run, its run is divided by the reference's of the same time, and the
median of these ratios is the figure. An absolute time is told of the reference only, as a measure of the
machine.

The garbage collector stays on, as it is in the programs that do this work. Before each turn a call is made
that is not counted: it warms what is to be warm and, where files are written, it pays for what the turn
before left unwritten, which would be charged to its neighbour.

Not for: figures that are no ratio of times; those rows measure by themselves.
"""

from __future__ import annotations

import gc
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

from tests.benchmarks.figures import Figure, Line, Terms, figure_of

TURNS = 10
"""In each run, where the work is short enough."""


@dataclass(frozen=True)
class Contender:
    """Who does the work; `work` does one piece of it. None: it is not installed here."""

    name: str
    work: Callable[[], object] | None


@dataclass(frozen=True)
class Field:
    """Those who race. Each of `ours` gets a line of its own; its name is added to the words for the work."""

    reference: Contender
    ours: Sequence[Contender]
    peers: Sequence[Contender]


@dataclass(frozen=True)
class Race:
    """A row of ratios.

    `enter` makes the contenders, and leaves with the stack what is to be closed after. `seconds`: the length
    of a run. `pieces`: so many in each run instead, however long they take, where each leaves something (a
    version in a history): else a faster machine would do another work. `clock`: the processor's where nothing
    is waited for; it stops while others have the machine.
    """

    name: str
    work: str
    goal: float | None
    enter: Callable[[Terms, ExitStack], Field]
    seconds: float = 0.2
    pieces: int = 0
    clock: Callable[[], float] = time.perf_counter
    shortfall: str = ""

    def measure(self, terms: Terms) -> list[Line]:
        """Enter, race, and put the lines together."""
        with ExitStack() as ends:
            own = ends.enter_context(tempfile.TemporaryDirectory(prefix=self.name, dir=terms.directory))
            racing = self.enter(replace(terms, directory=Path(own)), ends)
            return list(self._lines(racing, self._times(racing, terms)))

    def _times(self, racing: Field, terms: Terms) -> dict[str, list[float]]:
        """Seconds for one piece of work, by name, one for each run."""
        everybody = (racing.reference, *racing.ours, *racing.peers)
        works = {contender.name: contender.work for contender in everybody if contender.work is not None}
        counts = {name: self._count(work, terms.pace) for name, work in works.items()}
        together = [_run(works, counts, self.clock) for _ in range(terms.runs)]
        return {name: [run[name] for run in together] for name in works}

    def _count(self, work: Callable[[], object], pace: float) -> int:
        """How many pieces of work make a run."""
        if self.pieces:
            return max(1, int(self.pieces * pace))
        return _filling(work, self.seconds * pace, self.clock)

    def _lines(self, racing: Field, times: dict[str, list[float]]) -> Iterator[Line]:
        of_reference = times[racing.reference.name]

        def figure(contender: Contender) -> Figure | None:
            if contender.work is None:
                return None
            own = times[contender.name]
            return figure_of([mine / its for mine, its in zip(own, of_reference, strict=True)])

        peers = {peer.name: figure(peer) for peer in racing.peers}
        reference = f"{racing.reference.name}: {duration(statistics.median(of_reference))}"
        for ours in racing.ours:
            words = f"{self.work}: {ours.name}" if ours.name else self.work
            found = figure(ours)
            if found is not None:
                yield Line(words, reference, found, peers, self.goal, self.shortfall)


def _run(
    works: Mapping[str, Callable[[], object]], counts: Mapping[str, int], clock: Callable[[], float]
) -> dict[str, float]:
    """One run of everybody, in turns: seconds for one piece of work."""
    gc.collect()
    turns = min(TURNS, *counts.values())
    took = dict.fromkeys(works, 0.0)
    for _ in range(turns):
        for name, work in works.items():
            work()
            took[name] += timed(work, counts[name] // turns, clock)
    return {name: took[name] / (counts[name] // turns * turns) for name in works}


def _filling(work: Callable[[], object], seconds: float, clock: Callable[[], float]) -> int:
    """How many pieces of work fill so many seconds."""
    count = 1
    while True:
        took = timed(work, count, clock)
        if took >= seconds / 4:
            return max(1, math.ceil(count * seconds / took))
        count *= 4


def timed(work: Callable[[], object], count: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds that so many calls take."""
    began = clock()
    for _ in repeat(None, count):
        work()
    return clock() - began


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"

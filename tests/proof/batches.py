"""Many random rounds as batches with seeds, on every core.

One idea: a batch is a seed and a number of rounds, and all that is drawn in it follows from the seed. So a
violation names a batch that anybody can run again, memory does not grow with the rounds (hypothesis remembers
each example of a run), and batches go to several processes. A single batch stays in this process: others
would take longer to start than to work, and what a test broke on purpose is broken in this one alone.

Not for: what happens in a round, or suites that kill processes of their own (`tests.proof.child`).
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.proof.suite import Outcome

MAX_TOLD = 20
"""Violations after which no further batch is begun: what is broken is seen by then."""


@dataclass(frozen=True)
class Batch:
    """So many rounds, drawn from one seed."""

    seed: int
    rounds: int


@dataclass(frozen=True)
class Seen:
    """What one batch saw. `slowest`: seconds of its longest round. `counts`: figures that add up."""

    rounds: int
    violations: tuple[str, ...] = ()
    slowest: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)


Work = Callable[[Path, Batch], Seen]


def in_batches(work: Work, rounds: int, size: int, directory: Path) -> Outcome:
    """Do `work`, a function that other processes can find by its name, in batches of `size`."""
    first = secrets.randbits(40)
    batches = [
        Batch(first + number, min(size, rounds - begun))
        for number, begun in enumerate(range(0, rounds, size))
    ]
    total = Seen(0)
    told: list[str] = []
    with _results(partial(work, directory), batches) as results:
        for seen in results:
            total = Seen(
                total.rounds + seen.rounds,
                slowest=max(total.slowest, seen.slowest),
                counts=total.counts + seen.counts,
            )
            told += seen.violations
            if len(told) >= MAX_TOLD:
                break
    return Outcome(total.rounds, tuple(told), _details(total, batches))


@contextmanager
def _results(work: Callable[[Batch], Seen], batches: list[Batch]) -> Iterator[Iterable[Seen]]:
    if len(batches) == 1:
        yield map(work, batches)
        return
    # Spawned, not forked: a fork would take along whatever threads this process has.
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        yield pool.imap_unordered(work, batches)


def _details(total: Seen, batches: list[Batch]) -> str:
    figures = [f"{name} {count:,}" for name, count in total.counts.items()]
    figures.append(f"slowest {total.slowest:.2f} s")
    figures.append(f"seeds {batches[0].seed} to {batches[-1].seed}" if batches else "no seeds")
    return ", ".join(figures)

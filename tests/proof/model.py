"""Random lives of a session, as many as wanted: the stateful suite.

Not for: what happens in a life and what must hold of it (`tests.proof.life`).
"""

from __future__ import annotations

from pathlib import Path

from tests.proof.batches import Batch, Seen, in_batches
from tests.proof.life import Session
from tests.proof.lives import lived
from tests.proof.suite import Outcome, Suite

BATCH = 50
FULL, SHORT = 10_000, 20
STEPS, SHORT_STEPS = 50, 25


def batch(directory: Path, given: Batch) -> Seen:
    """The lives of one batch; few are short ones."""
    steps = STEPS if given.rounds > SHORT else SHORT_STEPS
    return lived(lambda counts: Session(directory, counts), given, steps)


def run(rounds: int, directory: Path) -> Outcome:
    """So many lives."""
    return in_batches(batch, rounds, BATCH, directory)


SUITE = Suite(
    name="model",
    how=(
        "random lives of a session with two clients: edits, saves, clears, restores, foreign writes,"
        " truncations, crashes at any system call, failing disks, lost logs, against a plain model"
    ),
    unit="lives of 50 steps",
    full=FULL,
    short=SHORT,
    run=run,
)

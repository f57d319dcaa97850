"""Random lives of what an operator edits, as many as wanted: the suite over the rooms of the window.

Not for: what happens in a life and what must hold of it (`tests.proof.editing`).
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.proof.batches import Batch, Seen, in_batches
from tests.proof.lives import lived
from tests.proof.suite import Outcome, Suite

BATCH = 40
FULL, SHORT = 1_000, 8
STEPS = 40


def batch(directory: Path, given: Batch) -> Seen:
    """The lives of one batch."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.proof.editing import Hands  # Qt is not there where only the library is installed

    return lived(lambda counts: Hands(directory, counts), given, STEPS)


def run(rounds: int, directory: Path) -> Outcome:
    """So many lives."""
    return in_batches(batch, rounds, BATCH, directory)


SUITE = Suite(
    name="drafts",
    how=(
        "random lives of a session in the window's own rooms: values typed, put, removed, undone, saved in"
        " part or whole, foreign writes, conflicts decided at random, reloads, against a plain model"
    ),
    unit="lives of 40 steps",
    full=FULL,
    short=SHORT,
    run=run,
)

"""A suite: kill -9 a process that commits, at random instants.

One idea: the parent knows exactly what the child acknowledged before it died, and looks at the disk the
moment after. A session goes through several kills, so that each meets what those before it left behind.

Not for: what the disk itself forgets (`tests.proof.power_cut`).
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from tests.proof.child import child
from tests.proof.promises import Record, broken
from tests.proof.rig import save_on, step_in, two_commits_in, update_on
from tests.proof.suite import Outcome, Suite

KILLS_OF_A_SESSION = 10


def run(rounds: int, directory: Path) -> Outcome:
    """So many kills; a session that broke a promise stays where it is."""
    if not hasattr(os, "fork"):
        return Outcome(0, lacking="fork and kill -9, which Windows does not have")
    violations: list[str] = []
    chance = random.Random(0)
    span = two_commits_in(directory)
    acknowledged = unfinished = 0
    for session, kills in sessions(rounds, directory):
        record = Record()
        found: list[str] = []
        for _ in range(kills):
            if not found:
                kill_once(session, record, span, chance)
                found = [*record.failures, *broken(session, record)]
        violations += found
        acknowledged += len(record.etags)
        unfinished += len(list(session.glob(".*.rigstate-tmp")))
        if not found:
            shutil.rmtree(session)
    details = (
        f"{acknowledged} acknowledged versions; {unfinished} kills before the rename of a temporary file"
    )
    return Outcome(rounds, tuple(violations), details)


def sessions(rounds: int, directory: Path) -> Iterator[tuple[Path, int]]:
    """New session directories, and the kills for each, until there were so many."""
    for first in range(0, rounds, KILLS_OF_A_SESSION):
        session = directory / f"session{first // KILLS_OF_A_SESSION}"
        session.mkdir()
        yield session, min(KILLS_OF_A_SESSION, rounds - first)


def kill_once(session: Path, record: Record, span: float, chance: random.Random) -> None:
    """Let a writer go on, kill it within so many seconds, and take down what it had said."""
    record.step = step_in(session)
    writer = chance.choice((update_on, save_on))
    with child(lambda tell: writer(session, tell)) as victim:
        heard = [victim.line() for _ in range(chance.randrange(3))]
        time.sleep(chance.random() * span)
        victim.kill()
        record.hear([*filter(None, heard), *victim.rest()])


SUITE = Suite(
    name="kill",
    how=(
        "kill -9 a process that saves an object or commits, at a random instant; the file is whole and"
        " not older than the last acknowledgement, every file in history has the bytes of its name, and"
        " every acknowledged version is found"
    ),
    unit="kills",
    full=10_000,
    short=20,
    run=run,
)

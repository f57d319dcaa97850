"""What a suite of the proof is, and what it answers.

One idea: a suite is a function that breaks things so many times in a directory that it is given, and returns
what it saw. The ordinary tests run it a few times, `python3 bootstrap.py prove` as often as the report says;
the code is the same.

Not for: printing and reporting (`tests.proof.report`), or deciding what the library promises
(`docs/file-format.md`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """What a suite saw.

    `rounds`: how many were done. `violations`: a sentence for each promise that was broken, with what one
    needs to see it again. `details`: further figures, one line. `lacking`: what this machine lacks, where the
    suite could not run at all; then `rounds` is 0.
    """

    rounds: int
    violations: tuple[str, ...] = ()
    details: str = ""
    lacking: str = ""


@dataclass(frozen=True)
class Suite:
    """One way of breaking things.

    `how` is for the report, `unit` what a round is ("kills"). `full` and `short` are the rounds of the two
    forms. `run(rounds, directory)` works in an empty directory and leaves no process and no mount behind.
    """

    name: str
    how: str
    unit: str
    full: int
    short: int
    run: Callable[[int, Path], Outcome]

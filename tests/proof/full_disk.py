"""A suite: a disk that is full at every offset of a commit.

One idea: a disk in memory is given exactly so many free pages, or names, that the commit runs out of them at
each place in turn. Nothing may be lost, "the disk is full" must be told, and with room again work goes on.

Not for: other errors of a disk (`tests.proof.system_calls`).
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from persistence.files.version_log import FOLDER, LOG
from tests.proof.aftermath import COMMITTED, Before, before, broken, told_in
from tests.proof.mounts import in_own_mounts, mount, ran, remount, unmount
from tests.proof.situations import SITUATIONS, Situation, Versions, bytes_of, commit
from tests.proof.suite import Outcome, Suite

EVERY_POINT = 100_000
"""More than there are."""
MOST = {"pages": 14, "names": 8}
"""Free ones, so many that a commit needs fewer."""
PAGE = 4096


@dataclass(frozen=True)
class Point:
    """A commit to a copy of `template` with only so much left."""

    template: Path
    was: Before
    what: str
    left: int

    def __str__(self) -> str:
        return f"{self.template.name} with {self.left} {self.what} left"


def log_at_the_end_of_a_page(directory: Path) -> Versions:
    """Commits of ours, until the next line of the log is on two pages."""
    versions: dict[int, bytes] = {}
    log = directory / FOLDER / LOG
    while not log.exists() or log.stat().st_size < PAGE - 200:
        step = len(versions) + 1
        versions[commit(directory, step).sequence] = bytes_of(step)
    return versions


def run(rounds: int, directory: Path) -> Outcome:
    """Every point, or so many of them by chance, always the same."""
    return in_own_mounts(lambda: _run(rounds, directory))


def _run(rounds: int, directory: Path) -> Outcome:
    disk = directory / "disk"
    disk.mkdir()
    points = [
        point
        for situation in (*SITUATIONS, log_at_the_end_of_a_page)
        for point in points_of(situation, directory)
    ]
    chosen = points if rounds >= len(points) else random.Random(0).sample(points, rounds)
    mount("tmpfs", disk, "tmpfs", options="size=1m")
    (disk / "ballast").write_text("A disk of no size at all would be one without a limit.")
    try:
        return tried(chosen, disk, len(points))
    finally:
        unmount(disk)


def points_of(situation: Situation, directory: Path) -> Iterator[Point]:
    """Every amount, of pages and of names."""
    template = directory / situation.__name__
    template.mkdir()
    was = before(template, situation(template))
    for what, most in MOST.items():
        for left in range(most + 1):
            yield Point(template, was, what, left)


def tried(points: list[Point], disk: Path, there_are: int) -> Outcome:
    """What became of a commit at each of these points."""
    violations: list[str] = []
    answers: Counter[str] = Counter()
    for point in points:
        session = disk / "session"
        ran("cp", "-a", point.template, session)
        leave(disk, point.what, point.left)
        told = told_in(session)
        answers[told.partition(":")[0]] += 1
        found = broken(session, point.was, told, meanwhile=lambda: leave(disk, "pages", 100))
        if told != COMMITTED and "the disk is full" not in told:
            found.append("that does not say that the disk is full")
        if told != COMMITTED and point.left == MOST[point.what]:
            found.append("that should have been enough")
        violations += [f"{point}; told: {told}; {sentence}" for sentence in found]
        shutil.rmtree(session)
    counted = ", ".join(f"{count} {answer}" for answer, count in sorted(answers.items()))
    return Outcome(len(points), tuple(violations), f"of {there_are} points; {counted}")


def leave(disk: Path, what: str, left: int) -> None:
    """Make the disk as large as what it holds and so much more; of the other kind there is plenty."""
    used = os.statvfs(disk)
    pages, names = used.f_blocks - used.f_bfree, used.f_files - used.f_ffree
    more = {"pages": 100, "names": 100, what: left}
    size = (pages + more["pages"]) * used.f_bsize
    remount(disk, f"size={size},nr_inodes={names + more['names']}")


SUITE = Suite(
    name="full disk",
    how=(
        "a disk in memory with room for exactly 0, 1, 2 ... pages, or names, more than it holds, in six"
        " situations of a commit; nothing is lost, the disk is said to be full, and with room again work"
        " goes on"
    ),
    unit="points",
    full=EVERY_POINT,
    short=30,
    run=run,
)

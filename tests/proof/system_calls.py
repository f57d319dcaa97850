"""A suite: every system call of a commit that touches the session, made to fail in every way.

One idea: a commit is run once undisturbed, to learn its calls, and then once for each (call, way to fail).
Each time, what it told is held against the disk.

- An error (ENOSPC, EIO, EACCES, EINTR, EDQUOT), and a kill before the call, are injected by strace.
- A write that "succeeds" and writes nothing is injected too: a disk that lies, which reading back must show.
- A short write is a real one: the size that files may have (`RLIMIT_FSIZE`) ends in the middle of it, and is
  then lifted, so that the rest goes through, or is not.

Not for: two failures in one commit; disks that forget later (`tests.proof.power_cut`).
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.proof.aftermath import COMMITTED, Before, before, broken, broken_by_a_lie, told_in
from tests.proof.child import Tell, child
from tests.proof.mounts import Lacking, ran
from tests.proof.situations import SITUATIONS, Situation
from tests.proof.suite import Outcome, Suite
from tests.proof.tracing import Call, calls_in, traced

ERRORS = ("ENOSPC", "EIO", "EACCES", "EINTR", "EDQUOT")
KILLED, SWALLOWED, SHORT, CUT_OFF = "SIGKILL", "a write of nothing", "a short write", "a write cut off"
RETRIED = ("openat", "read", "write", "fsync", "ftruncate", "fchmod", "fchown", "fcntl")
"""What Python calls again after EINTR (PEP 475), but for opening a directory to list it: nobody notices."""
SESSION = "under-strace"
"""A directory by a name that no path of the machine holds: strace spells the rest of a path as it likes."""
EVERY_POINT = 100_000
"""More than there are."""


@dataclass(frozen=True)
class Point:
    """One way to fail of one call, in a commit to a copy of `template`."""

    template: Path
    was: Before
    call: Call
    way: str

    def __str__(self) -> str:
        return f"{self.template.name}: {self.way} at {self.call}"

    @property
    def unnoticed(self) -> bool:
        """Whether the commit has to succeed."""
        return self.way == SHORT or (
            self.way == "EINTR" and self.call.name in RETRIED and not self.call.lists
        )


def run(rounds: int, directory: Path) -> Outcome:
    """Every point, or so many of them by chance, always the same. What broke a promise leaves its session."""
    if sys.platform != "linux":
        return Outcome(0, lacking="Linux")
    try:
        points = every_point(directory)
        chosen = points if rounds >= len(points) else random.Random(0).sample(points, rounds)
        outcome = tried(chosen, directory)
    except Lacking as error:
        return Outcome(0, lacking=str(error))
    return replace(outcome, details=f"of {len(points)} points; {outcome.details}")


def every_point(directory: Path) -> list[Point]:
    """All that there are, in every situation. Raises Lacking."""
    return [point for situation in SITUATIONS for point in points_of(situation, directory)]


def points_of(situation: Situation, directory: Path) -> Iterator[Point]:
    """Those of one situation: an undisturbed commit tells its calls."""
    template = directory / situation.__name__
    template.mkdir()
    was = before(template, situation(template))
    session = fresh(template)
    trace = traced(lambda: told_in(session), directory, "-y").trace
    for call in calls_in(trace, SESSION):
        for way in (*ERRORS, KILLED, *((SWALLOWED, SHORT, CUT_OFF) if call.name == "write" else ())):
            yield Point(template, was, call, way)


def fresh(template: Path) -> Path:
    """A copy of a session, links and all, in a place that is always the same."""
    session = template.parent / SESSION
    shutil.rmtree(session, ignore_errors=True)
    ran("cp", "-a", template, session)
    return session


def tried(points: list[Point], directory: Path) -> Outcome:
    """What became of a commit at each of these points."""
    violations: list[str] = []
    answers: Counter[str] = Counter()
    for number, point in enumerate(points):
        session = fresh(point.template)
        told = disturbed(session, point)
        answers[told.partition(":")[0] or "killed"] += 1
        judge = broken_by_a_lie if point.way == SWALLOWED else broken
        found = judge(session, point.was, told)
        if point.unnoticed and told != COMMITTED:
            found.append("it should have been committed")
        if found:
            violations += [f"{point}; told: {told or 'nothing'}; {sentence}" for sentence in found]
            session.rename(directory / f"broken{number}")
    counted = ", ".join(f"{count} {answer}" for answer, count in sorted(answers.items()))
    return Outcome(len(points), tuple(violations), counted)


def disturbed(session: Path, point: Point) -> str:
    """What a commit tells that meets this; nothing when killed. Raises RuntimeError if it met nothing."""
    if point.way in (SHORT, CUT_OFF):
        return shortened(session, point.call.number, lifted=point.way == SHORT)
    name, number = point.call.name, point.call.number
    fault = {KILLED: "signal=SIGKILL", SWALLOWED: "retval=1"}.get(point.way, f"error={point.way}")
    options = ("-e", f"trace={name}", "-e", f"inject={name}:{fault}:when={number}")
    found = traced(lambda: told_in(session), session.parent, *options)
    if not found.injected:
        raise RuntimeError(f"strace did not do it: {point}")
    return found.said


def shortened(session: Path, number: int, *, lifted: bool) -> str:
    """What a commit tells whose write of that number gets half of its bytes through."""

    def work(tell: Tell) -> None:
        halve_write(number, lifted=lifted)
        tell(told_in(session))

    with child(work) as writer:
        return writer.line()


def halve_write(number: int, *, lifted: bool) -> None:
    """In this process, the limit of a file's size falls into that write, and may be lifted after it."""
    import resource

    write, limits = os.write, resource.getrlimit(resource.RLIMIT_FSIZE)
    numbers = itertools.count(1)

    def limited(descriptor: int, data: memoryview) -> int:
        this = next(numbers)
        if this == number:
            half = os.lseek(descriptor, 0, os.SEEK_CUR) + len(data) // 2
            resource.setrlimit(resource.RLIMIT_FSIZE, (half, limits[1]))
        elif this == number + 1 and lifted:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        return write(descriptor, data)

    os.write = limited  # type: ignore[assignment]


SUITE = Suite(
    name="system calls",
    how=(
        "each system call of a commit that touches the session, in five situations: ENOSPC, EIO, EACCES,"
        " EINTR or EDQUOT instead of it, SIGKILL before it, and for writes a short one, one cut off, and"
        " one that wrote nothing; what was told is what is on the disk, no version is lost, and work goes"
        " on"
    ),
    unit="points",
    full=EVERY_POINT,
    short=25,
    run=run,
)

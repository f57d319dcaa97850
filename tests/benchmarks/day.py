"""A row of the store: what a day of saves leaves on the disk.

One idea: the day is not waited for. A history thins out by the number of its versions and not by the clock,
so that 1,440 saves one after the other leave what a save a minute would.

Not for: the speed of a save (`tests.benchmarks.commits`); the time that is told here has no reference.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from persistence.store import StateFile
from tests.benchmarks.commits import our_saves
from tests.benchmarks.figures import Figure, Line, Terms, figure_of
from tests.benchmarks.states import SCALE_OF_2_MB, SCALE_OF_20_MB, StandardLauncher

SAVES = 24 * 60
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Told:
    """A day as it went: bytes on disk after each save, seconds of each, versions to be had at the end.

    `state`: the bytes of the state file alone, without its spare copy and its history.
    """

    state: int
    sizes: list[int]
    seconds: list[float]
    versions: int


@dataclass(frozen=True)
class Day:
    """For information, without goals."""

    name: str = "day"

    def measure(self, terms: Terms) -> list[Line]:
        """Live through the day."""
        scale = terms.shrunk(SCALE_OF_20_MB if terms.full_day else SCALE_OF_2_MB)
        with tempfile.TemporaryDirectory(prefix=self.name, dir=terms.directory) as directory:
            told = lived(Path(directory), StandardLauncher(scale), terms.shrunk(SAVES))
        size = "20 MB" if terms.full_day else "2 MB"
        return list(lines_of(f"a {size} state saved every minute for a day", told))


def lived(directory: Path, launcher: StandardLauncher, saves: int) -> Told:
    """So many saves, one after the other."""
    work = our_saves(directory, launcher)
    sizes, seconds = [], []
    for _ in range(saves):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
        sizes.append(_bytes_below(directory))
    versions = sum(version.available for version in StateFile(directory).history())
    return Told(StateFile(directory).path.stat().st_size, sizes, seconds, versions)


def _bytes_below(directory: Path) -> int:
    """Of all files, each once: the live file may be linked into the history."""
    sizes: dict[int, int] = {}
    for folder, _, names in os.walk(directory):
        for name in names:
            status = Path(folder, name).stat()
            sizes[status.st_ino] = status.st_size
    return sum(sizes.values())


def lines_of(work: str, told: Told) -> Iterator[Line]:
    """What is said of a day."""
    saves = len(told.sizes)
    every = f"every version: {saves * told.state / MEGABYTE:,.0f} MB"

    def exactly(value: float, unit: str) -> Figure:
        return Figure(value, value, value, unit)

    yield Line(f"{work}: on disk at the end", every, exactly(told.sizes[-1] / MEGABYTE, "MB"))
    yield Line(f"{work}: on disk at the peak", every, exactly(max(told.sizes) / MEGABYTE, "MB"))
    yield Line(f"{work}: versions kept", f"{saves:,} saves", exactly(told.versions, "versions"))
    yield Line(f"{work}: one save", "–", figure_of([1000 * each for each in told.seconds], "ms"))


ROWS = (Day(),)

"""The group `store`: how fast the library reads and writes, from values to what survives a power cut."""

from __future__ import annotations

from tests.benchmarks import coding, commits, day
from tests.benchmarks.figures import Group

STORE = Group(
    name="store",
    title="The store",
    rows=(*coding.ROWS, *commits.ROWS, *day.ROWS),
    peers=("atomicwrites", "orjson"),
)

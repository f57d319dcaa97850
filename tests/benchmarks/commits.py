"""Rows of the store: a save onto the disk, against bare system calls that write the same bytes.

One idea: the reference is the least that survives a power cut (write, sync, replace, sync of the directory).
What ours does beyond it is what the ratio shows: the text, the lock, the look whether somebody else wrote,
the history, the reading back. The slower the disk, the smaller the ratio: figures of two days compare only
where the times of the reference do.

Not for: what becomes of the disk after a day of saves (`tests.benchmarks.day`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import count, cycle
from pathlib import Path
from types import ModuleType

from persistence import save
from persistence.document import Document, render
from persistence.states.edits import set_value
from persistence.store import ABSENT_ETAG, Committed, StateFile
from tests.benchmarks.coding import NEWEST_PICKLE
from tests.benchmarks.figures import Terms
from tests.benchmarks.peers import peer
from tests.benchmarks.race import Contender, Field, Race
from tests.benchmarks.states import NAMESPACE, SCALE_OF_1_MB, StandardLauncher, documents

DIFFERENT = 4
"""So many contents take turns, each different from the others in one value."""


def bare_write(path: Path, data: bytes) -> None:
    """Durable and whole, by system calls and nothing else."""
    temporary = f"{path}.new"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    os.replace(temporary, path)  # noqa: PTH105 - the system call, without a class around it
    descriptor = os.open(path.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def bare_writes(directory: Path, contents: Sequence[bytes]) -> Callable[[], object]:
    """The reference."""
    turns = cycle(contents)
    return lambda: bare_write(directory / "state.json", next(turns))


def our_commits(directory: Path, first: Document) -> Callable[[], object]:
    """As the window saves: an edit of one value of what the commit before left, and nothing else new.

    As an action of launchers, because edits are never thinned out and nobody edits thousands of times.
    """
    file = StateFile(directory)

    def commits() -> Iterator[Committed]:
        committed = file.commit(first, expected_etag=ABSENT_ETAG, action="save")
        for trial in cycle(range(DIFFERENT)):
            yield committed
            edited = set_value(committed.snapshot.document, NAMESPACE, ("trial_count",), 150 + trial)
            committed = file.commit(edited, expected_etag=committed.etag, action="save")

    return partial(next, commits())


def our_saves(directory: Path, launcher: StandardLauncher) -> Callable[[], object]:
    """As a launcher saves: from its attributes to the disk."""

    def work() -> None:
        launcher.trial_count += 1
        report = save(launcher, directory, outcome="checkpoint")
        if not report:  # a save never raises, and one that failed has no speed
            raise OSError(report.error)

    return work


def pickled(directory: Path, launcher: StandardLauncher) -> Callable[[], object]:
    """From the attributes to the disk, too."""

    def work() -> None:
        launcher.trial_count += 1
        bare_write(directory / "state.pickle", NEWEST_PICKLE(vars(launcher)))

    return work


def atomic_writes(directory: Path, contents: Sequence[bytes], module: ModuleType) -> Callable[[], object]:
    """The package atomicwrites; it has neither lock nor history."""
    turns = cycle(contents)

    def work() -> None:
        with module.atomic_write(directory / "state.json", mode="wb", overwrite=True) as file:
            file.write(next(turns))

    return work


def rows_of_sqlite(directory: Path, contents: Sequence[bytes], ends: ExitStack) -> Callable[[], object]:
    """One transaction for each save; every version stays, as in our history."""
    database = ends.enter_context(closing(sqlite3.connect(directory / "states.db", isolation_level=None)))
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table states (sequence integer primary key, state blob)")
    versions = zip(count(), cycle(contents))
    return lambda: database.execute("insert into states values (?, ?)", next(versions))


def saving(scale: int, terms: Terms, ends: ExitStack) -> Field:
    """Each in a directory of its own."""

    def own(name: str) -> Path:
        directory = terms.directory / name
        directory.mkdir()
        return directory

    scale = terms.shrunk(scale)
    contents = list(documents(scale, DIFFERENT))
    data = [render(document) for document in contents]
    return Field(
        Contender("write + fsync + replace + directory fsync, bare", bare_writes(own("bare"), data)),
        [
            Contender("`StateFile.commit`", our_commits(own("commits"), contents[-1])),
            Contender(
                "`persistence.save`, encoding included", our_saves(own("saves"), StandardLauncher(scale))
            ),
        ],
        [
            peer("atomicwrites", "atomicwrites", partial(atomic_writes, own("atomicwrites"), data)),
            Contender("sqlite3, WAL, full", rows_of_sqlite(own("sqlite"), data, ends)),
            Contender("pickle, bare", pickled(own("pickle"), StandardLauncher(scale))),
        ],
    )


SAVE = "durable, locked, verified save of {} with history"

CALLS = (
    "four syncs against two (one that finds nothing left to write still flushes the drive, 0.1 ms here), and"
    " about 75 system calls against 7: the lock, the old bytes into history with their name synced, the looks"
    " whether somebody else wrote, the line, the spare copy, the reading back. On a disk in memory, where a"
    " sync costs nothing, a commit takes 0.3 ms and a save 0.8 ms: that is Python, and of a save 0.1 ms are"
    " the thread that bounds its time and 0.1 ms the encoding."
)
BYTES = (
    "the bytes are read three times, hashed twice and written twice (the spare copy), which is 2.3 ms on a"
    " disk in memory. A save encodes them, too: `json.dumps` alone takes two to six times as long as the"
    " reference, which encodes nothing."
)
ROWS = (
    Race("save-3kb", SAVE.format("3 KB"), 1.5, partial(saving, 1), pieces=60, shortfall=CALLS),
    Race("save-1mb", SAVE.format("1 MB"), 1.8, partial(saving, SCALE_OF_1_MB), pieces=30, shortfall=BYTES),
)

"""A suite: cut the power of a disk while a process commits to it.

One idea: an ext4 of our own is told to stop as if the power went (`EXT4_IOC_SHUTDOWN`, without writing its
journal out): everything that nobody had synced is gone when it is mounted again. In each cut, a control file
that nobody synced shows that this is so. ext4 is told not to write a file out by itself because it takes the
place of another (`noauto_da_alloc`), which other file systems do not do either.

Not for: disks that lie about what they wrote; nothing in a program can help against those.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.proof.child import child
from tests.proof.mounts import in_own_mounts, mount, ran, unmount
from tests.proof.promises import Record, broken
from tests.proof.rig import save_on, step_in, two_commits_in, update_on, update_over_others
from tests.proof.suite import Outcome, Suite

CUTS_OF_A_SESSION = 10
IMAGE_BYTES = 16 << 20
OPTIONS = "noauto_da_alloc"
CONTROL = "control"

_BLKFLSBUF = 0x1261
_EXT4_IOC_SHUTDOWN = 0x8004587D
_NO_LOG_FLUSH = struct.pack("I", 2)


class Disk:
    """An ext4 in a file, mounted. `device`: the loop device; the system takes it back with the last user."""

    def __init__(self, image: Path, place: Path) -> None:
        with image.open("wb") as file:
            file.truncate(IMAGE_BYTES)
        ran("mkfs.ext4", "-q", "-F", image)
        place.mkdir()
        self.place = place
        ran("mount", "-o", f"loop,{OPTIONS}", image, place)
        self.device = f"/dev/loop{os.minor(place.stat().st_dev)}"

    def cut(self) -> None:
        """From here on nothing reaches the disk, and what has not reached it yet is lost."""
        _on(self.place, _EXT4_IOC_SHUTDOWN, _NO_LOG_FLUSH)

    def again(self) -> None:
        """The power is back. What the system remembers of the disk, with what was cut off, is forgotten."""
        unmount(self.place)
        _on(self.device, _BLKFLSBUF)
        mount(self.device, self.place, "ext4", options=OPTIONS)

    def sync(self) -> None:
        """Let nothing that was done until now be undone by the next cut."""
        descriptor = os.open(self.place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _on(path: str | Path, request: int, argument: bytes = b"") -> None:
    """An ioctl."""
    import fcntl

    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, request, argument)
    finally:
        os.close(descriptor)


@contextmanager
def disk_in(directory: Path) -> Iterator[Disk]:
    """A disk, until the end of the block; the image stays."""
    disk = Disk(directory / "disk.ext4", directory / "mounted")
    device = os.open(disk.device, os.O_RDONLY)
    try:
        yield disk
    finally:
        unmount(disk.place)
        os.close(device)


def run(rounds: int, directory: Path) -> Outcome:
    """So many cuts; the image, with each session that broke a promise, stays."""
    return in_own_mounts(lambda: _run(rounds, directory))


def _run(rounds: int, directory: Path) -> Outcome:
    violations: list[str] = []
    chance = random.Random(0)
    record = Record()
    acknowledged = dropped = 0
    with disk_in(directory) as disk:
        session = disk.place / "session"
        span = two_commits_in(disk.place)
        for number in range(rounds):
            if number % CUTS_OF_A_SESSION == 0 or record.overwritten:
                record = begin(session, disk)
            known = len(record.etags)
            cut_once(session, record, disk, span, chance)
            acknowledged += len(record.etags) - known
            dropped += not (disk.place / CONTROL).exists() or (disk.place / CONTROL).read_text() != "here"
            found = broken(session, record)
            violations += [f"cut {number}: {sentence}" for sentence in found]
            if found:
                session.rename(disk.place / f"broken{number}")
                record = begin(session, disk)
    if not dropped:
        violations.append("no cut took anything, so this showed nothing")
    details = f"{acknowledged} acknowledged versions; what nobody had synced was gone after {dropped} cuts"
    return Outcome(rounds, tuple(violations), details)


def begin(session: Path, disk: Disk) -> Record:
    """A new session in the place of the one before."""
    shutil.rmtree(session, ignore_errors=True)
    session.mkdir()
    (disk.place / CONTROL).unlink(missing_ok=True)
    disk.sync()
    return Record()


def cut_once(session: Path, record: Record, disk: Disk, span: float, chance: random.Random) -> None:
    """Let a writer go on, cut the power within so many seconds, and take down what it had said."""
    record.step = step_in(session)
    writer = chance.choice((update_on, save_on, update_over_others))
    with child(lambda tell: writer(session, tell)) as victim:
        heard = [victim.line() for _ in range(chance.randrange(4))]
        time.sleep(chance.random() * span)
        (disk.place / CONTROL).write_text("here")
        disk.cut()
        victim.kill()
        record.hear([*filter(None, heard), *victim.rest()])
    record.failures.clear()  # it may have met the cut before it was killed
    disk.again()


SUITE = Suite(
    name="power cut",
    how=(
        "cut the power of an ext4 disk (EXT4_IOC_SHUTDOWN, nothing flushed) at a random instant while a"
        " process saves, commits, or commits over what an old program wrote in place and did not sync;"
        " mount it again, and the promises of the suite above hold"
    ),
    unit="cuts",
    full=10_000,
    short=5,
    run=run,
)

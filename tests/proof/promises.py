"""What a session directory must hold after anything that was done to it, asked of the disk.

One idea: the writers' own words are held against the files. Whoever was told "this version stands" finds it,
under its number, with its bytes; the live file is whole, and no older than that.

Not for: doing anything to a session. `docs/file-format.md` is where the promises are made.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from persistence import StateFile
from persistence.errors import NoStateFile, StateError
from persistence.files.version_log import FOLDER
from persistence.store import STATE_FILE
from tests.proof.child import FAILED
from tests.proof.rig import OVERWRITTEN, step_of

_KEPT = re.compile(r"\d+-([0-9a-f]{12})\.json")


@dataclass
class Record:
    """What was told of one session: the etags by number, the newest step, and what failed.

    `overwritten`: the newest version was then written over by a program that neither knows us nor syncs.
    """

    etags: dict[int, str] = field(default_factory=dict)
    step: int = 0
    failures: list[str] = field(default_factory=list)
    overwritten: bool = False

    def hear(self, lines: Iterable[str]) -> None:
        """Take down lines of `tests.proof.rig`, of one writer in their order."""
        for line in lines:
            if line == OVERWRITTEN:
                self.overwritten = True
            elif line.startswith(FAILED):
                self.failures.append(f"a writer failed: {line.removeprefix(FAILED)}")
            else:
                sequence, etag, step = line.split()
                self.etags[int(sequence)] = etag
                self.step = max(self.step, int(step))
                self.overwritten = False


def broken(directory: Path, record: Record) -> list[str]:
    """A sentence for each promise that this session breaks.

    A file that is another program's may be anything, and until our next commit a power cut may take the
    version that it wrote over: only a spare copy, which nobody waited for, held that.
    """
    store = StateFile(directory)
    etags = record.etags
    if record.overwritten:
        etags = {number: etag for number, etag in etags.items() if number < max(etags)}
    live = [] if record.overwritten else live_file(store, record.step)
    found = [*live, *kept_files(directory), *versions(store, etags)]
    return [f"{directory.name}: {sentence}" for sentence in found]


def live_file(store: StateFile, step: int) -> Iterator[str]:
    """The file is whole; it is the last that was told, or the one that was not told any more."""
    try:
        found = step_of(store.read().document)
    except NoStateFile:
        found = 0
    except (StateError, ValueError) as error:
        yield f"the file is torn: {error}"
        return
    if found not in (step, step + 1):
        yield f"the file is of step {found}, and {step} was acknowledged"


def kept_files(directory: Path) -> Iterator[str]:
    """Every file in history has the bytes that its name says.

    A link to the live file is none yet: an interrupted commit left it, and the next one takes it away.
    """
    live = directory / STATE_FILE
    for path in sorted((directory / FOLDER).glob("*.json")):
        name = _KEPT.fullmatch(path.name)
        if (
            name
            and not (live.exists() and path.samefile(live))
            and not etag_of(path.read_bytes()).startswith(name[1])
        ):
            yield f"{path.name} in history holds other bytes"


def versions(store: StateFile, etags: Mapping[int, str]) -> Iterator[str]:
    """Every acknowledged version is listed, and its bytes are there; no number is missing or given twice."""
    listed = {version.sequence: version for version in store.history()}
    if list(listed) != list(range(1, len(listed) + 1)):
        yield f"the versions are numbered {list(listed)}"
    there = _bytes_there(store)
    for sequence, etag in etags.items():
        version = listed.get(sequence)
        if version is None or not version.available:
            yield f"version {sequence} is lost, its etag was {etag}"
        elif version.etag != etag:
            yield f"version {sequence} is listed as {version.etag}, acknowledged as {etag}"
        elif (sequence, etag) not in there and not (version.current and store.peek() == etag):
            yield f"the bytes of version {sequence} are lost, their etag was {etag}"


def _bytes_there(store: StateFile) -> set[tuple[int, str]]:
    """The numbers and etags of what history holds, found without asking it."""
    found = set()
    for path in (store.directory / FOLDER).glob("*-*.json"):
        found.add((int(path.name.partition("-")[0]), etag_of(path.read_bytes())))
    return found


def etag_of(data: bytes) -> str:
    """Of any bytes, said here once more: what is checked is not asked."""
    return hashlib.sha256(data).hexdigest()

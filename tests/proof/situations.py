"""Sessions as a commit may find them.

One idea: a situation is made by the library and by plain writes, and says which versions it holds, by their
numbers and with their bytes.

Not for: what happens to a commit there, and what it must leave (`tests.proof.aftermath`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from persistence import StateFile
from persistence.document import render
from persistence.files.version_log import FOLDER
from persistence.store import STATE_FILE, Committed
from tests.proof.rig import LAST, document_of

Versions = Mapping[int, bytes]


def bytes_of(step: int) -> bytes:
    """The file of a rig at that step, where nothing else stood before."""
    return render(document_of(step))


def no_file(directory: Path) -> Versions:
    """A session that nobody has saved to."""
    del directory
    return {}


def second_version(directory: Path) -> Versions:
    """Two commits of ours."""
    for step in (1, 2):
        commit(directory, step)
    return {1: bytes_of(1), 2: bytes_of(2)}


def foreign_bytes(directory: Path) -> Versions:
    """Two commits of ours, and another program's file over them."""
    ours = second_version(directory)
    theirs = b'{"launcher_states": {}, "theirs": "' + b"x" * 5000 + b'"}'
    (directory / STATE_FILE).write_bytes(theirs)
    return {**ours, 3: theirs}


def pruned_history(directory: Path) -> Versions:
    """Four commits of ours, of which somebody removed the first two."""
    for step in (1, 2, 3, 4):
        commit(directory, step)
    for path in sorted((directory / FOLDER).glob("00000[12]-*.json")):
        path.unlink()
    return {3: bytes_of(3), 4: bytes_of(4)}


def linked_elsewhere(directory: Path) -> Versions:
    """Two commits of ours, and a second name for the file, so that history has to copy it."""
    ours = second_version(directory)
    (directory / "backup.json").hardlink_to(directory / STATE_FILE)
    return ours


Situation = Callable[[Path], Versions]
SITUATIONS: tuple[Situation, ...] = (
    no_file,
    second_version,
    foreign_bytes,
    pruned_history,
    linked_elsewhere,
)


def commit(directory: Path, step: int) -> Committed:
    """A commit by the library, of that step and nothing else."""
    return StateFile(directory, who="proof").update(
        lambda _found: document_of(step), action="save", note=LAST
    )

"""What tests of the gate to the state file share: documents, changes, and what lies in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from persistence.document import Document
from persistence.store import Snapshot, StateFile
from tests.persistence.first_save import first_save

NAME = "m.L"


def state(trials: int, **more: int) -> Document:
    """A document of one launcher."""
    return first_save({"trials": trials, **more})


def always(
    document: Document, seen: list[Snapshot | None] | None = None
) -> Callable[[Snapshot | None], Document]:
    """A change for `update` that makes this document of anything, and notes what it was given."""

    def change(found: Snapshot | None) -> Document:
        if seen is not None:
            seen.append(found)
        return document

    return change


def attempts(*calls: Callable[[], object]) -> tuple[Callable[[], object], ...]:
    """Calls to be tried one by one."""
    return calls


def actions(store: StateFile) -> list[str]:
    """The actions of all versions."""
    return [version.action for version in store.history()]


def everything(directory: Path) -> dict[str, bytes]:
    """All files below a directory with their bytes."""
    return {
        str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }

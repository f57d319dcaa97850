"""The writers of the proof: a rig whose every version says by itself whether it is whole.

One idea: the step of a version decides all its other content, so that a reader knows torn or mixed bytes even
where they are good JSON. Each commit that stands is told as a line: number, etag, step.

Not for: checking what was told (`tests.proof.promises`).
"""

from __future__ import annotations

import json
import logging
import shutil
import statistics
import time
from itertools import pairwise
from pathlib import Path

from persistence import StateFile, save
from persistence.document import Document, new_document
from persistence.errors import NoStateFile
from persistence.states.edits import get_value, with_namespace
from persistence.store import Snapshot
from tests.proof.child import Tell, child

NAMESPACE = "tests.proof.rig.Rig"
OVERWRITTEN = "overwritten"
"""The line for: from here on the file is another program's."""
LAST = "completed"
"""The outcome of every save here: the last one of a run is never thinned out (`files.retention`)."""
PATIENCE = 120.0
"""Seconds that a commit waits for others: on a busy machine nobody is to give up."""


def readings(step: int) -> str:
    """What a rig read at that step: between nothing and some 16 KiB, so that files grow and shrink."""
    return f"{step} " * (step * 7919 % 3000)


class Rig:
    """A launcher as far as saving goes: an object with attributes."""

    def __init__(self, step: int) -> None:
        self.step = step
        self.readings = readings(step)


def document_of(step: int, before: Document | None = None) -> Document:
    """The document of a rig at that step, put into what stood there before."""
    return with_namespace(
        before or new_document(),
        module=Rig.__module__,
        class_name=Rig.__name__,
        attributes={"step": step, "readings": readings(step)},
        saved_at="2025-01-01T00:00:00",
        extra={},
    )


def step_of(document: Document) -> int:
    """The step that a document is of; ValueError when it is not wholly of one."""
    step = get_value(document, NAMESPACE, ("step",))
    if not isinstance(step, int) or get_value(document, NAMESPACE, ("readings",)) != readings(step):
        raise ValueError(f"the readings are not those of step {step}")
    return step


def step_in(directory: Path) -> int:
    """The step of the file there; 0 when there is none, or one of somebody else."""
    try:
        document = StateFile(directory).read().document
        return step_of(document) if NAMESPACE in document.namespaces else 0
    except NoStateFile:
        return 0


def line_of(sequence: int | None, etag: str, step: int) -> str:
    """How a version that stands is told."""
    return f"{sequence} {etag} {step}"


def update_on(directory: Path, tell: Tell) -> None:
    """Commit onto the newest, again and again, as the functions of the library do."""
    store = StateFile(directory, who="proof", budget=PATIENCE)
    while True:
        made = store.update(next_document, action="save", note=LAST)
        tell(line_of(made.sequence, made.etag, step_of(made.snapshot.document)))


def update_over_others(directory: Path, tell: Tell) -> None:
    """Commit, again and again, onto what an old program wrote in place and did not sync.

    Its version is told too, once it is ours to keep.
    """
    store = StateFile(directory, who="proof", budget=PATIENCE)
    while True:
        step = step_in(directory) + 1
        tell(OVERWRITTEN)
        store.path.write_text(json.dumps(document_of(step).tree), "utf-8")
        made = store.update(next_document, action="save", note=LAST)
        tell(line_of(made.replaced, made.etag_before, step))
        tell(line_of(made.sequence, made.etag, step_of(made.snapshot.document)))


def next_document(found: Snapshot | None) -> Document:
    """What follows on the newest version."""
    return document_of(step_of(found.document) + 1 if found else 1)


def save_on(directory: Path, tell: Tell) -> None:
    """Save an object, again and again, as a launcher does. In a child only: it ends all logging."""
    logging.disable()  # what fails is told
    step = step_in(directory)
    while True:
        step += 1
        report = save(Rig(step), directory, outcome=LAST, budget=PATIENCE)
        if not report.ok:
            raise RuntimeError(report.error)
        tell(line_of(report.sequence, report.etag, step))


def two_commits_in(directory: Path) -> float:
    """Seconds that two commits take on the disk of that directory, as measured just now.

    What is to fall within a commit at random has to know: where syncing is slow, the first milliseconds of
    one never reach its rename.
    """
    session = directory / "measured"
    session.mkdir()
    with child(lambda tell: update_on(session, tell)) as writer:
        told = [(writer.line(), time.monotonic())[1] for _ in range(6)]
    shutil.rmtree(session)
    return 2 * statistics.median(later - earlier for earlier, later in pairwise(told))

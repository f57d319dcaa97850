"""The second part of `tests.proof.writers`: a window and a launcher beside a program that does not know us.

One idea: the old program reads the file and writes it, now in place and now by a rename, takes no lock and
keeps no history. What it wrote over was acknowledged to somebody, so it has to be found.

Not for: a power cut between the two (`tests.proof.power_cut`).
"""

from __future__ import annotations

import json
import logging
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from persistence import StateFile, save
from persistence.document import Document
from persistence.errors import Conflict, Damaged, NotConfirmed
from persistence.files.history import FOREIGN
from persistence.states.edits import with_namespace
from persistence.states.merge import merge
from persistence.store import Committed
from tests.proof.child import Tell, all_said, child
from tests.proof.promises import Record, versions
from tests.proof.rig import LAST, PATIENCE, Rig, document_of, line_of

COMMITS_OF_A_SESSION = 50
PAUSE = 0.05
"""Seconds that the old program rests at most: one without a rest would let nobody commit."""


@dataclass
class Beside:
    """What was seen: acknowledged versions, those of the old program among them, and what was broken."""

    ours: int = 0
    theirs: int = 0
    violations: list[str] = field(default_factory=list)


def beside_an_old_program(each: int, directory: Path) -> Beside:
    """So many commits of the window and of the launcher, in sessions that are not too long."""
    seen = Beside()
    for first in range(0, each, COMMITS_OF_A_SESSION):
        session = directory / f"session{first}"
        session.mkdir(parents=True)
        one_session(min(COMMITS_OF_A_SESSION, each - first), session, seen)
    return seen


def one_session(each: int, directory: Path, seen: Beside) -> None:
    """The three together, until the window and the launcher are done."""
    store = StateFile(directory)
    store.commit(document_of(0), expected_etag="absent")
    window, launcher = Record(), Record()
    with (
        child(lambda _tell: write_over(directory)) as old,
        child(lambda tell: edit(each, directory, tell)) as editing,
        child(lambda tell: save_often(each, directory, tell)) as saving,
    ):
        for record, lines in zip((window, launcher), all_said([editing, saving]), strict=True):
            record.hear(lines)
        old.kill()
    found = [*window.failures, *launcher.failures]
    found += [*versions(store, window.etags), *versions(store, launcher.etags)]
    if twice := window.etags.keys() & launcher.etags.keys():
        found.append(f"two versions have the same number: {sorted(twice)}")
    seen.violations += [f"beside an old program, {directory.name}: {sentence}" for sentence in found]
    seen.ours += len(window.etags) + len(launcher.etags)
    seen.theirs += sum(version.action == FOREIGN for version in store.history())


def edit(times: int, directory: Path, tell: Tell) -> None:
    """Commit as the window does: onto what was seen, and merged where somebody was quicker."""
    store = StateFile(directory, who="proof", budget=PATIENCE)
    for number in range(times):
        made = None
        while made is None:
            try:
                seen = store.read()
            except Damaged:  # the old program is just writing it
                continue
            try:
                made = _edited(store, noted(seen.document, number), seen.etag)
            except NotConfirmed:  # the old program was so quick that we cannot have read ours back
                continue
        tell(line_of(made.sequence, made.etag, 0))


def _edited(store: StateFile, mine: Document, etag: str) -> Committed | None:
    """The commit that stands; None when it has to be made anew, from what can be read then."""
    try:
        return store.commit(mine, expected_etag=etag)
    except Conflict as error:
        if error.base is None or error.theirs is None:
            return None
        merged = merge(error.base, mine, error.theirs)
        return _edited(store, merged.document, error.found_etag)


def noted(document: Document, number: int) -> Document:
    """With a note beside all else."""
    return with_namespace(
        document,
        module="window",
        class_name="Notes",
        attributes={"note": number},
        saved_at="2025-01-01T00:00:00",
        extra={},
    )


def save_often(times: int, directory: Path, tell: Tell) -> None:
    """Save as a launcher does: its own state, onto whatever is there."""
    logging.disable()  # what fails is told
    for step in range(1, times + 1):
        report = save(Rig(step), directory, outcome=LAST, budget=PATIENCE)
        if report.ok:
            tell(line_of(report.sequence, report.etag, step))
        elif "it was saved, but that was not confirmed" not in report.error:  # as above
            raise RuntimeError(report.error)


def write_over(directory: Path) -> None:
    """Read the file, change it and write it, without a lock, until the end."""
    path, chance = StateFile(directory).path, random.Random(0)
    new = path.with_suffix(".new")
    while True:
        try:
            tree = json.loads(path.read_bytes())
        except ValueError:
            continue
        text = json.dumps({**tree, "old_program": chance.random()})
        if chance.random() < 0.5:
            path.write_text(text, "utf-8")
        else:
            new.write_text(text, "utf-8")
            new.replace(path)
        time.sleep(chance.random() * PAUSE)

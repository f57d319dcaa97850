"""A suite: many writers at once, of ours, and beside programs that know nothing of us.

One idea: the writers' own records are held against the disk. Sixteen that compare and commit must come to
exactly the sum of what they added. What a window and a launcher were told to stand is found by its exact
bytes, whatever an old program wrote over it meanwhile.

Not for: what old programs lose among themselves; nobody can see that.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from persistence import StateFile
from persistence.errors import Conflict
from tests.proof.child import Tell, all_said, child
from tests.proof.old_program import beside_an_old_program
from tests.proof.promises import Record, kept_files, live_file, versions
from tests.proof.rig import PATIENCE, document_of, line_of, step_of
from tests.proof.suite import Outcome, Suite

WRITERS = 16


def run(rounds: int, directory: Path) -> Outcome:
    """So many increments in all, and beside an old program as many commits as one process made of them."""
    if not hasattr(os, "fork"):
        return Outcome(0, lacking="fork, which Windows does not have")
    each = max(1, rounds // WRITERS)
    found, step = increments(each, directory / "increments")
    beside = beside_an_old_program(each, directory / "beside")
    details = (
        f"{WRITERS} processes came to {step}; {beside.ours} versions of a window and a launcher among"
        f" {beside.theirs} of an old program"
    )
    return Outcome(each * WRITERS, (*found, *beside.violations), details)


def increments(each: int, directory: Path) -> tuple[list[str], int]:
    """What was broken, and what they came to, when each of the writers added one so many times."""
    directory.mkdir()
    StateFile(directory).commit(document_of(0), expected_etag="absent")
    record = Record()
    with ExitStack() as stack:
        adding = [stack.enter_context(child(lambda tell: add(each, directory, tell))) for _ in range(WRITERS)]
        for lines in all_said(adding):
            record.hear(lines)
    store = StateFile(directory)
    step = step_of(store.read().document)
    found = [*record.failures, *live_file(store, record.step), *kept_files(directory)]
    found += versions(store, record.etags)
    if not each * WRITERS == step == len(record.etags):
        found.append(
            f"{each * WRITERS} increments came to {step}, in {len(record.etags)} acknowledged versions"
        )
    return found, step


def add(times: int, directory: Path, tell: Tell) -> None:
    """Add one to the step, by comparing and committing, so many times."""
    store = StateFile(directory, who="proof", budget=PATIENCE)
    for _ in range(times):
        made = None
        while made is None:
            seen = store.read()
            step = step_of(seen.document) + 1
            try:
                made = store.commit(document_of(step, seen.document), expected_etag=seen.etag)
            except Conflict:
                continue
            tell(line_of(made.sequence, made.etag, step))


SUITE = Suite(
    name="writers",
    how=(
        "16 processes that each read, add one and commit if nobody was quicker: the sum is exact; then a"
        " window that merges, a launcher that saves, and an old program that writes the file in place or"
        " replaces it: every version that was acknowledged to the two is found by its exact bytes"
    ),
    unit="increments",
    full=16_000,
    short=96,
    run=run,
)

"""Any bytes whatever: read or refused, and what was read is written as the same; nothing else ever comes out.

One idea: bytes are drawn from a seed, by a grammar, from values of ours and by breaking these, and put on the
road from bytes to tree to values and back. Some go through a real file, on which a launcher then saves.

Not for: which bytes there are (`tests.proof.json_grammar`, `mutations`), or what must hold of them
(`tests.proof.json_promises`).
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from persistence import codec, document
from persistence.document import STATES, Document, new_document
from persistence.errors import Damaged, NewerVersion, NotRepresentable
from persistence.files import live
from persistence.states import edits
from persistence.store import STATE_FILE, Snapshot, StateFile
from persistence.values import json_text, json_writing
from persistence.values.sameness import same
from tests.proof.arrays import load_numpy
from tests.proof.batches import MAX_TOLD, Batch, Seen, in_batches
from tests.proof.examples import Broken
from tests.proof.json_corpus import fetched, violations
from tests.proof.json_grammar import Grammar
from tests.proof.json_promises import Clock, examine
from tests.proof.mutations import broken, monster, noise
from tests.proof.quick_values import quick_value
from tests.proof.suite import Outcome, Suite

FULL = 1_000_000
BATCH = 10_000
IN_A_FILE = 200
"""One input of so many goes through a real file, which takes a hundred times as long."""


def drawn(random: Random) -> tuple[bytes, bool]:
    """The bytes of one round, and whether they are the text of an encoded value."""
    kind = random.randrange(1000)
    if kind < 2:
        return monster(random), False
    if kind < 60:
        return noise(random), False
    if kind < 160:
        return json_writing.write(codec.encode(quick_value(random))).encode("utf-8"), True
    text = Grammar(random).text().encode("utf-8", "surrogatepass")
    return (text if kind < 500 else broken(random, text)), False


def batch(directory: Path, given: Batch) -> Seen:
    """The inputs of one batch."""
    random, counts, slowest = Random(given.seed), Counter[str](), 0.0
    told: list[str] = []
    load_numpy()
    with without_pauses():
        for number in range(given.rounds):
            data, ours = drawn(random)
            clock = Clock()
            try:
                counts["read" if examine(data, clock, ours=ours) else "refused"] += 1
                if number % IN_A_FILE == 0:
                    in_a_file(data, directory)
                    counts["through a file"] += 1
            except Exception as error:  # noqa: BLE001 - what is no Broken should not have come out either
                told.append(f"seed {given.seed}, input {number}, {_shown(data)}: {_said(error)}")
            slowest = max(slowest, clock.seconds)
            if len(told) >= MAX_TOLD:
                break
    return Seen(number + 1, tuple(told), slowest, counts)


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, Broken) else f"{type(error).__name__}: {error}"


def _shown(data: bytes) -> str:
    """As far as a report can hold it; the seed has all of it."""
    return repr(data) if len(data) <= 500 else f"{data[:500]!r} and so on, {len(data):,} bytes"


@contextmanager
def without_pauses() -> Iterator[None]:
    """Without the moment that a reader gives to whoever may still be writing."""
    pause, live.SETTLE_SECONDS = live.SETTLE_SECONDS, 0.0
    try:
        yield
    finally:
        live.SETTLE_SECONDS = pause


# --- through a file ---------------------------------------------------------------------------------------


def in_a_file(data: bytes, directory: Path) -> None:
    """Read it as a state file, and save onto it as a launcher does; raises Broken."""
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        (Path(folder) / STATE_FILE).write_bytes(data)
        store = StateFile(folder)
        found = _read(store)
        try:
            made = store.update(_saved, action="save")
        except (NewerVersion, NotRepresentable):  # nothing was touched
            if store.path.read_bytes() != data:
                raise Broken("a refused save changed the file") from None
            return
        if store.version(1) != data:
            raise Broken("history does not hold the bytes that were saved over")
        if made.snapshot.data != store.path.read_bytes():
            raise Broken("the file is not what was committed")
        _check_others_kept(found, store.read().document)


def _read(store: StateFile) -> Document:
    """What stands there; an empty document when it is damaged."""
    data = store.path.read_bytes()
    try:
        expected = document.parse_document(data)
    except Damaged:
        expected = None
    try:
        found = store.read()
    except Damaged:
        if expected is not None:
            raise Broken("the file is damaged, and its bytes are not") from None
        return new_document()
    if expected is None or found.data != data or not same(dict(found.document.tree), dict(expected.tree)):
        raise Broken("the file says something else than its bytes")
    return found.document


def _saved(newest: Snapshot | None) -> Document:
    return edits.with_namespace(
        newest.document if newest else new_document(),
        module="tests.proof.parser",
        class_name="Rig",
        attributes={"trials": 5},
        saved_at="2025-06-23T10:30:00",
        extra={},
    )


def _check_others_kept(before: Document, after: Document) -> None:
    """All that is not the launcher's own: a launcher's save takes no other's word away."""
    own = {"version", "launcher_class", "launcher_module", "created_at", STATES}
    for name, value in before.tree.items():
        if name not in own and not same(
            json_text.parse(json_writing.write(value).encode()), after.tree.get(name)
        ):
            raise Broken(f"the save changed {name!r}, which it knows nothing of")
    for name in before.namespaces:
        if name not in after.namespaces:
            raise Broken(f"the save took the state of {name!r} away")
        told = before.namespace(name).attributes
        if not same(
            json_text.parse(json_writing.write(dict(told)).encode()), dict(after.namespace(name).attributes)
        ):
            raise Broken(f"the save changed the state of {name!r}")


# --- the suite --------------------------------------------------------------------------------------------


def run(rounds: int, directory: Path) -> Outcome:
    """So many inputs; in the full form the public corpus too."""
    outcome = in_batches(batch, rounds, BATCH, directory)
    if rounds < FULL:
        return outcome
    files = fetched(directory)
    corpus = f"JSONTestSuite {len(files)} files" if files else "JSONTestSuite not available"
    return replace(
        outcome,
        rounds=outcome.rounds + len(files),
        violations=(*outcome.violations, *violations(files)),
        details=f"{outcome.details}, {corpus}",
    )


SUITE = Suite(
    name="parser",
    how=(
        "bytes by a grammar, from values, broken and at random, from bytes to tree to values and back, held"
        " against Python's own json, some through a real file; the public JSONTestSuite corpus"
    ),
    unit="inputs",
    full=FULL,
    short=3000,
    run=run,
)

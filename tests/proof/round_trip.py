"""What is saved comes back equal and of the same type, or is refused by name: never anything else.

One idea: the whole road each time. A launcher with a few attributes of every kind is saved into a real file
and loaded into a fresh one; sound attributes must come back exactly, refused ones must be named, and neither
may cost the other anything.

Not for: which values there are (`tests.proof.state_values`, `own_classes`, `refusals`), or when two are the
same (`tests.proof.exactly`).
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import persistence
from persistence.codec import MAX_VALUE_DEPTH
from persistence.document import parse_document
from persistence.launching.report import Report
from tests.proof.batches import Batch, Seen, in_batches
from tests.proof.exactly import difference, exactly
from tests.proof.examples import Broken, failures
from tests.proof.own_classes import Model, pairs
from tests.proof.refusals import failing_handlers, refused
from tests.proof.state_values import deep, values
from tests.proof.suite import Outcome, Suite

BATCH = 500


class Rig(persistence.PersistentState):
    """A launcher as far as saving goes."""


@dataclass(frozen=True)
class Attribute:
    """One attribute to be saved, and what the launcher has that it is loaded into (None: no such attribute).

    `refused`: words of the reason for which it must not be saved. `uncertain`: it may be refused, being
    nearly too deep, but if it is saved it must come back. The handlers are those of the launcher.
    """

    value: Any
    current: Any = None
    refused: str | None = None
    uncertain: bool = False
    serializer: Callable[[Any], object] | None = None
    deserializer: Callable[[Any], object] | None = None


NAMES = ("count", "größe", "x2", "subject")
BLANK = (bool, int, float, str, bytes, complex, list, tuple, dict, set, frozenset)
SURE_DEPTH, LAST_DEPTH = MAX_VALUE_DEPTH - 5, MAX_VALUE_DEPTH + 5


def _with_current(value: object) -> Attribute:
    """A launcher often has an empty value of the type already."""
    return Attribute(value, current=type(value)() if type(value) in BLANK else None)


plain = values().map(Attribute) | values().map(_with_current)
own = pairs.map(lambda pair: Attribute(*pair))
handled = values().map(
    lambda value: Attribute(Model(value), None, None, False, lambda made: made.volume, Model)
)
impossible = refused.map(lambda found: Attribute(found[0], refused=found[1]))
failing = failing_handlers.map(lambda found: Attribute(object(), refused=found[1], serializer=found[0]))
nested = deep(st.integers(0, SURE_DEPTH)).map(Attribute)
nearly = deep(st.integers(SURE_DEPTH, LAST_DEPTH)).map(lambda value: Attribute(value, uncertain=True))
launchers = st.lists(
    plain | plain | plain | own | handled | nested | nearly | impossible | failing,
    min_size=1,
    max_size=len(NAMES),
)


def check(attributes: list[Attribute], directory: Path) -> Counter[str]:
    """Save, load and compare; raises Broken. Returns what was seen, counted."""
    by_name = dict(zip(NAMES, attributes, strict=False))
    before = {name: exactly(item.value) for name, item in by_name.items() if item.refused is None}
    saver, loader = Rig(), Rig()
    for name, item in by_name.items():
        setattr(saver, name, item.value)
        if item.current is not None:
            setattr(loader, name, item.current)
        if item.serializer:
            saver.register_state_handler(name, item.serializer)
            loader.register_state_handler(name, None, item.deserializer)
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        saved = persistence.save(saver, folder)
        loaded = persistence.load(loader, folder)
        written = _written(Path(folder)) if saved.ok else ()
    for report in (saved, loaded):
        if not report.ok:
            raise Broken(f"the call failed: {report.error}")
    for name, item in by_name.items():
        if name in saved.skipped and (item.uncertain or item.refused is not None):
            _check_refused(name, item, saved, loaded, loader, written)
        elif item.refused is not None:
            raise Broken(f"{name} was saved and should have been refused: {item.refused}")
        else:
            _check_kept(name, before[name], saver, saved, loaded, loader)
    return Counter({"values back": len(saved.saved), "refused by name": len(saved.skipped)})


def _written(folder: Path) -> tuple[str, ...]:
    document = parse_document((folder / "session_state.json").read_bytes())
    return tuple(document.namespace(document.namespaces[0]).attributes)


def _check_refused(
    name: str, item: Attribute, saved: Report, loaded: Report, loader: Rig, written: tuple[str, ...]
) -> None:
    reason, words = saved.skipped[name], item.refused if item.refused is not None else "levels deep"
    if words not in reason:
        raise Broken(f"{name} was refused for another reason than {words!r}: {reason}")
    if name in saved.saved or name in written:
        raise Broken(f"{name} was refused ({reason}) and stands in the file all the same")
    if words not in loaded.skipped.get(name, "nothing"):
        raise Broken(f"{name} was refused ({reason}), and who loads it is told {loaded.skipped.get(name)!r}")
    if hasattr(loader, name):
        raise Broken(f"{name} was refused ({reason}) and was loaded all the same")


def _check_kept(name: str, before: str, saver: Rig, saved: Report, loaded: Report, loader: Rig) -> None:
    if name in saved.skipped:
        raise Broken(f"{name} was refused ({saved.skipped[name]}): {before[:300]}")
    if exactly(getattr(saver, name)) != before:
        raise Broken(
            f"saving changed {name} of the launcher: {difference(before, exactly(getattr(saver, name)))}"
        )
    if name not in (*loaded.restored, *loaded.added):
        reasons = {**loaded.mismatched, **loaded.refused, **loaded.kept}
        raise Broken(f"{name} was not restored ({reasons.get(name)}): {before[:300]}")
    after = exactly(getattr(loader, name))
    if after != before:
        raise Broken(f"{name} came back as another: {difference(before, after)}")
    if getattr(loader, name) is getattr(saver, name) and isinstance(getattr(saver, name), list | dict | set):
        raise Broken(f"{name} of both launchers is the same object")


# --- in batches -------------------------------------------------------------------------------------------


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warning that the library logs for each refused attribute."""
    log = logging.getLogger("persistence")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def batch(directory: Path, given: Batch) -> Seen:
    """The examples of one batch."""
    rounds, slowest, counts = 0, 0.0, Counter[str]()

    def one(attributes: list[Attribute]) -> None:
        nonlocal rounds, slowest
        start = time.perf_counter()
        counts.update(check(attributes, directory))
        rounds, slowest = rounds + 1, max(slowest, time.perf_counter() - start)

    with quiet():
        violations = failures(one, launchers, given)
    return Seen(rounds, violations, slowest, counts)


def run(rounds: int, directory: Path) -> Outcome:
    """So many launchers, saved and loaded."""
    return in_batches(batch, rounds, BATCH, directory)


SUITE = Suite(
    name="round trip",
    how=(
        "launchers of one to four attributes of every type, nested and mixed, saved into a real file and"
        " loaded into a fresh launcher: equal and of the same type, or refused by name"
    ),
    unit="launchers",
    full=100_000,
    short=150,
    run=run,
)

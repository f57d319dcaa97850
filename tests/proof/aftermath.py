"""After a commit that was disturbed: what it told, held against what is there.

One idea: there are three answers (committed; not written; not confirmed, that is replaced all the same),
and a fourth case, a process that was killed and told nothing. Whichever it was, the disk agrees, every
version is there, and work goes on.

Not for: disturbing it (`tests.proof.system_calls`, `tests.proof.full_disk`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from persistence import StateFile
from persistence.errors import NotConfirmed, StateError
from tests.proof.situations import Versions, bytes_of, commit

NEW = 100
"""The step that a disturbed commit is to write."""
AFTER = 101
"""The step of the commit after it."""

COMMITTED, NOT_CONFIRMED, NOT_WRITTEN, NOTHING = "committed", "not confirmed", "not written", ""


def told_in(directory: Path) -> str:
    """What the library tells of a commit there; the errors with their sentence."""
    try:
        commit(directory, NEW)
    except NotConfirmed as error:
        return f"{NOT_CONFIRMED}: {error}"
    except StateError as error:
        return f"{NOT_WRITTEN}: {error}"
    return COMMITTED


@dataclass(frozen=True)
class Before:
    """A session before the commit: the versions that it holds, its file, and how they are listed."""

    versions: Versions
    live: bytes | None
    listed: tuple[tuple[int, str, bool], ...]

    @property
    def next(self) -> int:
        """The number of the next version."""
        return max(self.versions, default=0) + 1


def before(directory: Path, versions: Versions) -> Before:
    """The session as it is now."""
    return Before(versions, _live(directory), _listed(directory))


def broken(
    directory: Path, was: Before, told: str, *, meanwhile: Callable[[], None] = lambda: None
) -> list[str]:
    """A sentence for each promise that was broken. `meanwhile`: what has to be done before work goes on."""
    live = _live(directory)
    kept = dict(was.versions)
    if live is not None and live != was.live:
        kept[was.next] = live
    try:
        found = [*_untrue(directory, was, told, live), *_lost(directory, kept), *_invented(directory, kept)]
        meanwhile()
        made = commit(directory, AFTER)
        if made.sequence != max(kept, default=0) + 1:
            found.append(f"the commit after it has the number {made.sequence}")
        kept[made.sequence] = bytes_of(AFTER)
        return found + [f"after the next commit, {sentence}" for sentence in _lost(directory, kept)]
    except StateError as error:
        return [f"work does not go on: {error}"]


def broken_by_a_lie(directory: Path, was: Before, told: str) -> list[str]:
    """The same where the disk said that it wrote what it did not: that is told, and the old is there."""
    new = bytes_of(NEW)
    try:
        found = [*_lost(directory, was.versions)]
        if told == COMMITTED and _live(directory) != new:
            found.append("the file does not hold what was written")
        made = commit(directory, AFTER)
        kept = {**was.versions, made.sequence: bytes_of(AFTER)}
        return found + [f"after the next commit, {sentence}" for sentence in _lost(directory, kept)]
    except StateError as error:
        return [f"work does not go on: {error}"]


def _untrue(directory: Path, was: Before, told: str, live: bytes | None) -> Iterator[str]:
    new, answer = bytes_of(NEW), told.partition(":")[0]
    if answer == NOT_WRITTEN:
        if live != was.live or _listed(directory) != was.listed:
            yield "something was written all the same"
        if left := [path.name for path in directory.rglob("*.rigstate-tmp")]:
            yield f"it left {left}"
    elif answer == NOTHING:
        if live not in (was.live, new):
            yield "the file is neither the old nor the new one"
    elif answer not in (COMMITTED, NOT_CONFIRMED):
        yield "that is none of the three answers"
    elif live != new:
        yield "the file does not hold what was written"


def _lost(directory: Path, versions: Mapping[int, bytes]) -> Iterator[str]:
    store = StateFile(directory)
    for number, data in versions.items():
        try:
            if store.version(number) != data:
                yield f"version {number} holds other bytes"
        except StateError as error:
            yield f"version {number} is lost: {error}"


def _invented(directory: Path, versions: Mapping[int, bytes]) -> Iterator[str]:
    if unknown := {number for number, _, there in _listed(directory) if there} - versions.keys():
        yield f"there are versions that nobody made: {sorted(unknown)}"


def _live(directory: Path) -> bytes | None:
    path = StateFile(directory).path
    return path.read_bytes() if path.exists() else None


def _listed(directory: Path) -> tuple[tuple[int, str, bool], ...]:
    return tuple(
        (version.sequence, version.etag, version.available) for version in StateFile(directory).history()
    )

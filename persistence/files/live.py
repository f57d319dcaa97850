"""The state file as it is on disk at this moment, and whether it makes sense.

One idea: bytes that make no sense may just be in the making. They are judged damaged only once two reads, a
moment apart, gave the same; modification times decide nothing.

Not for: history, locks or writing (`persistence.store`).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from persistence.document import Document, parse_document
from persistence.errors import Damaged, NoStateFile, StateError, TooLarge, step_for, words_for
from persistence.files import reading
from persistence.files.history import ABSENT_ETAG, etag_of

STATE_FILE = "session_state.json"
SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes beyond which a state file is not read unless the caller says so."""

Parse = Callable[[bytes], Document]
"""Raises Damaged."""

SETTLE_SECONDS = 0.05
"""Between two reads of bytes that make no sense."""

SETTLE_READS = 10


@dataclass(frozen=True)
class Live:
    """One look at the file; without a `status` there is none. `judged` sets `document` or `damage`."""

    etag: str = ABSENT_ETAG
    data: bytes = b""
    status: os.stat_result | None = None
    document: Document | None = None
    damage: Damaged | None = None


@dataclass(frozen=True)
class Snapshot:
    """A state file as it was read. `sequence`: its number in history, known only inside a commit (else 0)."""

    document: Document
    etag: str
    data: bytes
    mtime_ns: int
    sequence: int = 0


def look(path: Path, limit: int) -> Live:
    """The bytes as one read gives them. Raises TooLarge, Refused (a link, a device), StateError."""

    def held() -> Live:
        data, status = reading.read_with_status(path, limit=limit)
        return Live(etag_of(data), data, status)

    return _looked(path, held)


def identify(path: Path, limit: int, going: Callable[[], object] = lambda: None) -> Live:
    """As `look`, for who only wants to know which bytes stand there: they are not held. `going` is called
    between two pieces; what it raises ends the look.
    """
    hashed = hashlib.sha256()

    def take(piece: bytearray) -> None:
        going()
        hashed.update(piece)

    def passed() -> Live:
        status = reading.pass_by(path, take, limit=limit)
        return Live(hashed.hexdigest(), status=status)

    return _looked(path, passed)


def _looked(path: Path, read: Callable[[], Live]) -> Live:
    try:
        return read()
    except FileNotFoundError:
        return Live()
    except TooLarge as error:
        error.next_step = "Allow a larger size to open it."
        raise
    except OSError as error:
        cause = f"it cannot be read: {words_for(error)}"
        raise StateError(cause, path=path, next_step=step_for(error)) from error


def look_at_start(path: Path, limit: int, going: reading.Going = lambda: None) -> tuple[bytes, int] | None:
    """At most the first `limit` bytes of a file of any size, and its size; None without a file. Raises
    Refused and StateError as `look` does, and what `going` raises.
    """
    try:
        return reading.read_start(path, limit, going)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StateError(words_for(error), path=path, next_step=step_for(error)) from error


def judged(live: Live, path: Path, parse: Parse = parse_document) -> Live:
    """With its document, or with what is wrong with it."""
    if live.etag == ABSENT_ETAG:
        return live
    try:
        return replace(live, document=parse(live.data))
    except Damaged as error:
        return replace(live, damage=error.at(path))


def settled(path: Path, limit: int, parse: Parse = parse_document) -> Live:
    """The file, judged: read again until it makes sense or gives the same bytes twice.

    When it never comes to rest, its damage says `still_changing`. Raises as `look` does.
    """
    before = judged(look(path, limit), path, parse)
    for _ in range(SETTLE_READS):
        if before.damage is None:
            return before
        time.sleep(SETTLE_SECONDS)
        now = judged(look(path, limit), path, parse)
        if now.etag == before.etag:
            return now
        before = now
    if before.damage is not None:
        before.damage.still_changing = True
    return before


def read_snapshot(path: Path, limit: int, parse: Parse) -> Snapshot:
    """The file as it is now, once it has come to rest. Raises NoStateFile, Damaged, and as `look` does."""
    live = settled(path, limit, parse)
    if live.damage is not None:
        live.damage.next_step = "Restore an earlier version, or recover what can be read of it."
        raise live.damage
    if live.document is None or live.status is None:
        step = "A launcher makes it with its first save."
        raise NoStateFile("there is no saved state", path=path, next_step=step)
    return Snapshot(live.document, live.etag, live.data, live.status.st_mtime_ns)


def still_holds(live: Live, path: Path, limit: int) -> bool:
    """Whether the file still has the bytes that were looked at.

    Its status tells; where that says otherwise it is read again, because some network disks give the same
    file another number each time. Raises as `look` does.
    """
    return same_status(live, path) or identify(path, limit).etag == live.etag


def same_status(live: Live, path: Path) -> bool:
    """Whether the status says that nothing was written since the look; links and rights do not count."""
    try:
        now = os.lstat(path)
    except FileNotFoundError:
        return live.status is None
    if live.status is None or not os.path.samestat(now, live.status):
        return False
    return (now.st_size, now.st_mtime_ns) == (live.status.st_size, live.status.st_mtime_ns)

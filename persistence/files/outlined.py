"""What a list needs of a state file: all of it but what its attributes hold.

One idea: a list has thousands of files and shows their outlines, so what attributes hold is neither read nor
judged. Not for: what an outline is (`states.outline`), nor for opening a session.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from persistence.document import parse_document
from persistence.errors import StateError
from persistence.files.history import History, etag_of
from persistence.files.live import SIZE_LIMIT, STATE_FILE, Snapshot, read_snapshot
from persistence.files.reading import read_once
from persistence.states.outline import Outline, outline_in, outline_of
from persistence.states.slices import LARGE, sliced

MOST_LOOKED_INTO = 8
"""Versions, of one history: one that is damaged is rare, and hundreds of them are not worth a list's time."""


class Outlined(NamedTuple):
    """The outline of a state file, the etag and size of its bytes, their time in ns."""

    outline: Outline
    etag: str
    size: int
    mtime_ns: int


def read_outline(directory: str) -> Outlined:
    """As `StateFile.read`, for lists. A file in another layout than ours is read whole.

    Raises as `StateFile.read`.
    """
    path = f"{directory}{os.sep}{STATE_FILE}"
    return _glanced(path) or outlined(read_snapshot(Path(path), SIZE_LIMIT, parse_document))


def _glanced(path: str) -> Outlined | None:
    """None of whatever the long way has to tell about."""
    try:
        data, status = read_once(path, limit=SIZE_LIMIT)
        outline = _outline(data)
    except (OSError, StateError):
        return None
    return outline and Outlined(outline, etag_of(data), len(data), status.st_mtime_ns)


def outline_before(directory: str, etag: str) -> Outline | None:
    """The outline of an earlier version, which history has under this etag; None where it cannot be had."""
    with suppress(OSError, StateError):
        data = History(Path(directory)).find(etag)
        return None if data is None else _outline(data)
    return None


def outlines_before(directory: str, but: Collection[str]) -> Iterator[Outline]:
    """The outlines of the newest versions that history has, but of those with these etags, the newest first:
    of MOST_LOOKED_INTO, those that can be had.
    """
    with suppress(OSError, StateError):
        for data in History(Path(directory)).newest(MOST_LOOKED_INTO, but, SIZE_LIMIT):
            found = _outline(data) or _outline_in_any_layout(data)
            if found is not None:
                yield found


def _outline_in_any_layout(data: bytes) -> Outline | None:
    with suppress(StateError):
        return outline_in(parse_document(data))
    return None


def _outline(data: bytes) -> Outline | None:
    """None for bytes in another layout than ours."""
    document = sliced(data) if len(data) >= LARGE else None
    return outline_of(data) if document is None else outline_in(document)


def outlined(snapshot: Snapshot) -> Outlined:
    """The outline of a file that was read whole."""
    return Outlined(outline_in(snapshot.document), snapshot.etag, len(snapshot.data), snapshot.mtime_ns)

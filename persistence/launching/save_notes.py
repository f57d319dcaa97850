"""What a launcher's save notes beside the attributes: outcome, skipped, resumed_from, replaced.

One idea: an object knows which version of a file it last saw. If the newest one says something else of the
object's namespace than that one did, somebody else changed it; that version is in history, and the note names
its number.

Nothing here touches the disk by itself or raises.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from persistence.document import ABSENT, Absent, Document, parse_document
from persistence.errors import StateError
from persistence.launching.remembered import Remembered
from persistence.states.edits import without_attributes
from persistence.store import Snapshot
from persistence.values.json_text import JSON
from persistence.values.sameness import same

log = logging.getLogger(__name__)

Find = Callable[[str], bytes | None]
"""The bytes of the version with that etag, if they are to be had."""


def notes(
    newest: Snapshot | None,
    *,
    namespace: str,
    memory: Remembered,
    folder: Path,
    skipped: Mapping[str, str],
    outcome: str,
    find: Find,
) -> dict[str, JSON]:
    """The keys beside the attributes. To be called inside the lock: `newest` is what gets written over."""
    found: dict[str, JSON] = {
        "outcome": outcome,
        "skipped": dict(skipped),
        "resumed_from": _resumed_from(newest, namespace, memory, folder),
        "replaced": _written_over(newest, namespace, memory, folder, find),
    }
    return {key: value for key, value in found.items() if value}


def _resumed_from(
    newest: Snapshot | None, namespace: str, memory: Remembered, folder: Path
) -> dict[str, JSON] | None:
    if memory.source and _key(Path(memory.source.directory)) != _key(folder):
        return {"path": memory.source.directory, "etag": memory.source.etag}
    if newest and namespace in newest.document.namespaces:  # loaded here, saved here: what it says stays true
        stands = newest.document.namespace(namespace).resumed_from
        return dict(stands) if stands else None
    return None


def _written_over(
    newest: Snapshot | None, namespace: str, memory: Remembered, folder: Path, find: Find
) -> int | None:
    """The history number of somebody else's version that is written over now, or was since the last load.

    Later saves go on naming it: an edit made during a run is looked for when the run is over.
    """
    key = _key(folder)
    seen = memory.seen.get(key)
    if newest and seen and seen != newest.etag and _differs(newest, namespace, find(seen)):
        memory.written_over[key] = newest.sequence
        log.warning(
            "%s: somebody else changed the saved state of %s; what they wrote is version %d in its history.",
            folder,
            namespace,
            newest.sequence,
        )
    return memory.written_over.get(key)


def _differs(newest: Snapshot, namespace: str, before: bytes | None) -> bool:
    """Whether the newest file says something else of a launcher than those bytes; without any, it may."""
    if before is None:
        return True
    try:
        old = _attributes_in(parse_document(before), namespace)
    except StateError:
        return True
    new = _attributes_in(newest.document, namespace)
    return old is not new if isinstance(old, Absent) or isinstance(new, Absent) else not same(old, new)


def _attributes_in(document: Document, namespace: str) -> JSON | Absent:
    if namespace not in document.namespaces:
        return ABSENT
    return dict(document.namespace(namespace).attributes)


def _key(folder: Path) -> str:
    return os.path.normcase(os.path.abspath(folder))


def last_written(memory: Remembered, folder: Path) -> Snapshot | None:
    """The file as the object last saved it there, for the next save: without its attributes and bytes."""
    return memory.wrote.get(_key(folder))


def note_saved(memory: Remembered, folder: Path, snapshot: Snapshot, namespace: str, ticket: int) -> None:
    """The object wrote this. What is noted late says nothing any more where a later save was noted before."""
    bare = without_attributes(snapshot.document, namespace)
    key = _key(folder)
    with memory.noting:
        if memory.noted.get(key, -1) > ticket:
            return
        memory.noted[key] = ticket
        memory.seen[key] = snapshot.etag
        memory.wrote[key] = replace(snapshot, document=bare, data=b"")


def note_loaded(memory: Remembered, folder: Path, etag: str) -> None:
    """The object now knows what that file says: only what comes later is news to it."""
    memory.seen[_key(folder)] = etag
    for known in (memory.wrote, memory.written_over):
        known.pop(_key(folder), None)


def note_cleared(memory: Remembered, folder: Path) -> None:
    """The object itself removed its state there."""
    for known in (memory.seen, memory.wrote, memory.written_over):
        known.pop(_key(folder), None)

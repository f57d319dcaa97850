"""What a launcher's save notes beside the attributes: outcome, skipped, resumed_from, replaced.

One idea: an object knows which attributes it last saw in a folder, by a fingerprint. If the newest file says
something else there, somebody else changed it; that version is in history, and the note names its number.

Nothing here touches the disk or raises.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping
from pathlib import Path

from persistence.document import Document
from persistence.json_text import JSON, write
from persistence.remembered import Remembered
from persistence.store import Snapshot

log = logging.getLogger(__name__)


def notes(
    newest: Snapshot | None,
    *,
    namespace: str,
    memory: Remembered,
    folder: Path,
    skipped: Mapping[str, str],
    outcome: str,
) -> dict[str, JSON]:
    """The keys beside the attributes. To be called inside the lock: `newest` is what gets written over."""
    found: dict[str, JSON] = {
        "outcome": outcome,
        "skipped": dict(skipped),
        "resumed_from": _resumed_from(newest, namespace, memory, folder),
        "replaced": _written_over(newest, namespace, memory, folder),
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


def _written_over(newest: Snapshot | None, namespace: str, memory: Remembered, folder: Path) -> int | None:
    """The history number of somebody else's version that is written over now, or was since the last load.

    Later saves go on naming it: an edit made during a run is looked for when the run is over.
    """
    key = _key(folder)
    if newest and key in memory.seen and memory.seen[key] != _fingerprint_in(newest.document, namespace):
        memory.written_over[key] = newest.sequence
        log.warning(
            "%s: somebody else changed the saved state of %s; what they wrote is version %d in its history.",
            folder,
            namespace,
            newest.sequence,
        )
    return memory.written_over.get(key)


def _key(folder: Path) -> str:
    return os.path.normcase(os.path.abspath(folder))


def note_saved(memory: Remembered, folder: Path, attributes: dict[str, JSON]) -> None:
    """The object wrote these attributes there."""
    memory.seen[_key(folder)] = _fingerprint(attributes)


def note_loaded(memory: Remembered, folder: Path, document: Document, namespace: str) -> None:
    """The object now knows what `document` says of its namespace: only what comes later is news to it."""
    memory.seen[_key(folder)] = _fingerprint_in(document, namespace)
    memory.written_over.pop(_key(folder), None)


def note_cleared(memory: Remembered, folder: Path) -> None:
    """The object itself removed its state there."""
    memory.seen.pop(_key(folder), None)
    memory.written_over.pop(_key(folder), None)


def _fingerprint_in(document: Document, namespace: str) -> str:
    if namespace not in document.namespaces:
        return ""
    return _fingerprint(dict(document.namespace(namespace).attributes))


def _fingerprint(attributes: dict[str, JSON]) -> str:
    return hashlib.sha256(write(attributes).encode()).hexdigest()

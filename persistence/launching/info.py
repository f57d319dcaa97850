"""What a state file holds, told to a launcher as a plain dict."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from persistence.document import Document
from persistence.errors import NoStateFile, StateError
from persistence.launching.namespaces import choose
from persistence.launching.saving import directory_of
from persistence.store import STATE_FILE, StateFile


def describe(cls: type, path: str | os.PathLike[str]) -> dict[str, Any] | None:
    """What the state file in `path` holds, for a launcher of `cls`; None when there is no file. Never raises.

    Keys: version, launcher_class, launcher_module, created_at (texts or None), etag, size (bytes), valid,
    error (one sentence, empty when valid), namespaces (by name: saved_at, outcome, attributes: a list of
    names, would_be_loaded). Of a file that cannot be read, only size, valid and error say anything.
    """
    try:
        return _describe(cls, directory_of(path))
    except StateError as error:
        return _info(Document({}), cls, error=str(error), size=0)
    except (OSError, TypeError, ValueError) as error:  # nothing that could be a path
        return _info(Document({}), cls, error=f"{path!r}: {error}.", size=0)


def _describe(cls: type, directory: Path) -> dict[str, Any] | None:
    try:
        snapshot = StateFile(directory).read()
    except NoStateFile:
        return None
    except StateError as error:
        return _info(Document({}), cls, error=str(error), size=_size(directory))
    newer = (
        f"it needs a newer Rigstate (format {snapshot.document.version})" if snapshot.document.newer else ""
    )
    return _info(snapshot.document, cls, error=newer, size=len(snapshot.data), etag=snapshot.etag)


def _size(directory: Path) -> int:
    try:
        return os.lstat(directory / STATE_FILE).st_size
    except OSError:
        return 0


def _info(document: Document, cls: type, *, error: str, size: int, etag: str = "") -> dict[str, Any]:
    taken, _ = choose(document, cls)
    return {
        "version": document.version if etag else None,
        "launcher_class": document.launcher_class,
        "launcher_module": document.launcher_module,
        "created_at": document.created_at,
        "etag": etag,
        "size": size,
        "valid": not error,
        "error": error,
        "namespaces": {
            name: {
                "saved_at": document.namespace(name).saved_at,
                "outcome": document.namespace(name).outcome,
                "attributes": list(document.namespace(name).attributes),
                "would_be_loaded": name == taken and not error,
            }
            for name in document.namespaces
        },
    }

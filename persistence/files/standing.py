"""How the state file stands before it is changed: which bytes are there, and whether they may be replaced.

One idea: what the caller knows already is not held or parsed twice, and nothing is taken from him on trust:
the etag of the bytes that are there decides. Everything here is asked inside the lock.

Not for: how a file comes to rest (`live`), nor for changing it (`persistence.store`).
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from persistence.document import Document
from persistence.errors import NewerVersion
from persistence.files.history import FOLDER, etag_of
from persistence.files.live import Live, Snapshot, identify, look
from persistence.files.locked import LOCK_FILE


def seen(path: Path, limit: int, held: bytes) -> Live:
    """The bytes now, not judged. `held` are bytes that the caller has and that may be these: then they are
    not held twice. Raises as `look` does.
    """
    live = identify(path, limit) if held else None
    return replace(live, data=held) if live and live.etag == etag_of(held) else look(path, limit)


def as_known(path: Path, limit: int, known: Snapshot | None) -> Live | None:
    """The file with the document that is known of it; None when it is another one. Raises as `look` does."""
    live = look(path, limit) if known else None
    return replace(live, document=known.document) if live and known and live.etag == known.etag else None


def refuse_newer(document: Document | None, path: Path) -> None:
    """Raise NewerVersion for a document that an older program cannot write without loss."""
    if document is not None and document.newer:
        cause = f"it was saved by a newer version ({document.version}), which may mean other things by it"
        step = "Update Rigstate to change it."
        raise NewerVersion(cause, version=document.version, path=path, next_step=step)


def not_writable_because(directory: Path) -> str:
    """Why nothing can be saved in a session directory; "" when nothing forbids it."""
    if not directory.is_dir():
        return "there is no such folder"
    if not os.access(directory, os.W_OK | os.X_OK):
        return "the folder is read-only"
    for name in (LOCK_FILE, FOLDER):  # somebody else may have made them for himself alone
        part = directory / name
        if os.path.lexists(part) and not os.access(part, os.W_OK):
            return f"{name} in it belongs to somebody else, and may not be written"
    return ""

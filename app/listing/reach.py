"""Whether a watched folder is there.

One idea: what cannot be reached is not gone, so whoever takes sessions for gone asks here first. The bare
place of a disk that went away can be listed, and is not the folder.

May hang where the folder does. Not for when it is asked (see `disk`).
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.folder_errands import RootSeen
from app.listing.ledger import Ledger
from persistence.errors import words_for


def tried(root: str, known: Ledger, clock: Callable[[], datetime] = datetime.now) -> RootSeen:
    """Whether a folder is there, by what is known of it: an empty one, on another disk than the last time,
    where sessions are known, is the bare place of a disk.
    """
    seen = look_at_root(root, clock)
    if seen.identity is None:
        return seen
    device, _ = seen.identity
    if known.device not in (None, device) and known.knows_any and _is_empty(root):
        reason = "it is empty, because its disk is not mounted"
        return replace(seen, available=False, identity=None, reason=reason)
    known.device = device
    return seen


def look_at_root(root: str, clock: Callable[[], datetime] = datetime.now) -> RootSeen:
    """Try whether a folder can be listed now."""
    try:
        with os.scandir(root):
            status = Path(root).stat()
        real = os.path.realpath(root)
    except OSError as error:
        return RootSeen(root, available=False, identity=None, at=time_text(clock()), reason=words_for(error))
    identity = (status.st_dev, status.st_ino)
    return RootSeen(root, available=True, identity=identity, at=time_text(clock()), real=real)


def time_text(moment: datetime) -> str:
    """As lists tell when they looked: local and naive, to the second."""
    return moment.isoformat(timespec="seconds")


def _is_empty(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return False

"""How a session is changed: what the disk is asked to do, and what became of it. Frozen values.

One idea: an errand carries all that it needs, above all the etag of the version that the operator saw, and
its answer carries the errand.

Not for doing anything: `files.changes` does, `saves` and its like ask.
"""

from dataclasses import dataclass
from typing import Literal

from app.snapshot import SessionSnapshot
from persistence.document import Document

# ---- errands


@dataclass(frozen=True, slots=True)
class Commit:
    """Save `document` over the version `etag`."""

    directory: str
    document: Document
    etag: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clear:
    """Remove one launcher's saved state, or all of them (None), from the version `etag`."""

    directory: str
    namespace: str | None
    etag: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Restore:
    """Bring the exact bytes of version `sequence` back, over the version `etag`; `note` is what somebody
    typed about it. `over` is the number of that version, None for any that has these bytes.
    """

    directory: str
    sequence: int
    etag: str
    note: str = ""
    over: int | None = None


@dataclass(frozen=True, slots=True)
class Recover:
    """Save `document`, made of what is left, in the place of a damaged or missing state of that `etag`.

    `origin` says what it was made of, `note` is what somebody typed about it.
    """

    directory: str
    document: Document
    etag: str
    origin: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BringIn:
    """Put the unsaved state in `file` into the state file of that `etag`, each launcher's whole; `note` is
    what somebody typed about it.
    """

    directory: str
    file: str
    etag: str
    note: str = ""


ChangeErrand = Commit | Clear | Restore | Recover | BringIn


# ---- answers


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change waits, because somebody else holds the session's lock; `holder` is empty where not known."""

    directory: str
    holder: str
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Done:
    """A change is on disk as version `sequence` with `etag`, and `snapshot` was read afterwards.

    Where the etag of the snapshot is another one, somebody wrote in between.

    `replaced` is the number of the version before it, None when there was none. `doubt` is empty, or the
    sentence that says why it is not confirmed to survive a power cut.
    """

    errand: ChangeErrand
    sequence: int
    etag: str
    replaced: int | None
    snapshot: SessionSnapshot
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was changed. `snapshot` is what is there now, when that could be read.

    `kind` is "changed" when somebody else was faster, "cancelled" when the operator did not want to wait any
    longer, else "refused".
    """

    errand: ChangeErrand
    kind: Literal["changed", "cancelled", "refused"]
    sentence: str
    snapshot: SessionSnapshot

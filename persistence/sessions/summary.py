"""What a list of sessions says of one of them, as a small frozen value. Not for reading it (`surveying`)."""

from typing import Literal, NamedTuple

from persistence.files.absent import ABSENT_ETAG
from persistence.files.runner import Running

ProblemKind = Literal["no_state", "moved", "damaged", "newer", "unreadable", "too_large", "being_written"]


class Problem(NamedTuple):
    """Why there is no state to be had, or none that can be changed."""

    kind: ProblemKind
    text: str
    """One sentence for people."""


class Summary(NamedTuple):
    """One session. A tuple, since a hundred thousand are made and sent at once: in a third of the time.

    Times are local and naive, in ISO format, and as they were written: shown, never decisive.
    """

    directory: str
    root: str
    name: str
    """The last part of the directory."""
    subject: str
    """By `session.json`, else the end state, else the saved state, else the directory's name."""
    launchers: tuple[str, ...] = ()
    """The namespaces, in the order of the file; none in a file means that it was cleared."""
    saved_at: str | None = None
    """The newest of the namespaces'."""
    created_at: str | None = None
    outcome: str | None = None
    """Of the newest namespace: completed, checkpoint, failed, interrupted."""
    attributes: int = 0
    """How many, in all namespaces."""
    size: int = 0
    """Bytes of the state file."""
    mtime_ns: int = 0
    etag: str = ABSENT_ETAG
    problem: Problem | None = None
    running: Running | None = None
    edited_by: str | None = None
    """Who changed the state since the launcher's own last save."""
    edited_at: str | None = None
    """When that was, by history; local and naive, ISO."""
    written_at: str | None = None
    """When somebody wrote the file after that of whom history has no line; None where nobody did.

    Mostly that is a program that keeps none, and may be a save of ours that met a full disk.

    By the file's own time; "" where no calendar has it.
    """
    resumed_from: str | None = None
    """The directory of the session that this one was resumed from."""
    started: str | None = None
    """By `session.json`, else the directory's name."""
    rig: str = ""
    """By `session.json`; empty where it does not say."""
    unsaved: tuple[str, ...] = ()
    """Files beside the state file that hold a state which could not get into it."""
    under_way: bool = False
    """Whether somebody may have been saving when it was read: who touched it is not known yet, and will be
    without any change of a file.
    """
    by_metadata: bool = False
    """Whether `launcher_metadata` was looked into for any of this: only then a change there may change it."""
    resumed_version: str | None = None
    """The etag that the state had there, which knows it again where its directory was renamed since."""
    died: Running | None = None
    """Whose run was over here before it saved anything, where nobody has run here since: what is saved is of
    before that run.
    """

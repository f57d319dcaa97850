"""What one save, load or clear did, attribute by attribute.

One idea: a report is a frozen value that names everything that happened, so that nobody has to read a log
to know what a launcher has now. It is not for formatting, logging or deciding; the rooms that do the work
fill it in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one call, truthy when it worked.

    A mapping goes from the name of an attribute to the reason, one short phrase.
    """

    ok: bool = False
    """Saved: committed and confirmed. Loaded: a namespace was applied. Cleared: nothing of it is left."""
    error: str = ""
    """One sentence with path, cause and next step; empty when ok."""
    namespace: str = ""
    saved: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    """Restored, though the launcher had no such attribute before."""
    handed_over: tuple[str, ...] = ()
    """Popped by the launcher's own `set_persistent_attributes`, which did with them what it wanted."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """`subject_id`, `user_id`: the launcher's own value stayed, because it differs from the saved one."""
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Not saved, because the value cannot be written; after a load: what that save had skipped."""
    mismatched: Mapping[str, str] = field(default_factory=dict)
    """Not restored, because the saved value does not fit the launcher's own."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Not restored, because of the name, or because the launcher refused the value."""
    excluded: Mapping[str, str] = field(default_factory=dict)
    """Not part of the state: `run_attributes`, callables, processes, threads, locks, files, left out."""
    others: tuple[str, ...] = ()
    """Further namespaces with the same class name that could have been loaded instead."""
    etag: str = ""
    """Of the file that was written or read."""
    sequence: int | None = None
    """History number of the version that was written."""
    unsaved: str = ""
    """The file that holds the state instead, because its own could not be written; see `rigstate adopt`."""

    def __bool__(self) -> bool:
        return self.ok

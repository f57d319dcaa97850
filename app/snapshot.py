"""A session as it was opened: a frozen value, without Qt, and the sentences that say what can be done to it.

One idea: whoever opens a session is handed all of it at once, as its bytes were at one instant. It stands
apart from what the list knows of a session (`session`): the list is painted before anything is opened.

Not for reading it (`files`), nor for what is staged on it (`editing`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.session import Problem, Running, last_part, still_running

if TYPE_CHECKING:
    from app.past_errands import Unsaved
    from persistence.document import Document


@dataclass(frozen=True, slots=True)
class SessionSnapshot:
    """One opened session, as its bytes were at one instant.

    `etag` stands for the document in comparisons: equal bytes are equal documents, and walking a large tree
    twice would cost more than reading it. `versions` counts its history; `version` is the number of this one
    (0 where it is not known), `saved_by` who made it and `saved_at` when (local, ISO), as far as that is
    known. `cleared` is the number of the version before where this one was made by clearing, else 0.
    `not_writable_because` is a clause, empty where it can be written. `unsaved` are states that could not get
    into the file, the newest last; `earlier` the etags of the versions that history knows. It is not
    `checked` while nobody knows yet whether the file is sound, and not `held` while of large values there are
    only their beginnings. `died`: whose run was over here before it saved, after what is saved here was.
    """

    directory: str
    document: Document | None = field(compare=False)
    etag: str
    size: int
    versions: int
    problem: Problem | None
    running: Running | None = None
    saved_by: str = ""
    not_writable_because: str = ""
    saved_at: str = ""
    version: int = 0
    cleared: int = 0
    checked: bool = True
    held: bool = True
    unsaved: tuple[Unsaved, ...] = ()
    earlier: frozenset[str] = field(default=frozenset(), compare=False)
    died: Running | None = None

    @property
    def name(self) -> str:
        """The last part of the directory, which is what people call the session."""
        return last_part(self.directory)

    @property
    def not_editable_because(self) -> str:
        """The sentence that says why nothing can be edited here; empty when everything can."""
        if self.running is not None and not self.running.finishing:
            return still_running(self.running)
        if self.problem is not None:
            return self.problem.text
        if self.document is None:
            return "There is no saved state in this session."
        if self.document.newer:
            return f"Version {self.document.version} needs a newer Rigstate; here it can only be looked at."
        if not self.checked:
            return "It is large, and is still being checked; it can be edited in a moment."
        if self.not_writable_because:
            return f"Nothing can be saved here: {self.not_writable_because}."
        return ""

    @property
    def being_written(self) -> bool:
        """True when somebody seems to be in the middle of writing the file, so that it is left alone."""
        return self.problem is not None and self.problem.kind == "being_written"

    @property
    def editable(self) -> bool:
        """True when an edit may be staged and saved."""
        return not self.not_editable_because

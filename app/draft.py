"""What the operator staged on one session and has not saved: edits, undo and redo, over a version of it.

One idea: a draft is a frozen value, base plus edits, and everything else about it is computed from these two.
An edit that leads back to the base is no change. Not for the drafts of all sessions (`drafts`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from app.edits import Edit, Edits, edits_between
from persistence.diff import Change, diff
from persistence.document import Document
from persistence.errors import StateError


@dataclass(frozen=True)
class Draft:
    """Edits staged on one session.

    `past` and `future` are the edits as they stood before each step, and after each step that was undone.
    `outdated` is True when the file has changed since `base` was read.
    """

    directory: str
    base: Document
    base_etag: str
    edits: Edits = ()
    past: tuple[Edits, ...] = ()
    future: tuple[Edits, ...] = ()
    outdated: bool = False

    @cached_property
    def document(self) -> Document:
        """The base with every edit in it: what is shown, and what Save writes."""
        document = self.base
        for edit in self.edits:
            document = edit.apply(document)
        return document

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Where the draft differs from its base, type-strict."""
        return diff(self.base, self.document)

    @property
    def count(self) -> int:
        """How many values differ from the base: the number beside Save."""
        return len(self.changes)

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """True when a step that was undone can be taken again."""
        return bool(self.future)

    def step(self, edits: Edits) -> Draft:
        """Return the draft with these edits instead, one undoable step further."""
        return replace(self, edits=edits, past=(*self.past, self.edits), future=())

    def net_edits(self) -> Edits:
        """The fewest edits that lead from the base to what is shown.

        What was edited and taken back is none of them. An edit inside another one is part of that one.
        """
        return edits_between(self.base, self.document)

    def edits_since(self, document: Document) -> Edits:
        """The fewest edits that lead from `document`, as this draft once was, to what it is now.

        So a step that was undone after `document` was handed out counts as well as one that was done.
        """
        return edits_between(document, self.document)

    def over(self, document: Document) -> Document:
        """Return another version with what was edited here put into it, and nothing else changed.

        Raises StateError when an edited place is not there any more.
        """
        for edit in self.net_edits():
            document = edit.apply(document)
        return document

    def undone(self) -> Draft:
        """Return the draft as it was one step before; itself when it is the first."""
        if not self.past:
            return self
        return replace(self, edits=self.past[-1], past=self.past[:-1], future=(*self.future, self.edits))

    def redone(self) -> Draft:
        """Return the draft with the last undone step taken again; itself when there is none."""
        if not self.future:
            return self
        return replace(self, edits=self.future[-1], past=(*self.past, self.edits), future=self.future[:-1])


def fitting(edits: Edits, document: Document) -> Edits:
    """The edits that still can be applied to another version of the document, in their order."""
    fitting: list[Edit] = []
    for edit in edits:
        try:
            document = edit.apply(document)
        except StateError:
            continue
        fitting.append(edit)
    return tuple(fitting)

"""The drafts of all sessions: which are open, what is staged on them, what became of it.

One idea: whatever happens to a draft is a new value in its place, and is told. Discarding all edits is a step
like any other, and can be undone.

Drafts know sessions only as values. Not for the disk: `draft_files` keeps them, `disk` saves them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.draft import Draft, fitting
from app.edits import Edit, SetValue
from app.session import Snapshot
from persistence.document import Document, Place
from persistence.edits import get_value


class Drafts(QObject):
    """The drafts of all sessions that were opened or edited, by directory."""

    draft_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: dict[str, Draft] = {}

    def get(self, directory: str) -> Draft | None:
        """Return the draft of a session, None when it is not open and nothing is staged."""
        return self._drafts.get(directory)

    def unsaved(self) -> tuple[Draft, ...]:
        """Every draft that holds unsaved changes."""
        return tuple(draft for draft in self._drafts.values() if draft.count)

    def restore(self, drafts: Iterable[Draft]) -> None:
        """Take up drafts kept from an earlier time; a session that was edited since keeps its newer draft."""
        for draft in drafts:
            held = self._drafts.get(draft.directory)
            if held is None or not held.edits:
                self._put(
                    draft if held is None else replace(draft, outdated=draft.base_etag != held.base_etag)
                )

    def open(self, snapshot: Snapshot) -> None:
        """Take note of what the disk holds: the new base where nothing is staged, else whether it still is
        the base.
        """
        held = self._drafts.get(snapshot.directory)
        if held is None or not held.count:
            self._rebase(snapshot, held)
        elif held.outdated != (snapshot.etag != held.base_etag):
            self._put(replace(held, outdated=not held.outdated))

    def stage(self, directory: str, edit: Edit) -> None:
        """Stage one edit. Raises StateError, and stages nothing, when it does not fit the document."""
        draft = self._drafts[directory]
        edit.apply(draft.document)
        self._put(draft.step((*draft.edits, edit)))

    def take_back(self, directory: str, namespace: str, place: Place) -> None:
        """Stage the base's own value at one place: the edit there is taken back."""
        value = get_value(self._drafts[directory].base, namespace, place)
        self.stage(directory, SetValue(namespace, place, value))

    def undo(self, directory: str) -> None:
        """Take the last step back."""
        self._put(self._drafts[directory].undone())

    def redo(self, directory: str) -> None:
        """Take the last undone step again."""
        self._put(self._drafts[directory].redone())

    def revert(self, directory: str) -> None:
        """Discard all edits; one step, which can be undone."""
        self._put(self._drafts[directory].step(()))

    def reload(self, snapshot: Snapshot) -> None:
        """Start again from the disk's version, without the edits.

        Undo applies those that still fit to that version.
        """
        draft = self._drafts[snapshot.directory]
        if snapshot.document is not None:
            past = (fitting(draft.net_edits(), snapshot.document),)
            self._put(Draft(snapshot.directory, snapshot.document, snapshot.etag, past=past))

    def saved(self, snapshot: Snapshot, document: Document) -> None:
        """Take in that the draft is on disk as it was when it was `document`: what the disk holds is the new
        base.

        What was staged or undone since then stays; there is nothing left to undo.
        """
        draft = self._drafts.get(snapshot.directory)
        later = draft.edits_since(document) if draft is not None and draft.document is not document else ()
        if later and snapshot.document is not None:
            edits = fitting(later, snapshot.document)
            self._put(Draft(snapshot.directory, snapshot.document, snapshot.etag, edits))
        else:
            self._start_anew(snapshot)

    def _rebase(self, snapshot: Snapshot, held: Draft | None) -> None:
        if snapshot.document is None or held is None or held.base_etag != snapshot.etag:
            self._start_anew(snapshot)

    def _start_anew(self, snapshot: Snapshot) -> None:
        if snapshot.document is not None:
            self._put(Draft(snapshot.directory, snapshot.document, snapshot.etag))
        elif self._drafts.pop(snapshot.directory, None) is not None:
            self.draft_changed.emit(snapshot.directory)

    def _put(self, draft: Draft) -> None:
        self._drafts[draft.directory] = draft
        self.draft_changed.emit(draft.directory)

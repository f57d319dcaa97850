"""The drafts of all sessions: which are open, what is staged on them, what became of it.

One idea: whatever happens to a draft is a new value in its place, and is told. Discarding all edits is a step
like any other, and can be undone.

Drafts know sessions only as values. Not for the disk: `draft_files` keeps them, `disk` saves them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.editing.draft import DiskVersion, Draft
from app.editing.edits import Edit, Edits
from app.editing.seen import stepped, stepped_back, stepped_by, stepped_together
from app.snapshot import SessionSnapshot
from persistence.document import Document, Place
from persistence.states.diff import Change, diff
from persistence.states.merge import Spot


class Drafts(QObject):
    """The drafts of all sessions that were opened or edited, by directory. `carried`: from one to another."""

    draft_changed = Signal(object)
    carried = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: dict[str, Draft] = {}
        self._restored: set[str] = set()

    def get(self, directory: str) -> Draft | None:
        """Return the draft of a session, None when it is not open and nothing is staged."""
        return self._drafts.get(directory)

    def steps(self, directory: str) -> int:
        """How many steps can be undone in a session."""
        draft = self._drafts.get(directory)
        return len(draft.past) if draft is not None else 0

    def unsaved(self) -> tuple[Draft, ...]:
        """Every draft that holds unsaved changes."""
        return tuple(draft for draft in self._drafts.values() if draft.count)

    def restore(self, drafts: Iterable[Draft]) -> None:
        """Take up drafts kept from an earlier time; a session that was edited since keeps its newer draft."""
        for draft in drafts:
            held = self._drafts.get(draft.directory)
            if held is None or not held.edits:
                self.exchange(draft)

    def exchange(self, draft: Draft) -> None:
        """Put another draft of the same session in the place of the one that is open."""
        held = self._drafts.get(draft.directory)
        if held is None:
            self._restored.add(draft.directory)
            self._put(draft)
            return
        same = draft.base_etag == held.base_etag
        kept = replace(draft, base=held.base) if same else draft
        self._put(kept.facing(held.newer or DiskVersion(held.base, held.base_etag, held.saved_at)))

    # ---- what the disk holds

    def open(self, snapshot: SessionSnapshot) -> Sequence[Change]:
        """Take note of what the disk holds: the new base, merged with what is staged.

        Returns what the other side changed, when edits were put onto its version; else nothing.
        """
        version = DiskVersion(snapshot.document, snapshot.etag, snapshot.saved_at)
        held = self._drafts.get(snapshot.directory)
        untouched = held is None or (held.untouched and held.base_etag != snapshot.etag)
        if held is None or untouched:
            self._start_anew(snapshot)
            return ()
        held = self._sharing(held, snapshot)
        after = held.facing(version)
        if after != held:
            self._put(after)
        if snapshot.document is None or after.outdated or after.base_etag == held.base_etag:
            return ()
        if not (held.count or after.count):
            return ()
        return diff(held.base, snapshot.document)  # none of the same again, from before it was damaged

    def _sharing(self, held: Draft, snapshot: SessionSnapshot) -> Draft:
        """A draft of an earlier time on the document that was just read, which says the same as its base: a
        large state is not to be held twice.
        """
        if snapshot.directory not in self._restored or snapshot.document is None:
            return held
        self._restored.discard(snapshot.directory)
        if snapshot.etag != held.base_etag:
            return held
        self._put(replace(held, base=snapshot.document))
        return self._drafts[snapshot.directory]

    def leave_all_but(self, directory: str) -> None:
        """Forget the drafts of other sessions that nothing was ever done to: each holds the whole state."""
        self._drafts = {
            path: draft for path, draft in self._drafts.items() if path == directory or not draft.untouched
        }

    def reload(self, snapshot: SessionSnapshot) -> None:
        """Start again from the disk's version, without the edits; undo brings them back onto it."""
        if snapshot.document is not None:
            version = DiskVersion(snapshot.document, snapshot.etag, snapshot.saved_at)
            draft = self._drafts[snapshot.directory]
            self._put((draft.step(()) if draft.edits else draft).facing(version))

    def decide(self, directory: str, mine: Collection[Spot]) -> None:
        """Put the draft onto the newer version, with mine at these conflicts and theirs at all others."""
        self._put(self._drafts[directory].decided(mine))

    def saved(self, snapshot: SessionSnapshot, document: Document, etag: str) -> None:
        """Take in that `document`, made of the draft, was put on disk as the version `etag`.

        What was left out, or was staged or undone since then, stays. `snapshot` is what the disk holds now.
        """
        draft = self._drafts.get(snapshot.directory)
        if draft is None:
            self._start_anew(snapshot)
            return
        left = draft.after_saving(document, etag)
        if snapshot.etag == etag and snapshot.document is not None:
            self._put(replace(left, base=snapshot.document, saved_at=snapshot.saved_at))
        elif left.count:
            self._put(left.facing(DiskVersion(snapshot.document, snapshot.etag, snapshot.saved_at)))
        else:
            self._start_anew(snapshot)

    # ---- what the operator does

    def stage(self, directory: str, edit: Edit) -> None:
        """Stage one edit of what is shown. Raises StateError, and stages nothing, when it does not fit, or
        would land on something else.
        """
        self._put(stepped(self._drafts[directory], edit))

    def stage_together(self, directory: str, edits: Edits) -> None:
        """Stage several edits of what is shown, as one step. Raises StateError like `stage`."""
        self._put(stepped_together(self._drafts[directory], edits))

    def stage_on(self, snapshot: SessionSnapshot, edit: Edit, seen: Draft) -> None:
        """Stage one edit of what an earlier draft showed: what came to the disk since is to be decided, as if
        the edit had been staged before it came. `snapshot` is what the disk holds now, which may be nothing
        that can be read. Raises StateError like `stage`.
        """
        held = self._drafts.get(seen.directory)
        version = DiskVersion(snapshot.document, snapshot.etag, snapshot.saved_at)
        if held is not None and seen.facing(version).edits != held.edits:  # something else was staged since
            self.stage(seen.directory, edit)
            return
        self._put(stepped(seen, edit).facing(version))

    def take_back(self, directory: str, namespace: str, place: Place) -> None:
        """Stage what is saved at one place: the edits there and inside it are taken back. Raises StateError
        like `stage`.
        """
        self._put(stepped_back(self._drafts[directory], namespace, place))

    def apply(self, directory: str, changes: Iterable[Change]) -> None:
        """Stage changes of values made elsewhere, as one step. Raises StateError like `stage`."""
        self._put(stepped_by(self._drafts[directory], tuple(changes)))

    def undo(self, directory: str) -> None:
        """Take the last step back."""
        self._put(self._drafts[directory].undone())

    def redo(self, directory: str) -> None:
        """Take the last undone step again."""
        self._put(self._drafts[directory].redone())

    def begin_line(self, directory: str) -> None:
        """Something else was done that can be undone: what was undone before it is not to be redone."""
        draft = self._drafts.get(directory)
        if draft is not None and draft.can_redo:
            self._put(replace(draft, future=()))

    def revert(self, directory: str) -> None:
        """Discard all edits; one step, which can be undone."""
        self._put(self._drafts[directory].step(()))

    def carry(self, directory: str, to: str) -> None:
        """Put all edits of a session, with their steps, on another one that holds just the state that they
        are of; from the first they are discarded, which can be undone.
        """
        self._put(replace(self._drafts[directory], directory=to, newer=None))
        self.carried.emit(directory, to)
        self.revert(directory)

    def _start_anew(self, snapshot: SessionSnapshot) -> None:
        if snapshot.document is not None:
            self._put(Draft(snapshot.directory, snapshot.document, snapshot.etag, saved_at=snapshot.saved_at))
        elif self._drafts.pop(snapshot.directory, None) is not None:
            self.draft_changed.emit(snapshot.directory)

    def _put(self, draft: Draft) -> None:
        self._drafts[draft.directory] = draft.settled()
        self.draft_changed.emit(draft.directory)

"""What the operator staged on a session and has not saved: edits, undo and redo, over the version he started
from.

One idea: a draft is a frozen value, base plus edits, and everything else about it is computed from these two.
An edit that leads back to the base is no change; discarding all edits is a step like any other, and can be
undone.

Drafts know sessions only as values. Not for the disk: `draft_files` keeps them, `disk` saves them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from app.session import Snapshot
from persistence.diff import Change, diff
from persistence.document import ABSENT, Absent, Document, Place
from persistence.edits import get_value, set_value
from persistence.errors import StateError
from persistence.json_text import JSON, same


@dataclass(frozen=True, slots=True)
class SetValue:
    """An edit: put `value` at `place` below the attributes of one launcher."""

    namespace: str
    place: Place
    value: JSON

    def apply(self, document: Document) -> Document:
        """Return the document with this edit in it. Raises StateError where the place is not there."""
        return set_value(document, self.namespace, self.place, self.value)


Edit = SetValue
Edits = tuple[Edit, ...]


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
        """One edit for each place that was edited and now differs from the base, in their order.

        What was edited and taken back is none of them. An edit inside another one is part of that one.
        """
        return _differing(self.edits, self.base, self.document)

    def edits_since(self, document: Document) -> Edits:
        """One edit for each place that was ever touched here and now differs from `document`.

        So a step that was undone after `document` was handed out counts as well as one that was done.
        """
        steps = (*self.past, self.edits, *self.future)
        touched = tuple(edit for edits in steps for edit in edits)
        return _differing(touched, document, self.document)

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
            past = (_fitting(draft.net_edits(), snapshot.document),)
            self._put(Draft(snapshot.directory, snapshot.document, snapshot.etag, past=past))

    def saved(self, snapshot: Snapshot, document: Document) -> None:
        """Take in that the draft is on disk as it was when it was `document`: what the disk holds is the new
        base.

        What was staged or undone since then stays; there is nothing left to undo.
        """
        draft = self._drafts.get(snapshot.directory)
        later = draft.edits_since(document) if draft is not None and draft.document is not document else ()
        if later and snapshot.document is not None:
            edits = _fitting(later, snapshot.document)
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


def _differing(touched: Edits, before: Document, after: Document) -> Edits:
    """One edit for each place that `touched` names and that differs between the two; the outermost."""
    places = dict.fromkeys((edit.namespace, edit.place) for edit in touched)
    edits: list[Edit] = []
    for namespace, place in places:
        if any((namespace, place[:depth]) in places for depth in range(len(place))):
            continue
        old, new = _value(before, namespace, place), _value(after, namespace, place)
        if new is not ABSENT and (old is ABSENT or not same(new, old)):
            edits.append(SetValue(namespace, place, new))
    return tuple(edits)


def _value(document: Document, namespace: str, place: Place) -> JSON | Absent:
    try:
        return get_value(document, namespace, place)
    except StateError:
        return ABSENT


def _fitting(edits: Edits, document: Document) -> Edits:
    """The edits that still can be applied to another version of the document, in their order."""
    fitting: list[Edit] = []
    for edit in edits:
        try:
            document = edit.apply(document)
        except StateError:
            continue
        fitting.append(edit)
    return tuple(fitting)

"""What the operator staged on one session and has not saved: edits, undo and redo, over a version of it.

One idea: a draft is a frozen value, base plus edits, and everything else about it is computed from these two.
An edit that leads back to the base is no change. Where the disk holds another version than the base, the two
are merged: what the other side did not touch goes onto its version by itself, with every step of undo; places
that both changed wait for a decision, and until then the base stays what it was.

Not for the drafts of all sessions (`drafts`), nor for what is said about a merge (`notices`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, chain
from operator import is_

from app.editing.edits import Edits, MetValue
from app.editing.met import is_met, met_in, recalled, recalled_etag, without_overtyped
from app.editing.rebasing import EditSteps, are_disputed, merged, narrowed, put_onto, with_edits
from app.editing.renames import folded, renames
from app.editing.reordered import as_wholes, reordered
from app.editing.told_anew import MOST_EDITS, Known, edits_between, known, steps_between
from app.values.renamed import Renamed
from persistence.document import ABSENT, Absent, Document, Place
from persistence.errors import NoSuchAttribute
from persistence.states.diff import Change, diff
from persistence.states.edits import get_value, rename_value
from persistence.states.merge import Merge, MergeConflict, Spot, decided, with_changes
from persistence.values.json_text import JSON


@dataclass(frozen=True, slots=True)
class DiskVersion:
    """One version of a session as the disk holds it; `document` is None where it cannot be read.

    `saved_at` is a local time in ISO format, empty where it is not known.
    """

    document: Document | None = field(compare=False)
    etag: str
    saved_at: str = ""


@dataclass(frozen=True)
class Draft:
    """Edits staged on one session.

    `past` and `future` are the edits as they stood before each step, and after each step that was undone.
    `newer` is what the disk holds by now, where that is not `base` and could not be merged with the edits.
    `saved_at` is when the base was saved, as in `DiskVersion`.
    """

    directory: str
    base: Document
    base_etag: str
    edits: Edits = ()
    past: tuple[Edits, ...] = ()
    future: tuple[Edits, ...] = ()
    newer: DiskVersion | None = None
    saved_at: str = ""

    # ---- what it says

    @cached_property
    def document(self) -> Document:
        """The base with every edit in it: what is shown, and what Save writes."""
        return with_edits(self.base, self.edits)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Where the draft differs from its base, type-strict. What has another name is one change, and so is
        a list with other items, or in another order.
        """
        base, document = narrowed([self.edits], self.base, self.document)
        lists = reordered(self.edits, document)
        found = as_wholes(diff(base, document), lists, base, document)
        return folded(found, renames(base, self.edits, document).names)

    @property
    def count(self) -> int:
        """How many values differ from the base: the number beside Save."""
        return len(self.changes)

    @cached_property
    def met(self) -> tuple[MetValue, ...]:
        """What was typed and is what the base has by now: no change, as long as the disk has it."""
        return met_in(self.edits)

    @property
    def is_kept(self) -> bool:
        """True where there is something that was typed and not saved, be it met by the disk."""
        return bool(self.count or self.met)

    @cached_property
    def shown(self) -> Draft:
        """How it is shown: over what the disk holds now, also while something is to be decided, with what I
        say there; without steps. Itself, where that is its base or cannot be read, and where a whole launcher
        went: all that it had would be shown as new.
        """
        if self.newer is None or self.newer.document is None or not all(place for _, place in self.disputes):
            return self
        return replace(self, past=(), future=()).onto(self.newer)

    @cached_property
    def disputes(self) -> Mapping[Spot, MergeConflict]:
        """What is to be decided, by where it stands."""
        conflicts = self.merged.conflicts if self.merged is not None else ()
        return {(one.namespace, one.place): one for one in conflicts}

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """True when a step that was undone can be taken again."""
        return bool(self.future)

    @property
    def untouched(self) -> bool:
        """True when nothing was ever done here, so that there is nothing to be put onto another version."""
        return not (self.edits or self.past or self.future)

    @property
    def outdated(self) -> bool:
        """True when the disk holds another version than the base."""
        return self.newer is not None

    @cached_property
    def merged(self) -> Merge | None:
        """What comes of the edits on the newer version, with what is to decide; None without one to read."""
        return None if self.newer is None or self.newer.document is None else self.over(self.newer.document)

    def over(self, theirs: Document) -> Merge:
        """What comes of the edits on another version."""
        return merged(self.base, self.edits, self.document, theirs, diff(self.base, theirs))

    def chosen(self, places: Collection[Spot] | None) -> tuple[Change, ...]:
        """Those of the changes that stand at these places; None: all of them."""
        if places is None:
            return self.changes
        return tuple(change for change in self.changes if (change.namespace, change.place) in places)

    def choose(self, places: Collection[Spot] | None) -> Document:
        """The base with these changes (as `chosen`): some are saved or checked, others not yet."""
        chosen = self.chosen(places)
        if len(chosen) == self.count:
            return self.document  # with its keys in the order in which they are shown
        base, mine, spots = self.base, self.document, {(one.namespace, one.place) for one in chosen}
        for one in self.changes:  # first, so that it, and what comes in front of it, stands where it stands
            if not isinstance(one, Renamed):
                continue
            if (one.namespace, one.place) in spots:
                base = rename_value(base, one.namespace, one.was, str(one.place[-1]))
            else:
                mine = rename_value(mine, one.namespace, one.place, str(one.was[-1]))
        return with_changes(base, chosen, mine)

    # ---- steps

    def step(self, edits: Edits) -> Draft:
        """Return the draft with these edits instead, one undoable step further. Raises StateError where one
        that comes behind those that there are does not fit.
        """
        made = replace(self, edits=edits, past=(*self.past, self.edits), future=())
        length = len(self.edits)
        if len(edits) >= length and all(map(is_, edits, self.edits)):
            # In a large state each edit costs a copy: those before are not made again.
            made.__dict__["document"] = with_edits(self.document, edits[length:])
        return self._overtyped_by(made) if made.met else made

    def undone(self) -> Draft:
        """Return the draft as it was one step before; itself when it is the first."""
        if not self.past:
            return self
        made = replace(self, edits=self.past[-1], past=self.past[:-1], future=(*self.future, self.edits))
        return made.asked_again()

    def redone(self) -> Draft:
        """Return the draft with the last undone step taken again; itself when there is none."""
        if not self.future:
            return self
        made = replace(self, edits=self.future[-1], past=(*self.past, self.edits), future=self.future[:-1])
        return made.asked_again()

    def asked_again(self) -> Draft:
        """The draft on what was typed over, where the disk went on from that while this was undone."""
        if all(is_met(self.base, one) for one in self.met):
            return self
        return self._recalled().facing(self.newer or DiskVersion(self.base, self.base_etag, self.saved_at))

    # ---- another version on disk

    def facing(self, version: DiskVersion) -> Draft:
        """Return the draft in view of what the disk holds now.

        It is put onto that version when there is nothing to decide; else it waits, with `newer` set.
        """
        if version.etag == self.base_etag:
            return replace(self, newer=None)
        if version.document is None:
            return replace(self, newer=version)
        if are_disputed(self.edits, self.base, version.document):
            return replace(self._recalled(), newer=version)
        return self.onto(version)

    def settled(self) -> Draft:
        """Return the draft on the newer version if there is nothing to decide any more; else itself."""
        return self if self.newer is None else self.facing(self.newer)

    def onto(self, version: DiskVersion) -> Draft:
        """Return the draft on another version: this step and all others, with what they changed put into it.

        Where both sides changed a place it is what I say there, to be seen as an edit of what they say.
        Raises ValueError when that version cannot be read.
        """
        base = version.document
        if base is None:
            raise ValueError("there is nothing to put the edits onto")
        steps = put_onto(EditSteps(self.edits, self.past, self.future), self.base, base)
        return Draft(
            self.directory, base, version.etag, steps.now, steps.past, steps.future, saved_at=version.saved_at
        )

    def decided(self, mine: Collection[Spot]) -> Draft:
        """Return the draft on the newer version, with mine at these conflicts and theirs at all others.

        That is a step: undo brings mine back at all of them. Raises ValueError without anything to decide.
        """
        if self.newer is None or self.merged is None:
            raise ValueError("there is nothing to decide")
        return self.onto(self.newer).stepped_to(decided(self.merged, mine))

    def would_be(self, mine: Collection[Spot]) -> Draft:
        """What `decided` leads to, without steps: it is asked for at each choice, and each step costs a merge
        of its own. Raises ValueError, too.
        """
        if self.merged is None or self.shown is self:
            return self.decided(mine)
        return self.shown.stepped_to(decided(self.merged, mine))

    def stepped_to(self, document: Document) -> Draft:
        """Return the draft with edits that lead to a document, one step further; itself if it is there."""
        if not diff(self.document, document):
            return self
        return self.step((*edits_between(self.base, document, self._known), *self.met))

    def after_saving(self, saved: Document, etag: str) -> Draft:
        """Return what is left when `saved`, made of this draft as it once was, is on disk.

        What was left out, and what was staged or undone since then, stays; each change of it can be undone,
        where they are not too many for that.
        """
        steps = steps_between(saved, self.document, self._known)
        later = tuple(chain.from_iterable(steps))
        if len(steps) > MOST_EDITS:
            return Draft(self.directory, saved, etag, later, ((),))
        lengths = accumulate(map(len, steps[:-1]), initial=0) if steps else ()
        return Draft(self.directory, saved, etag, later, tuple(later[:length] for length in lengths))

    def _overtyped_by(self, made: Draft) -> Draft:
        """The draft that a step has made, without what was met where that step changed something."""
        changes = diff(*narrowed([self.edits, made.edits], self.document, made.document))
        edits = without_overtyped(made.edits, changes)
        if len(edits) == len(made.edits):
            return made
        found = replace(made, edits=edits)
        found.__dict__["document"] = made.document
        return found

    def _recalled(self) -> Draft:
        """The draft on what was typed over, where the disk has gone on from that. No version on disk says
        that, so that its etag is that of none.
        """
        if not self.met:
            return self
        base, _ = recalled(self.base, self.edits)
        return self.onto(DiskVersion(base, recalled_etag(self.base_etag, self.met)))

    @property
    def _known(self) -> Known:
        return known(self.base, self.edits, self.document)


def value_at(document: Document, namespace: str, place: Place) -> JSON | Absent:
    """What a document has at a place; ABSENT for nothing."""
    try:
        return get_value(document, namespace, place)
    except NoSuchAttribute:
        return ABSENT

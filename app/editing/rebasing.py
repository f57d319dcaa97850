"""Edits, and all steps of undo around them, put onto another version of the document that they were made on.

One idea: each step is merged for itself, so that undo leads through the same states as before, with what the
other side changed in each of them. Only attributes that some step touches are looked at: a state may have a
hundred thousand of them, and the window waits.

Not for deciding what both sides changed: here that is what I say, to be seen as an edit of what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from app.editing.edits import (
    Edit,
    Edits,
    InsertValue,
    MoveValue,
    PutLauncher,
    RemoveValue,
    RenameValue,
    SetValue,
)
from app.editing.met import are_alike, meets, met_by, met_in, recalled, spot_of
from app.editing.named_alike import named_alike
from app.editing.reordered import as_wholes, reordered
from app.editing.told_anew import Known, edits_between, known, knows
from persistence.document import STATES, Document, Place, mapping_of
from persistence.states.diff import Change, diff
from persistence.states.edits import remove_values
from persistence.states.merge import Merge, MergeConflict, Spot, decided, merge
from persistence.states.several_edits import with_values
from persistence.values.json_text import JSON


@dataclass(frozen=True, slots=True)
class EditSteps:
    """Edits as they stand, as they stood before each step, and after each one undone (the next one last)."""

    now: Edits
    past: tuple[Edits, ...] = ()
    future: tuple[Edits, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """Edits over the version that they were made on; what they lead to over another one, with mine wherever
    both changed something, and at which places of the versions; what is told of it, and what of them is
    remembered.
    """

    base: Document
    edits: Edits
    document: Document
    disputed: frozenset[Spot]
    told: Document
    met: Edits

    def leads_on(self, other: _Step) -> bool:
        """Whether the other one is not just this one again."""
        return bool(diff(self.document, other.document)) or not are_alike(self.met, other.met)


def are_disputed(edits: Edits, base: Document, theirs: Document) -> bool:
    """Whether both sides changed a place, each to something else."""
    base, theirs = narrowed([edits], base, theirs)
    base, edits = recalled(base, edits)
    their_changes = diff(base, theirs)
    return bool(
        their_changes and merged(base, edits, with_edits(base, edits), theirs, their_changes).conflicts
    )


def merged(
    base: Document, edits: Edits, mine: Document, theirs: Document, their_changes: tuple[Change, ...]
) -> Merge:
    """What comes of both sides; `mine` is what the edits make of `base`. All of it has the names of mine.

    A list that they put in another order is one value: what the other side changed at a place of it belongs
    to an item that stands elsewhere by now. A renamed value is one change, of its name.
    """
    alike = named_alike(base, edits, mine, theirs)
    if alike.names:
        base, theirs = alike.base, alike.theirs
        their_changes = diff(base, theirs)
    found = _merged(base, reordered(edits, mine), mine, theirs, their_changes)
    return replace(found, applied=alike.told(found.applied, found.document)) if alike.names else found


def put_onto(steps: EditSteps, base: Document, theirs: Document) -> EditSteps:
    """The steps over `theirs`; one that leads nowhere any more is left out. What theirs has, too, is
    remembered; so is, in a step that is undone or can be, what they have changed to something else, where
    that is no question now.
    """
    base, theirs = narrowed([steps.now, *steps.past, *steps.future], base, theirs)
    their_changes = diff(base, theirs)

    def moved(edits: Edits, settled: Collection[Spot] | None = None) -> _Step:
        if not their_changes:
            document = with_edits(base, edits)
            return _Step(base, edits, document, frozenset(), document, met_in(edits))
        before, done = recalled(base, edits)
        mine = with_edits(before, done)
        changes = their_changes if before is base else diff(before, theirs)
        found = merged(before, done, mine, theirs, changes)
        was = named_alike(before, done, mine, theirs).was  # what the versions themselves call it
        disputed = {spot_of(one): was(spot_of(one)) for one in found.conflicts}
        after = decided(found, disputed)
        asked = _asked(found.conflicts, settled, was) if settled is not None else ()
        told = decided(found, disputed.keys() - map(spot_of, asked)) if asked else after
        known_of = (*found.agreed, *asked)
        met = met_by(known_of, reordered(done, mine)) if known_of else ()
        met = tuple(replace(one, place=was((one.namespace, one.place))[1]) for one in met)
        return _Step(before, done, after, frozenset(disputed.values()), told, met)

    now = moved(steps.now)
    past = _distinct(now, (moved(edits, now.disputed) for edits in reversed(steps.past)))
    future = _distinct(now, (moved(edits, now.disputed) for edits in reversed(steps.future)))
    if not their_changes:  # what they stand on is the same, so that they can stay as they are
        return EditSteps(
            steps.now,
            tuple(step.edits for step in reversed(past)),
            tuple(step.edits for step in reversed(future)),
        )

    def told(step: _Step) -> Edits:
        edits = step.edits
        by = known(step.base, edits, with_edits(step.base, edits)) if knows(edits) else Known()
        return (*edits_between(theirs, step.told, by), *step.met)

    return EditSteps(
        told(now),
        tuple(told(step) for step in reversed(past)),
        tuple(told(step) for step in reversed(future)),
    )


def with_edits(document: Document, edits: Edits) -> Document:
    """The document with these edits in it, one after another; what goes, or is set, beside each other is done
    at once, because in a large state each edit costs a copy.
    """
    for holder, some in groupby(edits, _beside):
        if holder is None:
            for edit in some:
                document = edit.apply(document)
            continue
        kind, namespace, _ = holder
        if kind is RemoveValue:
            document = remove_values(document, namespace, [edit.place for edit in some])
        else:
            values = {edit.place: edit.value for edit in some if isinstance(edit, SetValue)}
            document = with_values(document, namespace, values, {})
    return document


def _merged(
    base: Document,
    lists: frozenset[Spot],
    mine: Document,
    theirs: Document,
    their_changes: tuple[Change, ...],
) -> Merge:
    """Each of these lists is one value."""
    if not lists:
        return merge(base, mine, theirs, their_changes)
    my_changes = as_wholes(diff(base, mine), lists, base, mine)
    return merge(base, mine, theirs, as_wholes(their_changes, lists, base, theirs), my_changes)


def _beside(edit: Edit) -> tuple[type[Edit], str, Place] | None:
    """What holds the value that an edit sets or removes, and which of the two; None of others."""
    if isinstance(edit, RemoveValue | SetValue) and edit.place:
        return type(edit), edit.namespace, edit.place[:-1]
    return None


def _asked(
    conflicts: Iterable[MergeConflict], settled: Collection[Spot], was: Callable[[Spot], Spot]
) -> tuple[Change, ...]:
    """What I did where both sides changed something, but for what is settled, and whole launchers."""
    return tuple(
        Change(one.namespace, one.place, one.base, one.mine)
        for one in conflicts
        if one.place and not any(meets(was(spot_of(one)), spot) for spot in settled)
    )


def _distinct(start: _Step, following: Iterable[_Step]) -> list[_Step]:
    """The steps after `start` but for those to what stands before them already."""
    found: list[_Step] = []
    for step in following:
        if start.leads_on(step):
            found.append(step)
            start = step
    return found


def narrowed(steps: Iterable[Edits], *documents: Document) -> tuple[Document, Document]:
    """The two documents with nothing but the attributes that some step touches, and those that tell where
    what is new stands.

    They are left as they are where whole launchers came or went.
    """
    base, theirs = documents
    edits = [edit for step in steps for edit in step]
    names = {edit.namespace for edit in edits}
    launchers = [names.intersection(document.namespaces) for document in documents]
    if launchers[0] != launchers[1] or any(isinstance(edit, PutLauncher) for edit in edits):
        return base, theirs
    touched: dict[str, set[str | int]] = {name: set() for name in names}
    for edit in edits:
        touched[edit.namespace].add(edit.place[0])
        if isinstance(edit, RenameValue | MoveValue):
            touched[edit.namespace].add(edit.new_place[0])
        elif isinstance(edit, InsertValue) and edit.before is not None and len(edit.place) == 1:
            touched[edit.namespace].add(edit.before)
    for name in launchers[0]:
        touched[name] |= _behind_missing(
            touched[name], *(one.namespace(name).attributes for one in documents)
        )
    return only(base, touched), only(theirs, touched)


def _behind_missing(
    names: Collection[str | int], base: Mapping[str, JSON], theirs: Mapping[str, JSON]
) -> set[str | int]:
    """For each of these that `base` alone has, the first attribute behind it that both have."""
    found: set[str | int] = set()
    if any(name in base and name not in theirs for name in names):
        behind: set[str | int] = set()
        for name in reversed([*base]):
            if name in theirs:
                behind = {name}
            elif name in names:
                found |= behind
    return found


def only(document: Document, touched: dict[str, set[str | int]]) -> Document:
    """The document with nothing but these attributes of these launchers."""
    states: dict[str, JSON] = {}
    for name, state in mapping_of(document.tree.get(STATES)).items():
        if name in touched:
            attributes = mapping_of(mapping_of(state).get("attributes"))
            kept = {key: value for key, value in attributes.items() if key in touched[name]}
            states[name] = {**mapping_of(state), "attributes": kept}
    return Document({**document.tree, STATES: states})

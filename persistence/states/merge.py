"""Two people changed the same document: what comes of both, and where somebody must decide.

One idea: the merged document is theirs, with every change of mine put in that none of theirs touches. What
both changed, at the same place or one inside the other, is a conflict, unless both changed it to the same;
there the document has what they say until somebody decides (`decided`). Values, types and lists are told
apart as `states.diff` tells them: True is not 1, a tagged value is one value, and so is a list that
became longer or shorter. A renamed key is one that went and one that came.

Attributes are merged, and launchers that came or went. What else stands in a file (times of saving, keys
that nobody here knows) is theirs; only a launcher that they do not have comes with all that I have of it.

Not for: showing or asking, and not for files (`persistence.store` says that there is a conflict).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

from persistence.document import ABSENT, STATES, Absent, Document, Place, mapping_of
from persistence.errors import NoSuchAttribute
from persistence.states.diff import Change, diff
from persistence.states.edits import get_value, without_namespaces
from persistence.states.several_edits import with_values
from persistence.values.json_text import JSON
from persistence.values.sameness import same

Spot: TypeAlias = tuple[str, Place]
"""A namespace and a place in it."""


@dataclass(frozen=True)
class MergeConflict:
    """One place that both sides changed, each to something else; place ``()`` is a whole launcher's state."""

    namespace: str
    place: Place
    base: JSON | Absent
    mine: JSON | Absent
    theirs: JSON | Absent


@dataclass(frozen=True)
class Merge:
    """What came of a merge. `mine_document` is there to decide from.

    `applied`: the changes of mine that `document` has. What both changed to the same is in `theirs` alone.
    `theirs`: every change that they made. `agreed`: those of mine that they made, too.
    """

    document: Document
    applied: tuple[Change, ...]
    theirs: tuple[Change, ...]
    conflicts: tuple[MergeConflict, ...]
    mine_document: Document
    agreed: tuple[Change, ...] = ()

    @property
    def theirs_alone(self) -> tuple[Change, ...]:
        """Their changes that stand in no conflict."""
        where = {(one.namespace, one.place) for one in self.conflicts}
        return tuple(one for one in self.theirs if not any(spot in where for spot in _ways(one)))


def merge(
    base: Document,
    mine: Document,
    theirs: Document,
    their_changes: tuple[Change, ...] | None = None,
    my_changes: tuple[Change, ...] | None = None,
) -> Merge:
    """Theirs, with what I changed since `base` and they did not.

    `their_changes` is ``diff(base, theirs)``, and `my_changes` ``diff(base, mine)``, where that is known
    already; with more of it told as one value where more is known of that.
    """
    if my_changes is None:
        my_changes = diff(base, mine)
    if their_changes is None:
        their_changes = diff(base, theirs)
    where = dict.fromkeys(_conflicting(my_changes, their_changes))
    by_them = {_spot(change) for change in their_changes}
    undisputed = [change for change in my_changes if not any(spot in where for spot in _ways(change))]
    applied = tuple(change for change in undisputed if _spot(change) not in by_them)
    agreed = tuple(change for change in undisputed if _spot(change) in by_them)
    document = with_changes(theirs, applied, mine)
    conflicts = tuple(
        MergeConflict(*spot, *(_value(side, *spot) for side in (base, mine, theirs))) for spot in where
    )
    return Merge(document, applied, their_changes, conflicts, mine, agreed)


def with_changes(document: Document, changes: Iterable[Change], mine: Document) -> Document:
    """`document` with these changes made in it, whose outcome `mine` is: some of them, on any version.

    A whole launcher comes with all that `mine` has of it. Raises NoSuchAttribute where the way to a place is
    not there.
    """
    inside: dict[str, dict[Place, JSON | Absent]] = {}
    for change in changes:
        if change.place:
            inside.setdefault(change.namespace, {})[change.place] = change.after
        else:
            document = _with_launcher(document, change.namespace, mine)
    for name, values in inside.items():
        document = with_values(document, name, values, _attributes(mine, name))
    return document


def decided(merged: Merge, mine: Collection[Spot]) -> Document:
    """The merged document with what I say at those conflicts, and what they say at all others."""
    chosen = (one for one in merged.conflicts if (one.namespace, one.place) in mine)
    changes = (Change(one.namespace, one.place, one.theirs, one.mine) for one in chosen)
    return with_changes(merged.document, changes, merged.mine_document)


def _conflicting(mine: Iterable[Change], theirs: tuple[Change, ...]) -> Iterator[Spot]:
    """The outer place of each pair of changes that meet and are not the same; a place may come again."""
    by_them = {_spot(change): change for change in theirs}
    around_theirs = {spot for change in theirs for spot in _ways(change)}
    for change in mine:
        met = next((by_them[spot] for spot in _ways(change) if spot in by_them), None)
        if met is None and _spot(change) in around_theirs:
            yield _spot(change)
        elif met is not None and not (met.place == change.place and _alike(met.after, change.after)):
            yield _spot(met)


def _spot(change: Change) -> Spot:
    return change.namespace, change.place


def _ways(change: Change) -> Iterator[Spot]:
    """The change's own place, and every one around it."""
    return ((change.namespace, change.place[:depth]) for depth in range(len(change.place) + 1))


def _alike(a: JSON | Absent, b: JSON | Absent) -> bool:
    return a is b if isinstance(a, Absent) or isinstance(b, Absent) else same(a, b)


def _value(document: Document, namespace: str, place: Place) -> JSON | Absent:
    try:
        return get_value(document, namespace, place)
    except NoSuchAttribute:
        return ABSENT


def _attributes(document: Document, namespace: str) -> JSON:
    """As they stand in the tree; none where the document has no such launcher."""
    there = namespace in document.namespaces
    return cast(JSON, document.namespace(namespace).attributes.as_in_tree) if there else {}


def _with_launcher(document: Document, name: str, mine: Document) -> Document:
    """With my state of a whole launcher, or without it where I have none."""
    if name not in mine.namespaces:
        return without_namespaces(document, [name])
    states, my_states = (mapping_of(found.tree.get(STATES)) for found in (document, mine))
    beside = mapping_of(states.get(name)) or mapping_of(my_states[name])
    merged: dict[str, JSON] = {**beside, "attributes": dict(mine.namespace(name).attributes)}
    return Document({**document.tree, STATES: {**states, name: merged}})

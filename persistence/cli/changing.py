"""The verbs that change a state: set, remove, clear, restore. Each is one commit, with a way back."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches

from persistence.cli import choosing, typed
from persistence.cli.answers import Answer
from persistence.cli.plain import one_line
from persistence.cli.telling import committed_as, place_in, pointer, shown
from persistence.document import ABSENT, Absent, Document, Place
from persistence.errors import Damaged, NoSuchAttribute, Refused
from persistence.launching.loading import PEOPLE
from persistence.sessions.session_files import WHOSE
from persistence.states.edits import get_value, remove_value, set_value
from persistence.store import Committed, Snapshot, StateFile
from persistence.values.json_text import JSON
from persistence.values.json_writing import tagged_float, write
from persistence.values.kinds import Kind, kind_of
from persistence.values.retyped import Retyped, retyped
from persistence.values.sameness import same

_NEAR = 0.8
"""How much alike two names are before one is taken for the other, mistyped; 1 is the same."""


def set_one(arguments: argparse.Namespace) -> Answer:
    """Set one value; an attribute or key that is not there yet is added, unless it looks mistyped."""
    file, snapshot, name = _opened(arguments)
    place = choosing.place(arguments.path)
    before = _before(snapshot.document, name, place)
    as_typed = arguments.type_change
    value = typed.value_for(arguments.value, before, plain=arguments.string, as_typed=as_typed)
    if not isinstance(before, Absent):
        if same(before, value):
            return Answer(f"{place_in(snapshot.document, name, place)} is {shown(value)} already.")
        _check_type(arguments, before, value)
        _check_items(arguments, snapshot.document, name, place, value)
    elif not arguments.add:
        _check_name(snapshot.document, name, place)
    document = set_value(snapshot.document, name, place, value)
    committed = _commit(arguments, file, snapshot, document)
    what = f"added, {shown(value)}" if isinstance(before, Absent) else f"{shown(before)} → {shown(value)}"
    told = committed_as(file, committed, f"{place_in(document, name, place)}: {what}")
    return Answer("\n".join([told, *_notes(place, value)]))


def _notes(place: Place, value: JSON) -> Iterator[str]:
    """What does not follow from a value, or cannot be done with it, though somebody may think so."""
    if place == (PEOPLE[0],):
        yield WHOSE
    if value == tagged_float(math.nan):
        yield f"{pointer(place)} is nan: nan is not a number, and nothing can be computed with it."


def remove(arguments: argparse.Namespace) -> Answer:
    """Remove one attribute, key or list item."""
    file, snapshot, name = _opened(arguments)
    place = choosing.place(arguments.path)
    before = get_value(snapshot.document, name, place)
    committed = _commit(arguments, file, snapshot, remove_value(snapshot.document, name, place))
    where = place_in(snapshot.document, name, place)
    return Answer(committed_as(file, committed, f"{where}: {shown(before)} → removed"))


def clear(arguments: argparse.Namespace) -> Answer:
    """Remove the state of one launcher, or of all; the file stays."""
    file = choosing.file_to_change(arguments)
    name = arguments.namespace
    if name is not None:
        with suppress(Damaged):  # which `clear` refuses, whatever the name
            snapshot = file.read()
            choosing.refuse_another(file, snapshot, arguments.expect)
            name = choosing.namespace(snapshot.document, name, file.path)
    committed = file.clear(name, expected_etag=arguments.expect, note=arguments.note)
    return Answer(committed_as(file, committed, f"cleared {one_line(name or 'every launcher', 1000)}"))


def restore(arguments: argparse.Namespace) -> Answer:
    """Bring the exact bytes of an earlier version back, as a new one."""
    file = choosing.file_to_change(arguments)
    committed = file.restore(arguments.number, expected_etag=arguments.expect, note=arguments.note)
    return Answer(committed_as(file, committed, f"version {arguments.number} is back"))


def _opened(arguments: argparse.Namespace) -> tuple[StateFile, Snapshot, str]:
    file = choosing.file_to_change(arguments)
    snapshot = file.read()
    choosing.refuse_another(file, snapshot, arguments.expect)
    return file, snapshot, choosing.namespace(snapshot.document, arguments.namespace, file.path)


def _before(document: Document, name: str, place: Place) -> JSON | Absent:
    try:
        return get_value(document, name, place)
    except NoSuchAttribute:
        return ABSENT


def _check_type(arguments: argparse.Namespace, before: JSON, value: JSON) -> None:
    if kind_of(before) is not kind_of(value) and not arguments.type_change:
        how = f"{typed.how_to_write(arguments.value, before).removesuffix('.')}; if the other type is meant"
        if kind_of(before) is Kind.EMPTY:
            how = "If a value is meant to stand there"
        raise Refused(
            f"{arguments.path} is of type {kind_of(before)} and would become {kind_of(value)}",
            next_step=f"{how}, add --type-change.",
        )


def _check_items(
    arguments: argparse.Namespace, document: Document, name: str, place: Place, value: JSON
) -> None:
    """What becomes another type inside a value is refused as well."""
    found = None if arguments.type_change else retyped(get_value(document, name, place), value)
    if found is None:
        return
    inside = place_in(set_value(document, name, place, value), name, (*place, *found.place))
    keep = f"Write {write(found.value)}.0; if" if _lost_its_point(found) else "If"
    raise Refused(
        f"{inside} is of type {found.before} and would become {found.after}",
        next_step=f"{keep} the other type is meant, add --type-change.",
    )


def _lost_its_point(found: Retyped) -> bool:
    return (found.before, found.after) == (Kind.DECIMAL, Kind.INTEGER)


def _check_name(document: Document, name: str, place: Place) -> None:
    """What is nearly the name of something else was most likely meant to be that. Raises Refused."""
    beside = _before(document, name, place[:-1])
    typed = str(place[-1])
    names = {one.casefold(): one for one in beside} if isinstance(beside, dict) else {}
    near = get_close_matches(typed.casefold(), names, n=3, cutoff=_NEAR)
    if near:
        there = " and ".join(pointer((*place[:-1], names[one])) for one in near)
        raise Refused(
            f"{pointer(place)} is not there, but {there} {'is' if len(near) == 1 else 'are'}",
            next_step="If a new one is meant, add --add.",
        )


def _commit(
    arguments: argparse.Namespace, file: StateFile, snapshot: Snapshot, document: Document
) -> Committed:
    return file.commit(document, expected_etag=arguments.expect or snapshot.etag, note=arguments.note)

"""What a run wrote over: changes that somebody made in a session meanwhile, and that its save does not have.

One idea: a launcher's save names the version by somebody else that it wrote over, and history has that
version and the one before it; what differs between these two, and is not what the newest version says, was
lost to the run. Of changes made before that version, but after the launcher's own last save, those count
whose old value the run put back: others it may have known.

Never used on the GUI thread. Not for doing them again (`again`).
"""

from __future__ import annotations

from collections.abc import Iterator

from app.files.reading import bytes_of, history_of
from app.past_errands import ReadHistory
from app.session_errands import ReadReplaced, ReplacedRead
from persistence.document import ABSENT, Absent, Document, parse_document
from persistence.errors import NoSuchAttribute, StateError
from persistence.files.version_log import Version
from persistence.states.diff import Change, diff
from persistence.states.edits import get_value
from persistence.states.merge import with_changes
from persistence.values.json_text import JSON
from persistence.values.sameness import same


def read_replaced(errand: ReadReplaced) -> ReplacedRead:
    """Answer one question; without changes where there is nothing to do again, or nothing to be learned."""
    try:
        return _read(errand)
    except StateError:
        return ReplacedRead(errand)


def _read(errand: ReadReplaced) -> ReplacedRead:
    versions = {one.sequence: one for one in history_of(ReadHistory(errand.directory)).versions}
    newest = versions[max(versions)] if versions else None
    if newest is None or newest.etag != errand.etag or newest.action != "save":
        return ReplacedRead(errand)  # whoever saved since then has seen what the run left
    now = parse_document(bytes_of(errand.directory, errand.etag))
    changes: list[Change] = []
    said: Version | None = None
    for name in now.namespaces:
        replaced = versions.get(now.namespace(name).replaced or 0)
        if replaced is not None and (found := _lost(errand.directory, name, replaced, versions, now)):
            changes, said = [*changes, *found], replaced
    if said is None:
        return ReplacedRead(errand)
    return ReplacedRead(errand, tuple(changes), said.who, said.time)


def _lost(
    directory: str, name: str, replaced: Version, versions: dict[int, Version], now: Document
) -> list[Change]:
    """From what the run left to what was changed, place by place."""
    before = [one for one in versions.values() if one.sequence < replaced.sequence and one.available]
    if not replaced.available or not before:
        return []
    by_run = [one for one in before if one.action == "save" and one.program == name]
    theirs = _document(directory, replaced)
    last = {_spot(one) for one in diff(_document(directory, before[-1]), theirs)}
    base = _document(directory, (by_run or before)[-1])
    return [
        Change(name, one.place, current, one.after)
        for one in diff(base, theirs)
        if one.namespace == name and one.place
        for current in _overwritten(one, now, certain=_spot(one) in last)
    ]


def _overwritten(change: Change, now: Document, *, certain: bool) -> Iterator[JSON | Absent]:
    """What stands in the place of a change now, if the run put it there and it can be changed again."""
    current = _value(now, change)
    if _alike(current, change.after) or not (certain or _alike(current, change.before)):
        return
    try:
        with_changes(now, [change], now)
    except NoSuchAttribute:  # what it was part of is gone
        return
    yield current


def _document(directory: str, version: Version) -> Document:
    return parse_document(bytes_of(directory, version.sequence))


def _spot(change: Change) -> tuple[str, tuple[str | int, ...]]:
    return change.namespace, change.place


def _value(document: Document, change: Change) -> JSON | Absent:
    try:
        return get_value(document, change.namespace, change.place)
    except NoSuchAttribute:
        return ABSENT


def _alike(a: JSON | Absent, b: JSON | Absent) -> bool:
    return a is b if isinstance(a, Absent) or isinstance(b, Absent) else same(a, b)

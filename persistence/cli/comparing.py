"""The verb diff: what changed between two versions of a saved state, one line a change."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from persistence.cli import choosing
from persistence.cli.answers import Answer
from persistence.cli.plain import one_line
from persistence.cli.telling import pointer, shown
from persistence.document import Absent, Document, parse_document
from persistence.errors import Damaged, NoStateFile, NoSuchVersion
from persistence.files.history import Version
from persistence.states.diff import Change, diff
from persistence.states.edits import format_pointer
from persistence.store import StateFile
from persistence.values.json_text import JSON
from persistence.values.json_writing import write
from persistence.values.kinds import kind_of

_ANOTHER = "Choose another one that `rigstate history` lists."


@dataclass(frozen=True)
class Side:
    """One of the two versions that are compared."""

    version: Version
    document: Document

    def __str__(self) -> str:
        return f"version {self.version.sequence}{' (now)' if self.version.current else ''}"


def compare(arguments: argparse.Namespace) -> Answer:
    """The newest version against the one before it, one against the newest, or two of them.

    Without a difference, too, it is done: exit code 0.
    """
    file = choosing.state_file(arguments)
    before, after = (_side(file, version) for version in _chosen(file, arguments.before, arguments.after))
    changes = diff(before.document, after.document)
    if arguments.json:
        return Answer(write(_as_json(file, before, after, changes)))
    path = one_line(str(file.path), 1000)
    if not changes:
        return Answer(
            f"{path}: no differences in the attributes of {before} and {after}; {_bytes(before, after)}."
        )
    return Answer("\n".join([f"{path}: {before} → {after}", *_lines(changes)]))


def _chosen(file: StateFile, before: int | None, after: int | None) -> tuple[Version, Version]:
    versions = file.history()
    if not versions:
        raise NoStateFile("there is no saved state, and there never was one", path=file.path)
    newest = versions[-1]
    if before is not None and after is not None:
        return _numbered(file, versions, before), _numbered(file, versions, after)
    if not newest.current:
        step = "Compare two of its versions, by the numbers that `rigstate history` lists."
        raise NoStateFile("there is no saved state any more", path=file.path, next_step=step)
    if before is not None:
        return _numbered(file, versions, before), newest
    if len(versions) == 1:
        cause = f"version {newest.sequence} is the only one, and there is nothing to compare it with"
        raise NoSuchVersion(cause, sequence=newest.sequence - 1, path=file.path)
    return versions[-2], newest


def _numbered(file: StateFile, versions: tuple[Version, ...], number: int) -> Version:
    found = next((version for version in versions if version.sequence == number), None)
    if found is None:
        cause = f"there is no version {number}"
        raise NoSuchVersion(cause, sequence=number, path=file.path, next_step=_ANOTHER)
    return found


def _side(file: StateFile, version: Version) -> Side:
    try:
        data = file.version(version.sequence)
    except Damaged as error:
        error.next_step = _ANOTHER
        raise
    try:
        return Side(version, parse_document(data))
    except Damaged as error:
        step = "See what can be saved of it: `rigstate recover --dry-run`." if version.current else _ANOTHER
        raise Damaged(
            f"version {version.sequence} is damaged: {error.cause}",
            line=error.line,
            column=error.column,
            path=file.path,
            next_step=step,
        ) from error


def _bytes(before: Side, after: Side) -> str:
    if before.version.etag == after.version.etag:
        return "the bytes are the same"
    return "the bytes differ, in times of saving, other keys or the spelling"


def _lines(changes: tuple[Change, ...]) -> list[str]:
    lines: list[str] = []
    for name in dict.fromkeys(change.namespace for change in changes):
        lines.append(one_line(name, 1000))
        lines += [f"  {_line(change)}" for change in changes if change.namespace == name]
    return lines


def _line(change: Change) -> str:
    place = pointer(change.place) if change.place else "all attributes"
    before, after = shown(change.before), shown(change.after)
    told = f"{place}: {before} → {after}"
    if not isinstance(change.before, Absent) and not isinstance(change.after, Absent):
        old, new = kind_of(change.before), kind_of(change.after)
        if old is not new:
            return f"{told} ({old} → {new})"
    return f"{told} (they differ further on; --json has all of it)" if before == after else told


def _as_json(file: StateFile, before: Side, after: Side, changes: tuple[Change, ...]) -> JSON:
    return {
        "directory": str(file.directory),
        "before": {"version": before.version.sequence, "etag": before.version.etag},
        "after": {"version": after.version.sequence, "etag": after.version.etag},
        "same_bytes": before.version.etag == after.version.etag,
        "changes": [_change_as_json(change) for change in changes],
    }


def _change_as_json(change: Change) -> JSON:
    told: dict[str, JSON] = {"namespace": change.namespace, "path": format_pointer(change.place)}
    if not isinstance(change.before, Absent):
        told["before"] = change.before
    if not isinstance(change.after, Absent):
        told["after"] = change.after
    return told

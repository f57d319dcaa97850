"""The verbs that look at one session: show, get, history."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from persistence.cli import choosing
from persistence.cli.answers import Answer, Code, Usage
from persistence.cli.plain import WIDEST, as_json, one_line, table, when
from persistence.cli.telling import place_in, pointer, shown
from persistence.document import Document, Namespace
from persistence.errors import NoStateFile, NotWritten, StateError, words_for
from persistence.files.durable import write_file
from persistence.files.history import Version
from persistence.files.running import read_running
from persistence.states.edits import get_value, parse_pointer
from persistence.store import Snapshot, StateFile
from persistence.values.json_text import JSON
from persistence.values.json_writing import write
from persistence.values.kinds import kind_of

# --- show, get --------------------------------------------------------------------------------------------


def show(arguments: argparse.Namespace) -> Answer:
    """One state, whole."""
    file = choosing.state_file(arguments)
    snapshot = file.read()
    document = snapshot.document
    wanted = arguments.namespace
    names = document.namespaces if wanted is None else (choosing.namespace(document, wanted, file.path),)
    if arguments.json:
        return Answer(write(_shown_as_json(file, snapshot, names)))
    lines = [
        *_heading(file, snapshot),
        *(line for name in names for line in _lines(document.namespace(name))),
    ]
    if not names:
        lines.append("No launcher has a saved state here.")
    return Answer("\n".join(lines))


def _shown_as_json(file: StateFile, snapshot: Snapshot, names: tuple[str, ...]) -> JSON:
    running = read_running(file.directory)
    return {
        "directory": str(file.directory),
        "etag": snapshot.etag,
        "size": len(snapshot.data),
        "version": snapshot.document.version,
        "running": as_json(running._asdict()) if running else None,
        "problems": list(snapshot.document.problems),
        "namespaces": {name: _namespace_as_json(snapshot.document, name) for name in names},
    }


def _namespace_as_json(document: Document, name: str) -> JSON:
    states = document.tree["launcher_states"]
    return states[name] if isinstance(states, dict) else None


def _heading(file: StateFile, snapshot: Snapshot) -> list[str]:
    running = read_running(file.directory)
    document = snapshot.document
    lines = [
        one_line(str(file.path), 1000),
        f"format {one_line(document.version)}, {len(snapshot.data):,} bytes, etag {snapshot.etag}",
    ]
    if running is not None:
        lines.append(one_line(f"{'finishing' if running.finishing else 'running'}: {running}", 1000))
    if document.newer:
        lines.append("It needs a newer Rigstate to be changed.")
    return [*lines, *(f"problem: {one_line(problem, 1000)}." for problem in document.problems)]


def _lines(space: Namespace) -> list[str]:
    told = ", ".join(part for part in (space.outcome or "", f"saved {when(space.saved_at)}".rstrip()) if part)
    lines = ["", one_line(f"{space.name} ({told})", 1000)]
    came_from = space.resumed_from.get("path") if space.resumed_from else None
    if isinstance(came_from, str):
        lines.append(f"  resumed from {one_line(came_from, 1000)}")
    if space.replaced:
        lines.append(f"  wrote over version {space.replaced}, which somebody else had changed")
    rows = [(name, kind_of(value), shown(value)) for name, value in space.attributes.items()]
    lines += table(rows, "  ")
    return [
        *lines,
        *(f"  not saved: {one_line(f'{name}: {why}', 1000)}" for name, why in space.skipped.items()),
    ]


def get(arguments: argparse.Namespace) -> Answer:
    """One value, as JSON, so that `set` takes it as it is; people are told which item of a list it is."""
    file = choosing.state_file(arguments)
    document = file.read().document
    name = choosing.namespace(document, arguments.namespace, file.path)
    place = parse_pointer(arguments.path)
    value, where = get_value(document, name, place), place_in(document, name, place)
    counted = where != pointer(place) and sys.stderr.isatty()
    return Answer(write(value), errors=(where,) if counted else ())


# --- history ----------------------------------------------------------------------------------------------


def history(arguments: argparse.Namespace) -> Answer:
    """Every version, to people the newest first, as the window and `list` have it; to programs by their
    numbers. `--export` copies their bytes into a folder, `--prune` thins them out.
    """
    file = choosing.state_file(arguments)
    if arguments.prune:
        return _prune(file)
    versions = file.history()
    if not versions:
        raise NoStateFile("there is no saved state, and there never was one", path=file.path)
    if arguments.export == "":
        raise Usage("FOLDER is empty. Say where the copies shall be.")
    if arguments.export:
        return _export(file, versions, Path(arguments.export))
    if arguments.json:
        return Answer(write([as_json(asdict(version)) for version in versions]))
    return Answer("\n".join(table([_VERSION_TITLES, *map(_version_row, reversed(versions))])))


def _prune(file: StateFile) -> Answer:
    """Thin out what launchers saved on their way, now and not at one of the next saves."""
    choosing.refuse_read_only(file)
    gone = file.prune()
    if not gone:
        return Answer("There is nothing to thin out.")
    numbers = ", ".join(str(version.sequence) for version in gone)
    return Answer(f"The bytes of {len(gone)} launchers' saves on the way are gone: versions {numbers}.")


_VERSION_TITLES = ("N", "When", "Who", "Program", "Action", "Etag", "Note")


_DONE = {
    "save": "saved", "edit": "edited", "clear": "cleared", "restore": "restored", "adopt": "brought in",
    "recover": "recovered", "foreign": "written outside history",
}  # fmt: skip
"""What was done, in the words of the window; `--json` has those of the log."""


def _version_row(version: Version) -> tuple[str, ...]:
    mark = ("" if version.available else " (its bytes are gone)") + (" (now)" if version.current else "")
    return (
        str(version.sequence),
        when(version.time),
        version.who,
        version.program,
        _DONE.get(version.action, version.action),
        version.etag[:12],
        f"{one_line(version.note, WIDEST - len(mark))}{mark}".strip(),
    )


def _export(file: StateFile, versions: tuple[Version, ...], folder: Path) -> Answer:
    errors = []
    count = 0
    try:
        if folder.exists() and any(folder.iterdir()):
            raise NotWritten("the folder is not empty", path=folder, next_step="Choose another one.")
        folder.mkdir(parents=True, exist_ok=True)
        for version in versions:
            try:
                data = file.version(version.sequence)
            except StateError as error:
                errors.append(str(error))
                continue
            write_file(folder / f"{version.sequence:06d}-{version.etag[:12]}.json", data)
            count += 1
        write_file(
            folder / "versions.json", write([as_json(asdict(version)) for version in versions]).encode()
        )
    except OSError as error:
        raise NotWritten(words_for(error), path=folder, next_step="Choose another folder.") from error
    code = Code.PROBLEM if errors else Code.DONE
    return Answer(
        f"{count} of {len(versions)} versions are in {one_line(str(folder), 1000)}.", tuple(errors), code
    )

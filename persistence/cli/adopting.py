"""The verb adopt: bring in a state that a launcher could not get into its file."""

from __future__ import annotations

import argparse
from pathlib import Path

from persistence.cli import choosing
from persistence.cli.answers import Answer, Usage
from persistence.cli.plain import one_line, when
from persistence.cli.telling import committed_as
from persistence.document import Document
from persistence.errors import NoStateFile, Refused, StateError, step_for, words_for
from persistence.sessions import spilling
from persistence.sessions.spilling import Spill
from persistence.store import StateFile


def adopt(arguments: argparse.Namespace) -> Answer:
    """Put an unsaved state into the state file, where it is a version like any other."""
    file = choosing.file_to_change(arguments)
    spill = _chosen(file.directory, arguments.file)
    before = _saved_before(file, spill)
    committed = spilling.adopt(file, spill, expected_etag=arguments.expect, note=arguments.note)
    names = ", ".join(one_line(name) for name in spill.launchers)
    return Answer(committed_as(file, committed, f"brought in {names}, saved {when(spill.saved_at)}{before}"))


def _chosen(directory: Path, file: str | None) -> Spill:
    """The one that is meant. Raises NoStateFile, StateError, Usage where the choice is not clear."""
    if file == "":
        raise Usage("FILE is empty. Say which unsaved state is meant.")
    if file is not None:
        return _read(Path(file))
    try:
        found = spilling.spills_of(directory)
    except OSError as error:
        raise StateError(words_for(error), path=directory, next_step=step_for(error)) from error
    if not found:
        raise NoStateFile("there is no unsaved state of this session", path=directory)
    if len(found) > 1:
        known = "; ".join(f"{spill.path} (saved {when(spill.saved_at)})" for spill in found)
        raise Usage(f"{directory}: there are several unsaved states: {known}. Name the one to bring in.")
    return found[0]


def _read(path: Path) -> Spill:
    if not spilling.is_spill(path.name):
        step = f"Name a {spilling.PREFIX}... file; `rigstate list` shows where they are."
        raise Refused("it is no unsaved state by its name", path=path, next_step=step)
    try:
        return spilling.read(path)
    except FileNotFoundError as error:
        raise StateError("no such file", path=path, next_step="Check its name.") from error
    except OSError as error:
        raise StateError(words_for(error), path=path, next_step=step_for(error)) from error
    except StateError as error:
        error.next_step = error.next_step or "Read it in an editor: what is whole in it can be set by hand."
        raise error.at(path) from None


def _saved_before(file: StateFile, spill: Spill) -> str:
    """What is said of the state that stands where this one goes."""
    try:
        document = file.read().document
    except StateError:
        return ""
    times = [_saved_at(document, name) for name in spill.launchers if name in document.namespaces]
    return f", over what was saved {when(max(times))}" if times else ""


def _saved_at(document: Document, name: str) -> str:
    return document.namespace(name).saved_at or ""

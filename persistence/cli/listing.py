"""The verb list: every session below some folders, in a line each."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from persistence.cli.answers import Answer, Code, Usage
from persistence.cli.choosing import PROGRAM
from persistence.cli.plain import as_json, table, when
from persistence.cli.telling import quoted
from persistence.errors import step_for, words_for
from persistence.json_text import write
from persistence.scan import Summary, find_sessions, summarize
from persistence.spilling import local_spills
from persistence.store import StateFile


def list_sessions(arguments: argparse.Namespace) -> Answer:
    """Every session below the roots, by directory."""
    errors = tuple(filter(None, map(_problem, arguments.roots)))
    found = [summary for root in arguments.roots for summary in _summaries(Path(root))]
    code = Code.PROBLEM if errors else Code.DONE
    found = _with_local_spills(found)
    if arguments.json:
        return Answer(write([as_json(asdict(summary)) for summary in found]), errors, code)
    rows = [("Session", "Subject", "Launcher", "Saved", "Status", "Folder"), *map(_row, found)]
    nothing = "" if errors else "No sessions."
    lines = [*table(rows), *_ways_in(found)] if found else [nothing]
    return Answer("\n".join(lines), errors, code)


def _problem(root: str) -> str:
    """Why nothing can be found there, as a sentence; "" when something can."""
    if not root:
        raise Usage("ROOT is empty. Say which folder is meant.")
    try:
        with os.scandir(root):
            return ""
    except (FileNotFoundError, NotADirectoryError):
        return f"{root}: there is no such folder. Check its name."
    except OSError as error:
        return f"{root}: {words_for(error)}. {step_for(error)}"


def _summaries(root: Path) -> list[Summary]:
    found = (summarize(directory, root) for directory in sorted(find_sessions(root)))
    return [summary for summary in found if summary is not None]


def _with_local_spills(found: list[Summary]) -> list[Summary]:
    """The same, with the unsaved states that could only be kept in the per-user directory."""
    local: dict[str, tuple[str, ...]] = {}
    for spill in local_spills():
        key = _key(spill.directory)
        local[key] = (*local.get(key, ()), str(spill.path))
    return [replace(summary, unsaved=_all_unsaved(summary, local)) for summary in found]


def _all_unsaved(summary: Summary, local: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    beside = tuple(os.path.join(summary.directory, name) for name in summary.unsaved)
    return (*beside, *local.get(_key(summary.directory), ()))


def _key(directory: str | Path) -> str:
    return os.path.normcase(os.path.abspath(directory))


def _ways_in(found: list[Summary]) -> list[str]:
    """What to type to bring in what could not be saved."""
    return [
        f"To bring in what could not be saved: {PROGRAM} adopt {quoted(StateFile(summary.directory))}"
        for summary in found
        if summary.unsaved
    ]


def _row(summary: Summary) -> tuple[str, ...]:
    classes = [name.rpartition(".")[2] for name in summary.launchers]
    launcher = classes[0] if len(classes) == 1 else f"{len(classes)} launchers" if classes else ""
    return (
        summary.name,
        summary.subject,
        launcher,
        when(summary.saved_at),
        _status(summary),
        os.path.dirname(summary.directory),
    )


_PROBLEMS = {
    "no_state": "no saved state",
    "damaged": "damaged",
    "newer": "needs newer Rigstate",
    "unreadable": "unreadable",
    "too_large": "too large",
    "being_written": "being written",
}


def _status(summary: Summary) -> str:
    return ", ".join([_standing(summary), *(["unsaved state found"] if summary.unsaved else [])])


def _standing(summary: Summary) -> str:
    if summary.running is not None:
        return "finishing" if summary.running.finishing else "running"
    if summary.problem is not None:
        return _PROBLEMS[summary.problem.kind]
    word = (summary.outcome or "saved") if summary.launchers else "cleared"
    return f"{word}, edited by {summary.edited_by}" if summary.edited_by else word

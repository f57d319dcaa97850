"""A summary as JSON, for the index and between processes.

One idea: a row is the fields in their order and nothing else, so that a hundred thousand are made and read
quickly, and one of another version is told by its fields. Pure.
"""

import json
from collections.abc import Callable, Sequence
from sys import intern
from typing import Any

from app.session import Problem, Running, Summary

_scan = json.JSONDecoder().raw_decode  # `json.loads` takes nearly twice as long: it looks for space around
FIELDS = (*Summary._fields, *Problem._fields, *Running._fields)
"""What a row consists of: rows with other fields are of another version."""

summary_text = json.JSONEncoder(separators=(",", ":")).encode
"""One summary, as text: its fields in their order."""


def read_summary(text: str, who_runs: Callable[[str], Running | None]) -> Summary | None:
    """What was written; None for what nobody of ours wrote. Where somebody ran then, `who_runs` is asked who
    does now in that directory.
    """
    try:
        row, end = _scan(text)
        row[_RUNNING] = who_runs(row[_DIRECTORY]) if row[_RUNNING] else None
        return summary_of(*row) if end == len(text) else None
    except (StopIteration, ValueError, TypeError, LookupError):
        return None


_DIRECTORY, _RUNNING = map(Summary._fields.index, ("directory", "running"))


def summary_of(
    directory: str,
    root: str,
    name: str,
    subject: str,
    launchers: list[str],
    saved_at: str | None,
    created_at: str | None,
    outcome: str | None,
    attributes: int,
    size: int,
    mtime_ns: int,
    etag: str,
    problem: list[Any] | None,
    running: Sequence[Any] | None,
    edited_by: str | None,
    edited_at: str | None,
    written_at: str | None,
    resumed_from: str | None,
    started: str | None,
    rig: str,
    unsaved: list[str],
    under_way: bool,
    by_metadata: bool,
    resumed_version: str | None,
    died: list[Any] | None,
) -> Summary:
    """The summary of a row that was read. What many sessions have in common is held once.

    Raises TypeError for what is none.
    """
    return Summary(
        directory,
        intern(root),
        name,
        intern(subject),
        tuple(map(intern, launchers)),
        saved_at,
        saved_at if created_at == saved_at else created_at,  # saved once
        outcome and intern(outcome),
        attributes,
        size,
        mtime_ns,
        etag,
        Problem(*problem) if problem else None,
        Running(*running) if running else None,
        edited_by,
        edited_at,
        written_at,
        resumed_from,
        started,
        intern(rig),
        tuple(unsaved),
        under_way,
        by_metadata,
        resumed_version,
        Running(*died) if died else None,
    )

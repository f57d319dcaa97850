"""What a list orders and filters its sessions by: when one began, and what a query may ask of it.

One idea: the window and the command line order and filter alike, so both ask here. Pure.

Not for: the values of a saved state (`sessions.query_values`), or what is shown of a session.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime

from persistence.sessions.moments import moment_in
from persistence.sessions.query_values import LONGEST, Values
from persistence.sessions.summary import Summary

RIG = "rig"
"""The name under which the rig of a session can be asked for."""


def began(summary: Summary) -> datetime:
    """When it began, local and naive: lists show the newest first. Never raises.

    The first of its times that is one; without any, when its file was written.
    """
    for text in (summary.started, summary.created_at, summary.saved_at):
        if (found := moment_in(text or "")) is not None:
            return found
    try:
        return datetime.fromtimestamp(summary.mtime_ns / 1e9)
    except (ValueError, OverflowError, OSError):  # a file system that says a time no calendar has
        return datetime.min


def classes_of(summary: Summary) -> tuple[str, ...]:
    """The launchers by their class names: those that saved, else the one that runs."""
    running = (summary.running.launcher,) if summary.running and summary.running.launcher else ()
    return tuple(name.rpartition(".")[2] for name in summary.launchers or running)


def fields_of(summary: Summary, status: str) -> Values:
    """What a query may ask of a row, by `persistence.query.FIELDS`; `status` is the word that is shown."""
    texts: Mapping[str, str | None] = {
        "session": summary.name,
        "subject": summary.subject,
        "status": status,
        "saved": _iso(summary.saved_at),
        "started": _iso(summary.started or summary.created_at),
        "folder": os.path.dirname(summary.directory),
        "outcome": summary.outcome,
    }
    fields = {name: (text or None,) for name, text in texts.items()}
    return {**fields, "launcher": classes_of(summary) or (None,)}


def values_beside(summary: Summary) -> Values:
    """What can be asked as if it were an attribute, unless the state has one of that name: the rig."""
    return {RIG: (summary.rig,)} if 0 < len(summary.rig) <= LONGEST else {}


def _iso(time: str | None) -> str | None:
    """A time that may have a space between date and time, as people write it."""
    return time.replace(" ", "T", 1) if time else None

"""Whose a session is, and which one it was resumed from, as its saved state tells.

One idea: neither changes by a clear, of one launcher or of all, by damage or by a file that went elsewhere.
So where there is no state to ask, or what a clear has left, edited since or not, the last one before is asked
that history has and that can be read; where it has none, the newest that could not get into its file. Only
then: whole files are read for that, and lists have thousands of sessions.

Not for the files beside the state, which say whose it is before it does (`sessions.session_files`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import cast

from persistence.document import mapping_of
from persistence.errors import Damaged
from persistence.files.history import tail
from persistence.files.outlined import MOST_LOOKED_INTO
from persistence.sessions import spilling
from persistence.states.outline import State, attribute_in
from persistence.store import outlines_before
from persistence.values.json_text import JSON

CLEAR, EDIT = "clear", "edit"


def subject_in(launchers: Mapping[str, State]) -> str:
    """The subject that the first of them names; empty where none does. Raises Damaged."""
    for state in launchers.values():
        subject = attribute_in(state, "subject_id")
        if isinstance(subject, str | int) and not isinstance(subject, bool) and str(subject):
            return str(subject)
    return ""


def newest_of(launchers: Mapping[str, State]) -> State:
    """What the launcher that saved last has saved; empty without any."""
    states = launchers.values()
    if len(states) == 1:
        return next(iter(states))
    return max(states, key=lambda state: text_in(state, "saved_at") or "", default={})


def source_in(launchers: Mapping[str, State]) -> Mapping[str, object]:
    """What the newest of them says of the session that it was resumed from; empty where it was not."""
    return mapping_of(cast(JSON, newest_of(launchers).get("resumed_from")))


def held_before(directory: str, etag: str = "") -> Mapping[str, State]:
    """What was held by the last state that can be read, is not the one with this etag, and not what a clear
    has left; nothing where there is none among the newest versions. Never raises.
    """
    for outline in outlines_before(directory, {etag, *left_by_clears(directory)}):
        launchers = outline.launchers
        if launchers and _can_be_asked(launchers):
            return launchers
    return {}


def left_by_clears(directory: str) -> set[str]:
    """The etags of what clears have left, and of what was edited in that, as far as the log's end tells."""
    etags, is_left = set[str](), False
    for version in tail(Path(directory)):
        is_left = version.action == CLEAR or (is_left and version.action == EDIT)
        if is_left:
            etags.add(version.etag)
    return etags


def held_beside(directory: str, unsaved: Iterable[str]) -> Mapping[str, State]:
    """What was held by the newest of these states that could not get into their file; nothing where none of
    those that are looked into can be read. Never raises.
    """
    files = (Path(directory, name) for name in islice(unsaved, MOST_LOOKED_INTO))
    found = (outline.launchers for file in files if (outline := spilling.outline_at(file)) is not None)
    asked = filter(_can_be_asked, found)  # one by one: each may be many megabytes
    return max(asked, key=lambda launchers: text_in(newest_of(launchers), "saved_at") or "", default={})


def _can_be_asked(launchers: Mapping[str, State]) -> bool:
    try:
        subject_in(launchers)
    except Damaged:  # at a glance it looked sound
        return False
    return True


def text_in(holder: Mapping[str, object], key: str) -> str | None:
    """What stands there, if that is a text."""
    value = holder.get(key)
    return value if isinstance(value, str) else None

"""What is known of a saved run beside its state: what its launcher saved itself, and what it ran in.

One idea: everything here is read from the session's own files and from places that the operator's list
names, and is told only where it can be compared with now. No name that a file says is ever opened. Nothing
here raises: what cannot be read is not known.

Never used on the GUI thread. Not for judging (see `plan`, `cautions`), nor for how its own save is
found (`own_save`).
"""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from app.launchers.installed import installed_version, read_toml
from app.launchers.registry import Entry
from app.launchers.rig_config import PLACES as RIG_CONFIGS
from app.resume_exchange import KnownRun, Surroundings
from app.resuming.own_save import own_save
from persistence.document import Namespace
from persistence.errors import StateError
from persistence.launching.code_state import Revision, revision_of
from persistence.launching.param_file import read_parameters
from persistence.sessions import session_files

BASE_PACKAGE = "openscope_experimental_launcher"
"""Whose version stands as `version` in an end state."""
_RIG_OPTION = re.compile(r"--rig[-_]config(?:[-_](?:path|file))?(?:=(.*))?", re.DOTALL)


def known_of(session: str, saved: Namespace, entry: Entry | None, *, alone: bool) -> KnownRun:
    """What is known of one launcher's saved state; `alone`: no other launcher saved in this file."""
    own = own_save(session, saved, alone=alone)
    then, now = _surroundings(Path(session), saved, entry)
    parameters = _parameters(session, entry)
    return KnownRun(
        own.attributes,
        own.edited_by,
        own.written,
        own.lost,
        own.lost_by,
        parameters,
        then,
        now,
        own.deed,
        own.edited_before,
        own.edited_at,
    )


def _parameters(session: str, entry: Entry | None) -> Mapping[str, object]:
    if entry is None or not entry.wants_param_file:
        return {}
    try:
        return read_parameters(Path(session))
    except StateError:
        return {}


# --- what it ran in ---------------------------------------------------------------------------------------


def _surroundings(session: Path, saved: Namespace, entry: Entry | None) -> tuple[Surroundings, Surroundings]:
    """Then and now, each as far as it can be compared with the other."""
    if entry is None:
        return Surroundings(), Surroundings()
    told = _Told(session)
    version_then, package = _version_then(told, saved.module.partition(".")[0])
    here = revision_of(entry.cwd) if entry.cwd else Revision()
    comparable = os.path.normcase(here.folder) == os.path.normcase(told("git_folder"))
    then = Surroundings(_rig_config_then(session), version_then, told("git_revision"))
    now = Surroundings(
        _rig_config_now(entry),
        installed_version(package, entry.python, entry.cwd),
        here.revision if comparable else "",
    )
    return then, now


class _Told:
    """What the files beside a saved state tell, the first of them that does."""

    def __init__(self, session: Path) -> None:
        metadata = session / session_files.METADATA
        places = (
            metadata / "end_state.json",
            metadata / "command_line_arguments.json",
            session / "session.json",
        )
        self._files = [session_files.read(place) for place in places]

    def __call__(self, key: str) -> str:
        found = (one.get(key) for one in self._files)
        return next((text for text in found if isinstance(text, str) and text), "")


def _version_then(told: _Told, package: str) -> tuple[str, str]:
    """The version that is told, and of which package it is."""
    if version := told("launcher_version"):
        return version, package
    return told("version"), BASE_PACKAGE


def _rig_config_then(session: Path) -> Mapping[str, object] | None:
    metadata = session / session_files.METADATA
    kept = session_files.read(metadata / session_files.END_STATE).get("rig_config")
    if not kept:
        state = session_files.read(metadata / session_files.DEBUG_STATE).get("launcher_state")
        kept = state.get("rig_config") if isinstance(state, dict) else None
    return kept if isinstance(kept, dict) and kept else None


def _rig_config_now(entry: Entry) -> Mapping[str, object] | None:
    """The settings in the file that the command names, else in the usual one; None without any."""
    named = _named_rig_config(entry)
    for path in (named,) if named else RIG_CONFIGS:
        found = read_toml(Path(entry.cwd, path))
        if found:
            plain: dict[str, object] = json.loads(
                json.dumps(found, default=str)
            )  # as what is kept was written
            return plain
    return None


def _named_rig_config(entry: Entry) -> str:
    for part, following in zip(entry.command, (*entry.command[1:], ""), strict=True):
        if (match := _RIG_OPTION.fullmatch(part)) is not None:
            return match[1] if match[1] is not None else following
    return ""

"""What is known of a saved run beside its state: what its launcher saved itself, and what it ran in.

One idea: everything here is read from the session's own files and from places that the operator's list
names, and is told only where it can be compared with now. No name that a file says is ever opened. Nothing
here raises: what cannot be read is not known.

Never used on the GUI thread. Not for judging (see `plan`, `cautions`).
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from app.exchange import KnownRun
from app.files.reading import bytes_of, read
from app.launchers.installed import installed_version, read_toml
from app.launchers.param_file import read_parameters
from app.launchers.registry import Entry
from app.launchers.rig_config import PLACES as RIG_CONFIGS
from app.past_errands import HistoryRead, ReadHistory
from app.resuming.cautions import Surroundings
from persistence.document import Attributes, Namespace, parse_document
from persistence.errors import StateError
from persistence.files.version_log import Version
from persistence.launching.code_state import Revision, revision_of
from persistence.sessions import session_files
from persistence.sessions.touched import told_in, touched_now
from persistence.values.sameness import same

MOST_READ = 20
"""Versions that are read to find the launcher's own last save."""
BASE_PACKAGE = "openscope_experimental_launcher"
"""Whose version stands as `version` in an end state."""
_RIG_OPTION = re.compile(r"--rig[-_]config(?:[-_](?:path|file))?(?:=(.*))?", re.DOTALL)


def known_of(session: str, saved: Namespace, entry: Entry | None, *, alone: bool) -> KnownRun:
    """What is known of one launcher's saved state; `alone`: no other launcher saved in this file."""
    own = _own_save(session, saved, alone=alone)
    then, now = _surroundings(Path(session), saved, entry)
    parameters = _parameters(session, entry)
    return KnownRun(own.attributes, own.edited_by, own.written, own.lost, parameters, then, now)


def _parameters(session: str, entry: Entry | None) -> Mapping[str, object]:
    if entry is None or not entry.wants_param_file:
        return {}
    try:
        return read_parameters(Path(session))
    except StateError:
        return {}


# --- what the launcher saved itself -----------------------------------------------------------------------


class _Own(NamedTuple):
    """The attributes as the launcher saved them last (None: not known), and who has touched them since."""

    attributes: Attributes | None = None
    edited_by: str = ""
    written: bool = False
    lost: tuple[str, ...] | None = ()


def _own_save(session: str, saved: Namespace, *, alone: bool) -> _Own:
    answer = read(ReadHistory(session))
    versions = answer.versions if isinstance(answer, HistoryRead) else ()
    found: tuple[Version, Namespace] | None = None
    for version, namespace in _saves(session, saved, versions):
        if found is not None and namespace.saved_at != saved.saved_at:
            break
        if namespace.saved_at == saved.saved_at:
            found = version, namespace
            if alone:
                break
    if found is None:
        return _touched(session)
    version, own = found
    since = _since(version, versions, alone=alone)
    edit, written, _ = told_in(since, since[-1].etag)
    if edit is None:
        return _Own(own.attributes, written=written)
    lost = _lost(session, edit, own, saved) if written else ()
    return _Own(own.attributes, edit.who or edit.program, written, lost)


def _touched(session: str) -> _Own:
    """What the list tells of a state that no save in history made."""
    try:
        edit, written, _ = touched_now(session)
    except StateError:
        return _Own()
    by = edit.who or edit.program if edit else ""
    return _Own(None, by, written, None if edit and written else ())


def _since(own: Version, versions: tuple[Version, ...], *, alone: bool) -> list[Version]:
    """The launcher's own save, and what was made of it since: by others than launchers, where several are."""
    later = [one for one in versions if one.sequence > own.sequence]
    return [own, *(one for one in later if alone or one.action != "save")]


def _lost(session: str, edit: Version, own: Namespace, saved: Namespace) -> tuple[str, ...] | None:
    """The attributes that were edited and are not now as they were left; None where that is not known."""
    try:
        document = parse_document(bytes_of(session, edit.sequence))
    except StateError:
        return None
    cleared = saved.name not in document.namespaces
    left: Attributes = Attributes({}) if cleared else document.namespace(saved.name).attributes
    names = dict.fromkeys((*left, *own.attributes))
    edited = (name for name in names if not _alike(left, own.attributes, name))
    return tuple(name for name in edited if not _alike(left, saved.attributes, name))


def _alike(one: Attributes, other: Attributes, name: str) -> bool:
    if name in one and name in other:
        return same(one[name], other[name])
    return name not in one and name not in other


def _saves(
    session: str, saved: Namespace, versions: tuple[Version, ...]
) -> Iterator[tuple[Version, Namespace]]:
    """The launchers' own saves that hold this namespace, newest first."""
    saves = [one for one in reversed(versions) if one.action == "save" and one.available]
    for version in saves[:MOST_READ] if saved.saved_at else ():
        try:
            document = parse_document(bytes_of(session, version.sequence))
        except StateError:
            continue
        if saved.name in document.namespaces:
            yield version, document.namespace(saved.name)


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

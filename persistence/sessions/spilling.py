"""Where a state goes that cannot get into its file, and how it is found again.

One idea: a spill is a whole state file of one save under a name of its own, which nobody else ever writes, so
that nothing can stand in its way but the disk itself. It lies beside the state file, or, where that folder
cannot be written or does not answer, in the per-user data directory; there its key ``unsaved`` says which
session it belongs to. Bringing it in (`adopt`) is a commit like any other, and takes it away.

Not for: deciding when a save spills (`launching.saving`).
"""

from __future__ import annotations

import os
import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from persistence.document import Document, mapping_of, parse_document, render
from persistence.errors import Conflict, StateError
from persistence.files import durable, reading
from persistence.files.places import data_directory
from persistence.states.edits import with_namespaces_of
from persistence.states.outline import Outline, outline_in, outline_of
from persistence.store import SIZE_LIMIT, Committed, Snapshot, StateFile
from persistence.values.json_text import JSON, parse
from persistence.values.json_writing import quoted
from persistence.values.layout import INDENT

KEY = "unsaved"
PREFIX = "session_state.unsaved-"
FOLDER = "unsaved"
"""In the per-user data directory."""

_NAME = re.compile(re.escape(PREFIX) + r".+-\d+-[0-9a-f]{8}\.json")
_AT_END = f"\n{INDENT}{quoted(KEY)}: ".encode()
_END = 1 << 16
"""Bytes from which it is known whose a spill is."""
_NOT_IN_A_NAME = re.compile(r"[^\w.]+")


@dataclass(frozen=True, slots=True)
class Spill:
    """A state that could not get into its file. `saved_at` is local and naive, in ISO format."""

    path: Path
    directory: Path
    """The session that it belongs to."""
    document: Document
    reason: str

    @property
    def launchers(self) -> tuple[str, ...]:
        """The namespaces that it holds; nearly always one."""
        return self.document.namespaces

    @property
    def saved_at(self) -> str:
        """When it was to be saved."""
        return max((self.document.namespace(name).saved_at or "" for name in self.launchers), default="")


@dataclass(frozen=True, slots=True)
class Told:
    """What a spill says of itself, for lists: what its attributes hold is not read."""

    path: Path
    owner: str
    """The `session_key` of the session that it belongs to."""
    launchers: tuple[str, ...]
    saved_at: str
    reason: str


# --- writing ----------------------------------------------------------------------------------------------


def new_name() -> str:
    """A file name that nobody else has: computer, process, and chance."""
    host = _NOT_IN_A_NAME.sub("_", socket.gethostname()) or "computer"
    return f"{PREFIX}{host}-{os.getpid()}-{os.urandom(4).hex()}.json"


def contents(document: Document, directory: Path, reason: str) -> bytes:
    """The bytes of a spill of `document`, which was to be saved in `directory`."""
    return render(Document({**document.tree, KEY: {"directory": str(directory), "reason": reason}}))


def local_folder() -> Path:
    """Where spills go that cannot lie beside their file."""
    return data_directory() / FOLDER


def write_beside(directory: Path, name: str, data: bytes) -> Path:
    """Write it beside the state file. Raises OSError, StateError."""
    return _write(directory / name, data)


def write_locally(name: str, data: bytes) -> Path:
    """Write it into the per-user data directory. Raises OSError, StateError, RuntimeError."""
    folder = local_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return _write(folder / name, data)


def _write(path: Path, data: bytes) -> Path:
    with suppress(durable.DirectoryNotSynced):  # it is there, and may not outlive a power cut
        durable.write_file(path, data)
    return path


# --- finding ----------------------------------------------------------------------------------------------


def is_spill(name: str) -> bool:
    """Whether a file of that name is a spill."""
    return name.startswith(PREFIX) and _NAME.fullmatch(name) is not None


def names_in(directory: Path) -> tuple[str, ...]:
    """The names of the spills in a directory; none where it cannot be read."""
    try:
        return tuple(sorted(name for name in os.listdir(directory) if is_spill(name)))
    except OSError:
        return ()


def read(path: Path) -> Spill:
    """A spill. Raises OSError, StateError (damaged, a link, too large)."""
    document = parse_document(reading.read_file(path, limit=SIZE_LIMIT))
    told = mapping_of(document.tree.get(KEY))
    directory, reason = told.get("directory"), told.get("reason")
    bare = Document({key: value for key, value in document.tree.items() if key != KEY})
    return Spill(
        path=path,
        directory=Path(directory) if isinstance(directory, str) and directory else path.parent,
        document=bare,
        reason=reason if isinstance(reason, str) else "",
    )


def local_files() -> tuple[Path, ...]:
    """Every spill in the per-user data directory, unread."""
    try:
        folder = local_folder()
    except RuntimeError:  # no home, hence nothing in it
        return ()
    return tuple(folder / name for name in names_in(folder))


def owner_of(path: Path) -> str:
    """The `session_key` of the session that a spill belongs to; empty where that cannot be read.

    It is the last that a spill says: of what was saved, which may be many megabytes, nothing is read.
    """
    with suppress(OSError, StateError):
        before, _, line = reading.read_end(path, _END).rpartition(_AT_END)
        if before and line.endswith(b"\n}\n"):
            return _owner(parse(line.removesuffix(b"\n}\n")), path)
    told = told_by(path)
    return told.owner if told else ""


def _owner(unsaved: JSON, path: Path) -> str:
    return session_key(_text(mapping_of(unsaved).get("directory")) or path.parent)


def told_by(path: Path) -> Told | None:
    """What a spill says of itself; None where it cannot be read."""
    outline = outline_at(path)
    if outline is None:
        return None
    told, states = mapping_of(outline.tree.get(KEY)), outline.launchers
    return Told(
        path=path,
        owner=_owner(outline.tree.get(KEY), path),
        launchers=tuple(states),
        saved_at=max((_text(state.get("saved_at")) for state in states.values()), default=""),
        reason=_text(told.get("reason")),
    )


def outline_at(path: Path) -> Outline | None:
    """The outline of a spill; None where it cannot be read."""
    with suppress(OSError, StateError):
        data = reading.read_file(path, limit=SIZE_LIMIT)
        return outline_of(data) or outline_in(parse_document(data))
    return None


def told_of(directory: Path) -> tuple[Told, ...]:
    """What the spills of one session say of themselves, the newest last; those that cannot be read are left
    out.
    """
    beside = [directory / name for name in names_in(directory)]
    found = filter(None, map(told_by, (*beside, *_local_of(directory))))
    return tuple(sorted(found, key=lambda told: told.saved_at))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def spills_of(directory: Path) -> tuple[Spill, ...]:
    """The spills of one session, beside its file and in the per-user data directory, the newest last.

    Raises StateError, OSError for one beside it that cannot be read.
    """
    found = [read(directory / name) for name in names_in(directory)]
    for file in _local_of(directory):
        with suppress(OSError, StateError):  # gone meanwhile, or nothing that one could bring in
            found.append(read(file))
    return tuple(sorted(found, key=lambda spill: spill.saved_at))


def _local_of(directory: Path) -> list[Path]:
    wanted = session_key(directory)
    return [file for file in local_files() if owner_of(file) == wanted]


def session_key(directory: Path | str) -> str:
    """The same for every spelling of a session's directory."""
    return os.path.normcase(os.path.abspath(directory))


# --- bringing in ------------------------------------------------------------------------------------------


def adopt(file: StateFile, spill: Spill, *, expected_etag: str | None = None, note: str = "") -> Committed:
    """Commit what a spill holds onto the newest file, each launcher's state whole, and remove the spill.

    What stood there is in history. Raises as `StateFile.update` does, and Conflict where the file is not the
    expected one; then, and where the commit is not confirmed, the spill stays.
    """

    def change(newest: Snapshot | None) -> Document:
        found = newest.etag if newest else file.peek()  # there is none, or a damaged one
        if expected_etag not in (None, found):
            raise Conflict(
                expected_etag=str(expected_etag), found_etag=found, theirs=newest.document if newest else None
            )
        return with_namespaces_of(newest.document, spill.document) if newest else spill.document

    committed = file.update(change, action="adopt", note=note or spill.path.name)
    durable.discard(spill.path)
    return committed

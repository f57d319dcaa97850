"""Which state, which launcher of it, which value: what the arguments that verbs share stand for."""

from __future__ import annotations

import argparse
import logging
import os
import stat
import sys
from pathlib import Path

from persistence.cli.answers import Usage
from persistence.codec import UnknownTag, decode
from persistence.document import Document, Place
from persistence.errors import (
    Conflict,
    Damaged,
    NoStateFile,
    NoSuchAttribute,
    NotWritten,
    StateError,
    step_for,
    words_for,
)
from persistence.files.running import AlreadyRunning, read_running
from persistence.states.edits import parse_pointer
from persistence.store import SIZE_LIMIT, STATE_FILE, Snapshot, StateFile
from persistence.values.json_text import JSON, parse
from persistence.values.kinds import TAGS, Kind, kind_of
from persistence.values.typed_numbers import decimal_token, out_of_range, overflows

PROGRAM = "rigstate"
log = logging.getLogger(__name__)


def state_file(arguments: argparse.Namespace) -> StateFile:
    """Of a session directory, or of the state file in it.

    Raises Usage for an empty name, which a shell makes of a variable that is not set, and NoStateFile where
    there is no such folder.
    """
    if not arguments.directory:
        raise Usage("DIR is empty. Say which session's folder is meant.")
    path = Path(arguments.directory)
    session = path.parent if path.name == STATE_FILE else path
    _check_folder(session)
    return StateFile(session, program=PROGRAM, waiting=_say_who, size_limit=size_limit(arguments))


def size_limit(arguments: argparse.Namespace) -> int:
    """In bytes: the usual one, or none to speak of."""
    return sys.maxsize if arguments.any_size else SIZE_LIMIT


def file_to_change(arguments: argparse.Namespace) -> StateFile:
    """Of a session that is to be changed. Raises AlreadyRunning, and NotWritten for a read-only folder."""
    file = state_file(arguments)
    refuse_while_running(file, allowed=arguments.while_running)
    refuse_read_only(file)
    return file


def refuse_read_only(file: StateFile) -> None:
    """People know the session's folder, and not the lock in it that could not be made. Raises NotWritten."""
    because = file.not_writable_because()
    if because:
        step = "Ask for the right to write there, then try again."
        raise NotWritten(because, path=file.directory, next_step=step)


def _check_folder(folder: Path) -> None:
    cause = "it is no folder"
    try:
        if stat.S_ISDIR(os.stat(folder).st_mode):
            return
    except (FileNotFoundError, NotADirectoryError):
        cause = "there is no such folder"
    except OSError as error:
        raise StateError(words_for(error), path=folder, next_step=step_for(error)) from error
    step = f"Name a session's folder; `{PROGRAM} list` shows those below a folder."
    raise NoStateFile(cause, path=folder, next_step=step)


def _say_who(holder: str, seconds_left: float) -> None:
    log.warning(
        "waiting for %s, for at most %.0f s; Ctrl+C gives up and changes nothing",
        holder or "another program",
        seconds_left,
    )


def refuse_while_running(file: StateFile, *, allowed: bool) -> None:
    """What is edited now would be written over at the end of the run. Raises AlreadyRunning."""
    running = read_running(file.directory)
    if running is not None and not running.finishing and not allowed:
        raise AlreadyRunning(file.directory, running)


def refuse_another(file: StateFile, snapshot: Snapshot, expected_etag: str | None) -> None:
    """What is decided on another file than the expected one would be decided wrongly. Raises Conflict."""
    if expected_etag not in (None, snapshot.etag):
        raise Conflict(
            expected_etag=str(expected_etag),
            found_etag=snapshot.etag,
            theirs=snapshot.document,
            path=file.path,
        )


def namespace(document: Document, wanted: str | None, path: Path) -> str:
    """The launcher that is meant: the only one, or the one with that name or class name.

    Raises NoSuchAttribute, and Usage where the choice is not clear.
    """
    names = document.namespaces
    if wanted == "":
        raise Usage("--namespace must name a launcher: module.Class or Class.")
    if wanted is None:
        if len(names) == 1:
            return names[0]
        if not names:
            raise NoSuchAttribute(namespace="any launcher", pointer="", path=path)
        raise Usage(f"{path}: there are several launchers, {', '.join(names)}. Choose one with --namespace.")
    alike = [name for name in names if wanted in (name, document.namespace(name).class_name)]
    if wanted in names:
        return wanted
    if len(alike) > 1:
        raise Usage(f"{path}: {wanted} may be {' or '.join(alike)}. Write the whole name.")
    if not alike:
        raise NoSuchAttribute(namespace=wanted, pointer="", path=path)
    return alike[0]


def place(pointer: str) -> Place:
    """The place of one value. Raises Usage for an empty pointer."""
    if not pointer:
        raise Usage("Say which attribute: an empty PATH is the whole state.")
    return parse_pointer(pointer)


def value(text: str, *, plain: bool) -> JSON:
    """The value that an argument says: JSON, or (`plain`) the text itself. Raises Usage."""
    if plain:
        return text
    try:
        found = parse(text.encode("utf-8", "surrogatepass"))
    except Damaged as error:
        begun = text.lstrip()[:1] in ("[", "{", '"')
        cause = (
            f"not JSON: {error.cause}" if begun else "neither a number nor true, false, null, or other JSON"
        )
        raise Usage(f"VALUE is {cause}. For plain text, use --string.") from error
    broken = broken_tag(found)
    if broken:
        raise Usage(f"VALUE cannot be: {broken}.")
    token = decimal_token(text.strip()) if kind_of(found) is Kind.DECIMAL else None
    if token is not None and (problem := out_of_range(token)):  # else it is read as inf, or as 0
        raise Usage(f"VALUE cannot be: {problem}")
    if overflows(text):
        raise Usage("VALUE cannot be: A number in it is too large for a decimal.")
    return found


def _is_sound(found: JSON) -> bool:
    """Whether a known tag has a content that it can have; of an array, the form: there may be no numpy."""
    return kind_of(found) is Kind.ARRAY or not isinstance(decode(found), UnknownTag)


def broken_tag(found: JSON) -> str:
    """The first known tag in a value whose content it cannot have, as a clause; "" when there is none."""
    if isinstance(found, dict):
        tag = found.get("__type__")
        if tag in TAGS and not _is_sound(found):
            return f"this is no {tag}"
        inside: list[JSON] = list(found.values())
    else:
        inside = found if isinstance(found, list) else []
    return next((said for item in inside if (said := broken_tag(item))), "")
